"""What stands around a story on its page: which parts of it are told, and which are the site's or its readers'."""

from __future__ import annotations

from datetime import date

import pytest

from index.reading.pages.html import read_html

STORY = [
    "The library of Kuusniemi has bought twenty ice augers, eleven pairs of snowshoes and one sledge for four.",
    "Whoever has a card may keep an auger for seven days; it must come back dry and with the guard on its blade.",
    "Newcomers who have never drilled a hole may join a free lesson on the town bay every Saturday at eleven.",
    "The head librarian says that people kept asking whether the house had anything that is long and sharp.",
    "Last winter the same was tried with forty umbrellas, of which thirty-one are still in the cellar today.",
]
OTHER = "The sauna of the swimming hall is warm again after the boiler was mended by its own maker."
HEADLINE = "Library lends out ice augers"


def _told(*paragraphs: str) -> str:
    return "".join(f"<p>{one}</p>" for one in paragraphs)


def _text(body: str, title: str = f"{HEADLINE} - Kuusniemi", head: str = "") -> str:
    return read_html(f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()).text


WRITER = '<script type="application/ld+json">{"@type": "Article", "author": {"name": "Ann Wright"}}</script>'
PUBLISHED = '<meta property="article:published_time" content="2026-03-02T08:00:00+02:00">'


@pytest.mark.parametrize("holder", ["div id=sisalto", "section class=x", "main", "div", "div class=c2"])
@pytest.mark.parametrize(
    "part",
    [
        "<h2>How to do it</h2><ul><li>Wear spikes</li><li>No coffee on the ice</li></ul>",
        "<p><strong>How to do it</strong></p><ol><li>Wear spikes</li><li>No coffee on the ice</li></ol>",
        "<h3>How to do it</h3><table><tr><td>Wear spikes</td></tr><tr><td>No coffee on the ice</td></tr></table>",
        "<section><section><strong><span>How to do it</span></strong></section></section>"
        "<blockquote>Wear spikes</blockquote><p>No coffee on the ice</p>",
        "<div class='mw-heading'><h2>How to do it</h2><span class=edit>[edit]</span></div>"
        "<ul><li>Wear spikes</li></ul><p>No coffee on the ice</p>",
    ],
)
def test_short_parts_amid_a_text_are_told(holder: str, part: str) -> None:
    beside = f"<div id=side><h3>Events</h3><p>Fishing moved</p><p><a href=x>{OTHER}</a></p></div>"
    text = _text(
        f"<div id=top><a href=/>Home</a></div><{holder}><h1>{HEADLINE}</h1>{_told(*STORY[:3])}{part}"
        f"{_told(*STORY[3:])}</{holder.split()[0]}>{beside}<div id=low>Kirkkotie 2. Print</div>"
    )
    for one in (*STORY, "How to do it", "Wear spikes", "No coffee on the ice"):
        assert one in text
    for one in ("Home", "Events", "Fishing moved", OTHER, "Print"):
        assert one not in text


@pytest.mark.parametrize(
    "entries",
    [
        "<div class=gb><p>He taught me to slide.</p><p>Randy Boles</p><p>March 5, 2026</p></div>"
        "<div class=gb><p>It was bigger.</p><p>A friend</p><p>March 4, 2026</p></div>",
        "<div class=c><b>Ann</b> 8 March 2026<br>He taught me to slide.</div>",
        "<ul><li><span>Randy</span><time datetime=2026-03-05>1 h</time><p>He taught me to slide.</p></li></ul>",
        "<dl><dd class=c><em>Ann</em> <i>8.3.2026 10:11</i><p>He taught me to slide.</p></dd></dl>",
        "<div class=tb><b>1. Ann</b><p>He taught me to slide</p></div><div class=tb><b>2. Bo</b><p>Me</p></div>",
        "<div class=r><p>He taught me to slide</p></div><p>Write</p><textarea></textarea>",
        "<section class=q><small>Randy</small> | <small>2026-03-04</small><p>He taught me to slide.</p></section>",
    ],
)
def test_what_readers_wrote_below_is_not_told(entries: str) -> None:
    said = f"<div class=x><h3>Said (2)</h3>{entries}</div>"
    text = _text(f"<div><h1>{HEADLINE}</h1><div class=t>{_told(*STORY)}</div>{said}</div>", head=PUBLISHED)
    assert all(one in text for one in STORY)
    assert "slide" not in text


