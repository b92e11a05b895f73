"""The article of a page that is made by scripts: in the data that the page brings along for them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from index.errors import ArticleError
from index.reading.extracted import Extracted
from index.reading.markup.tree import weight
from index.reading.metadata.fields import has_text, read_fields
from index.reading.pages.walls import SHORTEST_ARTICLE

_LONGEST = 2_000_000
_DEEPEST = 16
_TEXTS = ("html", "text", "content", "value")
"""What editors that keep a text in blocks call that of one."""
_WORD = re.compile(r"[^\W\d_](?:(?![A-Z])[^\W\d_])*")
_PARTS = frozenset("blocks components elements paragraphs sections".split())
"""What a list of a text's parts is called, besides the names of a text: other lists hold comments, or stories."""


def told_to_scripts(root: Any, title: str) -> Extracted | None:
    """The longest article called ``title`` in the JSON of a page's scripts, if there is any."""
    found: list[Extracted] = []
    for script in root.iter("script"):
        if "json" not in (script.get("type") or "").lower():
            continue
        try:
            data = json.loads((script.text or "")[:_LONGEST], strict=False)
        except (ValueError, RecursionError):
            continue
        found += [one for record in _records(data) if (one := _article(record, title))]
    return max(found, key=lambda one: len(one.text), default=None)


def _article(record: Mapping[str, Any], title: str) -> Extracted | None:
    if not any(isinstance(value, str) and " ".join(value.split()) == title for value in record.values()):
        return None
    told = [_read(record)]
    for name, blocks in record.items():
        if isinstance(blocks, list) and _is_of_text(name):
            text = "\n".join(f"<p>{line}</p>" for line in _lines(blocks))
            told.append(_read({**record, "title": title, "text": text}))
    found = max((one for one in told if one), key=lambda one: len(one.text), default=None)
    return found if found and weight(found.text) >= SHORTEST_ARTICLE else None


def _is_of_text(name: str) -> bool:
    """Whether all words of ``name`` mean a text or its parts: "bodyBlocks", not "commentBlocks"."""
    words = [one.lower() for one in _WORD.findall(name)]
    return bool(words) and all(one in _PARTS or has_text({one: "text"}) for one in words)


def _read(record: Mapping[str, Any]) -> Extracted | None:
    try:
        return read_fields({**record, "id": None})  # what is not asked for must not refuse the rest
    except ArticleError:
        return None


def _lines(blocks: object, depth: int = 0) -> Iterator[str]:
    """The texts of an editor's blocks, in their order."""
    if depth > _DEEPEST or not isinstance(blocks, (list, dict)):
        return
    if isinstance(blocks, list):
        for one in blocks:
            yield from _lines(one, depth + 1)
        return
    own = next((blocks[name] for name in _TEXTS if isinstance(blocks.get(name), str) and blocks[name].strip()), "")
    if own:
        yield own
    else:
        for one in blocks.values():
            yield from _lines(one, depth + 1)


def _records(data: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST or not isinstance(data, (list, dict)):
        return
    if isinstance(data, dict):
        yield data
    for one in data.values() if isinstance(data, dict) else data:
        yield from _records(one, depth + 1)
