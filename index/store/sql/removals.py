"""The articles that somebody took out, by their sources and their ids there.

A web address is one article whatever source leads to it, so it is out of all of them. Any other id, such as the
name of a file, may stand for another article at another source.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from index.article import is_web
from index.store.sql.schema import ArticleRow, KeptVersionRow, RemovalRow, RunRow, SourceRow


def note(engine: Engine, article_pk: int) -> None:
    """Note that an article is taken out."""
    found = (
        select(ArticleRow.scope, SourceRow.location, ArticleRow.item_id)
        .join(SourceRow, SourceRow.pk == ArticleRow.source_pk)
        .where(ArticleRow.pk == article_pk)
    )
    with Session(engine) as session, session.begin():
        if article := session.execute(found).first():
            session.merge(RemovalRow(**article._mapping, removed_at=datetime.now(UTC)))


def noted(engine: Engine, scope: str, location: str) -> set[str]:
    """What was taken out of the source at ``location``, and did not come back."""
    rows = select(RemovalRow.location, RemovalRow.item_id).where(RemovalRow.scope == scope)
    with Session(engine) as session:
        return {row.item_id for row in session.execute(rows) if row.location == location or is_web(row.item_id)}


def forget(engine: Engine, scope: str, location: str, item_ids: Collection[str]) -> None:
    """Note that articles came back from the source at ``location``."""
    with Session(engine) as session, session.begin():
        for item_id in item_ids:
            rows = delete(RemovalRow).filter_by(scope=scope, item_id=item_id)
            session.execute(rows if is_web(item_id) else rows.filter_by(location=location))


def forget_scope(engine: Engine, scope: str) -> None:
    """Forget what was ever in a scope that has no articles any more: kept versions, removals, the history."""
    with Session(engine) as session, session.begin():
        for row in (KeptVersionRow, RemovalRow, RunRow):
            session.execute(delete(row).where(row.scope == scope))
