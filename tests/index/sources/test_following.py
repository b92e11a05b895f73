"""Articles on several pages, and pages that lead to another: over a real server on the loopback address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.fetch import Fetcher, Limits
from index.parser import Parser
from index.reading.markup.tree import parse_html
from index.reading.pages.following import moved_to, next_page
from index.sources.memory import PageMemory
from index.sources.pages import PageReader
from index.sources.source import Failure, Item
from index.sources.web import WebSource
from tests.fakes.web_server import WebServer
from tests.index.sources.test_web import PARAGRAPHS, html

READER = PageReader(Parser())
NEXT = '<link rel="next" href="{}">'
SECOND = (
    "On the second morning the ferry lay still, since nobody had thought of the tide that leaves the bay at noon.",
    "The captain, who had asked for a deeper berth for years, walked home over the sand and told nobody about it.",
)
THIRD = (
    "In the third week the council bought a dredger, which is now the largest ship that Oostmeer has ever owned.",
)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as running:
        yield running


def result(url: str, memory: PageMemory | None = None) -> Item | Failure:
    fetcher = Fetcher(allow_hosts=["127.0.0.1"], limits=Limits(pause=0, attempts=1))
    (one,) = WebSource.at(url, fetcher, memory or PageMemory(), READER).items()
    return one


def article(url: str) -> tuple[str, str]:
    found = result(url)
    assert isinstance(found, Item), found
    return found.load().text, found.id


def test_the_pages_of_one_article_are_one_text(server: WebServer) -> None:
    url = server.add("/a/ferry.html", html(*PARAGRAPHS, head=NEXT.format("/a/ferry-2.html")))
    server.add("/a/ferry-2.html", html(PARAGRAPHS[0], "<b>x</b>", *SECOND, head=NEXT.format("/a/ferry-3.html")))
    server.add("/a/ferry-3.html", html(*THIRD))
    text, name = article(url)
    assert name == url
    assert [one for one in text.split("\n\n") if len(one) > 9] == [*PARAGRAPHS, *SECOND, *THIRD]
    assert server.paths() == ["/a/ferry.html", "/a/ferry-2.html", "/a/ferry-3.html"]


def test_a_section_of_a_later_page_is_its_own_text(server: WebServer) -> None:
    later = html(PARAGRAPHS[0], "The tide", *SECOND).replace("<p>The tide</p>", "<h2>The tide</h2>")
    url = server.add("/a/ferry", html(*PARAGRAPHS, head=NEXT.format("/a/ferry/2")))
    server.add("/a/ferry/2", later)
    found = result(url)
    assert isinstance(found, Item)
    whole = found.load()
    section = next(one for one in whole.sections if one.heading == "The tide")
    assert whole.text[section.start : section.end].strip() == "\n\n".join(SECOND)


@pytest.mark.parametrize(
    ("path", "following"),
    [
        ("/a/ferry", "/a/mill"),
        ("/a/ferry", "/a/ferry/comment-page-2"),
        ("/2026/03/05/ferry", "/2026/03/06/mill"),
        ("/a/ferry-12", "/a/ferry-13"),
        ("/a/ferry", "https://other.example/a/ferry-2"),
    ],
)
def test_what_is_not_the_next_page(server: WebServer, path: str, following: str) -> None:
    url = server.add(path, html(*PARAGRAPHS, head=NEXT.format(following)))
    server.add(following, html(*SECOND))
    assert article(url)[0] == "\n\n".join(PARAGRAPHS)
    assert server.paths() == [path]


def test_a_next_page_of_another_title_or_the_same_text_adds_nothing(server: WebServer) -> None:
    url = server.add("/a/ferry", html(*PARAGRAPHS, head=NEXT.format("/a/ferry-2")))
    server.add("/a/ferry-2", html(*SECOND, title="Mill to be sold by auction"))
    assert article(url)[0] == "\n\n".join(PARAGRAPHS)
    server.add("/a/ferry-2", html(*PARAGRAPHS, head=NEXT.format("/a/ferry-3")))
    assert article(url)[0] == "\n\n".join(PARAGRAPHS)
    assert "/a/ferry-3" not in server.paths()


def test_no_more_than_ten_pages_are_read(server: WebServer) -> None:
    url = server.add("/a/ferry", html(*PARAGRAPHS, head=NEXT.format("/a/ferry-2")))
    for number in range(2, 15):
        told = f"Part {number} of the story says what happened in month {number}, and it is of some length."
        server.add(f"/a/ferry-{number}", html(told, SECOND[0], head=NEXT.format(f"/a/ferry-{number + 1}")))
    assert "Part 10 of" in article(url)[0]
    assert len(server.paths()) == 10


def test_half_an_article_is_a_failure(server: WebServer) -> None:
    url = server.add("/a/ferry", html(*PARAGRAPHS, head=NEXT.format("/a/ferry-2")))
    failure = result(url)
    assert isinstance(failure, Failure)
    assert "/a/ferry-2" in str(failure.reason)


STUB = "<html><head><title>Redirecting</title>{}</head><body><a href='/x'>Click here</a></body></html>"
REFRESH = '<meta http-equiv="Refresh" content="0; URL={}">'


def test_a_page_that_sends_its_readers_on(server: WebServer) -> None:
    new = server.add("/new", html(*PARAGRAPHS), ETag='"n"')
    old = server.add("/old-771.html", STUB.format(REFRESH.format("'new'")), ETag='"o"')
    memory = PageMemory()
    found = result(old, memory)
    assert isinstance(found, Item)
    assert (found.id, found.formerly, found.copy) == (new, old, False)
    known = memory.get(old)
    assert known is not None
    assert known.etag is None  # what the stub is known by tells nothing of the article


@pytest.mark.parametrize("target", ["https://other.example/new", "/old", "http://192.0.2.1/x", "javascript:f()"])
def test_where_a_page_may_not_send_its_readers(server: WebServer, target: str) -> None:
    old = server.add("/old", STUB.format(REFRESH.format(target)))
    assert isinstance(result(old), Failure)
    assert server.paths() == ["/old"]


def test_pages_that_send_their_readers_round(server: WebServer) -> None:
    one = server.add("/one", STUB.format(REFRESH.format("/two")))
    server.add("/two", STUB.format(REFRESH.format("/one")))
    assert isinstance(result(one), Failure)
    assert len(server.paths()) <= 4


def test_an_article_that_is_reloaded_stays_where_it_is(server: WebServer) -> None:
    url = server.add("/a/ferry", html(*PARAGRAPHS, head=REFRESH.format("/a/ferry?refreshed=1")))
    assert article(url) == ("\n\n".join(PARAGRAPHS), url)


@pytest.mark.parametrize(
    ("url", "link", "following"),
    [
        ("/a/ferry", "<a rel=next href='/a/ferry/2'>Next</a>", "/a/ferry/2"),
        ("/a/ferry/", "<a class=page href='/a/ferry/2/'>2</a>", "/a/ferry/2/"),
        ("/a/ferry", "<a href='?seite=2'>2</a>", "/a/ferry?seite=2"),
        ("/a/ferry?id=7&page=1", "<a href='?id=7&page=2'>2</a>", "/a/ferry?id=7&page=2"),
        ("/a/ferry?id=7", "<a rel=next href='?id=8'>Next</a>", None),
        ("/a/ferry.html", "<a rel=next href='ferry,2.html'>Weiter</a>", "/a/ferry,2.html"),
        ("/a/ferry-seite-2.html", "<a rel=next href='ferry-seite-3.html'>3</a>", "/a/ferry-seite-3.html"),
        ("/a/ferry-2.html", "<a rel=next href='ferry-4.html'>4</a>", None),
        ("/a/ferry", "<a href='/a/ferry/2'>Two more stories</a>", None),
    ],
)
def test_addresses_of_next_pages(url: str, link: str, following: str | None) -> None:
    root = parse_html(f"<html><body><p>x</p>{link}</body></html>")
    site = "https://news.example"
    assert next_page(root, site + url) == (following and site + following)


def test_a_refresh_to_the_page_itself_is_none() -> None:
    root = parse_html("<html><head><meta http-equiv=refresh content='300;url=#top'></head><body>x</body></html>")
    assert moved_to(root, "https://news.example/a") is None
