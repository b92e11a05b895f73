"""News sitemaps as sources, over a real server on the loopback address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.fetch import Fetcher, Limits
from index.sources.memory import PageMemory
from index.sources.source import Failure, Item
from index.sources.web import WebSource
from tests.fakes.web_server import WebServer
from tests.index.test_web import PARAGRAPHS, PARSER, html

NEWS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as running:
        yield running


def source(url: str, newest: int = 50) -> WebSource:
    fetcher = Fetcher(allow_hosts=["127.0.0.1"], limits=Limits(pause=0, attempts=1))
    return WebSource(url, fetcher, PageMemory(), PARSER, newest=newest)


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
    assert reason in failure.reason
