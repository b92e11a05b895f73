"""The registry: which articles there are, in which version, cut into which passages. It is the truth.

The vectors and the full text can always be rebuilt from it. An article is *live* when its row points at a
version; queries see live versions only. Passages whose vectors or full text may differ from the registry
stand in the journal until the difference is gone, so that a run killed at any moment can be finished.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Select, func, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from index.article import Article, ArticleRef, Passage
from index.store.sql.database import MIGRATIONS, open_database
from index.store.sql.migrate import upgrade
from index.store.sql.rows import article_of, chunks, live_passages, passage_of
from index.store.sql.schema import (
    ArticleRow,
    MetaRow,
    PassageRow,
    SourceRow,
    VersionRow,
)

# How many values one statement names at most: SQLite's oldest limit is 999.
_CHUNK = 900


@dataclass(frozen=True, slots=True)
class Known:
    """What the registry knows of an article of a source; ``gone`` if its page has vanished."""

    pk: int
    id: str
    fingerprint: str
    content_hash: str | None
    modified_at: str | None = None
    gone: bool = False


class Registry:
    """Articles, versions and passages in SQL."""

    def __init__(self, url: str) -> None:
        """Open the registry at a SQLAlchemy ``url``, with its tables made or brought up to date if need be.

        Raises ``SQLAlchemyError`` if it can't be opened or written, ``StoreError`` if it is of a newer version.
        """
        self.engine = open_database(url)
        upgrade(self.engine, MIGRATIONS)

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    def analyse(self) -> None:
        """Let SQLite count what its indexes hold: else it looks at every article of a scope for a few passages.

        A server does so by itself.
        """
        if self.engine.dialect.name == "sqlite":
            with self.engine.begin() as connection:
                connection.execute(text("PRAGMA analysis_limit=1000"))
                connection.execute(text("ANALYZE"))

    # Facts about the store

    def get_meta(self, key: str) -> str | None:
        """A fact about the store, or None if it was never set."""
        with Session(self.engine) as session:
            row = session.get(MetaRow, key)
            return row.value if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Record a fact about the store."""
        try:
            self._merge_meta(key, value)
        except IntegrityError:  # another process, which opens the new store too, was first: now there is a row
            self._merge_meta(key, value)

    def claim_meta(self, key: str, value: str) -> str:
        """Record a fact about the store unless it is known already; returns what holds now."""
        with suppress(IntegrityError), Session(self.engine) as session, session.begin():
            session.add(MetaRow(key=key, value=value))
        return self.get_meta(key) or value

    def _merge_meta(self, key: str, value: str) -> None:
        with Session(self.engine) as session, session.begin():
            session.merge(MetaRow(key=key, value=value))

    # Sources

    def source_pk(self, scope: str, location: str) -> int:
        """The key of a source, which is made known if it isn't."""
        with Session(self.engine) as session, session.begin():
            row = session.scalar(select(SourceRow).filter_by(scope=scope, location=location))
            if row is None:
                row = SourceRow(scope=scope, location=location)
                session.add(row)
                session.flush()
            return row.pk

    def known_articles(self, source_pk: int) -> dict[str, Known]:
        """The articles of a source, by their id at the source."""
        with Session(self.engine) as session:
            rows = session.execute(_known().where(ArticleRow.source_pk == source_pk))
            return {row[0]: Known(*row[2:]) for row in rows}

    def known_elsewhere(self, scope: str, ids: Sequence[str], source_pk: int) -> dict[str, tuple[str, Known]]:
        """Those of ``ids`` that articles of other sources have: the other source's location, and the article."""
        found: dict[str, tuple[str, Known]] = {}
        with Session(self.engine) as session:
            for chunk in chunks(ids, _CHUNK):
                others = _known().where(
                    ArticleRow.scope == scope, ArticleRow.id.in_(chunk), ArticleRow.source_pk != source_pk
                )
                found.update((row.id, (row.location, Known(*row[2:]))) for row in session.execute(others))
        return found

    def mark_synced(self, source_pk: int) -> None:
        """Note that a source was read to its end just now."""
        with Session(self.engine) as session, session.begin():
            session.execute(update(SourceRow).filter_by(pk=source_pk).values(synced_at=datetime.now(UTC)))

    # Reading

    def passages(self, scopes: Sequence[str], ids: Sequence[str]) -> dict[str, tuple[Passage, ArticleRef]]:
        """The live passages among ``ids`` that ``scopes`` may see, with their articles."""
        found: dict[str, tuple[Passage, ArticleRef]] = {}
        with Session(self.engine) as session:
            for chunk in chunks(ids, _CHUNK):
                statement = live_passages(scopes).where(PassageRow.id.in_(chunk))
                for row in session.execute(statement):
                    found[row.passage_id] = passage_of(row)
        return found

    def sample(self, articles: int) -> list[tuple[Passage, ArticleRef]]:
        """One live passage each of so many articles of all scopes, or of all; always the same of one library."""
        live = select(ArticleRow.pk, PassageRow.id).join(PassageRow, PassageRow.version_pk == ArticleRow.live_pk)
        drawn = random.Random(0)  # nothing hangs on its being guessed
        passages: dict[int, list[str]] = {}
        with Session(self.engine) as session:
            pks = session.scalars(select(ArticleRow.pk).where(ArticleRow.live_pk.is_not(None))).all()
            for chunk in chunks(drawn.sample(sorted(pks), min(articles, len(pks))), _CHUNK):
                for pk, passage_id in session.execute(
                    live.where(ArticleRow.pk.in_(chunk)).order_by(PassageRow.position)
                ):
                    passages.setdefault(pk, []).append(passage_id)
        return list(self.passages(self.scopes(), [drawn.choice(ids) for ids in passages.values()]).values())

    def of_one_passage(self, scopes: Sequence[str], article_ids: Sequence[str]) -> set[str]:
        """Those of the articles that ``scopes`` may see whose live version is a single passage."""
        found: set[str] = set()
        with Session(self.engine) as session:
            for chunk in chunks(article_ids, _CHUNK):
                single = (
                    select(ArticleRow.id)
                    .join(PassageRow, PassageRow.version_pk == ArticleRow.live_pk)
                    .where(ArticleRow.scope.in_(scopes), ArticleRow.id.in_(chunk))
                    .group_by(ArticleRow.pk, ArticleRow.id)
                    .having(func.count() == 1)
                )
                found.update(session.scalars(single))
        return found

    def all_passages(self, scope: str) -> Iterator[tuple[Passage, ArticleRef]]:
        """Every live passage of a scope, in a stable order, a few at a time."""
        statement = live_passages([scope]).order_by(ArticleRow.pk, PassageRow.position)
        with Session(self.engine) as session:
            for row in session.execute(statement.execution_options(yield_per=_CHUNK)):
                yield passage_of(row)

    def count_passages(self, scope: str) -> int:
        """How many live passages a scope has."""
        statement = select(func.count()).select_from(ArticleRow)
        statement = statement.join(PassageRow, PassageRow.version_pk == ArticleRow.live_pk)
        with Session(self.engine) as session:
            return session.scalar(statement.where(ArticleRow.scope == scope)) or 0

    def passage_ids(self, scope: str) -> set[str]:
        """The id of every live passage of a scope."""
        live = select(PassageRow.id).join(ArticleRow, ArticleRow.live_pk == PassageRow.version_pk)
        with Session(self.engine) as session:
            return set(session.scalars(live.where(ArticleRow.scope == scope)))

    def scopes(self) -> list[str]:
        """Every scope that has an article."""
        with Session(self.engine) as session:
            return list(session.scalars(select(ArticleRow.scope).distinct().order_by(ArticleRow.scope)))

    def count(self, scopes: Sequence[str]) -> int:
        """How many live articles ``scopes`` may see."""
        statement = select(func.count()).where(ArticleRow.scope.in_(scopes), ArticleRow.live_pk.is_not(None))
        with Session(self.engine) as session:
            return session.scalar(statement) or 0

    def extent(self, scopes: Sequence[str]) -> tuple[int, date | None, date | None]:
        """How many live articles ``scopes`` may see, and the days of the oldest and the newest one."""
        days = (func.min(VersionRow.published_at), func.max(VersionRow.published_at))
        statement = select(func.count(), *days).join(ArticleRow, ArticleRow.live_pk == VersionRow.pk)
        with Session(self.engine) as session:
            count, first, last = session.execute(statement.where(ArticleRow.scope.in_(scopes))).one()
        return count, _day(first), _day(last)

    def newest(self, scopes: Sequence[str]) -> int:
        """The number of the newest live version that ``scopes`` may see; 0 if there is none."""
        statement = select(func.max(ArticleRow.live_pk)).where(ArticleRow.scope.in_(scopes))
        with Session(self.engine) as session:
            return session.scalar(statement) or 0

    def outlets(self, scopes: Sequence[str]) -> list[str]:
        """The outlets of the live articles, in the order of the alphabet."""
        live = select(VersionRow.source).distinct().join(ArticleRow, VersionRow.pk == ArticleRow.live_pk)
        statement = live.where(ArticleRow.scope.in_(scopes), VersionRow.source.is_not(None))
        with Session(self.engine) as session:
            return sorted((outlet for outlet in session.scalars(statement) if outlet), key=str.casefold)

    def article(self, scopes: Sequence[str], article_id: str) -> Article | None:
        """A live article with its text, or None if ``scopes`` may not see one of that id."""
        statement = (
            select(VersionRow, ArticleRow.id)
            .join(ArticleRow, ArticleRow.live_pk == VersionRow.pk)
            .where(ArticleRow.scope.in_(scopes), ArticleRow.id == article_id)
        )
        with Session(self.engine) as session:
            row = session.execute(statement).first()
            return article_of(*row) if row else None

    def article_passages(self, scopes: Sequence[str], article_id: str) -> list[Passage]:
        """The live passages of an article, in their order."""
        statement = live_passages(scopes).where(ArticleRow.id == article_id).order_by(PassageRow.position)
        with Session(self.engine) as session:
            return [passage_of(row)[0] for row in session.execute(statement)]

    def article_pk(self, scope: str, article_id: str) -> int | None:
        """The key of an article, live or not."""
        with Session(self.engine) as session:
            return session.scalar(select(ArticleRow.pk).filter_by(scope=scope, id=article_id))


def _known() -> Select[Any]:
    columns: Sequence[Any] = (
        ArticleRow.item_id,
        SourceRow.location,
        ArticleRow.pk,
        ArticleRow.id,
        ArticleRow.fingerprint,
        VersionRow.content_hash,
        VersionRow.modified_at,
        ArticleRow.gone_since.is_not(None),
    )
    joined = select(*columns).join(SourceRow, SourceRow.pk == ArticleRow.source_pk)
    return joined.outerjoin(VersionRow, VersionRow.pk == ArticleRow.live_pk)


def _day(stated: str | None) -> date | None:
    return datetime.fromisoformat(stated).date() if stated else None
