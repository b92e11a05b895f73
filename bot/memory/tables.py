"""The base of all tables in the bot's memory."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.orm import DeclarativeBase


class Table(DeclarativeBase):
    """Base of all tables of the memory. Moments are in UTC and without a time zone, as SQLite keeps none."""


def naive(moment: datetime | None) -> datetime:
    """``moment``, or now, in UTC and without its time zone."""
    return (moment or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
