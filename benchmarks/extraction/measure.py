"""Reads pages and files as the product does, and as trafilatura does by itself, and counts what differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import trafilatura

from benchmarks.extraction.files import Written, written
from benchmarks.extraction.pages import HALVES, Page, render_pages
from benchmarks.extraction.score import Comparison, Score, compare, words_of
from index.article import Article
from index.errors import ArticleError
from index.reading.cleaning.clean import clean
from index.reading.extracted import Extracted
from index.reading.pages.page import read_page
from index.reading.read import read


@dataclass(slots=True)
class Row:
    """What came of the pages of one builder, or of the files."""

    name: str
    half: str
    pages: int = 0
    ours: Score = field(default_factory=Score)
    theirs: Score | None = None
    stated: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        titles = [f"{self.stated[name]} of {self.pages}" for name in ("title", "day", "author")]
        stated = titles if self.theirs else [""] * 3
        cells = [self.name, self.half, _foreign(self.ours), _foreign(self.theirs)]
        return f"| {' | '.join([*cells, _lost(self.ours), _lost(self.theirs), *stated])} |"


def measure() -> list[Row]:
    """A row for each builder, one for each half, and one for the files of the project."""
    rows: dict[str, Row] = {}
    for page in render_pages():
        _count(page, rows.setdefault(page.builder, Row(page.builder, page.half, theirs=Score())))
    files = Row("files of tests and demo", "open")
    for one in written():
        _count_file(one, files)
    return [*rows.values(), *(_half(half, rows.values()) for half in HALVES), files]


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table."""
    head = "| pages | half | boilerplate | trafilatura | paragraphs lost | trafilatura | title | day | author |"
    return "\n".join([head, "|---|---|---|---|---|---|---|---|---|", *map(str, rows)])


def _half(half: str, rows: Iterable[Row]) -> Row:
    whole = Row(f"all {half}", half, theirs=Score())
    for row in rows:
        if row.half == half and row.theirs and whole.theirs:
            whole.pages += row.pages
            whole.ours += row.ours
            whole.theirs += row.theirs
            for name, right in row.stated.items():
                whole.stated[name] += right
    return whole


def _count(page: Page, row: Row) -> None:
    sample = page.sample
    parts = [part for block in sample.blocks for part in block.parts]
    allowed = (sample.title, sample.standfirst)
    article = _read(page)
    row.pages += 1
    ours = compare(article.text if article else "", parts, allowed)
    row.ours += ours.score
    text = trafilatura.extract(page.html, url=sample.url) or ""
    row.theirs = (row.theirs or Score()) + compare(text, parts, allowed).score
    stated = {"title": sample.title, "day": sample.iso[:10], "author": sample.author}
    for name, value in stated.items():
        found = _stated(article, name)
        row.stated[name] += found == value
        if found != value:
            row.wrong.append(f"{page.builder} {sample.slug}: {name} {found!r}, not {value!r}")
    row.wrong += _told(f"{page.builder} {sample.slug}", ours)


def _count_file(one: Written, row: Row) -> None:
    row.pages += 1
    for _, found in read(one.data, one.name):
        article = clean(found, one.name) if isinstance(found, Extracted) else None
        apart = {words_of(part) for part in (article.title, *article.credits)} if article else set()
        parts = [part for part in one.parts if words_of(part) not in apart]
        compared = compare(article.text if article else "", parts)
        row.ours += compared.score
        row.wrong += _told(one.name, compared)


def _read(page: Page) -> Article | None:
    url = page.sample.url
    try:
        found, address = read_page(page.html, url, url, "text/html", "utf-8", {})
        return clean(found, address)
    except ArticleError:
        return None


def _stated(article: Article | None, name: str) -> str | None:
    if article is None:
        return None
    day = article.published_at.date().isoformat() if article.published_at else None
    return {"title": article.title, "day": day, "author": article.author}[name]


def _told(name: str, compared: Comparison) -> list[str]:
    lost = [f"{name}: lost: {part[:80]}" for part in compared.lost]
    return [*lost, *(f"{name}: foreign: {words[:120]}" for words in compared.foreign)]


def _foreign(score: Score | None) -> str:
    return f"{100 * score.foreign / max(score.words, 1):.1f} %" if score else ""


def _lost(score: Score | None) -> str:
    return f"{score.lost} of {score.paragraphs}" if score else ""
