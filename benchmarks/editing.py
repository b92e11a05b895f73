"""``python -m benchmarks.editing FOLDER [--news FILE]``: what an editor would ask of quoting summaries.

FOLDER holds any of ``editor_articles.jsonl`` and ``stories.jsonl`` (what a summary must and must not hold, in
lists of alternatives) and ``cluster_pairs.jsonl`` (ids of articles in the news FILE, and whether a digest should
tell them as one story). ``--keep HOME`` keeps the store of the news.
"""

from __future__ import annotations

import asyncio
import json
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from benchmarks.corpora import settings_for
from bot.answer.answer import Disagreement, last_of
from bot.app import App, open_app
from bot.summary import Summary, SummaryError, Timeline
from bot.summary.digest import make_digest
from bot.summary.topic.stories import stories_of
from index.article import SHARED

Record = dict[str, Any]

_SHORT_END = re.compile(
    r"(?:^|\s|[(\"“„«])(?:[A-Za-z]\.)+$|\b(?:Dr|No|Mr|Mrs|Ms|St|dhr|mevr|mln|núm|prof|ca|Sr|Sra|Dra|Mio|Mrd|nov|z\.\s?B)\.$"
)
"""What a point ends in that was cut behind an abbreviation, where its paragraph goes on."""

_EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Tally:
    """How many of how many were as they should be, by name; and what was not."""

    counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    wrong: list[str] = field(default_factory=list)

    def add(self, name: str, right: bool, what: str) -> None:
        """Count one; ``what`` is printed if it is wrong."""
        self.counts[name][0] += right
        self.counts[name][1] += 1
        if not right:
            self.wrong.append(f"{name}: {what}")

    def __str__(self) -> str:
        lines = [f"| {name} | {right} of {of} |" for name, (right, of) in self.counts.items()]
        return "\n".join(["| asked | held |", "|---|---|", *lines, *(f"- {one}" for one in self.wrong)])


def main(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)],
    news: Annotated[Path | None, typer.Option(exists=True, help="The articles that the pairs name.")] = None,
    keep: Annotated[Path | None, typer.Option(help="The store of the news, made if it isn't there.")] = None,
    show: Annotated[bool, typer.Option(help="Print the points.")] = False,
) -> None:
    """Print how many of the things asked for are held by the summaries, topics, timelines and digests."""
    if articles := _read(folder / "editor_articles.jsonl"):
        print(f"## Articles\n{_articles(articles, show)}\n")
    for story in _read(folder / "stories.jsonl"):
        print(f"## Story {story['id']}\n{_story(story, show)}\n")
    if news and (pairs := _read(folder / "cluster_pairs.jsonl")):
        print(f"## Digest\n{_clusters(pairs, news, keep)}\n")


