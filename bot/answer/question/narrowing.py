"""The filters that a message states in words: when something was published, and by which outlet.

Only words that clearly restrict the reports count: "articles since Monday", "according to Reuters", "was the deal
reported last week". A date of the events themselves ("Who won on Sunday?") narrows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from anyascii import anyascii

from bot.answer.question.languages import codes, known_words
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


_Words = Mapping[str, frozenset[str]]


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
    said = known_words(spoken, "said")
    outlet = _outlet(text, words, outlets, said)
    about_reports = reports or outlet is not None or any(word.text in said["reports"] for word in words)
    spans = (one for one in spans_in(text, spoken, today) if (one.since or date.min) <= today)
    span = next((one for one in spans if _restricts(one, words, said, outlet, about_reports)), None)
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
    when, said = known_words(code, "when"), known_words(code, "said")
    times = frozenset().union(*(words for role, words in when.items() if role not in ("on", "before", "until")))
    openings = {max(phrase.split(), key=len) for phrase in said["according"]}
    return times | said["reports"] | said["says"] | said["behind"] | openings, when["on"] | said["article"] | said[
        "by"
    ]


def _restricts(
    span: Span, words: Sequence[Word], said: _Words, outlet: _Outlet | None, about_reports: bool
) -> bool:
    """Whether ``span`` says when something was published."""
    if span.recent or not about_reports:
        return span.recent
    before = _before(words, span.start)
    behind_report = before is None or before.text in said["reports"] | said["says"]
    behind_outlet = outlet is not None and before is not None and outlet.start <= before.start < outlet.end
    relative = span.until is None or span.since is None or span.linked == "in"
    return behind_report or behind_outlet or (relative and span.linked != "of")


def _outlet(text: str, words: Sequence[Word], outlets: Sequence[str], said: _Words) -> _Outlet | None:
    """The outlet that the text says reported something, with the words that say so."""
    speaks = any(word.text in said["says"] | said["reports"] for word in words)
    for name in sorted(outlets, key=len, reverse=True):
        for start, end in _places(name, text):
            if (opening := _opening(text[:start].lower(), said)) is not None:
                return _Outlet(name, opening, _after_comma(text, end))
            article = _before(words, start)
            if not article or article.text not in said["article"]:
                article = None
            begin = article.start if article else start
            behind = next((word for word in words if word.start >= end), None)
            if behind and behind.text in said["behind"]:
                return _Outlet(name, begin, _after_comma(text, behind.end))
            before = _before(words, begin)
            if before and before.text in said["by"]:
                reported = _before(words, before.start)
                if reported and reported.text in said["reports"]:
                    return _Outlet(name, before.start, end)
            # "im Vorstand der dpa": an article may already say "of"
            tied = before and before.text in said["of"] | said["by"]
            if speaks and not tied and not (article and article.text in said["of"]):
                return _Outlet(name, begin, end)
    return None


def _opening(before: str, said: _Words) -> int | None:
    """Where "according to" begins, if ``before`` ends with it, or with it and an article."""
    rest = before.rstrip()
    for _ in range(2):
        for phrase in said["according"]:
            if rest.endswith(phrase) and not rest[: -len(phrase)][-1:].isalpha():
                return len(rest) - len(phrase)
        *_, last = rest.split() or [""]
        if last not in said["article"]:
            return None
        rest = rest[: -len(last)].rstrip()
    return None


def _before(words: Sequence[Word], place: int) -> Word | None:
    """The last word that ends before ``place``."""
    return next((word for word in reversed(words) if word.end <= place), None)


def _places(name: str, text: str) -> list[tuple[int, int]]:
    """Where ``name`` stands in ``text``, with an ending or without its article."""
    first, _, rest = name.partition(" ")
    forms = [name]
    if rest and first.lower() in _articles():
        forms.append(rest)
    if rest and first.isupper() and len(first) >= _ACRONYM:
        forms.append(first)
    plain = anyascii(text)
    for form in forms:
        pattern = rf"(?<!\w){re.escape(form)}\w{{0,{_INFLECTED}}}(?!\w)"
        found = [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]
        if not found and len(plain) == len(text):
            found = [match.span() for match in re.finditer(anyascii(pattern), plain, re.IGNORECASE)]
        if found:
            return found
    return []


@cache
def _articles() -> frozenset[str]:
    return frozenset().union(*(known_words(code, "said")["article"] for code in codes()))


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
