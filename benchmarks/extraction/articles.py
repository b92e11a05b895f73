"""The articles of ``sets/extraction/articles.md``, and the words that stand around them on a page."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from babel.dates import format_date
from markupsafe import Markup, escape

SETS = Path(__file__).parents[1] / "sets" / "extraction"

_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]+[”»“]?")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of an article (p), a subhead (h2, h3), a list (ul, ol), a quote or a table."""

    kind: str
    items: tuple[Markup, ...]
    rows: tuple[tuple[Markup, ...], ...] = ()

    @property
    def html(self) -> Markup:
        """What stands in it, unless it is a list or a table."""
        return self.items[0]

    @property
    def parts(self) -> list[str]:
        """What of it can be lost by itself: a paragraph, an item, a row."""
        inner = [" ".join(row) for row in self.rows] or self.items
        return [Markup(one).striptags() for one in inner]

    @property
    def text(self) -> str:
        """Its words without markup."""
        return " ".join(self.parts)


@dataclass(frozen=True, slots=True)
class Sample:
    """An article as its author wrote it; ``modified`` is empty if it was never changed."""

    lang: str
    slug: str
    title: str
    standfirst: str
    author: str
    iso: str
    modified: str
    tags: tuple[str, ...]
    caption: str
    blocks: tuple[Block, ...]
    url: str = ""

    @property
    def day(self) -> str:
        """The day of publication, as people write it in the article's language."""
        return self._day(self.iso)

    @property
    def modified_day(self) -> str:
        """The day of the change, likewise."""
        return self._day(self.modified)

    def _day(self, iso: str) -> str:
        return str(format_date(datetime.fromisoformat(iso), "long", locale=self.lang))

    @property
    def pull(self) -> str:
        """A sentence that a page shows again in large letters."""
        longest = max((b.text for b in self.blocks if b.kind == "p"), key=len)
        return str(max(_SENTENCE.findall(longest) or [longest], key=len)).strip()

    @property
    def words(self) -> int:
        """How many it has."""
        return sum(len(block.text.split()) for block in self.blocks)


def read_samples() -> list[Sample]:
    """The articles, in their order."""
    text = (SETS / "articles.md").read_text("utf-8")
    return [_sample(part) for part in text.split("=== ")[1:]]


def read_words() -> dict[str, dict[str, Any]]:
    """What stands around an article, by language."""
    return tomllib.loads((SETS / "words.toml").read_text("utf-8"))


def _sample(part: str) -> Sample:
    head, title, standfirst, caption, body = part.split("\n", 4)
    named, author, iso, modified, tags = (field.strip() for field in head.split("|"))
    lang, slug = named.split()
    return Sample(
        lang,
        slug,
        title.removeprefix("# "),
        standfirst.removeprefix("> "),
        author,
        iso,
        modified.removeprefix("-"),
        tuple(tag.strip() for tag in tags.split(",")),
        caption.removeprefix("caption: "),
        tuple(_block(block) for block in body.strip().split("\n\n")),
    )


def _block(text: str) -> Block:
    lines = text.strip().splitlines()
    match lines[0].split(" ", 1)[0]:
        case "##":
            return Block("h2", (_inline(text[3:]),))
        case "###":
            return Block("h3", (_inline(text[4:]),))
        case "-":
            return Block("ul", tuple(_inline(line[2:]) for line in lines))
        case "1.":
            return Block("ol", tuple(_inline(line.split(" ", 1)[1]) for line in lines))
        case ">":
            return Block("quote", (_inline(text[2:]),))
        case "|":
            rows = (tuple(_inline(cell.strip()) for cell in line.strip("| ").split("|")) for line in lines)
            return Block("table", (), tuple(rows))
        case _:
            return Block("p", (_inline(text),))


def _inline(text: str) -> Markup:
    return Markup(_LINK.sub(r'<a href="\2">\1</a>', str(escape(text))))
