import pytest

from bot.answer.evidence.evidence import Evidence
from bot.answer.evidence.judging.leaning import Leaning, leaning
from bot.answer.evidence.overlap import Rarity
from bot.answer.evidence.quotes import Span
from bot.answer.evidence.statement import Statement
from tests.fakes.hits import hit

PLANS = "The council plans to close the bridge in June, the mayor said. It carries 400 cars a day."
PLAN = [Evidence(hit("p", PLANS), Span(0, 45, "exact"))]
CARS = [Evidence(hit("p", PLANS), Span(63, len(PLANS), "exact"))]
RARITY = Rarity([Statement(PLANS, "en")])


@pytest.mark.parametrize(
    ("sentence", "language", "against"),
    [
        ("The council closes the bridge in June.", "en", True),
        ("The council wants to close the bridge in June.", "en", False),
        ("Der Rat schließt im Juni die Brücke.", "de", True),
        ("Der Rat will die Brücke im Juni schließen.", "de", False),
        ("La ville ferme le pont en juin.", "fr", True),
        ("Il comune chiude il ponte a giugno.", "it", False),  # no table: nothing is said of it
    ],
)
def test_a_plan_is_not_told_as_a_fact(sentence: str, language: str, against: bool) -> None:
    assert (leaning(Statement(sentence, language), PLAN, RARITY) is Leaning.AGAINST) is against


def test_nearly_the_same_words_speak_for_a_sentence() -> None:
    assert leaning(Statement("A day it carries 400 cars.", "en"), CARS, RARITY) is Leaning.FOR
    assert leaning(Statement("Traffic is heavy there.", "en"), CARS, RARITY) is Leaning.NEITHER
