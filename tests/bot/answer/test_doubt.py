"""What the quotes only come close to is marked as such, in every engine that quotes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answer.answer import Answer, last_of
from bot.app import App
from index.article import SHARED

pytestmark = pytest.mark.slow

BRIDGE = """---
title: Harbour bridge reopened
language: en
---

The harbour bridge of Tollhaven was reopened on Friday after repairs that had taken eleven weeks. The mayor, Ada
Lindqvist, cut a ribbon. Cars may cross the bridge from six in the morning; lorries have to wait until the spring.
"""
PIER = """---
title: Pier of Tollhaven painted
language: en
---

The pier of Tollhaven is being painted green. The harbour master chose the colour himself.
"""


@pytest.fixture
def town(app: App, tmp_path: Path) -> App:
    """An app over two articles about one harbour."""
    for name, text in (("bridge", BRIDGE), ("pier", PIER)):
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    app.library.sync([str(tmp_path / "bridge.md"), str(tmp_path / "pier.md")], SHARED)
    return app


async def ask(app: App, question: str) -> Answer:
    return await last_of(app.desk.ask(question, [SHARED]))


@pytest.mark.parametrize(
    "question",
    [
        "When was the harbour bridge of Tollhaven reopened?",
        "How long did the repairs of the harbour bridge take?",
        "What colour is the pier of Tollhaven being painted?",
    ],
)
async def test_what_is_told_is_not_in_doubt(town: App, question: str) -> None:
    answer = await ask(town, question)
    assert answer.sentences
    assert not answer.doubtful
    assert answer.nearest == ()


@pytest.mark.parametrize(
    "question",
    [
        "How tall is the harbour bridge of Tollhaven?",
        "What did the harbour bridge of Tollhaven cost?",
        "Which company designed the harbour bridge of Tollhaven?",
    ],
)
async def test_what_is_named_and_not_told_is_in_doubt_or_not_answered(town: App, question: str) -> None:
    answer = await ask(town, question)
    assert answer.doubtful or answer.abstained


async def test_a_doubtful_answer_still_quotes_and_offers_what_it_does_not_quote(town: App) -> None:
    answer = await ask(town, "Which company designed the harbour bridge of Tollhaven?")
    assert answer.doubtful
    assert "harbour bridge of Tollhaven was reopened" in answer.text
    cited = {citation.article_id for citation in answer.citations}
    assert not cited & {article.id for article in answer.nearest}
    assert [article.title for article in answer.nearest] == ["Pier of Tollhaven painted"]
