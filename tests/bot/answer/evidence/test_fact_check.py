from datetime import UTC, datetime

import pytest

from bot.answer.evidence.fact_check import Ground, missing_facts
from bot.answer.evidence.statement import Statement
from tests.fakes.hits import hit

TEXT = (
    "The National Road Agency said on Friday that 212 of 640 lorries were 3 kilometres from Bakhmut. It will pay "
    "14.9 million euros from 12 June, up from 9.5 million. A tenth came at 3.40 p.m., Olena Hryn said."
)


def missing(sentence: str, language: str = "en") -> list[str]:
    passage = hit("p", TEXT, title="Lorries near the front", published_at=datetime(2026, 3, 7, tzinfo=UTC))
    ground = Ground([passage], [Statement(TEXT, "en")], [passage])
    return missing_facts(Statement(sentence, language), ground)


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Of 640 lorries, 212 were 3,000 metres away.", "en"),
        ("More than 200 lorries wait.", "en"),
        ("Nearly 15 million euros are paid.", "en"),
        ("That is 5.4 million euros more.", "en"),
        ("About 33% of the lorries wait.", "en"),
        ("428 lorries are elsewhere.", "en"),
        ("On 6 March 2026 the NRA said so.", "en"),
        ("It pays from 12 June 2026.", "en"),
        ("In 2025 it was less.", "en"),
        ("One came at 15:40.", "en"),
        ("Bachmut's road is full, Hryn says.", "en"),
        ("Zweihundertzwölf Lastwagen warten bei Bachmut.", "de"),
        ("Le 12 juin, l'agence paie 14,9 millions d'euros.", "fr"),
    ],
)
def test_facts_that_are_there(sentence: str, language: str) -> None:
    assert missing(sentence, language) == []


@pytest.mark.parametrize(
    ("sentence", "language", "lacking"),
    [
        ("300 lorries wait.", "en", ["300"]),
        ("They are 4 kilometres away.", "en", ["4"]),
        ("It pays from 13 June.", "en", ["13 June"]),
        ("It was so in 1987.", "en", ["1987"]),
        ("The lorries under Petrov wait.", "en", ["Petrov"]),
        ("On Wednesday 212 lorries waited.", "en", ["the day of the week"]),
        ("One came at 3:50.", "en", ["3:50"]),
        ("Dreihundert Lastwagen warten.", "de", ["Dreihundert"]),
    ],
)
def test_facts_that_are_not(sentence: str, language: str, lacking: list[str]) -> None:
    assert missing(sentence, language) == lacking
