"""The articles and questions that are measured on, and the stores they are indexed into."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.settings import Settings, load_settings
from index.errors import ConfigurationError

_ROOT = Path(__file__).parent.parent
SETS = Path(__file__).parent / "sets"
"""Invented articles, and questions about them."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles, and files of questions about them (in the form ``newsdesk eval`` reads) by what to call them."""

    name: str
    articles: Path
    queries: Mapping[str, Path]

    @property
    def first_queries(self) -> Path:
        """The questions that speed and memory are measured with."""
        return next(iter(self.queries.values()))


SAMPLE = Corpus("sample", _ROOT / "bot/demo/articles", {"sample": _ROOT / "tests/data/demo_questions.jsonl"})
"""What the demo shows: 18 invented articles."""


def read_corpora(folder: Path) -> list[Corpus]:
    """A corpus for each folder in ``folder``, however deep, that holds ``articles.jsonl`` and ``queries.jsonl`` or
    ``queries.LANGUAGE.jsonl``. Raises ``ConfigurationError`` if there is none."""
    corpora = []
    for articles in sorted(folder.glob("**/articles.jsonl")):
        name = "-".join(articles.parent.relative_to(folder).parts)
        files = sorted(articles.parent.glob("queries*.jsonl"))
        queries = {" ".join([name, *file.name.split(".")[1:-1]]): file for file in files}
        if queries:
            corpora.append(Corpus(name, articles, queries))
    if not corpora:
        raise ConfigurationError(f"There is no folder with articles.jsonl and queries.jsonl in {folder}.")
    return corpora


def settings_for(home: Path) -> Settings:
    """The settings in force, with the store in ``home`` and answers that quote."""
    return load_settings().model_copy(update={"home": home, "chat_model": None})


def environment_for(home: Path) -> dict[str, str]:
    """The same for a process of its own."""
    kept = {key: value for key, value in os.environ.items() if key.upper() != "NEWSDESK_CHAT_MODEL"}
    return kept | {"NEWSDESK_HOME": str(home)}
