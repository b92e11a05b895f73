"""Wire copy: repeated paragraphs, credits between them, one town in three spellings, speakers at odds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.answer.answer import Answer, last_of
from bot.app import App
from index.article import SHARED
from tests.bot.conftest import ARTICLES

pytestmark = pytest.mark.slow

BAKHMUT = Path(__file__).parents[4] / "shared" / "articles" / "bakhmut-2023.txt"
KHARZYN = ARTICLES / "kharzyn-translated.txt"
TELLS = {
    BAKHMUT: {
        "defeat": ("Who called the withdrawal a defeat and not a regrouping?", "a defeat and not a regrouping"),
        "leader": "Prigozhin",
        "advance": ("How far did troops advance near Bakhmut?", "two kilometers"),
        "tanks": ("Hoeveel tanks zet Oekraïne in?", "forty tanks"),
        "repeated": ("What did Zelensky say about the occupiers?", "already mentally prepared"),
        "credits": ("Who took the photo credited to AP?", "Which area did the ISW recapture?"),
    },
    KHARZYN: {
        "defeat": ("Who called the straightening a rout and not a manoeuvre?", "a rout and not a manoeuvre"),
        "leader": "Vashenko",
        "advance": ("How far did the brigades advance at Kharzyn?", "three kilometres"),
        "tanks": ("Hoeveel tanks zet Veska in?", "fifty-six tanks"),
        "repeated": ("What did Holub say about their hearts?", "no longer in this war"),
        "credits": ("Who took the photo credited to Veskan Pool?", "Who is Ned Pressler?", "© Front Atlas"),
    },
}


@pytest.fixture(params=[BAKHMUT, KHARZYN], ids=["bakhmut", "kharzyn"])
def tells(request: pytest.FixtureRequest, app: App, tmp_path: Path) -> dict[str, object]:
    """What the article tells, which alone is indexed."""
    if not request.param.exists():
        pytest.skip(f"{request.param.name} is not on this machine")
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(request.param, folder)
    assert app.library.sync([str(folder)], SHARED).added == 1
    return TELLS[request.param]  # type: ignore[return-value]


async def ask(app: App, question: str) -> Answer:
    return await last_of(app.desk.ask(question, [SHARED]))


async def test_who_said_it_is_quoted_with_the_speaker(app: App, tells: dict[str, tuple[str, str]]) -> None:
    question, words = tells["defeat"]
    answer = await ask(app, question)
    (said,) = [sentence for sentence in answer.sentences if words in sentence.text]
    assert said.speaker
    assert said.speaker.endswith(str(tells["leader"]))


@pytest.mark.parametrize("subject", ["advance", "tanks"])
async def test_found_across_spellings_and_languages(
    app: App, tells: dict[str, tuple[str, str]], subject: str
) -> None:
    question, words = tells[subject]
    answer = await ask(app, question)
    assert not answer.abstained
    assert words in answer.text


async def test_a_repeated_quotation_is_cited_once(app: App, tells: dict[str, tuple[str, str]]) -> None:
    question, words = tells["repeated"]
    answer = await ask(app, question)
    assert [words in citation.quote for citation in answer.citations].count(True) == 1


async def test_both_sides_are_shown_where_each_is_asked_for(app: App) -> None:
    if not BAKHMUT.exists():
        pytest.skip(f"{BAKHMUT.name} is not on this machine")
    app.library.sync([str(BAKHMUT)], SHARED)
    answer = await ask(app, "What do Moscow and Wagner each say about it?")
    shown = " ".join(f"{sentence.text} {sentence.speaker}" for sentence in answer.sentences)
    assert "Konashenkov" in shown
    assert "Prigozhin" in shown


async def test_credits_are_never_quoted(app: App, tells: dict[str, tuple[str, ...]]) -> None:
    for question in tells["credits"]:
        answer = await ask(app, question)
        for citation in answer.citations:
            assert "©" not in citation.quote
            assert "Pressler" not in citation.quote
    (article,) = app.library.articles([SHARED])
    assert not any("©" in passage.text for passage in app.library.passages([SHARED], article.id))


async def test_every_quote_stands_at_its_place_in_the_article(app: App, tells: dict[str, tuple[str, str]]) -> None:
    (ref,) = app.library.articles([SHARED])
    article = app.library.article([SHARED], ref.id)
    assert article
    for subject in ("defeat", "advance", "tanks", "repeated"):
        answer = await ask(app, tells[subject][0])
        assert answer.citations
        for citation in answer.citations:
            assert citation.verified
            assert article.text[citation.start : citation.end] == citation.quote


@pytest.mark.usefixtures("tells")
async def test_what_the_article_does_not_tell_is_not_answered(app: App) -> None:
    answer = await ask(app, "What is the capital of Peru?")
    assert answer.abstained
    assert not answer.sentences
    assert not answer.citations
    assert len(answer.nearest) == 1
