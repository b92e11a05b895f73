"""Text files that news databases export (LexisNexis, Factiva, ProQuest): several documents, each with a header.

Also what people collect in one file: parts between lines of one mark, each with a title and a day of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.errors import ArticleError
from index.reading.extracted import Extracted, Refused
from index.reading.formats.exports.coded import coded_documents
from index.reading.metadata.days import read_day
from index.reading.metadata.fields import read_fields
from index.reading.metadata.openings import opening_day
from index.told import tell, words_of

_DOCUMENT = r"do[ck]u\w{4,8}"
_NUMBERED = re.compile(
    rf"(?m)^[ \t\f]*(?:{_DOCUMENT} (\d+) \w+ (\d+)|(\d+) \w+ (\d+) {_DOCUMENT})[ \t]*$", re.IGNORECASE
)
"""1 of 3 DOCUMENTS, Document 1 of 3, in many languages. Pages are numbered so, too, but not called documents."""
_END = re.compile(
    rf"(?m)^[ \t\f]*(?:end of|ende des|fin d[eu]l?|fine del|einde (?:van )?(?:het )?|fim do) ?{_DOCUMENT}[ \t]*$",
    re.IGNORECASE,
)
_FACTIVA = re.compile(r"(?m)^\f?(?:Document|Dokument|Documento) [A-Z]{4,8}0020\d{6}[a-z0-9]{6,12}[ \t]*$")
_RULE = re.compile(r"(?m)^[ \t\f]*(([=*_~#-])(?:[ \t]*\2){4,})[ \t]*$")
_LABEL = re.compile(r"([A-Z][A-Za-z]+(?:[ -][A-Za-z]+){0,2})[ \t]*:(?:[ \t]+(.*)|$)")
_FIELDS = {
    **dict.fromkeys(("headline", "title"), "title"),
    **dict.fromkeys(("byline", "author"), "author"),
    **dict.fromkeys(("publication title", "source"), "source"),
    **dict.fromkeys(("publication date", "date"), "date"),
    "document url": "",
    **dict.fromkeys(("section", "length", "dateline", "publication info", "abstract", "links", "highlight"), ""),
}
"""What stands above a text; of a dateline, a section and a summary nothing is kept."""
_BELOW = frozenset(
    (
        "load-date, language, publication-type, document-type, journal-code, subject, graphic, "
        "publication year, publication subject, source type, document type, classification, copyright, issn, "
        "place of publication, country of publication, proquest document id, last updated, database, location, "
        "people, company, organization, industry, geographic, person, notes"
    ).split(", ")
)
_TEXT = frozenset(("full text", "body", "text"))
_COPYRIGHT = re.compile(r"(?:\(c\)|©|copyright\b).*\b(?:19|20)\d\d\b|all rights reserved\b", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d\d.{0,12}")
_MOST = 20_000
_HEADER = 12
"""Paragraphs in which what is said of a text begins."""
_FEWEST_FIELDS = 2
_ABOVE = 300
"""Characters of what was searched for, above the first of several documents."""
_MARGIN = " \t\f\n\ufeff_=*-~#"
_LONGEST_DAY = 45
_BESIDE = ("field", "below", "rights")
_BREAK = re.compile(r"_{20,}")
_LONGEST_TITLE = 150
_NEAR_THE_TOP = 4


Header = Callable[[Sequence[str], int], dict[str, object]]
"""What the lines above a text say, of which the one in that place is the day."""


@dataclass(frozen=True, slots=True)
class Document:
    """One of several in a file: its fields as ``read_fields`` takes them, and its text."""

    fields: dict[str, object]
    text: str


def read_documents(text: str) -> Iterator[Extracted | Refused]:
    """The article in each document in ``text``, or why there is none; nothing if it holds no documents."""
    for number, one in enumerate(split_documents(text), start=1):
        try:
            yield read_fields(one.fields, one.text)
        except ArticleError as error:
            yield Refused(tell("Article {number}: {error}", number=number, error=words_of(error)))


def split_documents(text: str) -> list[Document]:
    """The documents in ``text``; none if it is not surely an export of a database, or a collection."""
    if coded := coded_documents(text):
        return [Document(*one) for one in coded]
    for split, header in (
        (_numbered, _outlet_first),
        (_ended(_END), _title_first),
        (_ended(_FACTIVA), _day_first),
    ):
        parts = split(text)
        if len(parts) > 1 or any(map(_has_a_header, parts)):
            return [_read(part, header) for part in parts]
    return _collected(text)


def _numbered(text: str) -> list[str]:
    marks = list(_NUMBERED.finditer(text))
    told = [[int(number) for number in mark.groups() if number] for mark in marks]
    if not told or told != [[number, told[0][1]] for number in range(told[0][0], told[0][0] + len(told))]:
        return []
    # Within a text such a line, as below a picture of a document, begins none: what stands above it would be lost.
    if len(text[: marks[0].start()].strip(_MARGIN)) > (_ABOVE if len(marks) > 1 else 0):
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]


def _has_a_header(part: str) -> bool:
    """Whether ``part`` has two of the fields that stand above a text: also a note may name its source, and end."""
    top = re.split(r"\n\s*\n", part.strip())[:_HEADER]
    labels = [_kind([line.strip()]) in ("field", "text") for one in top for line in one.split("\n")]
    return sum(labels) >= _FEWEST_FIELDS


def _ended(mark: re.Pattern[str]) -> Callable[[str], list[str]]:
    def split(text: str) -> list[str]:
        ends = list(mark.finditer(text))
        parts = [
            text[start : end.start()] for start, end in zip([0, *(one.end() for one in ends)], ends, strict=False)
        ]
        rest = text[ends[-1].end() :].strip() if ends else ""
        return [*parts, rest] if rest else parts

    return split


def _collected(text: str) -> list[Document]:
    """Parts between lines of one mark, if each is a title, a day of its own near it, and more."""
    marks = {mark[1] for mark in _RULE.finditer(text)}
    if len(marks) != 1:
        return []
    parts = [part.strip() for part in re.split(rf"(?m)^[ \t\f]*{re.escape(marks.pop())}[ \t]*$", text)]
    if len(parts) > _MOST:
        return []
    found: list[Document] = []
    for part in filter(None, parts):
        one = _dated(part)
        if one is None:
            return []
        found.append(one)
    return found if len(found) > 1 else []


def _dated(part: str) -> Document | None:
    title, _, rest = part.partition("\n")
    top = [line.strip() for line in rest.split("\n") if line.strip()][:_NEAR_THE_TOP]
    day = next(filter(None, (opening_day([line]) for line in top)), None)
    if day is None or len(title) > _LONGEST_TITLE or len(top) < _NEAR_THE_TOP - 1:
        return None
    return Document({"title": title.strip(), "date": day}, rest.strip())


def _read(part: str, header: Header) -> Document:
    """A document without what stands above its text and below it, of which its fields are read."""
    paragraphs = [[line.strip() for line in one.split("\n")] for one in re.split(r"\n\s*\n", part.strip())]
    kinds = [_kind(one) for one in paragraphs]
    first, last = _first(kinds, header), len(paragraphs)
    if first is None:
        return Document({}, part.strip())
    if kinds[first] == "text":  # a rule ends what is said of it
        last = next((number for number in range(first + 1, last) if _BREAK.fullmatch(paragraphs[number][0])), last)
    end = last
    while last > first and (kinds[last - 1] in _BESIDE or _is_labelled(paragraphs[last - 1])):
        last -= 1
    while last < end and kinds[last] not in _BESIDE:  # labels that are not known stand below others only
        last += 1
    above = [line for one in paragraphs[:first] for line in one]
    stated = dict(filter(None, map(_stated, [*above, *(line for one in paragraphs[last:end] for line in one)])))
    body = ["\n".join(one) for one in paragraphs[first:last]]
    if body and kinds[first] == "text":
        found = _LABEL.match(body[0])
        body[0] = body[0][found.start(2) :] if found and found[2] else ""
    free = [line for line in above if not _LABEL.fullmatch(line) and not _COPYRIGHT.match(line)]
    day = next((number for number, line in enumerate(free) if len(line) <= _LONGEST_DAY and read_day(line)), None)
    told = header(free, day) | {"date": free[day]} if day is not None else {}
    return Document(told | stated, "\n\n".join(body).strip())


def _is_labelled(paragraph: Sequence[str]) -> bool:
    return len(paragraph) == 1 and _LABEL.fullmatch(paragraph[0]) is not None


def _kind(paragraph: Sequence[str]) -> str:
    """What a paragraph is by the label it begins with, if it has one: a field, the text, or what stands below."""
    found = _LABEL.match(paragraph[0])
    name = found[1].lower() if found else paragraph[0].lower()
    if name in _TEXT and (found or len(paragraph) == 1):
        return "text"
    if name in _BELOW or (found and found[2] and len(found[2]) <= _LONGEST_DAY and read_day(found[2])):
        return "below" if found or len(paragraph) == 1 else ""
    if found and name in _FIELDS:
        return "field"
    return "rights" if any(map(_COPYRIGHT.match, paragraph)) or _RULE.fullmatch(paragraph[0]) else ""


def _first(kinds: Sequence[str], header: Header) -> int | None:
    """The paragraph that the text begins with: below the last of those that say something of it."""
    if "text" in kinds[:_HEADER] and "field" in kinds[: kinds.index("text")]:
        return kinds.index("text")
    marks = ("field", "below") if header is _outlet_first else ("field", "below", "rights")
    start = next((number for number, kind in enumerate(kinds[:_HEADER]) if kind in marks), None)
    if start is None:
        return None
    return next((number for number, kind in enumerate(kinds) if number > start and not kind), None)


def _stated(line: str) -> tuple[str, object] | None:
    found = _LABEL.fullmatch(line)
    name = _FIELDS.get(found[1].lower()) if found else None
    return (name, found[2]) if found and found[2] and name else None


def _outlet_first(lines: Sequence[str], day: int) -> dict[str, object]:
    """The Post / 12 March 2018 Monday / First Edition / Title, whose lines are the last ones."""
    return {"source": lines[day - 1] if day else "", "title": lines[-1] if day + 1 < len(lines) else ""}


def _title_first(lines: Sequence[str], day: int) -> dict[str, object]:
    """Title / The Post / 12 March 2018 Monday."""
    outlet = lines[day - 1] if day > 1 else ""
    return {"source": outlet, "title": " ".join(lines[: max(1, day - 1)])}


def _day_first(lines: Sequence[str], day: int) -> dict[str, object]:
    """Title / 553 words / 12 March 2018 / 10:15 / The Post."""
    below = [line for line in lines[day + 1 :] if not _CLOCK.fullmatch(line)]
    return {"source": below[0] if below else "", "title": lines[0]}
