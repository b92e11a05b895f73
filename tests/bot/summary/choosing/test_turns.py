"""In which turn an article's sentences are taken: none twice, and none before that which explains it."""

import numpy as np

from bot.answer.disagreement.statements import ArticleSentence, statements
from bot.summary.choosing.turns import in_turn
from index.library import Library
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
    return [one.text for one in in_turn(library, own, np.array(worths, np.float32), own[0], count)]


def test_that_which_is_worth_the_most_comes_first(library: Library) -> None:
    assert texts(library, listed(*PARTS), [4, 1, 2, 3], 4) == [PARTS[0], PARTS[3], PARTS[2], PARTS[1]]


def test_what_stands_far_from_those_taken_is_worth_more(library: Library) -> None:
    assert texts(library, listed(*PARTS), [4, 1, 0, 1], 2)[:2] == [PARTS[0], PARTS[3]]


def test_what_opens_a_paragraph_is_worth_more(library: Library) -> None:
    own = listed(PARTS[0], f"Schools stay open. {PARTS[3]}")
    assert texts(library, own, [4, 1.2, 1], 2)[:2] == [PARTS[0], "Schools stay open."]


def test_what_a_left_out_sentence_has_brought_up_costs(library: Library) -> None:
    # The quay is known from the crane's sentence alone.
    assert texts(library, listed(*PARTS), [4, 0, 2, 1.9], 2)[:2] == [PARTS[0], PARTS[3]]


def test_what_is_told_is_not_told_again(library: Library) -> None:
    again = "Insurers say that repairs to the quay cost many million crowns."
    assert again not in texts(library, listed(*PARTS, again), [4, 1, 2, 1, 1.5], 3)


def test_the_first_stays_whatever_the_title_says(library: Library) -> None:
    assert texts(library, listed(PARTS[0]), [1], 1) == [PARTS[0]]
