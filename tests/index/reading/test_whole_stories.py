"""Parts of a story that an extractor leaves out, and stories that only scripts would show."""

from __future__ import annotations

import json

import pytest

from index.errors import ArticleError
from index.reading.pages.html import read_html
from tests.index.reading.test_ordinary_text import HEADLINE, OTHER, STORY

TITLE = "Barge sinks in Millbrook harbour"


def _told(*paragraphs: str) -> str:
    return "".join(f"<p>{one}</p>" for one in paragraphs)


def _page(body: str) -> bytes:
    return f"<html lang=en><head><title>{TITLE}</title></head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "body",
    [
        f'{HEADLINE}<article><div class="f-lead">{STORY[0]}</div>'
        f'<div class="f-body">{_told(*STORY[1:])}</div></article>',
        f'<div><div>{HEADLINE}</div><div class="chapo"><p>{STORY[0]}</p></div>'
        f'<div class="article-texte">{_told(*STORY[1:])}</div></div>',
        f"<article>{HEADLINE}{_told(*STORY[:2])}<figure><blockquote>{STORY[2]}</blockquote>"
        f"<figcaption>Dov Parrish</figcaption></figure>{_told(*STORY[3:])}</article>",
    ],
)
def test_what_was_left_out_stands_where_it_stood(body: str) -> None:
    text = read_html(_page(body)).text
    places = [text.find(one) for one in STORY]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize(
    "words",
    [
        "Divers found cracks <button>Copy</button> in three of the pillars <label>x</label> of the quay.",
        "They <cite>said</cite> <q>it is</q> <time>on Monday</time> money of which the state pays about a half.",
    ],
)
def test_a_paragraph_that_was_cut_in_pieces_stands_once(words: str) -> None:
    body = f"<article>{HEADLINE}{_told(STORY[0], words, *STORY[1:])}</article>"
    text = read_html(_page(body)).text
    assert text.count(words.rpartition("> ")[2].strip()) == 1


@pytest.mark.parametrize("name", ["ad", "print-only", "box ads"])
def test_what_names_say_is_no_story_stays_out(name: str) -> None:
    box = f'<div class="{name}"><p>{OTHER}</p></div>'
    text = read_html(_page(f"<article>{HEADLINE}{_told(*STORY[:2])}{box}{_told(*STORY[2:])}</article>")).text
    assert all(one in text for one in STORY)
    assert OTHER not in text


def test_a_table_of_figures_with_two_paragraphs_in_a_cell_keeps_its_rows() -> None:
    rows = "".join(f"<tr><td>{one}</td></tr>" for one in ("City</td><td>Dead", "Kharkiv</td><td>7"))
    rows += "<tr><td>Kyiv</td><td><p>12</p><p>(estimate)</p></td></tr>"
    body = f"<article>{HEADLINE}{_told(*STORY[:2])}<table>{rows}</table>{_told(*STORY[2:])}</article>"
    assert "Kyiv | 12 (estimate)" in read_html(_page(body)).text


def test_the_introduction_of_a_live_page_is_what_it_tells() -> None:
    posts = "".join(f"<div class=post><span>1{n}:20</span><p>{one}</p></div>" for n, one in enumerate(STORY))
    lines = ("Share on Facebook", "Photo: AP", "By Jane Doe", "12 March 2026, 11:20", "Advertisement")
    above = "".join(f"<div>{one}</div>" for one in (*lines, OTHER))
    body = f'<div class="liveblog">{HEADLINE}{above}<div id="posts">{posts}</div></div>'
    assert read_html(_page(body)).text.split("\n\n")[0] == OTHER


def test_notes_that_the_text_leads_to_are_the_storys() -> None:
    marked = _told(f'They were taken to the old pier by ferry<a href="#nb1">[1]</a>. {STORY[3]}')
    notes = f'<div class="notes"><h2>Notes</h2><div id="nb1"><p><a href="#nh1">1</a> {STORY[4]}</p></div></div>'
    body = f'<div>{HEADLINE}<div class="entry-content">{_told(*STORY[:3])}{marked}</div>{notes}</div>'
    assert STORY[4] in read_html(_page(body)).text


def test_what_stands_behind_a_story_is_not() -> None:
    body = (
        f'<div>{HEADLINE}<div class="entry-content">{_told(*STORY)}</div><div class="x">{_told(OTHER)}</div></div>'
    )
    assert OTHER not in read_html(_page(body)).text


@pytest.mark.parametrize(
    "links",
    [
        '<hr><font><b>Other news:</b><br><a href="/1">Bridge closes for winter</a><br>'
        '<a href="/2">Market moves</a></font>',
        '<br><font><a href="/p">Bridge closes for winter</a> | <a href="/m">Mail it</a> | Read: 512</font>',
        '<div><a href="/1">Bridge closes for winter</a> <a href="/2">Market moves</a></div>',
    ],
)
def test_links_that_close_a_cell(links: str) -> None:
    told = "<br><br>".join(STORY)
    cell = f"<font size=4><b>{TITLE}</b></font><br>{told}<br>{links}"
    text = read_html(_page(f"<table><tr><td><a href=/>Home</a></td><td>{cell}</td></tr></table>")).text
    assert [one for one in STORY if one not in text] == []
    assert "Bridge closes" not in text
    assert "512" not in text


@pytest.mark.parametrize(
    "data",
    [
        {
            "props": {
                "article": {"title": TITLE, "body": _told(*STORY)},
                "related": [{"title": "A", "body": OTHER * 9}],
            }
        },
        {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n\n".join(STORY)},
        {"page": {"title": TITLE, "blocks": [{"type": "text", "text": one} for one in STORY]}},
        {"page": {"title": TITLE, "body": [{"children": [{"text": one}]} for one in STORY]}},
        {"page": {"title": TITLE, "bodyBlocks": [{"text": one} for one in STORY]}},
        {"data": {"post": {"headline": TITLE, "content": {"rendered": _told(*STORY)}}}},
        {
            "headline": TITLE,
            "id": 1.5,
            "body": [{"text": one} for one in STORY],
            "comments": [{"text": f"{OTHER} {number}"} for number in range(12)],
        },
    ],
)
def test_a_story_that_only_scripts_would_show(data: dict[str, object]) -> None:
    script = f'<div id="app"><p>Loading</p></div><script type="application/json">{json.dumps(data)}</script>'
    found = read_html(_page(script))
    assert found.text.split("\n\n") == STORY
    assert found.title == TITLE


@pytest.mark.parametrize(
    "data",
    [
        {"post": {"headline": "Bridge closes", "content": _told(*STORY)}},  # of another story
        {"post": {"headline": TITLE, "comments": [{"text": one} for one in STORY]}},
        {"post": {"headline": TITLE, "comment_blocks": [{"text": one} for one in STORY]}},
        {"@type": "NewsArticle", "headline": TITLE, "isAccessibleForFree": False, "articleBody": "\n".join(STORY)},
    ],
)
def test_data_that_is_not_to_be_read(data: dict[str, object]) -> None:
    script = f'<p>Loading</p><script type="application/ld+json">{json.dumps(data)}</script>'
    with pytest.raises(ArticleError):
        read_html(_page(script), "https://a.example/b")
