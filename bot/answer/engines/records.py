"""Replies written as data: JSON objects and rows of tables, turned into lines of the format that was asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.answer.engines.marks import KEY, LABEL

_OPENING = re.compile(r'[\s,\[]*(?:\{\s*"\w+"\s*:\s*\[\s*)?(?=\{\s*"\w+"\s*:)')
_OPENING_SO_FAR = re.compile(r'[\s,\[]*\{\s*(?:"\w*(?:"\s*)?)?$')
_SENTENCE_FIELDS = ("sentence", "text", "claim", "statement", "answer", "point", "fact")
_EVIDENCE_FIELD = re.compile(
    r"key|quot|evidence|words|excerpt|snippet|support|passage|source|citation|ref", re.IGNORECASE
)
_REFERENCE = re.compile(rf"\W*(?:{LABEL})?({KEY}|\d{{1,2}})\W*", re.IGNORECASE)
_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?)?\s*")


def may_open(text: str) -> bool:
    """Whether ``text``, as far as it goes, may be the beginning of a JSON object."""
    return bool(_OPENING.match(text) or _OPENING_SO_FAR.match(text))


def first_object(text: str) -> tuple[list[str], int] | None:
    """The JSON object that ``text`` begins with, as lines, and where it ends; None if it isn't whole, or is none.

    A list of objects is read one by one, so that none waits for the last, also within an object of its own.
    """
    opening = _OPENING.match(text)
    if not opening:
        return None
    try:
        value, end = json.JSONDecoder().raw_decode(text, opening.end())
        return list(_lines(value)), end
    except (ValueError, RecursionError):  # the latter of brackets in brackets, without end
        return None


def is_rule(line: str) -> bool:
    """Whether ``line`` is the rule between the head of a Markdown table and its rows."""
    return bool(_RULE.fullmatch(line))


def row(line: str) -> str | None:
    """A row of a Markdown table as a line; None if ``line`` is none."""
    if not re.match(r"\s*\|[^|]+\|", line):
        return None
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    place = next((place for place, cell in enumerate(cells) if " " in cell), 0)
    return f"{cells[place]} {_evidence(cells[place + 1 :])}"


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _lines(one)
    elif isinstance(value, dict):
        sentence = next((name for name in _SENTENCE_FIELDS if isinstance(value.get(name), str)), None)
        if sentence is None:
            yield from _lines(list(value.values()))
        else:
            yield f"{value.pop(sentence)} {_evidence_of(value)}".replace("\n", " ")


def _evidence_of(value: Any) -> str:
    """What a value of an object gives as evidence."""
    if isinstance(value, dict):
        fields = [one for name, one in value.items() if _EVIDENCE_FIELD.search(name)]
        inner = [one for one in fields if isinstance(one, dict | list)]
        return " ".join([_evidence([one for one in fields if one not in inner]), *map(_evidence_of, inner)])
    if isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        return " ".join(map(_evidence_of, value))
    return _evidence(value if isinstance(value, list) else [value])


def _evidence(values: Sequence[object]) -> str:
    """``values``, a passage's key or number and words of it in any order, as ``{key "words"}``."""
    texts = [str(one).replace("{", "(").replace("}", ")") for one in values if isinstance(one, str | int)]
    references = [match[1] for text in texts if (match := _REFERENCE.fullmatch(text))]
    quotes = [text.strip(' "“”') for text in texts if not _REFERENCE.fullmatch(text) and text]
    if not quotes:
        return "".join(f"{{{reference}}}" for reference in references)
    key = references[0] if references else ""
    return " ".join(f"{{{quote}}}" if re.search(KEY, quote) else f'{{{key} "{quote}"}}' for quote in quotes)
