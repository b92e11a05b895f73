"""Articles in files that hold several: one a line (.jsonl), a list, a table, a mailbox, an archive."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from index.article import Article, digest
from index.errors import ArticleError
from index.parser import Parser
from index.reading.kinds import SINGLE
from index.reading.versions import CLEANING_VERSION
from index.sources.beside import fields_beside, lists_fields
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
    beside = fields_beside(path) if path.suffix.lower() in SINGLE else b""
    for reading in parser.file(path, name, beside):
        place = plain(f"{path}{reading.label.replace('#', ':', 1)}")
        if reading.load:
            fingerprint = digest(reading.fingerprint, str(CLEANING_VERSION))
            yield place, Item(reading.id, fingerprint, reading.load, place=place)
            continue
        failed += not reading.left_out
        if failed <= _MOST_NAMED:
            yield place, Failure(place, reading.reason, passed_over=reading.left_out or lists_fields(path))
    if failed > _MOST_NAMED:
        yield plain(str(path)), Failure(plain(str(path)), _MORE.given(count=failed - _MOST_NAMED))


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
    file = _Lines(path, name, parser)
    empty = True
    failed = 0
    for batch in _batches(path, max_bytes):
        empty = False
        for place, one in _batch_items(file, batch, max_bytes):
            failed += isinstance(one, Failure)
            if failed <= _MOST_NAMED or isinstance(one, Item):
                yield place, one
    if empty:
        raise ArticleError(tell("The file holds no article: every line is blank."))
    if failed > _MOST_NAMED:
        yield plain(str(path)), Failure(plain(str(path)), _MORE_LINES.given(count=failed - _MOST_NAMED))


_Read = tuple[int, int, int, bytes]
"""Its number, where it begins, how long it is, and what it says (nothing, if it is too long)."""


def _batches(path: Path, max_bytes: int) -> Iterator[list[_Read]]:
    """The lines that are not blank, some at a time."""
    batch: list[_Read] = []
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


def _batch_items(file: _Lines, batch: list[_Read], max_bytes: int) -> Iterator[tuple[str, Item | Failure]]:
    stated = file.parser.lines(b"\n".join(line.rstrip(b"\r\n") for *_, line in batch))
    for (number, start, size, line), (article_id, problem) in zip(batch, stated, strict=True):
        place = plain(f"{file.path}:{number}")
        if not line:
            yield (
                place,
                Failure(place, _LINE.given(number=number, problem=too_large(size, max_bytes))),
            )
        elif article_id is None:
            yield place, Failure(place, _LINE.given(number=number, problem=problem))
        else:
            fingerprint, item_id = _line_fingerprint(line), article_id or f"{file.name}#{number}"
            yield place, Item(item_id, fingerprint, _Line(file, number, start, len(line), fingerprint, item_id))


@dataclass(frozen=True, slots=True)
class _Lines:
    """A file of lines, and what reads them."""

    path: Path
    name: str
    parser: Parser


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a line is; called, its article is read. There is one for each line of a file, so it is small."""

    file: _Lines
    number: int
    start: int
    size: int
    fingerprint: str
    article_id: str

    def __call__(self) -> Article:
        try:
            with self.file.path.open("rb") as file:
                file.seek(self.start)
                line = file.read(self.size)
        except OSError:
            raise ArticleError(_CHANGED) from None
        if _line_fingerprint(line) != self.fingerprint:
            raise ArticleError(_CHANGED)
        return replace(self.file.parser.line(line, self.file.name, self.number), id=self.article_id)


def _line_fingerprint(line: bytes) -> str:
    return digest(hashlib.sha256(line).hexdigest(), str(CLEANING_VERSION))
