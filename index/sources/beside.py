"""A file of fields beside a text: archives and scanners keep the title and the day of ``a.txt`` in ``a.json``."""

from __future__ import annotations

from pathlib import Path

from index.reading.kinds import SINGLE

_FIELDS = ".json"
_LISTS = "metadata*.json"
_CONTENT = "content"
"""Reading lists (Omnivore) keep the fields of all that is in this folder in lists beside it, by its name."""
_LONGEST = 65_536
"""Bytes; a longer file holds more than fields."""


def fields_beside(path: Path) -> bytes:
    """What the file of fields of the text at ``path`` holds, or the list that names it; nothing if there is none.

    Raises ``OSError``.
    """
    for place in (path.with_suffix(_FIELDS), path.with_name(path.name + _FIELDS)):
        if place.is_file() and place.stat().st_size <= _LONGEST:
            return place.read_bytes()
    return _listed(path)


def is_beside_a_text(path: Path) -> bool:
    """Whether the file at ``path`` may hold no more than the fields of another."""
    if path.suffix.lower() != _FIELDS:
        return False
    return path.with_suffix("").is_file() or any(path.with_suffix(suffix).is_file() for suffix in SINGLE)


def lists_fields(path: Path) -> bool:
    """Whether the file at ``path`` may hold no more than the fields of what is in the folder beside it."""
    return path.match(_LISTS) and (path.parent / _CONTENT).is_dir()


def _listed(path: Path) -> bytes:
    """The list beside the folder of the text at ``path`` that names it; nothing is parsed. Raises ``OSError``."""
    if path.parent.name != _CONTENT:
        return b""
    for place in sorted(path.parent.parent.glob(_LISTS)):
        if place.stat().st_size <= _LONGEST and f'"{path.stem}"'.encode() in (content := place.read_bytes()):
            return content
    return b""
