"""Summaries, timelines and digests -> pages, and -> answers, the form in which what stands behind them is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.answer.answer import Answer, Sentence
from bot.answer.question.question import Kind
from bot.discord.pages.brief import on_one_screen
from bot.discord.pages.heads import filters_told
from bot.discord.pages.markdown import escape, escape_within, one_line
from bot.discord.pages.page import PAGE_LIMIT, Block, Mood, Page
from bot.discord.pages.sources import (
    Linked,
    Marks,
    article_line,
    linked,
    outlet,
    published,
    sentence_markdown,
)
from bot.discord.pages.unanswered import nothing_new
from bot.discord.speech.phrase import day, locale, say
from bot.discord.words import answering, labels
from bot.discord.words import summaries as words
from bot.spelled_days import in_words, meanings
from bot.summary import Digest, Event, Story, Summary, Timeline
from index.search import Filters

_TITLE_LIMIT = 200
_REASONS = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A page, and the answer that its button shows, None where nothing is cited.

    ``label``: what the button says, if something else than those of answers.
    """

    page: Page
    behind: Answer | None
    label: str | None = None


def as_answer(summary: Summary) -> Answer:
    """A summary in the form in which points are streamed, shown and remembered."""
    notes = list(summary.notes)
    if len(summary.articles) > len({one.article_id for one in summary.citations}):
        notes.append(words.drawn_from(len(summary.articles), summary.outlets))
    if not summary.article and summary.headline:
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
        filters=summary.filters,
        abstained=summary.abstained,
        nearest=summary.nearest if summary.abstained else (),
        as_of=summary.as_of,
        engine=summary.engine,
        notes=tuple(notes),
        unsupported=summary.unsupported,
        finished=summary.finished,
    )


def timeline_shown(timeline: Timeline) -> Shown:
    """The events of a story by day, each with the outlets that tell it, which open the words."""
    if timeline.abstained:
        return Shown(_nothing(timeline), None)
    days = [words.event_day(event.first, event.last) for event in timeline.events]

    def lines(marks: Marks) -> list[str]:
        return [
            _event(event, marks) if day == before else f"\n**{day}**\n{_event(event, marks)}"
            for event, day, before in zip(timeline.events, days, ["", *days], strict=False)
        ]

    parts = [
        replace(event.sentence, part=in_words(event.first, event.last, locale()), days=event.other_days)
        for event in timeline.events
    ]
    behind = Answer(
        timeline.topic,
        sentences=tuple(parts),
        citations=timeline.citations,
        kind=Kind.SUMMARY,
        as_of=timeline.as_of,
        finished=True,
    )
    drawn = words.drawn_from(len(timeline.articles), timeline.outlets)
    head = _head(_plain(timeline.topic), drawn, timeline.as_of, filters_told(timeline.filters))
    head += [] if timeline.events else [words.NO_EVENTS()]
    return _fitted(head, [lines], behind, timeline.more, words.MORE_EVENTS)


def digest_shown(digest: Digest) -> Shown:
    """The stories of a digest: a headline that opens the article, a line, and who tells of it.

    Where those are more than a telephone's screen, the headlines come first: the lines are behind the button.
    """
    narrowed = Filters(until=digest.until, source=", ".join(digest.sources))
    if digest.empty:
        return Shown(nothing_new(digest.since.date(), digest.newest, narrowed, digest.topics), None)

    def told(first: int) -> Callable[[Marks], list[str]]:
        """All stories, so many with a line."""
        return lambda marks: [
            _story(story, marks, line=place < first) for place, story in enumerate(digest.stories)
        ]

    behind = Answer(
        words.NEWS_SINCE(day=day(digest.since.date())),
        sentences=tuple(replace(point, part=story.headline) for story in digest.stories for point in story.points),
        citations=digest.citations,
        kind=Kind.NEWS,
        as_of=digest.as_of,
        finished=True,
    )
    drawn = words.drawn_from(digest.articles, digest.outlets)
    head = _head(words.news_since(digest.since), drawn, digest.as_of, filters_told(narrowed, digest.topics))
    details = [told(len(digest.stories)), told(1), told(0)]
    return _fitted(head, details, behind, digest.more, words.MORE_STORIES, labels.MORE_OF_STORIES())


