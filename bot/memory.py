"""What the bot remembers between restarts: the answers behind its buttons, and small facts about itself."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import DateTime, create_engine, delete, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry

from bot.answer.answer import Answer
from index.errors import StoreError

KEPT = timedelta(days=30)
"""How long the passages behind an answer can be opened."""

_ANSWER = TypeAdapter(Answer)


class _Table(DeclarativeBase):
    pass


class _StoredAnswer(_Table):
    __tablename__ = "answers"

    id: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(DateTime, index=True)  # UTC, as SQLite keeps no time zone
    place: Mapped[str]
    answer: Mapped[str]


class _Fact(_Table):
    __tablename__ = "facts"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Memory:
    """A small SQLite database in the home folder. Its calls block for a few milliseconds."""

    def __init__(self, home: Path) -> None:
        """Open the memory in ``home``, creating both; raises ``StoreError`` if that can't be done."""
        path = home / "memory.sqlite"
        self._engine = create_engine(f"sqlite:///{path}")
        event.listen(self._engine, "connect", _set_up_connection)
        try:
            home.mkdir(parents=True, exist_ok=True)
            _Table.metadata.create_all(self._engine)
        except (OSError, SQLAlchemyError) as error:
            raise StoreError(f"The bot's memory {path} cannot be opened: {error}.") from error

    def keep(self, answer_id: str, place: str, answer: Answer, now: datetime | None = None) -> None:
        """Keep ``answer`` for the people of ``place``, and forget what is older than ``KEPT``."""
        now = _naive(now)
        body = _ANSWER.dump_json(answer).decode()
        with Session(self._engine) as session, session.begin():
            session.execute(delete(_StoredAnswer).where(_StoredAnswer.created_at < now - KEPT))
            session.add(_StoredAnswer(id=answer_id, created_at=now, place=place, answer=body))

    def recall(self, answer_id: str, place: str) -> Answer | None:
        """The answer with that id; None if it is forgotten, or was given to other people than ``place``'s."""
        with Session(self._engine) as session:
            stored = session.get(_StoredAnswer, answer_id)
            if stored is None or stored.place != place:
                return None
            try:
                return _ANSWER.validate_json(stored.answer)
            except ValidationError:  # written by a version with another Answer
                return None

    def fact(self, name: str) -> str | None:
        """What was last noted under ``name``."""
        with Session(self._engine) as session:
            fact = session.get(_Fact, name)
            return fact.value if fact else None

    def note(self, name: str, value: str) -> None:
        """Note ``value`` under ``name``, in place of what stood there."""
        with Session(self._engine) as session, session.begin():
            session.merge(_Fact(name=name, value=value))

    def close(self) -> None:
        """Close the database."""
        self._engine.dispose()


def new_answer_id() -> str:
    """An id that nobody can guess: 16 hexadecimal digits."""
    return secrets.token_hex(8)


def _naive(moment: datetime | None) -> datetime:
    return (moment or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)


def _set_up_connection(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")  # readers don't wait for a writer
    cursor.execute("PRAGMA busy_timeout=5000")  # milliseconds
    cursor.close()
