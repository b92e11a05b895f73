"""An answer -> the page that shows it. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum

from bot.answer.answer import (
    Answer,
    Citation,
    Disagreement,
    Sentence,
    quotes_another_language,
)
from bot.answer.evidence.days import days_written_out
from bot.answer.question.question import Kind
from bot.discord.pages import words
from bot.discord.pages.markdown import clip, escape, escape_within, one_line
from bot.discord.pages.page import PAGE_LIMIT, Block, Mood, Page, notice
from bot.discord.pages.sources import (
    article_details,
    article_line,
    article_links,
    citation_links,
    marks,
    sentence_markdown,
    source_lines,
)

_HEADING_LIMIT = 300
_PART_LIMIT = 200
_LONGEST_CUT = 700
_CITATIONS_WHEN_CUT = 4
_NEAREST_SHOWN = 5
_NOTES_SHOWN = 3


class Form(Enum):
    """How the sentences of an answer stand together."""

    ANSWER = "answer"
    POINTS = "points"
    TEXT = "text"


def waiting(heading: str | None, doing: str = words.READING) -> Page:
    """The page shown until there is something to show. ``heading``: the question, if it isn't seen anyway."""
    return Page(Mood.WORKING, (Block(_heading(heading) + doing),))


def answer_page(answer: Answer, heading: str | None, form: Form | None = None) -> Page:
    """``answer``, finished or growing, as much of it as fits: disagreements are left out first, then sentences.

    Whatever is shown is shown together with all its citations. Without a ``form`` the kind of answer tells it.
    """
    form = form or (Form.POINTS if answer.kind.wants_points else Form.ANSWER)
    if answer.kind.is_chatter or answer.kind is Kind.UNCLEAR:
        return _conversation(answer)
    if answer.abstained or (answer.finished and not answer.sentences):
        return _abstention(answer, heading, form)
    if not answer.sentences:
        return waiting(heading)
    all_, sides = len(answer.sentences), len(answer.disagreements)
    fewer = [*((all_, n) for n in range(sides, -1, -1)), *((n, 0) for n in range(all_ - 1, 0, -1))]
    for kept, told in fewer:
        page = _page(answer, answer.sentences[:kept], answer.disagreements[:told], heading, form)
        if page.length <= PAGE_LIMIT:
            return page
    first = answer.sentences[0]
    text = clip(one_line(first.text), _LONGEST_CUT)
    cut = Sentence(text, first.citations[:_CITATIONS_WHEN_CUT], first.speaker)
    return replace(_page(answer, (cut,), (), heading, form), cut=True)


def sentence_line(answer: Answer, sentence: Sentence, form: Form) -> str:
    """A sentence with the numbers of its citations: quoted, or as a point, or as plain words."""
    prefix = "- " if form is Form.POINTS else "> " if form is Form.ANSWER and _quoted(answer) else ""
    line = f"{prefix}{sentence_markdown(sentence)} {marks(sentence.citations)}".rstrip()
    if not sentence.days:
        return line
    days = escape(days_written_out(sentence.days))
    below = "> -# " if prefix == "> " else "-# "
    return f"{line}\n{below}{days}" if prefix else f"{line} ({days})"


def _page(
    answer: Answer,
    sentences: Sequence[Sentence],
    disagreements: Sequence[Disagreement],
    heading: str | None,
    form: Form,
) -> Page:
    told = [*sentences, *(side for one in disagreements for side in one.sides)]
    cited = {n for sentence in told for n in sentence.citations}
    citations = [citation for citation in answer.citations if citation.n in cited]
    between = {Form.POINTS: "\n", Form.TEXT: " "}.get(form, "\n\n" if _quoted(answer) else " ")
    body = (
        _heading(heading)
        + _understood(answer)
        + (_lead(answer) if form is Form.ANSWER else "")
        + between.join(sentence_line(answer, sentence, form) for sentence in sentences)
    )
    rest = len(answer.sentences) - len(sentences)
    hidden = len(answer.disagreements) - len(disagreements)
    if answer.finished and (rest or hidden):
        body += "\n" + words.rest_behind_button(rest, hidden)
    if not answer.finished:
        body += "\n" + words.WRITING
    sources = [words.SOURCES, *source_lines(citations)] if citations else []
    footer = [_footer(answer), *_notes(answer.notes)] if answer.finished else []
    missing = [f"{words.MISSING} {escape_within(one_line(part), _PART_LIMIT)}" for part in answer.missing]
    body += "".join(f"\n\n{line}" for line in missing)  # an empty line ends the quotation
    sides = [_sides(one, citations, sentences) for one in disagreements]
    texts = [body or "…", "\n".join(sides), "\n".join(sources), "\n".join(footer)]
    blocks = [Block(text) for text in texts if text]  # Discord takes no empty text
    mood = Mood.DONE if answer.finished else Mood.WORKING
    return Page(mood, tuple(blocks), citation_links(citations), cut=rest > 0 or hidden > 0)


