"""The way of a question, with a chat model on a loopback server and with none."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from bot.answer.answer import Answer, last_of
from bot.answer.desk import EMPTY_LIBRARY, UNSUPPORTED
from bot.answer.engines.reply import NOT_IN_ARTICLES
from bot.answer.question.limits import QuestionError
from bot.app import App, open_app
from bot.settings import Settings
from index.article import SHARED
from index.embedding.e5 import E5Embeddings
from index.search import Filters
from tests.fakes.openai_server import Messages, OpenAIServer, Reply

pytestmark = pytest.mark.slow

QUESTION = "How many ships are waiting outside the port of Varnogorsk?"
QUOTED = "The articles are quoted instead."
ARTICLES = {
    "authority": """---
title: Harbour office plays down the blockade
url: https://meridian.example/ships
source: Meridian
date: 2025-11-13
---

Nine ships are waiting outside the port of Varnogorsk, according to the harbour office. The crews have water.
""",
    "dockers": """---
title: Dockers count ships of their own
source: Strana Wire
date: 2025-11-20T23:30:00-08:00
---

The dockers' union says that 23 ships are waiting outside the port of Varnogorsk. It publishes their names.
""",
}
NINE = "Nine ships are waiting outside the port of Varnogorsk"
MANY = "23 ships are waiting outside the port of Varnogorsk"


def write_articles(folder: Path) -> Path:
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def quoting(app: App, tmp_path: Path) -> App:
    """An app without a chat model, over two articles that disagree."""
    assert app.library.sync([str(write_articles(tmp_path / "in"))], SHARED).added == 2
    return app


@pytest.fixture
def chatting(
    settings: Settings, server: OpenAIServer, e5: E5Embeddings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[App]:
    """An app with a chat model on ``server``, over the same two articles."""
    monkeypatch.setattr("bot.app.build_embeddings", lambda *_, **__: e5)
    with open_app(
        settings.model_copy(
            update={
                "chat_model": "small-1",
                "chat_base_url": server.base_url,
                "chat_first_word_seconds": 5,
                "chat_total_seconds": 10,
            }
        )
    ) as app:
        assert app.library.sync([str(write_articles(tmp_path / "in"))], SHARED).added == 2
        yield app


async def ask(app: App, question: str = QUESTION, filters: Filters = Filters()) -> Answer:
    return await last_of(app.desk.ask(question, [SHARED], filters))


def lines(*written: tuple[str, str, str]) -> Callable[[Messages], str]:
    """A reply of lines, each a sentence, words of the passage it names, and the words it quotes from there."""

    def reply(messages: Messages) -> str:
        shown = re.findall(r'<passage key="(\w+)"[^>]*>\n(.*?)\n</passage>', messages[-1]["content"], re.DOTALL)
        keys = {words: key for _, words, _ in written for key, text in shown if words in text}
        return "\n".join(f'{text} {{{keys[words]} "{quote}"}}' for text, words, quote in written)

    return reply


BOTH = lines(
    ("The harbour office counts nine ships.", NINE, NINE),
    ("The dockers' union says 23 ships are waiting.", MANY, MANY),
)


def naming_sides(messages: Messages) -> str:
    """A model's reply that sets the two counts against each other."""
    keys = {
        words: re.search(rf'<passage key="(\w+)"[^>]*>\n[^<]*{words}', messages[-1]["content"])
        for words in (NINE, MANY)
    }
    sides = [{"passage": key[1] if key else "", "quote": words} for words, key in keys.items()]
    return json.dumps({"about": "ships waiting", "changed": False, "sides": sides})


async def test_quoting_shows_both_sides_each_with_its_source(quoting: App) -> None:
    answer = await ask(quoting)
    assert [sentence.citations for sentence in answer.sentences] == [(1,), (2,)]
    assert NINE in answer.text
    assert MANY in answer.text
    assert {citation.source for citation in answer.citations} == {"Meridian", "Strana Wire"}
    assert all(citation.verified for citation in answer.citations)
    assert answer.engine == "extractive"
    assert answer.notes == ()
    assert answer.finished
    assert set(answer.timings) == {"reading", "search", "total"}


async def test_as_of_is_the_day_of_the_newest_article_used_where_it_was_published(quoting: App) -> None:
    assert (await ask(quoting)).as_of == date(2025, 11, 20)
    assert (await ask(quoting, filters=Filters(until=date(2025, 11, 13)))).as_of == date(2025, 11, 13)


async def test_filters_narrow_what_is_answered_from(quoting: App) -> None:
    answer = await ask(quoting, filters=Filters(source="Meridian"))
    assert {citation.source for citation in answer.citations} == {"Meridian"}
    answer = await ask(quoting, filters=Filters(since=date(2025, 11, 14)))
    assert {citation.source for citation in answer.citations} == {"Strana Wire"}
    answer = await ask(quoting, filters=Filters(since=date(2026, 1, 1)))
    assert answer.abstained
    assert answer.nearest == ()


async def test_links_lead_to_the_quote_where_there_is_a_page(quoting: App) -> None:
    links = {citation.source: citation.link for citation in (await ask(quoting)).citations}
    assert (links["Meridian"] or "").startswith("https://meridian.example/ships#:~:text=Nine%20ships")
    assert links["Strana Wire"] is None


