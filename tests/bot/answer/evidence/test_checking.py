import asyncio
from collections.abc import AsyncGenerator, Sequence

import pytest

from bot.answer.engines.engine import Claim, Draft, Tally
from bot.answer.evidence.checking import Checking
from bot.answer.evidence.citations import CitationBook
from bot.answer.evidence.judging.judge import Case, Verdict
from tests.fakes.hits import hit

TEXT = "The agency counted 212 lorries on the road on Friday. All of them wait for the bridge to open again."
YES, NO = Verdict(True), Verdict(False, "it says something else")
COUNTED = "On that road 212 lorries were counted."
NO_FACT = "The lorries can't go on before the bridge opens."
RECKONED = "Some 650 lorries were counted on the road."


class Told:
    """A judge whose first, second and third verdict on any sentence is known."""

    def __init__(self, *verdicts: Verdict | None) -> None:
        self.calls = 4
        self.room = asyncio.Semaphore(4)
        self.verdicts = verdicts
        self.asked: list[Case] = []

    async def judge(self, cases: Sequence[Case], tally: Tally) -> Sequence[Verdict | None]:
        self.asked += cases
        tally.calls += 1
        return [self.verdicts[case.asked] for case in cases]


async def _drafts(text: str) -> AsyncGenerator[Draft, None]:
    yield Draft(text, (Claim("p", TEXT[:52] if "counted" in text else TEXT[54:]),))


@pytest.mark.parametrize(
    ("sentence", "verdicts", "asked", "shown"),
    [
        (COUNTED, (YES,), 1, True),
        (COUNTED, (NO, NO), 2, False),
        (COUNTED, (NO, YES, YES), 3, True),
        (COUNTED, (NO, YES, NO), 3, False),
        (NO_FACT, (YES, YES), 2, True),
        (NO_FACT, (NO, YES), 2, False),  # both are asked for at once
        (NO_FACT, (YES, NO, YES), 3, True),
        (NO_FACT, (YES, NO, NO), 3, False),
        (RECKONED, (YES, YES), 2, True),
        (RECKONED, (YES, NO, NO), 3, False),
    ],
)
async def test_a_verdict_against_the_rules_needs_two_of_three(
    sentence: str, verdicts: Sequence[Verdict], asked: int, shown: bool
) -> None:
    book, judge = CitationBook([hit("p", TEXT)]), Told(*verdicts)
    async for _ in Checking(book, judge, Tally(), None).check(_drafts(sentence)):
        pass
    assert [one.text for one in book.sentences] == ([sentence] if shown else [])
    assert len(judge.asked) == asked
    objections = [case.objection for case in judge.asked]
    assert objections[2:] == [NO.reason] * (asked - 2)


@pytest.mark.parametrize(
    ("sentence", "verdicts", "judged"),
    [(NO_FACT, (YES, None), True), (NO_FACT, (YES, NO, None), True), (RECKONED, (YES, None), False)],
)
async def test_what_lacks_a_fact_needs_all_its_verdicts(
    sentence: str, verdicts: Sequence[Verdict | None], judged: bool
) -> None:
    checking = Checking(CitationBook([hit("p", TEXT)]), Told(*verdicts), Tally(), None)
    async for _ in checking.check(_drafts(sentence)):
        pass
    assert checking.unjudged is not judged
