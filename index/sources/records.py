"""Articles in files that hold several: one a line (.jsonl), a list, a table, a mailbox, an archive."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from index.article import Article, digest
from index.errors import ArticleError
from index.parser import Parser
from index.reading.versions import CLEANING_VERSION
from index.sources.source import Failure, Item, plain
from index.told import Told, tell, tell_count

_CHANGED = tell("The file changed while it was being read. Index it again.")
_LINE = tell("Line {number}: {problem}")
_MORE = tell_count("{count} more in it can't be read either.", "{count} more in it can't be read either.")
_MORE_LINES = tell_count("{count} more line can't be read either.", "{count} more lines can't be read either.")
_BATCH = 500_000
"""Bytes of lines that are looked at in one go."""
_MOST_NAMED = 1_000
"""Failures of one file that are named one by one."""


def list_articles(path: Path, name: str, parser: Parser) -> Iterator[tuple[str, Item | Failure]]:
    """The articles in the file at ``path``, each with its place; ``name`` is its path below its source's root.

    Raises ``ArticleError`` if the file as a whole can't be read.
    """
    failed = 0
    for reading in parser.file(path, name):
        place = plain(f"{path}{reading.label.replace('#', ':', 1)}")
        if reading.article:
            yield place, _item(reading.article, place)
            continue
        failed += not reading.left_out
        if failed <= _MOST_NAMED:
            yield place, Failure(place, reading.reason, passed_over=reading.left_out)
    if failed > _MOST_NAMED:
        yield plain(str(path)), Failure(plain(str(path)), _MORE.given(count=failed - _MOST_NAMED))


def _item(article: Article, place: str) -> Item:
    fingerprint = digest(article.fingerprint(), str(CLEANING_VERSION))
    return Item(article.id, fingerprint, lambda: article, place=place)


def too_large(size: int, max_bytes: int) -> Told:
    """What to say of an article of ``size`` bytes, when ``max_bytes`` is the limit."""
    return tell(
        "It is too large: {size} MB, and the limit is {limit} MB an article. Split it, or raise the limit.",
        size=f"{size / 1e6:.1f}",
        limit=f"{max_bytes / 1e6:g}",
    )


def list_lines(path: Path, name: str, max_bytes: int, parser: Parser) -> Iterator[tuple[str, Item | Failure]]:
    """One item a line of a .jsonl file, which may be of any size.

    A line is read again when its article is loaded, so that memory stays small. Raises ``ArticleError`` if there
    is none, ``OSError`` if the file can't be read.
    """
    empty = True
    failed = 0
    for batch in _batches(path, max_bytes):
        empty = False
        for place, one in _batch_items(path, name, batch, max_bytes, parser):
            failed += isinstance(one, Failure)
            if failed <= _MOST_NAMED or isinstance(one, Item):
                yield place, one
    if empty:
        raise ArticleError(tell("The file holds no article: every line is blank."))
    if failed > _MOST_NAMED:
        yield plain(str(path)), Failure(plain(str(path)), _MORE_LINES.given(count=failed - _MOST_NAMED))


_Line = tuple[int, int, int, bytes]
"""Its number, where it begins, how long it is, and what it says (nothing, if it is too long)."""


def _batches(path: Path, max_bytes: int) -> Iterator[list[_Line]]:
    """The lines that are not blank, some at a time."""
    batch: list[_Line] = []
    size = 0
    with path.open("rb") as file:
        number, offset = 0, 0
        while line := file.readline(max_bytes + 1):
            number, start = number + 1, offset
            offset += len(line)
            complete = len(line) <= max_bytes
            while len(line) > max_bytes and not line.endswith(b"\n"):
                line = file.readline(max_bytes + 1)
                complete, offset = False, offset + len(line)
                if len(line) <= max_bytes:
                    break
            if not complete or line.strip():
                batch.append((number, start, offset - start, line if complete else b""))
                size += len(line)
            if size > _BATCH or len(batch) >= _MOST_NAMED:
                yield batch
                batch, size = [], 0
    if batch:
        yield batch


def _batch_items(
    path: Path, name: str, batch: list[_Line], max_bytes: int, parser: Parser
) -> Iterator[tuple[str, Item | Failure]]:
    stated = parser.lines(b"\n".join(line.rstrip(b"\r\n") for *_, line in batch))
    for (number, start, size, line), (article_id, problem) in zip(batch, stated, strict=True):
        place = plain(f"{path}:{number}")
        if not line:
            yield (
                place,
                Failure(place, _LINE.given(number=number, problem=too_large(size, max_bytes))),
            )
        elif article_id is None:
            yield place, Failure(place, _LINE.given(number=number, problem=problem))
        else:
            yield place, _line_item(path, name, number, (start, line), article_id or f"{name}#{number}", parser)


def _line_item(
    path: Path, name: str, number: int, read: tuple[int, bytes], article_id: str, parser: Parser
) -> Item:
    start, line = read
    fingerprint = _line_fingerprint(line)
    # not a closure: there is one for each line, and every name that a closure holds takes a cell of its own
    load = partial(_load_line, path, name, number, start, len(line), fingerprint, article_id, parser)
    return Item(article_id, fingerprint, load)


def _load_line(
    path: Path, name: str, number: int, start: int, size: int, fingerprint: str, article_id: str, parser: Parser
) -> Article:
    try:
        with path.open("rb") as file:
            file.seek(start)
            line = file.read(size)
    except OSError:
        raise ArticleError(_CHANGED) from None
    if _line_fingerprint(line) != fingerprint:
        raise ArticleError(_CHANGED)
    (reading,) = parser.line(line, name, number)
    if reading.article is None:
        raise ArticleError(reading.reason)
    return replace(reading.article, id=article_id)


def _line_fingerprint(line: bytes) -> str:
    return digest(hashlib.sha256(line).hexdigest(), str(CLEANING_VERSION))
