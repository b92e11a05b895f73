"""In what two sentences of different articles disagree, and where they only look as if they did."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.answer.disagreement.rivals import disagree
from bot.answer.disagreement.statements import Statement
from bot.answer.question.asking import asked_for
from bot.answer.question.parts import looked_for, parts_of
from tests.fakes.hits import hit


def statement(article: str, text: str, language: str = "en", day: int = 3) -> Statement:
    found = hit(article, text)
    ref = replace(found.article, id=article, language=language, published_at=datetime(2026, 3, day, tzinfo=UTC))
    return Statement(replace(found, article=ref), 0, text, None, 0.0)


def kind(one: str, other: str, language: str = "en") -> str | None:
    first, second = statement("a", one, language), statement("b", other, language)
    texts = {"a": one, "b": other}
    reason = disagree(first, second, texts.__getitem__)
    assert disagree(second, first, texts.__getitem__) == reason
    return reason


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Nine boats sank in the storm off Varn.", "14 boats sank in the storm off Varn.", "number"),
        ("The mill cost 3.1 million euros.", "The mill cost 4.4 million euros.", "number"),
        ("Drivers of trams in Kess strike for 5 days.", "Drivers of trams in Kess strike for 9 days.", "number"),
        ("The night train left the quay at 6:10 p.m.", "The night train left the quay at 20:30.", "hour"),
        ("The pool of Oss opens on 4 May.", "The pool of Oss opens on 9 June.", "day"),
        ("The pass road is open to cars.", "The pass road is closed to cars.", "denial"),
        ("The minister met the owner of the mine.", "The minister never met the owner of the mine.", "denial"),
        (
            "The ministry ordered the gates of the dam to be opened in a call on Thursday, the engineers said.",
            "The ministry did not order the gates of the dam to be opened, the minister told reporters there.",
            "denial",
        ),
        (
            "The old mill burned down to the ground because of a cable.",
            "The old mill burned down to the ground because of arson.",
            "cause",
        ),
    ],
)
def test_what_cannot_both_be_true(one: str, other: str, expected: str) -> None:
    assert kind(one, other) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("About 2,000 people work at the yard.", "1,980 people work at the yard."),
        ("The hall has more than 1,500 seats.", "The hall has 1,560 seats."),
        ("Three people died in the fire in 2024.", "Two people died in the fire in 2026."),
        ("Nine boats sank off Varn.", "Nine boats sank off Varn, and 14 were saved."),
        ("The house approved another $200 million.", "The house approved another $550 million."),
        ("The strike will last 14 days.", "The strike will last two weeks."),
        ("The path is 24 kilometres long.", "The path is 15 miles long."),
        ("The train left at 6:10 p.m.", "The train left at about 18:15."),
        ("The pool of Oss opened on Sunday.", "The pool of Oss opened on Sunday, on 1 March."),
        ("The match was off because of fog.", "Because of fog the match was off."),
        ("The mill of Oss burned down.", "The council of Varn met on Monday."),
    ],
)
def test_what_only_looks_so(one: str, other: str) -> None:
    assert kind(one, other) is None


def test_events_in_other_places_are_other_events() -> None:
    one = "An earthquake shook Tavira on Monday and killed nine people."
    other = "An earthquake shook Lissendorp on Monday and killed four people."
    assert kind(one, other) is None


def test_reports_far_apart_are_of_other_events() -> None:
    one, other = statement("a", "Nine boats sank off Varn."), statement("b", "14 boats sank off Varn.")
    early = replace(other.hit.article, published_at=datetime(2025, 3, 3, tzinfo=UTC))
    other = replace(other, hit=replace(other.hit, article=early))
    assert disagree(one, other, lambda _: "") is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many boats sank?", "number"),
        ("Hoeveel boten zonken?", "number"),
        ("Wie viele Boote sanken?", "number"),
        ("¿Cuántos barcos?", "number"),
        ("When does it open?", "day"),
        ("Why did it burn?", "cause"),
        ("Is the pass open?", "denial"),
        ("Tell me about the fire", None),
    ],
)
def test_what_a_question_asks_for(question: str, expected: str | None) -> None:
    assert asked_for(question) == expected


def test_a_question_that_asks_several_things_has_several_parts() -> None:
    parts = parts_of("Who won the election of Oss, and how many votes did she get?")
    assert [part.asked for part in parts] == ["Who won the election of Oss?", "How many votes did she get?"]
    assert "Oss" in parts[1].meant or "election" in parts[1].meant
    for single in ("Who is the mayor of Black Hill and Oss?", "When did it burn, and why?", "Is it open?"):
        assert [part.asked for part in parts_of(single)] == [single]


def test_what_was_looked_for_are_the_telling_words() -> None:
    assert looked_for("How many votes did Marta Quist get in Oss?") == ("votes", "Marta Quist", "Oss")
