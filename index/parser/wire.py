"""What parent and child say to each other: a header in JSON, and bytes. JSON, since the child is not trusted."""

from __future__ import annotations

import json
import struct
from dataclasses import asdict
from datetime import datetime
from typing import Any, BinaryIO

from index.reading.extract import Extracted

_LENGTHS = struct.Struct(">II")


class TooLongError(ValueError):
    """A message is longer than its receiver takes."""


def send(stream: BinaryIO, header: dict[str, Any], body: bytes = b"") -> None:
    """Write one message."""
    text = json.dumps(header).encode()
    stream.write(_LENGTHS.pack(len(text), len(body)) + text)
    stream.write(body)
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


def pack(extracted: Extracted) -> dict[str, Any]:
    """``extracted`` as JSON."""
    moment = extracted.published_at
    return asdict(extracted) | {"published_at": moment.isoformat() if moment else None}


def unpack(fields: dict[str, Any]) -> Extracted:
    """What ``pack`` packed. Raises ``ValueError`` or ``TypeError`` for anything else."""
    moment = fields["published_at"]
    stated = fields | {
        "published_at": datetime.fromisoformat(moment) if moment else None,
        "headings": tuple(fields["headings"]),
    }
    return Extracted(**stated)
