"""What is shown where nothing is answered: chatter, a question back, nothing new, nothing near. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.answer.answer import (
    Answer,
)
from bot.answer.question.question import Kind
from bot.discord.pages.heads import Form, filters_told, heading_line, notes_told, understood
from bot.discord.pages.markdown import escape_within
from bot.discord.pages.page import Block, Mood, Page, notice
from bot.discord.pages.sources import (
    linked_title,
    origin,
)
from bot.discord.words import answering, missing, summaries
from index.article import ArticleRef
from index.search import Filters

_HEADING_LIMIT = 300
_NEAREST_SHOWN = 5


def conversation(answer: Answer) -> Page:
    """One line for what asks nothing; for what can't be understood the question back."""
    if answer.kind.is_chatter:
        return notice(answering.CHATTER[answer.kind](), Mood.DONE)
    return notice(answering.ABOUT_WHAT(), Mood.ABSTAINED)


def nothing_new(
    since: date,
    newest: Sequence[ArticleRef],
    filters: Filters,
    topics: Sequence[str] = (),
    heading: str | None = None,
) -> Page:
    """Since when nothing is new, of what was looked at, and the newest articles that there are."""
    told = filters_told(replace(filters, since=None), topics)
    lines = [f"-# {told[0]}"] if told else []
    lines.append(summaries.nothing_new(since))
    lines += [summaries.NEWEST()] if newest else []
    lines += _listed(newest)
    return Page(Mood.ABSTAINED, (Block(heading_line(heading) + "\n".join(lines)),), choices=tuple(newest))


def abstention(answer: Answer, heading: str | None, form: Form) -> Page:
    filters = answer.filters
    if answer.kind is Kind.NEWS and not answer.subject and filters.since:
        return nothing_new(filters.since, answer.nearest, filters, heading=heading)
    nearest = answer.nearest[:_NEAREST_SHOWN]
    lines = [f"-# {_searched(answer)}", *understood(answer)]
    lines.append(answering.ABSTAINED() if form is Form.ANSWER else answering.NO_POINTS())
    if answer.looked_for:
        lines.append(answering.LOOKED_FOR(what=escape_within(", ".join(answer.looked_for), _HEADING_LIMIT)))
    if nearest:
        lines.append(answering.NEAREST())
    lines += _listed(nearest)
    lines += notes_told(answer.notes)
    return Page(Mood.ABSTAINED, (Block(heading_line(heading) + "\n".join(lines)),), choices=nearest)


def _listed(articles: Sequence[ArticleRef]) -> list[str]:
    return [f"-# {n} · {linked_title(article)} · {origin(article)}" for n, article in enumerate(articles, 1)]


def _searched(answer: Answer) -> str:
    """What was searched: how much, and with which filters."""
    filters, there_was = filters_told(answer.filters), answer.searched
    if there_was is None:
        return answering.searched(filters)
    return missing.searched(there_was.articles, there_was.first, there_was.last, filters[0] if filters else None)
