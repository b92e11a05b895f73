"""Rows of the registry -> articles and passages, and what asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Row, Select, select

from index.article import Article, ArticleRef, Passage, Section
from index.store.sql.listed import REF, moment, ref_of
from index.store.sql.schema import ArticleRow, PassageRow, VersionFields, VersionRow


def article_of(row: VersionFields | SimpleNamespace, article_id: str) -> Article:
    """The article that a version's row tells."""
    return Article(
        article_id,
        row.title,
        row.text,
        row.url,
        row.source,
        row.author,
        moment(row.published_at),
        row.language,
        moment(row.modified_at),
        tuple(row.credits),
        tuple(Section(*section) for section in row.sections),
    )


def chunks(values: Iterable[Any], size: int) -> Iterable[list[Any]]:
    """``values`` in lists of at most ``size``."""
    iterator = iter(values)
    while chunk := list(islice(iterator, size)):
        yield chunk


def live_refs(scopes: Sequence[str] | None) -> Select[Any]:
    """Asks for the live articles that ``scopes`` may see (None: all), as ``ref_of`` reads them."""
    columns = [ArticleRow.id, *(getattr(VersionRow, name) for name in REF)]
    live = select(*columns).join(VersionRow, VersionRow.pk == ArticleRow.live_pk)
    return live if scopes is None else live.where(ArticleRow.scope.in_(scopes))


def live_passages(scopes: Sequence[str] | None) -> Select[Any]:
    """Asks for the live passages that ``scopes`` may see (None: all), as ``passage_of`` reads them."""
    return (
        live_refs(scopes)
        .join(PassageRow, PassageRow.version_pk == VersionRow.pk)
        .add_columns(
            PassageRow.id.label("passage_id"),
            PassageRow.text,
            PassageRow.start,
            PassageRow.end,
            PassageRow.section,
            PassageRow.position,
        )
    )


def passage_of(row: Row[Any]) -> tuple[Passage, ArticleRef]:
    """A passage with its article, out of a row of ``live_passages``."""
    passage = Passage(row.passage_id, row.id, row.text, row.start, row.end, row.section, row.position)
    return passage, ref_of(row)
