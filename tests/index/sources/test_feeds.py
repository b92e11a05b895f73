"""Feeds of three kinds, over a real server on the loopback address."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path

import pytest
from aiohttp import web

from index.article import Article
from index.errors import ArticleError
from index.fetch import Fetcher, Limits, Page
from index.reading.feeds.entries import Feed
from index.reading.feeds.feed import read_feed
from index.reading.feeds.kind import kind_of
from index.sources.memory import PageMemory
from index.sources.source import Failure, Item
from index.sources.web import WebSource
from tests.fakes.web_server import WebServer
from tests.index.sources.test_web import PARAGRAPHS, READER, html

MARCH = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
WHOLE = "".join(f"<p>{paragraph} ({number})</p>" for number in range(3) for paragraph in PARAGRAPHS)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as running:
        yield running


def source(url: str, memory: PageMemory | None = None, newest: int = 50) -> WebSource:
    fetcher = Fetcher(allow_hosts=["127.0.0.1"], limits=Limits(pause=0, attempts=1))
    return WebSource(url, fetcher, memory or PageMemory(), READER, newest)


def _read(page: Page) -> Feed:
    return read_feed(page.body, page.url, page.charset)


def articles(url: str) -> list[Article]:
    found = list(source(url).items())
    assert all(isinstance(item, Item) for item in found), found
    return [item.load() for item in found if isinstance(item, Item)]


def rss(*entries: tuple[str, str, str], prolog: str = "") -> str:
    """An RSS feed of (link, date, content) triples."""
    items = "".join(
        f"<item><title>Title of {escape(link)}</title><link>{escape(link)}</link>"
        f"<dc:creator>Ada Brink</dc:creator><pubDate>{date}</pubDate><description>Teaser.</description>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded></item>"
        for link, date, content in entries
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel><title>Oostmeer Post</title><language>en</language>{items}</channel></rss>"
    )


def atom(link: str, content: str) -> str:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Oostmeer Post</title><id>x</id><entry>'
        f'<title>Title of {link}</title><link href="{link}"/><author><name>Ada Brink</name></author>'
        f'<published>2026-03-02T10:00:00Z</published><content type="html">{escape(content)}</content>'
        "</entry></feed>"
    )


def json_feed(link: str, content: str) -> str:
    item = {
        "id": "1",
        "url": link,
        "title": f"Title of {link}",
        "authors": [{"name": "Ada Brink"}],
        "date_published": "2026-03-02T10:00:00+00:00",
        "content_html": content,
    }
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Oostmeer Post", "items": [item]})


def in_rss(link: str, content: str) -> str:
    return rss((link, "Mon, 02 Mar 2026 10:00:00 GMT", content))


Make = Callable[[str, str], str]
KINDS = pytest.mark.parametrize("make", [in_rss, atom, json_feed])


@KINDS
@pytest.mark.parametrize("content_type", ["application/xml", "text/html"])
def test_reads_the_page_of_each_entry(server: WebServer, make: Make, content_type: str) -> None:
    page = server.add("/ferry", html(*PARAGRAPHS))
    feed = server.add("/feed", make("/ferry", "Teaser."), content_type=content_type)
    (article,) = articles(feed)
    assert (article.id, article.title, article.text) == (page, "Ferry line approved", "\n\n".join(PARAGRAPHS))
    assert (article.author, article.published_at) == ("Ada Brink", MARCH)
    assert source(feed).partial


@KINDS
def test_takes_the_feeds_own_text_where_the_page_can_not_be_read(server: WebServer, make: Make) -> None:
    page = server.add("/ferry", "no", status=403)
    (article,) = articles(server.add("/feed", make(page, WHOLE)))
    assert (article.id, article.title, article.source) == (page, f"Title of {page}", "127.0.0.1")
    assert article.text.count("harbour council") == 3
    assert (article.author, article.published_at) == ("Ada Brink", MARCH)


def test_does_not_take_a_teaser_or_a_withdrawn_article(server: WebServer) -> None:
    forbidden = server.add("/forbidden", status=403)
    gone = server.add("/gone", status=410)
    feed = server.add("/feed", rss((forbidden, "", "<p>Teaser.</p>"), (gone, "", WHOLE)))
    first, second = source(feed).items()
    assert isinstance(first, Failure)
    assert isinstance(second, Failure)
    assert (first.location, second.location) == (forbidden, gone)
    assert "(it answered 403)" in str(first.reason)
    assert "There is no page" in str(second.reason)


def test_one_bad_entry_does_not_stop_the_others(server: WebServer) -> None:
    good = server.add("/good", html(*PARAGRAPHS))
    feed = rss(
        ("file:///etc/passwd", "", "x"), ("http://10.0.0.1/", "", "x"), ("http://[", "", "x"), (good, "", "x")
    )
    found = list(source(server.add("/feed", feed)).items())
    assert [item.id for item in found if isinstance(item, Item)] == [good]
    reasons = " ".join(str(item.reason) for item in found if isinstance(item, Failure))
    assert "only http:// and https:// are read" in reasons
    assert "a private address" in reasons


def test_only_the_newest_and_each_once(server: WebServer) -> None:
    entries = [
        (server.add(f"/{day}", html(*PARAGRAPHS, title=f"Day {day}")), f"Mon, {day:02} Mar 2026 10:00:00 GMT", "")
        for day in (2, 9, 16, 23)
    ]
    server.redirect("/again", "/23")
    entries.append((server.url + "/again", "Mon, 23 Mar 2026 09:00:00 GMT", ""))
    found = list(source(server.add("/feed", rss(*entries)), newest=3).items())
    assert [item.id for item in found if isinstance(item, Item)] == [server.url + "/23", server.url + "/16"]
    (twice,) = (item for item in found if isinstance(item, Failure))
    assert "another entry of the feed leads to already" in str(twice.reason)


def test_unchanged_pages_are_not_sent_again(server: WebServer) -> None:
    page = server.add("/ferry", html(*PARAGRAPHS), ETag='"1"')
    feed = server.add("/feed", in_rss(page, "Teaser."))
    memory = PageMemory()
    (first,) = source(feed, memory).items()
    (again,) = source(feed, memory).items()
    assert isinstance(first, Item)
    assert isinstance(again, Item)
    assert server.requests[-1].headers["If-None-Match"] == '"1"'
    assert (again.id, again.fingerprint) == (first.id, first.fingerprint)
    assert again.load() == first.load()


def test_a_host_that_keeps_failing_is_left_alone(server: WebServer) -> None:
    """The third failure in a row is enough; what the feed itself tells is taken all the same."""
    paths = [f"/{number}" for number in range(6)]
    for path in paths:
        server.add(path, status=500)
    entries = [(server.url + path, "Mon, 02 Mar 2026 10:00:00 GMT", "") for path in paths]
    told = (f"{server.url}/told", "Mon, 02 Feb 2026 10:00:00 GMT", WHOLE)
    *failures, item = source(server.add("/feed", rss(*entries, told))).items()
    assert server.paths() == ["/feed", *paths[:3]]
    assert [one.host_failed for one in failures if isinstance(one, Failure)] == [True] * 3 + [False] * 3
    assert isinstance(failures[-1], Failure)
    assert "failed 3 times in a row, so this is left for the next reading" in str(failures[-1].reason)
    assert isinstance(item, Item)
    assert item.load().url == told[0]


def test_a_slow_feed_is_read_in_turns(server: WebServer) -> None:
    """What there was no time for is read the next time, before what is known already."""

    async def slowly(request: web.BaseRequest) -> web.Response:
        await asyncio.sleep(0.1)
        return web.Response(text=html(*PARAGRAPHS, request.path), content_type="text/html")

    urls = [server.handle(f"/{number}", slowly) for number in range(8)]
    feed = server.add("/feed", rss(*((url, "", "") for url in urls)))
    memory = PageMemory()
    found: list[str] = []
    for _ in range(8):
        slow = source(feed, memory)
        slow.seconds = 0.35
        items = list(slow.items())
        assert len(items) == 8
        assert any("took more than 0.35 seconds" in str(one.reason) for one in items if isinstance(one, Failure))
        new = {item.id for item in items if isinstance(item, Item)} - set(found)
        found += [url for url in urls if url in new]
        if len(found) == 8:
            break
    assert found == urls


@KINDS
def test_an_unchanged_feed_is_not_sent_again(server: WebServer, make: Make, tmp_path: Path) -> None:
    page = server.add("/ferry", html(*PARAGRAPHS), ETag='"page"')
    feed = server.add("/feed", make(page, "Teaser."), Last_Modified="Mon, 02 Mar 2026 10:00:00 GMT")
    first = source(feed, PageMemory(tmp_path / "pages.json"))
    (item,) = first.items()
    again = source(feed, PageMemory(tmp_path / "pages.json"))
    server.add("/ferry", html(*PARAGRAPHS, "Correction: the line starts in May, the council said on Friday."))
    (changed,) = again.items()
    asked = [seen.headers.get("If-Modified-Since") for seen in server.requests if seen.path == "/feed"]
    assert asked == [None, "Mon, 02 Mar 2026 10:00:00 GMT"]
    assert (first.kind, again.kind) == ("feed", "feed")
    assert isinstance(item, Item)
    assert isinstance(changed, Item)
    assert changed.id == item.id
    assert changed.fingerprint != item.fingerprint
    assert (changed.load().author, changed.load().published_at) == ("Ada Brink", MARCH)


def test_an_unchanged_feed_still_tells_articles_whose_pages_can_not_be_read(
    server: WebServer, tmp_path: Path
) -> None:
    page = server.add("/ferry", "no", status=403)
    feed = server.add("/feed", in_rss(page, WHOLE), ETag='"feed"')
    items = [item for _ in range(2) for item in source(feed, PageMemory(tmp_path / "pages.json")).items()]
    assert server.requests[-2].headers["If-None-Match"] == '"feed"'
    first, again = items
    assert isinstance(first, Item)
    assert isinstance(again, Item)
    assert again.load() == first.load()


def test_what_was_a_feed_may_become_a_page(server: WebServer) -> None:
    memory = PageMemory()
    page = server.add("/ferry", html(*PARAGRAPHS))
    url = server.add("/x", in_rss(page, "Teaser."), ETag='"1"')
    list(source(url, memory).items())
    server.add("/x", html(*PARAGRAPHS, title="Now a page"), ETag='"2"')
    changed = source(url, memory)
    (item,) = changed.items()
    assert isinstance(item, Item)
    assert (item.id, changed.kind, memory.feed(url)) == (url, "page", None)
    assert memory.get(url)


def test_an_entity_bomb_is_refused(server: WebServer) -> None:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = rss(("/a", "", "&l11;"), prolog=f'<!DOCTYPE rss [<!ENTITY l0 "lol">{lines}]>')
    for body in (bomb.encode(), bomb.replace("UTF-8", "UTF-16").encode("utf-16")):
        (failure,) = source(server.add("/bomb", body, content_type="application/rss+xml")).items()
        assert isinstance(failure, Failure)
        assert "The feed declares XML entities" in str(failure.reason)


def test_an_external_entity_is_refused(server: WebServer) -> None:
    prolog = '<!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    (failure,) = source(server.add("/x", rss(("/a", "", "&secret;"), prolog=prolog))).items()
    assert isinstance(failure, Failure)
    assert "The feed declares XML entities" in str(failure.reason)


def test_broken_and_empty_feeds(server: WebServer) -> None:
    bodies: list[tuple[str | bytes, str]] = [
        (rss(), "announces no articles"),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": 3}', '"items" are no list'),
        ("<rss", "can't be read"),
        (b'<?xml version="1.0" encoding="\x81\xff\x8d"?><rss><channel/></rss>', "can't be told"),
        (json_feed("http://[", "x"), "names no host"),
    ]
    for body, reason in bodies:
        (failure,) = source(server.add("/feed", body)).items()
        assert isinstance(failure, Failure)
        assert reason in str(failure.reason)


def page(body: str | bytes, charset: str | None = None) -> Page:
    data = body.encode() if isinstance(body, str) else body
    return Page("https://news.example/feed", 200, data, "text/html", charset)


@pytest.mark.parametrize(
    "body",
    [
        "<rss/>",
        "\ufeff<?xml version='1.0'?>\n<!-- <html> -->\n<?x?><feed>",
        "<!DOCTYPE rss PUBLIC 'x' 'y'><rss>",
        "<!DOCTYPE rss [<!ELEMENT a (b)>]><rss>",
        '<rdf:RDF xmlns:rdf="x">',
        "<?xml version='1.0' encoding='utf-16'?><feed/>".encode("utf-16"),
        ' {"version": "https://jsonfeed.org/version/1"}',
    ],
)
def test_recognises_feeds(body: str | bytes) -> None:
    assert kind_of(page(body).body) == "feed"


@pytest.mark.parametrize(
    "body",
    [
        html("<rss/>"),
        "",
        "<",
        "<!-- <rss>",
        "<!DOCTYPE rss [",
        "{}",
        '{"version": "1"}',
        "{" * 99_999,
        "<?" * 9_999,
    ],
)
def test_recognises_what_is_no_feed(body: str) -> None:
    assert kind_of(page(body).body) != "feed"


def test_reads_a_feed_in_a_wrong_encoding_and_with_broken_xml() -> None:
    cyrillic = rss(("/a", "", "Паром одобрен")).replace("UTF-8", "windows-1251").encode("windows-1251")
    assert _read(page(cyrillic)).entries[0].content == "Паром одобрен"
    broken = _read(page(rss(("/a?x=1&y=2", "", "x")).replace("&amp;", "&").replace("</rss>", "")))
    assert broken.entries[0].url == "https://news.example/a?x=1&y=2"


def test_feed_titles_are_plain_text() -> None:
    feed = _read(page(rss(("/a", "", "x")).replace("Title of /a", "Ferry &amp;amp; &lt;b&gt;bay&lt;/b&gt;")))
    assert feed.entries[0].title == "Ferry & bay"
    assert (feed.title, feed.language) == ("Oostmeer Post", "en")


def test_json_feeds_in_plain_text() -> None:
    item = {"url": "/a", "content_text": "One < two.\n\nThree.", "author": {"name": "Ada"}, "title": 7}
    feed = _read(page(json.dumps({"version": "https://jsonfeed.org/version/1", "items": [item, 3, {}]})))
    entry, number, empty = feed.entries
    assert number.error
    assert (empty.url, empty.content) == (None, "")
    assert entry.content == "<p>One &lt; two.</p><p>Three.</p>"
    assert (entry.author, entry.title, entry.published_at) == ("Ada", None, None)


def test_a_feed_that_is_no_feed_is_refused() -> None:
    with pytest.raises(ArticleError, match="declares XML entities"):
        _read(page('<!DOCTYPE rss [<!entity a "b">]><rss/>'))


def test_a_change_told_in_dublin_core_is_not_the_day_of_publication() -> None:
    day, change = "<dc:date>2026-04-20T08:00:00Z</dc:date>", "<dcterms:modified>2026-06-11</dcterms:modified>"
    names = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    for stated in (day + change, change + day):
        body = rss(("/a", "", "x")).replace("<rss ", f"<rss {names} ").replace("</item>", f"{stated}</item>")
        (entry,) = _read(page(body)).entries
        assert entry.published_at
        assert entry.modified_at
        assert (entry.published_at.date(), entry.modified_at.date()) == (date(2026, 4, 20), date(2026, 6, 11))


@pytest.mark.parametrize("stated", ["0000-00-00", "Mon, 01 Jan 0001 00:00:00 +0000"])
def test_a_date_that_stands_for_none_leaves_the_entry_undated(stated: str) -> None:
    feed = _read(page(rss(("/a", stated, "x"))))
    assert [entry.published_at for entry in feed.entries] == [None]
