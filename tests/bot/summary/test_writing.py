"""Summaries of any length by a chat model: parts at once, then the whole, all of it checked."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.answer.answer import last_of
from bot.answer.engines.engine import Claim, Complaint, Draft
from bot.answer.engines.writing import MAX_PASSAGE_CHARACTERS, GenerativeEngine, passage_keys, render_passages
from bot.answer.evidence.judging.judge import Case, Verdict
from bot.answer.question.question import Question
from bot.chat.failures import ChatError
from bot.chat.model import ChatModel
from bot.chat.usage import Tally
from bot.memory.memory import Memory
from bot.memory.summaries import KEPT, Summaries
from bot.summary import Summary
from bot.summary.writing import PARALLEL, PART_CHARACTERS, Writer, Written, estimate, parts_of
from index.search import Hit
from prompts import load_prompt
from tests.fakes.hits import hit
from tests.fakes.openai_server import Messages, OpenAIServer, Reply

KEYED = re.compile(r'<passage key="(k\w\w)"[^>]*>\n(.+?)\n</passage>', re.DOTALL)


def long_hits(count: int) -> list[Hit]:
    """Passages of about 1,500 characters, each with a sentence of its own at the start."""
    filler = "The council met again, and nothing of note was decided in the long session that followed. " * 16
    return [
        hit(f"p{number}", f"House number {number + 100} on Quay Street was sold to a baker. {filler}")
        for number in range(count)
    ]


def first_sentences(messages: Messages) -> str:
    """A model that gives the first sentence of the first three passages that it reads, word for word."""
    prompt = str(messages[-1]["content"])
    found = [(key, text.split(". ")[0] + ".") for key, text in KEYED.findall(prompt)]
    return "\n".join(f'{sentence} {{{key} "{sentence}"}}' for key, sentence in found[:3])


@pytest.fixture
def writer(server: OpenAIServer) -> Writer:
    """A writer whose model is on ``server``."""
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    chat = ChatOpenAI(model="small-1", base_url=server.base_url, api_key=SecretStr("none"), max_retries=0)
    model = ChatModel(chat, "small-1", first_word_seconds=10, total_seconds=20)
    return Writer(
        GenerativeEngine(model, load_prompt("topic"), load_prompt("retry"), b"s"),
        GenerativeEngine(model, load_prompt("map"), load_prompt("retry"), b"s"),
        None,
    )


def test_parts_fit_into_a_prompt_and_lose_nothing() -> None:
    hits = long_hits(40)
    parts = parts_of(hits)
    assert [one for part in parts for one in part] == hits
    assert PART_CHARACTERS <= MAX_PASSAGE_CHARACTERS
    for part in parts:
        rendered = render_passages(passage_keys("Quay Street", part, b"s"), MAX_PASSAGE_CHARACTERS)
        assert len(KEYED.findall(rendered)) == len(part)


async def test_a_short_text_is_one_call(writer: Writer, server: OpenAIServer) -> None:
    server.script([first_sentences])
    written = await last_of(writer.write("Quay Street", long_hits(3), 5, Tally()))
    assert len(server.requests) == 1
    assert len(written.points) == 3


async def test_a_long_text_is_read_in_parts_and_told_as_a_whole(writer: Writer, server: OpenAIServer) -> None:
    server.script([first_sentences])
    hits = long_hits(60)
    tally = Tally()
    states = [state async for state in writer.write("Quay Street", hits, 5, tally)]
    first_round = len(parts_of(hits))
    assert [state.progress[0] for state in states] == sorted(state.progress[0] for state in states)
    assert states[0].progress[1] == first_round
    last = states[-1]
    assert len(last.points) == 3
    assert all(citation.quote.startswith("House number") for citation in last.book.citations)
    asked = [request.prompt for request in server.requests]
    assert sum("You read one part" in prompt for prompt in asked) >= first_round
    assert sum("You summarise what several" in prompt for prompt in asked) == 1
    assert tally.tokens["small-1"][0] > 0


async def test_the_passage_of_the_lead_is_read_to_the_last(writer: Writer, server: OpenAIServer) -> None:
    hits = long_hits(60)
    last = hits[-1].passage
    lead = Draft(last.text.split(". ")[0] + ".", (Claim(last.id, last.text.split(". ")[0] + "."),))
    server.script([first_sentences])
    await last_of(writer.write("Quay Street", hits, 5, Tally(), lambda: [lead]))
    told = next(one.prompt for one in server.requests if "You summarise what several" in one.prompt)
    assert lead.text in told


async def test_no_more_calls_at_once_than_are_allowed(
    writer: Writer, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = most = 0

    server.script([Reply(first_sentences, delay=0.05)])
    original = GenerativeEngine.write

    async def counted(*arguments: object, **options: object):  # type: ignore[no-untyped-def]
        nonlocal running, most
        running += 1
        most = max(most, running)
        try:
            async for draft in original(*arguments, **options):  # type: ignore[arg-type]
                yield draft
        finally:
            running -= 1

    monkeypatch.setattr(GenerativeEngine, "write", counted)
    await last_of(writer.write("Quay Street", long_hits(60), 5, Tally()))
    assert most == PARALLEL


async def test_points_that_no_passage_supports_are_dropped_and_counted(
    writer: Writer, server: OpenAIServer
) -> None:
    def lies(messages: Messages) -> str:
        key = KEYED.findall(str(messages[-1]["content"]))[0][0]
        return (
            f'The mayor has fled to the islands. {{{key} "The mayor has fled to the islands"}}\n'
            + first_sentences(messages)
        )

    server.script([lies])
    written = await last_of(writer.write("Quay Street", long_hits(3), 5, Tally()))
    assert len(written.unsupported) == 1
    assert all("mayor" not in point.text for point in written.points)


HARBOUR = hit(
    "harbour",
    "The harbour of Brack was closed on Friday after an oil spill. About a million litres ran into the water, the "
    "port authority said. The town of Brack asked the army for help with the cleaning.",
)
CLOSED, SPILT, ARMY = HARBOUR.passage.text.split(". ")


class Stern:
    """A judge that refuses every sentence with one of some words in it."""

    def __init__(self, *words: str) -> None:
        self.calls = 2
        self.room = asyncio.Semaphore(2)
        self._words = words

    async def judge(self, cases: Sequence[Case], tally: Tally) -> Sequence[Verdict | None]:  # noqa: ARG002
        return [Verdict(not any(word in case.sentence for word in self._words), "no") for case in cases]


class Scripted:
    """An engine that writes what it was given, one reply a try; ``complaints`` are those of the second."""

    name = "scripted"

    def __init__(self, *tries: Sequence[tuple[str, str]]) -> None:
        self._tries = list(tries)
        self.complaints: Sequence[Complaint] = ()

    async def write(
        self, _question: Question, _hits: Sequence[Hit], _tally: Tally, complaints: Sequence[Complaint] = ()
    ) -> AsyncGenerator[Draft, None]:
        self.complaints = complaints
        for text, quote in self._tries.pop(0) if self._tries else ():
            yield Draft(text, (Claim("harbour", quote),))


async def told(engine: Scripted, judge: Stern, lead: Sequence[str] = (f"{CLOSED}.",)) -> Written:
    def state() -> list[Draft]:
        return [Draft(" ".join(lead), tuple(Claim("harbour", one) for one in lead))]

    writer = Writer(engine, engine, judge)
    return await last_of(writer.write("Brack", [HARBOUR], 5, Tally(), state))


async def test_a_refused_point_is_written_again_with_the_complaint_and_takes_its_place() -> None:
    engine = Scripted(
        [("A fire closed the harbour of Brack.", CLOSED), ("Brack asked for the army.", ARMY)],
        [("Oil closed the harbour of Brack.", CLOSED)],
    )
    written = await told(engine, Stern("fire"))
    assert [one.text for one in engine.complaints] == ["A fire closed the harbour of Brack."]
    assert [point.text for point in written.points] == [
        "Oil closed the harbour of Brack.",
        "Brack asked for the army.",
    ]
    assert not written.unsupported


async def test_a_lead_refused_twice_is_quoted() -> None:
    lead = [("A fire closed the harbour of Brack.", CLOSED)]
    written = await told(Scripted([*lead, ("Brack asked for the army.", ARMY)], lead), Stern("fire"))
    assert [point.text for point in written.points] == [f"{CLOSED}.", "Brack asked for the army."]
    assert [point.citations for point in written.points] == [(1,), (2,)]
    assert [one.text for one in written.unsupported] == ["A fire closed the harbour of Brack."]


async def test_a_lead_with_what_stands_beside_it_is_quoted_whole() -> None:
    lead = [("A fire closed the harbour of Brack.", CLOSED)]
    whole = [f"{CLOSED}.", ARMY]
    written = await told(
        Scripted([*lead, ("The spill was of a million litres.", SPILT)], lead), Stern("fire"), whole
    )
    assert written.points[0].text == " ".join(whole)
    assert written.points[0].citations == (1, 2)


async def test_a_point_does_not_lean_on_one_that_was_refused() -> None:
    engine = Scripted(
        [
            ("A fire closed the harbour of Brack.", CLOSED),
            ("They said that about a million litres ran out.", SPILT),
            ("Brack asked for the army.", ARMY),
        ],
    )
    written = await told(engine, Stern("fire"))
    assert [point.text for point in written.points] == [f"{CLOSED}.", "Brack asked for the army."]
    assert len(engine.complaints) == 2


async def test_a_point_may_lean_on_one_that_is_there() -> None:
    engine = Scripted(
        [("Oil closed the harbour of Brack.", CLOSED), ("It was about a million litres.", SPILT)],
    )
    assert len((await told(engine, Stern("fire"))).points) == 2


async def test_a_model_that_fails_while_parts_are_read_is_an_error(writer: Writer, server: OpenAIServer) -> None:
    server.script([first_sentences, Reply(status=401)])
    with pytest.raises(ChatError, match="refused the key"):
        await last_of(writer.write("Quay Street", long_hits(60), 5, Tally()))


async def test_no_more_points_than_asked_for(writer: Writer, server: OpenAIServer) -> None:
    server.script([first_sentences])
    written = await last_of(writer.write("Quay Street", long_hits(3), 2, Tally()))
    assert len(written.points) == 2


def test_an_estimate_grows_with_the_text() -> None:
    short, long = estimate(long_hits(3)), estimate(long_hits(60))
    assert short.calls == 1
    assert long.calls > len(parts_of(long_hits(60)))
    assert long.prompt_tokens > 60 * 1500 // 4
    assert long.completion_tokens > short.completion_tokens


def test_a_summary_is_remembered_for_a_while(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    try:
        summaries: Summaries = memory.summaries
        summary = Summary("Quay Street", as_of=date(2026, 3, 1), finished=True)
        summaries.put("key", summary)
        assert summaries.get("key") == summary
        assert summaries.get("other") is None
        summaries.put("key", replace(summary, title="Canal Street"))
        kept = summaries.get("key")
        assert kept
        assert kept.title == "Canal Street"
        assert summaries.get("key", datetime.now(UTC) + KEPT * 2) is None
    finally:
        memory.close()
