"""Where sentences begin and end.

sentencex knows the abbreviations of more languages than ICU, and better ones (of 20 English, 11 German and 7 Dutch
examples it splits 17, 7 and 6 rightly, ICU with CLDR's suppressions 9, 3 and 2), but for French and Spanish, where
both are heeded. Lines in scripts without spaces are split by ICU, and at the spaces that stand between phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

import regex
from sentencex import get_sentence_boundaries

from index.text.datelines import dateline_end
from index.text.languages import table
from index.text.segmentation import sentence_ends

Span = tuple[int, int]

_CLOSING = r"[\p{Pe}\p{Pf}\p{Pi}\"']*$"
_ENDED = regex.compile(r"[\p{Sentence_Terminal}…]" + _CLOSING)
_ASKED = regex.compile(r"[?？؟;]" + _CLOSING)

_LINES = 512
"""Lines whose sentences are remembered: one answer asks for those of a passage several times."""
_LONG_QUOTATION = 350
"""Characters; a quotation of several sentences stays whole up to this length."""

_QUOTES = '"“”„‟«»'
_UNQUOTE = str.maketrans(dict.fromkeys(_QUOTES, " "))
_OPENING_AT_THE_END = re.compile(r"\s[\"“„«‘(\[]+$")
_CLOSED = re.compile(r"[\"”“»’'][)\]]?$")
_NUMBER_OF_AN_ITEM = re.compile(r"^[(\[]?(?:\d{1,3}|[A-Za-z])[.)\]]+$")
_CLOCK = re.compile(r"\b[ap]\.m\.$")
_AFTER_CLOCK = re.compile(r"\w+(?: \w+)?\.$|(?:[A-Z]{1,3}T|UTC)\b")
_LAST_TOKEN = re.compile(r"(?:^|[\s(\[\"“„«‘'’/-])([^\s(\[\"“„«‘'’/-]+\.)$")
_CAPITAL_BEHIND = re.compile(r"(?<=\.)\s+(?=(?P<word>[^\W\d_]+))(?=[^\Wa-z\d_])")
_SMALL_WORD = regex.compile(r"\p{Ll}+(?![\p{L}\d.])")
_ORDINALS = "before_ordinals"
_DOTTED = re.compile(r"(?:\w{1,2}\.){2,}")
_JAPANESE_QUOTED = re.compile(r"[」』]$")
_JAPANESE_SAYS = ("と", "って")
# A full stop is "।" there; a short word with "." is a title, such as "डॉ.".
_INDIC_TITLE = regex.compile(r"(?:^|\s)[\u0900-\u0dff]{1,5}\.$")
_PHRASES = regex.compile(r"(?<=\p{LB=SA})(?<!ๆ)\s+(?=\p{LB=SA})")
_PHRASE = 80
"""Characters; where no sentence end is written (Thai, Lao), phrases are put together up to about this length."""
_ICU_KNOWS_MORE = ("fr", "es")
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

    A line end always ends a sentence, and so does a dateline. ``language`` (ISO 639-1) chooses the abbreviations;
    None means English.
    A quotation of several sentences stays in one piece with its attribution, unless it is very long.
    """
    return [
        (line.start() + start, line.start() + end)
        for line in re.finditer(r"[^\n]+", text)
        for start, end in _sentences_in(line[0], language or "en")
    ]


