"""Killed at any moment, the next run ends in the same state as an uninterrupted one."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from index.article import SHARED
from index.errors import StoreError
from index.library import Library
from index.store import changes
from index.store.vectors.chroma import Vectors
from tests.conftest import MAX_BYTES
from tests.fakes.embeddings import WordEmbeddings
from tests.index.interruption import STEPS, KilledError, interrupt
from tests.index.news import BRIDGE, FERRY, SCHOOL, long_text, write

OTHER = "guild:7"


def open_library(home: Path) -> Library:
    return Library(home, "words", WordEmbeddings(), max_bytes=MAX_BYTES)


def state(library: Library, scope: str = SHARED) -> dict[str, Any]:
    """What a reader can notice of a scope, and what the three parts of the store hold."""
    return {
        "articles": {ref.id: library.article([scope], ref.id) for ref in library.articles([scope])},
        "passages": {ref.id: library.passages([scope], ref.id) for ref in library.articles([scope])},
        "registry": library.registry.passage_ids(scope),
        "lexical": library._lexical.ids(scope),
        "vectors": library._vectors.ids(scope),
        "journal": changes.unsettled(library.registry.engine),
    }


def assert_every_passage_finds_itself(library: Library, scope: str = SHARED) -> None:
    for ref in library.articles([scope]):
        for passage in library.passages([scope], ref.id):
            hits = library.search(f"{ref.title}\n{passage.text}", [scope], 3)
            assert passage.id in {hit.passage.id for hit in hits}


def before(folder: Path) -> None:
    write(
        folder, town=long_text("bridges", "ferries"), ferry=FERRY, gone=SCHOOL, same="It rained on Monday again."
    )


def after(folder: Path) -> None:
    write(folder, town=long_text("bridges", "windmills"), new=BRIDGE)
    (folder / "gone.txt").unlink()


@dataclass(frozen=True)
class Prepared:
    """A ``home`` that holds ``folder`` in both scopes, and what a home that first sees it changed holds."""

    home: Path
    folder: Path
    untouched: dict[str, Any]
    expected: dict[str, Any]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Made once: each test works on a copy of the home."""
    root = tmp_path_factory.mktemp("prepared")
    folder = root / "articles"
    before(folder)
    with open_library(root / "home") as library:
        library.sync([str(folder)], SHARED)
        library.sync([str(folder)], OTHER)
        untouched = state(library, OTHER)
    after(folder)
    with open_library(root / "fresh") as library:
        library.sync([str(folder)], SHARED)
        return Prepared(root / "home", folder, untouched, state(library))


@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("turn", [1, 2, 3])
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step(
    step: str, turn: int, done: bool, prepared: Prepared, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(prepared.home, home)
    folder = prepared.folder
    library = open_library(home)
    calls = interrupt(monkeypatch, *STEPS[step], turn=turn, done=done)
    try:
        library.sync([str(folder)], SHARED)
    except KilledError:
        pass
    else:
        assert len(calls) < turn, "the step was reached and nothing happened"
    monkeypatch.undo()
    library.close()

    with open_library(home) as library:
        assert library.disagreements() == set()
        assert changes.unsettled(library.registry.engine) == {}
        assert_every_passage_finds_itself(library)
        library.sync([str(folder)], SHARED)
        resumed = state(library)
        assert_every_passage_finds_itself(library)
        assert state(library, OTHER) == prepared.untouched
    assert resumed == prepared.expected


@pytest.mark.parametrize("step", ["upsert", "lexical", "confirm", "publish", "delete"])
def test_a_failed_run_is_mended_without_opening_anew(
    step: str, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "articles"
    before(folder)
    library.sync([str(folder)], SHARED)
    after(folder)
    interrupt(monkeypatch, *STEPS[step], turn=1, done=True, error=StoreError)
    with pytest.raises(StoreError, match="simulated"):
        library.sync([str(folder)], SHARED)
    monkeypatch.undo()
    library.remove(SHARED, "ferry.txt")  # settles its own passages only
    write(folder, town=long_text("bridges", "gardens"))  # what was staged is not what comes next
    library.sync([str(folder)], SHARED)
    resumed = state(library)
    with open_library(tmp_path / "fresh") as fresh:
        fresh.sync([str(folder)], SHARED)
        assert resumed == state(fresh)


def test_vectors_that_vanish_are_noticed_before_publishing(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Vectors, "upsert", lambda *_: None)
    with pytest.raises(StoreError, match="nothing of this batch was published"):
        library.sync([str(write(tmp_path / "a", bridge=BRIDGE))], SHARED)
    assert library.count([SHARED]) == 0


@pytest.mark.parametrize("part", ["vectors", "fulltext"])
def test_a_deleted_part_is_rebuilt_without_embedding(part: str, home: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY, town=long_text("mills", "dams"))
    with open_library(home) as library:
        for scope in (SHARED, OTHER):
            library.sync([str(folder)], scope)
        whole = state(library), state(library, OTHER)
    shutil.rmtree(home / part)
    words = WordEmbeddings()
    with Library(home, "words", words, max_bytes=MAX_BYTES) as library:
        assert (state(library), state(library, OTHER)) == whole
        assert_every_passage_finds_itself(library)
    assert words.embedded == []


@pytest.mark.long
def test_a_lost_vector_index_is_rebuilt_by_the_next_sync(home: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", **{f"n{number}": f"Report {number}: {BRIDGE}" for number in range(1200)})
    with open_library(home) as library:
        library.sync([str(folder)], SHARED)
        whole = state(library)
    (segment,) = [path for path in (home / "vectors").iterdir() if path.is_dir()]
    shutil.rmtree(segment)  # Chroma then still counts and lists every vector
    words = WordEmbeddings()
    with Library(home, "words", words, max_bytes=MAX_BYTES) as library:
        library.sync([str(folder)], SHARED)
        assert state(library) == whole
        assert library.search(f"About n700\nReport 700: {BRIDGE}", [SHARED])[0].dense > 0.99
    assert words.embedded == []


SLOW_RUN = """
import sys
from pathlib import Path
from index.library import Library
from tests.fakes.embeddings import WordEmbeddings
home, folder = sys.argv[1:]
with Library(Path(home), "words", WordEmbeddings(), max_bytes=1_000_000) as library:
    library.sync([folder], "shared", lambda step: print(step.done, flush=True))
print("whole", flush=True)
"""


@pytest.mark.long
@pytest.mark.slow
def test_kill_dash_nine(home: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", **{f"n{number}": long_text(f"topic{number}") for number in range(300)})
    for lines in (1, 2, 3, 4):
        with _run(home, folder) as process:
            assert process.stdout
            for _ in range(lines):
                process.stdout.readline()
            process.send_signal(signal.SIGKILL)
            assert process.wait() == -signal.SIGKILL
    with _run(home, folder) as process:
        output, _ = process.communicate()
        assert output.endswith("whole\n")
    with open_library(home) as library:
        resumed = state(library)
        assert library.count([SHARED]) == 300
        assert library.disagreements() == set()
        assert_every_passage_finds_itself(library)
    with open_library(tmp_path / "fresh") as library:
        library.sync([str(folder)], SHARED)
        assert resumed == state(library)


def _run(home: Path, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SLOW_RUN, str(home), str(folder)], stdout=subprocess.PIPE, text=True
    )