@pytest.mark.parametrize(
    "part",
    [
        "<div class=f><h3>Facts</h3><ul><li>Augers: 20</li><li>Sledges: 1</li></ul></div>",
        "<div class=f><table><tr><td>Augers</td><td>20</td></tr><tr><td>Sledges</td><td>1</td></tr></table></div>",
        "<div class=f><h3>Dates</h3><ul><li><b>12 December 2026</b> Augers</li><li><b>19 December 2026</b> Sledges"
        "</li></ul></div>",
        f'<div class="g2"><p>Augers. {OTHER}</p></div>',
        "<div class=i><strong>Hours</strong><ul><li>Augers: 8 to 12</li><li>Sledges: 17 to 18</li></ul></div>",
        "<section class=tl><h2>Then</h2><ul><li><time datetime=2019-05-01>1 May 2019</time><p>It is built"
        ".</p></li><li><time datetime=2026-03-02>2 March 2026</time><p>Augers are lent.</p></li></ul></section>",
        f"<h2>Augers</h2><p>{OTHER}</p>",
        "<p>Correction: an earlier version gave another number of Augers.</p>",
        "<div class=qa><h3>May I drill?</h3><p>Augers only.</p></div>",
        "<div class=tip><h3>Tip</h3><p>Oil the Augers.</p></div>",
        "<p class=last>Augers go on.</p>",
        "<h3>Verdict</h3><div class=v>Augers</div>",
        "<p class=help>Helpline for Augers: 0800 555 0199</p>",
        "<div class=update><p>Update, 3pm: Augers are out.</p></div>",
        "<div>Augersの貸出は金曜日に終わる予定。</div>",
        "<table class=r><tr><td>Augers</td><td>12</td></tr><tr><td><a href=/s>Ice</a></td><td>9</td></tr></table>",
        "<ul class=r><li>Augers 3 Sleds 2</li><li>Spikes 1 Shoes 0 (<a href=/m>report</a>)</li></ul>",
        "<blockquote>Augers came in time <a href=https://a.example/1>3 May</a></blockquote>",
        "<div class=t><h3>Then</h3><div class=e><time datetime=2026-03-04>4 March 2026</time><p>The council "
        "meets.</p></div><div class=e><time datetime=2026-03-09>9 March 2026</time><p>Augers end.</p></div></div>",
        "<div class=re><p><b>Tom Hill</b>, 5 March 2026</p><p>The council replies: Augers were known.</p></div>"
        "<div class=re><p><b>Ida Berg</b>, 6 March 2026</p><p>The maker replies: nobody told us.</p></div>",
        f"<ul class=rel><li><a href=/a>{OTHER}</a></li></ul><div class=b><p>Augers go.</p><p>All over.</p></div>",
        "<div class=t2><p>Ann Wright spent a night on the ice with the Augers, and this is her diary.</p></div>",
    ],
)
def test_what_a_story_has_behind_its_text_is_told(part: str) -> None:
    text = _text(
        f"<div><h1>{HEADLINE}</h1><div class=t>{_told(*STORY)}</div>{part}</div>", head=PUBLISHED + WRITER
    )
    assert all(one in text for one in (*STORY, "Augers"))


@pytest.mark.parametrize(
    ("entry", "end"),
    [
        ("<a href=/p/{}>Anna Berg, Liberals</a><p>She wants augers number {} for all of the town.</p>", "p"),
        ("<a href=https://x.example/{}>The Long River of Brack</a><span>Jane Doe, for novel {}.</span>", "span"),
    ],
)
def test_entries_amid_a_text_that_tell_more_than_where_they_lead_are_told(entry: str, end: str) -> None:
    box = "".join(f"<div class=k>{entry.format(n, n)}</div>" for n in (1, 2))
    page = f"<div class=body>{_told(*STORY[:2])}<div class=c>{box}</div>{_told(*STORY[2:])}</div>"
    text = _text(f"<div><h1>{HEADLINE}</h1>{page}</div>")
    for n in (1, 2):
        assert entry.format(n, n).partition(f"<{end}>")[2].removesuffix(f"</{end}>") in text