@lru_cache(_LINES)
def _sentences_in(line: str, language: str) -> tuple[Span, ...]:
    return tuple(_split_line(line, language))


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as sentences do in any script that marks their ends: Thai and Lao mark none."""
    return bool(_ENDED.search(text))


def asks(text: str) -> bool:
    """Whether ``text`` ends with a question mark, in whatever script."""
    return bool(_ASKED.search(text))


def _split_line(line: str, language: str) -> Iterator[Span]:
    if begun := dateline_end(line):
        yield _trim(line, 0, begun)
        for start, end in _split_line(line[begun:], language) if begun < len(line) else ():
            yield begun + start, begun + end
        return
    for start, end in _mend(line, _boundaries(line, language), language):
        if end - start <= _LONG_QUOTATION or not any(quote in line[start:end] for quote in _QUOTES):
            yield start, end
            continue
        inside = _boundaries(line[start:end].translate(_UNQUOTE), language)
        yield from _mend(line, ((start + a, start + b) for a, b in inside), language)


def _boundaries(line: str, language: str) -> Iterator[Span]:
    # A lone surrogate cannot be handed to sentencex; replaced one for one, the offsets stay right.
    line = line.encode("utf-8", "replace").decode() if re.search("[\ud800-\udfff]", line) else line
    if 2 * len(regex.findall(r"\p{LB=SA}", line)) > sum(map(str.isalpha, line)):
        yield from _phrases(line)
        return
    begun = 0
    letters = list(accumulate(map(str.isalnum, line), initial=0))
    # By the letters before them the ends that both find are the same, whosever the quotation mark between is.
    icu = {letters[end] for end in sentence_ends(line, language)} if language in _ICU_KNOWS_MORE else set(letters)
    for piece in get_sentence_boundaries(language, line):
        end = piece["end_index"]
        if letters[end] in icu or end == len(line):
            for inside in _overlooked(line, begun, end, language):
                yield begun, inside
                begun = inside
            yield begun, end
            begun = end


def _overlooked(line: str, start: int, end: int, language: str) -> Iterator[int]:
    """Where a sentence ends within a piece: behind a firm's name, or a word that looks like an abbreviation."""
    known = table(language, "abbreviations")
    for stop in _CAPITAL_BEHIND.finditer(line, start, end):
        last = _LAST_TOKEN.search(line, start, stop.start())
        token = last[1] if last else ""
        begins = stop["word"].casefold() in known.get("begins", ())
        if token in known.get("words", ()) or (begins and token.casefold() in known.get("firms", ())):
            yield stop.end()


def _phrases(line: str) -> Iterator[Span]:
    """The sentences of a line in a script without spaces, those that are long cut between phrases."""
    start = 0
    for end in sentence_ends(line):
        for pause in _PHRASES.finditer(line, start, end):
            if pause.start() - start >= _PHRASE <= end - pause.end():
                yield start, pause.start()
                start = pause.end()
        yield start, end
        start = end


def _mend(line: str, pieces: Iterable[Span], language: str) -> list[Span]:
    """Pieces trimmed, with what was torn apart put together again."""
    mended: list[Span] = []
    carried = None  # where an opening quotation mark stands that the previous piece wrongly kept
    for start, end in pieces:
        if carried is not None:
            start, carried = carried, None
        start, end = _trim(line, start, end)
        if start == end:
            continue
        if mended and _belongs_to_previous(line, mended[-1], (start, end), language):
            start = mended.pop()[0]
        opening = _OPENING_AT_THE_END.search(line, start, end)
        if opening and end < len(line.rstrip()):
            carried = opening.start() + 1
            start, end = _trim(line, start, opening.start())
        if start < end:
            mended.append((start, end))
    return mended


def _belongs_to_previous(line: str, previous: Span, piece: Span, language: str) -> bool:
    before, text = line[slice(*previous)], line[slice(*piece)]
    if _is_abbreviated(before, text, language):
        return True
    if not any(map(str.isalnum, text)) or _NUMBER_OF_AN_ITEM.match(before):
        return True
    if _goes_on(before, text):
        return True
    if text[0] in ",;:.!?…)]" or (_CLOCK.search(before) and _AFTER_CLOCK.match(text)):
        return True
    if _INDIC_TITLE.search(before) or (_JAPANESE_QUOTED.search(before) and text.startswith(_JAPANESE_SAYS)):
        return True
    said = text.lstrip("—–- ")
    return bool(_CLOSED.search(before)) and (said[:1].islower() or bool(_ATTRIBUTION.match(said)))


def _goes_on(before: str, text: str) -> bool:
    """Whether ``text`` goes on in small letters after a full stop that got into the sentence by mistake.

    Of somebody who writes without capitals, and of a question, that says nothing.
    """
    first = next(filter(str.isalpha, before), "")
    return bool(first.isupper() and before.endswith(".") and _SMALL_WORD.match(text) and not asks(text))


def _is_abbreviated(before: str, text: str, language: str) -> bool:
    """Whether the full stop that ends ``before`` is an abbreviation's, and ``text`` goes on."""
    last = _LAST_TOKEN.search(before)
    if not last:
        return False
    known, token = table(language, "abbreviations"), last[1].casefold()
    if token[:-1].isdigit() and before[: last.start(1)].split()[-1:] in (
        [one] for one in known.get(_ORDINALS, ())
    ):
        return True
    if token in known.get("titles", ()):
        return True
    return (token in known.get("others", ()) or bool(_DOTTED.fullmatch(token))) and (
        text[0].islower() or text[0].isdigit()
    )


def _trim(line: str, start: int, end: int) -> Span:
    while start < end and line[start].isspace():
        start += 1
    while end > start and line[end - 1].isspace():
        end -= 1
    return start, end
