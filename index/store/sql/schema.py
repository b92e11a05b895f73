"""The registry's tables."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from index.store.sql.types import Moment


class Base(DeclarativeBase):
    """Base of all tables of the registry."""


class MetaRow(Base):
    """Facts about the store as a whole, such as the embedding model it was made with."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class SourceRow(Base):
    """Where articles come from. ``added_at`` is set for those that somebody added, to be listed and polled."""

    __tablename__ = "sources"
    __table_args__ = (UniqueConstraint("scope", "location"),)

    pk: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(64))
    location: Mapped[str] = mapped_column(Text)
    synced_at: Mapped[datetime | None] = mapped_column(Moment)
    kind: Mapped[str | None] = mapped_column(String(16))
    interval_seconds: Mapped[int | None]
    added_by: Mapped[str | None] = mapped_column(Text)
    added_at: Mapped[datetime | None] = mapped_column(Moment)
    polled_at: Mapped[datetime | None] = mapped_column(Moment)
    next_poll_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    failures: Mapped[int] = mapped_column(default=0, server_default="0")
    failing_since: Mapped[datetime | None] = mapped_column(Moment)
    last_error: Mapped[str | None] = mapped_column(Text)
    paused: Mapped[bool] = mapped_column(default=False, server_default=false())


class HostRow(Base):
    """A host that failed lately, which is left alone ``until`` then."""

    __tablename__ = "hosts"

    host: Mapped[str] = mapped_column(String(255), primary_key=True)
    failures: Mapped[int]
    until: Mapped[datetime] = mapped_column(Moment)


class ArticleRow(Base):
    """An article of a source; ``live_pk`` points at the version that queries see.

    ``gone_since`` is when its page was first found to have vanished.
    """

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
    gone_since: Mapped[datetime | None] = mapped_column(Moment)


class VersionFields:
    """What an article said at one time."""

    content_hash: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)
    author: Mapped[str | None] = mapped_column(Text)
    # As the article gives it: an ISO 8601 string keeps an unknown time zone unknown, and sorts.
    published_at: Mapped[str | None] = mapped_column(String(40))
    modified_at: Mapped[str | None] = mapped_column(String(40))
    language: Mapped[str | None] = mapped_column(String(8))
    credits: Mapped[list[str]] = mapped_column(JSON)
    sections: Mapped[list[tuple[str | None, int, int]]] = mapped_column(JSON)
    indexed_at: Mapped[datetime] = mapped_column(Moment)


class VersionRow(VersionFields, Base):
    """A version of an article that is live, or about to be."""

    __tablename__ = "versions"
    __table_args__ = (Index("ix_versions_published_at", "published_at"),)

    pk: Mapped[int] = mapped_column(primary_key=True)
    article_pk: Mapped[int] = mapped_column(ForeignKey("articles.pk", ondelete="CASCADE"), index=True)


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


class CalibrationRow(Base):
    """What the cosines of an embedding model mean in this library (``Calibration.to_bytes``)."""

    __tablename__ = "calibrations"

    model: Mapped[str] = mapped_column(String(128), primary_key=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class KeptVersionRow(VersionFields, Base):
    """A version that was live until ``ended_at``, kept so that old citations still open; no search sees it."""

    __tablename__ = "kept_versions"
    __table_args__ = (Index("ix_kept_versions_article", "scope", "article_id"),)

    pk: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(64))
    article_id: Mapped[str] = mapped_column(Text)
    ended_at: Mapped[datetime] = mapped_column(Moment, index=True)


class KeptPassageRow(Base):
    """A passage of a kept version, whose text ``start:end`` slices out."""

    __tablename__ = "kept_passages"

    version_pk: Mapped[int] = mapped_column(ForeignKey("kept_versions.pk", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(String(32), index=True)
    start: Mapped[int]
    end: Mapped[int]
    section: Mapped[str | None] = mapped_column(Text)


class RemovalRow(Base):
    """An article that somebody took out: reading the source at ``location`` by itself doesn't bring it back."""

    __tablename__ = "removals"

    scope: Mapped[str] = mapped_column(String(64), primary_key=True)
    location: Mapped[str] = mapped_column(Text, primary_key=True)
    item_id: Mapped[str] = mapped_column(Text, primary_key=True)
    removed_at: Mapped[datetime] = mapped_column(Moment)


class RunRow(Base):
    """One run over one source, or another change to the store; ``seconds`` is None until it ended."""

    __tablename__ = "runs"
    __table_args__ = (Index("ix_runs_scope", "scope", "pk"),)

    pk: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(64))
    what: Mapped[str] = mapped_column(String(16))
    location: Mapped[str | None] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(Moment)
    seconds: Mapped[float | None]
    added: Mapped[int] = mapped_column(default=0, server_default="0")
    updated: Mapped[int] = mapped_column(default=0, server_default="0")
    unchanged: Mapped[int] = mapped_column(default=0, server_default="0")
    removed: Mapped[int] = mapped_column(default=0, server_default="0")
    gone: Mapped[int] = mapped_column(default=0, server_default="0")
    embedded: Mapped[int] = mapped_column(default=0, server_default="0")
    moved: Mapped[int] = mapped_column(default=0, server_default="0")
    failures: Mapped[list[tuple[str, str]]] = mapped_column(JSON, default=list)
