"""What names of classes, styles and set phrases must not take away: the story of an ordinary page."""

from __future__ import annotations

import pytest

from index.errors import ArticleError
from index.reading.cleaning.clean import clean
from index.reading.extracted import Extracted
from index.reading.pages.html import read_html

STORY = [
    "The harbour of Millbrook was closed for three days after a barge sank beside the northern quay on Monday.",
    "Divers found no fuel in the water, and the two crew members were taken to hospital with light injuries.",
    "The barge had been on its way from the grain terminal with barley when it struck something under water.",
    "Ferries to the islands ran from the old pier instead, and travellers were told to expect some delays.",
    "Insurers will look at the damage this week; the owner said that the barge would be raised in November.",
]
HEADLINE = "<h1>Barge sinks in Millbrook harbour</h1>"
OTHER = "The old bridge at Port Aldery will be closed until spring, the council has decided."


def _page(body: str, style: str = "", title: str = "Barge sinks in Millbrook harbour") -> bytes:
    head = f"<title>{title}</title><style>{style}</style>"
    return f"<html lang=en><head>{head}</head><body>{body}</body></html>".encode()


def _told(*paragraphs: str) -> str:
    return "".join(f"<p>{one}</p>" for one in paragraphs)


def _each(before: str, behind: str) -> str:
    return "".join(f"{before}<p>{one}</p>{behind}" for one in STORY)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            f"<div>{HEADLINE}"
            + _each('<div class="elementor-widget elementor-widget-text-editor">', "</div></div>"),
            id="parts of a builder",
        ),
        pytest.param(
            f"<article>{HEADLINE}" + _each('<div class="card"><div class="card-body">', "</div></div></article>"),
            id="cards",
        ),
        pytest.param(
            f'<article>{HEADLINE}{_told(*STORY[:3])}<div class="subscription-content">{_told(STORY[3])}</div>'
            f'<div class="subscriber-only">{_told(*STORY[4:])}</div></article>',
            id="what subscribers read",
        ),
        *(
            pytest.param(
                f'<article>{HEADLINE}{_told(*STORY[:2])}<section class="{name}"><h2>The {name}</h2>'
                f"{_told(*STORY[2:4])}</section>{_told(STORY[4])}</article>",
                id=f"a section on a {name}",
            )
            for name in ("donate", "newsletter", "cookie", "sponsors", "advertising", "subscription")
        ),
        pytest.param(
            f'<article>{HEADLINE}<div class="teaser">{_told(STORY[0])}</div>{_told(*STORY[1:])}</article>',
            id="a teaser that tells",
        ),
        pytest.param(
            f'<main>{HEADLINE}{_told(*STORY[:2])}<section id="social-care"><h2>Social care</h2>{_told(STORY[2])}'
            f"</section>{_told(*STORY[3:])}</main>",
            id="an anchor made of a heading",
        ),
        pytest.param(
            f'<main>{HEADLINE}{_told(*STORY[:2])}<div class="mcnCaptionBlock"><h2>What is next</h2>'
            f"{_told(STORY[2])}</div>{_told(*STORY[3:])}</main>",
            id="a caption with a heading",
        ),
        pytest.param(
            f"<article>{HEADLINE}"
            + "".join(f'<p>{one[:30]}<span class="tag">{one[30:50]}</span>{one[50:]}</p>' for one in STORY)
            + "</article>",
            id="words within a sentence",
        ),
        pytest.param(
            f"<div>{HEADLINE}{_told(STORY[0])}<h1>What the divers found</h1>{_told(*STORY[1:3])}"
            f"<h1>What happens to the barge</h1>{_told(*STORY[3:])}</div>",
            id="sections with the headline's tag",
        ),
        pytest.param(
            f"<article>{HEADLINE}{_told(*STORY[:2])}<h2>Recommended</h2>{_told(*STORY[2:])}</article>",
            id="a section called as boxes are",
        ),
        pytest.param(
            f"<table><tr><td>{HEADLINE}{_told(*STORY[:3])}</td></tr><tr><td><table><tr><td>{_told(STORY[3])}"
            f"</td></tr></table><table><tr><td>{_told(STORY[4])}</td></tr></table></td></tr></table>",
            id="tables one below the other",
        ),
    ],
)
def test_ordinary_parts_are_told(body: str) -> None:
    text = read_html(_page(body)).text
    assert [one for one in STORY if one not in text] == []


