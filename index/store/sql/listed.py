"""What the registry lists at once: articles, those whose pages have vanished, the history.

Its tables are named here without their mapping to classes (``schema``), which takes longer than to read them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Engine, Row, column, select, table

from index.article import ArticleRef
from index.failure import Failure
from index.store.sql.types import Moment
from index.told import from_text

_COUNTS = ("added", "updated", "unchanged", "removed", "gone", "embedded", "moved")
REF = ("title", "url", "source", "author", "published_at", "language", "modified_at")
"""What a version says of its article: the columns of an ``ArticleRef`` beside the id."""

_articles = table(
    "articles",
    *(column(name) for name in ("pk", "scope", "id", "live_pk")),
    column("gone_since", Moment),
)
_versions = table("versions", column("pk"), *map(column, REF))
_runs = table(
    "runs",
    *(column(name) for name in ("pk", "scope", "what", "location", "seconds", *_COUNTS)),
    column("started_at", Moment),
    column("failures", JSON),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of articles, and of texts embedded.

    ``gone`` are pages that were found to have vanished, ``moved`` articles whose files stand elsewhere now.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    gone: int = 0
    embedded: int = 0
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A run over one source, or another change.

    ``what`` is index, remove, import or rebuild; ``location`` is a source, or the article that was removed.
    ``seconds`` is None for a run that is not over, or was killed.
    """

    scope: str
    what: str
    location: str | None
    started_at: datetime
    seconds: float | None
    counts: Counts
    failures: tuple[Failure, ...]


def list_articles(
    engine: Engine, scopes: Sequence[str], query: str = "", limit: int | None = None
) -> list[ArticleRef]:
    """The live articles whose title or id holds every word of ``query``, newest first."""
    article, version = _articles.c, _versions.c
    statement = (
        select(article.id, *(version[name] for name in REF))
        .join(_versions, version.pk == article.live_pk)
        .where(article.scope.in_(scopes))
        .order_by(version.published_at.desc().nulls_last(), article.pk.desc())
    )
    for word in query.split():
        pattern = f"%{_like(word)}%"
        statement = statement.where(
            version.title.ilike(pattern, escape="\\") | article.id.ilike(pattern, escape="\\")
        )
    with engine.connect() as connection:
        return [ref_of(row) for row in connection.execute(statement.limit(limit))]


def list_gone(engine: Engine, scopes: Sequence[str]) -> dict[str, datetime]:
    """The live articles whose pages have vanished, by id: since when."""
    article = _articles.c
    statement = select(article.id, article.gone_since).where(
        article.scope.in_(scopes), article.live_pk.is_not(None), article.gone_since.is_not(None)
    )
    with engine.connect() as connection:
        return {row.id: row.gone_since for row in connection.execute(statement)}


def list_runs(engine: Engine, scopes: Sequence[str], limit: int = 20, location: str | None = None) -> list[Run]:
    """The newest runs first; with a ``location``, those of that source only."""
    run = _runs.c
    # Runs that were imported are older than their keys.
    statement = select(_runs).where(run.scope.in_(scopes)).order_by(run.started_at.desc(), run.pk.desc())
    if location is not None:
        statement = statement.where(run.location == location)
    with engine.connect() as connection:
        return [_run(row) for row in connection.execute(statement.limit(limit))]


def ref_of(row: Row[Any]) -> ArticleRef:
    """An article without its text, out of a row with what it says of itself."""
    published, modified = moment(row.published_at), moment(row.modified_at)
    return ArticleRef(row.id, row.title, row.url, row.source, row.author, published, row.language, modified)


def moment(stated: str | None) -> datetime | None:
    """The moment that an article states, in its own time zone or in none."""
    return datetime.fromisoformat(stated) if stated else None


def _run(row: Row[Any]) -> Run:
    counts = Counts(*(getattr(row, name) for name in _COUNTS))
    failures = tuple(Failure(location, from_text(reason) or "") for location, reason in row.failures)
    return Run(row.scope, row.what, row.location, row.started_at, row.seconds, counts, failures)


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
