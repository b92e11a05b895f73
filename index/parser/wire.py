"""What parent and child say to each other: a header in JSON, and bytes. JSON, since the child is not trusted."""

from __future__ import annotations

import json
import os
import shutil
import struct
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, field, fields
from datetime import datetime
from typing import Any, BinaryIO

from index.article import Article, Section
from index.reading.extracted import Refused
from index.told import Told, packed, unpacked

_LENGTHS = struct.Struct(">II")
_FRAME = struct.Struct(">II32s")
"""Of one of many articles: how long what is said of it and its text are, and its fingerprint (SHA-256)."""
_MOMENTS = ("published_at", "modified_at")


class TooLongError(ValueError):
    """A message is longer than its receiver takes."""


@dataclass(frozen=True, slots=True)
class OnPage:
    """The article on a page and the address of its next page; or, without one, where it sends its readers."""

    article: Article | None
    next_page: str | None = None
    moved: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one part of a file: an article, or the reason why there is none.

    ``label`` tells it apart from the others in the file. ``load`` unpacks the article, which takes several times
    the room that it does packed; ``id`` and ``fingerprint`` are the article's.
    ``left_out``: nobody would take it for an article.
    """

    label: str
    id: str = ""
    fingerprint: str = ""
    load: Packed | None = None
    reason: Told | str = ""
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Packed:
    """An article among others in one reply, as the child sent it; called, it is unpacked."""

    body: bytes = field(repr=False)
    start: int

    def __call__(self) -> Article:
        told, text, _, _ = _unframed(self.body, self.start)
        return _article(told["article"], str(text, "utf-8"))


def send(stream: BinaryIO, header: dict[str, Any], body: bytes | BinaryIO = b"") -> None:
    """Write one message; an open file is copied into it without being held in memory."""
    text = json.dumps(header).encode()
    if isinstance(body, bytes):
        stream.write(_LENGTHS.pack(len(text), len(body)) + text)
        stream.write(body)
    else:
        size = os.fstat(body.fileno()).st_size
        stream.write(_LENGTHS.pack(len(text), size) + text)
        shutil.copyfileobj(body, stream)
        if body.tell() != size:
            raise OSError("the file changed while it was being read")
    stream.flush()


def receive(stream: BinaryIO, longest: int | None = None) -> tuple[dict[str, Any], bytes] | None:
    """Read one message; None at the end of the stream. Raises ``TooLongError`` for more than ``longest`` bytes."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    header_length, body_length = _LENGTHS.unpack(lengths)
    if longest is not None and header_length + body_length > longest:
        raise TooLongError
    header, body = stream.read(header_length), stream.read(body_length)
    if len(header) < header_length or len(body) < body_length:
        return None
    return json.loads(header), body


def pack(found: Iterable[tuple[str, Article | Refused]]) -> tuple[dict[str, Any], bytes]:
    """Articles, or reasons why there are none, each with its label, one after the other."""
    return {}, b"".join(_framed(label, one) for label, one in found)


def unpack(body: bytes) -> Iterator[Reading]:
    """What ``pack`` packed. Raises ``ValueError``, ``LookupError``, ``TypeError`` or ``struct.error``."""
    place = 0
    while place < len(body):
        told, _, fingerprint, end = _unframed(body, place)
        if "article" in told:
            yield Reading(told["label"], told["article"]["id"], fingerprint.hex(), Packed(body, place))
        else:
            yield Reading(told["label"], reason=unpacked(told["reason"]), left_out=told["left_out"])
        place = end


def _framed(label: str, one: Article | Refused) -> bytes:
    told: dict[str, Any] = {"label": label}
    fingerprint = text = b""
    if isinstance(one, Refused):
        told |= {"reason": packed(one.reason), "left_out": one.left_out}
    else:
        told |= {"article": _fields(one)}
        fingerprint, text = bytes.fromhex(one.fingerprint()), one.text.encode("utf-8", "replace")
    head = json.dumps(told, separators=(",", ":")).encode()
    return _FRAME.pack(len(head), len(text), fingerprint) + head + text


def _unframed(body: bytes, start: int) -> tuple[dict[str, Any], memoryview, bytes, int]:
    """What is said of the part of ``body`` from ``start`` on, its text and fingerprint, and where it ends."""
    head_length, text_length, fingerprint = _FRAME.unpack_from(body, start)
    head = start + _FRAME.size
    text = head + head_length
    end = text + text_length
    return json.loads(body[head:text]), memoryview(body)[text:end], fingerprint, end


def _fields(article: Article) -> dict[str, Any]:
    """What ``article`` says beside its text, and states: of thousands, open fields take megabytes."""
    names = (one.name for one in fields(article) if one.name != "text")
    told = {name: value for name in names if (value := getattr(article, name))}
    moments = {name: told[name].isoformat() for name in _MOMENTS if name in told}
    return told | moments | {"sections": [astuple(section) for section in article.sections]}


def _article(told: dict[str, Any], text: str) -> Article:
    moments = {name: datetime.fromisoformat(told[name]) for name in _MOMENTS if name in told}
    stated = told | {
        "text": text,
        **moments,
        "credits": tuple(told.get("credits", ())),
        "sections": tuple(Section(*section) for section in told["sections"]),
    }
    return Article(**stated)
