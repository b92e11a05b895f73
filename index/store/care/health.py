"""Looks at the files of vectors and full text before anything relies on them."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import zlib
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

# A file of tantivy ends with its footer in JSON, the footer's length and this number, both in 4 bytes.
_MAGIC = 1337
_SEGMENT_FILES = ("fast", "fieldnorm", "idx", "pos", "store", "term")
_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with the store. ``part`` is registry, vectors or full text; ``scope`` None for all."""

    part: str
    scope: str | None
    says: str
    repaired: bool = False


def full_text_damage(folder: Path) -> str | None:
    """What is wrong with the full text's files in ``folder``; None if each is there and has its checksum.

    Tantivy never changes a file that it has written, and ends it with a checksum that it does not check itself.
    """
    meta = folder / "meta.json"
    try:
        if not meta.exists():
            return None  # an empty full text, or none
        segments = json.loads(meta.read_bytes())["segments"]
        json.loads((folder / ".managed.json").read_bytes())
        for segment in segments:
            name = segment["segment_id"].replace("-", "")
            files = [f"{name}.{kind}" for kind in _SEGMENT_FILES]
            if segment["deletes"]:
                files.append(f"{name}.{segment['deletes']['opstamp']}.del")
            for file in files:
                if wrong := _file_damage(folder / file):
                    return wrong
    except (OSError, ValueError, KeyError, TypeError) as error:
        return f"{folder} cannot be read ({error})"
    return None


def _file_damage(path: Path) -> str | None:
    if not path.exists():
        return f"{path.name} is missing"
    data = memoryview(path.read_bytes())
    if len(data) < 8 or int.from_bytes(data[-4:], "little") != _MAGIC:
        return f"{path.name} is cut off"
    footer = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    try:
        stated = json.loads(bytes(data[footer:-8]))["crc"] if footer >= 0 else None
    except (ValueError, KeyError, TypeError):
        stated = None
    return None if stated == zlib.crc32(data[:footer]) else f"{path.name} is damaged"


def broken_vectors(folder: Path) -> list[str] | None:
    """The scopes in ``folder`` whose vectors cannot be read; None if the folder as a whole can't be.

    Chroma ends the process on some damaged files, so a process of its own looks.
    """
    broken: list[str] = []
    if not folder.exists():
        return broken
    if not _is_sound(folder / "chroma.sqlite3"):
        return None
    while True:
        asked = json.dumps(broken)
        finished = subprocess.run(
            [sys.executable, "-m", "index.store.vectors.probe", str(folder), asked],
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
        lines = [json.loads(line) for line in finished.stdout.splitlines() if line.startswith("{")]
        broken += [line["broken"] for line in lines if "broken" in line]
        if finished.returncode == 0:
            return broken
        begun = [line["scope"] for line in lines if "scope" in line]
        if not begun or begun[-1] in broken:
            return None
        broken.append(begun[-1])


def _is_sound(catalogue: Path) -> bool:
    """Whether SQLite can read all of Chroma's catalogue."""
    if not catalogue.exists():
        return False
    try:
        with closing(sqlite3.connect(catalogue)) as connection:
            return connection.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)]
    except sqlite3.Error:
        return False
