"""Writes changes to the registry in the order that survives a kill at any moment.

Stage new versions; add their vectors and full text; publish; delete what is obsolete; settle the journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.orm import Session

from index.article import Article, Passage
from index.store.sql import kept
from index.store.sql.registry import Known
from index.store.sql.rows import chunks
from index.store.sql.schema import ArticleRow, JournalRow, PassageRow, VersionRow

# How many values one statement names at most: SQLite's oldest limit is 999.
_CHUNK = 900


@dataclass(frozen=True, slots=True)
class Change:
    """An article to store: new, or a new version of ``known``. ``indexed_at`` is now, unless it says otherwise."""

    item_id: str
    fingerprint: str
    content_hash: str
    article: Article
    passages: Sequence[Passage]
    known: Known | None
    indexed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Staged:
    """Versions written but not live: article pk to version pk, and the passages that they make obsolete.

    ``touched`` are all passages that this put in the journal. They come from the source ``source_pk``.
    """

    source_pk: int
    versions: Mapping[int, int]
    obsolete: frozenset[str]
    touched: frozenset[str]


def stage(engine: Engine, scope: str, source_pk: int, changes: Sequence[Change]) -> Staged:
    """Write new versions without showing them to queries, and put every passage they touch in the journal."""
    versions: dict[int, int] = {}
    obsolete: set[str] = set()
    touched: set[str] = set()
    with Session(engine) as session, session.begin():
        for change in changes:
            article_pk = change.known.pk if change.known else _add_article(session, scope, source_pk, change)
            live = set(
                session.scalars(
                    select(PassageRow.id)
                    .join(ArticleRow, ArticleRow.live_pk == PassageRow.version_pk)
                    .where(ArticleRow.pk == article_pk)
                )
            )
            new = {passage.id for passage in change.passages}
            obsolete |= live - new
            touched |= live | new
            versions[article_pk] = _add_version(session, article_pk, change)
        _write_journal(session, scope, touched)
    return Staged(source_pk, versions, frozenset(obsolete), frozenset(touched))


def publish(engine: Engine, staged: Staged, changes: Sequence[Change]) -> None:
    """Make staged versions live; the versions they replace are kept aside for old citations.

    An article belongs to the source that its live version came from.
    """
    with Session(engine) as session, session.begin():
        kept.keep(session, list(staged.versions))
        for (article_pk, version_pk), change in zip(staged.versions.items(), changes, strict=True):
            session.execute(
                update(ArticleRow)
                .where(ArticleRow.pk == article_pk)
                .values(live_pk=version_pk, fingerprint=change.fingerprint, source_pk=staged.source_pk)
            )
            _drop_versions(session, article_pk, keep=version_pk)


@dataclass(frozen=True, slots=True)
class Touch:
    """What is new of an article whose content is the same: its fingerprint, and perhaps the day of a change."""

    article_pk: int
    fingerprint: str
    modified_at: datetime | None


def touch(engine: Engine, touched: Iterable[Touch]) -> None:
    """Record what is new of articles whose content is the same."""
    with Session(engine) as session, session.begin():
        for one in touched:
            own = ArticleRow.pk == one.article_pk
            session.execute(update(ArticleRow).where(own).values(fingerprint=one.fingerprint))
            live = select(ArticleRow.live_pk).where(own).scalar_subquery()
            dated = update(VersionRow).where(VersionRow.pk == live)
            session.execute(dated.values(modified_at=stated(one.modified_at)))


def stated(moment: datetime | None) -> str | None:
    """A moment as the registry keeps it: an unknown time zone stays unknown."""
    return moment.isoformat() if moment else None


def move(engine: Engine, source_pk: int, item_ids: Mapping[int, str]) -> None:
    """Note what articles (by pk) are called at the source ``source_pk`` now; they keep their own ids."""
    with Session(engine) as session, session.begin():
        for pk, item_id in item_ids.items():
            placed = update(ArticleRow).where(ArticleRow.pk == pk)
            session.execute(placed.values(source_pk=source_pk, item_id=item_id))


def mark_gone(engine: Engine, scope: str, article_ids: Iterable[str]) -> int:
    """Note that the pages of articles have vanished; returns how many were not known to have."""
    return _mark(engine, scope, article_ids, datetime.now(UTC))


def mark_back(engine: Engine, scope: str, article_ids: Iterable[str]) -> int:
    """Note that pages which had vanished are there again; returns how many."""
    return _mark(engine, scope, article_ids, None)


def _mark(engine: Engine, scope: str, article_ids: Iterable[str], since: datetime | None) -> int:
    marked = 0
    with Session(engine) as session, session.begin():
        for chunk in chunks(sorted(article_ids), _CHUNK):
            statement = update(ArticleRow).where(
                ArticleRow.scope == scope,
                ArticleRow.id.in_(chunk),
                ArticleRow.gone_since.is_(None) if since else ArticleRow.gone_since.is_not(None),
            )
            marked += session.execute(statement.values(gone_since=since)).rowcount  # type: ignore[attr-defined]
    return marked


def remove(engine: Engine, scope: str, article_pks: Sequence[int]) -> frozenset[str]:
    """Take articles out; returns the ids of their passages, which stand in the journal until deleted.

    What the articles said is kept aside for old citations.
    """
    gone: set[str] = set()
    with Session(engine) as session, session.begin():
        for chunk in chunks(article_pks, _CHUNK):
            gone.update(
                session.scalars(
                    select(PassageRow.id)
                    .join(VersionRow, VersionRow.pk == PassageRow.version_pk)
                    .where(VersionRow.article_pk.in_(chunk))
                )
            )
            kept.keep(session, chunk)
            for article_pk in chunk:
                _drop_versions(session, article_pk)
            session.execute(delete(ArticleRow).where(ArticleRow.pk.in_(chunk), ArticleRow.scope == scope))
        _write_journal(session, scope, gone)
    return frozenset(gone)


def doubt(engine: Engine, scope: str, passage_ids: Iterable[str]) -> None:
    """Put passages in the journal whose vectors or full text turned out to differ from the registry."""
    with Session(engine) as session, session.begin():
        _write_journal(session, scope, passage_ids)


def settle(engine: Engine, scope: str, passage_ids: Iterable[str]) -> None:
    """Take passages out of the journal: their vectors and full text agree with the registry again."""
    with Session(engine) as session, session.begin():
        for chunk in chunks(sorted(passage_ids), _CHUNK):
            session.execute(delete(JournalRow).where(JournalRow.scope == scope, JournalRow.passage_id.in_(chunk)))


def unsettled(engine: Engine) -> dict[str, set[str]]:
    """The journal: passage ids by scope. Empty unless a run was cut short."""
    journal: dict[str, set[str]] = {}
    with Session(engine) as session:
        for scope, passage_id in session.execute(select(JournalRow.scope, JournalRow.passage_id)):
            journal.setdefault(scope, set()).add(passage_id)
    return journal


def drop_unpublished(engine: Engine) -> None:
    """Drop versions that were staged and never published, and articles that have no version."""
    live = select(ArticleRow.live_pk).where(ArticleRow.live_pk.is_not(None))
    with Session(engine) as session, session.begin():
        session.execute(delete(PassageRow).where(PassageRow.version_pk.not_in(live)))
        session.execute(delete(VersionRow).where(VersionRow.pk.not_in(live)))
        session.execute(delete(ArticleRow).where(ArticleRow.live_pk.is_(None)))


def _add_article(session: Session, scope: str, source_pk: int, change: Change) -> int:
    row = ArticleRow(
        scope=scope,
        id=change.article.id,
        source_pk=source_pk,
        item_id=change.item_id,
        fingerprint=change.fingerprint,
    )
    session.add(row)
    session.flush()
    return row.pk


def _add_version(session: Session, article_pk: int, change: Change) -> int:
    article = change.article
    row = VersionRow(
        article_pk=article_pk,
        content_hash=change.content_hash,
        title=article.title,
        text=article.text,
        url=article.url,
        source=article.source,
        author=article.author,
        published_at=stated(article.published_at),
        modified_at=stated(article.modified_at),
        language=article.language,
        credits=list(article.credits),
        sections=[(section.heading, section.start, section.end) for section in article.sections],
        indexed_at=change.indexed_at or datetime.now(UTC),
    )
    session.add(row)
    session.flush()
    if change.passages:
        session.execute(
            insert(PassageRow),
            [
                {
                    "version_pk": row.pk,
                    "position": passage.position,
                    "id": passage.id,
                    "start": passage.start,
                    "end": passage.end,
                    "section": passage.section,
                    "text": passage.text,
                }
                for passage in change.passages
            ],
        )
    return row.pk


def _drop_versions(session: Session, article_pk: int, keep: int | None = None) -> None:
    doomed = select(VersionRow.pk).where(VersionRow.article_pk == article_pk, VersionRow.pk != (keep or -1))
    session.execute(delete(PassageRow).where(PassageRow.version_pk.in_(doomed)))
    session.execute(delete(VersionRow).where(VersionRow.article_pk == article_pk, VersionRow.pk != (keep or -1)))


def _write_journal(session: Session, scope: str, passage_ids: Iterable[str]) -> None:
    for chunk in chunks(sorted(passage_ids), _CHUNK):
        there = set(
            session.scalars(
                select(JournalRow.passage_id).where(JournalRow.scope == scope, JournalRow.passage_id.in_(chunk))
            )
        )
        rows = [{"scope": scope, "passage_id": key} for key in chunk if key not in there]
        if rows:
            session.execute(insert(JournalRow), rows)