def test_a_list_under_its_heading_above_a_text_is_told() -> None:
    need = "<div class=ing><h3>You need</h3><ul><li>An auger</li><li>2 sledges</li></ul></div>"
    filed = "<div class=f><ul><li><a href=/t>Towns</a></li><li>Print</li></ul></div>"
    text = _text(f"<div><h1>{HEADLINE}</h1>{filed}{need}<div class=t>{_told(*STORY)}</div></div>")
    assert "2 sledges" in text
    assert "Print" not in text


def test_a_long_part_behind_links_is_told() -> None:
    links = f"<div class=rel><a href=/x>{OTHER}</a></div>"
    two = f"<div class=two>{_told(*STORY[3:])}</div>"
    text = _text(f"<div><h1>{HEADLINE}</h1><div class=one>{_told(*STORY[:3])}</div>{links}{two}</div>")
    assert all(one in text for one in STORY)
    assert OTHER not in text


@pytest.mark.parametrize(
    "foot",
    [
        f"<div class=t9><a href=/tag/ice>ice</a></div><div class=wa><p>Read: <a href=/x>{OTHER}</a></p></div>",
        "<div class=prom><span>Like the writer</span></div><div class=tool><span>Read 10+</span></div>",
        "<p class=pr>[PR] <a href=/pr>Move house in spring</a></p>",
        "<div class=who><p>Ann Wright</p><p>Ann Wright writes of towns and lives with two dogs.</p></div>",
        f"<div class=l><div class=i><a href=/a>{OTHER}</a><p>It burnt.</p></div>"
        f"<div class=i><a href=/b>{OTHER}</a><p>It sank.</p></div></div>",
        "<ul class=links><li><a href=/print>Print this</a></li><li>Share with friends</li></ul>",
    ],
)
def test_the_foot_of_a_story_is_not_told(foot: str) -> None:
    text = _text(f"<div><h1>{HEADLINE}</h1><div class=body>{_told(*STORY)}</div>{foot}</div>", head=WRITER)
    assert text.endswith(STORY[-1])


@pytest.mark.parametrize(
    "box",
    [
        f"<div class=inline-news><span>İLGİLİ HABER</span><a>{OTHER}</a></div>",
        f"<p class=bacajuga>Baca juga: <a href=/x>{OTHER}</a></p>",
        f"<div><h4>Also:</h4><ul><li><a href=/a>{OTHER}</a></li><li><a href=/b>{OTHER}</a></li></ul></div>",
        f"<section class=s><div class=i><h5><a href=/a>{OTHER}</a></h5><p>The owners say it cost a lot.</p></div>"
        f"<div class=i><h5><a href=/b>{OTHER}</a></h5><p>A decision is expected.</p></div></section>",
        f"<details><summary>More</summary><a href=/x>{OTHER}</a></details>",
        f"<div class=w><div><p>{OTHER}</p></div><form><input type=email></form></div>",
        f"<div class=ni><h4>La lettre</h4><p>{OTHER}</p><input type=email><button>Je m’inscris</button></div>",
    ],
)
def test_boxes_of_links_amid_a_text_are_not_told(box: str) -> None:
    page = f"<div><h1>{HEADLINE}</h1><div class=body>{_told(*STORY[:2])}{box}{_told(*STORY[2:])}</div></div>"
    text = _text(page)
    assert text.endswith("\n\n".join(STORY))


def test_a_story_that_is_a_list_of_headlines_keeps_them() -> None:
    items = "".join(
        f"<div class=i><h3><a href=/{n}>What the {n} towns did</a></h3><p>{one}</p></div>"
        for n, one in enumerate(STORY)
    )
    groups = f"<div class=g>{items}</div><div class=g>{items.replace('towns', 'farms')}</div>"
    text = _text(
        f"<article><h1>{HEADLINE}</h1><div class=b>{_told(*STORY[:2])}{groups}</div></article>", head=PUBLISHED
    )
    assert "What the 3 farms did" in text


