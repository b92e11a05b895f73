"""The registry's tables."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, DateTime, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Base of all tables of the registry."""


class MetaRow(Base):
    """Facts about the store as a whole, such as the embedding model it was made with."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class SourceRow(Base):
    """Where articles come from."""

    __tablename__ = "sources"
    __table_args__ = (UniqueConstraint("scope", "location"),)

    pk: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(64))
    location: Mapped[str] = mapped_column(Text)
    synced_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ArticleRow(Base):
    """An article of a source; ``live_pk`` points at the version that queries see."""

    __tablename__ = "articles"
    __table_args__ = (UniqueConstraint("scope", "id"),)

    pk: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(64))
    id: Mapped[str] = mapped_column(Text)
    source_pk: Mapped[int] = mapped_column(ForeignKey("sources.pk"), index=True)
    # The id at the source; it differs from ``id`` only if another source had that id first.
    item_id: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(64))
    live_pk: Mapped[int | None] = mapped_column(index=True)


class VersionRow(Base):
    """What an article said at one time."""

    __tablename__ = "versions"

    pk: Mapped[int] = mapped_column(primary_key=True)
    article_pk: Mapped[int] = mapped_column(ForeignKey("articles.pk", ondelete="CASCADE"), index=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)
    author: Mapped[str | None] = mapped_column(Text)
    # As the article gives it: an ISO 8601 string keeps an unknown time zone unknown, and sorts.
    published_at: Mapped[str | None] = mapped_column(String(40), index=True)
    language: Mapped[str | None] = mapped_column(String(8))
    credits: Mapped[list[str]] = mapped_column(JSON)
    sections: Mapped[list[tuple[str | None, int, int]]] = mapped_column(JSON)
    indexed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class PassageRow(Base):
    """A passage of a version. Versions share the ids of passages that did not change."""

    __tablename__ = "passages"
    __table_args__ = (Index("ix_passages_id", "id"),)

    version_pk: Mapped[int] = mapped_column(ForeignKey("versions.pk", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(32))
    start: Mapped[int]
    end: Mapped[int]
    section: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)


class JournalRow(Base):
    """A passage whose vector or full text may differ from what the registry says."""

    __tablename__ = "journal"

    scope: Mapped[str] = mapped_column(String(64), primary_key=True)
    passage_id: Mapped[str] = mapped_column(String(32), primary_key=True)


class EmbeddingRow(Base):
    """A vector (float32, little-endian) by model and by the digest of the text it was made from."""

    __tablename__ = "embeddings"

    model: Mapped[str] = mapped_column(String(128), primary_key=True)
    text_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    vector: Mapped[bytes] = mapped_column(LargeBinary)
