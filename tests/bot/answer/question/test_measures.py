import pytest

from bot.answer.evidence.facts import language_of
from bot.answer.question.measures import measures


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How tall is the harbour bridge?", "The bridge is 48 metres high."),
        ("Hoe hoog is de brug?", "De brug is 48 meter hoog."),
        ("Wie tief ist der Hafen?", "Der Hafen ist elf Meter tief."),
        ("How long is the tunnel?", "It runs under the strait for 12 kilometres."),
        ("How long did the repairs take?", "The repairs took eleven weeks."),
        ("How long has the bridge been closed?", "The bridge has been closed since March."),
        ("How old is the mayor?", "Ada Lindqvist, 58, cut the ribbon."),
        ("How old is the captain?", "The 58-year-old denied the charge."),
        ("How heavy is the bell?", "The bell weighs 180 kilos."),
        ("What does a ticket cost?", "Tickets are sold for six crowns."),
        ("What does a ticket cost?", "Tickets are free on Sundays."),
        ("How much did the town pay for the bridge?", "The town paid $3 million."),
        ("What percentage of the voters stayed at home?", "Of the voters 42 per cent stayed at home."),
    ],
)
def test_a_measure_that_is_given(question: str, sentence: str) -> None:
    assert measures(question, sentence, language_of(question))


@pytest.mark.parametrize(
    "question",
    [
        "How tall is the harbour bridge?",
        "How long is the harbour bridge?",
        "How old is the mayor?",
        "How heavy is the bridge?",
        "What did the bridge cost?",
        "What percentage of the lorries may cross?",
    ],
)
def test_a_measure_that_is_not_given(question: str) -> None:
    assert not measures(question, "The harbour bridge reopened on Friday, and 12 lorries crossed it.", "en")


def test_nothing_is_missing_where_no_measure_is_asked_for() -> None:
    assert measures("Who opened the harbour bridge?", "The harbour bridge was opened by the mayor.", "en")
