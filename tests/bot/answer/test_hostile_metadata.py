"""What stands around an article is its author's as well: title, outlet, author, address and id can attack too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from bot.answer.answer import last_of
from bot.app import App, open_app
from bot.cli.output.library import show_articles
from bot.cli.output.text import printable
from bot.discord.pages.answers import answer_page
from bot.discord.pages.heads import Form
from bot.discord.pages.page import Page
from bot.discord.pages.passages import passage_pages
from bot.discord.pages.summaries import as_answer
from bot.settings import Settings
from index.article import SHARED
from index.embedding.e5 import E5Embeddings
from tests.bot.discord.seen import without_own_links

pytestmark = pytest.mark.slow

ESCAPE = "\x1b[31m\x1b]8;;https://evil.example\x07click\x1b]8;;\x07"
LIVE = re.compile(
    r"(?<!\\):(?=//)|(?<!\\)<[@#:/!&t]|(?<!\\)@(?:everyone|here)|(?<!\\)!?\[[^\]\d][^\]]*(?<!\\)\]\(|\|\|"
)
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
ADDRESSES = (
    "javascript:alert(1)",
    "data:text/html,<script>",
    "https://evil.example/\x1b[31m",
    "https://courier.example/a)b@everyone?x=<script>[y](z)",
)
HOSTILE = [
    {
        "id": f"hostile-{number}",
        "title": f"{ESCAPE} @everyone <@123> [storm](https://evil.example) ||Orle|| {number}",
        "source": f"# @here <@&55> [outlet](https://evil.example) {ESCAPE}",
        "author": f"**Bob** <@77> {ESCAPE}",
        "date": "2026-03-03",
        "language": "en",
        "url": url,
        "text": f"The harbour of Orle was closed on Monday. The mayor said that {number + 4} boats of Orle sank.",
    }
    for number, url in enumerate(ADDRESSES)
]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, e5: E5Embeddings) -> Iterator[App]:
    home = tmp_path_factory.mktemp("hostile")
    settings = Settings(_env_file=None, home=home / "home")  # type: ignore[call-arg]  # pydantic-settings adds it
    source = home / "articles.jsonl"
    source.write_text("\n".join(map(json.dumps, HOSTILE)), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.app.build_embeddings", lambda *_, **__: e5)
        with open_app(settings) as opened:
            assert opened.library.sync([str(source)], SHARED).added == len(HOSTILE)
            yield opened


def assert_inert(page: Page) -> None:
    for block in page.blocks:
        assert not LIVE.search(without_own_links(block.text, "https://courier.example/")), block.text
        assert not CONTROL.search(block.text), block.text
    for link in (block.link for block in page.blocks if block.link):
        assert link.url.startswith("https://courier.example/")
        assert not re.search(r"[\s<>()\[\]\x00-\x1f]", link.url), link.url


def test_only_the_web_address_is_kept(app: App) -> None:
    kept = [ref.url for ref in app.library.articles([SHARED])]
    assert [url for url in kept if url] == [ADDRESSES[-1]]


async def test_answers_summaries_and_their_sources(app: App) -> None:
    answer = await last_of(app.desk.ask("How many boats sank in the harbour of Orle?", [SHARED]))
    assert answer.sentences
    passages = {one.passage_id: app.library.passage([SHARED], one.passage_id) for one in answer.citations}
    for page in (answer_page(answer, "A question", Form.ANSWER), *passage_pages(answer, passages, whole=True)):
        assert_inert(page)
    for hostile in HOSTILE:
        summary = await last_of(app.summariser.summarise(str(hostile["id"]), [SHARED]))
        assert_inert(answer_page(as_answer(summary), "Title", Form.POINTS))


def test_nothing_of_it_reaches_the_terminal(app: App, capsys: pytest.CaptureFixture[str]) -> None:
    show_articles(app.library.articles([SHARED]), "", {})
    told = capsys.readouterr().out
    assert "everyone" in told
    assert not CONTROL.search(told)
    assert printable("a\x1b[2Jb\x9bc\nd") == "a[2Jbc\nd"
