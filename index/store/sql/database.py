"""Opens the SQL databases, SQLite or PostgreSQL, and says whether one is damaged."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import URL, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from index.errors import ConfigurationError

_FORM = "NEWSDESK_DATABASE_URL must read like postgresql://user:password@host:5432/name."
_DRIVERS = dict.fromkeys(
    ("postgres", "postgresql", "postgresql+asyncpg", "postgresql+psycopg2", "postgresql+psycopg_async"),
    "postgresql+psycopg",
)
"""What other programs name as the driver of the same database."""

MIGRATIONS = Path(__file__).with_name("migrations")
"""The steps that make the registry's tables, and bring those of older homes to them."""

log = logging.getLogger(__name__)

_CONNECT_SECONDS = 10
_RECYCLE_SECONDS = 300
"""Servers, poolers and routers drop what is idle for longer, often without a word."""


def open_database(url: str) -> Engine:
    """A SQLAlchemy engine; SQLite in WAL mode, with foreign keys, waiting up to 30 s for another writer.

    A connection to PostgreSQL that was dropped while it was idle is replaced before it is used. Statements are not
    prepared there, so that a pooler may give each transaction another connection (PgBouncer's transaction mode).
    Raises ``ConfigurationError``, without anything of the address, if there is no such database.
    """
    address = _address(url)
    options: dict[str, Any] = {}
    if address.get_backend_name() == "postgresql":
        options = {"pool_pre_ping": True, "pool_recycle": _RECYCLE_SECONDS}
        if address.get_driver_name() == "psycopg":
            address = _understood(address)
            timeout = {} if "connect_timeout" in address.query else {"connect_timeout": _CONNECT_SECONDS}
            options["connect_args"] = {"prepare_threshold": None, **timeout}
    try:
        engine = create_engine(address, **options)
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            f"NEWSDESK_DATABASE_URL needs {error.name}. Install it: pip install 'newsdesk[postgres]'"
        ) from None
    except NoSuchModuleError:
        raise ConfigurationError(f"{_FORM} There is no driver {address.drivername!r}.") from None
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


def _address(url: str) -> URL:
    """The address, with a driver; a password is never repeated, not even in part."""
    if url.startswith("sqlite:"):
        return make_url(url)
    if url.partition("://")[2].partition("?")[0].count("@") > 1:
        raise ConfigurationError(f"{_FORM} An @ in the user's name or the password is written %40.")
    try:
        address = make_url(url)
        port = urlsplit(url).port
    except (ArgumentError, ValueError):
        raise ConfigurationError(
            f"{_FORM} Its port is a number, and in the password / is written %2F, : %3A, # %23 and ? %3F."
        ) from None
    if address.get_backend_name() not in ("postgres", "postgresql"):
        raise ConfigurationError(f"{_FORM} {address.get_backend_name()!r} is no database that can be used.")
    if port == 0 or not address.database:
        raise ConfigurationError(f"{_FORM} It lacks the {'port' if port == 0 else 'name of the database'}.")
    return address.set(drivername=_DRIVERS.get(address.drivername, address.drivername))


def _understood(address: URL) -> URL:
    """The address without what other programs add to it for themselves (Prisma, for one), which libpq refuses."""
    try:
        from psycopg import pq
    except ModuleNotFoundError:
        return address  # told when the engine is made
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    unknown = address.query.keys() - known
    if unknown:
        log.warning(
            "NEWSDESK_DATABASE_URL: PostgreSQL knows no %s, which is passed over.", ", ".join(sorted(unknown))
        )
    return address.difference_update_query(unknown)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # SQLite's own knows ASCII only; titles are searched without regard to case in every script.
    connection.create_function("lower", 1, _lower, deterministic=True)
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _lower(text: object) -> object:
    return text.lower() if isinstance(text, str) else text
