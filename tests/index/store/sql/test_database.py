"""Addresses of databases as people write them, connections that are cut, and poolers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from index.article import SHARED
from index.errors import ConfigurationError, StoreError
from index.library import Library
from index.store.sql.database import open_database
from tests.conftest import MAX_BYTES
from tests.fakes.embeddings import WordEmbeddings
from tests.index.news import BRIDGE, FERRY, SCHOOL, found_ids, write
from tests.postgresql import running_pgbouncer

SECRET = "s3cret-word"


@pytest.mark.parametrize(
    "scheme", ["postgres", "postgresql", "postgresql+psycopg", "postgresql+asyncpg", "postgresql+psycopg2"]
)
def test_every_usual_scheme_has_its_driver(scheme: str) -> None:
    engine = open_database(f"{scheme}://user:{SECRET}@127.0.0.1/name")
    assert engine.url.drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        (f"postgresql://user:{SECRET}@ss@host/name", "%40"),
        (f"postgresql://user:{SECRET}/x@host/name", "%2F"),
        (f"postgresql://user:{SECRET}#x@host/name", "NEWSDESK_DATABASE_URL"),
        (f"postgresql://user:{SECRET}@host:port/name", "port"),
        (f"postgresql://user:{SECRET}@host:99999/name", "port"),
        (f"postgresql://user:{SECRET}@host", "name of the database"),
        (f"mysql://user:{SECRET}@host/name", "mysql"),
        (f"user:{SECRET}@host/name", "NEWSDESK_DATABASE_URL"),
        (f"host={SECRET}", "NEWSDESK_DATABASE_URL"),
        (f"postgresql+nodriver://user:{SECRET}@host/name", "nodriver"),
    ],
)
def test_an_address_that_is_none_is_told_and_not_repeated(url: str, says: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        open_database(url)
    assert says in str(caught.value)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("host", ["127.0.0.1:1", "no-such-host.invalid"])
def test_a_server_that_is_not_there(home: Path, host: str) -> None:
    with pytest.raises(StoreError, match="NEWSDESK_DATABASE_URL") as caught:
        opened(home, f"postgresql://user:{SECRET}@{host}/name")
    assert SECRET not in str(caught.value)


def opened(home: Path, url: str, *, take_over: bool = False) -> Library:
    return Library(home, "words", WordEmbeddings(), max_bytes=MAX_BYTES, database_url=url, take_over=take_over)


def cut_all(url: str) -> None:
    """End every connection to the database, as a server or a router does with idle ones."""
    address = make_url(url)
    other = open_database(address.set(database="postgres").render_as_string(hide_password=False))
    with other.connect() as connection:
        connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
            {"name": address.database},
        )
    other.dispose()


def test_a_connection_that_was_cut_while_idle_costs_nothing(postgresql: str, home: Path, tmp_path: Path) -> None:
    with opened(home, postgresql) as library:
        library.sync([str(write(tmp_path / "a", bridge=BRIDGE))], SHARED)
        cut_all(postgresql)
        assert found_ids(library, "harbour bridge mayor") == ["bridge.txt"]
        cut_all(postgresql)
        assert library.sync([str(write(tmp_path / "b", ferry=FERRY))], SHARED).added == 1


@pytest.fixture
def pooled(postgresql: str) -> Iterator[str]:
    """The same database behind PgBouncer in transaction mode."""
    if not shutil.which("pgbouncer", path="/usr/sbin:/usr/bin:/usr/local/bin"):
        pytest.skip("PgBouncer is not installed")
    address = make_url(postgresql)
    with running_pgbouncer(Path(str(address.query["host"]))) as port:
        yield f"postgres://newsdesk@127.0.0.1:{port}/{address.database}?pgbouncer=true&connection_limit=5"


def test_a_pooler_that_gives_each_transaction_another_connection(pooled: str, home: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", **{f"a{number}": f"Report {number}: {BRIDGE}" for number in range(30)})
    with opened(home, pooled) as library:
        assert library.sync([str(folder)], SHARED).added == 30

        def ask(number: int) -> list[str]:
            library.articles([SHARED], f"report {number}")
            return found_ids(library, "harbour bridge mayor")

        with ThreadPoolExecutor(8) as threads:
            assert all(threads.map(ask, range(60)))
        assert library.sync([str(write(tmp_path / "b", ferry=FERRY))], SHARED).added == 1
        assert library.examine() == []


def test_a_database_file_elsewhere_that_cannot_be_made_is_told_as_such(home: Path) -> None:
    with pytest.raises(StoreError, match="Check NEWSDESK_DATABASE_URL"):
        opened(home, "sqlite:////no/such/folder/news.sqlite")


def test_a_second_home_on_one_database_is_refused(postgresql: str, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    with opened(first, postgresql) as library:
        library.sync([str(write(tmp_path / "a", bridge=BRIDGE, school=SCHOOL))], SHARED)
    with pytest.raises(ConfigurationError, match=r"another home, .*first on .*doctor --take-over"):
        opened(second, postgresql)
    moved = first.rename(tmp_path / "moved")  # a home that is moved stays the same
    opened(moved, postgresql).close()
    with opened(second, postgresql, take_over=True) as library:
        assert found_ids(library, "harbour bridge mayor")[0] == "bridge.txt"
        assert library.examine() == []
    with pytest.raises(ConfigurationError, match="second"):
        opened(moved, postgresql)
