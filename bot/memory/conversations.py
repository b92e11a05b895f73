"""What was asked and answered last in a conversation, so that follow-ups are understood."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import ColumnElement, DateTime, Engine, delete, func, select, true
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.answer.question.turn import Turn
from bot.memory.tables import DISCORD_ID, Table, naive

IDLE = timedelta(hours=2)
"""How long a conversation may rest; whoever asks later begins a new one."""
KEPT_TURNS = 4

_TURN = TypeAdapter(Turn)


class _StoredTurn(Table):
    __tablename__ = "turns"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(DateTime, index=True)
    turn: Mapped[str]
    asker: Mapped[int | None] = mapped_column(DISCORD_ID, index=True)
    """Whose question it was: a thread's conversation is shared by all who speak in it."""


class Conversations:
    """Turns by the key of their conversation, such as ``guild:1/channel:2/user:3``: parts joined by slashes."""

    def __init__(self, engine: Engine, idle: timedelta = IDLE) -> None:
        self._engine = engine
        self._idle = idle

    def turns(self, conversation: str, now: datetime | None = None) -> list[Turn]:
        """The last ``KEPT_TURNS`` turns, oldest first; none if the conversation has rested for too long."""
        statement = select(_StoredTurn).filter_by(conversation=conversation)
        statement = statement.order_by(_StoredTurn.id.desc()).limit(KEPT_TURNS)
        with Session(self._engine) as session:
            stored = list(session.scalars(statement))
        if not stored or stored[0].created_at < naive(now) - self._idle:
            return []
        try:
            return [_TURN.validate_json(one.turn) for one in reversed(stored)]
        except ValidationError:  # written by a version with another Turn
            return []

    def add(
        self, conversation: str, turn: Turn | None, now: datetime | None = None, *, asker: int | None = None
    ) -> None:
        """Remember ``turn``, if there is one, and delete all conversations, anybody's, that rested too long."""
        if turn is None:
            return
        moment = naive(now)
        last = func.max(_StoredTurn.created_at)
        with Session(self._engine) as session, session.begin():
            ended = select(_StoredTurn.conversation).group_by(_StoredTurn.conversation)
            ended = ended.having(last < moment - self._idle)
            session.execute(delete(_StoredTurn).where(_StoredTurn.conversation.in_(ended)))
            body = _TURN.dump_json(turn).decode()
            session.add(_StoredTurn(conversation=conversation, created_at=moment, turn=body, asker=asker))
            session.flush()
            kept = select(_StoredTurn.id).filter_by(conversation=conversation)
            kept = kept.order_by(_StoredTurn.id.desc()).limit(KEPT_TURNS)
            session.execute(
                delete(_StoredTurn).where(_StoredTurn.conversation == conversation, _StoredTurn.id.not_in(kept))
            )

    def forget(self, conversation: str) -> int:
        """Forget that one conversation; how many turns it had."""
        return self._delete(_StoredTurn.conversation == conversation)

    def forget_part(self, part: str) -> int:
        """Forget the conversations with ``part`` in their key, such as ``user:3``; how many turns."""
        padded = "/" + _StoredTurn.conversation + "/"
        return self._delete(padded.contains(f"/{part}/", autoescape=True))

    def forget_asker(self, user_id: int) -> int:
        """Forget what somebody asked, in whatever conversation; how many turns."""
        return self._delete(_StoredTurn.asker == user_id)

    def forget_all(self) -> int:
        """Forget every conversation; how many turns there were."""
        return self._delete(true())

    def _delete(self, which: ColumnElement[bool]) -> int:
        with Session(self._engine) as session, session.begin():
            ids = list(session.scalars(select(_StoredTurn.id).where(which)))
            session.execute(delete(_StoredTurn).where(_StoredTurn.id.in_(ids)))
        return len(ids)
