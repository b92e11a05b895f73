"""A feed whose entries are made to do harm: each is a failure with its reason, and the one article is read."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.article import SHARED
from index.errors import ArticleError
from index.fetch import Fetcher, Limits, Page
from index.library import Library
from index.parser import Parser
from index.reading.feeds.kind import kind_of
from index.sources.memory import PageMemory
from tests.conftest import MAX_BYTES
from tests.fakes.embeddings import WordEmbeddings
from tests.fakes.web_server import WebServer
from tests.index.parser.test_parser import ENDLESS, SMALL
from tests.index.sources.test_web import PARAGRAPHS, html

LIMITS = Limits(max_bytes=MAX_BYTES, total_seconds=3.0, silent_seconds=1.5, pause=0, attempts=1)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
BILLION_LAUGHS = (
    '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>'
    "<html><body><p>&c;</p></body></html>"
)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as running:
        yield running


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    """A library that reads the loopback address within narrow limits."""
    with Library(home, "words", WordEmbeddings(), max_bytes=MAX_BYTES) as library:
        library._opener.__dict__["_web"] = (Fetcher(["127.0.0.1"], LIMITS), PageMemory())
        library._opener._parser = Parser(SMALL)
        yield library
        library._opener.close()


def rss(*links: str) -> str:
    items = "".join(f"<item><title>News</title><link>{link}</link></item>" for link in links)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Trap</title>{items}</channel></rss>'


def test_what_is_made_to_do_harm_is_named_and_the_rest_is_read(library: Library, server: WebServer) -> None:
    reasons = {
        server.add("/endless.pdf", ENDLESS, "application/pdf"): "took more than 6 seconds",
        server.add("/deep", "<div>" * 150_000 + html(*PARAGRAPHS)): "nests its parts too deeply",
        server.add("/entities", BILLION_LAUGHS): "There is almost no text in it",
        server.bomb("/gzip-bomb", 50): "more to read than 1 MB",
        server.add("/layers", gzip.compress(b""), Content_Encoding="gzip, gzip"): "compressed as gzip, gzip",
        server.slow("/endless", 0, b"x" * 10_000): "more to read than 1 MB",
        server.slow("/drip", 0.1): "took more than 3 seconds",
        server.add("/picture", PNG, "text/html"): "This is not a text file",
        server.add("/program", PNG, "application/x-msdownload"): "It is application/x-msdownload, no article",
        server.redirect("/inwards", "http://169.254.169.254/latest/"): "a cloud metadata address",
        server.redirect("/file", "file:///etc/passwd"): "redirects to a place that is not read",
        server.redirect("/round", "/round"): "redirects more than 10 times",
        "javascript:alert(1)": "only http:// and https:// are read",
        "http://127.0.0.2/admin": "127.0.0.2 is a loopback address",
    }
    article = server.add("/article", html(*PARAGRAPHS), "text/plain")
    feed = server.add("/feed.xml", rss(*reasons, article), "application/rss+xml")
    report = library.sync([feed], SHARED)
    assert [one.id for one in library.articles([SHARED])] == [article]
    told = {failure.location: str(failure.reason) for failure in report.failures}
    assert told.keys() == reasons.keys()
    for place, reason in reasons.items():
        assert reason in told[place], place


def test_a_feed_that_takes_for_ever_is_given_up(library: Library, server: WebServer) -> None:
    """Comments that are opened and never closed take the square of their number."""
    comments = "<description><![CDATA[" + "<!--" * 200_000 + "]]></description>"
    endless = rss("/a").replace("</link></item>", f"</link>{comments}</item>")
    assert kind_of(endless.encode()) == "feed"
    url = server.add("/feed.xml", endless, "application/rss+xml")
    report = library.sync([url], SHARED)
    assert "took more than 6 seconds and was given up" in str(report.failures[0].reason)


def test_a_sitemap_with_many_levels_is_refused(server: WebServer) -> None:
    page = Page(server.url, 200, b"<urlset>" + b"<a>" * 100_000, "application/xml")
    parser = Parser(SMALL)
    with pytest.raises(ArticleError, match="The sitemap can't be read"):
        parser.sitemap(page)
    parser.close()
