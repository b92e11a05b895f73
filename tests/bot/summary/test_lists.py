"""Lists told as lists, and live blogs from the newest post on."""

import pytest

from bot.answer.evidence.citations import CitationBook
from bot.summary.lists import list_drafts
from bot.summary.live import live_drafts
from index.library import Library
from tests.fakes.hits import hit

RESULTS = "Results\n\nBrack 2 Holm 0\n\nOttel 1 Vara 1\n\nTable\n\n1. Brack, 16 points\n\n2. Ottel, 14 points"


def test_a_list_is_told_by_its_items_without_its_headings() -> None:
    told = [one.text for one in list_drafts([hit("one", RESULTS)])]
    assert told == ["Brack 2 Holm 0", "Ottel 1 Vara 1", "1. Brack, 16 points", "2. Ottel, 14 points"]


def test_each_item_of_a_list_can_be_cited() -> None:
    hits = [hit("one", RESULTS)]
    book = CitationBook(hits)
    assert all(book.quote(draft) for draft in list_drafts(hits))
    assert len(book.citations) == 1


def test_a_list_that_runs_on_in_one_line_is_told_by_its_items() -> None:
    text = (
        "Brack Rovers 2 Holm Town 0; Ottel Wanderers 1 Vara City 1; Pell Albion 4 Quist Harbour 2; "
        "Riede Hill 0 Tamm Forest 3; Senning Vale 5 Urbach 5"
    )
    told = [one.text for one in list_drafts([hit("one", text)])]
    assert told[1:3] == ["Ottel Wanderers 1 Vara City 1;", "Pell Albion 4 Quist Harbour 2;"]
    assert len(told) == 5


def test_lines_of_one_pattern_are_a_list_though_they_end_as_sentences_do() -> None:
    text = "Brack - Holm 2:0.\n\nOttel - Vara 1:1.\n\nPell - Quist 4:2."
    assert len(list_drafts([hit("one", text)])) == 3


def test_what_a_list_says_in_a_sentence_is_told_with_it() -> None:
    text = f"{RESULTS}\n\nThe match of Ottel is played without spectators.\n\nDownload our app."
    told = [one.text for one in list_drafts([hit("one", text)])]
    assert told[-2:] == ["2. Ottel, 14 points", "The match of Ottel is played without spectators."]


def test_an_article_whose_lines_are_few_beside_its_text_is_no_list() -> None:
    prose = (
        "The club of Brack beat that of Holm on Sunday, in front of the largest crowd that the ground has seen."
    )
    assert list_drafts([hit("one", f"{RESULTS}\n\n{prose} {prose}\n\n{prose}")]) == []


@pytest.mark.parametrize(
    "text",
    [
        "The club of Brack beat Holm 2-0 on Sunday. It was the third win in a row.\n\nOttel drew 1-1 with Vara.",
        "Brack 2 Holm 0\n\nThe club won on Sunday.\n\nIts coach was glad.\n\nOttel comes next.",
    ],
)
def test_sentences_are_no_list(text: str) -> None:
    assert list_drafts([hit("one", text)]) == []


@pytest.mark.parametrize(
    ("text", "newest"),
    [
        (
            "6.45 p.m.: The bridge of Brack is open again.\n\n2.10 p.m.: Engineers arrived from the city of Ottel."
            "\n\n11.05 a.m.: The bridge of Brack was closed for cracks.",
            "6.45 p.m.: The bridge of Brack is open again.",
        ),
        (
            "9.00 Uhr\n\nDie Brücke von Brack wurde wegen Rissen gesperrt.\n\n12.15 Uhr\n\nIngenieure kamen "
            "aus Ottel an.\n\n17.30 Uhr\n\nDie Brücke von Brack ist wieder offen. Das Amt hat sie geprüft.",
            "[17.30 Uhr] Die Brücke von Brack ist wieder offen. Das Amt hat sie geprüft.",
        ),
        (
            "18h45 - Le pont de Brack est de nouveau ouvert.\n\n14h10 - Des ingénieurs sont arrivés d’Ottel.\n\n"
            "11h05 - Le pont de Brack a été fermé pour fissures.",
            "18h45 - Le pont de Brack est de nouveau ouvert.",
        ),
    ],
)
def test_the_newest_post_stands_under_its_time(library: Library, text: str, newest: str) -> None:
    drafts = live_drafts(library, text, [hit("one", text)], 3)
    assert drafts[0].text == newest
    assert len(drafts) == 3


def test_an_article_that_tells_of_hours_is_no_live_blog(library: Library) -> None:
    text = "At 9.00 the bridge of Brack was closed.\n\nEngineers came at 12.15 from Ottel.\n\nIt opened at 17.30."
    assert live_drafts(library, text, [hit("one", text)], 3) == []


def test_times_under_which_nothing_can_be_quoted_are_no_live_blog(library: Library) -> None:
    text = "10:00 Doors.\n\n11:00 Tea.\n\n12:00 Bread.\n\nThe mill of Orle is open to all on Sunday."
    assert live_drafts(library, text, [hit("one", text.split("The mill")[0])], 3) == []
