import asyncio
from collections.abc import Sequence

import pytest
from langchain_core.messages import BaseMessage

from bot.answer.evidence.judging.judge import Case, Verdict, YesNoJudge, read_verdicts
from bot.answer.evidence.judging.sitting import SENTENCES_A_CALL, Sitting
from bot.chat.usage import Tally
from prompts import load_prompt
from tests.fakes.hits import ROAD, hit

YES, NO = Verdict(True), Verdict(False, "he denies it")
NO_TEXT = '{"sentence": 2, "reason": "he denies it", "supported": false}'
YES_TEXT = '{"sentence": 1, "reason": "", "supported": true}'


@pytest.mark.parametrize(
    "reply",
    [
        f"{YES_TEXT}\n{NO_TEXT}",
        f"```json\n[{YES_TEXT},\n {NO_TEXT}]\n```",
        f'{{"verdicts": [{NO_TEXT}, {YES_TEXT}]}}',
        f"Here they are: {YES_TEXT} {NO_TEXT}.",
        '{"sentence": "1", "supported": "yes"} {"sentence": "2", "supported": "No", "reason": "he denies it"}',
    ],
)
def test_verdicts_are_read_in_whatever_they_come(reply: str) -> None:
    assert read_verdicts(reply, 2) == [YES, NO]


@pytest.mark.parametrize(
    ("reply", "verdicts"),
    [
        ("", [None, None]),
        ("Both are supported.", [None, None]),
        (NO_TEXT, [None, NO]),
        (f"{YES_TEXT} {YES_TEXT.replace('true', 'false')} {NO_TEXT}", [None, NO]),
        ('{"sentence": 1, "supported": "perhaps"}', [None, None]),
        ('{"sentence": 1, "supp', [None, None]),
        ('{"sentence": 3, "supported": true}', [None, None]),
        ('{"supported": true}', [None, None]),
    ],
)
def test_what_is_no_verdict_is_none(reply: str, verdicts: list[Verdict | None]) -> None:
    assert read_verdicts(reply, 2) == verdicts


class Echo:
    """A model that says Yes and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def attempt(self, messages: Sequence[BaseMessage], _tally: Tally) -> str:
        self.asked.append(str(messages[-1].content))
        return "Yes"


@pytest.mark.parametrize("passages", [1, 2])
async def test_a_judge_that_says_yes_or_no_is_asked_otherwise_each_time(passages: int) -> None:
    model = Echo()
    judge = YesNoJudge(model, load_prompt("judge_yes_no"), 4)  # type: ignore[arg-type]  # all that it asks of one
    hits = tuple(hit(f"p{number}", ROAD) for number in range(passages))
    await judge.judge([Case("He is to blame.", hits, asked=asked) for asked in range(3)], Tally())
    assert len(set(model.asked)) == 3
    assert all(ROAD[:40] in one and "The Wire" in one for one in model.asked)


def test_a_single_sentence_needs_no_number() -> None:
    assert read_verdicts('{"supported": false, "reason": "he denies it"}', 1) == [NO]


class Slow:
    """A judge that says yes, and notes how many sentences came together and how many calls ran at once."""

    def __init__(self, calls: int, broken: bool = False) -> None:
        self.calls = calls
        self.room = asyncio.Semaphore(calls)
        self.together: list[int] = []
        self.most = self._running = 0
        self._broken = broken

    async def judge(self, cases: Sequence[Case], tally: Tally) -> Sequence[Verdict | None]:
        self.together.append(len(cases))
        self._running += 1
        self.most = max(self.most, self._running)
        await asyncio.sleep(0.02)
        tally.calls += 1
        self._running -= 1
        if self._broken:
            raise RuntimeError
        return [YES] * len(cases)


CASES = [Case(f"Sentence {number}.", (hit("road", ROAD),)) for number in range(20)]


async def test_sentences_share_calls_and_calls_keep_to_their_number() -> None:
    judge, tally = Slow(2), Tally()
    verdicts = await asyncio.gather(*map(Sitting(judge, tally).ask, CASES))
    assert verdicts == [YES] * 20
    assert sum(judge.together) == 20
    assert max(judge.together) == SENTENCES_A_CALL
    assert judge.most <= 2
    assert tally.calls == len(judge.together)


async def test_one_call_at_once_waits_until_the_answer_is_written() -> None:
    judge = Slow(1)
    sitting = Sitting(judge, Tally())
    asking = asyncio.gather(*map(sitting.ask, CASES[:3]))
    await asyncio.sleep(0.15)
    assert judge.together == []
    sitting.written()
    assert await asking == [YES] * 3
    assert judge.together == [3]


async def test_a_judge_that_breaks_gives_no_verdict() -> None:
    assert await Sitting(Slow(2, broken=True), Tally()).ask(CASES[0]) is None


async def test_whoever_goes_away_leaves_no_call_behind() -> None:
    sitting = Sitting(Slow(2), Tally())
    asking = asyncio.ensure_future(sitting.ask(CASES[0]))
    await asyncio.sleep(0)
    await sitting.close()
    assert await asking is None
