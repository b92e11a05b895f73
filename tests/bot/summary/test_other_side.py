"""Who answers a claim, told by where and how it stands in the article, whatever its words are."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.answer.disagreement.statements import statements
from bot.summary.choosing.opening import opening
from bot.summary.choosing.roles import other_side
from bot.summary.choosing.worth import worth
from bot.summary.topic.beside import replies
from bot.summary.topic.developments import Development, developments
from index.embedding.e5 import E5Embeddings
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


def event(library: Library, key: str, text: str, day: int) -> Development:
    own = statements([hit(key, text, published_at=datetime(2025, 5, day, tzinfo=UTC))])
    return Development((opening(own, worth(library, own)),), (), 1.0, float(day))


def test_a_report_is_cited_only_for_what_it_states(tmp_path: Path, e5: E5Embeddings) -> None:
    texts = (
        "Police searched the offices of the chemical firm Delvo in Tarnside on Tuesday after a leak.",
        "The mayor of Tarnside would take the chemical firm Delvo to court over the leak, she said.",
        "On Tuesday police searched offices of the chemical firm Delvo in Tarnside after a leak.",
    )
    articles = {text: statements([hit(str(number), text)]) for number, text in enumerate(texts)}
    with Library(tmp_path, "e5-small", e5, max_bytes=1_000_000) as library:
        found = developments(library, "Delvo leak", articles)
    cited = [{event.told.text, *(one.text for one in event.others)} for event in found]
    assert {texts[0], texts[2]} in cited
    assert not any(texts[1] in each and len(each) > 1 for each in cited)


def test_reports_of_one_day_that_give_other_days_tell_two_events(tmp_path: Path, e5: E5Embeddings) -> None:
    texts = (
        "The council of Tarnside voted on Thursday to sell the harbour of Tarnside to a company from Delft.",
        "The council of Tarnside voted on Friday to sell the harbour of Tarnside to a company from Delft.",
    )
    articles = {text: statements([hit(str(number), text)]) for number, text in enumerate(texts)}
    with Library(tmp_path, "e5-small", e5, max_bytes=1_000_000) as library:
        assert len(developments(library, "harbour of Tarnside", articles)) == 2
        again = {str(number): statements([hit(str(number), texts[0])]) for number in range(2)}
        assert len(developments(library, "harbour of Tarnside", again)) == 1


def test_an_answer_in_another_article_stands_beside_the_nearest_claim(library: Library) -> None:
    claim = event(library, "one", CLAIM, 6)
    other = event(library, "two", "Ruth Penhale has been chosen to sing at the summer fair of Tarnside.", 7)
    reply = event(
        library, "three", "The quarry of Hallam rejected claims that it has poisoned the wells of Dray.", 8
    )
    assert replies(library, [reply, other, claim]) == {reply: claim}
    assert replies(library, [reply, event(library, "four", CLAIM, 9)]) == {}, (
        "it answers nothing that is said later"
    )
