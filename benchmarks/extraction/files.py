"""The files that come with the project, as their authors wrote them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.reading.markup.tree import parse_html

_ROOT = Path(__file__).parents[2]
_FOLDERS = ("tests/data/articles", "tests/data/support", "tests/data/injection", "bot/demo/articles")
_ADDRESS = re.compile(r"\]\([^)]*\)|^#+ |^[-*] |^> |[*_]", re.MULTILINE)
_BODY = "//article/*[self::p or self::h2][not(@class)]"


@dataclass(frozen=True, slots=True)
class Written:
    """An article in a file: the file's content, and the paragraphs its author wrote."""

    name: str
    data: bytes
    parts: list[str]


def written() -> Iterator[Written]:
    """Every article in the files of the tests and of the demo."""
    for folder in _FOLDERS:
        for path in sorted((_ROOT / folder).iterdir()):
            yield from _articles(path)


def _articles(path: Path) -> Iterator[Written]:
    data = path.read_bytes()
    if path.suffix == ".jsonl":
        for number, line in enumerate(data.splitlines(), 1):
            fields = json.loads(line)
            if "text" in fields:
                yield Written(f"{path.name}#{number}.json", line, _paragraphs(fields["text"]))
    elif path.suffix == ".html":
        root = parse_html(data)
        assert root is not None
        parts = [str(part.text_content()) for part in root.xpath(_BODY)]
        yield Written(path.name, data, parts)
    elif path.suffix in (".md", ".txt"):
        text = data.decode()
        body = text.split("---\n", 2)[2] if text.startswith("---\n") else text
        yield Written(path.name, data, _paragraphs(body))


def _paragraphs(text: str) -> list[str]:
    plain = _ADDRESS.sub("", text)
    return list(dict.fromkeys(part.strip() for part in plain.split("\n\n") if part.strip()))
