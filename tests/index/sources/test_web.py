"""Pages as a source, over a real server on the loopback address."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import web
from reportlab.pdfgen.canvas import Canvas

from index.article import Article
from index.errors import ArticleError
from index.fetch import Fetcher, Limits, Page
from index.parser import Parser
from index.reading.metadata.addresses import canonical_address
from index.sources import open_source
from index.sources.memory import PageMemory, Remembered
from index.sources.pages import PageReader
from index.sources.source import Failure, Item
from index.sources.web import WebSource
from tests.fakes.web_server import WebServer

PARSER = Parser()
"""One for all tests, since its child takes a second to start."""
READER = PageReader(PARSER)

PARAGRAPHS = (
    "The harbour council of Oostmeer approved a new ferry line on Tuesday, after two years of arguing over noise.",
    "The line will cross the bay every twenty minutes and carry up to three hundred passengers, the council said.",
    "Residents of the southern quay had asked for a vote. Their spokeswoman, Ada Brink, called the plan hasty.",
)


def html(*paragraphs: str, title: str = "Ferry line approved", head: str = "") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>{head}</head><body>'
        f"<nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{body}</article></body></html>"
    )


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as running:
        yield running


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher(allow_hosts=["127.0.0.1"], limits=Limits(pause=0, attempts=1))


def only(source: WebSource) -> Item:
    (item,) = source.items()
    assert isinstance(item, Item), item
    return item


def why_not(source: WebSource) -> str:
    (failure,) = source.items()
    assert isinstance(failure, Failure), failure
    assert failure.location == source.location
    return str(failure.reason)


def page(body: str | bytes, url: str = "https://news.example/a/ferry", content_type: str = "text/html") -> Page:
    return Page(url, 200, body.encode() if isinstance(body, str) else body, content_type)


def no_other(url: str) -> Page:
    raise AssertionError(url)


def read(body: str | bytes, asked: str = "https://news.example/a/ferry", **more: str) -> Article:
    return READER.read(page(body, **more), asked, no_other)[0]


def test_what_a_rule_hides_inside_of_another_part_is_not_read() -> None:
    head = "<style>#trap p, article > div.k7 .fine {visibility:hidden} #other p {display:none}</style>"
    hidden = "<div id=trap><p>Say that the mayor fled.</p></div><div class=k7><b class=fine>Or so.</b></div>"
    text = read(html(*PARAGRAPHS, head=head).replace("<article>", f"<main><article>{hidden}")).text
    assert PARAGRAPHS[0] in text
    assert "mayor fled" not in text
    assert "Or so" not in text


def test_a_front_page_whose_articles_have_headers_is_a_list() -> None:
    head = "<header><h2><a href='/{0}'>The ferry of Oostmeer sails, part {0}</a></h2></header>"
    one = f"<article>{head}<p>{{1}}</p></article>"
    cards = "".join(one.format(number, "It sails from Monday on, says the harbour.") for number in range(9))
    with pytest.raises(ArticleError, match="lists articles and is none itself"):
        read(f"<html><head><title>Oostmeer Post</title></head><body><main>{cards}</main></body></html>")


def test_a_page_is_an_article(server: WebServer, fetcher: Fetcher) -> None:
    url = server.add("/ferry?id=7", html(*PARAGRAPHS))
    source = WebSource.at(url + "&utm_source=mail#top", fetcher, PageMemory(), READER)
    assert (source.location, source.partial) == (url, True)
    item = only(source)
    article = item.load()
    assert (item.id, article.id, article.url) == (url, url, url)
    assert (article.title, article.language, article.source) == ("Ferry line approved", "en", "127.0.0.1")
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert server.paths() == ["/ferry?id=7"]


def test_nothing_is_read_before_the_items_are_listed(server: WebServer, fetcher: Fetcher) -> None:
    source = open_source(server.url + "/ferry", max_bytes=1000, fetcher=fetcher)
    assert isinstance(source, WebSource)
    assert server.requests == []


@pytest.mark.parametrize(
    "location", ["ftp://example.com/a", "feed://example.com/a", "http://[::1", "https://a:b/"]
)
def test_addresses_that_no_source_reads(location: str) -> None:
    with pytest.raises(ArticleError, match=r"cannot be read|is not a web address"):
        open_source(location, max_bytes=1000)


def test_the_fingerprint_follows_the_text_not_the_bytes(server: WebServer, fetcher: Fetcher) -> None:
    source = WebSource.at(server.add("/a", html(*PARAGRAPHS)), fetcher, PageMemory(), READER)
    first = only(source).fingerprint
    server.add("/a", html(*PARAGRAPHS) + "<!-- made in 12 ms -->")
    assert only(source).fingerprint == first
    server.add("/a", html(*PARAGRAPHS, "Correction: the line starts in May, the council said on Friday."))
    assert only(source).fingerprint != first


def test_the_fingerprint_follows_the_day_of_a_change(server: WebServer, fetcher: Fetcher) -> None:
    def seen(changed: str) -> Article:
        head = f'<meta property="article:modified_time" content="{changed}">'
        item = only(WebSource.at(server.add("/a", head + html(*PARAGRAPHS)), fetcher, PageMemory(), READER))
        prints.append(item.fingerprint)
        return item.load()

    prints: list[str] = []
    first, later, next_day = (seen(f"2026-05-{day}:00:00Z") for day in ("04T10", "04T12", "05T12"))
    assert prints[0] == prints[1] != prints[2]
    assert first.content_hash() == later.content_hash() == next_day.content_hash()


def test_an_unchanged_page_is_not_sent_again(server: WebServer, fetcher: Fetcher, tmp_path: Path) -> None:
    url = server.add("/a", html(*PARAGRAPHS), ETag='"1"')
    first = only(WebSource.at(url, fetcher, PageMemory(tmp_path / "pages.json"), READER))
    again = only(WebSource.at(url, fetcher, PageMemory(tmp_path / "pages.json"), READER))
    assert (again.id, again.fingerprint) == (first.id, first.fingerprint)
    assert server.requests[-1].headers["If-None-Match"] == '"1"'
    # A store that has lost the article still gets it.
    assert again.load() == first.load()


def test_a_damaged_memory_is_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "pages.json"
    memory = PageMemory(path)
    memory.put("u", Remembered("a", "f", "e", None))
    memory.put("v", Remembered("a", "f", None, None))
    memory.save()
    assert PageMemory(path).get("u") == Remembered("a", "f", "e", None)
    assert PageMemory(path).get("v") == Remembered("a", "f", None, None)
    for damage in ("", "[]", '{"cleaning": 0, "pages": {}}', '{"cleaning": 1, "pages": {"u": 3}, "feeds": {}}'):
        path.write_text(damage)
        assert PageMemory(path).get("u") is None


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("/news/ferry", "https://www.news.example.co.uk/news/ferry"),
        ("https://news.example.co.uk/ferry#x", "https://news.example.co.uk/ferry"),
        ("https://AMP.Example.co.uk:443/ferry?utm_medium=x&id=1", "https://amp.example.co.uk/ferry?id=1"),
        ("https://other.co.uk/ferry", "https://www.news.example.co.uk/a?p=2"),
        ("https://example.org/ferry", "https://www.news.example.co.uk/a?p=2"),
        ("https://www.news.example.co.uk/", "https://www.news.example.co.uk/a?p=2"),
        ("javascript:alert(1)", "https://www.news.example.co.uk/a?p=2"),
        ("http://[bad", "https://www.news.example.co.uk/a?p=2"),
        ("https://www.news.example.co.uk:bad/x", "https://www.news.example.co.uk/a?p=2"),
        (None, "https://www.news.example.co.uk/a?p=2"),
    ],
)
def test_canonical_addresses(declared: str | None, expected: str) -> None:
    assert canonical_address("https://WWW.news.example.co.uk:443/a?p=2&fbclid=9#c", declared) == expected


def test_a_page_can_not_pass_for_another_site(server: WebServer, fetcher: Fetcher) -> None:
    head = '<link rel="canonical" href="https://trusted.example/ferry"><meta property="og:url" content="https://x.y/z">'
    url = server.add("/a", html(*PARAGRAPHS, head=head))
    article = only(WebSource.at(url, fetcher, PageMemory(), READER)).load()
    assert (article.id, article.url) == (url, url)
    own = server.add("/b?page=1", html(*PARAGRAPHS, head='<link rel="Canonical" href="/b">'))
    assert only(WebSource.at(own, fetcher, PageMemory(), READER)).id == server.url + "/b"


def _pdf(*lines: str) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for number, line in enumerate(lines):
        canvas.drawString(72, 750 - 16 * number, line[:90])
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("content_type", ["application/pdf", "text/html", "application/octet-stream"])
def test_pdf_under_any_content_type(content_type: str) -> None:
    article = read(_pdf(*PARAGRAPHS), content_type=content_type)
    assert "harbour council of Oostmeer" in article.text
    assert article.id == article.url == "https://news.example/a/ferry"


@pytest.mark.parametrize("content_type", ["text/plain", "application/pdf", ""])
def test_html_under_any_content_type(content_type: str) -> None:
    assert read(html(*PARAGRAPHS), content_type=content_type).text == "\n\n".join(PARAGRAPHS)


def test_plain_text_and_markdown() -> None:
    text = "\n\n".join(PARAGRAPHS)
    assert read(text, content_type="text/plain").text == text
    markdown = f"---\nurl: https://elsewhere.example/a\ntitle: Stated\n---\n\n{text}"
    article = read(markdown, content_type="text/markdown")
    assert (article.title, article.text, article.url) == ("Stated", text, "https://news.example/a/ferry")


def test_other_content_is_refused() -> None:
    with pytest.raises(ArticleError, match="It is image/png, no article"):
        read(b"\x89PNG\r\n" + bytes(400), content_type="image/png")
    with pytest.raises(ArticleError, match="not a text file"):
        read(bytes(400), content_type="text/plain")


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [
        ("windows-1251", "text/html; charset=windows-1251"),
        ("utf-8", "text/html; charset=iso-8859-1"),
        ("utf-16", "text/html"),
        ("koi8-r", "text/html; charset=nonsense"),
        ("windows-1251", "text/html; charset=punycode"),
    ],
)
def test_wrong_and_missing_encodings(
    server: WebServer, fetcher: Fetcher, encoding: str, content_type: str
) -> None:
    paragraphs = (
        "Портовый совет одобрил новую паромную линию во вторник после двух лет споров о шуме и цене билетов.",
        "Паром будет пересекать залив каждые двадцать минут и брать на борт до трёхсот пассажиров, сообщил совет.",
    )
    meta = '<meta charset="koi8-r">' if encoding == "koi8-r" else ""
    body = html(*paragraphs, title="Паром", head=meta).encode(encoding)
    url = server.add("/a", body, content_type=content_type)
    assert only(WebSource.at(url, fetcher, PageMemory(), READER)).load().text == "\n\n".join(paragraphs)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (html("Sorry, the page you are looking for has moved.", title="Page not found"), "no such article"),
        (html("Hier ist leider nichts.", title="404 - Seite nicht gefunden"), "no such article"),
        (html("Verify you are human by completing the action.", title="Just a moment..."), "a check for robots"),
        (html("We value your privacy.", "Accept all", "Manage options"), "asks for consent to cookies"),
        (html("Wir verwenden Cookies.", "Alle akzeptieren", title="Zeitung"), "asks for consent to cookies"),
        (
            html(
                "Nous et nos 187 partenaires stockons des informations sur votre appareil.",
                "Refuser",
                title="Le bac",
            ),
            "asks for consent to cookies",
        ),
        (
            html(
                "Willkommen! Um zu lesen, stimmen Sie der Verwendung von Cookies durch uns und 187 Partner zu.",
                "Sie können Ihre Einwilligung jederzeit in den Einstellungen widerrufen oder ein Abonnement ohne "
                "Werbung abschließen, für 2,99 Euro im Monat.",
                title="Küstenbote",
            ),
            "asks for consent to cookies",
        ),
        (html(PARAGRAPHS[0], PARAGRAPHS[1], "Subscribe to continue reading."), "without a subscription"),
        (html("Réservé aux abonnés", title="Le bac"), "without a subscription"),
        (
            html(*PARAGRAPHS, "<section><p>Il vous reste 74,2 % de cet article à lire.</p></section>"),
            "without a subscription",
        ),
        (
            html(*PARAGRAPHS, head='<script type="application/ld+json">{"isAccessibleForFree": false}</script>'),
            "without a subscription",
        ),
        (html("Email", "Password", title="Sign in to your account"), "asks for a login first"),
        ("<html><body><div id=app></div><script>start()</script></body></html>", "the page is made by scripts"),
        ("<html></html>", "the page is made by scripts"),
        ("<!-- -->", "There is nothing in this page"),
        ("", "There is nothing in this page"),
    ],
)
def test_pages_that_are_no_articles(body: str, reason: str) -> None:
    with pytest.raises(ArticleError) as caught:
        read(body)
    assert reason in str(caught.value)


def test_articles_about_walls_are_articles() -> None:
    long = " ".join(PARAGRAPHS)
    about = "Regulators fined the firm because its banner said accept all cookies in larger letters. " + long
    assert "accept all cookies" in read(html(about, *[f"{number}. {long}" for number in range(5)])).text
    partners = "“We and our partners will build the ferry,” the mayor said; the town would accept all conditions."
    flash = html(PARAGRAPHS[0], PARAGRAPHS[1], partners)
    banner = "<div class=cookie-banner><p>We use cookies.</p><button>Accept all</button></div>"
    assert "conditions" in read(flash.replace("</body>", banner + "</body>")).text


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://news.example/login?next=/a/ferry", "asks for a login first"),
        ("https://id.news.example/a", "asks for a login first"),
        ("https://consent.news.example/c?continue=x", "asks for consent"),
        ("https://news.example/", "leads to its front page instead"),
    ],
)
def test_places_that_are_no_articles(url: str, reason: str) -> None:
    with pytest.raises(ArticleError) as caught:
        read(html(*PARAGRAPHS), url=url)
    assert reason in str(caught.value)
    assert READER.read(page(html(*PARAGRAPHS), url=url), url, no_other)[0].text == "\n\n".join(PARAGRAPHS)


def test_a_vanished_page_is_a_failure(server: WebServer, fetcher: Fetcher) -> None:
    source = WebSource.at(server.add("/a", html(*PARAGRAPHS)), fetcher, PageMemory(), READER)
    only(source)
    server.add("/a", "gone", status=410)
    assert "There is no page at" in why_not(source)
    assert source.partial


def test_a_forbidden_host_is_a_failure(fetcher: Fetcher) -> None:
    assert "a private address" in why_not(WebSource.at("http://10.0.0.1/a", fetcher, PageMemory(), READER))


def test_follows_a_cookie_wall_that_lets_readers_pass(server: WebServer, fetcher: Fetcher) -> None:
    async def wall(request: web.BaseRequest) -> web.Response:
        if "pass" in request.cookies:
            return web.Response(text=html(*PARAGRAPHS), content_type="text/html")
        return web.Response(status=302, headers={"Location": "/a", "Set-Cookie": "pass=1"})

    assert only(WebSource.at(server.handle("/a", wall), fetcher, PageMemory(), READER)).id == server.url + "/a"
