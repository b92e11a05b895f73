"""The base of all tables in the bot's memory."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, Engine, Integer
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import DeclarativeBase

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

DISCORD_ID = BigInteger().with_variant(Integer(), "sqlite")
"""The type of a column for an id of Discord's, which has 64 bits; in SQLite every whole number may."""


class Table(DeclarativeBase):
    """Base of all tables of the memory. Moments are in UTC and without a time zone, as SQLite keeps none."""


def insert(engine: Engine, table: type[Table]) -> sqlite.Insert | postgresql.Insert:
    """An insertion that can say what to do if the row is there already (``on_conflict_do_update``)."""
    if engine.dialect.name != "postgresql":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # slow to import

    return postgresql.insert(table)


def naive(moment: datetime | None) -> datetime:
    """``moment``, or now, in UTC and without its time zone."""
    return (moment or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
