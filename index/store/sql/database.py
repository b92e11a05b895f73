"""Opens the SQL databases, SQLite or PostgreSQL, and says whether one is damaged."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url

from index.errors import ConfigurationError


def open_database(url: str) -> Engine:
    """A SQLAlchemy engine; SQLite in WAL mode, with foreign keys, waiting up to 30 s for another writer.

    Raises ``ConfigurationError`` if there is no driver for such a database.
    """
    address = make_url(url)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    try:
        engine = create_engine(address)
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            f"NEWSDESK_DATABASE_URL needs {error.name}. Install it: pip install 'newsdesk[postgres]'"
        ) from None
    if address.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    return engine


def damage(engine: Engine) -> list[str]:
    """What SQLite finds wrong with its file, three things at most; a server looks after its own files.

    Raises ``SQLAlchemyError`` if the file can't even be looked at.
    """
    if engine.dialect.name != "sqlite":
        return []
    with engine.connect() as connection:
        return [row[0] for row in connection.execute(text("PRAGMA quick_check(3)")) if row[0] != "ok"]


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # SQLite's own knows ASCII only; titles are searched without regard to case in every script.
    connection.create_function("lower", 1, _lower, deterministic=True)
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _lower(text: object) -> object:
    return text.lower() if isinstance(text, str) else text