@pytest.mark.parametrize("name", ["card", "teaser", "elementor-widget", "tools", "story-topics"])
@pytest.mark.parametrize(
    "box",
    [
        '<div class="{}"><h3><a href="/b">Bridge closes for the winter</a></h3><p>{}</p></div>',
        '<a class="{}" href="/b"><h3>Bridge closes for the winter</h3><p>{}</p></a>',
        '<div class="{}"><h3>Bridge closes</h3><p>{}</p><p><a href="/b">Read more</a></p></div>',
    ],
)
def test_boxes_that_lead_elsewhere_are_not(name: str, box: str) -> None:
    body = f"<article>{HEADLINE}{_told(*STORY[:3])}{box.format(name, OTHER)}{_told(*STORY[3:])}</article>"
    text = read_html(_page(body)).text
    assert [one for one in STORY if one not in text] == []
    assert OTHER not in text


@pytest.mark.parametrize(
    "box",
    [
        '<p class="also-read">Also read: <a href="/b">{}</a></p>',
        '<div class="subscription-form"><p>{}</p><form><input type=email></form></div>',
        '<div class="c-donate"><h4>The Post lives by its readers</h4><p>{}</p></div>',
    ],
)
def test_boxes_of_known_names_are_not_told(box: str) -> None:
    body = f"<article>{HEADLINE}{_told(*STORY[:3])}{box.format(OTHER)}{_told(*STORY[3:])}</article>"
    text = read_html(_page(body)).text
    assert [one for one in STORY if one not in text] == []
    assert OTHER not in text


def test_the_body_that_a_page_marks_keeps_its_headings_and_lists() -> None:
    parts = f"<h3>Ferries</h3>{_told(STORY[2])}<ul><li>The pier opens at six.</li></ul>{_told(*STORY[3:])}"
    body = f'<div>{HEADLINE}<div class="x" property="articleBody">{_told(*STORY[:2])}{parts}</div></div>'
    found = read_html(_page(body))
    assert found.headings == ("Ferries",)
    assert "- The pier opens at six." in found.text


def test_a_headline_with_an_author_or_a_day_below_is_another_story() -> None:
    for line in ("<p>By Jan Roe</p>", "<time>4 May 2026</time>"):
        body = f"<div>{HEADLINE}{_told(*STORY)}<h1>Bridge closes for the winter</h1>{line}{_told(OTHER)}</div>"
        assert OTHER not in read_html(_page(body)).text


def test_the_sidebar_of_a_table_is_not_told() -> None:
    body = f"<table><tr><td><a href=/>Home</a></td><td>{HEADLINE}{_told(*STORY)}</td><td>{_told(OTHER)}</td></tr>"
    text = read_html(_page(f"<table><tr><td>{body}</table></td></tr></table>")).text
    assert STORY[4] in text
    assert OTHER not in text


@pytest.mark.parametrize(
    "box",
    [
        f"<div class=donate><h3>Give</h3><p>{OTHER}</p></div>",
        f"<section class=newsletter><h3>Our letter</h3><p>{OTHER}</p><form><input></form></section>",
        f"<section class=donate><h3>Give</h3><p>{OTHER}</p><button>Now</button></section>",
        f"<section class=promo><h3>Buy</h3><p>{OTHER}</p><p><a href=/x>Buy it</a></p></section>",
        f"<section class=sponsor><p>{OTHER}</p></section>",
    ],
)
def test_what_a_site_asks_for_is_not_told(box: str) -> None:
    text = read_html(_page(f"<article>{HEADLINE}{_told(*STORY[:2])}{box}{_told(*STORY[2:])}</article>")).text
    assert OTHER not in text
    assert [one for one in STORY if one not in text] == []


def test_what_readers_say_in_the_cell_of_a_story_is_not_told() -> None:
    said = f'<div class="comm"><h3>Комментарии (2)</h3><div class="c"><b>Ann</b> 08.11.2025<br>{OTHER}</div></div>'
    cell = f'{HEADLINE}<div class="text">{_told(*STORY)}</div>{said}'
    text = read_html(_page(f"<table><tr><td><a href=/>Home</a></td><td>{cell}</td></tr></table>")).text
    assert [one for one in STORY if one not in text] == []
    assert OTHER not in text


@pytest.mark.parametrize(
    "style",
    [
        ".part{opacity:0;transition:opacity 1s} .part.on{opacity:1}",  # by a script, as one scrolls
        ".part{margin-top:-120px}",
        "@media screen and (max-width: 600px){.part{display:none}}",
        ".part{display:none} .part.active{display:block}",
        ".a .b .c .d .part{display:none}",
        ".other > .part{display:none}",
        ".part{background:linear-gradient(red,blue);-webkit-background-clip:text;color:transparent}",
        ".part{color:transparent} .part{color:#000}",
        ".part{left:-999px} .part{left:0}",
        ".part{display:none;display:block}",
    ],
)
def test_what_is_shown_is_told(style: str) -> None:
    parts = "".join(f'<div class="part active"><p>{one}</p></div>' for one in STORY)
    text = read_html(_page(f'<main class="d">{HEADLINE}{parts}</main>', style)).text
    assert [one for one in STORY if one not in text] == []


