"""Damage done on purpose is found and repaired; vectors and full text are rebuilt without embedding."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from index.article import SHARED
from index.errors import ConfigurationError
from index.library import Library
from index.store.health import broken_vectors, full_text_damage
from index.store.schema import EmbeddingRow
from index.store.vectors import Vectors
from index.tally import SyncProgress
from tests.conftest import MAX_BYTES
from tests.fakes.embeddings import WordEmbeddings
from tests.index.news import BRIDGE, FERRY, SCHOOL, found_ids, write

OTHER = "guild:7"
FULL_TEXT = ["*.store", "*.term", "*.idx", "*.pos", "*.fast", "*.fieldnorm", "*.del", "meta.json", ".managed.json"]
SEGMENT = ["data_level0.bin", "header.bin", "index_metadata.pickle", "length.bin", "link_lists.bin"]


def state(library: Library) -> dict[str, Any]:
    return {
        scope: (
            sorted(ref.id for ref in library.articles([scope])),
            library.registry.passage_ids(scope),
            library._vectors.ids(scope),
            library._lexical.ids(scope),
        )
        for scope in (SHARED, OTHER)
    }


def assert_sound(library: Library) -> None:
    assert library.examine() == []
    assert library.disagreements() == set()
    for number in (0, 599, 1199):
        if library.article([SHARED], f"n{number}.txt"):
            assert found_ids(library, f"About n{number}\nReport {number}: {BRIDGE}")[0] == f"n{number}.txt"


def opened(home: Path, words: WordEmbeddings | None = None, **more: Any) -> Library:
    return Library(home, "words", words or WordEmbeddings(), max_bytes=MAX_BYTES, **more)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A home with 1,199 passages in one scope, so that Chroma writes an index to the disk, and 2 in another."""
    root = tmp_path_factory.mktemp("whole")
    many = write(root / "a", **{f"n{number}": f"Report {number}: {BRIDGE}" for number in range(1200)})
    few = write(root / "b", ferry=FERRY, school=SCHOOL)
    with opened(root / "home") as library:
        library.sync([str(many)], SHARED)
        library.sync([str(few)], OTHER)
        library.remove(SHARED, "n77.txt")
        found = state(library)
    return root / "home", found


@pytest.fixture
def damaged(whole: tuple[Path, dict[str, Any]], home: Path) -> Path:
    """A copy of the whole home, for a test to damage."""
    shutil.copytree(whole[0], home)
    return home


