from collections.abc import Mapping, Sequence

import pytest

from bot.answer.evidence.evidence import Evidence
from bot.answer.evidence.overlap import Rarity
from bot.answer.evidence.quotes import Span
from bot.answer.evidence.statement import Statement
from bot.answer.evidence.strict import CHANGED, UNLIKE, Leaning, Strict, is_supported
from bot.answer.similarity import Likeness
from tests.fakes.hits import hit

PLANS = "The council plans to close the bridge in June, the mayor said. It carries 400 cars a day."
SPAN = (0, 45)


def evidence(text: str, start: int, end: int) -> list[Evidence]:
    return [Evidence(hit("p", text), Span(start, end, "exact"))]


@pytest.mark.parametrize(
    ("sentence", "language", "objects"),
    [
        ("The council closes the bridge in June.", "en", True),
        ("The council wants to close the bridge in June.", "en", False),
        ("Der Rat schließt im Juni die Brücke.", "de", True),
        ("Der Rat will die Brücke im Juni schließen.", "de", False),
        ("La ville ferme le pont en juin.", "fr", True),
        ("Il comune chiude il ponte a giugno.", "it", False),  # no table: nothing is said of it
    ],
)
def test_a_plan_is_not_told_as_a_fact(sentence: str, language: str, objects: bool) -> None:
    strict = Strict(Rarity([Statement(PLANS, "en")]))
    objection = strict.objection(Statement(sentence, language), evidence(PLANS, *SPAN)) or ""
    assert ("plans to" in objection) is objects
    assert objects or objection in ("", UNLIKE)  # in another language, words can't be compared
    leaning = strict.leaning(Statement(sentence, language), evidence(PLANS, *SPAN))
    assert (leaning is Leaning.AGAINST) is objects


def test_what_is_about_something_else_is_refused() -> None:
    strict = Strict(Rarity([Statement(PLANS, "en")]))
    quoted = evidence(PLANS, 63, len(PLANS))
    assert strict.objection(Statement("Bakers strike over wages since yesterday.", "en"), quoted) == UNLIKE
    assert strict.objection(Statement("Cars use it every day.", "en"), quoted) is None


class Spreads(Likeness):
    """As like as a test says: texts and words alike."""

    def __init__(self, spreads: float) -> None:
        self._spreads = spreads

    def of_texts(self, _text: str, _others: Sequence[str]) -> float:
        return self._spreads

    def of_words(self, text: str, _evidence: str) -> Mapping[str, float]:
        return dict.fromkeys(text.split(), self._spreads)


@pytest.mark.parametrize(
    ("sentence", "language", "objection"),
    [
        ("Täglich fahren 400 Autos darüber.", "de", UNLIKE),
        ("Each day it carries 400 lorries", "en", CHANGED.format(words="Each, lorries")),
        ("It carries 400 cars", "en", None),
    ],
)
def test_words_that_are_not_of_the_quote_must_be_like_it(
    sentence: str, language: str, objection: str | None
) -> None:
    quoted = evidence(PLANS, 63, len(PLANS))
    rarity = Rarity([Statement(PLANS, "en")])
    assert Strict(rarity, Spreads(1.9)).objection(Statement(sentence, language), quoted) == objection
    assert Strict(rarity, Spreads(2.1)).objection(Statement(sentence, language), quoted) is None


def test_nearly_the_same_words_speak_for_a_sentence() -> None:
    strict = Strict(Rarity([Statement(PLANS, "en")]))
    quoted = evidence(PLANS, 63, len(PLANS))
    assert strict.leaning(Statement("A day it carries 400 cars.", "en"), quoted) is Leaning.FOR
    assert strict.leaning(Statement("Traffic is heavy there.", "en"), quoted) is Leaning.NEITHER


def test_a_finished_answer_is_measured_by_the_same_rules() -> None:
    quoted = evidence(PLANS, 63, len(PLANS))
    assert is_supported("It carries 400 cars a day.", quoted)
    assert is_supported("400 cars use it each day.", quoted)
    assert not is_supported("600 cars use it each day.", quoted)
