"""Where sentences begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sentencex import get_sentence_boundaries

Span = tuple[int, int]

_LONG_QUOTATION = 350
"""Characters; a quotation of several sentences stays whole up to this length."""

_QUOTES = '"“”„‟«»'
_UNQUOTE = str.maketrans(dict.fromkeys(_QUOTES, " "))
_OPENING_AT_THE_END = re.compile(r"\s[\"“„«‘(\[]+$")
_CLOSED = re.compile(r"[\"”“»’'][)\]]?$")
_NUMBER_OF_AN_ITEM = re.compile(r"^[(\[]?(?:\d{1,3}|[A-Za-z])[.)\]]+$")
_CLOCK = re.compile(r"\b[ap]\.m\.$")
_SHORT_END = re.compile(r"^\w+(?: \w+)?\.$")
_SAYS = (
    "said|says|added|adds|told|wrote|asked|replied|warned|argued|continued|explained"
    "|zei|zegt|schreef|aldus|sagte|sagt|erklärte|schrieb|dijo|afirmó|añadió|dit|affirmé|écrit|déclaré"
    "|сказав|сказала|заявив|заявила|додав|додала|сказал|заявил|добавил"
)
_ATTRIBUTION = re.compile(
    rf"^\w[\w.'’-]*(?: [\w.'’-]+){{0,3}} (?:{_SAYS})\b[^,]{{0,40}}\.?$|^(?:{_SAYS}) [^,]{{1,60}}$"
)


def split_sentences(text: str, language: str | None) -> list[Span]:
    """The sentences of ``text`` as (start, end) offsets into it, without surrounding white space.

    A line end always ends a sentence. ``language`` (ISO 639-1) chooses the abbreviations; None means English.
    A quotation of several sentences stays in one piece with its attribution, unless it is very long.
    """
    spans: list[Span] = []
    for line in re.finditer(r"[^\n]+", text):
        for start, end in _split_line(line[0], language or "en"):
            spans.append((line.start() + start, line.start() + end))
    return spans


def _split_line(line: str, language: str) -> Iterator[Span]:
    for start, end in _mend(line, _boundaries(line, language)):
        if end - start <= _LONG_QUOTATION or not any(quote in line[start:end] for quote in _QUOTES):
            yield start, end
            continue
        inside = _boundaries(line[start:end].translate(_UNQUOTE), language)
        yield from _mend(line, ((start + a, start + b) for a, b in inside))


def _boundaries(line: str, language: str) -> Iterator[Span]:
    # A lone surrogate cannot be handed to sentencex; replaced one for one, the offsets stay right.
    line = line.encode("utf-8", "replace").decode() if re.search("[\ud800-\udfff]", line) else line
    for piece in get_sentence_boundaries(language, line):
        yield piece["start_index"], piece["end_index"]


def _mend(line: str, pieces: Iterable[Span]) -> list[Span]:
    """Pieces trimmed, with what was torn apart put together again."""
    mended: list[Span] = []
    carried = None  # where an opening quotation mark stands that the previous piece wrongly kept
    for start, end in pieces:
        if carried is not None:
            start, carried = carried, None
        start, end = _trim(line, start, end)
        if start == end:
            continue
        if mended and _belongs_to_previous(line, mended[-1], (start, end)):
            start = mended.pop()[0]
        opening = _OPENING_AT_THE_END.search(line, start, end)
        if opening and end < len(line.rstrip()):
            carried = opening.start() + 1
            start, end = _trim(line, start, opening.start())
        if start < end:
            mended.append((start, end))
    return mended


def _belongs_to_previous(line: str, previous: Span, piece: Span) -> bool:
    before, text = line[slice(*previous)], line[slice(*piece)]
    if not any(map(str.isalnum, text)) or _NUMBER_OF_AN_ITEM.match(before):
        return True
    if text[0] in ",;:.!?…)]" or (_CLOCK.search(before) and _SHORT_END.match(text)):
        return True
    said = text.lstrip("—–- ")
    return bool(_CLOSED.search(before)) and (said[:1].islower() or bool(_ATTRIBUTION.match(said)))


def _trim(line: str, start: int, end: int) -> Span:
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    return start, end
