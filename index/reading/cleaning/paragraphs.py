"""Raw text -> tidy paragraphs: characters, white space, and what a line end means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from itertools import pairwise

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x85\u2028]")
_PARAGRAPH_ENDS = re.compile("[\x0c\u2029]")
_SOFT_BREAK = re.compile("\xad[ \t]*\n[ \t]*")
# Joiners have a meaning in Arabic, Persian, the scripts of India and emoji sequences; anywhere else they hide.
_JOINED = "\u0600-\u17ff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
    f"|(?<![{_JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])"
)
_LIGATURE = re.compile("[\ufb00-\ufb06\u0132\u0133]")
# Normalising takes the square of their number (UAX 15, 13 Stream-Safe Text Format, allows 30).
_PILE = re.compile("([\u0300-\u036f]{30})[\u0300-\u036f]+")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK = re.compile(r"\n\s*\n")

_WIDEST_WRAP = 140
"""Characters; text wrapped by hand or by a page is no wider."""
_NARROWEST_WRAP = 28
_SENTENCE_END = re.compile(r"[.!?…:][\"”“»’')\]]*$")
_ITEM = re.compile(r"(?:[-*•‣▪–—]|\(?\d{1,3}[.)]) ")
_ELLIPTIC = re.compile(r"(?:und|oder|bzw|and|or|en|of|y|o|et|ou)\b")


def normalise(text: str) -> str:
    """``text`` in NFC, with invisible and control characters gone and white space folded; line ends are LF.

    Broken LaTeX quotation marks become plain ones; all others stay as they were written.
    """
    text = _PARAGRAPH_ENDS.sub("\n\n", _LINE_ENDS.sub("\n", text))
    text = _INVISIBLE.sub("", _SOFT_BREAK.sub("", text))
    text = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), _PILE.sub(r"\1", text))
    text = unicodedata.normalize("NFC", text)
    text = _SPACES.sub(" ", text)
    return text.replace("``", '"').replace("''", '"')


def split_paragraphs(text: str) -> list[str]:
    """The paragraphs of a raw text, each on one line, tidy as ``normalise`` leaves them.

    Blank lines always part paragraphs. Whether a single line end does is decided for the whole text: it does
    not where lines break because the next word would not have fitted (hard-wrapped text, PDF pages).
    """
    blocks = [
        [line.strip() for line in block.split("\n") if line.strip()]
        for block in _BLANK.split(normalise(text))
        if block.strip()
    ]
    width = _wrap_width(blocks)
    if width is None:
        return [line for block in blocks for line in block]
    words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower()))
    return [paragraph for block in blocks for paragraph in _unwrap(block, width, words)]


def _wrap_width(blocks: list[list[str]]) -> int | None:
    """The width in characters at which the lines were wrapped, or None if they were not."""
    pairs = [pair for block in blocks for pair in pairwise(block)]
    width = max((len(line) for block in blocks if len(block) > 1 for line in block), default=0)
    if not pairs or not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return None
    broken_off = [pair for pair in pairs if not _SENTENCE_END.search(pair[0])]
    full = sum(_is_full(line, following, width) for line, following in broken_off)
    return width if len(broken_off) >= 0.3 * len(pairs) and full >= 0.7 * len(broken_off) else None


def _is_full(line: str, following: str, width: int) -> bool:
    # A quarter less than the width: in a PDF, letters differ in width and a line holds more or fewer of them.
    return len(line) + 1 + len(following.split(" ", 1)[0]) > 0.75 * width


def _unwrap(lines: list[str], width: int, words: set[str]) -> list[str]:
    paragraphs: list[str] = []
    current: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        current.append(line)
        if not following or _ITEM.match(following) or _ends_paragraph(line, following, width):
            paragraphs.append(join_lines(current, words))
            current = []
    return paragraphs


def _ends_paragraph(line: str, following: str, width: int) -> bool:
    if _SENTENCE_END.search(line):
        return not following[0].islower() and len(line) < 0.85 * width
    return not following[0].islower() and not _is_full(line, following, width)


def join_lines(lines: Sequence[str], words: Collection[str]) -> str:
    """One paragraph out of its lines; a word hyphenated at a line's end is put together again.

    ``words`` are those of the whole text in lower case: a compound that stands there with its hyphen keeps it.
    """
    joined = [lines[0]]
    for line in lines[1:]:
        joined[-1], mark = _end(joined[-1], line, words)
        joined += [mark, line]
    return "".join(joined)


def _end(text: str, line: str, words: Collection[str]) -> tuple[str, str]:
    """``text`` as it ends before ``line``, and what comes between the two."""
    tail = text[-80:].rstrip()
    if tail.endswith("\xad"):
        return text.rstrip()[:-1], ""
    if re.search(r"\d[-–]$", tail) and line[:1].isdigit():
        return text.rstrip(), ""
    hyphenated = re.search(r"([^\W\d_]+)[-\u2010]$", tail)
    continued = re.match(r"[^\W\d_]{1,80}", line)
    if not (hyphenated and continued and line[0].islower()) or _ELLIPTIC.match(line):  # "Haupt- und Nebensatz"
        return text, " "
    first, second = hyphenated[1].lower(), continued[0].lower()
    if f"{first}-{second}" in words and first + second not in words:
        return text.rstrip(), ""
    return text.rstrip()[:-1], ""
