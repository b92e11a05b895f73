"""A file of fields beside a text: archives and scanners keep the title and the day of ``a.txt`` in ``a.json``."""

from __future__ import annotations

from pathlib import Path

from index.reading.kinds import SINGLE

_FIELDS = ".json"
_LONGEST = 65_536
"""Bytes; a longer file holds more than fields."""


def fields_beside(path: Path) -> bytes:
    """What the file of fields of the text at ``path`` holds; nothing if there is none. Raises ``OSError``."""
    for place in (path.with_suffix(_FIELDS), path.with_name(path.name + _FIELDS)):
        if place.is_file() and place.stat().st_size <= _LONGEST:
            return place.read_bytes()
    return b""


def is_beside_a_text(path: Path) -> bool:
    """Whether the file at ``path`` may hold no more than the fields of another."""
    if path.suffix.lower() != _FIELDS:
        return False
    return path.with_suffix("").is_file() or any(path.with_suffix(suffix).is_file() for suffix in SINGLE)
