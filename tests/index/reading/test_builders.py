"""Pages of site builders: what stands between, before and below the paragraphs of a story is not told by it."""

from __future__ import annotations

from datetime import date

import pytest

from index.reading.extracted import Extracted
from index.reading.pages.html import read_html

FIRST = "The two wooden lock gates, which have leaked since January, will be replaced before the summer."
MIDDLE = "Nobody wants to shut a canal at Easter, but nobody will wait until a gate falls out either."
LAST = "The oak comes from an estate in the next county, where it was felled fourteen months ago."
BOX = '<h3>{}</h3><ul><li><a href="/a">Bakery on the quay closes</a></li><li><a href="/b">Lido opens</a></li></ul>'


def page(body: str, head: str = "") -> Extracted:
    markup = f"<html lang='en'><head><title>Lock gates | The Ledger</title>{head}</head><body>{body}</body></html>"
    return read_html(markup.encode(), "https://ledger.example/lock-gates", "utf-8")


def story(box: str) -> str:
    paragraphs = f"<p class='p'>{FIRST}</p><p class='p'>{MIDDLE}</p>{box}<p class='p'>{LAST}</p>"
    return f"<div class='Top_root__1'><h1>Lock gates</h1></div><div class='Body_root__2'>{paragraphs}</div>"


@pytest.mark.parametrize("heading", ["Read also", "Lees ook", "Lesen Sie auch", "Lire aussi", "Lea también"])
@pytest.mark.parametrize(
    "holder", ["{}", "<div>{}</div>", "<aside>{}</aside>", "<div class='x'><div>{}</div></div>"]
)
def test_a_story_goes_on_after_links_between_its_paragraphs(heading: str, holder: str) -> None:
    text = page(story(holder.format(BOX.format(heading)))).text
    assert FIRST in text
    assert LAST in text
    assert "Bakery" not in text


@pytest.mark.parametrize("tag", ["h2", "h3"])
def test_what_comes_next_below_a_story_in_a_part_of_its_own_takes_nothing_of_it_along(tag: str) -> None:
    link = "<h2><a href='/c'>Choir wins</a></h2>"
    below = f"<div><{tag}>Up next</{tag}>{link}<p class='p'>The choir sang well.</p></div>"
    text = page(story("") + below).text
    assert LAST in text
    assert "choir" not in text.lower()
    inside = page(story("").removesuffix("</div>") + below + "</div>").text
    assert LAST in inside
    assert "choir" not in inside.lower()


def test_day_and_author_stand_in_the_footer_of_an_article_without_metadata() -> None:
    byline = (
        "<footer>By <span typeof='schema:Person' property='schema:name'>Ada Roe</span>"
        "<time datetime='2026-03-04T08:00:00+00:00'>4 March 2026</time></footer>"
    )
    found = page(f"<article><h1>Lock gates</h1>{byline}<p>{FIRST}</p><p>{LAST}</p></article>")
    assert found.published_at is not None
    assert (found.published_at.date(), found.author) == (date(2026, 3, 4), "Ada Roe")
    assert "Ada" not in found.text


@pytest.mark.parametrize(
    "box",
    [
        "<div class='ShareBar_root__2'><span>Send it to a friend</span></div>",
        "<div class='AuthorCard_root__9'><p>Ada Roe grew up in a mill and has two dogs.</p></div>",
        "<div data-hook='link-preview'><div>Choir wins in Sallow</div></div>",
        "<div class='jp-relatedposts'><h4><a href='/c'>Choir wins in Sallow</a></h4><p>They sang well.</p></div>",
        "<a href='#main'>Skip to content</a>",
    ],
)
def test_boxes_are_known_by_the_names_that_programs_give_them(box: str) -> None:
    text = page(story(box)).text
    assert text.split("\n\n") == [FIRST, MIDDLE, LAST]


def test_a_site_s_name_in_the_first_heading_is_not_the_title() -> None:
    head = "<meta property='og:title' content='Lock gates'>"
    found = page(f"<h1>The Ledger</h1><h3>Lock gates</h3><div>{FIRST}</div><div>{LAST}</div>", head)
    assert found.title == "Lock gates"


def test_a_page_that_tells_in_divisions_is_no_list_of_others() -> None:
    cards = "".join(f"<div><h3><a href='/{n}'>Choir number {n} wins again</a></h3></div>" for n in range(6))
    told = "".join(f"<div><span>{FIRST} {n}</span></div>" for n in range(6))
    assert FIRST in page(f"<h1>Lock gates</h1>{told}{cards}").text
