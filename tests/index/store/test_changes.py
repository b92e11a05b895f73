from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from index.article import Article, Section
from index.passages import split_passages
from index.store import changes
from index.store.changes import Change
from index.store.sql.listed import list_articles
from index.store.sql.registry import Registry
from index.store.sql.schema import PassageRow, VersionRow
from tests.index.news import BRIDGE, FERRY

SCOPE = "shared"


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    registry = Registry(f"sqlite:///{tmp_path / 'registry.sqlite'}")
    yield registry
    registry.close()


def change(registry: Registry, source: int, article: Article, scope: str = SCOPE) -> Change:
    known = registry.known_articles(source).get(article.id)
    return Change(article.id, "f1", article.content_hash(), article, split_passages(article, scope), known)


def store(registry: Registry, article: Article, scope: str = SCOPE, location: str = "here") -> changes.Staged:
    source = registry.source_pk(scope, location)
    batch = [change(registry, source, article, scope)]
    staged = changes.stage(registry.engine, scope, source, batch)
    changes.publish(registry.engine, staged, batch)
    return staged


def ids(article: Article, scope: str = SCOPE) -> set[str]:
    return {passage.id for passage in split_passages(article, scope)}


def test_what_is_staged_is_not_seen_until_it_is_published(registry: Registry) -> None:
    source = registry.source_pk(SCOPE, "here")
    batch = [change(registry, source, Article("a", "Bridge", BRIDGE))]
    staged = changes.stage(registry.engine, SCOPE, source, batch)
    assert registry.count([SCOPE]) == 0
    assert list_articles(registry.engine, [SCOPE]) == []
    assert registry.article([SCOPE], "a") is None
    assert registry.passage_ids(SCOPE) == set()
    assert registry.passages([SCOPE], list(ids(batch[0].article))) == {}
    assert changes.unsettled(registry.engine) == {SCOPE: ids(batch[0].article)}
    changes.publish(registry.engine, staged, batch)
    assert registry.article([SCOPE], "a") == Article("a", "Bridge", BRIDGE)
    assert registry.count_passages(SCOPE) == 1


def test_an_article_comes_back_as_it_was_stored(registry: Registry) -> None:
    zone = timezone(timedelta(hours=2))
    article = Article(
        "https://courier.example/a?b=1",
        "Мост “снова” открыт",
        "Heading\n\n" + BRIDGE,
        url="https://courier.example/a?b=1",
        source="Courier",
        author="Ada Roe",
        published_at=datetime(2023, 5, 12, 8, 30, tzinfo=zone),
        language="en",
        credits=("© AP",),
        sections=(Section("Heading", 9, 9 + len(BRIDGE)),),
    )
    store(registry, article)
    assert registry.article([SCOPE], article.id) == article
    assert list_articles(registry.engine, [SCOPE]) == [article.ref]
    assert registry.article_passages([SCOPE], article.id) == split_passages(article, SCOPE)


@pytest.mark.parametrize("moment", [None, datetime(2023, 5, 12), datetime(2023, 5, 12, 8, 30, 15, 7, tzinfo=UTC)])
def test_dates_keep_their_zone_or_its_absence(registry: Registry, moment: datetime | None) -> None:
    store(registry, Article("a", "Bridge", BRIDGE, published_at=moment))
    assert list_articles(registry.engine, [SCOPE])[0].published_at == moment


def test_a_new_version_takes_the_place_of_the_old(registry: Registry) -> None:
    old, new = Article("a", "Bridge", BRIDGE), Article("a", "Ferry", FERRY)
    store(registry, old)
    staged = store(registry, new)
    assert staged.obsolete == ids(old)
    assert staged.touched == ids(old) | ids(new)
    assert registry.article([SCOPE], "a") == new
    with Session(registry.engine) as session:
        assert len(session.scalars(select(VersionRow)).all()) == 1
        assert set(session.scalars(select(PassageRow.id))) == ids(new)


def test_staging_twice_leaves_the_last_published(registry: Registry) -> None:
    source = registry.source_pk(SCOPE, "here")
    first = [change(registry, source, Article("a", "Bridge", BRIDGE))]
    changes.stage(registry.engine, SCOPE, source, first)
    store(registry, Article("a", "Ferry", FERRY))
    assert registry.article([SCOPE], "a") == Article("a", "Ferry", FERRY)
    assert changes.unsettled(registry.engine) == {SCOPE: ids(first[0].article) | ids(Article("a", "", FERRY))}


def test_what_was_never_published_is_dropped(registry: Registry) -> None:
    store(registry, Article("a", "Bridge", BRIDGE))
    source = registry.source_pk(SCOPE, "here")
    batch = [change(registry, source, Article(name, "Ferry", FERRY)) for name in ("a", "b")]
    changes.stage(registry.engine, SCOPE, source, batch)
    changes.drop_unpublished(registry.engine)
    assert registry.article([SCOPE], "a") == Article("a", "Bridge", BRIDGE)
    assert list(registry.known_articles(source)) == ["a"]
    with Session(registry.engine) as session:
        assert set(session.scalars(select(PassageRow.id))) == registry.passage_ids(SCOPE)


def test_removing_puts_the_passages_in_the_journal(registry: Registry) -> None:
    article = Article("a", "Bridge", BRIDGE)
    store(registry, article)
    store(registry, article, "guild:1")
    changes.settle(registry.engine, SCOPE, ids(article))
    pk = registry.article_pk(SCOPE, "a")
    assert pk is not None
    assert changes.remove(registry.engine, SCOPE, [pk]) == ids(article)
    assert registry.count([SCOPE]) == 0
    assert registry.count(["guild:1"]) == 1
    assert changes.unsettled(registry.engine) == {SCOPE: ids(article), "guild:1": ids(article, "guild:1")}
    assert registry.scopes() == ["guild:1"]


def test_settling_names_its_passages(registry: Registry) -> None:
    changes.doubt(registry.engine, SCOPE, {"1", "2"})
    changes.doubt(registry.engine, SCOPE, {"2", "3"})
    changes.doubt(registry.engine, "guild:1", {"1"})
    changes.settle(registry.engine, SCOPE, {"1", "2", "9"})
    assert changes.unsettled(registry.engine) == {SCOPE: {"3"}, "guild:1": {"1"}}
    many = {str(number) for number in range(2500)}
    changes.doubt(registry.engine, SCOPE, many)
    changes.settle(registry.engine, SCOPE, many)
    assert changes.unsettled(registry.engine) == {"guild:1": {"1"}}


def test_ids_of_other_sources_are_taken(registry: Registry) -> None:
    store(registry, Article("a", "Bridge", BRIDGE), location="here")
    store(registry, Article("a", "Bridge", BRIDGE), "guild:1", location="there")
    here, there = registry.source_pk(SCOPE, "here"), registry.source_pk(SCOPE, "there")
    taken = registry.known_elsewhere(SCOPE, ["a", "b"], there)
    assert {key: location for key, (location, _) in taken.items()} == {"a": "here"}
    assert taken["a"][1] == registry.known_articles(here)["a"]
    assert registry.known_elsewhere(SCOPE, ["a", "b"], here) == {}


def test_two_articles_of_one_id_are_refused_by_the_database(registry: Registry) -> None:
    store(registry, Article("a", "Bridge", BRIDGE), location="here")
    with pytest.raises(IntegrityError):
        store(registry, Article("a", "Ferry", FERRY), location="there")
    assert registry.article([SCOPE], "a") == Article("a", "Bridge", BRIDGE)
    assert changes.unsettled(registry.engine) == {SCOPE: ids(Article("a", "Bridge", BRIDGE))}
