"""Damage done on purpose is found and repaired; vectors and full text are rebuilt without embedding."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import tantivy
from chromadb.api.client import Client
from chromadb.api.models.Collection import Collection
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from index.article import SHARED
from index.errors import ConfigurationError, StoreError
from index.library import Library
from index.report import SyncProgress
from index.store.care.health import broken_vectors, full_text_damage
from index.store.lexical import Lexical
from index.store.sql.embedding_cache import EmbeddingCache
from index.store.sql.registry import Registry
from index.store.sql.runs import Runs
from index.store.sql.schema import EmbeddingRow
from index.store.vectors import collections
from index.store.vectors.chroma import Vectors
from index.store.vectors.collections import Collections
from tests.conftest import MAX_BYTES
from tests.fakes.embeddings import WordEmbeddings
from tests.index.interruption import KilledError, interrupt
from tests.index.news import BRIDGE, FERRY, SCHOOL, found_ids, write

OTHER = "guild:7"
FULL_TEXT = ["*.store", "*.term", "*.idx", "*.pos", "*.fast", "*.fieldnorm", "*.del", "meta.json", ".managed.json"]
SEGMENT = {
    "data_level0.bin": ("zeroed", "end"),
    "header.bin": ("cut", "deleted"),
    "index_metadata.pickle": ("cut", "zeroed"),
    "length.bin": ("end", "deleted"),
    "link_lists.bin": ("deleted", "zeroed"),
}
"""Two damages a file: each takes a process of its own that loads the vectors."""
MANY, MIDDLE, WRITTEN = 160, 80, 100
"""Articles of a home, the one in their middle, after how many vectors Chroma writes its index (else 1,000)."""


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
    for number in (0, MIDDLE, MANY - 1):
        if library.article([SHARED], f"n{number}.txt"):
            assert found_ids(library, f"About n{number}\nReport {number}: {BRIDGE}")[0] == f"n{number}.txt"


def opened(home: Path, words: WordEmbeddings | None = None, **more: Any) -> Library:
    return Library(home, "words", words or WordEmbeddings(), max_bytes=MAX_BYTES, **more)


@pytest.fixture(scope="module", autouse=True)
def early_index() -> Iterator[None]:
    """Chroma writes its index to the disk early, so that a small home has one to be damaged."""
    with pytest.MonkeyPatch.context() as patch:
        settings = {"sync_threshold": WRITTEN, "batch_size": WRITTEN}
        patch.setattr(collections, "_HNSW", collections._HNSW | settings)
        yield


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A home with so many passages in one scope that Chroma writes an index to the disk, and 2 in another."""
    root = tmp_path_factory.mktemp("whole")
    many = write(root / "a", **{f"n{number}": f"Report {number}: {BRIDGE}" for number in range(MANY)})
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
    elif how == "zeroed":
        path.write_bytes(bytes(len(data)))
    elif how == "end":
        path.write_bytes(data[: len(data) * 3 // 4] + noise(data[len(data) * 3 // 4 :]))
    else:
        path.write_bytes(noise(data))


def noise(data: bytes) -> bytes:
    return bytes((byte * 7 + 13) % 256 for byte in data)


@pytest.mark.parametrize("how", ["deleted", "cut", "zeroed", "noise"])
@pytest.mark.parametrize("file", FULL_TEXT)
def test_a_damaged_full_text_is_told_and_built_anew(
    whole: tuple[Path, dict[str, Any]], damaged: Path, file: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = sorted((damaged / "fulltext").glob(file))
    assert paths
    spoil(paths[0], how)
    monkeypatch.delattr(Vectors, "upsert")  # they are sound, and to write them takes fifty times as long
    words = WordEmbeddings()
    with opened(damaged, words) as library:
        assert state(library) == whole[1]
        assert library.mended
        assert {(finding.part, finding.repaired) for finding in library.mended} == {("full text", True)}
        assert found_ids(library, f"About n{MIDDLE}\nReport {MIDDLE}: {BRIDGE}")[0] == f"n{MIDDLE}.txt"
    assert words.embedded == []


@pytest.mark.slow
@pytest.mark.parametrize(("file", "how"), [(file, how) for file, hows in SEGMENT.items() for how in hows])
def test_a_damaged_segment_of_vectors_is_repaired(
    whole: tuple[Path, dict[str, Any]], damaged: Path, file: str, how: str
) -> None:
    segments = list((damaged / "vectors").glob(f"*/{file}"))
    assert segments
    for segment in segments:
        spoil(segment, how)
    words = WordEmbeddings()
    with opened(damaged, words, careful=True) as library:
        library.repair()
        assert state(library) == whole[1]
        assert_sound(library)
    assert words.embedded == []


ASK = """
import sys
from pathlib import Path
from index.library import Library
from tests.fakes.embeddings import WordEmbeddings
with Library(Path(sys.argv[1]), "words", WordEmbeddings(), max_bytes=1_000_000) as library:
    print(library.search(sys.argv[2], ["shared"])[0].article.id)
"""


@pytest.mark.long
def test_a_segment_that_kills_the_process_is_built_anew_by_the_next(
    whole: tuple[Path, dict[str, Any]], damaged: Path
) -> None:
    for segment in (damaged / "vectors").glob("*/data_level0.bin"):
        spoil(segment, "noise")
    question = f"About n{MIDDLE}\nReport {MIDDLE}: {BRIDGE}"
    command = [sys.executable, "-c", ASK, str(damaged), question]
    first = subprocess.run(command, capture_output=True, check=False)
    assert first.returncode < 0, "the damage no longer ends the process"
    assert SHARED in (broken_vectors(damaged / "vectors") or [])
    second = subprocess.run(command, capture_output=True, check=False)
    assert (second.returncode, second.stdout) == (0, f"n{MIDDLE}.txt\n".encode())
    with opened(damaged) as library:
        assert library.mended == []
        assert state(library) == whole[1]
        assert_sound(library)
    assert not (damaged / "in-use").exists()


@pytest.mark.parametrize("how", ["deleted", "cut", "zeroed", "noise", "end"])
def test_a_damaged_catalogue_of_vectors(whole: tuple[Path, dict[str, Any]], damaged: Path, how: str) -> None:
    spoil(damaged / "vectors" / "chroma.sqlite3", how)
    with opened(damaged, careful=True) as library:
        assert ("vectors", None, True) in {(one.part, one.scope, one.repaired) for one in library.mended}
        assert state(library) == whole[1]
        assert_sound(library)
        segments = {path.name for path in (damaged / "vectors").iterdir() if path.is_dir()}
    assert len(segments) <= 2


# The registry is the truth: nothing can make it anew


@pytest.mark.parametrize("how", ["cut", "zeroed", "noise", "end"])
def test_a_damaged_registry_is_told_with_the_way_out(damaged: Path, how: str) -> None:
    spoil(damaged / "registry.sqlite", how)
    try:
        with opened(damaged, careful=True) as library:
            says = [finding.says for finding in library.repair() if not finding.repaired]
    except StoreError as error:
        says = [str(error)]
    assert any("Restore registry.sqlite from a backup" in one for one in says)


def test_a_lost_registry_is_told_and_its_articles_come_back_with_their_sources(
    whole: tuple[Path, dict[str, Any]], damaged: Path
) -> None:
    (damaged / "registry.sqlite").unlink()
    for _ in range(2):
        with opened(damaged, careful=True) as library:
            assert "holds no articles, but vectors and full text do" in library.examine()[0].says
    with opened(damaged) as library:
        assert library.sync([str(whole[0].parent / "b")], OTHER).added == 2
        assert f"{MANY - 1} passages differ" in library.repair()[0].says
        assert state(library) == {SHARED: ([], set(), set(), set()), OTHER: whole[1][OTHER]}
        assert_sound(library)


@pytest.mark.parametrize("how", ["as it was", "deleted", "cut", "zeroed", "noise"])
def test_a_write_ahead_log_that_is_left_over(home: Path, tmp_path: Path, how: str) -> None:
    """What a registry forgot with its log, vectors and full text forget too; as many passages are no proof."""
    folder = write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY)
    with opened(home) as library:
        library.sync([str(folder)], SHARED)
    with opened(home) as library:
        write(folder, ferry=SCHOOL)
        library.sync([str(folder)], SHARED)
        shutil.copytree(home, tmp_path / "killed")
    log = tmp_path / "killed" / "registry.sqlite-wal"
    assert log.stat().st_size
    if how != "as it was":
        spoil(log, how)
    with opened(tmp_path / "killed") as library:
        assert library.disagreements() == set()
        assert library.sync([str(folder)], SHARED).updated in (0, 1)
        assert found_ids(library, "teachers classrooms")[0] == "ferry.txt"
        assert library.disagreements() == set()
        assert library.examine() == []


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
    assert (seen[-1].done, seen[-1].total) == (MANY + 1, MANY + 1)
    with opened(damaged) as library:
        assert_sound(library)


def test_vectors_that_nothing_uses_are_forgotten(home: Path, tmp_path: Path) -> None:
    """As long as a version is kept, its vectors are: should the article come back, it costs nothing."""
    folder = write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY)
    now = datetime.now(UTC)
    words = WordEmbeddings()
    with opened(home, words) as library:
        library.sync([str(folder)], SHARED)
        write(folder, ferry=SCHOOL)
        library.sync([str(folder)], SHARED)
        library.remove(SHARED, "bridge.txt")
        library.prune(now + timedelta(days=29))
        library.rebuild()
        assert embeddings(library) == 3
        library.sync([str(folder)], SHARED)
        assert len(words.embedded_of_articles) == 3
        assert library.prune(now + timedelta(days=31)) == 2
        assert embeddings(library) == 2
        assert library.rebuild() == 0
        assert_sound(library)


def test_vectors_that_nothing_uses_are_looked_for_once_a_day(library: Library, tmp_path: Path) -> None:
    library.sync([str(write(tmp_path / "a", bridge=BRIDGE))], SHARED)
    now = datetime.now(UTC)
    library.prune(now + timedelta(days=40))
    library._care._cache.embed(["Used by nothing."])
    library.prune(now + timedelta(days=40, hours=23))
    assert embeddings(library) == 2
    library.prune(now + timedelta(days=41))
    assert embeddings(library) == 1


class RevisedWords(WordEmbeddings):
    """The same model with vectors that differ a little."""

    revision = "2"


def test_vectors_of_an_earlier_revision_work_until_they_are_made_anew(home: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY)
    with opened(home) as library:
        library.sync([str(folder)], SHARED)
        assert not library.earlier_vectors
    words = RevisedWords()
    with opened(home, words, careful=True) as library:
        assert library.earlier_vectors
        assert library.examine() == library.mended == []
        assert found_ids(library, "ferry company boats")[0] == "ferry.txt"
        assert words.embedded == []
        write(folder, school=SCHOOL)
        assert library.sync([str(folder)], SHARED).embedded == 1
    with Library(home, "words", words, max_bytes=MAX_BYTES, change_model=True) as library:
        assert library.rebuild() == 3
    with opened(home, words) as library:
        assert not library.earlier_vectors
        assert library.examine() == library.mended == []
    with pytest.raises(ConfigurationError, match="embedding model words, not other"):
        Library(home, "other", words, max_bytes=MAX_BYTES)


def test_a_full_text_of_an_earlier_version_is_built_anew(home: Path, tmp_path: Path) -> None:
    with opened(home) as library:
        library.sync([str(write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY))], SHARED)
        whole = state(library)
    shutil.rmtree(home / "fulltext")
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True)
    (home / "fulltext").mkdir()
    tantivy.Index(builder.build(), path=str(home / "fulltext"))
    words = WordEmbeddings()
    with opened(home, words) as library:
        assert "earlier version" in library.mended[0].says
        assert state(library) == whole
    assert words.embedded == []


