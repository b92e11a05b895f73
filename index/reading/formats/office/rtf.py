r"""Rich Text Format (RTF 1.9.1): the words of the text, without heads and feet of pages and what is hidden.

The kept library for it, striprtf, was tried (0.0.35): it leaves out notes, keeps what is hidden or deleted and the
addresses of links, and 64 KB of fields that are never closed took it five minutes (0.1 s here).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from index.errors import ArticleError
from index.reading.extracted import Extracted, Refused
from index.reading.formats.exports.databases import read_documents
from index.told import tell

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<value>-?\d{1,9})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<mark>[^a-zA-Z'])"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
_NOT_TEXT = frozenset(
    (
        b"fonttbl colortbl stylesheet info pict object listtable themedata xmlns header headerl headerr "
        b"headerf footer footerl footerr footerf fldinst annotation atnid atnauthor filetbl revtbl rsidtbl "
        b"generator bkmkstart bkmkend nonshppict listtext pntext"
    ).split()
)
"""What groups begin with that hold something else than text; so does every group that begins with a star."""
_WRITTEN = {
    **dict.fromkeys((b"par", b"sect", b"page", b"row"), "\n\n"),
    **{b"line": "\n", b"tab": " ", b"cell": " | ", b"emdash": "—", b"endash": "–", b"bullet": "•"},
    **{b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"emspace": " ", b"enspace": " "},
}
_MARKS = {b"~": "\u00a0", b"_": "-", b"\n": "\n\n", b"\r": "\n\n", b"\\": "\\", b"{": "{", b"}": "}"}
_CHARSETS = {
    **{0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253"},
    **{162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874"},
    **{238: "cp1250"},
}


@dataclass(frozen=True, slots=True)
class _State:
    """What holds in a group, and in those inside it."""

    is_text: bool = True
    is_hidden: bool = False
    is_note: bool = False
    encoding: str | None = None
    fallback: int = 1
    """Characters that stand for one in Unicode, for programs that know none."""


@dataclass(slots=True)
class _Reading:
    encoding: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    state: _State = field(default_factory=_State)
    outer: list[_State] = field(default_factory=list)
    skip: int = 0
    pending: bytearray = field(default_factory=bytearray)
    words: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """The words of notes, which stand below the paragraph that they belong to."""


def read_rtf(data: bytes) -> Iterator[Extracted | Refused]:
    """The article in the document, or those that a database exported in it.

    Raises ``ArticleError`` if there is no text in it.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    text = re.sub(r" \|[ \t]*(?=\n|\Z)", "", _text(data)).strip() if data.lstrip().startswith(b"{\\rtf") else ""
    if not text:
        raise ArticleError(tell('It has no text. Give each article a "text" with its words.'))
    yield from list(read_documents(text)) or [Extracted(text)]


def _text(data: bytes) -> str:
    reading = _Reading()
    place = 0
    while token := _TOKEN.search(data, place):
        place = token.end()
        if token["byte"]:
            _add(reading, bytes.fromhex(token["byte"].decode()))
        elif token["text"]:
            _add(reading, token["text"])
        else:
            _write_pending(reading)
            if token["brace"]:
                _open_or_close(reading, token["brace"])
            elif token["mark"]:
                _mark(reading, token["mark"])
            elif token["word"] == b"bin":  # so many bytes of a picture
                place += max(0, int(token["value"] or 0))
            elif token["word"]:
                _command(reading, token["word"], token["value"])
    _write_pending(reading)
    _write_notes(reading)
    # What lies beyond the first 65,536 characters comes in halves.
    return "".join(reading.words).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _add(reading: _Reading, text: bytes) -> None:
    dropped = min(reading.skip, len(text))
    reading.skip -= dropped
    reading.pending += text[dropped:]


def _write_pending(reading: _Reading) -> None:
    """Bytes of one character may come one by one, so they are read together."""
    if reading.pending:
        _write(reading, reading.pending.decode(reading.state.encoding or reading.encoding, "replace"))
        reading.pending.clear()


def _write(reading: _Reading, text: str) -> None:
    if not reading.state.is_text or reading.state.is_hidden:
        return
    if reading.state.is_note:
        reading.notes.append(text)
        return
    if text.startswith("\n\n"):
        _write_notes(reading)
    reading.words.append(text)


def _write_notes(reading: _Reading) -> None:
    reading.words += reading.notes
    reading.notes.clear()


def _open_or_close(reading: _Reading, brace: bytes) -> None:
    reading.skip = 0
    if brace == b"{":
        reading.outer.append(reading.state)
    elif reading.outer:
        reading.state = reading.outer.pop()


def _mark(reading: _Reading, mark: bytes) -> None:
    if mark == b"*":
        reading.state = replace(reading.state, is_text=False)
    elif reading.skip:
        reading.skip -= 1
    else:
        _write(reading, _MARKS.get(mark, ""))


def _command(reading: _Reading, word: bytes, stated: bytes | None) -> None:
    value = int(stated) if stated else None
    state = reading.state
    if word in _NOT_TEXT:
        reading.state = replace(state, is_text=False)
    elif word == b"u" and value is not None:
        _write(reading, chr(value % 65536))
        reading.skip = state.fallback
    elif word == b"uc" and value is not None:
        reading.state = replace(state, fallback=max(0, value))
    elif word == b"footnote":
        reading.state = replace(state, is_note=True)
        reading.notes.append("\n\n")
    elif word == b"ansicpg" and value:
        reading.encoding = _known(f"cp{value}") or reading.encoding
    elif word == b"mac":
        reading.encoding = "mac_roman"
    elif word == b"f" and value is not None:
        reading.font = value
        reading.state = replace(state, encoding=reading.fonts.get(value))
    elif word == b"fcharset" and value in _CHARSETS and value:
        reading.fonts[reading.font] = _CHARSETS[value]
    elif word in (b"v", b"deleted"):
        reading.state = replace(state, is_hidden=value != 0)
    elif word == b"plain":
        reading.state = replace(state, is_hidden=False, encoding=None)
    elif word in _WRITTEN:
        _write(reading, _WRITTEN[word])


def _known(name: str) -> str | None:
    try:
        return codecs.lookup("utf-8" if name == "cp65001" else name).name
    except LookupError:
        return None