def test_a_short_line_above_a_text_in_a_script_without_spaces_is_told() -> None:
    intro = "清溪老街最后一家茶馆昨日搬迁,几十位老茶客提着自己的茶壶,一路步行送到新址。"
    told = "".join(
        f"<p>{n} 昨天上午八点，三十多位街坊排成一列，跟着掌柜往城东走去，走了一个小时。</p>" for n in range(5)
    )
    page = (
        f"<div><h2>老茶馆搬家 街坊挑着茶壶送三里</h2><div class=intro>{intro}</div><div class=c>{told}</div></div>"
    )
    assert intro in _text(page, "老茶馆搬家 街坊挑着茶壶送三里_清溪在线")


@pytest.mark.parametrize(
    ("title", "top"),
    [
        (
            f"The Old Stair: {HEADLINE}",
            f"<h1><a href='/'>The Old Stair</a></h1>|<h3 class=post-title>\n{HEADLINE}\n</h3>",
        ),
        (f"{HEADLINE} ~ Stair", f"<h1><a href='http://a.example/'>Stair</a></h1>|<h2><b>{HEADLINE}</b></h2>"),
        (
            f"{HEADLINE} | The Very Long Name of Stair",
            f"<h1><a href='/'>Stair</a></h1>|<div class=t>{HEADLINE}</div>",
        ),
        (
            "..:: Old Stair News ::..",
            f"|<font class=n>{HEADLINE}</font><br><font size=1>Jo Hill, 14 August 2004</font>",
        ),
        ("Old Stair", f"|<p class=n><b>{HEADLINE}</b></p><p>14 August 2004</p>"),
    ],
)
def test_the_headline_where_no_h1_is_one(title: str, top: str) -> None:
    name, headline = top.split("|")
    table = f"<table><tr><td>{headline}{_told(*STORY)}</td></tr></table>"
    body = f"<body><div class=top>{name}<p>News of the hill.</p></div>{table}</body>"
    found = read_html(f"<html><head><title>{title}</title></head>{body}</html>".encode())
    assert found.title == HEADLINE
    assert "News of the hill" not in found.text
    assert all(one in found.text for one in STORY)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published in The Harlow Sentinel on Mar. 3, 2026.", date(2026, 3, 3)),
        ("Veröffentlicht im Amtsblatt am 3. März 2026", date(2026, 3, 3)),
        ("Publié dans La Gazette du 3 mars 2026", date(2026, 3, 3)),
        ("Published by the council on 3 March 2026 and amended on 5 March 2026.", None),
        ("The sauna was opened on 3 March 2026.", None),
    ],
)
def test_a_line_below_the_text_tells_when_it_came_out(line: str, day: date | None) -> None:
    page = f"<div><h1>{HEADLINE}</h1>{_told(*STORY)}<p class=z>{line}</p></div><section>{_told(OTHER)}</section>"
    found = read_html(
        f"<html lang={'fr' if 'Gazette' in line else 'de' if 'Amts' in line else 'en'}>{page}".encode()
    )
    assert (found.published_at.date() if found.published_at else None) == day


def test_days_of_a_list_are_not_that_of_the_story() -> None:
    items = "".join(
        f"<li><time datetime={day}>{day}</time><p>It was then that something came to be.</p></li>"
        for day in ("2019-05-01", "2020-06-02", "2021-07-03")
    )
    page = f"<article><h1>{HEADLINE}</h1><div class=b>{_told(*STORY)}</div><section><h2>Then</h2><ul>{items}</ul>"
    found = read_html(f"<html lang=en><body>{page}</section></article></body></html>".encode())
    assert found.published_at is None
    assert "2020-06-02" in found.text
    assert found.text.count("It was then") == 3


def test_todays_day_in_the_head_of_a_page_is_not_that_of_its_story() -> None:
    top = '<div id="block-datestamp"><span class=today>Sunday 29 November 2026</span></div>'
    day = '<span class=date><time datetime="2026-03-02T16:42:10+00:00">2 March</time></span>'
    story = f"<article><header>{day}</header>{_told(*STORY)}</article>"
    comment = f"<article class=comment><p>Jo</p><p>3 March 2026</p><p>{OTHER}</p></article>"
    page = f"<body>{top}<main><h1>{HEADLINE}</h1>{story}<section>{comment}</section></main></body>"
    found = read_html(f"<html><title>{HEADLINE}</title>{page}</html>".encode())
    assert found.published_at is not None
    assert found.published_at.date() == date(2026, 3, 2)
    assert OTHER not in found.text
