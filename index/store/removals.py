"""The articles that somebody took out, by their ids at their sources."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from index.store.schema import ArticleRow, RemovalRow


def note(engine: Engine, article_pk: int) -> None:
    """Note that an article is taken out."""
    with Session(engine) as session, session.begin():
        if article := session.get(ArticleRow, article_pk):
            row = RemovalRow(scope=article.scope, item_id=article.item_id, removed_at=datetime.now(UTC))
            session.merge(row)


def noted(engine: Engine, scope: str) -> set[str]:
    """The articles that were taken out of ``scope``, and did not come back."""
    with Session(engine) as session:
        return set(session.scalars(select(RemovalRow.item_id).where(RemovalRow.scope == scope)))


def forget(engine: Engine, scope: str, item_ids: Collection[str]) -> None:
    """Note that articles came back."""
    with Session(engine) as session, session.begin():
        for item_id in item_ids:
            session.execute(delete(RemovalRow).filter_by(scope=scope, item_id=item_id))
