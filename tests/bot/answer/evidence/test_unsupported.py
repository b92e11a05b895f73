"""What a chat model that misreports gets past the checks, and what of an honest one's words they cost.

The sentences in tests/data/support were written in six parts: the checks were built on the first, the others were
measured before anything was changed for them (docs/citations.md has those figures).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.answer.answer import Answer, last_of
from bot.answer.engines.engine import Claim, Draft
from bot.answer.evidence.citations import CitationBook
from bot.answer.evidence.quotes import normalise
from bot.app import App, open_app
from bot.settings import Settings
from index.article import SHARED
from index.embedding.e5 import E5Embeddings
from index.embedding.similarity import Similarity
from index.search import Hit
from tests.fakes.hits import hit
from tests.fakes.openai_server import Messages, OpenAIServer, Reply

pytestmark = pytest.mark.slow

FOLDER = Path(__file__).parents[3] / "data" / "support"
PARTS = ("first", "second", "third")
HONEST = "honest"

KNOWN_SLIPS = {
    "Ein Elektriker wurde verhaftet.",  # an invented verb, on a sentence looked up for a fabricated quote
}
KNOWN_LOSSES = {
    "Passengers get their money back in full.",
}


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
    monkeypatch.setattr("bot.app.build_embeddings", lambda *_, **__: e5)
    chat = {
        "chat_model": "small-1",
        "chat_base_url": server.base_url,
        "chat_total_seconds": 30,
        "chat_cache_days": 0,
    }
    with open_app(settings.model_copy(update=chat)) as app:
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


async def test_unsupported_sentences_are_caught_and_honest_ones_kept(
    chatting: App, server: OpenAIServer, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: set[str] = set()
    for article in ARTICLES:
        written = [one for one in WRITTEN if one.article == article]
        server.script([reply(written)])
        answer = await ask(chatting, article)
        assert answer.engine == "small-1"
        # Every sentence was read as one, and the retry, which says the same again, brought nothing more.
        assert len(answer.sentences) + answer.left_out == len(written)
        shown |= {normalise(sentence.text) for sentence in answer.sentences}
        for citation in answer.citations:
            assert citation.quote in ARTICLES[citation.article_id]["text"]
            assert citation.language == ARTICLES[citation.article_id]["language"]
    passed = [one for one in WRITTEN if normalise(one.sentence) in shown]
    slipped = {one.sentence for one in passed if one.kind != HONEST}
    lost = {one.sentence for one in WRITTEN if one.kind == HONEST and one not in passed}
    unsupported = sum(one.kind != HONEST for one in WRITTEN)
    honest = len(WRITTEN) - unsupported
    with capsys.disabled():
        print(
            f"\nunsupported sentences caught: {unsupported - len(slipped)} of {unsupported}; "
            f"honest ones kept: {honest - len(lost)} of {honest}"
        )
    assert slipped == KNOWN_SLIPS
    assert lost == KNOWN_LOSSES


@pytest.mark.parametrize(("part", "caught", "kept"), [("fourth", 38, 24), ("fifth", 37, 39), ("sixth", 22, 20)])
def test_freely_worded_sentences_are_judged_no_worse_than_before(
    part: str, caught: int, kept: int, e5: E5Embeddings
) -> None:
    """The figures are those of docs/citations.md, measured on the checks alone."""
    hits = {article["id"]: whole(article) for article in articles(f"{part}_articles").values()}
    right = Counter[bool]()
    for one in read(part):
        book = CitationBook("", list(hits.values()), Similarity(e5))
        shown = book.add(Draft(one.sentence, (Claim(one.article, one.quote),))) is not None
        right[one.kind == HONEST] += shown == (one.kind == HONEST)
    assert right[False] >= caught
    assert right[True] >= kept


def whole(article: dict[str, Any]) -> Hit:
    text, published = article["text"], datetime.fromisoformat(article["date"])
    return hit(article["id"], text, title=article["title"], published_at=published, language=article["language"])


SAFE = Written(HONEST, "fever", "The tap water is safe, says Okoro.", "Tap water is safe, he stressed")
FALSE = Written("negation added", "fever", "The tap water is not safe, says Okoro.", SAFE.quote)
DIED = Written(HONEST, "fever", "A woman of 81 died on Saturday.", "one woman of 81 died on Saturday")
WRONG_AGE = Written("changed number", "fever", "A woman of 18 died on Saturday.", DIED.quote)


async def test_a_refused_sentence_is_written_again_with_the_complaint(chatting: App, server: OpenAIServer) -> None:
    server.script([reply([SAFE, WRONG_AGE]), reply([DIED])])
    answer = await ask(chatting, "fever")
    assert [sentence.text for sentence in answer.sentences] == [SAFE.sentence, DIED.sentence]
    assert answer.left_out == 0
    again = server.requests[1].prompt
    assert f"- {WRONG_AGE.sentence}\n  Refused: 18" in again
    assert SAFE.sentence not in again
    assert len(server.requests) == 2


async def test_good_sentences_show_before_the_retry(chatting: App, server: OpenAIServer) -> None:
    server.script([reply([SAFE, WRONG_AGE]), Reply(reply([DIED]), delay=0.3)])
    growing = [answer async for answer in chatting.desk.ask(ARTICLES["fever"]["question"], [SHARED])]
    assert [len(answer.sentences) for answer in growing] == [1, 1, 2, 2]
    assert [answer.left_out for answer in growing] == [0, 1, 0, 0]


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
    assert (await ask(chatting, "fever")).left_out == 1
    assert len(server.requests) == 3


async def test_made_up_words_and_words_of_another_passage_are_counted_apart(
    chatting: App, server: OpenAIServer
) -> None:
    made_up = Written(
        "fabricated quote", "fever", "Two doctors were suspended.", "the hospital suspended two doctors"
    )
    server.script([reply([SAFE, made_up]), "NOT_IN_ARTICLES"])
    answer = await ask(chatting, "fever")
    assert (answer.fabricated, answer.misattributed, answer.left_out) == (1, 0, 1)


async def test_a_claim_told_as_a_fact_gets_its_speaker(chatting: App, server: OpenAIServer) -> None:
    told = "There was nothing wrong with the charts."
    server.script([reply([Written(HONEST, "ferry", told, "There was nothing wrong with our charts")])])
    (sentence,) = (await ask(chatting, "ferry")).sentences
    assert (sentence.speaker, sentence.text) == ("Brenn", told)
