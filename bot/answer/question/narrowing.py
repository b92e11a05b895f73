"""The filters that a message states in words: when something was published, and by which outlet.

Only words that clearly restrict the reports count: "articles since Monday", "according to Reuters", "was the deal
reported last week". A date of the events themselves ("Who won on Sunday?") narrows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from anyascii import anyascii

from bot.answer.question.languages import SourceWords, codes, source_words, time_words
from bot.answer.question.spans import Span, Word, spans_in, words_of
from index.search import Filters

_INFLECTED = 3
"""Letters that a language may add to the name of an outlet: "według Reutersa"."""
_ACRONYM = 3
"""Letters of a first word in capitals that stands for the whole name: the BBC of "BBC News"."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A text without the words that became ``filters``, and those words."""

    text: str
    filters: Filters = Filters()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Outlet:
    name: str
    start: int
    end: int


def narrow(
    text: str, today: date, outlets: Sequence[str] = (), language: str | None = None, *, reports: bool = False
) -> Narrowed:
    """``text``, written on ``today``, without its filters.

    ``outlets``: those there are. ``language``: that of the text, if it is known. ``reports``: it is known to ask
    for reports, whatever its words are, as the topic of a summary does.
    """
    words = words_of(text)
    spoken = _spoken(words, language)
    if spoken is None:
        return Narrowed(text)
    said = source_words(spoken)
    outlet = _outlet(text, words, outlets, said)
    about_reports = reports or outlet is not None or any(word.text in said.reports for word in words)
    span = next(
        (
            one
            for one in spans_in(text, spoken, today)
            if _restricts(one, words, said, outlet, about_reports) and (one.since or date.min) <= today
        ),
        None,
    )
    if not (span or outlet):
        return Narrowed(text)
    cut = sorted((found.start, found.end) for found in (span, outlet) if found)
    filters = Filters(span.since if span else None, span.until if span else None, outlet.name if outlet else None)
    return Narrowed(_without(text, cut), filters, tuple(text[start:end] for start, end in cut))


def merged(chosen: Filters, said: Filters) -> Filters:
    """Both, and where they differ what was ``chosen``: an option that somebody set outweighs their words."""
    if chosen.since or chosen.until:
        said = replace(said, since=None, until=None)
    return replace(
        chosen,
        since=chosen.since or said.since,
        until=chosen.until or said.until,
        source=chosen.source or said.source,
    )


def _spoken(words: Sequence[Word], language: str | None) -> str | None:
    """The language whose words of time and source are the most in the text; of those that tie, its own."""
    best, most = None, 0.0
    for code in codes():
        telling, small = _telling(code)
        count = sum(2 * (word.text in telling) + (word.text in small) for word in words)
        score = count + (1.5 if code == language else 0)
        if count and score > most:
            best, most = code, score
    return best or (language if language in codes() else None)


@cache
def _telling(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of time and source of a language, and the small ones beside them."""
    when, said = time_words(code), source_words(code)
    telling = when.since | when.last | when.this | when.today | when.yesterday | when.units.keys()
    openings = {max(phrase.split(), key=len) for phrase in said.according}
    return telling | said.reports | said.says | said.behind | openings, when.on | said.article | said.by


def _restricts(
    span: Span, words: Sequence[Word], said: SourceWords, outlet: _Outlet | None, about_reports: bool
) -> bool:
    """Whether ``span`` says when something was published."""
    if span.recent:
        return True
    if not about_reports:
        return False
    before = next((word for word in reversed(words) if word.end <= span.start), None)
    behind_report = before is None or before.text in said.reports or before.text in said.says
    behind_outlet = outlet is not None and before is not None and outlet.start <= before.start < outlet.end
    if span.linked == "of":
        return behind_report or behind_outlet
    relative = span.until is None or span.since is None or span.linked == "in"
    return relative or behind_report or behind_outlet


def _outlet(text: str, words: Sequence[Word], outlets: Sequence[str], said: SourceWords) -> _Outlet | None:
    """The outlet that the text says reported something, with the words that say so."""
    lower = text.lower()
    speaks = any(word.text in said.says or word.text in said.reports for word in words)
    for name in sorted(outlets, key=len, reverse=True):
        for start, end in _places(name, text):
            opening = next((one for one in said.according if _ends_with(lower[:start], one, said)), None)
            if opening is not None:
                begin = lower.rindex(opening, 0, start)
                return _Outlet(name, begin, _after_comma(text, end))
            following = next((word for word in words if word.start >= end), None)
            if following and following.text in said.behind:
                return _Outlet(name, _with_article(words, start, said), _after_comma(text, following.end))
            begin = _with_article(words, start, said)
            before = next((word for word in reversed(words) if word.end <= begin), None)
            if before and before.text in said.by:
                reported = _word_before(words, before)
                if reported and reported.text in said.reports:
                    return _Outlet(name, before.start, end)
            if (
                speaks
                and (before is None or before.text not in said.of | said.by)
                and not _owned(words, start, said)
            ):
                return _Outlet(name, begin, end)
    return None


def _places(name: str, text: str) -> list[tuple[int, int]]:
    """Where ``name`` stands in ``text``, with an ending or without its article."""
    first, _, rest = name.partition(" ")
    forms = [name]
    if rest and first.lower() in _articles():
        forms.append(rest)
    if rest and first.isupper() and len(first) >= _ACRONYM:
        forms.append(first)
    for form in forms:
        pattern = rf"(?<!\w){re.escape(form)}\w{{0,{_INFLECTED}}}(?!\w)"
        if found := [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]:
            return found
        plain = anyascii(text)
        if len(plain) == len(text) and (
            found := [match.span() for match in re.finditer(anyascii(pattern), plain, re.I)]
        ):
            return found
    return []


@cache
def _articles() -> frozenset[str]:
    return frozenset().union(*(source_words(code).article for code in codes()))


def _ends_with(before: str, opening: str, said: SourceWords) -> bool:
    rest = before.rstrip()
    for _ in range(2):
        if rest.endswith(opening) and not rest[: -len(opening)][-1:].isalpha():
            return True
        last = rest.split()[-1] if rest.split() else ""
        if last not in said.article:
            return False
        rest = rest[: -len(last)].rstrip()
    return False


def _with_article(words: Sequence[Word], start: int, said: SourceWords) -> int:
    before = next((word for word in reversed(words) if word.end <= start), None)
    return before.start if before and before.text in said.article else start


def _owned(words: Sequence[Word], start: int, said: SourceWords) -> bool:
    """Whether the article before an outlet already says "of": "im Vorstand der dpa"."""
    before = next((word for word in reversed(words) if word.end <= start), None)
    return before is not None and before.text in said.of


def _word_before(words: Sequence[Word], word: Word) -> Word | None:
    return next((one for one in reversed(words) if one.end <= word.start), None)


def _after_comma(text: str, end: int) -> int:
    return end + 1 if text[end : end + 1] == "," else end


def _without(text: str, cut: Sequence[tuple[int, int]]) -> str:
    kept, at = [], 0
    for start, end in cut:
        kept.append(text[at:start])
        at = max(at, end)
    rest = " ".join(" ".join([*kept, text[at:]]).split())
    rest = re.sub(r"\s+([?!.,;:])", r"\1", rest).strip(" ,;:")
    return rest[:1].upper() + rest[1:] if text[:1].isupper() else rest
