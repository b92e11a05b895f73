"""Joplin's own export: a note a file, its fields below its text; folders, tags and pictures are files, too."""

from __future__ import annotations

import re

_FIELDS = re.compile(
    r"(?:\A|\n\n)(id: [0-9a-f]{32}\n(?:[a-z_]{1,40}:(?: [^\n]*)?\n)*type_: (\d{1,2}))[ \n]*\Z", re.ASCII
)
_LONGEST = 20_000
"""Characters of all the fields; a share's data can be among them."""
_NOTE = "1"
_KEPT = {"source_url": "url", "author": "author"}
"""When a note was made tells no day of publication, and its source is the program."""


def split_joplin(text: str) -> tuple[dict[str, object], str, bool] | None:
    """What Joplin keeps below a text as fields, the text, and whether it is a note's; None for other files."""
    found = _FIELDS.search(text.replace("\r\n", "\n")[-_LONGEST:])
    if found is None:
        return None
    stated = dict(line.split(": ", 1) for line in found[1].split("\n") if ": " in line)
    above = text.replace("\r\n", "\n").rstrip(" \n").removesuffix(found[1]).strip()
    title, _, body = above.partition("\n")
    fields: dict[str, object] = {name: stated[key] for key, name in _KEPT.items() if stated.get(key)}
    return {"title": title.strip(), **fields}, body, found[2] == _NOTE
