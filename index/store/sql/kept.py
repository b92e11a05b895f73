"""Versions that are no longer live, kept for a while so that old citations still open. No search sees them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, delete, insert, literal, select
from sqlalchemy.orm import Session

from index.article import Article, Passage
from index.store.sql.rows import article_of
from index.store.sql.schema import ArticleRow, KeptPassageRow, KeptVersionRow, PassageRow, VersionRow

VERSION_FIELDS = (
    "content_hash",
    "title",
    "text",
    "url",
    "source",
    "author",
    "published_at",
    "modified_at",
    "language",
    "credits",
    "sections",
    "indexed_at",
)


@dataclass(frozen=True, slots=True)
class Version:
    """What an article said from ``indexed_at`` until ``ended_at``, which is None while it is live."""

    article: Article
    indexed_at: datetime
    ended_at: datetime | None

    @property
    def live(self) -> bool:
        """Whether this is what searches see."""
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class PassageVersion:
    """A passage in the version of its article that it points into."""

    passage: Passage
    version: Version


def keep(session: Session, article_pks: Sequence[int]) -> None:
    """Copy the live versions of articles that are about to be replaced or removed."""
    fields = [getattr(VersionRow, name) for name in VERSION_FIELDS]
    live = (
        select(VersionRow.pk, ArticleRow.scope, ArticleRow.id.label("article_id"), *fields)
        .join(ArticleRow, ArticleRow.live_pk == VersionRow.pk)
        .where(ArticleRow.pk.in_(article_pks))
    )
    now = datetime.now(UTC)
    for row in session.execute(live).mappings().all():
        values = {name: value for name, value in row.items() if name != "pk"}
        kept_pk = session.scalar(
            insert(KeptVersionRow).values(**values, ended_at=now).returning(KeptVersionRow.pk)
        )
        names = ("position", "id", "start", "end", "section")
        session.execute(
            insert(KeptPassageRow).from_select(
                ["version_pk", *names],
                select(literal(kept_pk), *(getattr(PassageRow, name) for name in names)).where(
                    PassageRow.version_pk == row["pk"]
                ),
            )
        )


def prune(engine: Engine, before: datetime) -> int:
    """Forget the versions that ended before then; returns how many."""
    old = select(KeptVersionRow.pk).where(KeptVersionRow.ended_at < before)
    with Session(engine) as session, session.begin():
        session.execute(delete(KeptPassageRow).where(KeptPassageRow.version_pk.in_(old)))
        pruned = session.execute(delete(KeptVersionRow).where(KeptVersionRow.ended_at < before))
        return pruned.rowcount  # type: ignore[attr-defined, no-any-return]


def versions(engine: Engine, scopes: Sequence[str], article_id: str) -> list[Version]:
    """The versions of an article that ``scopes`` may see, newest first: the live one, then those kept."""
    live = (
        select(VersionRow, ArticleRow.id)
        .join(ArticleRow, ArticleRow.live_pk == VersionRow.pk)
        .where(ArticleRow.scope.in_(scopes), ArticleRow.id == article_id)
    )
    kept = (
        select(KeptVersionRow)
        .where(KeptVersionRow.scope.in_(scopes), KeptVersionRow.article_id == article_id)
        .order_by(KeptVersionRow.ended_at.desc(), KeptVersionRow.pk.desc())
    )
    with Session(engine) as session:
        return [
            *(Version(article_of(row, key), row.indexed_at, None) for row, key in session.execute(live)),
            *map(_version, session.scalars(kept)),
        ]


def find_passage(engine: Engine, scopes: Sequence[str], passage_id: str) -> PassageVersion | None:
    """A passage in the newest version that holds it: the live one, else one that is kept."""
    live = (
        select(PassageRow, VersionRow, ArticleRow.id)
        .join(VersionRow, VersionRow.pk == PassageRow.version_pk)
        .join(ArticleRow, ArticleRow.live_pk == VersionRow.pk)
        .where(ArticleRow.scope.in_(scopes), PassageRow.id == passage_id)
    )
    kept = (
        select(KeptPassageRow, KeptVersionRow)
        .join(KeptVersionRow, KeptVersionRow.pk == KeptPassageRow.version_pk)
        .where(KeptVersionRow.scope.in_(scopes), KeptPassageRow.id == passage_id)
        .order_by(KeptVersionRow.ended_at.desc(), KeptVersionRow.pk.desc())
    )
    with Session(engine) as session:
        if found := session.execute(live).first():
            version = Version(article_of(found[1], found[2]), found[1].indexed_at, None)
            return PassageVersion(_passage(found[0], version), version)
        if old := session.execute(kept).first():
            version = _version(old[1])
            return PassageVersion(_passage(old[0], version), version)
    return None


def passages(engine: Engine) -> Iterator[tuple[str, Passage]]:
    """Every passage of the kept versions, with its article's title."""
    statement = select(KeptPassageRow, KeptVersionRow).join(
        KeptVersionRow, KeptVersionRow.pk == KeptPassageRow.version_pk
    )
    with Session(engine) as session:
        for passage, row in session.execute(statement.execution_options(yield_per=500)):
            yield row.title, _passage(passage, _version(row))


def _version(row: KeptVersionRow) -> Version:
    return Version(article_of(row, row.article_id), row.indexed_at, row.ended_at)


def _passage(row: PassageRow | KeptPassageRow, version: Version) -> Passage:
    text = version.article.text[row.start : row.end]
    return Passage(row.id, version.article.id, text, row.start, row.end, row.section, row.position)
