"""What the opening of a sentence points back at is told before it."""

import pytest

from bot.answer.disagreement.statements import ArticleSentence, statements
from bot.summary.choosing.references import needed_before, opening_of
from bot.summary.quoting import choose_in_article
from index.library import Library
from tests.fakes.hits import hit

LEAD = "Holm is to have a second ferry across the sound, the county decided on Monday."
COURT = "Judges in Brack have stopped a first attempt at that in the year before."


def listed(*paragraphs: str, language: str = "en") -> list[ArticleSentence]:
    return statements([hit("one", "\n\n".join(paragraphs), language=language, title="Ferries")])


def needed(before: str, sentence: str, language: str = "en") -> str | None:
    own = listed(LEAD, before, sentence, language=language)
    found = needed_before(own[2], own, own[:1])
    return found.text if found else None


@pytest.mark.parametrize(
    ("before", "sentence", "language"),
    [
        ("A court in Brack stopped the plan in May.", "On the same day, insurers left the county.", "en"),
        ("Four of the ten boats burned in the harbour.", "The other six are to be sold this year.", "en"),
        ("Soldiers of Brack blew up the old pier in May.", "The operation took two hours.", "en"),
        ("A court in Brack stopped a plan for a tunnel.", "That plan is to be heard again in May.", "en"),
        ("A captain of Brack took money from passengers, the county says.", "The captain denies it.", "en"),
        ("Ein Gericht in Brack hat einen Tunnel verboten.", "Am selben Tag ging die Reederei pleite.", "de"),
        ("Een rechter in Brack verbood een tunnel.", "Die tunnel zou vorig jaar al open gaan.", "nl"),
        ("Un tribunal de Brack a interdit un tunnel.", "Le même jour, une banque a fait faillite.", "fr"),
        ("Un tribunal de Brack prohibió un túnel.", "El mismo día quebró un banco de la ciudad.", "es"),
    ],
)
def test_what_a_sentence_begins_with_is_explained(before: str, sentence: str, language: str) -> None:
    assert needed(before, sentence, language) == before


@pytest.mark.parametrize(
    "sentence",
    [
        "The ferry is to sail every hour from May.",
        "The price of a ticket is four crowns.",
        "The Holm County Council pays for all of it.",
        "This week, tickets are to be had for nothing.",
        "Tickets are to be had for nothing at first.",
    ],
    ids=["it is told", "it is explained behind", "it is a name", "it is now", "nothing is known"],
)
def test_what_needs_no_other_sentence(sentence: str) -> None:
    assert needed("A court in Brack stopped the plan in May.", sentence) is None


def test_what_leans_itself_explains_nothing() -> None:
    assert needed("They had blown it up in the spring of last year.", "The operation took two hours.") is None


def test_a_heading_parts_two_matters() -> None:
    blown = "Soldiers of Brack blew up the old pier in May."
    assert needed(f"{blown}\n\nBirds", "The operation took two hours.") is None


def test_the_last_sentence_that_has_the_noun_is_the_one() -> None:
    planned = "A tunnel was planned by engineers of Brack."
    own = listed(LEAD, planned, "Insurers doubted it.", "The tunnel is too dear.")
    assert opening_of(own[3]).noun
    assert needed_before(own[3], own, own[:1]) == own[1]


def test_a_point_is_told_behind_what_explains_it(library: Library) -> None:
    blown = "Soldiers blew up a pier."
    took = "The operation cost 40 million crowns, 12 million more than all 30 repairs of 2025, insurers say."
    points = choose_in_article(library, listed(LEAD, f"{blown} {took}"), 2)
    assert points[-1].draft.text == f"{blown} {took}"