class OtherWords(WordEmbeddings):
    """Another model, of another size."""

    def embed_query(self, text: str) -> list[float]:
        return [*super().embed_query(text)[::-1], 0.1]


REBUILD = {
    "create": (Collections, "build"),
    "fill": (Collection, "upsert"),
    "full text": (Lexical, "rebuild"),
    "note the model": (Registry, "set_meta"),
    "take into use": (Collection, "modify"),
    "swap": (Vectors, "swap"),
    "delete": (Client, "delete_collection"),
    "forget": (EmbeddingCache, "prune"),
    "history": (Runs, "end"),
}


@pytest.mark.parametrize(("turn", "done"), [(1, False), (1, True), (2, False)])
@pytest.mark.parametrize("step", REBUILD)
@pytest.mark.parametrize("other", [False, True], ids=["same model", "other model"])
def test_a_rebuild_killed_at_a_step_leaves_a_whole_store(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: bool, step: str, turn: int, done: bool
) -> None:
    model = ("other", OtherWords()) if other else ("words", WordEmbeddings())
    folder = write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY)
    with opened(home) as library:
        library.sync([str(folder)], SHARED)
        library.sync([str(folder)], OTHER)
        whole = state(library)

    def killed_rebuild(library: Library) -> None:
        calls = interrupt(monkeypatch, *REBUILD[step], turn=turn, done=done)
        try:
            library.rebuild()
        except KilledError:
            pass
        else:
            assert len(calls) < turn, "the step was reached and nothing happened"
        monkeypatch.undo()

    library = Library(home, *model, max_bytes=MAX_BYTES, change_model=True)
    killed_rebuild(library)
    library.close()

    with Library(home, *model, max_bytes=MAX_BYTES, change_model=True) as library:
        if library.registry.get_meta("embedding") == model[0]:
            assert state(library) == whole
        library.rebuild()
    before = len(model[1].embedded)
    with Library(home, *model, max_bytes=MAX_BYTES) as library:
        assert state(library) == whole
        assert library.examine() == []
        assert found_ids(library, "ferry company boats")[0] == "ferry.txt"
        assert len(library._vectors._client.list_collections()) == 2
    assert len(model[1].embedded) == before


def test_searches_go_on_when_a_rebuild_fails(
    whole: tuple[Path, dict[str, Any]], damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(damaged) as library:
        interrupt(monkeypatch, Vectors, "swap", turn=1, done=False)
        with pytest.raises(KilledError):
            library.rebuild()
        monkeypatch.undo()
        assert found_ids(library, f"About n{MIDDLE}\nReport {MIDDLE}: {BRIDGE}")[0] == f"n{MIDDLE}.txt"
        assert state(library) == whole[1]


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
