import asyncio
from collections.abc import AsyncGenerator, Sequence

import pytest

from bot.answer.engines.engine import Claim, Draft
from bot.answer.evidence.checking import Checking
from bot.answer.evidence.citations import CitationBook
from bot.answer.evidence.judging.judge import Case, Verdict
from bot.chat.usage import Tally
from tests.fakes.hits import hit

TEXT = "The agency counted 212 lorries on the road on Friday. All of them wait for the bridge to open again."
YES, NO = Verdict(True, "it says so"), Verdict(False, "it says something else")
COUNTED = "On that road 212 lorries were counted."
NO_FACT = "The lorries can't go on before the bridge opens."
RECKONED = "Some 650 lorries were counted on the road."
NOT_COMPARED = "One of the lorries, half of them even, can't go on before the bridge opens at 10:30."


class Told:
    """A judge whose first, second and third verdict on any sentence is known."""

    def __init__(self, *verdicts: Verdict | None) -> None:
        self.calls = 4
        self.room = asyncio.Semaphore(4)
        self.verdicts = verdicts
        self.asked: list[Case] = []
        self.together: list[int] = []

    async def judge(self, cases: Sequence[Case], tally: Tally) -> Sequence[Verdict | None]:
        self.asked += cases
        self.together.append(len(cases))
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
        (NOT_COMPARED, (YES, NO, NO), 3, False),  # no number in it that the rules compare
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
    [
        (NO_FACT, (YES, None), True),
        (NO_FACT, (None, YES), True),
        (NO_FACT, (None, NO), True),
        (NO_FACT, (None, None), False),
        (NO_FACT, (YES, NO, None), False),
        (COUNTED, (None,), False),
        (COUNTED, (NO, None), True),
        (COUNTED, (NO, YES, None), False),
        (RECKONED, (YES, None), False),
        (RECKONED, (None, YES), False),
        (RECKONED, (None, NO), True),
    ],
)
async def test_a_tie_is_no_verdict_and_what_lacks_a_fact_needs_two(
    sentence: str, verdicts: Sequence[Verdict | None], judged: bool
) -> None:
    book = CitationBook([hit("p", TEXT)])
    checking = Checking(book, Told(*verdicts), Tally(), None)
    async for _ in checking.check(_drafts(sentence)):
        pass
    assert checking.unjudged is not judged
    supported = judged and next(filter(None, verdicts)).supported and verdicts[0] is not NO
    assert [one.text for one in book.sentences if one.text == sentence] == ([sentence] if supported else [])


async def test_one_call_at_a_time_judges_all_in_one_and_asks_again_only_where_needed() -> None:
    async def written() -> AsyncGenerator[Draft, None]:
        for number in range(4):
            await asyncio.sleep(0.06)
            yield Draft(f"{NO_FACT[:-1]}, says officer {'abcd'[number]}.", (Claim("p", TEXT[54:]),))

    judge = Told(NO)
    judge.calls, judge.room = 1, asyncio.Semaphore(1)
    async for _ in Checking(CitationBook([hit("p", TEXT)]), judge, Tally(), None).check(written()):
        pass
    assert judge.together == [4]
