"""What programs and senders put around a mail's own words, known by how it is marked and set, in any language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from lxml.etree import iterwalk  # type: ignore[import-untyped]

from index.reading.markup.tree import attached, drop, line_of, parse_html, text_length
from index.reading.markup.words import tree_text
from index.text.sentences import ends_sentence

_SIGNATURE = re.compile(
    r"(?:^|[\s_-])signature(?:[_-]?(?:block|div|container|wrapper|\d+))?(?:$|\s)", re.IGNORECASE
)
_HEADER = re.compile(r"(?:^|[\s_-])div-?Rply-?Fwd-?Msg(?:$|\s)")
_QUOTED = re.compile(rf"(?:gmail|protonmail|yahoo|tutanota)_quoted?\b|moz-cite-prefix|{_HEADER.pattern}")
_PASSED_ON = re.compile(r"-{4,} ?[^\W\d_]|\bfwd?:", re.IGNORECASE)
_FEWEST_OWN = 120
"""Characters of an answer, below which the mail it quotes is what is told."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MOST_OF_IT = 0.5
_LINES = frozenset("p div td th li center h1 h2 h3 h4 h5 h6 blockquote pre".split())
_SIZE = re.compile(r"(?:^|[;\s])font-size\s*:\s*(\d{1,3}(?:\.\d{1,4})?)\s*(px|pt|em|rem|%)", re.IGNORECASE)
_POINTS = {"px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "%": 0.12}
_FONT = {"1": 7.5, "2": 10.0, "3": 12.0, "4": 13.5, "5": 18.0, "6": 24.0}
_USUAL, _SMALL = 12.0, 10.0
"""Points, where nothing is said of the size of the letters, or no more than that they are small."""
_SMALLER = 0.8
_MOST_OF_FOOT = 0.25
_FOOT = 6
"""Lines at the end of a mail that may be its foot."""
_LONGEST_FOOT = 400
_MAIL = re.compile(r"\b(?:e-?mail|newsletter|courriel|nieuwsbrief|browser|navegador|navigateur)", re.IGNORECASE)
_LEADS = re.compile(r"(?:[^\W\d]+\W+){1,3}https?://\S*(?:\?\S+|[/=]\d+)>?")
"""A word or three, and an address that is the reader's own."""
_LEAVE = re.compile(r"unsub(?:scribe)?[/?=@]|mailto:\S*unsub|opt-?out[/?=@]\S|list-manage\.com", re.IGNORECASE)
"""What the addresses are called, mostly in English, at which one asks for no more mails."""
_NOTE = re.compile("[*†‡¹²³]")
"""What begins a note to the text, in small letters as well."""
_FEWEST_BETWEEN = 20
"""Characters between what is quoted, that answer it in turn."""


def speaks_of_mail(text: str) -> bool:
    """Whether ``text`` speaks of mail, by words that most languages have."""
    return _MAIL.search(text) is not None


def is_foot(lines: Sequence[str]) -> bool:
    """Whether ``lines``, which end a mail, are two: a sentence about it, which names no day, and where to go."""
    first, _, rest = "\n".join(lines).strip().partition("\n")
    is_said = len(first) <= _LONGEST_FOOT and speaks_of_mail(first) and ends_sentence(first.strip())
    return (
        is_said and not any(map(str.isdigit, first)) and _LEADS.fullmatch(rest.strip()[:_LONGEST_FOOT]) is not None
    )


def own_words(markup: str, leave: Sequence[str], *, passed_on: bool) -> tuple[str, tuple[str, ...]]:
    """The paragraphs of a mail that is HTML, and its headings, without signature, foot and the mail it answers.

    ``leave`` are the addresses that its header states for whoever wants no more of its kind (RFC 2369);
    ``passed_on`` says that the mail it quotes is what it is about.
    """
    root = parse_html(markup)
    if root is None:
        return "", ()
    whole = text_length(root)
    for element in [one for one in root.iter("*") if _SIGNATURE.search(_names(one))]:
        if attached(element, root) and text_length(element) <= _MOST_OF_IT * whole:
            drop(element)
    if not passed_on:
        _remove_answered(root)
    for line in _foot(_lines(root), leave):
        drop(line.element)
    return tree_text(root)


def _remove_answered(root: Any) -> None:
    """Take out the mail that is answered: another's words.

    One that is passed on, below a mark, is the mail; questions that are answered one by one stay with the answers.
    """
    quoted = [one for one in root.iter("*") if _QUOTED.search(_names(one)) or one.get("type") == "cite"]
    header = next((one for one in quoted if _HEADER.search(_names(one))), None)
    quoted += header.itersiblings() if header is not None else ()
    inside = set(quoted)
    outer = [one for one in inside if inside.isdisjoint(one.iterancestors())]
    others = sum(map(text_length, outer))
    is_passed_on = any(map(_PASSED_ON.search, (line_of(one)[:_LONGEST_FOOT] for one in outer)))
    is_told = is_passed_on or _is_answered_in_turn(root, outer)
    if not is_told and text_length(root) - others >= _FEWEST_OWN:
        for one in outer:
            drop(one)


def _is_answered_in_turn(root: Any, quoted: Sequence[Any]) -> bool:
    """Whether words of the mail's own stand between what is ``quoted``."""
    told, before = 0, []
    walk = iterwalk(root, events=("start", "end"))
    for event, one in walk:
        if event == "end":
            told += len((one.tail or "").strip())
        elif one in quoted:
            before.append(told)
            walk.skip_subtree()
        else:
            told += len((one.text or "").strip())
    return bool(before) and before[-1] - before[0] >= _FEWEST_BETWEEN


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a mail: the element it stands in, the size of most of its letters, and where its links lead."""

    element: Any
    sizes: Counter[float]
    links: list[str]

    @property
    def size(self) -> float:
        return self.sizes.most_common(1)[0][0]


def _lines(root: Any) -> list[_Line]:
    """The lines that say something, each without others in it."""
    found: list[_Line] = []
    for element in root.iter(*_LINES):
        if next(element.iterdescendants(*_LINES), None) is None and text_length(element):
            sizes: Counter[float] = Counter({_size(element): len((element.text or "").strip())})
            for one in element.iterdescendants():
                sizes[_size(one)] += len((one.text or "").strip())
                sizes[_size(one.getparent())] += len((one.tail or "").strip())
            found.append(_Line(element, sizes, [one.get("href") or "" for one in element.iter("a")]))
    return found


def _size(element: Any) -> float:
    """The size of the letters in ``element``, as far as it or what it stands in says."""
    for one in (element, *element.iterancestors()):
        if stated := _SIZE.search((one.get("style") or "")[:2_000]):
            return round(float(stated[1]) * _POINTS[stated[2].lower()], 1)
        if one.tag == "font" and (one.get("size") or "") in _FONT:
            return _FONT[one.get("size")]
        if one.tag == "small":
            return _SMALL
    return _USUAL


def _foot(lines: Sequence[_Line], leave: Sequence[str]) -> Sequence[_Line]:
    """The lines at the end of a mail that tell how to get no more; in smaller letters, all that end it."""
    if len(lines) < 2:
        return []
    sizes = sum((line.sizes for line in lines), Counter[float]())
    usual = sizes.most_common(1)[0][0]
    end = lines[1:][-_FOOT:]
    small = list(takewhile(lambda line: line.size <= _SMALLER * usual and not _is_note(line), reversed(end)))[::-1]
    if _share(small, sizes) <= _MOST_OF_FOOT and any(
        _leads_out(one, leave) for line in small for one in line.links
    ):
        return small
    first = next((n for n, line in enumerate(end) if any(_leads_out(one, leave) for one in line.links)), len(end))
    return end[first:] if _share(end[first:], sizes) <= _MOST_OF_IT else []


def _share(lines: Sequence[_Line], sizes: Counter[float]) -> float:
    """How much of a mail, whose letters are of ``sizes``, stands in ``lines``."""
    return sum(line.sizes.total() for line in lines) / (sizes.total() or 1)


def _is_note(line: _Line) -> bool:
    return _NOTE.match(line_of(line.element)) is not None


def _leads_out(link: str, leave: Sequence[str]) -> bool:
    return link.removeprefix("mailto:") in leave or _LEAVE.search(link) is not None


def _names(element: Any) -> str:
    return _CAMEL.sub("-", f"{element.get('class') or ''} {element.get('id') or ''}")