def _head(heading: str, drawn: str, as_of: date | None, filters: Sequence[str]) -> list[str]:
    told = [escape(drawn), *([answering.as_of(as_of)] if as_of else []), *filters]
    return [f"### {heading}", f"-# {' · '.join(told)}"]


def _fitted(
    head: Sequence[str],
    details: Sequence[Callable[[Marks], Sequence[str]]],
    behind: Answer,
    more: int,
    rest: Callable[[int], str],
    label: str | None = None,
) -> Shown:
    """The page with as many lines as there is room for: rather fewer than without their links.

    ``details``: the lines, told ever more shortly; of several the first that is seen at once on a telephone, else
    as many of the shortest as are. ``label``: of the button that shows all that is ``behind``, which then is
    always there.
    """
    for lines in details:
        told = {one: lines(Marks(behind.citations, one)) for one in Linked}
        count, shortest = len(told[Linked.NOTHING]), lines is details[-1]
        ways = [(kept, one) for kept in range(count, 0, -1) for one in (Linked.QUOTES, Linked.ARTICLES)]
        ways += [(kept, Linked.NOTHING) for kept in range(count, -1, -1)]
        for kept, links in ways if shortest else ways[:2]:
            left = more + count - kept
            body = "\n".join([*head, *told[links][:kept], *([rest(left)] if left else [])])
            page = Page(Mood.DONE, (Block(body),), cut=kept < count or label is not None)
            seen = len(details) == 1 or kept <= 1 or on_one_screen(body)
            if page.length <= PAGE_LIMIT and seen:
                return Shown(page, behind if behind.citations else None, label)
    raise AssertionError("a heading fits on a page")


def _nothing(timeline: Timeline) -> Page:
    nearest = timeline.nearest
    told = [f"-# {one}" for one in filters_told(timeline.filters)]
    lines = [words.TOO_LITTLE(), *([answering.NEAREST()] if nearest else [])]
    lines += [f"{n}\\. {article_line(article)}" for n, article in enumerate(nearest, 1)]
    blocks = Block("\n".join([f"**{_plain(timeline.topic)}**", *told])), Block("\n".join(lines))
    return Page(Mood.ABSTAINED, blocks, choices=tuple(nearest))


def _event(event: Event, marks: Marks) -> str:
    """What happened; below, who tells it, the words that date it, and the other days that are spoken of."""
    below = [marks.outlets(event.sentence.citations)]
    if not event.first == event.last == event.published.date():
        below.append(words.reported(escape(event.written), event.published.date()))
    below += [escape(meanings(event.other_days, locale()))] if event.other_days else []
    return f"- {sentence_markdown(event.sentence)}\n-# {' · '.join(below)}"


def _story(story: Story, marks: Marks, *, line: bool) -> str:
    """The headline, which opens the cited words, or its article; who tells of it, and before that the first point
    if there is to be a ``line``."""
    first = story.points[0] if story.points else Sentence("", ())
    cited = marks.by_article(first.citations)
    headed = next((one for one in story.articles if one.title == story.headline), story.articles[0])
    outlets = [
        linked(outlet(one), marks.opened(cited[one.id]) if one.id in cited and one is not headed else None)
        for one in story.articles
        if outlet(one)
    ]
    shown = line and bool(first.text)
    days = [one for one in first.days if shown and not one.first == one.last == headed.published_on]
    below = [words.named(list(dict.fromkeys(outlets))), published(headed), escape(meanings(days, locale()))]
    url = marks.opened(cited[headed.id]) if headed.id in cited else marks.article_of(headed)
    headline = linked(f"**{_plain(story.headline)}**", url)
    told = [sentence_markdown(first)] if shown else []
    return "\n".join(["", headline, *told, f"-# {' · '.join(filter(None, below))}"])


def _plain(text: str) -> str:
    return escape_within(one_line(text), _TITLE_LIMIT)
