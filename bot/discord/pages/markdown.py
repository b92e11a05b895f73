"""Text from articles and from people, made safe to stand inside Discord markdown.

Discord's rules: https://support.discord.com/hc/en-us/articles/210298617 (markdown) and
https://docs.discord.com/developers/reference#message-formatting (mentions, emoji, timestamps). A backslash
before a punctuation mark takes away its meaning. That nobody is pinged rests on ``AllowedMentions.none()``;
the escaping here keeps a mention from even looking like one.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\xad\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]"
)
"""Control characters, those that turn the direction of the text after them, and those that only hide something.

Joiners (U+200C, U+200D) stay: scripts and emoji need them."""

_INLINE = re.compile(r"[\\*_~`|<\[\]@]|:(?=/|[\w+-]+:)")
"""Emphasis, spoilers, code, mentions, masked links; and the colon that begins ``://`` or ``:emoji:``."""

_LINE_START = re.compile(r"^(\s*)([#>+-])", re.MULTILINE)
_LIST_NUMBER = re.compile(r"^(\s*\d+)\.", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*(?=\s|$)")
_ELLIPSIS = "…"


def escape(text: str) -> str:
    """``text`` so that Discord shows exactly its words: no markup, no link, no mention, no emoji."""
    text = _INLINE.sub(lambda match: "\\" + match.group(), _INVISIBLE.sub("", text))
    return _LIST_NUMBER.sub(r"\1\\.", _LINE_START.sub(r"\1\\\2", text))


def one_line(text: str) -> str:
    """``text`` with every run of white space as one space."""
    return " ".join(text.split())


def isolated(text: str) -> str:
    """``text`` so that, if it runs from right to left, it leaves alone the order of what stands beside it.

    See https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates.
    """
    turns = any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)
    return f"\u2068{text}\u2069" if turns else text


def clip(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters: cut behind a sentence, else behind a word, marked with ``…``.

    A cut that would lose more than half of what there is room for is made harder: at a word, then anywhere.
    """
    if len(text) <= limit:
        return text
    room = text[: max(limit - len(_ELLIPSIS) - 1, 0)]
    sentence = max((match.end() for match in _SENTENCE_END.finditer(room)), default=0)
    if sentence > len(room) // 2:
        return f"{room[:sentence]} {_ELLIPSIS}"
    word = room.rfind(" ")
    return (room[:word] if word > len(room) // 2 else room).rstrip() + _ELLIPSIS


def escape_within(text: str, limit: int) -> str:
    """``escape(text)``, cut as ``clip`` does so that the result has at most ``limit`` characters."""
    room = limit
    escaped = escape(clip(text, room))
    while len(escaped) > limit:
        room -= max(1, (len(escaped) - limit) // 2)
        escaped = escape(clip(text, room))
    return escaped
