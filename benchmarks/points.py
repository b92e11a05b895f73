"""``python -m benchmarks.points FOLDER``: what becomes of points as strong chat models write them.

FOLDER holds ``points.jsonl`` (for each article the points that a model wrote, whether they are true, what a judge
said of them, and how they were written again where they were refused) beside ``editor_articles.jsonl``.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from benchmarks.editing import library_of
from benchmarks.replies import Recorded
from bot.answer.answer import last_of
from bot.answer.engines.engine import Claim, Complaint, Draft
from bot.answer.question.question import Question
from bot.answer.similarity import Likeness
from bot.chat.usage import Tally
from bot.summary.summary import LONGEST
from bot.summary.writing import Writer
from index.article import SHARED
from index.library import Library
from index.search import Hit

Point = Mapping[str, Any]


class _Written:
    """A chat model that writes the recorded ``points``, and those that are refused as they were written again."""

    name = "recorded"

    def __init__(self, points: Sequence[Point]) -> None:
        self._points = points

    async def write(
        self, _question: Question, hits: Sequence[Hit], _tally: Tally, complaints: Sequence[Complaint] = ()
    ) -> AsyncGenerator[Draft, None]:
        """See ``AnswerEngine.write``."""
        refused = {one.text for one in complaints}
        again = [one["again"] for one in self._points if one["again"] and one["text"] in refused]
        for one in again if complaints else self._points:
            quoted = next((hit.passage.id for hit in hits if one["quote"] in hit.passage.text), hits[0].passage.id)
            yield Draft(one["text"], (Claim(quoted, one["quote"]),))


def main(folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)]) -> None:
    """Print how many true points are kept and how many false ones, with the judge as recorded."""
    written = [json.loads(line) for line in (folder / "points.jsonl").read_text("utf-8").splitlines()]
    articles = [json.loads(line) for line in (folder / "editor_articles.jsonl").read_text("utf-8").splitlines()]
    said = {one["text"]: one["judged"] for each in written for point in each["points"] for one in _tries(point)}
    with library_of(articles) as app:
        _count(app.library, written, Recorded(said))


def _count(library: Library, written: Sequence[Mapping[str, Any]], judge: Recorded) -> None:
    counts = {True: [0, 0], False: [0, 0]}
    refs = {ref.id: ref for ref in library.articles([SHARED])}
    for one in written:
        engine = _Written(one["points"])
        hits = [
            Hit(passage, refs[one["article"]], 0, 0, 0) for passage in library.passages([SHARED], one["article"])
        ]
        told = Writer(engine, engine, judge, Likeness(library)).write(
            refs[one["article"]].title, hits, LONGEST, Tally()
        )
        shown = {point.text for point in asyncio.run(last_of(told)).points}
        for point in one["points"]:
            kept = any(each["text"] in shown for each in _tries(point) if each["true"] == point["true"])
            counts[point["true"]][0] += kept
            counts[point["true"]][1] += 1
            if kept != point["true"]:
                print(f"- {'lost' if point['true'] else 'kept'}: {one['article']} {point['text']}")
    print(f"| true points kept | {counts[True][0]} of {counts[True][1]} |")
    print(f"| false points kept | {counts[False][0]} of {counts[False][1]} |")


def _tries(point: Point) -> Iterator[Point]:
    yield point
    if point["again"]:
        yield point["again"]


if __name__ == "__main__":
    typer.run(main)