def _sides(disagreement: Disagreement, citations: Sequence[Citation], told: Sequence[Sentence]) -> str:
    """The sides under one another, each with its outlet and day; what was ``told`` above is not said again."""
    known = {citation.n: citation for citation in citations}
    above = {sentence.text for sentence in told}
    lines = [words.SUPERSEDED if disagreement.superseded else words.SIDES]
    for side in disagreement.sides:
        first = next((known[n] for n in side.citations if n in known), None)
        details = article_details(first) if first else ""
        line = f"> {marks(side.citations)} {details}".rstrip()
        if side.text not in above:
            line += f": {sentence_markdown(side)}"
            if side.days:
                line += f"\n> -# {escape(days_written_out(side.days))}"
        lines.append(line)
    return "\n".join(lines)


def _understood(answer: Answer) -> str:
    """The question as it was understood and the filters in force, a line each, where there are any."""
    lines = []
    if answer.standalone:
        lines.append(words.understood_as(escape_within(one_line(answer.standalone), _HEADING_LIMIT)))
    filters = answer.filters
    if filters.since or filters.until or filters.source:
        outlet = escape_within(one_line(filters.source), _PART_LIMIT) if filters.source else None
        lines.append(words.filters(filters.since, filters.until, outlet))
    return "".join(f"{line}\n" for line in lines)


def _lead(answer: Answer) -> str:
    """What the sentences are, where they are no plain answer."""
    if answer.kind is Kind.CLAIM:
        return f"{words.CLAIMED}\n"
    return f"{words.CLOSEST}\n" if answer.quoted else ""


def _conversation(answer: Answer) -> Page:
    """One line for what asks nothing; for what can't be understood the question back."""
    if answer.kind.is_chatter:
        return notice(words.CHATTER[answer.kind], Mood.DONE)
    return notice(words.ABOUT_WHAT, Mood.ABSTAINED)


def _abstention(answer: Answer, heading: str | None, form: Form) -> Page:
    nearest = answer.nearest[:_NEAREST_SHOWN]
    asked = _heading(heading) + _understood(answer)
    lines = [words.ABSTAINED if form is Form.ANSWER else words.NO_POINTS]
    if answer.looked_for:
        lines.append(words.looked_for(escape_within(", ".join(answer.looked_for), _HEADING_LIMIT)))
    if nearest:
        lines.append(words.NEAREST)
    lines += [f"{n}\\. {article_line(article)}" for n, article in enumerate(nearest, 1)]
    lines += _notes(answer.notes)
    blocks = tuple(Block(text) for text in (asked, "\n".join(lines)) if text)
    return Page(Mood.ABSTAINED, blocks, article_links(nearest), choices=nearest)


def _footer(answer: Answer) -> str:
    if _quoted(answer):
        facts = [words.QUOTED_ORIGINAL if quotes_another_language(answer) else words.QUOTED]
    else:
        facts = [words.written_by(escape_within(one_line(answer.engine), 80))]
    if answer.as_of:
        facts.append(words.as_of(answer.as_of))
    if answer.left_out:
        facts.append(words.left_out(answer.left_out))
    return "-# " + " · ".join(facts)


def as_of_line(day: date | None) -> list[str]:
    """Which day's knowledge it is, as a line of its own; none if no article has a date."""
    return [f"-# {words.as_of(day)}"] if day else []


def _quoted(answer: Answer) -> bool:
    return answer.engine == "extractive"


def _notes(notes: Iterable[str]) -> list[str]:
    return ["-# " + escape_within(one_line(note), 240) for note in list(notes)[:_NOTES_SHOWN]]


def _heading(heading: str | None) -> str:
    text = escape_within(one_line(heading or ""), _HEADING_LIMIT)
    return f"**{text}**\n" if text else ""
