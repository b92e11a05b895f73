"""What an article said before stays open for a while, and is never found by a search."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.article import SHARED
from index.library import Library
from tests.conftest import MAX_BYTES
from tests.fakes.embeddings import WordEmbeddings
from tests.index.news import BRIDGE, FERRY, long_text, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "a", town=long_text("bridges", "ferries", "schools"), ferry=FERRY)


def change(library: Library, folder: Path) -> dict[str, str]:
    """Index, change one passage of three, index again; the ids of the first version by their beginning."""
    library.sync([str(folder)], SHARED)
    ids = {passage.text[:14]: passage.id for passage in library.passages([SHARED], "town.txt")}
    write(folder, town=long_text("bridges", "windmills", "schools"))
    library.sync([str(folder)], SHARED)
    return ids


def test_an_old_citation_opens_in_the_version_it_points_into(library: Library, folder: Path) -> None:
    ids = change(library, folder)
    found = library.passage_version([SHARED], ids["About ferries:"])
    assert found
    assert not found.version.live
    assert found.version.ended_at
    assert found.passage.text.startswith("About ferries: The ferries report")
    assert found.version.article.text[found.passage.start : found.passage.end] == found.passage.text
    assert found.passage == library.passage([SHARED], ids["About ferries:"])
    same = library.passage_version([SHARED], ids["About bridges:"])
    assert same
    assert same.version.live
    assert same.version.article == library.article([SHARED], "town.txt")
    assert [version.live for version in library.versions([SHARED], "town.txt")] == [True, False]


def test_other_scopes_do_not_see_what_was_kept(library: Library, folder: Path) -> None:
    ids = change(library, folder)
    for blind in (["guild:1"], []):
        assert library.passage_version(blind, ids["About ferries:"]) is None
        assert library.passage(blind, ids["About ferries:"]) is None
        assert library.versions(blind, "town.txt") == []


def test_no_search_finds_what_was_kept(library: Library, folder: Path) -> None:
    ids = change(library, folder)
    hits = library.search("About ferries: The ferries report", [SHARED], 20)
    assert hits
    assert ids["About ferries:"] not in {hit.passage.id for hit in hits}
    assert library.disagreements() == set()


@pytest.mark.parametrize("how", ["file", "by hand"])
def test_what_was_removed_stays_open(library: Library, folder: Path, how: str) -> None:
    library.sync([str(folder)], SHARED)
    (passage,) = library.passages([SHARED], "ferry.txt")
    if how == "file":
        (folder / "ferry.txt").unlink()
        assert library.sync([str(folder)], SHARED).removed == 1
    else:
        assert library.remove(SHARED, "ferry.txt")
    assert library.article([SHARED], "ferry.txt") is None
    assert library.passage([SHARED], passage.id) == passage
    (version,) = library.versions([SHARED], "ferry.txt")
    assert not version.live
    assert version.article.title == "About ferry"


def test_the_kept_are_forgotten_in_time(library: Library, folder: Path) -> None:
    ids = change(library, folder)
    now = datetime.now(UTC)
    assert library.prune(now + timedelta(days=29)) == 0
    assert library.passage([SHARED], ids["About ferries:"])
    assert library.prune(now + timedelta(days=31)) == 1
    assert library.passage([SHARED], ids["About ferries:"]) is None
    assert library.passage([SHARED], ids["About bridges:"])


def test_nothing_is_kept_for_no_days(home: Path, folder: Path) -> None:
    with Library(home, "words", WordEmbeddings(), max_bytes=MAX_BYTES, keep_days=0) as library:
        ids = change(library, folder)
        assert library.passage([SHARED], ids["About ferries:"]) is None
        assert len(library.versions([SHARED], "town.txt")) == 1


def test_what_comes_back_is_live_again(library: Library, folder: Path) -> None:
    change(library, folder)
    write(folder, town=long_text("bridges", "ferries", "schools"), ferry=BRIDGE)
    library.sync([str(folder)], SHARED)
    for passage in library.passages([SHARED], "town.txt"):
        found = library.passage_version([SHARED], passage.id)
        assert found
        assert found.version.live
    assert [version.live for version in library.versions([SHARED], "town.txt")] == [True, False, False]
