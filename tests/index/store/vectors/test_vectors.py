from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from index.errors import StoreError
from index.store.vectors.chroma import Vectors
from index.store.vectors.records import VectorFilter, VectorRecord, day_number
from index.store.vectors.self_retrieval import confirm, unfound

EVERYTHING = VectorFilter()


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[Vectors]:
    vectors = Vectors(tmp_path / "vectors")
    yield vectors
    vectors.close()


def unit(*values: float) -> npt.NDArray[np.float32]:
    array = np.array(values, np.float32)
    unit: npt.NDArray[np.float32] = array / np.linalg.norm(array)
    return unit


EAST, NORTH, WEST = unit(1, 0, 0), unit(0, 1, 0), unit(-1, 0, 0)
RECORDS = [
    VectorRecord("east", EAST, 20230512, "Courier"),
    VectorRecord("north", NORTH, 20240101, "Post"),
    VectorRecord("west", WEST, 0, ""),
]


def test_cosines_best_first(vectors: Vectors) -> None:
    vectors.upsert("a", RECORDS)
    found = vectors.query("a", unit(1, 0.1, 0), 10, EVERYTHING)
    assert list(found) == ["east", "north", "west"]
    assert list(found.values()) == pytest.approx([0.995, 0.0995, -0.995], abs=1e-3)
    assert vectors.cosines("a", unit(1, 0.1, 0), ["west", "east", "nobody"]) == {
        "west": pytest.approx(-0.995, abs=1e-3),
        "east": pytest.approx(0.995, abs=1e-3),
    }
    assert list(vectors.query("a", EAST, 1, EVERYTHING)) == ["east"]


def test_scopes_are_apart(vectors: Vectors) -> None:
    vectors.upsert("a", RECORDS)
    vectors.upsert("b", [VectorRecord("east", NORTH, 0, "")])
    assert vectors.query("b", EAST, 10, EVERYTHING) == {"east": pytest.approx(0, abs=1e-6)}
    assert vectors.query("c", EAST, 10, EVERYTHING) == vectors.cosines("c", EAST, ["east"]) == {}
    vectors.delete("b", ["east", "north"])
    vectors.delete("c", ["east"])
    assert (vectors.ids("a"), vectors.ids("b"), vectors.ids("c")) == ({"east", "north", "west"}, set(), set())
    assert (vectors.count("a"), vectors.count("b"), vectors.count("c")) == (3, 0, 0)


@pytest.mark.parametrize(
    ("narrowed", "ids"),
    [
        (VectorFilter(since=20230512), {"east", "north"}),
        (VectorFilter(since=20230513), {"north"}),
        (VectorFilter(until=20231231), {"east"}),
        (VectorFilter(since=20230101, until=20230511), set()),
        (VectorFilter(source="Post"), {"north"}),
        (VectorFilter(since=20230101, until=20241231, source="Courier"), {"east"}),
    ],
)
def test_filters(vectors: Vectors, narrowed: VectorFilter, ids: set[str]) -> None:
    vectors.upsert("a", RECORDS)
    assert set(vectors.query("a", EAST, 10, narrowed)) == ids


def test_a_second_vector_of_one_id_takes_its_place(vectors: Vectors) -> None:
    vectors.upsert("a", RECORDS)
    vectors.upsert("a", [VectorRecord("east", WEST, 0, "")])
    assert vectors.count("a") == 3
    assert vectors.query("a", WEST, 1, VectorFilter(source="Courier")) == {}
    assert vectors.cosines("a", WEST, ["east"]) == {"east": pytest.approx(1)}


def test_vectors_outlive_the_process(tmp_path: Path) -> None:
    first = Vectors(tmp_path)
    first.upsert("a", RECORDS)
    first.close()
    second = Vectors(tmp_path)
    assert list(second.query("a", NORTH, 1, EVERYTHING)) == ["north"]
    second.close()


def test_what_is_not_found_again(vectors: Vectors) -> None:
    vectors.upsert("a", RECORDS)
    assert unfound(vectors, "a", {"east": EAST, "nobody": EAST, "west": WEST}) == {"nobody"}
    assert unfound(vectors, "a", {"east": unit(0, 0, 1)}) == {"east"}
    assert unfound(vectors, "a", {"west": NORTH}) == {"west"}  # something is found there, but not its own
    assert unfound(vectors, "b", {"east": EAST}) == {"east"}
    assert unfound(vectors, "b", {}) == set()
    assert confirm(vectors, "a", RECORDS)
    assert confirm(vectors, "b", [])


