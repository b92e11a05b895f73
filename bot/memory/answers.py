"""The answers given, so that what stands behind them can be opened later."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import DateTime, Engine, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.answer.answer import Answer
from bot.answer.question.question import Kind
from bot.memory.tables import DISCORD_ID, Table, naive

KEPT = timedelta(days=30)
"""How long the passages behind an answer can be opened."""

_ANSWER = TypeAdapter(Answer)


class StoredAnswer(Table):
    """An answer as it is kept; ``read_answer`` reads it."""

    __tablename__ = "answers"

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(DateTime, index=True)
    place: Mapped[str]
    answer: Mapped[str]
    asker: Mapped[int | None] = mapped_column(DISCORD_ID, index=True)
    """Who asked, by their id in Discord."""
    answered: Mapped[bool | None]
    """Whether the articles answered it; None for what was no question."""


class Answers:
    """Answers by their ids, each for the people of one place."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(
        self, answer_id: str, place: str, answer: Answer, now: datetime | None = None, *, asker: int | None = None
    ) -> None:
        """Keep ``answer`` for the people of ``place``, once or again, and forget what is older than ``KEPT``.

        ``asker``: whose it is, so that it can be forgotten for them.
        """
        moment = naive(now)
        asks = not (answer.kind.is_chatter or answer.kind is Kind.UNCLEAR)
        values = {"answered": not answer.abstained if asks else None, "answer": _ANSWER.dump_json(answer).decode()}
        with Session(self._engine) as session, session.begin():
            session.execute(delete(StoredAnswer).where(StoredAnswer.created_at < moment - KEPT))
            session.merge(StoredAnswer(id=answer_id, created_at=moment, place=place, asker=asker, **values))

    def recall(self, answer_id: str, place: str) -> Answer | None:
        """The answer with that id; None if it is forgotten, or was given to other people than ``place``'s."""
        with Session(self._engine) as session:
            stored = session.get(StoredAnswer, answer_id)
            return read_answer(stored) if stored and stored.place == place else None

    def by_day(self, place: str, since: date) -> dict[date, tuple[int, int]]:
        """How many questions were answered in ``place`` on each day since then (UTC), and how many not."""
        given = select(StoredAnswer.created_at, StoredAnswer.answered).where(
            StoredAnswer.place == place,
            StoredAnswer.created_at >= datetime.combine(since, time()),
            StoredAnswer.answered.is_not(None),
        )
        with Session(self._engine) as session:
            return counted_by_day(session.execute(given))

    def delete(self, answer_id: str, place: str) -> None:
        """Forget that answer, if it was given to the people of ``place``."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(StoredAnswer).where(StoredAnswer.id == answer_id, StoredAnswer.place == place))

    def forget(self, user_id: int) -> int:
        """Forget what somebody asked, and what was answered; how many answers."""
        theirs = (StoredAnswer.asker == user_id) | (StoredAnswer.place == f"user:{user_id}")
        with Session(self._engine) as session, session.begin():
            return len(session.execute(delete(StoredAnswer).where(theirs).returning(StoredAnswer.id)).all())

    def forget_place(self, place: str) -> None:
        """Forget all answers that were given to the people of ``place``."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(StoredAnswer).where(StoredAnswer.place == place))


def read_answer(stored: StoredAnswer) -> Answer | None:
    """The answer that was kept; None if that was by a version with another ``Answer``."""
    try:
        return _ANSWER.validate_json(stored.answer)
    except ValidationError:
        return None


def new_answer_id() -> str:
    """An id that nobody can guess: 16 hexadecimal digits."""
    return secrets.token_hex(8)


def counted_by_day(rows: Iterable[Any]) -> dict[date, tuple[int, int]]:
    """How many of ``rows``, each a moment and a yes or no, say yes on each day, and how many no."""
    counts: dict[date, tuple[int, int]] = {}
    for at, said in rows:
        yes, no = counts.get(at.date(), (0, 0))
        counts[at.date()] = (yes + bool(said), no + (not said))
    return counts
