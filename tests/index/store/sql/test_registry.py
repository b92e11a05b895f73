from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from index.store.sql.database import open_database
from index.store.sql.listed import list_articles
from index.store.sql.registry import Registry
from index.store.sql.rows import chunks


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    registry = Registry(f"sqlite:///{tmp_path / 'registry.sqlite'}")
    yield registry
    registry.close()


def test_facts_are_kept(registry: Registry, tmp_path: Path) -> None:
    assert registry.get_meta("embedding") is None
    registry.set_meta("embedding", "one")
    registry.set_meta("embedding", "two")
    registry.close()
    again = Registry(f"sqlite:///{tmp_path / 'registry.sqlite'}")
    assert again.get_meta("embedding") == "two"
    again.close()


def test_a_source_has_one_key_in_each_scope(registry: Registry) -> None:
    here = registry.source_pk("shared", "/articles")
    assert registry.source_pk("shared", "/articles") == here
    assert len({here, registry.source_pk("shared", "/other"), registry.source_pk("guild:1", "/articles")}) == 3
    assert registry.known_articles(here) == {}


def test_the_time_of_a_sync_is_noted(registry: Registry) -> None:
    registry.mark_synced(registry.source_pk("shared", "/articles"))
    with registry.engine.connect() as connection:
        moment = connection.execute(text("SELECT synced_at FROM sources")).scalar_one()
    assert isinstance(datetime.fromisoformat(str(moment)), datetime)


def test_an_empty_registry(registry: Registry) -> None:
    assert not registry.scopes()
    assert not list_articles(registry.engine, ["shared"])
    assert not list(registry.all_passages("shared"))
    assert registry.count(["shared"]) == registry.count_passages("shared") == 0
    assert registry.article_pk("shared", "a") is None


def test_sqlite_waits_for_writers_and_survives_kills(registry: Registry) -> None:
    with registry.engine.connect() as connection:
        values = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    assert values == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30000}


def test_case_is_known_in_every_script(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT lower('БАХМУТ Ärger'), lower(NULL)")).one() == (
            "бахмут ärger",
            None,
        )
    engine.dispose()


def test_a_place_that_holds_no_database(tmp_path: Path) -> None:
    with pytest.raises(SQLAlchemyError):
        Registry(f"sqlite:///{tmp_path / 'missing' / 'registry.sqlite'}")


def test_chunks() -> None:
    assert list(chunks(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(chunks([], 2)) == []
