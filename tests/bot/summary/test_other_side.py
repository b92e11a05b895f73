"""Who answers a claim, told by where and how it stands in the article, whatever its words are."""

from __future__ import annotations

import pytest

from bot.answer.disagreement.statements import statements
from bot.summary.roles import other_side
from index.library import Library
from tests.fakes.hits import hit

CLAIM = "Villagers of Dray say that the quarry of Hallam has poisoned the wells of Dray with waste water."
OTHERS = "Ruth Penhale keeps jars on her window sill.\n\nThe county took samples of its own last week."


def answer(library: Library, text: str) -> list[str]:
    own = statements([hit("one", text)])
    return [one.text for one in other_side(library, own, own[0])]


@pytest.mark.parametrize(
    "told",
    [
        # The party named in the claim, in words of its own
        'The quarry of Hallam points to "clean" wells and waste water. No pig farm can say so of its waste.',
        "The quarry of Hallam rejected the claim. The waste of pig farms is in the wells, it says.",
    ],
)
def test_the_answer_has_a_paragraph_of_its_own(library: Library, told: str) -> None:
    text = f"{CLAIM}\n\n{OTHERS}\n\n{told}\n\nResults are due in June."
    assert " ".join(answer(library, text)) == told


def test_a_denial_in_the_paragraph_of_the_claim_answers_it(library: Library) -> None:
    assert answer(library, f"{CLAIM} The company rejected the claim.\n\nResults are due in June.") == [
        "The company rejected the claim."
    ]


def test_where_nobody_answers_there_is_no_other_side(library: Library) -> None:
    assert answer(library, f"{CLAIM}\n\n{OTHERS}") == []
