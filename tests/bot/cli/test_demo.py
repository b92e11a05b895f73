import re

import pytest

from bot.answer.answer import Answer, last_of
from bot.app import App, open_app
from bot.demo.show import ARTICLES, NEXT, QUESTIONS, show
from bot.settings import Settings
from index.article import SHARED
from index.embedding.e5 import E5Embeddings

pytestmark = pytest.mark.slow


@pytest.fixture
def demo(app: App) -> App:
    """An app over the sample articles."""
    report = app.library.sync([str(ARTICLES)], SHARED)
    assert report.failures == ()
    assert report.added >= 15
    return app


async def ask(demo: App, question: str) -> Answer:
    return await last_of(demo.desk.ask(question, [SHARED]))


async def test_the_first_question_gets_both_sides_quoted_from_two_sources(demo: App) -> None:
    answer = await ask(demo, QUESTIONS[0])
    quotes = {citation.source: citation.quote for citation in answer.citations}
    assert "did not order the gates of the Seldrin dam to be opened" in quotes["Halden Press"]
    assert "The Ministry of Water ordered the gates of the Seldrin dam to be opened" in quotes["Velna Courier"]
    (disagreement,) = answer.disagreements
    assert len(disagreement.sides) == 2


async def test_the_second_question_is_answered_though_it_spells_both_names_differently(demo: App) -> None:
    answer = await ask(demo, QUESTIONS[1])
    texts = " ".join(passage for ref in demo.library.articles([SHARED]) for passage in _text(demo, ref.id))
    assert "Chavlik " not in texts
    assert "Varnohorsk" not in texts
    (sentence,) = [sentence for sentence in answer.sentences if "18 per cent" in sentence.text]
    assert "Tchavlik" in sentence.text


def _text(demo: App, article_id: str) -> list[str]:
    return [passage.text for passage in demo.library.passages([SHARED], article_id)]


async def test_the_third_question_is_not_answered_but_has_near_articles(demo: App) -> None:
    answer = await ask(demo, QUESTIONS[2])
    assert answer.abstained
    assert answer.citations == ()
    assert len(answer.nearest) == 3


async def test_every_quote_of_the_demo_stands_in_its_article(demo: App) -> None:
    for question in QUESTIONS:
        for citation in (await ask(demo, question)).citations:
            article = demo.library.article([SHARED], citation.article_id)
            assert article
            assert article.text[citation.start : citation.end] == citation.quote


@pytest.mark.long
def test_the_demo_as_it_is_shown(
    settings: Settings, e5: E5Embeddings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.app.build_embeddings", lambda *_, **__: e5)
    monkeypatch.setenv("COLUMNS", "300")
    show(settings)
    first = capsys.readouterr().out
    assert re.search(r"\d+ added, 0 updated, 0 unchanged, 0 removed, 0 failed", first)
    for question in QUESTIONS:
        assert question in first
    assert first.count("The articles in the library do not answer this.") == 1
    assert "“The Ministry of Water did not order the gates" in first
    assert "“The Ministry of Water ordered the gates" in first
    assert first.rstrip().endswith(NEXT)
    show(settings)
    again = capsys.readouterr().out
    assert re.search(r"0 added, 0 updated, \d+ unchanged, 0 removed, 0 failed", again)
    with open_app(settings) as app:
        assert app.library.count([SHARED]) >= 15
