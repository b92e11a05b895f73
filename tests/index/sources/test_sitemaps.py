"""News sitemaps as sources, over a real server on the loopback address."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.article import SHARED
from index.fetch import Fetcher, Limits
from index.library import Library
from index.sources.memory import PageMemory
from index.sources.source import Failure, Item
from index.sources.web import WebSource
from tests.conftest import MAX_BYTES
from tests.fakes.embeddings import WordEmbeddings
from tests.fakes.web_server import WebServer
from tests.index.sources.test_web import PARAGRAPHS, READER, html

NEWS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as running:
        yield running


def source(url: str, newest: int = 50, memory: PageMemory | None = None) -> WebSource:
    fetcher = Fetcher(allow_hosts=["127.0.0.1"], limits=Limits(pause=0, attempts=1))
    return WebSource(url, fetcher, memory or PageMemory(), READER, newest=newest)


def urlset(server: WebServer, *days: int) -> str:
    listed = ""
    for day in days:
        server.add(f"/a/{day}", html(*PARAGRAPHS, f"This was told on day {day}.", title=f"Story {day}"))
        listed += (
            f"<url><loc>{server.url}/a/{day}</loc><news:news><news:publication><news:name>Bay News</news:name>"
            f"<news:language>en</news:language></news:publication><news:publication_date>2026-03-{day:02}"
            f"</news:publication_date><news:title>Story {day}</news:title></news:news></url>"
        )
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {NEWS}>{listed}</urlset>'


def test_the_newest_articles_of_a_sitemap_are_read_first(server: WebServer) -> None:
    found = source(server.add("/news.xml", urlset(server, 3, 9, 5), "application/xml"), newest=2)
    items = list(found.items())
    assert found.kind == "sitemap"
    assert all(isinstance(item, Item) for item in items)
    articles = [item.load() for item in items if isinstance(item, Item)]
    assert [article.title for article in articles] == ["Story 9", "Story 5"]
    assert str(articles[0].published_at).startswith("2026-03-09")


def test_an_index_leads_to_its_newest_parts(server: WebServer) -> None:
    server.add("/old.xml", urlset(server, 3), "application/xml")
    server.add("/new.xml", urlset(server, 9), "text/xml")
    parts = "".join(
        f"<sitemap><loc>{server.url}/{name}.xml</loc><lastmod>2026-03-{day:02}</lastmod></sitemap>"
        for name, day in (("old", 3), ("new", 9))
    )
    url = server.add("/index.xml", f"<sitemapindex {NEWS}>{parts}</sitemapindex>", "application/xml")
    items = [item for item in source(url).items() if isinstance(item, Item)]
    assert [item.load().title for item in items] == ["Story 9", "Story 3"]
    server.add("/new.xml", status=500)
    failure, story = source(url).items()
    assert isinstance(failure, Failure)
    assert failure.location == server.url + "/new.xml"
    assert isinstance(story, Item)
    assert story.load().title == "Story 3"


def test_an_unchanged_sitemap_is_not_sent_again(server: WebServer, tmp_path: Path) -> None:
    server.add("/part.xml", urlset(server, 9), "application/xml", ETag='"part"')
    index = f"<sitemapindex {NEWS}><sitemap><loc>{server.url}/part.xml</loc></sitemap></sitemapindex>"
    for url in (server.url + "/part.xml", server.add("/index.xml", index, "application/xml")):
        file = tmp_path / f"{len(url)}.json"
        (first,) = source(url, memory=PageMemory(file)).items()
        again = source(url, memory=PageMemory(file))
        (item,) = again.items()
        assert again.kind == "sitemap"
        assert isinstance(first, Item)
        assert isinstance(item, Item)
        assert item.fingerprint == first.fingerprint
        asked = [seen.headers.get("If-None-Match") for seen in server.requests if seen.path == "/part.xml"]
        assert asked[-1] == '"part"'


def test_an_article_that_drops_off_its_sitemap_stays(server: WebServer, home: Path, words: WordEmbeddings) -> None:
    url = server.add("/news.xml", urlset(server, 3, 9), "application/xml")
    with Library(home, "words", words, max_bytes=MAX_BYTES, allow_hosts=["127.0.0.1"]) as library:
        assert library.sync([url], SHARED).added == 2
        server.add("/news.xml", urlset(server, 9, 11), "application/xml")
        report = library.sync([url], SHARED)
        assert (report.added, report.unchanged, report.removed) == (1, 1, 0)
        assert {ref.title for ref in library.articles([SHARED])} == {"Story 3", "Story 9", "Story 11"}
        info = library.sources.find(SHARED, url)
        assert info
        assert (info.kind, info.articles) == ("sitemap", 3)


def test_a_sitemap_may_be_compressed(server: WebServer) -> None:
    url = server.add("/news.xml.gz", gzip.compress(urlset(server, 9).encode()), "application/gzip")
    (item,) = source(url).items()
    assert isinstance(item, Item)
    bomb = gzip.compress(b"<urlset>" + bytes(60_000_000))
    (failure,) = source(server.add("/bomb.xml.gz", bomb, "application/gzip")).items()
    assert isinstance(failure, Failure)
    assert "larger than 52 MB" in str(failure.reason)
    (failure,) = source(server.add("/broken.xml.gz", b"\x1f\x8bnothing", "application/gzip")).items()
    assert isinstance(failure, Failure)
    assert "can't be unpacked" in str(failure.reason)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>', "declares XML entities"),
        ("<urlset><url><loc>https://a.example/x</url></urlset>", "can't be read"),
        ("<urlset></urlset>", "announces no articles"),
    ],
)
def test_what_is_wrong_with_a_sitemap_is_said(server: WebServer, body: str, reason: str) -> None:
    (failure,) = source(server.add("/s.xml", body, "application/xml")).items()
    assert isinstance(failure, Failure)
    assert reason in str(failure.reason)
