"""Articles in JSON files: one object or a list (.json), or one object a line (.jsonl)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from index.article import Article, digest
from index.errors import ArticleError
from index.reading.clean import CLEANING_VERSION, clean
from index.reading.extract import decode, read_record, web_address
from index.sources.source import Failure, Item, plain

RECORD_SUFFIXES = frozenset((".json", ".jsonl"))

_CHANGED = "The file changed while it was being read. Index it again."


def list_records(path: Path, name: str, max_bytes: int) -> Iterator[tuple[str, Item | Failure]]:
    """The articles in the JSON file at ``path``, each with its place (``path:number``).

    ``name`` is the file's path below its source's root: the id of an article that states neither id nor URL,
    with the number of its line or record where there can be several. Raises ``ArticleError`` if a ``.json``
    file as a whole can't be read, ``OSError`` if the file can't.
    """
    return (_list_lines if path.suffix.lower() == ".jsonl" else _list_objects)(path, name, max_bytes)


def too_large(size: int, max_bytes: int) -> str:
    """What to say of an article of ``size`` bytes, when ``max_bytes`` is the limit."""
    return (
        f"It is too large: {size / 1e6:.1f} MB, and the limit is {max_bytes / 1e6:g} MB an article. "
        "Split it, or raise the limit."
    )


def _list_lines(path: Path, name: str, max_bytes: int) -> Iterator[tuple[str, Item | Failure]]:
    """One item a line; a line is read again when its article is loaded, so that memory stays small."""
    empty = True
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
            place = plain(f"{path}:{number}")
            if not complete:
                empty = False
                yield place, Failure(place, f"Line {number}: " + too_large(offset - start, max_bytes))
            elif line.strip():
                empty = False
                yield place, _line_item(path, name, line, number, start)
    if empty:
        raise ArticleError("The file holds no article: every line is blank.")


def _line_item(path: Path, name: str, line: bytes, number: int, offset: int) -> Item | Failure:
    try:
        record = _parse(line)
        article_id = _record_id(record) or f"{name}#{number}"
        read_record(record)
    except ArticleError as error:
        return Failure(plain(f"{path}:{number}"), f"Line {number}: {error}")
    checksum = hashlib.sha256(line).hexdigest()
    size = len(line)

    def load() -> Article:
        try:
            with path.open("rb") as file:
                file.seek(offset)
                line = file.read(size)
        except OSError:
            raise ArticleError(_CHANGED) from None
        if hashlib.sha256(line).hexdigest() != checksum:
            raise ArticleError(_CHANGED)
        return clean(read_record(_parse(line)), article_id)

    return Item(article_id, digest(checksum, str(CLEANING_VERSION)), load)


def _list_objects(path: Path, name: str, _max_bytes: int) -> Iterator[tuple[str, Item | Failure]]:
    try:
        content = json.loads(decode(path.read_bytes()))
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"It is not valid JSON ({error}).") from None
    records = content if isinstance(content, list) else [content]
    if not records:
        raise ArticleError("The list of articles in it is empty.")
    for number, record in enumerate(records, start=1):
        several = isinstance(content, list)
        place = plain(f"{path}:{number}" if several else str(path))
        try:
            yield place, _object_item(record, f"{name}#{number}" if several else name)
        except ArticleError as error:
            yield place, Failure(place, f"Article {number}: {error}" if several else str(error))


def _object_item(record: object, name: str) -> Item:
    if not isinstance(record, dict):
        raise ArticleError('It is not an object. Write {"title": …, "text": …}.')
    article_id = _record_id(record) or name
    extracted = read_record(record)
    fingerprint = digest(json.dumps(record, sort_keys=True), str(CLEANING_VERSION))
    return Item(article_id, fingerprint, lambda: clean(extracted, article_id))


def _parse(line: bytes) -> dict[str, object]:
    try:
        record = json.loads(decode(line).strip())
    except json.JSONDecodeError as error:
        problem = error.msg.removesuffix(" at")
        raise ArticleError(f"not valid JSON ({problem} at character {error.pos + 1}).") from None
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"not valid JSON ({error}).") from None
    if not isinstance(record, dict):
        raise ArticleError('not an object. Write {"title": …, "text": …}.')
    return record


def _record_id(record: dict[str, object]) -> str | None:
    stated = record.get("id")
    if stated is None or stated == "":
        return web_address(record.get("url"))
    if isinstance(stated, bool) or not isinstance(stated, (str, int)) or not str(stated).strip():
        raise ArticleError('its "id" must be a word or a number.')
    if not str(stated).strip().isprintable():
        raise ArticleError('its "id" has characters that can\'t be printed.')
    return str(stated).strip()