async def test_what_the_articles_do_not_hold_is_not_answered(quoting: App) -> None:
    answer = await ask(quoting, "What is the capital of Peru?")
    assert answer.abstained
    assert answer.finished
    assert answer.text == ""
    assert len(answer.nearest) == 2
    assert len({ref.id for ref in answer.nearest}) == 2


async def test_another_servers_articles_are_not_seen(quoting: App) -> None:
    with pytest.raises(QuestionError, match="no articles to answer from"):
        await last_of(quoting.desk.ask(QUESTION, ["another server"]))


async def test_an_empty_library_is_a_reason(app: App) -> None:
    with pytest.raises(QuestionError, match=re.escape(str(EMPTY_LIBRARY))):
        await ask(app)


@pytest.mark.parametrize("question", ["", " ?! ", "why " * 300])
async def test_what_cannot_be_asked_is_refused(quoting: App, question: str) -> None:
    with pytest.raises(QuestionError):
        await ask(quoting, question)


async def test_the_answer_grows_while_the_model_writes(chatting: App, server: OpenAIServer) -> None:
    server.script([Reply(BOTH, token_delay=0.002)])
    server.disagreeing = Reply(naming_sides)
    seen = [answer async for answer in chatting.desk.ask(QUESTION, [SHARED])]
    assert [len(answer.sentences) for answer in seen] == [1, 2, 2, 2]
    assert [answer.finished for answer in seen] == [False, False, False, True]
    for earlier, later in pairwise(seen):
        assert later.sentences[: len(earlier.sentences)] == earlier.sentences
        assert later.citations[: len(earlier.citations)] == earlier.citations
    assert seen[-1].engine == "small-1"
    assert seen[-1].notes == ()


async def test_every_quote_of_a_model_is_verified_in_the_article(chatting: App, server: OpenAIServer) -> None:
    server.script([BOTH])
    answer = await ask(chatting)
    assert [citation.quote for citation in answer.citations[:2]] == [NINE, MANY]
    for citation in answer.citations:
        article = chatting.library.article([SHARED], citation.article_id)
        assert article
        assert article.text[citation.start : citation.end] == citation.quote
        assert citation.verified


async def test_an_unsupported_sentence_is_left_out_and_counted(chatting: App, server: OpenAIServer) -> None:
    server.script(
        [
            lines(
                ("The harbour office counts nine ships.", NINE, NINE),
                ("The harbour office counts forty ships.", NINE, NINE),
                ("The strike was led by Igor Konashenkov.", MANY, MANY),
            )
        ]
    )
    server.refuted = {"The harbour office counts forty ships.": "it counts nine"}
    answer = await ask(chatting)
    assert [sentence.text for sentence in answer.sentences] == ["The harbour office counts nine ships."]
    assert answer.left_out == 2
    assert answer.sentences[0].citations == (1,)


@pytest.mark.parametrize("reply", [Reply(naming_sides), Reply("The two counts differ."), Reply(status=400)])
async def test_the_other_side_is_shown_though_the_answer_left_it_out(
    chatting: App, server: OpenAIServer, reply: Reply
) -> None:
    """As the model says, or if it fails, or writes what can't be read, by rule."""
    server.script([lines(("The harbour office counts nine ships.", NINE, NINE))])
    server.disagreeing = reply
    answer = await ask(chatting)
    assert len(answer.sentences) == 1
    [disagreement] = answer.disagreements
    sides = [next(one for one in answer.citations if one.n == side.citations[0]) for side in disagreement.sides]
    assert [side.source for side in sides] == ["Meridian", "Strana Wire"]
    assert not disagreement.superseded
    assert answer.as_of == date(2025, 11, 20)
    assert server.compared


async def test_what_the_model_finds_no_disagreement_is_none(chatting: App, server: OpenAIServer) -> None:
    server.script([lines(("The harbour office counts nine ships.", NINE, NINE))])
    assert (await ask(chatting)).disagreements == ()


async def test_a_made_up_quote_is_not_shown(chatting: App, server: OpenAIServer) -> None:
    made_up = "the blockade was lifted by the army at dawn"
    server.script(
        [lines(("The army lifted the blockade at dawn.", NINE, made_up), ("Nine ships wait.", NINE, NINE))]
    )
    server.refuted = {"The army lifted the blockade at dawn.": "no army is named"}
    answer = await ask(chatting)
    assert [sentence.text for sentence in answer.sentences] == ["Nine ships wait."]
    assert answer.left_out == 1
    assert made_up not in " ".join(citation.quote for citation in answer.citations)


async def test_a_reply_without_a_supported_sentence_is_replaced_by_quotes(
    chatting: App, server: OpenAIServer
) -> None:
    server.script([lines(("The army lifted the blockade at dawn.", NINE, "the army lifted the blockade"))])
    server.refuted = {"The army lifted the blockade at dawn.": "no army is named"}
    answer = await ask(chatting)
    assert [str(note) for note in answer.notes] == [f"{UNSUPPORTED} {QUOTED}"]
    assert answer.engine == "extractive"
    assert answer.left_out == 1
    assert NINE in answer.text