def _read(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


@contextmanager
def library_of(records: Sequence[Record]) -> Iterator[App]:
    """An app over ``records``, gone when it is left."""
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "articles.jsonl"
        path.write_text("\n".join(json.dumps(one) for one in records), "utf-8")
        with open_app(settings_for(Path(home) / "home")) as app:
            app.library.sync([str(path)], SHARED)
            yield app


def _holds(text: str, alternatives: Iterable[str]) -> bool:
    text = _plain(text)
    return any(_plain(one) in text for one in alternatives)


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").casefold().split())


def _articles(records: Sequence[Record], show: bool) -> Tally:
    tally = Tally()
    with library_of(records) as app:
        for one in records:
            told = _told(app, one)
            if show:
                _print(one["id"], told)
            # The title of an article stands above its points.
            text = f"{one['title']}\n{told.text}"
            for wanted in one["must_in"]:
                tally.add(f"in ({one['kind']})", _holds(text, wanted), f"{one['id']} {wanted}")
            for unwanted in one["must_not_in"]:
                tally.add("kept out", not _holds(told.text, [unwanted]), f"{one['id']} {unwanted}")
            for role, sentence in one["roles"].items():
                if sentence:
                    tally.add(role, _holds(told.text, [sentence]), f"{one['id']} {sentence}")
            for point in told.points:
                tally.add("whole sentences", not _is_cut(point.text, one["text"]), f"{one['id']} {point.text}")
            _told_together(one, [point.text for point in told.points], tally)
    return tally


def _is_cut(point: str, text: str) -> bool:
    """Whether a point ends in an abbreviation with which its paragraph in ``text`` doesn't end."""
    behind = text.partition(point)[2]
    return bool(_SHORT_END.search(point)) and behind[:1] not in ("", "\n")


def _told_together(record: Record, points: Sequence[str], tally: Tally) -> None:
    """Sentences that stand with what they ``need`` or not at all, and pairs that say one thing, told ``once``."""
    for sentence, needed in record.get("needs", ()):
        alone = [one for one in points if _holds(one, [sentence]) and not _holds(one, [needed])]
        tally.add("with what it leans on", not alone, f"{record['id']} {sentence}")
    for pair in record.get("once", ()):
        told = sum(any(_holds(one, [words]) for one in points) for words in pair)
        tally.add("told once", told < len(pair), f"{record['id']} {pair}")


def _told(app: App, record: Record) -> Summary:
    try:
        return asyncio.run(last_of(app.summariser.summarise(record["id"], [SHARED])))
    except SummaryError:  # nothing is told, so nothing that must be in is
        return Summary(record["title"])


def _print(name: str, told: Summary) -> None:
    print(f"{name} {told.title}" + "".join(f"\n  * {point.text}" for point in told.points))


def _story(story: Record, show: bool) -> Tally:
    tally = Tally()
    with library_of(story["articles"]) as app:
        told = asyncio.run(last_of(app.summariser.summarise_topic(story["topic"], [SHARED])))
        line = asyncio.run(app.summariser.timeline(story["topic"], [SHARED]))
    if show:
        _print(story["id"], told)
        print(f"headline: {told.headline}")
        for event in line.events:
            print(f"  {event.first} {event.sentence.text}")
        for disagreement in told.disagreements:
            print(f"  against each other: {_sides(disagreement)}")
    text = " ".join(point.text for point in told.points)
    for wanted in story["must_in"]:
        tally.add("in", _holds(text, wanted), str(wanted))
    for unwanted in story["must_not_in"]:
        tally.add("kept out", not _holds(text, [unwanted]), unwanted)
    first = told.points[0].text if told.points else ""
    for wanted in story["latest_must"]:
        tally.add("latest first", _holds(first, wanted), f"{wanted} not in: {first}")
    for one, other in _orders(story["order_must"]):
        places = [_plain(text).find(_plain(words)) for words in (one, other)]
        if min(places) >= 0:
            tally.add("order", places[0] < places[1], f"{one} before {other}")
    cited = {citation.article_id for citation in told.citations}
    for name in story["mention_only"]:
        tally.add("mentions give no point", name not in cited, name)
    tally.add("as of", str(told.as_of) == story["as_of"], f"{told.as_of} not {story['as_of']}")
    if told.headline:
        tally.add("headline", told.headline not in story["headline_stale"], told.headline)
    if correction := story.get("correction"):
        for point in told.points:
            if _holds(point.text, [correction["wrong"]]):
                tally.add("correction whole", _holds(point.text, [correction["right"]]), point.text)
    if against := story.get("disagreement"):
        told_sides = f"{text} {' '.join(map(_sides, told.disagreements))}"
        for side in ("a", "b"):
            tally.add("both sides", _holds(told_sides, [against[side]["sentence"]]), against[side]["sentence"])
    _timeline(story, line, tally)
    return tally


def _orders(stated: Sequence[Any]) -> list[Sequence[str]]:
    return [stated] if stated and isinstance(stated[0], str) else list(stated)


def _sides(disagreement: Disagreement) -> str:
    return " | ".join(side.text for side in disagreement.sides)


def _timeline(story: Record, line: Timeline, tally: Tally) -> None:
    for entry in story["timeline"]:
        day = date.fromisoformat(entry["day"])
        there = " ".join(event.sentence.text for event in line.events if event.first <= day <= event.last)
        for wanted in entry["must_contain"]:
            tally.add("timeline", _holds(there, wanted), f"{day} {wanted}")
    days = [event.first for event in line.events]
    tally.add("events told once", len(days) <= len(set(days)) + 2, f"{len(days)} events on {len(set(days))} days")


def _clusters(pairs: Sequence[Record], news: Path, keep: Path | None) -> str:
    with tempfile.TemporaryDirectory() as temporary:
        home = keep or Path(temporary) / "home"
        if not home.exists():
            with open_app(settings_for(home)) as app:
                app.library.sync([str(news)], SHARED)
        with open_app(settings_for(home)) as app:
            started = time.process_time()
            make_digest(app.library, [SHARED], _EVER)
            seconds = time.process_time() - started
            passages = [(ref, app.library.passages([SHARED], ref.id)) for ref in app.library.articles([SHARED])]
            stories = stories_of(app.library, [(ref, own[0]) for ref, own in passages if own])
    of = {ref.id: number for number, story in enumerate(stories) for ref in story}
    known = [pair for pair in pairs if pair["a"] in of and pair["b"] in of]
    merged = [pair for pair in known if not pair["same_story"] and of[pair["a"]] == of[pair["b"]]]
    split = [pair for pair in known if pair["same_story"] and of[pair["a"]] != of[pair["b"]]]
    apart = sum(not pair["same_story"] for pair in known)
    lines = [
        f"wrong merges: {len(merged)} of {apart} pairs of two stories",
        f"wrong splits: {len(split)} of {len(known) - apart} pairs of one story",
        f"{len(of)} articles, {len(stories)} stories; a digest took {seconds:.1f} s of processor time",
    ]
    lines += [f"- merged: {pair['a']} {pair['b']}" for pair in merged]
    lines += [f"- split: {pair['a']} {pair['b']}" for pair in split]
    return "\n".join(lines)


if __name__ == "__main__":
    typer.run(main)
