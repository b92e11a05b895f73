"""Whether contradictions are shown: ``python -m benchmarks.contradictions [SET ...]``.

Over the sets in benchmarks/sets, or those named: invented pairs of articles that contradict each other on what is
asked, and pairs that look alike and agree. A contradiction counts as shown if one disagreement of the answer
quotes the decisive words of both articles.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.corpora import settings_for
from bot.answer.answer import Answer, last_of
from bot.app import App, open_app
from bot.evaluation.support import shows
from index.article import SHARED

FOLDER = Path(__file__).parent / "sets"
SETS = {
    "contradictions": "contradictions.queries.jsonl",
    "reports": "reports_contradictions.queries.jsonl",
    "disputes": "disputes_contradictions.queries.jsonl",
    "bulletins": "bulletins_contradictions.queries.jsonl",
    "dispatches": "dispatches_contradictions.queries.jsonl",
}
"""The questions of each set; its articles are in a file of its name."""


def main() -> None:
    """Print the shares of contradictions shown, and of false alarms."""
    for name in sys.argv[1:] or SETS:
        print(f"## {name}")
        _measure(FOLDER / f"{name}.articles.jsonl", FOLDER / SETS[name])


def _measure(articles: Path, file: Path) -> None:
    queries: list[dict[str, Any]] = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as home, open_app(settings_for(Path(home))) as app:
        app.library.sync([str(articles)], SHARED)
        answers = asyncio.run(_ask_all(app, [query["question"] for query in queries]))
    asked = list(zip(queries, answers, strict=True))
    pairs = [(query, answer) for query, answer in asked if query["sides"]]
    shown = [
        query["id"] for query, answer in pairs if shows(answer, [(one, words) for one, words in query["sides"]])
    ]
    alike = [answer for query, answer in asked if not query["sides"]]
    alarms = sum(bool(answer.disagreements) for answer in alike)
    print(f"contradictions shown: {len(shown)} of {len(pairs)} ({len(shown) / len(pairs):.2f})")
    print(f"false alarms on pairs that agree: {alarms} of {len(alike)}")
    print("not shown:", ", ".join(query["id"] for query, _ in pairs if query["id"] not in shown))


async def _ask_all(app: App, questions: list[str]) -> list[Answer]:
    return [await last_of(app.desk.ask(question, [SHARED])) for question in questions]


if __name__ == "__main__":
    main()
