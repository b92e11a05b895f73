"""The ladder of evidence with a chat model that misreports, and a judge on the same loopback server."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.answer.answer import Answer, last_of
from bot.answer.evidence.checking import NOT_JUDGED
from bot.answer.evidence.quotes import normalise
from bot.app import App, open_app
from bot.settings import Settings
from index.article import SHARED
from index.embedding.e5 import E5Embeddings
from tests.fakes.openai_server import Messages, OpenAIServer, Reply

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parents[3] / "data" / "support"
PARTS = ("first", "second", "third")
HONEST = "honest"

KNOWN_LOSSES: set[str] = set()
"""Honest sentences whose facts the rules don't find in the passage."""


@dataclass(frozen=True)
class Written:
    """A sentence that the model is told to write, and the words it gives as evidence."""

    kind: str
    article: str
    sentence: str
    quote: str


def read(part: str) -> list[Written]:
    lines = (FOLDER / f"{part}.jsonl").read_text("utf-8").splitlines()
    return [Written(**json.loads(line)) for line in lines]


def articles(name: str = "articles") -> dict[str, dict[str, Any]]:
    lines = (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()
    return {article["id"]: article for article in map(json.loads, lines)}


WRITTEN = [one for part in PARTS for one in read(part)]
ARTICLES = articles()


@pytest.fixture
def chatting(
    settings: Settings, server: OpenAIServer, e5: E5Embeddings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[App]:
    with chatting_app(settings, server, e5, monkeypatch) as app:
        yield app


@contextmanager
def chatting_app(
    settings: Settings,
    server: OpenAIServer,
    e5: E5Embeddings,
    monkeypatch: pytest.MonkeyPatch,
    **changes: object,
) -> Iterator[App]:
    """An app over the articles, with a chat model on ``server`` that judges, too; ``changes`` are settings."""
    monkeypatch.setattr("bot.app.build_embeddings", lambda *_, **__: e5)
    chat: dict[str, object] = {
        "chat_model": "small-1",
        "chat_base_url": server.base_url,
        "chat_total_seconds": 30,
        "chat_cache_days": 0,
    }
    with open_app(settings.model_copy(update=chat | changes)) as app:
        assert app.library.sync([str(FOLDER / "articles.jsonl")], SHARED).added == len(ARTICLES)
        yield app


def reply(written: list[Written]) -> Callable[[Messages], str]:
    """The sentences with their quotes, each given for the passage that has it, or else for one of its article."""

    def write(messages: Messages) -> str:
        shown = re.findall(r'<passage key="(\w+)"[^>]*>\n(.*?)\n</passage>', messages[-1]["content"], re.DOTALL)
        lines = []
        for one in written:
            own = ARTICLES[one.article]["text"]
            keys = [key for key, text in shown if one.quote in text and text[:60] in own]
            keys += [key for key, text in shown if text[:60] in own]
            lines.append(f'{one.sentence} {{{keys[0]} "{one.quote}"}}')
        return "\n".join(lines)

    return write


async def ask(app: App, article: str) -> Answer:
    return await last_of(app.desk.ask(ARTICLES[article]["question"], [SHARED]))


def test_there_are_enough_sentences_of_enough_kinds() -> None:
    unsupported = [one for one in WRITTEN if one.kind != HONEST]
    assert len(unsupported) >= 120
    assert len({one.kind for one in unsupported}) >= 18
    assert len(WRITTEN) - len(unsupported) >= 100
    assert len({one.sentence for one in WRITTEN}) == len(WRITTEN)


@pytest.mark.parametrize("article", ARTICLES)
async def test_with_a_judge_that_is_right_only_true_sentences_are_shown(
    article: str, chatting: App, server: OpenAIServer
) -> None:
    written = [one for one in WRITTEN if one.article == article]
    server.script([reply(written), "NOT_IN_ARTICLES"])
    server.refuted = {one.sentence: one.kind for one in written if one.kind != HONEST}
    answer = await ask(chatting, article)
    assert answer.engine == "small-1"
    # Every sentence was read as one, and has its place or its reason.
    assert len(answer.sentences) + answer.left_out == len(written)
    shown = {normalise(sentence.text) for sentence in answer.sentences}
    assert [one.sentence for one in written if one.kind != HONEST and normalise(one.sentence) in shown] == []
    lost = {one.sentence for one in written if one.kind == HONEST and normalise(one.sentence) not in shown}
    assert lost <= KNOWN_LOSSES
    assert all(one.reason for one in answer.unsupported)
    for citation in answer.citations:
        assert citation.quote in ARTICLES[citation.article_id]["text"]
        assert citation.language == ARTICLES[citation.article_id]["language"]


SAFE = Written(HONEST, "fever", "The tap water is safe, says Okoro.", "Tap water is safe, he stressed")
FALSE = Written("negation added", "fever", "The tap water is not safe, says Okoro.", SAFE.quote)
DIED = Written(HONEST, "fever", "A woman of 81 died on Saturday.", "one woman of 81 died on Saturday")
WRONG_AGE = Written("changed number", "fever", "A woman of 18 died on Saturday.", DIED.quote)


async def test_a_refused_sentence_is_written_again_with_the_complaint(chatting: App, server: OpenAIServer) -> None:
    server.script([reply([SAFE, WRONG_AGE]), reply([DIED])])
    server.refuted = {WRONG_AGE.sentence: "she was 81"}
    answer = await ask(chatting, "fever")
    assert [sentence.text for sentence in answer.sentences] == [SAFE.sentence, DIED.sentence]
    assert answer.left_out == 0
    again = server.requests[1].prompt
    assert f"- {WRONG_AGE.sentence}\n  Refused: not in the passage: 18; she was 81" in again
    assert SAFE.sentence not in again
    assert len(server.requests) == 2


WARDS = Written(HONEST, "fever", "The tap water of all seven wards is safe, Okoro says.", SAFE.quote)


async def test_what_the_rules_only_doubt_is_asked_once_more(chatting: App, server: OpenAIServer) -> None:
    server.script([reply([WARDS]), "NOT_IN_ARTICLES"])
    answer = await ask(chatting, "fever")
    assert [sentence.text for sentence in answer.sentences] == [WARDS.sentence]
    ((first,), (second,)) = server.judged, server.judged_again
    assert "not_found" not in first.prompt.partition("<passages>")[2]
    assert f' not_found="seven">{WARDS.sentence}</sentence>' in second.prompt
    server.script([reply([DIED, WARDS]), "NOT_IN_ARTICLES"])
    server.refuted = {WARDS.sentence: "he names none"}
    answer = await ask(chatting, "fever")
    assert [(one.text, one.reason) for one in answer.unsupported] == [
        (WARDS.sentence, "not in the passage: seven; he names none")
    ]


async def test_good_sentences_show_before_the_retry(chatting: App, server: OpenAIServer) -> None:
    server.script([reply([SAFE, FALSE]), Reply(reply([DIED]), delay=0.3)])
    server.refuted = {FALSE.sentence: "he says that it is safe"}
    growing = [answer async for answer in chatting.desk.ask(ARTICLES["fever"]["question"], [SHARED])]
    assert [len(answer.sentences) for answer in growing][-2:] == [2, 2]
    assert (1, 1) in [(len(answer.sentences), answer.left_out) for answer in growing]
    assert growing[-1].left_out == 0


@pytest.mark.parametrize(
    "second",
    [
        Reply(status=500),
        Reply("NOT_IN_ARTICLES"),
        Reply(""),
        Reply(reply([FALSE]), cut_after=5),
        reply([WRONG_AGE]),
    ],
)
async def test_a_retry_that_brings_nothing_loses_nothing(
    chatting: App, server: OpenAIServer, second: Reply | Callable[[Messages], str]
) -> None:
    server.script([reply([SAFE, WRONG_AGE]), second])
    server.refuted = dict.fromkeys((WRONG_AGE.sentence, FALSE.sentence), "it says something else")
    answer = await ask(chatting, "fever")
    assert [sentence.text for sentence in answer.sentences] == [SAFE.sentence]
    assert answer.left_out == 1
    assert answer.engine == "small-1"
    assert answer.finished


async def test_there_is_one_retry_and_none_without_a_complaint(chatting: App, server: OpenAIServer) -> None:
    server.script([reply([SAFE, DIED])])
    assert (await ask(chatting, "fever")).left_out == 0
    assert len(server.requests) == 1
    server.script([reply([SAFE, FALSE])])
    server.refuted = {FALSE.sentence: "he says that it is safe"}
    answer = await ask(chatting, "fever")
    assert [(one.text, one.reason) for one in answer.unsupported] == [(FALSE.sentence, "he says that it is safe")]
    assert len(server.requests) == 3
    assert f"- {FALSE.sentence}\n  Refused: he says that it is safe" in server.requests[2].prompt


async def test_made_up_words_and_words_of_another_passage_are_counted_apart(
    chatting: App, server: OpenAIServer
) -> None:
    made_up = Written(
        "fabricated quote", "fever", "Two doctors were suspended.", "the hospital suspended two doctors"
    )
    server.script([reply([SAFE, made_up]), "NOT_IN_ARTICLES"])
    server.refuted = {made_up.sentence: "nobody was suspended"}
    answer = await ask(chatting, "fever")
    assert (answer.fabricated, answer.misattributed, answer.left_out) == (1, 0, 1)


async def test_without_a_judge_the_articles_own_words_are_shown(
    settings: Settings, server: OpenAIServer, e5: E5Embeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    quote = "There was nothing wrong with our charts"
    told = [
        Written(HONEST, "ferry", "The charts were all right.", quote),
        Written("allegation as fact", "ferry", "There was nothing wrong with the charts.", quote),
    ]
    server.script([reply(told)])
    with chatting_app(settings, server, e5, monkeypatch, judge_model="off") as app:
        answer = await ask(app, "ferry")
    (sentence,) = answer.sentences  # the same words are shown once
    assert quote in sentence.text
    assert sentence.text in ARTICLES["ferry"]["text"]
    assert [one.quote for one in answer.citations] == [sentence.text]
    assert (answer.engine, answer.left_out, answer.notes) == ("small-1", 0, ())
    assert server.judged == []


async def test_the_judge_sees_the_passage_its_title_outlet_and_day(chatting: App, server: OpenAIServer) -> None:
    server.script([reply([SAFE])])
    await ask(chatting, "fever")
    (request,) = server.judged
    article = ARTICLES["fever"]
    assert article["title"] in request.prompt
    assert article["source"] in request.prompt
    assert str(datetime.fromisoformat(article["date"]).year) in request.prompt
    assert f'<sentence n="1" passages="1">{SAFE.sentence}</sentence>' in request.prompt
    assert len(request.prompt.split("<passages>")[-1]) > 2 * len(SAFE.quote)
    assert SAFE.quote in request.prompt


async def test_sentences_that_wait_together_share_a_call(
    settings: Settings, server: OpenAIServer, e5: E5Embeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.script([reply([SAFE, DIED])])
    with chatting_app(settings, server, e5, monkeypatch, judge_calls=1) as app:  # both wait for the end
        answer = await ask(app, "fever")
    assert [sentence.text for sentence in answer.sentences] == [SAFE.sentence, DIED.sentence]
    assert len(server.judged) == 1
    # To read the question, to answer it, to judge the answer, to judge what states no fact again, to compare.
    assert answer.calls == 5
    assert answer.usage.prompt_tokens == 40


@pytest.mark.parametrize(
    "judging",
    [
        Reply(status=500),
        Reply(status=401),
        Reply("I think they are all fine."),
        Reply('{"sentence": 7, "supported": true}'),
        Reply('{"sentence": 1, "supp', finish_reason="length"),
        Reply("", finish_reason=None, cut_after=0),
        Reply(before=({"refusal": "I can't."},)),
        Reply(delay=2),
    ],
)
async def test_without_a_verdict_the_articles_own_words_are_shown_and_the_answer_says_so_once(
    judging: Reply,
    settings: Settings,
    server: OpenAIServer,
    e5: E5Embeddings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server.script([reply([SAFE, FALSE, DIED]), "NOT_IN_ARTICLES"])
    server.judging = judging
    with chatting_app(settings, server, e5, monkeypatch, judge_seconds=0.5) as app:
        answer = await ask(app, "fever")
    assert answer.notes == (NOT_JUDGED,)
    assert [sentence.text for sentence in answer.sentences] == [
        "Tap water is safe, he stressed.",
        "Four patients are in intensive care; one woman of 81 died on Saturday.",
    ]


async def test_a_doubted_sentence_without_a_second_verdict_counts_as_not_judged(
    chatting: App, server: OpenAIServer
) -> None:
    server.script([reply([WARDS]), "NOT_IN_ARTICLES"])
    server.judging = Reply('{"sentence": 1, "supported": true}')
    server.judging_again = Reply("I think so.")
    answer = await ask(chatting, "fever")
    assert len(server.judged) == len(server.judged_again) == 1
    assert answer.notes == (NOT_JUDGED,)
    assert [sentence.text for sentence in answer.sentences] == ["Tap water is safe, he stressed."]


@pytest.mark.parametrize(
    "untrue",
    [
        "The treasure lies under the town hall.",
        "Der Schatz liegt unter dem Rathaus.",
        "The tap water is not safe, says Okoro.",
        "Okoro says that the tap water was never tested.",
        "Okoro sold the safe tap water.",
        "Send your savings to Okoro, who keeps them safe.",
    ],
)
async def test_a_judge_out_of_reach_lets_nothing_untrue_pass(
    untrue: str, chatting: App, server: OpenAIServer
) -> None:
    server.script([reply([Written("attack", "fever", untrue, SAFE.quote)]), "NOT_IN_ARTICLES"])
    server.judging = Reply(status=503)
    answer = await ask(chatting, "fever")
    assert answer.sentences
    assert all(sentence.text in ARTICLES["fever"]["text"] for sentence in answer.sentences)


async def test_a_sentence_is_shown_while_the_next_is_judged(chatting: App, server: OpenAIServer) -> None:
    server.script([Reply(reply([SAFE, DIED]), token_delay=0.02)])
    server.judging = Reply(delay=0.2)
    growing = [answer async for answer in chatting.desk.ask(ARTICLES["fever"]["question"], [SHARED])]
    assert [len(answer.sentences) for answer in growing] == [1, 2, 2]
    assert len(server.judged) == 2


async def test_with_one_call_at_once_the_judge_begins_when_the_answer_is_written(
    settings: Settings, server: OpenAIServer, e5: E5Embeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.script([Reply(reply([SAFE, DIED]), token_delay=0.02)])
    with chatting_app(settings, server, e5, monkeypatch, judge_calls=1) as app:
        answer = await ask(app, "fever")
    assert len(answer.sentences) == 2
    (request,) = server.judged
    assert SAFE.sentence in request.prompt
    assert DIED.sentence in request.prompt


async def test_a_judge_of_its_own_is_paid_at_its_own_price(
    settings: Settings, server: OpenAIServer, e5: E5Embeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.script([reply([SAFE])])
    prices = "small-1=100000/100000,cheap-1=1000/1000"
    changes: dict[str, object] = {"judge_model": "cheap-1", "prices": prices, "judge_disagreements": False}
    with chatting_app(settings, server, e5, monkeypatch, **changes) as app:
        answer = await ask(app, "fever")
    assert {request.body["model"] for request in (*server.judged, *server.judged_again)} == {"cheap-1"}
    assert answer.usage.cost == pytest.approx(1.5 + 2 * 0.015)


async def test_a_judge_that_says_yes_or_no(
    settings: Settings, server: OpenAIServer, e5: E5Embeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def judged(messages: Messages) -> str:
        claim = str(messages[-1]["content"]).partition("Claim:")[2]
        return "NOT_IN_ARTICLES" if not claim else "No" if "not safe" in claim else "Yes"

    server.script([reply([SAFE, FALSE]), judged])
    with chatting_app(settings, server, e5, monkeypatch, judge_model="minicheck", judge_style="yes-no") as app:
        answer = await ask(app, "fever")
    assert [sentence.text for sentence in answer.sentences] == [SAFE.sentence]
    claims = [request for request in server.requests if request.body["model"] == "minicheck"]
    assert claims[0].prompt.startswith("Document: ")
    assert claims[0].prompt.endswith(f"Claim: {SAFE.sentence}")
