from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.answer.answer import last_of
from bot.app import App, open_app
from bot.settings import Settings
from bot.summary import Style, Summary, SummaryError
from bot.summary.drafting import UNSUPPORTED
from index.article import SHARED
from index.embedding.e5 import E5Embeddings
from tests.bot.answer.test_desk import lines
from tests.bot.conftest import ARTICLES
from tests.fakes.openai_server import Messages, OpenAIServer, Reply

pytestmark = pytest.mark.slow

KHARZYN = "kharzyn-translated.txt"
POINTS = Style.BULLETS.usual_length
QUOTED = "The article is quoted instead."


def index(app: App, folder: Path, text: str) -> str:
    """Index one article; its id."""
    folder.mkdir(exist_ok=True)
    (folder / "one.md").write_text(text, encoding="utf-8")
    assert app.library.sync([str(folder)], SHARED).failures == ()
    return app.library.articles([SHARED])[0].id


async def summarise(app: App, article_id: str) -> Summary:
    return await last_of(app.summariser.summarise(article_id, [SHARED]))


async def test_points_are_sentences_of_the_article_in_its_order(app: App) -> None:
    app.library.sync([str(ARTICLES)], SHARED)
    summary = await summarise(app, KHARZYN)
    article = app.library.article([SHARED], KHARZYN)
    assert article
    assert len(summary.points) == POINTS
    assert [point.citations for point in summary.points] == [(n,) for n in range(1, POINTS + 1)]
    assert [citation.start for citation in summary.citations] == sorted(c.start for c in summary.citations)
    for point, citation in zip(summary.points, summary.citations, strict=True):
        assert point.text == citation.quote == article.text[citation.start : citation.end]
        assert citation.verified
    assert summary.finished
    assert summary.engine == "extractive"
    assert summary.notes == ()
    assert summary.article == article.ref


async def test_nothing_is_said_twice(app: App) -> None:
    app.library.sync([str(ARTICLES)], SHARED)
    texts = [point.text for point in (await summarise(app, KHARZYN)).points]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("The council closed the harbour bridge on Monday.", 1),
        ("The council closed the harbour bridge. It reopens in May, the mayor said.", 2),
        ("The harbour bridge is closed. The harbour bridge is closed. The harbour bridge is closed.", 1),
        ("It rained. The council closed the harbour bridge on Monday. Why? Rust.", 1),
        (f"The council heard {'the first, the second and the third of many long complaints, ' * 9}and slept.", 1),
    ],
)
async def test_short_and_odd_articles(app: App, tmp_path: Path, text: str, points: int) -> None:
    summary = await summarise(app, index(app, tmp_path / "in", text))
    assert len(summary.points) == points
    assert all(point.citations for point in summary.points)


async def test_an_article_without_a_sentence_to_quote_is_an_error(app: App, tmp_path: Path) -> None:
    article_id = index(app, tmp_path / "in", "Rain. Wind. Snow. Hail. Fog.")
    with pytest.raises(SummaryError, match="no whole sentence to quote"):
        await summarise(app, article_id)


async def test_an_article_that_is_not_there_or_not_to_be_seen_is_an_error(app: App) -> None:
    app.library.sync([str(ARTICLES)], SHARED)
    with pytest.raises(SummaryError, match="There is no article 'missing'"):
        await summarise(app, "missing")
    with pytest.raises(SummaryError, match="There is no article"):
        await last_of(app.summariser.summarise(KHARZYN, ["another server"]))


async def test_a_point_in_somebodys_words_names_them(app: App, tmp_path: Path) -> None:
    text = "“The bridge is full of rust,” Jorun Tesk said on Monday. “It will stay closed until May.”"
    summary = await summarise(app, index(app, tmp_path / "in", text))
    assert [point.speaker for point in summary.points] == [None, "Jorun Tesk"]


