from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from index.article import SHARED
from index.errors import ConfigurationError, StoreError, StoreLockedError
from index.library import Library
from index.search import Filters
from tests.conftest import MAX_BYTES
from tests.fakes.embeddings import WordEmbeddings
from tests.index.news import BRIDGE, FERRY, SCHOOL, dated, write


def open_library(home: Path, model: str = "words") -> Library:
    return Library(home, model, WordEmbeddings(), max_bytes=MAX_BYTES)


# Scopes


@pytest.fixture
def two_guilds(library: Library, tmp_path: Path) -> Library:
    """The same file name in two servers, and a shared article."""
    library.sync([str(write(tmp_path / "one", news=BRIDGE))], "guild:1")
    library.sync([str(write(tmp_path / "two", news=FERRY))], "guild:2")
    library.sync([str(write(tmp_path / "all", school=SCHOOL))], SHARED)
    return library


def test_search_sees_its_scopes_only(two_guilds: Library) -> None:
    def texts(*scopes: str) -> set[str]:
        return {hit.passage.text for hit in two_guilds.search("harbour bridge ferry boats teachers", scopes)}

    assert texts("guild:1") == {BRIDGE}
    assert texts("guild:2", SHARED) == {FERRY, SCHOOL}
    assert texts("guild:1", "guild:2", SHARED, SHARED) == {BRIDGE, FERRY, SCHOOL}
    assert texts() == texts("guild:3") == set()


def test_reading_sees_its_scopes_only(two_guilds: Library) -> None:
    library = two_guilds
    (passage,) = library.passages(["guild:1"], "news.txt")
    assert passage.text == BRIDGE
    assert library.passage(["guild:1"], passage.id) == passage
    article = library.article(["guild:2", SHARED], "news.txt")
    assert article
    assert article.text == FERRY
    assert [ref.id for ref in library.articles([SHARED])] == ["school.txt"]
    assert library.count(["guild:1"]) == 1
    for blind in (["guild:2"], [SHARED], ["guild:3"], []):
        assert library.passage(blind, passage.id) is None
    for blind in ([SHARED], ["guild:3"], []):
        assert library.passages(blind, "news.txt") == []
        assert library.article(blind, "news.txt") is None
    assert library.articles(["guild:3"]) == library.articles([]) == []
    assert library.count(["guild:3"]) == library.count([]) == 0


def test_removing_is_for_one_scope(two_guilds: Library) -> None:
    assert not two_guilds.remove(SHARED, "news.txt")
    assert two_guilds.remove("guild:1", "news.txt")
    assert not two_guilds.remove("guild:1", "news.txt")
    assert two_guilds.search("harbour bridge", ["guild:1"]) == []
    assert [hit.passage.text for hit in two_guilds.search("ferry", ["guild:2"])] == [FERRY]
    assert two_guilds.disagreements() == set()


# Listing


def test_articles_are_listed_newest_first_and_found_by_any_word(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    dated(folder, "old", BRIDGE, title="Бахмут у вогні 100%", date="2023-05-01")
    dated(folder, "new", FERRY, title="Ärger in Münster_West", date="2024-05-01")
    dated(folder, "undated", SCHOOL, title="Cold classrooms")
    library.sync([str(folder)], SHARED)

    def ids(query: str, limit: int | None = None) -> list[str]:
        return [ref.id for ref in library.articles([SHARED], query, limit)]

    assert ids("") == ["new.md", "old.md", "undated.md"]
    assert ids("", 1) == ["new.md"]
    assert ids("бахмут ВОГНІ") == ["old.md"]
    assert ids("MÜNSTER ärger") == ["new.md"]
    assert ids("classrooms münster") == []
    assert ids("undated") == ["undated.md"]
    assert ids("100%") == ["old.md"]
    assert ids("%") == ["old.md"]
    assert ids("_") == ["new.md"]


def test_coverages_and_vectors(library: Library, tmp_path: Path) -> None:
    library.sync([str(write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY, school=SCHOOL))], SHARED)
    full, none = library.coverages("Was the harbour bridge reopened?", [BRIDGE, SCHOOL])
    assert full == pytest.approx(1)
    assert none == pytest.approx(0)
    near, far = library.similarities("harbour bridge reopened", [BRIDGE, SCHOOL])
    assert near > far
    assert library.vectors([BRIDGE, FERRY]).shape == (2, 128)
    assert library.vectors([]).shape == (0, 0)
    assert library.similarities("harbour", []) == []


def test_what_differs_between_the_parts_is_told(library: Library, tmp_path: Path) -> None:
    library.sync([str(write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY))], SHARED)
    (bridge,) = library.passages([SHARED], "bridge.txt")
    (ferry,) = library.passages([SHARED], "ferry.txt")
    library._vectors.delete(SHARED, [bridge.id])
    library._lexical.update([], [ferry.id])
    assert library.disagreements() == {bridge.id, ferry.id}


