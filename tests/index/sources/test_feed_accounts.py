"""Every entry of a feed is an article, a named failure, or a copy that is told as passed over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.fetch import Fetcher, FetchError, Page
from index.parser import Parser
from index.reading.feeds.feed import read_feed
from index.reading.feeds.told import is_whole, read_entry
from index.sources.memory import PageMemory
from index.sources.pages import PageReader
from index.sources.source import Failure, Item
from index.sources.web import WebSource
from tests.index.sources.test_web import PARAGRAPHS, html
from tests.properties import examples

SITE = "https://oostmeer.example"
KINDS = (
    *("page", "whole", "gone", "wall", "teaser without link", "whole without link", "enclosure only"),
    *("shared link", "shared link, whole", "tracked copy", "no web address", "nothing at all", "other site"),
)


class Site:
    """Stands for the web: pages of the feed's site, some behind walls, some gone."""

    def __init__(self, feed: str, content_type: str) -> None:
        self._feed = Page(f"{SITE}/feed", 200, feed.encode(), content_type, "utf-8")

    def get(self, url: str, *_: object) -> Page:
        name = url.partition("#")[0].rsplit("/", 1)[-1].partition("?")[0]
        if name == "feed":
            return self._feed
        if not url.startswith("https://"):
            raise FetchError("only http:// and https:// are read")
        if name.startswith("gone"):
            raise FetchError("The site says that there is no such page.", 404)
        if name.startswith("wall"):
            body = html("Subscribe to continue reading. Already a subscriber? Log in.")
        else:
            body = html(*(f"{paragraph} ({name})" for paragraph in PARAGRAPHS), title=f"Ferry of {name}")
        return Page(url, 200, body.encode(), "text/html", "utf-8")


def whole(number: int) -> str:
    return "".join(f"<p>{paragraph} ({number}, {turn})</p>" for turn in range(3) for paragraph in PARAGRAPHS)


def entry(kind: str, number: int) -> dict[str, str]:
    """What an entry of ``kind`` has of link, content and enclosure."""
    title = {"title": f"Entry {number}"}
    addressed = {**title, "link": f"{SITE}/{kind.split()[0]}{number}"}
    match kind:
        case "whole":
            return {**addressed, "content": whole(number)}
        case "teaser without link":
            return {**title, "content": f"<p>Teaser {number}.</p>"}
        case "whole without link":
            return {**title, "content": whole(number)}
        case "enclosure only":
            return {**title, "enclosure": f"{SITE}/{number}.mp3"}
        case "shared link":
            return {**title, "link": f"{SITE}/all"}
        case "shared link, whole":
            return {**title, "link": f"{SITE}/all", "content": whole(number)}
        case "tracked copy":
            return {"title": "Copy", "link": f"{SITE}/copy?utm_source={number}"}
        case "no web address":
            return {**title, "link": "javascript:alert(1)"}
        case "nothing at all":
            return {}
        case "other site":
            return {**title, "link": f"https://veldhoven.example/{number}"}
    return addressed


def rss(entries: list[dict[str, str]]) -> str:
    items = "".join(
        "<item>"
        + "".join(f"<{name}>{escape(one[name])}</{name}>" for name in ("title", "link") if name in one)
        + (f'<enclosure url="{one["enclosure"]}" type="audio/mpeg" length="1"/>' if "enclosure" in one else "")
        + (f"<content:encoded><![CDATA[{one['content']}]]></content:encoded>" if "content" in one else "")
        + "</item>"
        for one in entries
    )
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<?xml version="1.0"?><rss version="2.0" {space}><channel><title>Post</title>{items}</channel></rss>'


