"""Tells the evidence in a line of a chat model's reply from its sentences, in whatever marks they come.

Asked for is ``{key "quote"}``. Found are other brackets or none, keys alone, quotes alone, and numbers such as
[1], which count the passages in the order shown. A number only says where to look first: the model may have meant
another order, or have copied it from an article, so nothing is shown for its sake (``citations.CitationBook``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from bot.answer.engines.engine import Claim
from index.text.languages import codes, table

KEY = r"\bk[2-9][a-z]\b"
"""What the key of a passage looks like: no word of any language."""


def citing(purpose: str) -> str:
    """A pattern of the words of all languages for ``purpose`` (citing.toml)."""
    words = (word for code in codes() for word in table(code, "citing").get(purpose, ()))
    return f"(?:{'|'.join(words)})"


LABEL = rf"{citing('label')}s?\s*[.:#]?\s*"
"""What may stand before a key or a number."""

_MARKS = '"“”„«»'
_CLOSERS = {"{": "}", "[": "]", "(": ")"}
_NUMBER = r"\d{1,2}"
_NUMBERS = rf"{_NUMBER}(?:\s*(?:[,;&–-]|and)\s*(?:{LABEL})?{_NUMBER})*"
_EVIDENCE = re.compile(
    rf"\{{|[\[(](?=\s*{KEY})|[\[(](?={_NUMBER}\s*[:,]?\s*[{_MARKS}])|\[(?={_NUMBERS}\])"
    rf"|\((?=[{_MARKS}][^{_MARKS}]+[{_MARKS}]\)[\s.!?]*$)|{KEY}(?=\s*:?\s*[{_MARKS}])|{KEY}(?=[\s.!?]*$)",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    rf"^\s*{citing('according')}\s+(?:(?:the\s+)?{LABEL}(?:{KEY}|{_NUMBER})|{KEY}"
    rf"|\[(?:{KEY}|{_NUMBER})\])\s*[,:]\s*(\w)",
    re.IGNORECASE,
)
_ALIKE = (
    (re.compile(rf"<sup>\s*\[?\^?({_NUMBERS})\]?\s*</sup>", re.IGNORECASE), r"[\1]"),
    (re.compile(r"【([^】†]*)[^】]*】"), r"[\1]"),
    (re.compile(rf"\[\^({_NUMBER})\]"), r"[\1]"),
    (re.compile(rf"([\[({{])\s*{LABEL}(?={KEY}|{_NUMBER}\b)", re.IGNORECASE), r"\1"),
    (re.compile(rf"[`*_]+({KEY})[`*_]+", re.IGNORECASE), r"\1"),
)
"""Other forms of the same marks, and the one that they are brought into."""
_RAISED = re.compile(r"([^\W\d_]{3}|[.!?,;\"”’)])([⁰¹²³⁴-⁹]{1,2})(?!\w)")
_LAST = re.compile(rf"\(({_NUMBERS})\)(?=[.!?](?:\s|$)|\s*$|\s*\()")


def parts(line: str, passage_ids: Mapping[str, str]) -> Iterator[tuple[str, list[Claim]]]:
    """The line as (text, the claims that follow it).

    ``passage_ids``: the passage behind each key, and behind each number.
    """
    line = _alike(line, passage_ids)
    position = 0
    while position < len(line):
        match = _EVIDENCE.search(line, position)
        if not match:
            yield line[position:], []
            return
        end = _evidence_end(line, match)
        yield line[position : match.start()], _claims(line[match.start() : end], passage_ids)
        position = end


def _alike(line: str, passage_ids: Mapping[str, str]) -> str:
    """The line with its marks in the forms that ``_EVIDENCE`` knows; "According to passage 2" says nothing."""
    for pattern, replacement in _ALIKE:
        line = pattern.sub(replacement, line)
    line = _RAISED.sub(lambda match: f"{match[1]}[{unicodedata.normalize('NFKC', match[2])}]", line)
    # "The driver (52)." gives an age, unless there are that many passages.
    line = _LAST.sub(
        lambda match: f"[{match[1]}]" if set(re.findall(r"\d+", match[1])) <= passage_ids.keys() else match[0],
        line,
    )
    return _LEAD_IN.sub(lambda match: match[1].upper(), line)


def _evidence_end(line: str, opening: re.Match[str]) -> int:
    """Where the evidence that starts at ``opening`` ends: behind its bracket, or its quotation if it has none."""
    closer = _CLOSERS.get(opening.group())
    quotation = _quotation(closer)
    position = opening.end()
    if closer is None:
        match = quotation.search(line, position)
        return match.end() if match else len(line)
    while position < len(line):
        if line[position] == closer:
            behind = re.compile(rf"\s*:?\s*{_quotation(None).pattern}").match(line, position + 1)
            return behind.end() if behind and closer == "]" else position + 1
        match = quotation.match(line, position)
        position = match.end() if match else position + 1
    return len(line)


def _quotation(closer: str | None) -> re.Pattern[str]:
    """A quotation, which may hold quotation marks: it ends at the mark that has the right thing behind it."""
    behind = re.escape(closer) if closer else r"[.!?]?\s+[^\W\d_a-z]|[.!?]?\s*[\[({]"
    next_claim = rf"[,;]?\s*(?:and\s+)?{KEY}|[,;]?\s*[{_MARKS}]|[,;]\s*\w{{1,10}}\s*:?\s*[{_MARKS}]"
    return re.compile(
        rf"[{_MARKS}]([^\n]*?)[{_MARKS}](?=\s*(?:{behind}|{next_claim}|[,;.!?]?\s*$))",
        re.IGNORECASE if closer else 0,
    )


def _claims(evidence: str, passage_ids: Mapping[str, str]) -> list[Claim]:
    """The claims in one piece of evidence.

    A key that no passage has is passed over; if there is no other, its words may stand in any passage.
    """
    closer = _CLOSERS.get(evidence[0], "}")
    body = evidence.lstrip("".join(_CLOSERS)).removesuffix(closer).rstrip()
    if re.fullmatch(_NUMBERS, body, re.IGNORECASE):
        return [Claim(passage_ids[number]) for number in re.findall(r"\d+", body) if number in passage_ids]
    other = rf"(?:^|(?<=[,;]))\s*\w{{1,10}}(?=\]?\s*:?\s*[{_MARKS}])"
    tokens = list(re.finditer(rf"(?P<key>{KEY}|{other})|{_quotation(closer).pattern}", body, re.IGNORECASE))
    if not any(token["key"] for token in tokens):
        return [Claim(None, token[2].strip()) for token in tokens]
    found: list[Claim] = []
    for index, token in enumerate(tokens):
        if not token["key"]:
            continue
        passage_id = passage_ids.get(token["key"].strip().lower())
        later = next((other.start() for other in tokens[index + 1 :] if other["key"]), len(body))
        quotes = [other[2] for other in tokens[index + 1 :] if not other["key"] and other.start() < later]
        if not quotes:
            quotes = [body[token.end() : later].strip(f"\t .:,;=-'‘’`[]{_MARKS}")]
        found += [Claim(passage_id, quote.strip() or None) for quote in quotes]
    return [claim for claim in found if claim.passage_id] or found
