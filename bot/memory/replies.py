"""Replies of chat models, so that the same question is not paid for twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import DateTime, Engine, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.memory.tables import Table, naive


class _StoredReply(Table):
    __tablename__ = "replies"

    key: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(DateTime, index=True)
    reply: Mapped[str]


class Replies:
    """A ``ReplyStore`` that survives restarts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, key: str, kept: timedelta, now: datetime | None = None) -> str | None:
        """The reply kept under ``key``; None if there is none, or it is older than ``kept``."""
        with Session(self._engine) as session:
            stored = session.get(_StoredReply, key)
            return stored.reply if stored and stored.created_at >= naive(now) - kept else None

    def put(self, key: str, reply: str, kept: timedelta, now: datetime | None = None) -> None:
        """Keep ``reply`` under ``key``, and forget all that are older than ``kept``."""
        moment = naive(now)
        with Session(self._engine) as session, session.begin():
            session.execute(delete(_StoredReply).where(_StoredReply.created_at < moment - kept))
            session.merge(_StoredReply(key=key, created_at=moment, reply=reply))
