"""What people have, read by the real command: one input of each kind that readers are known to get wrong."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bot.cli import main
from bot.settings import PREFIX
from index.fetch import Limits
from tests.fakes.embeddings import WordEmbeddings
from tests.fakes.web_server import WebServer

SITE = "http://SITE"
"""Stands for the loopback server."""
BREAD = "The bakery on Tanner Row opened again on Monday after the fire, its owner Lena Hask said at the counter."
OVEN = (
    "The oven was built by a mason from Ostby, who had never built one before and does not mean to build another."
)
HILL = "Skiers waited two hours at the lift on Sunday, since one of its two engines had stopped in the morning."


@dataclass(frozen=True)
class Kind:
    """An input, and what must come of it: texts and days by title, and words that must be nowhere.

    ``updated`` are the days of changes; all other articles are told to have none.
    """

    name: str
    content: str | bytes | Callable[[], bytes]
    titles: Mapping[str, str | None] = field(default_factory=dict)
    holds: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    updated: Mapping[str, str] = field(default_factory=dict)


def page(body: str, head: str = "", title: str = "Bakery opens again") -> str:
    return f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>{head}</head><body>{body}</body></html>"


def drawn(draw: Callable[[Canvas], None]) -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=A4)
    draw(canvas)
    canvas.save()
    return written.getvalue()


def columns(canvas: Canvas) -> None:
    left = [
        "Bakery in two columns",
        "The bakery on Tanner Row",
        "opened again on Monday",
        "after the fire of May.",
    ]
    right = ["The oven was built by a", "mason from Ostby, who", "had never built one", "before, the owner said."]
    for row in range(12):
        for x, lines in ((60, left), (320, right)):
            canvas.drawString(x, 780 - 16 * row, lines[row] if row < 4 else f"{lines[1 + row % 3]}")


def running_heads(canvas: Canvas) -> None:
    for number, line in enumerate((BREAD, OVEN, HILL), start=1):
        canvas.drawString(60, 815, "Tanner Row Herald - confidential copy")
        for row, start in enumerate(range(0, len(line), 60)):
            canvas.drawString(60, 700 - 16 * row, line[start : start + 60])
        canvas.drawString(290, 30, f"Page {number}")
        canvas.showPage()


def hyphens(canvas: Canvas) -> None:
    lines = [
        "The baker re-",
        "signed on Monday after the fire on Tan-",
        "ner Row, and went home to sleep for a day.",
    ]
    for row, line in enumerate(lines):
        x = 60.0
        for letter in line:
            canvas.drawString(x, 700 - 14 * row, letter)
            x += canvas.stringWidth(letter)
    canvas.drawString(60, 640, BREAD[:80])


def rss(*items: str) -> str:
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    channel = f"<channel><title>Row</title>{''.join(items)}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0" {space}>{channel}</rss>'


def told(title: str, *fields: str) -> str:
    content = "".join(f"<p>{title}: {line}</p>" for line in (BREAD, OVEN, HILL) * 2)
    whole = f"<content:encoded><![CDATA[{content}]]></content:encoded>"
    return f"<item><title>{title}</title>{''.join(fields)}{whole}</item>"


def dated(title: str, day: str) -> str:
    return told(title, f"<guid>{title}</guid>", f"<pubDate>{day}</pubDate>")


KINDS = [
    Kind(
        "short-japanese.html",
        page(
            "<article><h1>港に新しい橋</h1><p>桜浜町は火曜日、百年前に建てられた灯台のレンズを新しいものに取り替えたと発表した。"
            "町長は工事に二年かかったと語った。</p></article>",
            title="港に新しい橋",
        ),
        {"港に新しい橋": None},
        ("灯台のレンズ",),
    ),
    Kind(
        "bad-byte.txt",
        "Title: Пекарня відчинена\nSource: Вісник\n\nПекарня на Чинбарній вулиці знову відчинилася в "
        "понеділок після пожежі, сказала її "
        "власниця.".encode()
        + b"\xff"
        + " Піч збудував муляр із сусіднього села.".encode(),
        {"Пекарня відчинена": None},
        ("Піч збудував муляр",),
    ),
    Kind(
        "old-encoding.txt",
        "Title: Piekarnia znów otwarta\nSource: Goniec\n\nPiekarnia przy ulicy Garbarskiej została w poniedziałek "
        "znów otwarta po pożarze. "
        "Właścicielka powiedziała, że piec zbudował zdun, który nigdy wcześniej żadnego nie stawiał.".encode(
            "cp1250"
        ),
        {"Piekarnia znów otwarta": None},
        ("została w poniedziałek znów otwarta po pożarze",),
    ),
    Kind(
        "runs-on.html",
        page(
            f"<main><article><h1>Bakery runs on</h1><p>{BREAD}</p><p>{OVEN}</p></article>"
            f"<article><h1>Skiers wait at the lift</h1><p>{HILL}</p></article></main>",
            title="Bakery runs on",
        ),
        {"Bakery runs on": None},
        never=("Skiers",),
    ),
    Kind(
        "columns.pdf",
        lambda: drawn(columns),
        holds=("opened again on Monday after the fire",),
        never=("Row mason",),
    ),
    Kind("heads.pdf", lambda: drawn(running_heads), never=("confidential copy", "Page 2")),
    Kind(
        "hyphens.pdf", lambda: drawn(hyphens), holds=("The baker resigned on Monday after the fire on Tanner Row",)
    ),
    Kind(
        "drops.xml",
        rss(
            told("Entry told whole"),
            "<item><title>Entry of sound</title>"
            "<enclosure url='http://SITE/a.mp3' type='audio/mpeg' length='1'/></item>",
        ),
        {"Entry told whole": None},
        failures=("Entry of sound",),
    ),
    Kind(
        "dates.xml",
        rss(
            dated("Epoch entry", "0"),
            dated("Far entry", "Fri, 02 May 2031 10:00:00 GMT"),
            dated("Words entry", "May 4, 2026"),
            told(
                "Changed entry",
                "<guid>c</guid><pubDate>Mon, 04 May 2026 10:00:00 GMT</pubDate>"
                "<atom:updated xmlns:atom='http://www.w3.org/2005/Atom'>2026-05-07T10:00:00Z</atom:updated>",
            ),
        ),
        {"Epoch entry": None, "Far entry": None, "Words entry": "2026-05-04", "Changed entry": "2026-05-04"},
        updated={"Changed entry": "2026-05-07"},
    ),
    Kind(
        "dates.html",
        page(
            "<article><h1>Bakery changed</h1>"
            "<div class='dates'>Updated: 20 June 2026 | Published: 2 June 2026</div>"
            f"<p>{BREAD}</p><p>{OVEN}</p></article>",
            title="Bakery changed",
        ),
        {"Bakery changed": "2026-06-02"},
        updated={"Bakery changed": "2026-06-20"},
    ),
    Kind(
        "stated.html",
        page(
            f"<article><h1>Bakery stated</h1><p>{BREAD}</p><p>{OVEN}</p></article>",
            '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bakery stated", '
            '"datePublished": "2026-05-04T09:00:00Z", "dateModified": "2026-05-07T09:00:00Z"}</script>',
            title="Bakery stated",
        ),
        {"Bakery stated": "2026-05-04"},
        updated={"Bakery stated": "2026-05-07"},
    ),
    Kind(
        "before.html",
        page(
            f"<article><h1>Bakery before</h1><p>{BREAD}</p><p>{OVEN}</p></article>",
            '<meta property="article:published_time" content="2026-05-04T09:00:00Z">'
            '<meta property="article:modified_time" content="2026-05-01T09:00:00Z">',
            title="Bakery before",
        ),
        {"Bakery before": "2026-05-04"},
    ),
    Kind(
        "slashes.html",
        page(
            f"<article><h1>Bakery slashed</h1><p class='date'>03/04/2026</p><p>{BREAD}</p><p>{OVEN}</p></article>",
            title="Bakery slashed",
        ),
        {"Bakery slashed": None},
    ),
    Kind(
        "live.html",
        page(
            "<main><h1>Fire on Tanner Row: live</h1>"
            + "".join(
                f"<div class='live-post'><time>{hour}:10</time><h2>{heading}</h2><p>{line}</p></div>"
                for hour, heading, line in ((18, "Out", BREAD), (17, "Smaller", OVEN), (16, "Seen", HILL))
            )
            + "</main>",
            '<script type=\'application/ld+json\'>{"@type": "LiveBlogPosting", "headline": '
            '"Fire on Tanner Row: live", "datePublished": "2026-05-04T09:00:00Z"}</script>',
            title="Fire on Tanner Row: live",
        ),
        {"Fire on Tanner Row: live": "2026-05-04"},
        ("18:10 Out", "16:10 Seen"),
    ),
    Kind(
        "notes.md",
        "---\ntitle: Notes of a bakery\npublished: 2026-05-04\naliases: [row, [[Row]]]\n---\n"
        "> [!info] Clipped\n\n"
        "The bakery on [[Tanner Row|the row]] opened ==again== on Monday.\n\n"
        f"{OVEN}\n\n%% ask Lena about the loan %%\n\n"
        "::: {.note}\n[The baker]{.smallcaps} had no more flour.\n:::\n",
        {"Notes of a bakery": "2026-05-04"},
        ("The bakery on the row opened again on Monday.", "The baker had no more flour."),
        ("ask Lena", "[[", ":::", "{."),
    ),
    Kind(
        "markup.json",
        json.dumps(
            {
                "title": "Markup in a record",
                "text": f"<p>{BREAD} &amp; more</p><p><b>{OVEN}</b></p>",
                "dateModified": "2031-05-01",
            }
        ),
        {"Markup in a record": None},
        (f"{BREAD} & more",),
        ("<p>", "&amp;"),
    ),
    Kind(
        "header.md",
        '+++\ntitle = "Header in TOML"\ndate = 2026-05-04T10:00:00Z\nlastmod = 2026-05-09\n+++\n'
        f"{BREAD}\n\n{OVEN}\n",
        {"Header in TOML": "2026-05-04"},
        never=("+++",),
        updated={"Header in TOML": "2026-05-09"},
    ),
    Kind(
        "colon.md",
        "---\ntitle: Bakery: the oven is lit\nlink: https://row.example/oven\npublished: 4 May 2026\n---\n"
        f"{BREAD}\n\n{OVEN}\n",
        {"Bakery: the oven is lit": "2026-05-04"},
    ),
    Kind(
        f"{SITE}/wall",
        page(
            f"<article><h1>Behind a wall</h1>{f'<p>{BREAD}</p><p>{OVEN}</p>' * 8}"
            "<p>Subscribe to continue reading.</p></article>",
            '<script type=\'application/ld+json\'>{"@type": "NewsArticle", "headline": "Behind a wall", '
            '"isAccessibleForFree": false}</script>',
            title="Behind a wall",
        ),
        never=("Subscribe to continue",),
        failures=("without a subscription",),
    ),
    Kind(
        f"{SITE}/feed",
        rss(told("Longer in the feed", f"<link>{SITE}/teaser</link>")),
        {"Longer in the feed": None},
        ("Longer in the feed: Skiers waited",),
    ),
]
TEASER = page(
    f"<article><h1>Longer in the feed</h1><p>{BREAD}</p><p>{OVEN}</p></article>", title="Longer in the feed"
)


@dataclass(frozen=True)
class Indexed:
    """What the command made of all inputs: articles by title, and what it said of failures."""

    articles: Mapping[str, dict[str, Any]]
    failures: str


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Indexed]:
    """All inputs, indexed by one run of ``newsdesk index``."""
    folder, home = tmp_path_factory.mktemp("inputs"), tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch, WebServer() as server:
        for name in [name for name in os.environ if name.upper().startswith(PREFIX)]:
            patch.delenv(name)
        patch.chdir(folder)
        patch.setattr("bot.app.build_embeddings", lambda *_, **__: WordEmbeddings())
        patch.setattr("index.fetch.Limits", partial(Limits, pause=0))
        patch.setenv("NEWSDESK_HOME", str(home))
        patch.setenv("NEWSDESK_ALLOW_HOSTS", "127.0.0.1")
        addresses = [_laid_out(kind, folder, server) for kind in KINDS]
        server.add("/teaser", TEASER)
        report = json.loads(_ran(patch, "index", str(folder), *filter(None, addresses), "--json"))
        lines = [json.loads(line) for line in _ran(patch, "export").splitlines()]
        found = {line["title"]: line for line in lines if "text" in line and "title" in line}
        yield Indexed(found, json.dumps(report["failures"], ensure_ascii=False))


def _laid_out(kind: Kind, folder: Path, server: WebServer) -> str | None:
    """Put an input where the command finds it; its address, if it is on the web."""
    content = kind.content() if callable(kind.content) else kind.content
    data = content.encode() if isinstance(content, str) else content
    data = data.replace(SITE.encode(), server.url.encode())
    if kind.name.startswith(SITE):
        return server.add(kind.name.removeprefix(SITE), data)
    (folder / kind.name).write_bytes(data)
    return None


def _ran(patch: pytest.MonkeyPatch, *arguments: str) -> str:
    patch.setattr(sys, "argv", ["newsdesk", *arguments])
    written = io.StringIO()
    with contextlib.redirect_stdout(written), pytest.raises(SystemExit):
        main()
    return written.getvalue()


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_each_kind_is_read_rightly_by_the_command(indexed: Indexed, kind: Kind) -> None:
    for title, day in kind.titles.items():
        assert title in indexed.articles, (sorted(indexed.articles), indexed.failures)
        assert (indexed.articles[title].get("published_at") or "")[:10] == (day or "")
        assert (indexed.articles[title].get("modified_at") or "")[:10] == kind.updated.get(title, "")
    texts = [indexed.articles[title]["text"] for title in kind.titles]
    texts = texts or [one["text"] for one in indexed.articles.values()]
    for words in kind.holds:
        assert any(words in text for text in texts), texts
    for words in kind.never:
        assert not any(words in text for text in texts), texts
    for words in kind.failures:
        assert words in indexed.failures
