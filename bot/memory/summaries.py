"""Summaries made, so that the same articles are not summarised twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import DateTime, Engine, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.memory.tables import Table, naive
from bot.summary.summary import Summary

KEPT = timedelta(days=30)
"""How long a summary is kept; its key changes with its articles anyway."""

_SUMMARY = TypeAdapter(Summary)


class _StoredSummary(Table):
    __tablename__ = "summaries"

    key: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(DateTime, index=True)
    summary: Mapped[str]


class Summaries:
    """A ``SummaryCache`` that survives restarts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, key: str, now: datetime | None = None) -> Summary | None:
        """The summary kept under ``key``; None if there is none, or it is forgotten."""
        with Session(self._engine) as session:
            stored = session.get(_StoredSummary, key)
            if stored is None or stored.created_at < naive(now) - KEPT:
                return None
            try:
                return _SUMMARY.validate_json(stored.summary)
            except ValidationError:  # written by a version with another Summary
                return None

    def put(self, key: str, summary: Summary, now: datetime | None = None) -> None:
        """Keep ``summary`` under ``key``, and forget what is older than ``KEPT``."""
        moment = naive(now)
        body = _SUMMARY.dump_json(summary).decode()
        with Session(self._engine) as session, session.begin():
            session.execute(delete(_StoredSummary).where(_StoredSummary.created_at < moment - KEPT))
            session.merge(_StoredSummary(key=key, created_at=moment, summary=body))
