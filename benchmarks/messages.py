"""``python -m benchmarks.messages``: how messages are read without a chat model, on sets that nobody fitted it on.

``--write`` works the sample messages' vectors out anew; needed after every change of the samples or the model.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.answer.question.kinds import BUILT_IN, Kinds, samples, written_vectors
from bot.answer.question.question import Kind
from bot.answer.question.reading import Inquiry, RuleReader
from bot.answer.question.turn import Turn
from bot.app import open_library
from bot.settings import Settings
from index.article import SHARED, digest
from index.embedding.models import BUILT_IN as MODEL
from index.library import Library

SETS = Path(__file__).parent / "sets" / "messages"
_SAMPLES = Path(__file__).parents[1] / "bot" / "answer" / "question" / "languages" / BUILT_IN
_CHATTER = ("thanks", "greeting", "remark", "smalltalk")
_NAMES = {"smalltalk": "remark", "follow_up": "follow-up"}
_BEFORE = Turn("Who leads the company?", "Who leads the company?", "Ada Moss leads it since May.")
"""What a reply in ``messages`` replies to, where the set doesn't say."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many of how many were read rightly, and those that were not."""

    name: str
    right: int
    of: int
    wrong: Sequence[str]

    def __str__(self) -> str:
        return f"| {self.name} | {self.right} of {self.of} |"


def main(
    folder: Annotated[Path, typer.Argument(help="A folder of messages, filters and dialogues.")] = SETS,
    wrong: Annotated[bool, typer.Option(help="Also print what was misread.")] = False,
    write: Annotated[bool, typer.Option(help="Write the vectors of the samples.")] = False,
) -> None:
    """Print how the sets in ``folder``, or in each folder in it, are read."""
    halves = [folder] if (folder / "messages.jsonl").exists() else sorted(folder.iterdir())
    with _library(halves) as library:
        if write:
            kinds, texts = samples()
            _SAMPLES.write_bytes(written_vectors(library.question_vectors(texts), digest(MODEL, *texts)))
            print(f"{len(kinds)} samples written.", file=sys.stderr)
            return
        reader = RuleReader(library, Kinds(library, MODEL, Path(tempfile.gettempdir())), 1000)
        for half in halves:
            print(f"\n{half.name}\n\n| read rightly | |\n| --- | --- |")
            for count in measure(reader, half):
                print(count)
                for one in count.wrong if wrong else ():
                    print("   ", one)


def measure(reader: RuleReader, folder: Path) -> Iterator[Count]:
    """What is read rightly of the sets in ``folder``, and the time it takes."""
    seconds: list[float] = []

    def read(message: str, turns: Sequence[Turn] = (), today: date = date(2026, 5, 13)) -> Any:
        started = time.process_time()
        question = reader.read(Inquiry(message, [SHARED], today, turns=turns))
        seconds.append(time.process_time() - started)
        return question

    messages = _rows(folder / "messages.jsonl")
    kinds = [read(row["text"], [_BEFORE] if row["has_reply_context"] else ()).kind for row in messages]
    idle = [row["kind"] in _CHATTER for row in messages]
    told = [f"{row['text']} ({row['kind']}): {kind}" for row, kind in zip(messages, kinds, strict=True)]
    yield _count(
        "no question, not answered as one",
        told,
        [kind.is_chatter or not one for one, kind in _both(idle, kinds)],
        idle,
    )
    asked = [not one for one in idle]
    yield _count("question, not taken for none", told, [not kind.is_chatter for kind in kinds], asked)
    exact = [kind == _NAMES.get(row["kind"], row["kind"]) for row, kind in _both(messages, kinds)]
    yield _count("kind, of all", told, exact)
    dialogues = _rows(folder / "dialogues.jsonl")
    found = [_dialogue(row, read) for row in dialogues]
    lines = [f"{row['next']}: {question.kind} {question.text}" for row, question in _both(dialogues, found)]
    asks = [bool(row["ask_back"]) for row in dialogues]
    follow = [bool(row["follow_up"]) for row in dialogues]
    new = [not (ask or one) for ask, one in _both(asks, follow)]
    yield _count("asked back", lines, [one.kind is Kind.UNCLEAR for one in found], asks)
    yield _count("follow-up taken for one", lines, [one.kind is Kind.FOLLOW_UP for one in found], follow)
    alone = [one.kind is not Kind.FOLLOW_UP and one.kind is not Kind.UNCLEAR for one in found]
    yield _count("new subject left as it is", lines, alone, new)
    filters = _rows(folder / "filters.jsonl")
    right, shown = [], []
    for row in filters:
        question = read(row["text"], today=date.fromisoformat(row["asked_on"]))
        right.append(_same(question.filters, row))
        shown.append(f"{row['text']} ({row['since']}, {row['until']}, {row['source']}): {question.filters}")
    trap = [not (row["since"] or row["until"] or row["source"]) for row in filters]
    yield _count("filters read", shown, right, [not one for one in trap])
    yield _count("no filter where none is said", shown, right, trap)
    seconds.sort()
    print(
        f"{len(seconds)} readings: median {seconds[len(seconds) // 2] * 1000:.1f} ms of processor time",
        file=sys.stderr,
    )


def _dialogue(row: Mapping[str, Any], read: Callable[..., Any]) -> Any:
    turns: list[Turn] = []
    for turn in row["turns"]:
        before = read(turn["question"], turns)
        turns.append(Turn(turn["question"], before.text or turn["question"], turn["answer"]))
    return read(row["next"], turns)


def _same(filters: Any, row: Mapping[str, Any]) -> bool:
    today = date.fromisoformat(row["asked_on"])
    until = None if filters.until == today and row["until"] is None else filters.until
    days = ((filters.since, row["since"]), (until, row["until"]))
    near = all(
        (one is None and other is None)
        or (one and other and abs((one - date.fromisoformat(other)).days) <= row["tolerance_days"])
        for one, other in days
    )
    return near and bool(filters.source == row["source"])


def _count(name: str, told: Sequence[str], right: Sequence[bool], among: Sequence[bool] | None = None) -> Count:
    chosen = [
        (line, one) for line, one, counts in zip(told, right, among or [True] * len(told), strict=True) if counts
    ]
    return Count(name, sum(one for _, one in chosen), len(chosen), [line for line, one in chosen if not one])


def _both(one: Sequence[Any], other: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    return zip(one, other, strict=True)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@contextmanager
def _library(halves: Sequence[Path]) -> Iterator[Library]:
    """A library with an article of each outlet that the sets name."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(_env_file=None, home=Path(home), embedding=MODEL)  # type: ignore[call-arg]
        articles = Path(home) / "articles.jsonl"
        outlets = sorted(
            {name for half in halves for row in _rows(half / "filters.jsonl") for name in row["outlets"]}
        )
        articles.write_text(
            "".join(
                json.dumps(
                    {
                        "id": outlet,
                        "title": f"From {outlet}",
                        "source": outlet,
                        "text": "The harbour opened on Monday.",
                    }
                )
                + "\n"
                for outlet in outlets
            )
        )
        with open_library(settings) as library:
            library.sync([str(articles)], SHARED)
            yield library


if __name__ == "__main__":
    typer.run(main)