def atom(entries: list[dict[str, str]]) -> str:
    items = "".join(
        "<entry>"
        + (f"<title>{one['title']}</title>" if "title" in one else "")
        + (f'<link href="{escape(one["link"])}"/>' if "link" in one else "")
        + (f'<link rel="enclosure" href="{one["enclosure"]}" type="audio/mpeg"/>' if "enclosure" in one else "")
        + (f'<content type="html">{escape(one["content"])}</content>' if "content" in one else "")
        + "</entry>"
        for one in entries
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><id>x</id>{items}</feed>'


def json_feed(entries: list[dict[str, str]]) -> str:
    items: list[dict[str, Any]] = []
    for number, one in enumerate(entries):
        item: dict[str, Any] = {"id": str(number)}
        item |= {"title": one["title"]} if "title" in one else {}
        item |= {"url": one["link"]} if "link" in one else {}
        item |= {"content_html": one["content"]} if "content" in one else {}
        item |= (
            {"attachments": [{"url": one["enclosure"], "mime_type": "audio/mpeg"}]} if "enclosure" in one else {}
        )
        items.append(item)
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Post", "items": items})


@pytest.fixture(scope="module")
def reader() -> Iterator[PageReader]:
    parser = Parser()
    yield PageReader(parser)
    parser.close()


@settings(deadline=None, max_examples=examples(40))
@given(
    st.sampled_from(
        [(rss, "application/rss+xml"), (atom, "application/atom+xml"), (json_feed, "application/json")]
    ),
    st.lists(st.sampled_from(KINDS), min_size=1, max_size=6),
)
def test_every_entry_is_accounted_for(reader: PageReader, form: Any, kinds: list[str]) -> None:
    write, content_type = form
    site = Site(write([entry(kind, number) for number, kind in enumerate(kinds)]), content_type)
    source = WebSource(f"{SITE}/feed", cast("Fetcher", site), PageMemory(), reader)
    found = list(source.items())
    items = [one for one in found if isinstance(one, Item)]
    failures = [one for one in found if isinstance(one, Failure)]
    assert len(found) == len(kinds), [(kinds, [one.id for one in items], failures)]
    assert len({one.id for one in items}) == len(items)
    assert all(one.reason for one in failures)
    readable = {"page", "whole", "whole without link", "shared link, whole", "other site"}
    assert len(items) >= sum(kind in readable for kind in kinds)
    assert len([one for one in failures if one.passed_over]) <= max(0, kinds.count("tracked copy") - 1)


def test_html_that_was_escaped_once_too_often() -> None:
    told = f"<p>{PARAGRAPHS[0]}</p><h3>Ferries</h3><p>{PARAGRAPHS[1]}</p>"
    once = escape(told)
    for content in (f"<![CDATA[{once}]]>", escape(once), escape(escape(once)), escape(f"<![CDATA[{once}]]>")):
        items = f"<item><title>A</title><link>/a</link><content:encoded>{content}</content:encoded></item>"
        feed = read_feed(_rss(items), f"{SITE}/feed")
        found = read_entry(feed.entries[0], feed)
        assert found.text == f"{PARAGRAPHS[0]}\n\nFerries\n\n{PARAGRAPHS[1]}"
        assert found.headings == ("Ferries",)


def test_words_about_html_stay_words() -> None:
    line = "Write &lt;p&gt; before a paragraph and &lt;/p&gt; behind it, says the handbook."
    items = f"<item><link>/a</link><description><![CDATA[<p>{line}</p>]]></description></item>"
    feed = read_feed(_rss(items), f"{SITE}/feed")
    assert read_entry(feed.entries[0], feed).text == line.replace("&lt;", "<").replace("&gt;", ">")


@pytest.mark.parametrize("kind", ["audio/mpeg", "video/mp4", "image/jpeg"])
def test_what_is_played_is_no_page(kind: str) -> None:
    """What an episode's summary tells is all there is to read."""
    told = " ".join(PARAGRAPHS[:2])
    attached = f'<enclosure url="https://cdn.example/1.bin" type="{kind}" length="1"/>'
    feed = read_feed(_rss(f"<item><title>A</title>{attached}<description>{told}</description></item>"), SITE)
    (entry,) = feed.entries
    assert entry.url is None
    assert is_whole(read_entry(entry, feed).text, whole=entry.whole)


def _rss(items: str) -> bytes:
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<rss version="2.0" {spaces}><channel><title>Courier</title>{items}</channel></rss>'.encode()