def spoil(path: Path, how: str) -> None:
    data = path.read_bytes()
    if how == "deleted":
        path.unlink()
    elif how == "cut":
        path.write_bytes(data[: len(data) // 2])
    else:
        path.write_bytes(bytes((byte * 7 + 13) % 256 for byte in data))


@pytest.mark.parametrize("how", ["deleted", "cut", "noise"])
@pytest.mark.parametrize("file", FULL_TEXT)
def test_a_damaged_full_text_is_told_and_built_anew(
    whole: tuple[Path, dict[str, Any]], damaged: Path, file: str, how: str
) -> None:
    paths = sorted((damaged / "fulltext").glob(file))
    assert paths
    spoil(paths[0], how)
    words = WordEmbeddings()
    with opened(damaged, words) as library:
        assert state(library) == whole[1]
        assert library.mended
        assert {(finding.part, finding.repaired) for finding in library.mended} == {("full text", True)}
        assert_sound(library)
    assert words.embedded == []


@pytest.mark.slow
@pytest.mark.parametrize("how", ["deleted", "cut", "noise"])
@pytest.mark.parametrize("file", SEGMENT)
def test_a_damaged_segment_of_vectors_is_repaired(
    whole: tuple[Path, dict[str, Any]], damaged: Path, file: str, how: str
) -> None:
    for segment in (damaged / "vectors").glob(f"*/{file}"):
        spoil(segment, how)
    words = WordEmbeddings()
    with opened(damaged, words, careful=True) as library:
        library.repair()
        assert state(library) == whole[1]
        assert_sound(library)
    assert words.embedded == []


def test_a_segment_that_kills_the_process_is_found_and_built_anew(
    whole: tuple[Path, dict[str, Any]], damaged: Path
) -> None:
    for segment in (damaged / "vectors").glob("*/data_level0.bin"):
        spoil(segment, "noise")
    assert SHARED in (broken_vectors(damaged / "vectors") or [])
    (damaged / "in-use").touch()  # as a process leaves it that was ended by this very damage
    with opened(damaged) as library:
        assert ("vectors", SHARED) in {(finding.part, finding.scope) for finding in library.mended}
        assert state(library) == whole[1]
        assert_sound(library)
    assert not (damaged / "in-use").exists()


@pytest.mark.parametrize("how", ["deleted", "cut", "noise"])
def test_a_damaged_catalogue_of_vectors(whole: tuple[Path, dict[str, Any]], damaged: Path, how: str) -> None:
    spoil(damaged / "vectors" / "chroma.sqlite3", how)
    with opened(damaged, careful=True) as library:
        library.repair()
        assert state(library) == whole[1]
        assert_sound(library)


def test_a_sound_store_has_nothing_to_tell(damaged: Path) -> None:
    assert full_text_damage(damaged / "fulltext") is None
    assert broken_vectors(damaged / "vectors") == []
    with opened(damaged, careful=True) as library:
        assert library.mended == []
        assert library.examine() == []
        assert library.repair() == []


def test_what_differs_is_told_and_repaired(library: Library, tmp_path: Path) -> None:
    library.sync([str(write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY, school=SCHOOL))], SHARED)
    (bridge,) = library.passages([SHARED], "bridge.txt")
    (ferry,) = library.passages([SHARED], "ferry.txt")
    library._vectors.delete(SHARED, [bridge.id])
    library._lexical.update([], [ferry.id])
    findings = library.examine()
    assert [(finding.part, finding.scope, finding.repaired) for finding in findings] == [
        ("vectors", SHARED, False),
        ("full text", SHARED, False),
    ]
    assert "1 passages differ" in findings[0].says
    assert all(finding.repaired for finding in library.repair())
    assert_sound(library)


# Rebuilding


def embeddings(library: Library) -> int:
    with Session(library.registry.engine) as session:
        return session.scalar(select(func.count()).select_from(EmbeddingRow)) or 0


def test_a_rebuild_costs_no_embedding(whole: tuple[Path, dict[str, Any]], damaged: Path) -> None:
    words = WordEmbeddings()
    seen: list[SyncProgress] = []
    with opened(damaged, words) as library:
        assert library.rebuild(seen.append) == 0
        assert state(library) == whole[1]
        assert_sound(library)
        assert library.rebuild() == 0
        assert len(library._vectors._client.list_collections()) == 2
        assert library.history([SHARED])[0].what == "rebuild"
        assert library.sync([str(write(damaged / "new", fresh=SCHOOL))], SHARED).added == 1
    assert words.embedded == [f"About fresh\n{SCHOOL}"]
    assert (seen[-1].done, seen[-1].total) == (1201, 1201)
    with opened(damaged) as library:
        assert_sound(library)


def test_a_rebuild_forgets_the_vectors_that_nothing_uses(home: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY)
    with opened(home) as library:
        library.sync([str(folder)], SHARED)
        write(folder, ferry=SCHOOL)
        library.sync([str(folder)], SHARED)
        library.rebuild()
        assert embeddings(library) == 3  # what is kept may come back
    with opened(home, keep_days=0) as library:
        library.rebuild()
        assert embeddings(library) == 2
        assert_sound(library)


class KilledError(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("step", ["_create", "swap", "tidy"])
def test_a_rebuild_that_is_killed_leaves_a_whole_store(
    whole: tuple[Path, dict[str, Any]], damaged: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = opened(damaged)
    real = getattr(Vectors, step)

    def killed(self: Vectors, *args: Any, **more: Any) -> None:
        if step != "tidy" or any("-b" in found.name for found in self._client.list_collections()):
            if step == "_create":
                real(self, *args, **more)
            raise KilledError
        real(self, *args, **more)

    monkeypatch.setattr(Vectors, step, killed)
    with pytest.raises(KilledError):
        library.rebuild()
    monkeypatch.undo()
    assert found_ids(library, f"About n599\nReport 599: {BRIDGE}")[0] == "n599.txt"
    library.close()
    words = WordEmbeddings()
    with opened(damaged, words) as library:
        assert state(library) == whole[1]
        assert_sound(library)
        assert len(library._vectors._client.list_collections()) == 2
    assert words.embedded == []


class OtherWords(WordEmbeddings):
    """Another model, of another size."""

    def embed_query(self, text: str) -> list[float]:
        return [*super().embed_query(text)[::-1], 0.1]


def test_a_rebuild_changes_the_model(home: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY)
    with opened(home) as library:
        library.sync([str(folder)], SHARED)
    with pytest.raises(ConfigurationError, match="newsdesk rebuild"):
        Library(home, "other", OtherWords(), max_bytes=MAX_BYTES)
    with Library(home, "other", OtherWords(), max_bytes=MAX_BYTES, change_model=True) as library:
        assert library.rebuild() == 2
        assert found_ids(library, "ferry company boats")[0] == "ferry.txt"
    with Library(home, "other", OtherWords(), max_bytes=MAX_BYTES) as library:
        assert library.sync([str(folder)], SHARED).unchanged == 2
        assert_sound(library)
        assert library.vectors(["x"]).shape == (1, 129)
