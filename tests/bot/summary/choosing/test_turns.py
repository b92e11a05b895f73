"""In which turn an article's sentences are taken: none twice, and none before that which explains it."""

from pathlib import Path

import numpy as np
import pytest

from bot.answer.disagreement.statements import ArticleSentence, statements
from bot.summary.choosing.turns import TURNS, Turns, _of_pairs, in_turn
from index.embedding.e5 import E5Embeddings
from index.library import Library
from tests.conftest import MAX_BYTES
from tests.fakes.hits import hit

PARTS = (
    "The harbour of Brack is closed since Monday.",
    "A crane from Holm fell on its only quay.",
    "Repairs to the quay cost nine million crowns, insurers say.",
    "Ferries sail from Vara instead.",
)


def listed(*sentences: str) -> list[ArticleSentence]:
    return statements([hit("one", "\n\n".join(sentences))])


def texts(library: Library, own: list[ArticleSentence], worths: list[float], count: int) -> list[str]:
    return [one.text for one in in_turn(library, own, np.array(worths, np.float32), count)]


def test_that_which_is_worth_the_most_comes_first(library: Library) -> None:
    assert texts(library, listed(*PARTS), [20, 1, 8, 14], 4) == [PARTS[0], PARTS[3], PARTS[2], PARTS[1]]


def test_what_follows_one_taken_is_worth_more(library: Library) -> None:
    assert texts(library, listed(*PARTS), [4, 1, 0, 1], 2)[:2] == [PARTS[0], PARTS[1]]


def test_what_is_worth_nothing_is_left_out(library: Library) -> None:
    assert texts(library, listed(*PARTS), [4, float("-inf"), 2, 1], 4) == [PARTS[0], PARTS[2], PARTS[3]]


def test_what_a_left_out_sentence_has_brought_up_costs(library: Library) -> None:
    # The quay is known from the crane's sentence alone.
    assert texts(library, listed(*PARTS), [4, 0, 2, 1.9], 2)[:2] == [PARTS[0], PARTS[3]]


def test_what_is_told_is_not_told_again(library: Library) -> None:
    again = "Insurers say that repairs to the quay cost many million crowns."
    assert again not in texts(library, listed(*PARTS, again), [4, 1, 2, 1, 1.5], 3)


def test_the_first_stays_whatever_the_title_says(library: Library) -> None:
    assert texts(library, listed(PARTS[0]), [1], 1) == [PARTS[0]]


def test_the_spread_of_all_pairs_is_found_without_comparing_each() -> None:
    vectors = np.array([[1, 0], [0.6, 0.8], [0, 1]], np.float32)
    pairs = [0.6, 0.0, 0.8]
    assert _of_pairs(vectors) == pytest.approx((np.mean(pairs), np.std(pairs)), abs=1e-6)


@pytest.mark.slow
def test_an_answer_is_worth_more_while_none_is_told(home: Path, e5: E5Embeddings) -> None:
    own = listed(
        "The council accused the Brack ferry company on Monday of hiding three accidents.",
        "The company denies this and says that every accident was reported within a day.",
        "Its lawyer called the accusation baseless.",
    )
    with Library(home, "e5-small", e5, max_bytes=MAX_BYTES) as library:
        turns = Turns(library, own)
        roles = library.roles([one.text for one in own])
        answers = TURNS.index("first with the role other side")
        assert turns.features([0], roles)[1, answers] > turns.features([1], roles)[2, answers]
