from __future__ import annotations

import pytest

from index.text.language import detect_language, language_code, question_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The council approved the new bridge on Friday after a long debate about its cost."),
        ("nl", "De gemeenteraad keurde de nieuwe brug vrijdag goed na een lang debat over de kosten."),
        ("de", "Der Stadtrat genehmigte am Freitag die neue Brücke nach langer Debatte über die Kosten."),
        ("es", "El ayuntamiento aprobó el viernes el nuevo puente tras un largo debate sobre su coste."),
        ("uk", "Міська рада схвалила новий міст у пʼятницю після тривалої дискусії про його вартість."),
    ],
)
def test_detects(language: str, text: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "Hello", "12345 67890 12345", "Berlin Paris London Kyiv Moscow Washington"])
def test_says_nothing_when_unsure(text: str) -> None:
    assert detect_language(text) is None


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "How many people lived in Warsaw?"),
        ("nl", "Hoeveel mensen woonden er in Warschau?"),
        ("de", "Wie viele Menschen lebten in Warschau?"),
        ("es", "¿Cuántos habitantes tenía Varsovia?"),
        ("zh", "洪水何时发生在华沙？"),
        ("ja", "洪水はいつ起きた？"),
    ],
)
def test_the_language_of_a_question_is_told_sooner(language: str, question: str) -> None:
    assert question_language(question) == language
    assert question_language("Warsaw?") is None


@pytest.mark.parametrize(
    ("declared", "code"),
    [("en-GB", "en"), ("NL", "nl"), ("pt_BR", "pt"), ("English", None), ("", None), (None, None)],
)
def test_declared_languages(declared: str | None, code: str | None) -> None:
    assert language_code(declared) == code
