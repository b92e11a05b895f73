"""Links that open an article at the quoted words.

They use text fragments (``#:~:text=prefix-,start,end,-suffix``), see
https://wicg.github.io/scroll-to-text-fragment/. A browser that doesn't know them opens the article at its top.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

MAX_LINK = 512
"""The longest URL that a link button in Discord takes, in characters."""

_WHOLE_WORDS = 8
_START_SIZES = (4, 8, 3, 2)
"""How many words of the start are looked for: eight tell more places apart, two fit into more links."""
_END_SIZES = (*_START_SIZES, 1)
_CONTEXT_WORDS = 3
_SURE_WORDS = 4
"""Fewer words than this may well stand in the menu of a page, or in its teasers."""
_UNSAFE_URL = re.compile(r"[\s<>\"\\^`{|}\x00-\x1f\x7f]")
_WORD = re.compile(r"\w(?:\S*\w)?")
# Quotation marks and dashes of the page may differ from the article's, and Discord's masked links break on the
# percent-encoded forms of !%'()*. And no term is found across the end of a paragraph.
_AWKWARD = re.compile(r"[^\w\s.,;:?&/+-]|[_\n]")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Directive:
    """What stands behind ``text=``, before it is encoded; an empty part is left out."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def encoded(self) -> str:
        prefix = f"{_encode(self.prefix)}-," if self.prefix else ""
        end = f",{_encode(self.end)}" if self.end else ""
        suffix = f",-{_encode(self.suffix)}" if self.suffix else ""
        return f"{prefix}{_encode(self.start)}{end}{suffix}"

    def marked(self, text: str) -> Span | None:
        """Where ``text`` is marked by a browser: the first match (the specification's "find a range").

        An end that doesn't come behind the first start comes behind no later one: each is looked for once.
        """
        prefix, start, end, suffix = (
            r"\s+".join(map(re.escape, part.split())) for part in (self.prefix, self.start, self.end, self.suffix)
        )
        before = rf"(?<!\w){prefix}\s*" if prefix else ""
        behind = rf"\s*{suffix}(?!\w)" if suffix else ""
        first = _pattern(rf"{before}(?P<term>\b{start}\b)" + ("" if end else behind)).search(text)
        if first is None or not end:
            return first.span("term") if first else None
        last = _pattern(rf"(?P<term>\b{end}\b){behind}").search(text, first.end())
        return (first.start("term"), last.end("term")) if last else None


def text_fragment(url: str, quote: str, before: str = "", after: str = "") -> str | None:
    """``url`` with a text fragment that finds ``quote``, or most of it.

    ``before`` and ``after`` are the article's text around the quote, as much of it as is known: where the same
    words come earlier, more of the quote or the words next to it tell the two places apart.

    The plain ``url`` if no fragment fits in ``MAX_LINK`` characters, the quote has no words, or every fragment
    would find another place; None if the URL itself doesn't fit, is not http(s), holds a password, or cannot be
    used in a link.
    """
    plain = usable_url(url)
    if plain is None:
        return None
    base = plain.split(":~:", 1)[0]
    base += ("" if "#" in base else "#") + ":~:text="
    text = before + quote + after
    words = [match.span() for match in _WORD.finditer(text, len(before), len(before) + len(quote))]
    for directive, place in _directives(text, words):
        link = base + directive.encoded()
        if len(link) <= MAX_LINK and directive.marked(text) == place:
            return link
    return plain


def usable_url(url: str) -> str | None:
    """``url`` in ASCII if it may be shown as a link (http(s), no password, not too long), else None."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
        ascii_host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    except ValueError:  # UnicodeError, from an impossible host name, is one
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    if _UNSAFE_URL.search(url.strip()):
        return None
    plain = parts._replace(netloc=ascii_host).geturl()
    plain = "".join(character if character.isascii() else percent_encode(character) for character in plain)
    return plain if len(plain) <= MAX_LINK else None


def _directives(text: str, words: Sequence[Span]) -> Iterator[tuple[_Directive, Span]]:
    """The ways to ask for ``words`` of ``text``, the best first, each with the place that it means."""
    contexts = (False, True) if len(words) >= _SURE_WORDS else (True, False)
    for in_context, (start, end) in product(contexts, _ends(text, words)):
        place = start[0], end[1]
        prefix, suffix = _around(text, place) if in_context else ("", "")
        yield _Directive(text[slice(*start)], text[slice(*end)] if end != start else "", prefix, suffix), place


def _ends(text: str, words: Sequence[Span]) -> list[tuple[Span, Span]]:
    """The first and the last words to look for, what marks the most in front; the same twice for a single term."""
    if not words:
        return []
    beginning = words[0][0], words[:_WHOLE_WORDS][-1][1]
    starts, ends = _plain_runs(text, words, _START_SIZES), _plain_runs(text, words[::-1], _END_SIZES)
    ranges = [(start, end) for start, end in product(starts, ends) if start[1] < end[0]]
    ranges.sort(key=lambda ends: ends[0][0] - ends[1][1])
    if len(words) <= _WHOLE_WORDS and not _AWKWARD.search(text, *beginning):
        return [(beginning, beginning), *ranges]
    return ranges or [(run, run) for run in (*starts, beginning)]


def _plain_runs(text: str, words: Sequence[Span], sizes: Sequence[int]) -> list[Span]:
    """For each of ``sizes`` the first so many neighbours among ``words`` without awkward characters."""
    found: list[Span] = []
    for size in sizes:
        runs = (words[at : at + size] for at in range(len(words) - size + 1))
        spans = ((min(run)[0], max(run)[1]) for run in runs)
        found += islice((span for span in spans if not _AWKWARD.search(text, *span)), 1)
    return found


def _around(text: str, place: Span) -> tuple[str, str]:
    """The words right before and right behind ``place``, on its line; none if they have awkward characters."""
    before, after = text[: place[0]].rpartition("\n")[2], text[place[1] :].partition("\n")[0]
    prefix = re.sub(r"^\W+", "", " ".join(before.split()[-_CONTEXT_WORDS:]))
    suffix = re.sub(r"\W+$", "", " ".join(after.split()[:_CONTEXT_WORDS]))
    return "" if _AWKWARD.search(prefix) else prefix, "" if _AWKWARD.search(suffix) else suffix


def _pattern(regex: str) -> re.Pattern[str]:
    return re.compile(regex, re.IGNORECASE)


def _encode(term: str) -> str:
    return percent_encode(" ".join(term.split()), safe="").replace("-", "%2D")
