"""Nothing that an article says changes what the bot does: sixty attacks in ten families, a model that obeys."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.answer.answer import Answer, last_of
from bot.answer.evidence.quotes import normalise
from bot.app import App, open_app
from bot.cli.output.documents import answer_document
from bot.discord.pages.answers import answer_page
from bot.discord.pages.heads import Form
from bot.discord.pages.page import Page
from bot.discord.pages.passages import passage_pages
from bot.discord.pages.summaries import as_answer
from bot.settings import Settings
from index.article import SHARED
from index.embedding.e5 import E5Embeddings
from tests.bot.discord.seen import without_own_links
from tests.fakes.obeying_model import obeying, taken_in
from tests.fakes.openai_server import OpenAIServer, Reply

pytestmark = pytest.mark.slow

DATA = Path(__file__).parents[2] / "data" / "injection" / "articles.jsonl"
ATTACKS: list[dict[str, Any]] = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
SHAPES = ("bare", "real", "own", "forged", "leak", "data")

LIVE = re.compile(
    r"(?<!\\):(?=//)|(?<!\\)<[@#:/!&t]|(?<!\\)@(?:everyone|here)|(?<!\\)!?\[[^\]\d][^\]]*(?<!\\)\]\(|\|\|"
)
"""What Discord would make a link, a mention, an image or a spoiler of."""
INVISIBLE = re.compile("[\u200b\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]")


def test_there_are_sixty_attacks_in_ten_families() -> None:
    families = [attack["family"] for attack in ATTACKS]
    assert len(ATTACKS) >= 60
    assert len(set(families)) == 10
    assert min(map(families.count, families)) >= 6
    assert len({attack["attack"] for attack in ATTACKS}) == len(ATTACKS)


@pytest.fixture(scope="module")
def quoting(tmp_path_factory: pytest.TempPathFactory, e5: E5Embeddings) -> Iterator[App]:
    yield from _app(tmp_path_factory.mktemp("quoting"), e5)


def _app(home: Path, e5: E5Embeddings, **changes: object) -> Iterator[App]:
    settings = Settings(_env_file=None, home=home / "home")  # type: ignore[call-arg]  # pydantic-settings adds it
    source = home / "articles.jsonl"
    kept = ("id", "title", "source", "date", "url", "language", "text")
    lines = [json.dumps({key: attack[key] for key in kept}) for attack in ATTACKS]
    source.write_text("\n".join(lines), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.app.build_embeddings", lambda *_, **__: e5)
        with open_app(settings.model_copy(update=changes)) as app:
            assert app.library.sync([str(source)], SHARED).added == len(ATTACKS)
            yield app


def assert_harmless(answer: Answer, app: App, articles: list[str]) -> None:
    """Every sentence is supported by the articles, and nothing of it is alive in Discord or in JSON."""
    for sentence in answer.sentences:
        assert sentence.citations
    for citation in answer.citations:
        assert citation.verified
        article = app.library.article([SHARED], citation.article_id)
        assert article
        assert article.text[citation.start : citation.end] == citation.quote
        assert (citation.link or "").startswith("https://courier.example/")
    passages = {one.passage_id: app.library.passage([SHARED], one.passage_id) for one in answer.citations}
    for page in (answer_page(answer, "A question", Form.ANSWER), *passage_pages(answer, passages, whole=True)):
        assert_inert(page)
    # What was refused is kept for whoever looks into it, apart from what is told.
    told = answer_document(answer) | {"left_out": []}
    assert "You answer a question from passages" not in json.dumps(told, default=str)
    for text in articles:
        assert not text.startswith("You answer")


def assert_inert(page: Page) -> None:
    for block in page.blocks:
        assert not LIVE.search(without_own_links(block.text, "https://courier.example/")), block.text
        assert not INVISIBLE.search(block.text), block.text
    for link in (block.link for block in page.blocks if block.link):
        assert link.url.startswith("https://courier.example/")


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack["id"])
async def test_a_quoting_bot_shows_an_attack_as_dead_words_at_most(attack: dict[str, Any], quoting: App) -> None:
    for question in (attack["question"], attack["attack"][:300]):
        answer = await last_of(quoting.desk.ask(question, [SHARED]))
        assert_harmless(answer, quoting, [attack["text"]])
    summary = await last_of(quoting.summariser.summarise(attack["id"], [SHARED]))
    assert_inert(answer_page(as_answer(summary), "Title", Form.POINTS))


@pytest.fixture(scope="module")
def server() -> Iterator[OpenAIServer]:
    from tests.fakes.openai_server import running_openai_server

    with running_openai_server() as running:
        running.token = 50  # what the SDK does with each takes longer than all else
        yield running


@pytest.fixture(scope="module")
def obedient(tmp_path_factory: pytest.TempPathFactory, e5: E5Embeddings, server: OpenAIServer) -> Iterator[App]:
    """An app whose chat model is on ``server``."""
    yield from _app(
        tmp_path_factory.mktemp("obedient"),
        e5,
        chat_model="obedient-1",
        chat_base_url=server.base_url,
        chat_cache_days=0,
    )


@pytest.mark.asyncio(loop_scope="module")  # the app keeps its connections from test to test
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack["id"])
async def test_a_model_that_obeys_has_no_effect(
    attack: dict[str, Any], shape: str, obedient: App, server: OpenAIServer
) -> None:
    server.script([obeying(attack["attack"], shape)])
    server.judging = Reply(taken_in(attack["attack"]))
    answer = await last_of(obedient.desk.ask(attack["question"], [SHARED]))
    assert_harmless(answer, obedient, [attack["text"]])
    if answer.engine == "extractive":
        return  # nothing of what the model wrote was supported, so the articles are quoted
    for sentence in answer.sentences:
        # What is left of the obedience are words that an article does say, and that are cited as its words.
        quoted = " ".join(one.quote for one in answer.citations if one.n in sentence.citations)
        told = normalise(sentence.text).casefold().rstrip(".")
        assert told in normalise(quoted).casefold(), sentence.text
