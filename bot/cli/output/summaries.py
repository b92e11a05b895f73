"""How summaries, timelines and digests look in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.console import Console
from rich.text import Text

from bot.cli.output.citations import NEAREST, sentence_line, show_disagreements, show_footing, show_nearest
from bot.cli.output.documents import digest_document, print_json, summary_document, timeline_document
from bot.cli.output.text import article_line, open_console, print_beside
from bot.spelled import counted
from bot.summary import Digest, Style, Summary, Timeline
from index.article import ArticleRef

TOO_LITTLE = "The articles in the library say too little of {topic!r} to summarise it."
NOT_USED = "Not used: "
NO_EVENTS = "The articles give no day for anything that they tell of it."
REPORTED = "reported {day}"
DATED = "“{written}”, "
MORE_EVENTS = "And {count} more; --length shows up to 30."
NEWEST = "The newest articles that there are:"
NOTHING_NEW = "Nothing new since {day}."
MORE_STORIES = "And {count} more stories."

_NAMED = 10


def show_summary(summary: Summary, *, as_json: bool = False) -> None:
    """A summary: the headline, its points, then the numbered sources with their quotes."""
    if as_json:
        print_json(summary_document(summary))
        return
    console = open_console()
    if summary.abstained:
        _show_nothing(console, summary.title, summary.nearest)
        return
    if summary.article:
        console.print(article_line(summary.article), style="bold")
    else:
        console.print(Text(summary.headline or summary.title, "bold"))
        console.print(_drawn_from(len(summary.articles), summary.outlets))
    if summary.style is Style.PARAGRAPH:
        console.print(Text(" ").join(sentence_line(point, summary.citations) for point in summary.points))
    else:
        for point in summary.points:
            print_beside(console, "• ", sentence_line(point, summary.citations))
    show_disagreements(console, summary.disagreements, summary.citations, summary.points)
    told = [*summary.points, *(side for one in summary.disagreements for side in one.sides)]
    as_of = None if summary.article else summary.as_of
    show_footing(console, told, summary.citations, len(summary.unsupported), summary.notes, as_of)
    for unused in summary.unused[:_NAMED]:
        console.print(
            Text(NOT_USED, "dim").append(article_line(unused.article)).append(f". {unused.reason}", "dim")
        )


def show_timeline(timeline: Timeline, *, as_json: bool = False) -> None:
    """The events of a story, each on its day, with the day on which it was reported."""
    if as_json:
        print_json(timeline_document(timeline))
        return
    console = open_console()
    if timeline.abstained:
        _show_nothing(console, timeline.topic, timeline.nearest)
        return
    console.print(_drawn_from(len(timeline.articles), timeline.outlets))
    if not timeline.events:
        console.print(NO_EVENTS)
    for event in timeline.events:
        day = str(event.first) if event.first == event.last else f"{event.first} to {event.last}"
        dated = DATED.format(written=event.written) if event.written else ""
        reported = dated + REPORTED.format(day=event.published.date())
        others = replace(event.sentence, days=event.other_days)
        told = sentence_line(others, timeline.citations).append(f" ({reported})", "dim not bold")
        print_beside(console, Text(f"{day}  ", "bold"), told)
    if timeline.more:
        console.print(Text(MORE_EVENTS.format(count=timeline.more), "dim"))
    sentences = [event.sentence for event in timeline.events]
    show_footing(console, sentences, timeline.citations, as_of=timeline.as_of)


def show_digest(digest: Digest, *, as_json: bool = False) -> None:
    """The stories of a digest, each with its headline, its points and its outlets."""
    if as_json:
        print_json(digest_document(digest))
        return
    console = open_console()
    if digest.empty:
        console.print(NOTHING_NEW.format(day=digest.since.date()))
        show_nearest(console, NEWEST, digest.newest)
        return
    console.print(_drawn_from(digest.articles, digest.outlets))
    for story in digest.stories:
        console.print()
        console.print(Text(story.headline, "bold"))
        console.print(_drawn_from(len(story.articles), story.outlets))
        for point in story.points:
            print_beside(console, "• ", sentence_line(point, digest.citations))
    if digest.more:
        console.print(Text(MORE_STORIES.format(count=digest.more), "dim"))
    points = [point for story in digest.stories for point in story.points]
    show_footing(console, points, digest.citations, as_of=digest.as_of)


def _show_nothing(console: Console, topic: str, nearest: Sequence[ArticleRef]) -> None:
    console.print(Text(TOO_LITTLE.format(topic=topic), "bold"))
    show_nearest(console, NEAREST, nearest)


def _drawn_from(articles: int, outlets: Sequence[str]) -> Text:
    """How many articles it is drawn from, and whose they are."""
    told = counted(articles, "article")
    return Text(f"{told}: {', '.join(outlets)}" if outlets else told, "dim")
