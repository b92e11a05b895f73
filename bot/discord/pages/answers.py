"""An answer -> the page that shows it. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.answer.answer import (
    QUOTING,
    Answer,
    Citation,
    Disagreement,
    Sentence,
    in_own_words,
    quotes_another_language,
)
from bot.answer.question.question import Kind
from bot.discord.pages.brief import left_out, on_one_screen, opening
from bot.discord.pages.heads import Form, filters_told, heading_line, notes_told, part_heading, understood
from bot.discord.pages.markdown import clip, escape, escape_within, one_line
from bot.discord.pages.page import PAGE_LIMIT, Block, Link, Mood, Page
from bot.discord.pages.sources import (
    Linked,
    Marks,
    article_title,
    outlet,
    published,
    sentence_markdown,
    speaker_markdown,
    usable_link,
)
from bot.discord.pages.unanswered import abstention, conversation
from bot.discord.speech.phrase import locale
from bot.discord.words import answering, labels
from bot.spelled_days import meanings

_LONGEST_CUT = 700
_CITATIONS_WHEN_CUT = 4
_SENTENCES_SHOWN = 6
"""Of an answer; the others are behind a button."""

_SIDES_SHOWN = 6
"""A message holds 40 components, and each side takes three."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """How much of an answer is shown: so many of its sentences, those ``sides``, and marks that open that."""

    sentences: Sequence[Sentence]
    sides: Sequence[Disagreement]
    linked: Linked


def waiting(heading: str | None, doing: str | None = None) -> Page:
    """The page shown until there is something to show. ``heading``: the question, if it isn't seen anyway."""
    doing = doing or answering.READING()
    return Page(Mood.WORKING, (Block(heading_line(heading) + doing),), going_on=doing)


def answer_page(answer: Answer, heading: str | None, form: Form | None = None) -> Page:
    """``answer``, finished or growing, as much of it as fits.

    Where the points of a summary are more than a telephone's screen, each is shown by its first sentence.
    Addresses are left out first, then disagreements, then sentences. Whatever is shown is shown together with all
    its sources. Without a ``form`` the kind of answer tells it.
    """
    form = form or (Form.POINTS if answer.kind.wants_points else Form.ANSWER)
    if answer.kind.is_chatter or answer.kind is Kind.UNCLEAR:
        return conversation(answer)
    if answer.abstained or (answer.finished and not answer.sentences):
        return abstention(answer, heading, form)
    if not answer.sentences:
        return waiting(heading)
    page = _fitted(answer, answer.sentences, heading, form)
    if form is Form.POINTS and not on_one_screen("\n".join(block.text for block in page.blocks)):
        return _fitted(answer, [opening(one, answer.citations) for one in answer.sentences], heading, form)
    return page


def _fitted(answer: Answer, sentences: Sequence[Sentence], heading: str | None, form: Form) -> Page:
    """The page with as much of ``answer`` as a message holds; ``sentences`` are its own, or how they open."""
    at_most = _SENTENCES_SHOWN if form is Form.ANSWER else len(sentences)
    sides = _first_sides(answer.disagreements)
    fewer = [*((at_most, n) for n in range(len(sides), -1, -1)), *((n, 0) for n in range(at_most - 1, 0, -1))]
    for count, told in fewer:
        shown = _beside(sentences, sides[:told])
        for linked in Linked:
            page = _page(answer, _Kept(shown[:count], sides[:told], linked), heading, form)
            if page.length <= PAGE_LIMIT:
                return page
    first = sentences[0]
    text = clip(one_line(first.text), _LONGEST_CUT)
    cut = Sentence(text, first.citations[:_CITATIONS_WHEN_CUT], first.speaker)
    return replace(_page(answer, _Kept((cut,), (), Linked.NOTHING), heading, form), cut=True)


def _first_sides(disagreements: Sequence[Disagreement]) -> Sequence[Disagreement]:
    """As many of the disagreements as there is room for."""
    count, first = 0, []
    for one in disagreements:
        count += len(one.sides)
        if count > _SIDES_SHOWN:
            break
        first.append(one)
    return first


def _beside(sentences: Sequence[Sentence], disagreements: Sequence[Disagreement]) -> list[Sentence]:
    """The sentences that are not said as a side already."""
    said = {side.text for one in disagreements for side in one.sides}
    return [one for one in sentences if not any(side.startswith(one.text) for side in said)]


