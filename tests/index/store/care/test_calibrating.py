import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import update

from index.article import SHARED
from index.embedding.general import GENERAL
from index.library import Library
from index.store.sql.schema import CalibrationRow
from tests.fakes.embeddings import WordEmbeddings

Open = Callable[[], Library]


@pytest.fixture
def words() -> WordEmbeddings:
    return WordEmbeddings()


@pytest.fixture
def open_library(home: Path, words: WordEmbeddings) -> Open:
    return lambda: Library(home, "words", words, max_bytes=1_000_000)


def articles(folder: Path, count: int) -> str:
    path = folder / "articles.jsonl"
    lines = [
        {
            "id": str(number),
            "title": f"Report {number}",
            "text": f"Town {number} has {number * 7} trees and a mill.",
        }
        for number in range(count)
    ]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return str(path)


@pytest.mark.parametrize(("count", "own"), [(1, 0), (16, 1), (40, 6), (127, 63)])
def test_of_few_articles_a_small_share_stands_beside_general_texts(
    open_library: Open, tmp_path: Path, count: int, own: int
) -> None:
    with open_library() as library:
        library.sync([articles(tmp_path, count)], SHARED)
        calibration = library.calibration()
    assert (calibration.articles, len(calibration.background)) == (own, own + len(GENERAL))


def test_a_library_without_articles_has_a_scale(open_library: Open) -> None:
    with open_library() as library:
        assert library.question_scale("Who planted the trees?").spread > 0


def test_many_articles_need_no_general_texts(open_library: Open, words: WordEmbeddings, tmp_path: Path) -> None:
    with open_library() as library:
        library.sync([articles(tmp_path, 128)], SHARED)
        assert library.calibration().articles == len(library.calibration().background) == 64
    assert not set(GENERAL) & set(words.embedded)


def test_it_is_kept_and_renewed_as_the_library_grows_but_nothing_is_embedded_twice(
    open_library: Open, words: WordEmbeddings, tmp_path: Path
) -> None:
    with open_library() as library:
        library.sync([articles(tmp_path, 40)], SHARED)
        first = library.calibration()
    with open_library() as library:
        assert np.array_equal(library.calibration().background, first.background)
        library.sync([articles(tmp_path, 50)], SHARED)
        assert library.calibration().articles == 6
        library.sync([articles(tmp_path, 64)], SHARED)
        assert library.calibration().articles == 16
        assert len(words.embedded) == len(set(words.embedded))
        library.sync([articles(tmp_path, 20)], SHARED)
        assert library.calibration().articles == 1


def test_rebuilding_makes_it_anew(open_library: Open, tmp_path: Path) -> None:
    with open_library() as library:
        library.sync([articles(tmp_path, 40)], SHARED)
        library.sync([articles(tmp_path, 50)], SHARED)
        library.rebuild()
        assert library.calibration().articles == 9


def test_a_home_without_one_gets_it_with_the_first_question_and_a_damaged_one_is_made_anew(
    open_library: Open, words: WordEmbeddings, tmp_path: Path
) -> None:
    with open_library() as library:
        library.sync([articles(tmp_path, 40)], SHARED)
        made = library.calibration()
        embedded = len(words.embedded)
        with library.registry.engine.begin() as connection:
            connection.execute(
                update(CalibrationRow).values(data=b"nonsense", made_at=datetime(2020, 1, 1, tzinfo=UTC))
            )
    with open_library() as library:
        assert np.array_equal(library.calibration().background, made.background)
    assert not {text for text in words.embedded[embedded:] if text not in GENERAL}
