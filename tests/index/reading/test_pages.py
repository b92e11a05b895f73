"""Pages as sites of old and of now make them: the story alone, under its own title and day."""

from __future__ import annotations

from datetime import date

import pytest

from index.errors import ArticleError
from index.reading.pages.html import read_html
from index.reading.read import read

STORY = [
    "The harbour council of Oostmeer approved a new ferry line on Tuesday, after two years of arguing over noise.",
    "The line will cross the bay every twenty minutes and carry up to three hundred passengers, the council said.",
    "Fishermen had feared for their nets, and were promised a channel of their own along the northern shore.",
    "The first boat is to sail in spring, if the yard that builds it finds enough welders before the winter.",
]
SAID = (
    "I was standing on the slip when she went and I can tell you that the chain was never attached.",
    "What nobody mentions is the noise, which we heard in the kitchen a mile away until the evening came.",
    "Lovely to see it done sideways again, as when the whole school was marched down to watch and got wet.",
)


@pytest.mark.parametrize(
    "line",
    [
        '<p class="sig">Par Ada Roé – Publié le 5 mars 2026 à 6 h 30</p>',
        '<div class="x1">Oostmeer, 5 March 2026</div>',
        '<p class="day">令和8年3月5日 6時30分</p>',
    ],
)
def test_the_day_below_the_headline_whatever_it_is_called(line: str) -> None:
    told = "".join(f"<p>{one}</p>" for one in STORY)
    page = f"<html><body><article><h1>Ferry line approved</h1>{line}{told}</article></body></html>"
    found = read_html(page.encode()).published_at
    assert found is not None
    assert found.date() == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Courier.example :: Ferry line across the bay approved", '<font size="5"><b>{}</b></font><br>'),
        ("Ferry line across the bay approved | The Courier", "<p><strong>{}</strong></p>"),
    ],
)
def test_a_page_laid_out_as_a_table(title: str, headline: str) -> None:
    told = "<br><br>".join(STORY)
    page = (
        f"<html><head><title>{title}</title></head><body><table>"
        "<tr><td colspan=3>The Courier, today 7 degrees</td></tr>"
        '<tr><td><a href="/">Home</a><br>Subscribe now: eight weeks for a tenner</td>'
        f"<td>{headline.format('Ferry line across the bay approved')}<font>{told}</font><br><br>"
        '<font size="1">[ <a href="#">print</a> | <a href="#">tell a friend</a> ]</font></td>'
        "<td><b>Most read</b><br>Cat survives fall from lighthouse (28-11-2025)</td></tr></table></body></html>"
    )
    found = read_html(page.encode())
    assert found.title == "Ferry line across the bay approved"
    assert all(one in found.text for one in STORY)
    for other in ("7 degrees", "tenner", "lighthouse", "tell a friend"):
        assert other not in found.text


@pytest.mark.parametrize(
    ("block", "reply"),
    [("div class=entry", "<a>Reply</a> <a>Recommend (10)</a>"), ("li", "<p><button>Antworten</button></p>")],
)
def test_what_readers_say_is_no_article(block: str, reply: str) -> None:
    said = "".join(f"<{block}><b>name</b><p>{one}</p>{reply}</{block.split()[0]}>" for one in SAID)
    page = (
        "<html><body><main><h1>Watch: sideways launch</h1><p>The ship slides in.</p>{}<section>{}</section></main>"
    )
    assert read_html(page.format("", said).encode()).text.endswith("The ship slides in.")
    told = "".join(f"<p>{one}</p>" for one in STORY)
    text = read_html(page.format(told, said).encode()).text
    assert all(one in text for one in STORY)
    assert not any(one in text for one in SAID)


def test_a_story_is_no_comment() -> None:
    told = "".join(f"<p>{one}</p>" for one in STORY)
    said = f"<div class=said><p>{SAID[0]}</p><a>Reply</a></div>"
    side = f"<div id=side><h3>Recent comments</h3><p>{SAID[1]}</p><a>Reply</a></div>"
    main = f"<div id=main><h1>Ferry line approved</h1>{told}{said}</div>"
    text = read_html(f"<html><body>{main}{side}</body></html>".encode()).text
    assert all(one in text for one in STORY)


def test_posts_that_are_the_page_are_no_comments() -> None:
    posts = "".join(f"<div class=post>{f'<p>{one}</p>' * 2}<a>Reply</a></div>" for one in STORY[:3])
    text = read_html(f"<html><body><main><h1>Ferry talk</h1>{posts}</main></body></html>".encode()).text
    assert all(one in text for one in STORY[:3])


def test_stories_one_below_the_other_are_no_live_blog() -> None:
    stories = "".join(
        f'<article><h1>Story number {one}</h1><time datetime="2026-05-{one}T17:20:00Z">{one} May 2026</time>'
        f"{''.join(f'<p>{part} ({one})</p>' for part in STORY)}</article>"
        for one in (11, 12, 13)
    )
    found = read_html(f"<html><body><div class='stream'>{stories}</div></body></html>".encode())
    assert found.title == "Story number 11"
    assert "(11)" in found.text
    assert "(12)" not in found.text


def test_a_long_name_of_a_site_is_no_headline() -> None:
    told = "".join(f"<p>{one}</p>" for one in STORY)
    page = (
        f"<title>Ferry | The Daily Harbour News</title><body><div>The Daily Harbour News</div><h2>Ferry</h2>{told}"
    )
    assert read_html(page.encode()).title == "Ferry"


def test_a_colon_in_the_title_of_a_page_parts_nothing() -> None:
    told = "".join(f"<p>{one}</p>" for one in STORY)
    page = f"<title>Ukraine : la guerre continue - Le Monde</title><body><article>{told}</article></body>"
    assert read_html(page.encode()).title == "Ukraine : la guerre continue"


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("老茶馆搬家 街坊挑着茶壶送三里_社会新闻_清溪在线", "老茶馆搬家 街坊挑着茶壶送三里"),
        ("中国-中亚峰会今天上午在西安开幕|清溪在线", "中国-中亚峰会今天上午在西安开幕"),
        ("The snake_case of the year is over", "The snake_case of the year is over"),
    ],
)
def test_sites_that_part_their_titles_without_spaces(title: str, headline: str) -> None:
    story = "".join(
        f"<p>{number} 昨天上午八点，三十多位街坊排成一列，跟着掌柜往城东走去，走了一个小时。</p>"
        for number in range(6)
    )
    page = f"<html><head><title>{title}</title></head><body><div class='c'>{story}</div></body></html>"
    assert read_html(page.encode()).title == headline


@pytest.mark.parametrize(
    "page",
    [
        "<h1>Unread</h1><ul>{}</ul><h1>Read Archive</h1><ul></ul>",
        "<h1>Lesezeichen</h1><dl><p><dt><h3>Presse</h3><dl>{}</dl></dl>",
    ],
)
@pytest.mark.parametrize("text", ["https://site.example/p/1{}", "Halm votes on its bridge {}"])
def test_what_a_reading_list_exports_is_a_list(page: str, text: str) -> None:
    links = "".join(f'<li><a href="https://site.example/p/1{n}">{text.format(n)}</a></li>' for n in range(12))
    with pytest.raises(ArticleError, match="lists articles"):
        list(read(f"<html><title>Export</title><body>{page.format(links)}</body></html>".encode(), "ril.html"))