async def test_a_model_that_finds_no_answer_abstains(chatting: App, server: OpenAIServer) -> None:
    server.script([NOT_IN_ARTICLES])
    answer = await ask(chatting)
    assert answer.abstained
    assert answer.finished
    assert answer.sentences == ()
    assert answer.notes == ()
    assert len(answer.nearest) == 2


async def test_the_model_is_not_asked_what_the_articles_cannot_answer(chatting: App, server: OpenAIServer) -> None:
    server.script([BOTH])
    assert (await ask(chatting, "What is the capital of Peru?")).abstained
    assert server.requests == []


async def test_a_stream_cut_short_keeps_what_was_verified(chatting: App, server: OpenAIServer) -> None:
    server.script([Reply(BOTH, cut_after=40)])
    answer = await ask(chatting)
    assert [sentence.text for sentence in answer.sentences] == ["The harbour office counts nine ships."]
    (note,) = map(str, answer.notes)
    assert note.endswith("What was verified until then is shown.")
    assert answer.engine == "small-1"
    assert answer.finished


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(status=401, error="Incorrect API key provided: sk-secret"), "refused the key"),
        (Reply(status=404, error="no such model"), "not known to its server"),
        (Reply(BOTH, cut_after=3), "broke off"),
        (Reply("", finish_reason="stop"), "empty answer"),
    ],
)
async def test_a_model_that_fails_is_replaced_by_quotes_with_the_reason(
    chatting: App, server: OpenAIServer, reply: Reply, reason: str
) -> None:
    server.script([reply])
    answer = await ask(chatting)
    (note,) = map(str, answer.notes)
    assert reason in note
    assert note.endswith(QUOTED)
    assert "sk-secret" not in note
    assert answer.engine == "extractive"
    assert NINE in answer.text
    assert not answer.abstained


async def test_quotes_in_place_of_a_model_are_no_answer_that_somebody_wrote(
    chatting: App, server: OpenAIServer
) -> None:
    server.script([Reply(status=401), BOTH])
    quoted, written = await ask(chatting), await ask(chatting)
    assert (quoted.engine, quoted.quoted) == ("extractive", True)
    assert (written.engine, written.quoted) == ("small-1", False)


async def test_a_server_that_cannot_be_reached_is_named_as_the_reason(
    settings: Settings, e5: E5Embeddings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
    monkeypatch.setattr("bot.app.build_embeddings", lambda *_, **__: e5)
    chat = {"chat_model": "small-1", "chat_base_url": address, "chat_total_seconds": 10}
    with open_app(settings.model_copy(update=chat)) as app:
        app.library.sync([str(write_articles(tmp_path / "in"))], SHARED)
        answer = await ask(app)
    (note,) = map(str, answer.notes)
    assert "cannot be reached" in note
    assert note.endswith(QUOTED)
    assert NINE in answer.text


async def test_a_failure_with_nothing_to_quote_still_says_why(
    chatting: App, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.script([Reply(status=401)])
    monkeypatch.setattr("bot.answer.engines.quoting.says_something", lambda _: False)
    answer = await ask(chatting)
    assert answer.abstained
    (note,) = map(str, answer.notes)
    assert "refused the key" in note
    assert "quoted" not in note


async def test_whoever_stops_listening_stops_the_model(chatting: App, server: OpenAIServer) -> None:
    server.script([Reply(BOTH, token_delay=0.01)])
    stream = chatting.desk.ask(QUESTION, [SHARED])
    async for answer in stream:
        assert len(answer.sentences) == 1
        break
    await stream.aclose()
    server.script([BOTH])
    assert len((await ask(chatting)).sentences) == 2


async def test_each_part_of_a_question_shows_where_articles_disagree(app: App, tmp_path: Path) -> None:
    articles = {
        "post": "Twelve guests were hurt in the fire at the mill of Orle. The mill of Orle reopens on 12 June.",
        "wire": "A feast was broken off on Saturday. At the mill of Orle 31 guests were hurt in a fire. "
        "The mill of Orle reopens on 3 October, its owner said with regret.",
    }
    for name, text in articles.items():
        (tmp_path / f"{name}.md").write_text(f"---\ndate: 2026-03-05\n---\n\n{text}\n", encoding="utf-8")
    app.library.sync([str(tmp_path / f"{name}.md") for name in articles], SHARED)
    question = "How many guests were hurt in the fire at the mill of Orle, and when does the mill reopen?"
    answer = await last_of(app.desk.ask(question, [SHARED]))
    assert [{side.text for side in one.sides} for one in answer.disagreements] == [
        {
            "Twelve guests were hurt in the fire at the mill of Orle.",
            "At the mill of Orle 31 guests were hurt in a fire.",
        },
        {
            "The mill of Orle reopens on 12 June.",
            "The mill of Orle reopens on 3 October, its owner said with regret.",
        },
    ]
    guests, reopens = "How many guests were hurt in the fire at the mill of Orle?", "When does the mill reopen?"
    assert [one.part for one in answer.sentences] == [guests, guests, reopens, reopens]
