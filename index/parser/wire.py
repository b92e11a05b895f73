"""What parent and child say to each other: a header in JSON, and bytes. JSON, since the child is not trusted."""

from __future__ import annotations

import json
import os
import shutil
import struct
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, BinaryIO

from index.article import Article, Section
from index.told import Told, packed, unpacked

_LENGTHS = struct.Struct(">II")
_MOMENTS = ("published_at", "modified_at")


class TooLongError(ValueError):
    """A message is longer than its receiver takes."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one part of a file: an article, or the reason why there is none.

    ``label`` tells it apart from the others in the file. ``left_out``: nobody would take it for an article.
    """

    label: str
    article: Article | None = None
    reason: Told | str = ""
    left_out: bool = False


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


def pack(readings: Sequence[Reading]) -> tuple[dict[str, Any], bytes]:
    """``readings`` as a header, and the texts one after the other."""
    texts = [one.article.text.encode("utf-8", "replace") if one.article else b"" for one in readings]
    found = [
        {
            "label": one.label,
            "reason": packed(one.reason),
            "left_out": one.left_out,
            "article": _fields(one.article) if one.article else None,
            "length": len(text),
        }
        for one, text in zip(readings, texts, strict=True)
    ]
    return {"found": found}, b"".join(texts)


def unpack(header: dict[str, Any], body: bytes) -> list[Reading]:
    """What ``pack`` packed. Raises ``ValueError``, ``KeyError`` or ``TypeError`` for anything else."""
    readings: list[Reading] = []
    start = 0
    for one in header["found"]:
        end = start + one["length"]
        text = body[start:end].decode()
        article = _article(one["article"], text) if one["article"] else None
        readings.append(Reading(one["label"], article, unpacked(one["reason"]), one["left_out"]))
        start = end
    return readings


def _fields(article: Article) -> dict[str, Any]:
    """What ``article`` says beside its text, and states: of thousands, open fields take megabytes."""
    fields = {name: value for name, value in asdict(article).items() if value and name != "text"}
    return fields | {name: fields[name].isoformat() for name in _MOMENTS if name in fields}


def _article(fields: dict[str, Any], text: str) -> Article:
    moments = {name: datetime.fromisoformat(fields[name]) for name in _MOMENTS if name in fields}
    stated = fields | {
        "text": text,
        **moments,
        "credits": tuple(fields.get("credits", ())),
        "sections": tuple(Section(**section) for section in fields.get("sections", ())),
    }
    return Article(**stated)