def test_an_empty_library(library: Library) -> None:
    assert library.search("Who opened the bridge?", [SHARED], filters=Filters(source="x")) == []
    assert library.articles([SHARED]) == []
    assert library.disagreements() == set()
    assert not library.remove(SHARED, "x")


# One owner


def test_one_library_at_a_time(home: Path) -> None:
    with open_library(home), pytest.raises(StoreLockedError, match="Another Newsdesk process is using the store"):
        open_library(home)
    open_library(home).close()


def test_another_process_is_told_who_has_the_store(library: Library, home: Path) -> None:
    finished = _run("open", home)
    assert finished.returncode == 2
    assert f"Another Newsdesk process is using the store in {home}: process {os.getpid()} (" in finished.stderr
    assert "UTC). Stop it" in finished.stderr
    assert library.count([SHARED]) == 0


def test_a_library_opened_in_one_thread_is_closed_by_another(home: Path) -> None:
    opened: list[Library] = []
    thread = threading.Thread(target=lambda: opened.append(open_library(home)))
    thread.start()
    thread.join()
    opened[0].close()
    open_library(home).close()


def test_an_opening_that_fails_lets_go_of_everything(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise StoreError("refused")

    monkeypatch.setattr("index.store.writer.Writer.recover", refuse)
    with pytest.raises(StoreError, match="refused"):
        open_library(home)
    monkeypatch.undo()
    open_library(home).close()


def test_a_store_belongs_to_one_model(home: Path) -> None:
    open_library(home).close()
    with pytest.raises(ConfigurationError, match=r"made with the embedding model words, not other. Set NEWSDESK_"):
        open_library(home, "other")
    open_library(home).close()


# What cannot be used


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder that the current user may read and not write: root may write anything."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    else:
        folder.chmod(0o555)
    yield folder
    os.seteuid(was)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_folder_that_may_not_be_written(as_nobody: Path) -> None:
    for home in (as_nobody, as_nobody / "home"):
        with pytest.raises(StoreError, match=r"cannot be used: .*Make the folder writable"):
            open_library(home)


@pytest.mark.parametrize("home", ["file", "file/home", "/proc/newsdesk"])
def test_a_place_that_is_no_folder(tmp_path: Path, home: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match=r"cannot be used: .*Make the folder writable"):
        open_library(tmp_path / home)


@pytest.mark.parametrize("damage", ["rubbish", "holes"])
def test_a_damaged_registry(home: Path, tmp_path: Path, damage: str) -> None:
    with open_library(home) as library:
        library.sync([str(write(tmp_path / "a", **{f"n{n}": f"{BRIDGE} {n}" for n in range(40)}))], SHARED)
    path = home / "registry.sqlite"
    if damage == "rubbish":
        path.write_bytes(b"no database " * 1000)
    else:
        with path.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * (path.stat().st_size - 4096))
    with pytest.raises(StoreError, match=r"registry is damaged\. Restore registry\.sqlite from a backup"):
        open_library(home)


def test_a_full_disk_under_the_registry(library: Library, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", **{f"n{n}": f"{BRIDGE} {n}" for n in range(200)})
    full = True

    @event.listens_for(library.registry.engine, "begin")
    def limit(connection: object) -> None:
        pages = 1 if full else 1_000_000  # SQLite never goes below what is in use
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")  # type: ignore[attr-defined]

    with pytest.raises(StoreError, match=r"database or disk is full. Make room on the disk"):
        library.sync([str(folder)], SHARED)
    full = False
    report = library.sync([str(folder)], SHARED)
    assert report.added + report.unchanged == 200
    assert library.disagreements() == set()


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize("limit", [20_000, 120_000, 300_000, 700_000, 1_200_000])
def test_files_that_can_grow_no_further(home: Path, tmp_path: Path, limit: int) -> None:
    folder = write(tmp_path / "a", **{f"n{n}": f"{BRIDGE} {n} {FERRY} {SCHOOL} " * 3 for n in range(400)})
    finished = _run("fill", home, folder, limit)
    assert "Traceback" not in finished.stderr
    assert finished.returncode == 2
    assert "Make room on the disk" in finished.stderr or "the disk is not full" in finished.stderr
    with open_library(home) as library:
        report = library.sync([str(folder)], SHARED)
        assert report.added + report.unchanged == 400
        assert library.disagreements() == set()


PROGRAM = """
import resource, sys
from pathlib import Path
from index.errors import NewsdeskError
from index.library import Library
from tests.fakes.embeddings import WordEmbeddings
task, home, *rest = sys.argv[1:]
if rest:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(rest[1]), int(rest[1])))
try:
    with Library(Path(home), "words", WordEmbeddings(), max_bytes=1_000_000) as library:
        if rest:
            library.sync([rest[0]], "shared")
except NewsdeskError as error:
    print(error, file=sys.stderr)
    sys.exit(2)
"""


def _run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", PROGRAM, *map(str, arguments)], capture_output=True, text=True)