def test_lost_vectors_are_not_confirmed(vectors: Vectors, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors.upsert("a", RECORDS)
    vectors.delete("a", ["east"])
    monkeypatch.setattr(vectors, "upsert", lambda *_: None)
    assert not confirm(vectors, "a", RECORDS)


@pytest.mark.parametrize("model", ["one", "another"])
def test_all_scopes_are_rebuilt_before_they_are_taken_into_use(tmp_path: Path, model: str) -> None:
    with closing(Vectors(tmp_path / "vectors", "one")) as vectors:
        vectors.upsert("a", RECORDS[:1])
        vectors.upsert("b", RECORDS[:1])
    with closing(Vectors(tmp_path / "vectors", model)) as vectors:
        vectors.rebuild("a", [RECORDS[1:2]])
        vectors.rebuild("b", [RECORDS[2:]])
        vectors.swap()
        assert [vectors.ids("a"), vectors.ids("b")] == [{"north"}, {"west"}]


def test_a_dropped_scope_starts_anew(vectors: Vectors) -> None:
    vectors.upsert("a", RECORDS)
    vectors.drop("a")
    vectors.drop("b")
    assert vectors.ids("a") == set()
    vectors.upsert("a", RECORDS[:1])
    assert vectors.ids("a") == {"east"}


def test_the_graph_has_the_neighbours_that_it_needs(tmp_path: Path) -> None:
    """With Chroma's own 16 neighbours no search arrives at 1% of real E5 vectors; nothing else would tell."""

    def graph() -> dict[str, Any]:
        with closing(Vectors(tmp_path)) as opened:
            collection = opened._collections.used("a")
            assert collection
            return dict(collection.configuration_json["hnsw"])

    with closing(Vectors(tmp_path)) as vectors:
        vectors.upsert("a", RECORDS)
    wanted = {"space": "cosine", "max_neighbors": 100, "ef_construction": 200, "ef_search": 300}
    assert wanted.items() <= graph().items()
    with closing(Vectors(tmp_path)) as vectors:
        vectors.rebuild("a", [RECORDS])
        vectors.swap()
    assert wanted.items() <= graph().items()


def test_every_vector_of_a_crowd_is_found(vectors: Vectors) -> None:
    """Vectors as articles give them: runs of near ones in a narrow cone, and one passage in forty articles."""
    random = np.random.default_rng(7)
    cone = random.normal(size=384)
    articles = 0.85 * cone + 0.4 * random.normal(size=(150, 384))
    crowd = np.repeat(articles, 10, axis=0) + 0.25 * random.normal(size=(1500, 384))
    crowd[700:740] = crowd[700]
    crowd = (crowd / np.linalg.norm(crowd, axis=1, keepdims=True)).astype(np.float32)
    records = [VectorRecord(f"{number:04}", vector, 0, "") for number, vector in enumerate(crowd)]
    for start in range(0, 1500, 100):
        vectors.upsert("a", records[start : start + 100])
        assert confirm(vectors, "a", records[start : start + 100])
    assert len(unfound(vectors, "a", {record.id: record.vector for record in records})) <= 3


def test_more_vectors_than_one_call_takes(vectors: Vectors) -> None:
    random = np.random.default_rng(7).normal(size=(6000, 8)).astype(np.float32)
    records = [VectorRecord(str(number), vector, 0, "") for number, vector in enumerate(random)]
    vectors.upsert("a", records)
    assert confirm(vectors, "a", records)
    assert len(vectors.cosines("a", random[0], [record.id for record in records])) == 6000
    vectors.delete("a", [record.id for record in records[1:]])
    assert vectors.ids("a") == {"0"}


def test_vectors_of_another_length_are_an_error(vectors: Vectors) -> None:
    vectors.upsert("a", RECORDS)
    with pytest.raises(StoreError, match="vectors could not be written"):
        vectors.upsert("a", [VectorRecord("x", unit(1, 0), 0, "")])
    with pytest.raises(StoreError, match="vectors could not be searched"):
        vectors.query("a", unit(1, 0), 1, EVERYTHING)


def test_a_folder_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be opened"):
        Vectors(tmp_path / "file")


def test_days_are_numbers_that_sort() -> None:
    assert day_number(date(2023, 5, 12)) == 20230512
    assert day_number(None) == 0
