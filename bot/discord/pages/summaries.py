"""Summaries, timelines and digests -> pages, and -> answers, the form in which what stands behind them is kept."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answer.answer import Answer, Citation, Sentence
from bot.answer.question.question import Kind
from bot.discord.pages.answers import as_of_line
from bot.discord.pages.markdown import escape, escape_within, one_line
from bot.discord.pages.page import PAGE_LIMIT, Block, Mood, Page
from bot.discord.pages.sources import Linked, Marks, article_line, sentence_markdown
from bot.discord.speech.figures import meanings
from bot.discord.speech.phrase import day, say
from bot.discord.words import answering
from bot.discord.words import summaries as words
from bot.summary import Digest, Event, Summary, Timeline
from index.article import ArticleRef

_TITLE_LIMIT = 200
_REASONS = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A page, and the answer that its button opens the passages of; None where nothing is cited."""

    page: Page
    behind: Answer | None


def as_answer(summary: Summary) -> Answer:
    """A summary in the form in which points are streamed, shown and remembered."""
    notes = list(summary.notes)
    if not summary.article and summary.articles:
        notes.append(words.drawn_from(len(summary.articles), summary.outlets))
        if summary.headline:
            notes.append(words.HEADLINE(title=summary.headline))
    if summary.new_since:
        notes.append(words.new_since(summary.new_since))
    if summary.unused:
        reasons = list(dict.fromkeys(say(one.reason) for one in summary.unused))[:_REASONS]
        notes.append(words.not_used(len(summary.unused), reasons))
    return Answer(
        question=summary.title,
        kind=Kind.SUMMARY,
        sentences=summary.points,
        citations=summary.citations,
        disagreements=summary.disagreements,
        abstained=summary.abstained,
        nearest=summary.nearest if summary.abstained else (),
        as_of=summary.as_of,
        engine=summary.engine,
        notes=tuple(notes),
        unsupported=summary.unsupported,
        finished=summary.finished,
    )


def timeline_shown(timeline: Timeline) -> Shown:
    """The events of a story, each on its day, with the words that date it."""
    heading = f"**{_plain(timeline.topic)}**"
    if timeline.abstained:
        return Shown(_nothing(heading, timeline.nearest), None)
    head = [heading, "-# " + escape(words.drawn_from(len(timeline.articles), timeline.outlets))]
    days = [words.event_day(event.first, event.last) for event in timeline.events]

    def lines(marks: Marks) -> list[str]:
        return [
            _event(event, marks) if day == before else f"\n**{day}**\n{_event(event, marks)}"
            for event, day, before in zip(timeline.events, days, ["", *days], strict=False)
        ]

    if not timeline.events:
        head.append(words.NO_EVENTS())
    sentences = [(event.sentence,) for event in timeline.events]
    return _fitted(head, lines, sentences, timeline.citations, timeline.more, timeline, words.MORE_EVENTS)


def digest_shown(digest: Digest) -> Shown:
    """The stories of a digest, each with its headline, its points and its outlets."""
    if digest.empty:
        return Shown(Page(Mood.ABSTAINED, (Block(words.nothing_new(digest.since)),)), None)
    head = [
        words.digest_heading(digest.since),
        "-# " + escape(words.drawn_from(digest.articles, digest.outlets)),
    ]

    def lines(marks: Marks) -> list[str]:
        told = []
        for story in digest.stories:
            points = "\n".join(f"- {_sentence(point, marks)}" for point in story.points)
            outlets = escape(words.drawn_from(len(story.articles), story.outlets))
            told.append(f"\n**{_plain(story.headline)}**\n-# {outlets}\n{points}")
        return told

    sentences = [story.points for story in digest.stories]
    return _fitted(head, lines, sentences, digest.citations, digest.more, digest, words.MORE_STORIES)


def _fitted(
    head: Sequence[str],
    lines: Callable[[Marks], Sequence[str]],
    groups: Sequence[tuple[Sentence, ...]],
    citations: Sequence[Citation],
    more: int,
    what: Timeline | Digest,
    rest: Callable[[int], str],
) -> Shown:
    """The page with as many ``lines`` as there is room for together with their sources."""
    sentences = tuple(sentence for group in groups for sentence in group)
    title, kind = (
        (what.topic, Kind.SUMMARY)
        if isinstance(what, Timeline)
        else (words.NEWS_SINCE(day=day(what.since.date())), Kind.NEWS)
    )
    behind = Answer(
        title, sentences=sentences, citations=tuple(citations), kind=kind, as_of=what.as_of, finished=True
    )
    told = {linked: lines(Marks(citations, linked)) for linked in Linked}
    for kept, linked in itertools.product(range(len(groups), -1, -1), Linked):
        cited = {n for group in groups[:kept] for sentence in group for n in sentence.citations}
        left = more + len(groups) - kept
        body = "\n".join([*head, *told[linked][:kept], *([rest(left)] if left else [])])
        sources = "\n".join([*Marks(citations, linked).lines(cited), *as_of_line(what.as_of)])
        blocks = (Block(body), *([Block(sources, apart=False)] if sources else []))
        page = Page(Mood.DONE, blocks, cut=kept < len(groups))
        if page.length <= PAGE_LIMIT:
            return Shown(page, behind if citations else None)
    raise AssertionError("a heading fits on a page")


def _nothing(heading: str, nearest: Sequence[ArticleRef]) -> Page:
    lines = [words.TOO_LITTLE(), *([answering.NEAREST()] if nearest else [])]
    lines += [f"{n}\\. {article_line(article)}" for n, article in enumerate(nearest, 1)]
    blocks = Block(heading), Block("\n".join(lines))
    return Page(Mood.ABSTAINED, blocks, choices=tuple(nearest))


def _event(event: Event, marks: Marks) -> str:
    """What happened; below, the words that date it, and the other days that are spoken of."""
    below = [words.reported(escape(event.written), event.published.date())]
    below += [escape(meanings(event.other_days))] if event.other_days else []
    told = f"{sentence_markdown(event.sentence)} {marks.of(event.sentence.citations)}"
    return f"- {told}\n-# {' · '.join(below)}"


def _sentence(sentence: Sentence, marks: Marks) -> str:
    days = f"\n-# {escape(meanings(sentence.days))}" if sentence.days else ""
    return f"{sentence_markdown(sentence)} {marks.of(sentence.citations)}".rstrip() + days


def _plain(text: str) -> str:
    return escape_within(one_line(text), _TITLE_LIMIT)