def _page(answer: Answer, kept: _Kept, heading: str | None, form: Form) -> Page:
    marks = Marks(answer.citations, kept.linked)
    cited = {n for sentence in kept.sentences for n in sentence.citations}
    cited |= {n for one in kept.sides for side in one.sides for n in side.citations}
    body = []
    for part, sentences in groupby(kept.sentences, lambda one: one.part):
        body += [part_heading(part)] if part else []
        body += [_line(answer, sentence, form, marks) for sentence in sentences]
    rest = len(_beside(answer.sentences, kept.sides)) - len(kept.sentences)
    rest += left_out(answer.sentences, kept.sentences, answer.citations)
    hidden = len(answer.disagreements) - len(kept.sides)
    below = [answering.rest_behind_button(rest, hidden)] if answer.finished and (rest or hidden) else []
    writing = "" if answer.finished else answering.WRITING()
    below += [writing] if writing else []
    top = _top(answer, heading, form, kept.sides) + (" " if form is Form.TEXT else "\n").join(body)
    blocks = [Block(top.rstrip("\n"))] if top.strip() else []
    for one in kept.sides:
        blocks += _sides(one, answer.citations, marks)
    foot = [*_missing(answer), *below, *marks.lines(cited), *(_footer(answer) if answer.finished else [])]
    if foot:
        blocks.append(Block("\n".join(foot), apart=False))
    disputed = any(not one.superseded for one in kept.sides)
    mood = Mood.WORKING if not answer.finished else Mood.DISPUTED if disputed else Mood.DONE
    return Page(mood, tuple(blocks), cut=rest > 0 or hidden > 0, going_on=writing)


def _line(answer: Answer, sentence: Sentence, form: Form, marks: Marks) -> str:
    """A sentence with its marks: quoted, or as a point, or as plain words; its relative days beside it."""
    own = answer.engine == QUOTING or in_own_words(sentence, answer.citations)
    prefix = "- " if form is Form.POINTS else "> " if form is Form.ANSWER and own else ""
    line = f"{prefix}{sentence_markdown(sentence)} {marks.of(sentence.citations)}".rstrip()
    if not sentence.days:
        return line
    days = escape(meanings(sentence.days, locale()))
    below = "> -# " if prefix == "> " else "-# "
    return f"{line}\n{below}{days}" if prefix else f"{line} ({days})"


def _sides(disagreement: Disagreement, citations: Sequence[Citation], marks: Marks) -> list[Block]:
    """A section for each side: who says it, where and when, and the words; the article opens beside it."""
    known = {citation.n: citation for citation in citations}
    blocks = [Block(answering.SUPERSEDED(), apart=False)] if disagreement.superseded else []
    for side in disagreement.sides:
        first = next((known[n] for n in side.citations if n in known), None)
        who = (
            [f"**{outlet(first)}**" if outlet(first) else article_title(first), published(first)] if first else []
        )
        who += [speaker_markdown(side)] if side.speaker else []
        told = sentence_markdown(replace(side, speaker=None))
        lines = [" · ".join(filter(None, who)), f"> {told} {marks.of(side.citations)}".rstrip()]
        if side.days:
            lines.append(f"> -# {escape(meanings(side.days, locale()))}")
        url = usable_link(first.link, first.url) if first else None
        link = Link(labels.OPEN(), url) if url else None
        blocks.append(Block("\n".join(filter(None, lines)), link, apart=False))
    return blocks


def _top(answer: Answer, heading: str | None, form: Form, sides: Sequence[Disagreement]) -> str:
    """The question, what is to be known of the answer, and what its sentences are; a line each."""
    status = [answering.SIDES()] if any(not one.superseded for one in sides) else []
    if answer.finished:
        status.append(answering.SOURCES(len({citation.article_id for citation in answer.citations})))
        status += [answering.as_of(answer.as_of)] if answer.as_of else []
    status += filters_told(answer.filters)
    lines = [f"-# {' · '.join(status)}"] if status else []
    lines += understood(answer)
    if answer.kind is Kind.CLAIM:
        lines.append(answering.CLAIMED())
    elif answer.quoted and form is Form.ANSWER:
        lines.append(answering.CLOSEST())
    return heading_line(heading) + "".join(f"{line}\n" for line in lines)


def _missing(answer: Answer) -> list[str]:
    """The parts of the question that stay unanswered, each with its heading."""
    return [f"{part_heading(part)}\n{answering.MISSING()}" for part in answer.missing]


def _footer(answer: Answer) -> list[str]:
    facts = []
    if not answer.verbatim:
        facts.append(answering.WRITTEN_BY(engine=escape_within(one_line(answer.engine), 80)))
    elif quotes_another_language(answer):
        facts.append(answering.QUOTED_ORIGINAL())
    if answer.left_out:
        facts.append(answering.LEFT_OUT(answer.left_out))
    return [*([f"-# {' · '.join(facts)}"] if facts else []), *notes_told(answer.notes)]