@pytest.fixture
def chatting(
    settings: Settings, server: OpenAIServer, e5: E5Embeddings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[App]:
    """An app with a chat model on ``server``, over one article."""
    monkeypatch.setattr("bot.app.build_embeddings", lambda *_, **__: e5)
    chat = {"chat_model": "small-1", "chat_base_url": server.base_url, "chat_total_seconds": 10}
    with open_app(settings.model_copy(update=chat)) as app:
        app.library.sync([str(ARTICLES)], SHARED)
        yield app


TANKS = "at least fifty-six tanks"
ROUT = "is a rout and not a manoeuvre"
TWO_POINTS = lines(
    ("The army command speaks of at least fifty-six tanks.", TANKS, TANKS),
    ("Vashenko calls it a rout and not a manoeuvre.", ROUT, ROUT),
)


async def test_a_chat_model_writes_points_that_grow_and_are_checked(chatting: App, server: OpenAIServer) -> None:
    server.script([TWO_POINTS])
    seen = [state async for state in chatting.summariser.summarise(KHARZYN, [SHARED])]
    assert [len(state.points) for state in seen] in ([2, 2], [1, 2, 2])  # they are judged in one call, or in two
    assert [state.finished for state in seen] == [*[False] * (len(seen) - 1), True]
    assert [citation.quote for citation in seen[-1].citations] == [TANKS, ROUT]
    assert seen[-1].engine == "small-1"
    assert "summarise one news article" in server.requests[0].prompt


async def test_a_point_without_support_is_left_out_and_counted(chatting: App, server: OpenAIServer) -> None:
    server.script(
        [
            lines(
                ("There were ninety tanks.", TANKS, TANKS),
                ("Vashenko calls it a rout and not a manoeuvre.", ROUT, ROUT),
            )
        ]
    )
    server.refuted = {"There were ninety tanks.": "it counts forty"}
    summary = await summarise(chatting, KHARZYN)
    # The first point was refused: the article's own first one stands in its place.
    assert [point.text for point in summary.points][1:] == ["Vashenko calls it a rout and not a manoeuvre."]
    assert summary.points[0].text == summary.citations[0].quote
    assert [one.text for one in summary.unsupported] == ["There were ninety tanks."]


@pytest.mark.parametrize(
    ("reply", "note"),
    [
        (Reply(status=401), "refused the key"),
        (Reply(TWO_POINTS, cut_after=3), "broke off"),
        (lines(("There were ninety tanks.", TANKS, TANKS)), str(UNSUPPORTED)),
    ],
)
async def test_what_a_chat_model_cannot_do_is_done_by_quoting(
    chatting: App, server: OpenAIServer, reply: Reply | Callable[[Messages], str], note: str
) -> None:
    server.script([reply])
    server.refuted = {"There were ninety tanks.": "it counts forty"}
    summary = await summarise(chatting, KHARZYN)
    assert summary.engine == "extractive"
    assert len(summary.points) == POINTS
    (told,) = map(str, summary.notes)
    assert note in told
    assert told.endswith(QUOTED)


async def test_a_summary_cut_short_keeps_its_checked_points(chatting: App, server: OpenAIServer) -> None:
    server.script([Reply(TWO_POINTS, cut_after=34)])
    summary = await summarise(chatting, KHARZYN)
    assert len(summary.points) == 1
    assert summary.finished
    assert str(summary.notes[0]).endswith("What was verified until then is shown.")


async def test_a_list_is_made_once(app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "\n\n".join(["Brack 2 Holm 0", "Ottel 1 Vara 1", "Pell 4 Quist 2"])
    (tmp_path / "scores.md").write_text(f"# Scores\n\n{lines}\n")
    app.library.sync([str(tmp_path / "scores.md")], SHARED)
    (article,) = app.library.articles([SHARED], "Scores")
    first = await last_of(app.summariser.summarise(article.id, [SHARED]))
    assert first.notes
    monkeypatch.setattr("bot.summary.summariser.laid_out", None)
    assert await last_of(app.summariser.summarise(article.id, [SHARED])) == first
