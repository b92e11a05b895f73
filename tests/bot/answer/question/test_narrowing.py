"""Filters said in words: only what restricts when something was published, or who reported it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answer.question.narrowing import merged, narrow
from bot.answer.question.spans import read_span
from index.search import Filters

WEDNESDAY = date(2026, 5, 13)
OUTLETS = ("BBC News", "De Volkskrant", "dpa", "El País", "Le Monde", "Reuters", "The Guardian")


def days(first: str | None, last: str | None) -> tuple[date | None, date | None]:
    return date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None


@pytest.mark.parametrize(
    ("language", "text", "since", "until", "rest"),
    [
        ("en", "articles on the flood from last week", "2026-05-04", "2026-05-10", "articles on the flood"),
        ("en", "what was reported on the trial yesterday?",
         "2026-05-12", "2026-05-12", "what was reported on the trial?"),
        ("en", "any coverage of the mine since Friday", "2026-05-08", None, "any coverage of the mine"),
        ("en", "stories about the mill published in May 2023",
         "2023-05-01", "2023-05-31", "stories about the mill published"),
        ("en", "reports before 3 March 2024 on the dam", None, "2024-03-02", "reports on the dam"),
        ("en", "who spoke of the fire in the past ten days", "2026-05-03", None, "who spoke of the fire"),
        ("en", "news of this month on wolves", "2026-05-01", None, "news on wolves"),
        ("de", "Berichte der letzten drei Tage zur Bahn", "2026-05-10", None, "Berichte zur Bahn"),
        ("de", "was wurde vorige Woche über den Hafen berichtet",
         "2026-05-04", "2026-05-10", "was wurde über den Hafen berichtet"),
        ("de", "Meldungen seit dem 3. Mai zum Streik", "2026-05-03", None, "Meldungen zum Streik"),
        ("nl", "artikelen van vorige maand over de dijk", "2026-04-01", "2026-04-30", "artikelen over de dijk"),
        ("nl", "wat is er sinds maandag gepubliceerd over stikstof",
         "2026-05-11", None, "wat is er gepubliceerd over stikstof"),
        ("fr", "articles de la semaine dernière sur le port", "2026-05-04", "2026-05-10", "articles sur le port"),
        ("fr", "les dépêches d'hier sur la grève", "2026-05-12", "2026-05-12", "les dépêches sur la grève"),
        ("es", "noticias del mes pasado sobre el puerto", "2026-04-01", "2026-04-30", "noticias sobre el puerto"),
        ("es", "artículos publicados en marzo de 2025 sobre trenes",
         "2025-03-01", "2025-03-31", "artículos publicados sobre trenes"),
        ("it", "articoli di ieri sul porto", "2026-05-12", "2026-05-12", "articoli sul porto"),
        ("uk", "новини за минулий тиждень про міст", "2026-05-04", "2026-05-10", "новини про міст"),
    ],
)  # fmt: skip
def test_when_it_was_published(language: str, text: str, since: str | None, until: str | None, rest: str) -> None:
    found = narrow(text, WEDNESDAY, OUTLETS, language)
    assert (found.filters.since, found.filters.until) == days(since, until)
    assert found.text == rest
    assert all(words in text for words in found.said)


@pytest.mark.parametrize(
    ("text", "outlet", "rest"),
    [
        ("According to Reuters, who won?", "Reuters", "Who won?"),
        ("how many died according to the BBC?", "BBC News", "how many died?"),
        ("what did the Guardian write about the film", "The Guardian", "what did write about the film"),
        ("articles by Reuters on the trial", "Reuters", "articles on the trial"),
        ("wie viele starben laut dpa?", "dpa", "wie viele starben?"),
        ("dpa zufolge sinkt die Zahl, warum?", "dpa", "sinkt die Zahl, warum?"),
        ("volgens de Volkskrant is de dijk veilig", "De Volkskrant", "is de dijk veilig"),
        ("selon Le Monde, combien de postes ?", "Le Monde", "combien de postes?"),
        ("según El Pais cuántos viven allí", "El País", "cuántos viven allí"),
        ("ilu zginęło według Reutersa?", "Reuters", "ilu zginęło?"),
    ],
)
def test_who_reported_it(text: str, outlet: str, rest: str) -> None:
    found = narrow(text, WEDNESDAY, OUTLETS)
    assert found.filters == Filters(source=outlet)
    assert found.text == rest


@pytest.mark.parametrize(
    "text",
    [
        "Who won on Sunday?",
        "what was in the 2022 budget",
        "articles on the 2021 budget",
        "What came out of the May talks?",
        "what did he promise before the election",
        "what did the report say about May 2023",
        "How many died in 2015?",
        "last week's debate: who won?",
        "Who owns Reuters?",
        "what did the editor of the Guardian say?",
        "who edits The Guardian?",
        "wer leitet die dpa?",
        "was kostete die Reform von 2010",
        "hoeveel doden vielen er gisteren",
        "la directrice du Monde",
        "quién dirige El País ahora",
        "qué dijo el presidente ayer",
    ],
)
def test_what_happened_then_or_to_an_outlet_narrows_nothing(text: str) -> None:
    found = narrow(text, WEDNESDAY, OUTLETS)
    assert (found.text, found.filters, found.said) == (text, Filters(), ())


def test_both_at_once() -> None:
    found = narrow("Was hat Reuters letzte Woche über den Brand geschrieben?", WEDNESDAY, OUTLETS, "de")
    assert found.filters == Filters(date(2026, 5, 4), date(2026, 5, 10), "Reuters")
    assert found.text == "Was hat über den Brand geschrieben?"


def test_a_day_to_come_narrows_nothing() -> None:
    assert narrow("articles since 3 May 2031", WEDNESDAY).filters == Filters()


def test_an_option_outweighs_what_is_said() -> None:
    said = Filters(date(2026, 5, 4), date(2026, 5, 10), "Reuters")
    assert merged(Filters(), said) == said
    assert merged(Filters(since=date(2026, 1, 1)), said) == Filters(date(2026, 1, 1), None, "Reuters")
    assert merged(Filters(source="dpa"), said) == Filters(date(2026, 5, 4), date(2026, 5, 10), "dpa")


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("last week", ("2026-05-04", "2026-05-10")),
        ("vorige Woche", ("2026-05-04", "2026-05-10")),
        ("yesterday", ("2026-05-12", "2026-05-12")),
        ("2026-01-31", ("2026-01-31", "2026-01-31")),
        ("May 2023", ("2023-05-01", "2023-05-31")),
        ("el mes pasado", ("2026-04-01", "2026-04-30")),
        ("2019", ("2019-01-01", "2019-12-31")),
    ],
)
def test_a_day_typed_as_an_option(text: str, span: tuple[str, str]) -> None:
    assert read_span(text, WEDNESDAY) == days(*span)


@pytest.mark.parametrize("text", ["soon", "the harbour", "31.31.2020", ""])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_span(text, WEDNESDAY) is None
