"""Small facts that the bot notes about itself."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.memory.tables import Table


class _Fact(Table):
    __tablename__ = "facts"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Facts:
    """Texts by their names."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, name: str) -> str | None:
        """What was last noted under ``name``."""
        with Session(self._engine) as session:
            fact = session.get(_Fact, name)
            return fact.value if fact else None

    def note(self, name: str, value: str) -> None:
        """Note ``value`` under ``name``, in place of what stood there."""
        with Session(self._engine) as session, session.begin():
            session.merge(_Fact(name=name, value=value))
