"""A mail that was passed on as text: below a few words of its own stands the other, with its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr

from index.reading.metadata.days import plausible_day

_LINE = re.compile(r"\*?[^\W\d_][\w' -]{0,24}\*?:\*?[ \t]+(?:\| )?(\S.*)")
_QUOTE = re.compile(r"^(?:> ?)+")
_MARK = re.compile(r"-{4,} ?[^\W\d_][^-\n]{2,60}-{4,}")
"""The line that Gmail, Thunderbird and others put above the header, in any language."""
FORWARDED = "fwd?|wg|tr|rv|vb|vl|doorst|转发|轉寄|転送"
REPLIED = "re|aw|antw|sv|odp"
"""What programs put before the subject of what is passed on or answered, in their languages."""
_FORWARD = re.compile(rf"(?:{FORWARDED}|enc|i|pd|doorgest|轉發|전달)\.?\s?[:：]\s*", re.IGNORECASE)
_PREFIX = re.compile(rf"^(?:{_FORWARD.pattern}|(?:{REPLIED})\s?:\s*)+", re.IGNORECASE)
_TO_YEAR = re.compile(r".{0,60}?\b(?:19|20)\d\d\b")
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Forwarded:
    """What stands above the mail that is carried; who sent that, and when; its text."""

    above: str
    sender: str | None
    day: datetime | None
    text: str


def find_forwarded(text: str, subject: str, most_above: int) -> Forwarded | None:
    """The mail that is passed on in ``text``, with ``most_above`` characters above it at the most.

    Its header is three lines or more, one with an address; a mark stands above it, or one of its lines is the
    ``subject`` of the mail around it. Other boxes of names and addresses are no such header, and where the subject
    is not that of a mail passed on, what stands above is an answer, and not of the envelope.
    """
    is_forward = passes_on(subject)
    most_above = most_above if is_forward else 0
    lines = text.replace("\r\n", "\n").split("\n")
    wanted = _PREFIX.sub("", subject).strip()
    above: list[str] = []
    marked = False
    start = 0
    while start < len(lines) and len("\n".join(above)) <= most_above:
        values = _values(lines, start)
        is_header = len(values) >= _FEWEST and any("@" in value for value in values)
        if is_header and (marked or (is_forward and _names(values, wanted))):
            quoted = lines[start].startswith(">")
            below = lines[start + len(values) :]
            inside = [re.sub(r"^> ?", "", line) if quoted else line for line in below]
            return Forwarded("\n".join(above).strip(), _sender(values), _day(values), "\n".join(inside).strip())
        for line in lines[start : start + max(1, len(values))]:
            marked = bool(_MARK.fullmatch(line.strip())) or (marked and not line.strip())
            above += [line] if line.strip() and not marked else []
        start += max(1, len(values))
    return None


def passes_on(subject: str) -> bool:
    """Whether a mail with this ``subject`` passes another on."""
    return _FORWARD.match(subject) is not None


def _values(lines: Sequence[str], start: int) -> list[str]:
    """What the lines of a header say that begins at ``start``."""
    values: list[str] = []
    for number in range(start, len(lines)):
        found = _LINE.fullmatch(_QUOTE.sub("", lines[number]).strip())
        if found is None:
            break
        values.append(found[1].strip().strip("*"))
    return values


def _names(values: Sequence[str], wanted: str) -> bool:
    return any(_PREFIX.sub("", value).strip() == wanted for value in values)


def _sender(values: Sequence[str]) -> str | None:
    """The name of who sent it, who stands above whom it was sent to; addresses are nobody's business."""
    address = next(value for value in values if "@" in value)
    name = parseaddr(address)[0].strip("\"'")
    return name if name and "@" not in name else None


def _day(values: Sequence[str]) -> datetime | None:
    for value in values:
        year = _TO_YEAR.match(value)
        if found := plausible_day(value) or (plausible_day(year[0]) if year else None):
            return found
    return None