def test_scripts_are_no_part_of_what_a_page_says() -> None:
    body = f"<main>{HEADLINE}{_each('<div class=part>', '</div>')}</main><script>{'var a = 1;' * 900}</script>"
    text = read_html(_page(body, ".part{opacity:0}")).text
    assert [one for one in STORY if one not in text] == []


@pytest.mark.parametrize(
    "style",
    [
        ".part{display:none}",
        ".part{display:block} .part{display:none}",
        ".part{display:none!important} main .part{display:block}",
        "@media screen{.part{visibility:hidden}}",
        "main > .part{opacity:0}",
        ".part{color:transparent}",
        ".part{color:transparent;font-size:0} .part{color:#000}",
    ],
)
def test_what_is_hidden_is_not(style: str) -> None:
    text = read_html(
        _page(f'<main>{HEADLINE}{_told(*STORY)}<div class="part"><p>{OTHER}</p></div></main>', style)
    ).text
    assert STORY[0] in text
    assert OTHER not in text


@pytest.mark.parametrize(
    "title",
    [
        "500 jobs to go at Millbrook harbour",
        "404 barges counted in the harbour",
        "Missing skipper not found after barge sinks",
        "Missing skipper: not found",
        "Customs post removed at the harbour",
        "What to do when something went wrong at sea",
    ],
)
def test_headlines_that_sound_like_errors(title: str) -> None:
    body = f"<article><h1>{title}</h1>{_told(*STORY)}</article>"
    assert STORY[4] in read_html(_page(body, title=f"{title} - Millbrook Post")).text


@pytest.mark.parametrize(
    "title",
    [
        "404 Not Found",
        "404: not found",
        "Not found | Millbrook Post",
        "Page not found",
        "Error 404",
        "404: This page could not be found",
        "Story removed",
        "500 - Oops",
    ],
)
def test_pages_of_errors(title: str) -> None:
    words = "You may have followed an old link to get here, or typed the address wrongly. Please try the search."
    with pytest.raises(ArticleError):
        read_html(_page(f"<main><h1>{title}</h1>{_told(words, words[::-1])}</main>", title=title))


@pytest.mark.parametrize(
    "line",
    [
        "The pool is open only to members, the council said.",
        "Farmers can register to get help with feed until Friday.",
        "The company sells premium content to readers abroad.",
        "Das neue Modell kann man jetzt testen, sagt der Hersteller.",
        "Il était déjà abonné au journal de la ville.",
        "The offer reached subscribers only in May.",
        "Subscribers only grew by 2 percent last year",
        "Only for members of parliament is the ride free",
    ],
)
def test_sentences_that_sound_like_walls(line: str) -> None:
    assert (
        line in read_html(_page(f"<article>{HEADLINE}{_told(*STORY, line)}</article>"), "https://a.example/b").text
    )


@pytest.mark.parametrize(
    "line",
    [
        "Get vaccinated for free at the town hall from Monday, the health department said.",
        "Contributing factors include drought, heat and poor forestry.",
        "It first appeared in Wuhan in late 2019.",
        "The report was updated on Friday to include 14 more deaths, the ministry said.",
        "Meld je bij de politie als je iets gezien hebt.",
        "Register your dog for free before 1 July.",
        "Edited by the historian Ann Doe, the letters fill 600 pages.",
        "Have a good day at the races and you might win 400 pounds.",
        "Let's get started on the repairs, the mayor said.",
        "Volg ons voorbeeld, zei de burgemeester.",
        "The opinions expressed are strong: 60% want a new bridge.",
        "Register of Copyrights Shira Perlmutter wrote in a newsletter that she was fired on Saturday.",
        "This report was updated annually by the United Nations until 2019, when the funds ran out.",
        "The views expressed in this survey of 2,000 voters point to a narrow win for the opposition.",
        "Meld je aan bij de gemeente voor 1 mei, zegt de wethouder.",
        "同比增长50%2019年为30%。",
    ],
)
def test_sentences_that_sound_like_a_site(line: str) -> None:
    text = "\n\n".join((*STORY[:2], line, *STORY[2:]))
    assert line in clean(Extracted(text=text, title="Barge sinks"), "a").text


@pytest.mark.parametrize("state", ["no-share", "has-related", "withShare", "share-off", "no-newsletter"])
def test_a_story_whose_state_is_named_is_whole(state: str) -> None:
    below = f"<h2>What it cost</h2><ul><li>one crane;</li><li>two tugs.</li></ul>{_told(*STORY[3:])}"
    inner = _told(*STORY[:3]) + below
    found = read_html(_page(f'<div>{HEADLINE}<div class="entry-content {state}"><div>{inner}</div></div></div>'))
    assert all(part in found.text for part in (*STORY, "What it cost", "- one crane;", "- two tugs."))
