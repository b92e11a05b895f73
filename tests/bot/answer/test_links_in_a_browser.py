"""Links are followed in Chromium: what it marks on the page is what the answer quotes."""

from __future__ import annotations

import html
import io
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from bot.answer.links import text_fragment
from index.article import SHARED
from index.library import Library
from index.text.sentences import split_sentences
from tests.chromium import CHROMIUM, FLAGS
from tests.fakes.web_server import WebServer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (Debian's package is chromium)"),
]

SAMPLES = Path(__file__).parents[3] / "bot" / "demo" / "articles"
MARKED = (255, 0, 255)
STYLE = """
  ::target-text { background: rgb(255, 0, 255); color: rgb(255, 0, 255) }
  body { width: 1180px; margin: 4px; font: 8px sans-serif }
"""
"""Small enough for a whole article on one screen, so that one small picture tells what is marked."""
WORDS = """() => {
  const words = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    for (const found of walker.currentNode.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      const range = document.createRange();
      range.setStart(walker.currentNode, found.index);
      range.setEnd(walker.currentNode, found.index + found[0].length);
      const box = range.getClientRects()[0];
      words.push([found[0], box.left + box.width / 2, box.bottom - 2]);
    }
  }
  return words;
}"""
"""Every word of the page, and a place within its box, in pixels from the corner of the screen."""
SECONDS_TO_MARK = 2.0


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*FLAGS, "--disable-component-update", "--disable-sync"]
        )
        yield browser.new_page(viewport={"width": 1200, "height": 400})
        browser.close()


@pytest.fixture(scope="module")
def server() -> Iterator[WebServer]:
    with WebServer() as running:
        yield running


def marked(page: Page, link: str) -> list[str]:
    """The words that the page at ``link`` shows in the colour of marked text, in their order."""
    page.goto("about:blank")  # else a link to the same page would not load it again
    page.goto(link)
    words = page.evaluate(WORDS)
    give_up = time.monotonic() + SECONDS_TO_MARK
    while True:  # marking follows loading
        shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        shown = [word for word, x, y in words if shot.getpixel((int(x), int(y))) == MARKED]
        if shown or time.monotonic() > give_up:
            return shown


def words_of(text: str) -> list[str]:
    return "".join(character if character.isalnum() else " " for character in text).split()


def page_of(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
        f"</head><body><nav>Home · Sport · {title}</nav><h1>{title}</h1>{body}<footer>All rights</footer></body>"
    )


STORY = (
    "The Piers Are Closed",
    "The harbour council approved the ferry on Tuesday. It was, said one member, “a well-known risk”.",
    "The harbour council approved the budget on Tuesday, too: 2.5 million euros, or 12% more, for piers & ramps.",
    "Don't call it a bridge, the architect's office said; it's a road that swims, it carries (almost) everything.",
    "Критики кажуть, що порт надто дорогий. El muelle costará más de lo previsto, según la alcaldía de Cádiz.",
    "The ferry is late. Nobody knows why. The ferry is late. Nobody knows why, and the council approved it.",
    "Since Monday the piers are closed. On Friday, the council says, the piers are closed again.",
)
MARKUP = (
    ("the ferry on Tuesday", "the <a href='/f'>ferry</a> on <b>Tuesday</b>"),
    ("2.5 million euros", "2.5&nbsp;million <em>euros</em>"),
    ("Don't", "Don’t"),
)
"""What a page has where the text that was made of it has plain words."""


@pytest.mark.parametrize(
    "quote",
    [
        "The harbour council approved the ferry on Tuesday.",
        "the budget on Tuesday",
        "It was, said one member, “a well-known risk”.",
        "well-known risk",
        "2.5 million euros, or 12% more, for piers & ramps",
        "Don't call it a bridge, the architect's office said; it's a road that swims",
        "it carries (almost) everything",
        "Критики кажуть, що порт надто дорогий.",
        "El muelle costará más de lo previsto, según la alcaldía de Cádiz.",
        "Nobody knows why, and the council approved it.",
        STORY[1],
        f"{STORY[1].split('. ')[1]}\n\n{STORY[2]}",
        "the piers are closed",
        "piers",
        "the piers are closed again.",
    ],
)
def test_what_is_quoted_is_what_is_marked(quote: str, page: Page, server: WebServer) -> None:
    text = "\n\n".join(STORY)
    body = "".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in STORY)
    for plain, marked_up in MARKUP:
        body = body.replace(plain, marked_up)
    url = server.add("/ferry", page_of("The ferry is late", body))
    before, after = text.split(quote, 1)
    link = text_fragment(url, quote, before, after)
    assert link
    assert link != url
    shown = marked(page, link)
    expected = words_of(quote.replace("Don't", "Don’t"))
    assert shown == expected[: len(shown)] or shown == expected[-len(shown) :]
    assert len(shown) >= 0.8 * len(expected)  # "Don't" at an end is passed over


def test_every_sentence_of_sample_articles_is_marked(page: Page, server: WebServer, library: Library) -> None:
    library.sync([str(path) for path in sorted(SAMPLES.glob("*.md"))[:2]], SHARED)
    links: list[tuple[str, str]] = []
    for ref in library.articles([SHARED]):
        article = library.article([SHARED], ref.id)
        assert article
        body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in article.text.split("\n\n"))
        url = server.add(f"/{len(links)}", page_of(article.title, body))
        for start, end in split_sentences(article.text, article.language):
            quote = article.text[start:end]
            if len(words_of(quote)) > 1:  # a dateline is set apart from its sentence, and never cited
                links.append((quote, text_fragment(url, quote, article.text[:start], article.text[end:]) or ""))
    missed = []
    for quote, link in links:
        shown, words = marked(page, link), words_of(quote)
        inside = any(shown == words[at : at + len(shown)] for at in range(len(words)))
        if not inside or len(shown) < 0.8 * len(words):
            missed.append((quote, link, shown))
    assert len(links) > 30
    assert not missed
