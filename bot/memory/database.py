"""The database of what is remembered: in the home folder, or at an address."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from index.errors import StoreError
from index.store.sql.database import open_database
from index.store.sql.migrate import upgrade

MIGRATIONS = Path(__file__).with_name("migrations")
"""The steps that make the memory's tables, and bring those of older homes to them."""

VERSION_TABLE = "memory_version"
"""Where it is noted which of them were run; in PostgreSQL the registry is in the same database."""

FILE = "memory.sqlite"
"""Its name in the home folder."""


def open_remembered(home: Path, database_url: str | None = None) -> Engine:
    """Open the memory in ``home``, or at the SQLAlchemy address ``database_url`` (PostgreSQL).

    Its tables are made, or brought up to date. When a home first uses a database, what it remembers is taken
    along. Raises ``StoreError`` if it can't be opened, or is of a newer version.
    """
    path = home / FILE
    engine = open_database(database_url or f"sqlite:///{path}")
    try:
        home.mkdir(parents=True, exist_ok=True)
        upgrade(engine, MIGRATIONS, VERSION_TABLE)
        if database_url and path.exists():
            from bot.memory.carrying import carry_over  # loads all tables

            carry_over(path, engine)
    except (OSError, SQLAlchemyError) as error:
        engine.dispose()
        advice = (
            "Check NEWSDESK_DATABASE_URL, and that the database server runs."
            if database_url
            else "Make the folder writable; out of a damaged file newsdesk doctor --repair saves what it can."
        )
        cause = getattr(error, "orig", None) or error
        raise StoreError(f"The bot's memory {path} cannot be opened: {cause}. {advice}") from error
    return engine
