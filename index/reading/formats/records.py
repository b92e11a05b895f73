"""JSON: one article, or a list of them; or one a line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from index.errors import ArticleError
from index.reading.encoding.decode import decode
from index.reading.extracted import Extracted, Refused
from index.reading.metadata.fields import has_text, read_fields, text_length
from index.told import tell, words_of

_MOST = 20_000
_DEEPEST = 6
_LISTS = ("articles", "items", "posts", "results", "data", "entries", "docs", "@graph")
_NOT_AN_OBJECT = tell('not an object. Write {"title": …, "text": …}.')


def read_json(data: bytes) -> Iterator[Extracted | Refused]:
    """The articles in a JSON file: one object, a list, or an object that holds a list of them.

    Raises ``ArticleError`` if the file as a whole can't be read.
    """
    try:
        content = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        raise ArticleError(tell("It is not valid JSON ({error}).", error=words_of(error))) from None
    records = _records(content)
    if records is None:
        if not isinstance(content, dict):
            raise ArticleError(tell("It is {not_an_object}", not_an_object=_NOT_AN_OBJECT))
        yield read_fields(content)
        return
    if not records:
        raise ArticleError(tell("The list of articles in it is empty."))
    if len(records) > _MOST:
        raise ArticleError(
            tell("There are more than {most} articles in it. Split it, or write one a line (.jsonl).", most=_MOST)
        )
    for number, record in enumerate(records, start=1):
        try:
            if not isinstance(record, dict):
                raise ArticleError(tell("It is {not_an_object}", not_an_object=_NOT_AN_OBJECT))
            yield read_fields(record)
        except ArticleError as error:
            yield Refused(tell("Article {number}: {error}", number=number, error=words_of(error)))


def read_line(line: bytes) -> Extracted:
    """The article in one line of a .jsonl file. Raises ``ArticleError``."""
    try:
        record = json.loads(decode(line).strip())
    except json.JSONDecodeError as error:
        problem = error.msg.removesuffix(" at")
        raise ArticleError(
            tell("not valid JSON ({problem} at character {pos}).", problem=problem, pos=error.pos + 1)
        ) from None
    except (ValueError, RecursionError) as error:
        raise ArticleError(tell("not valid JSON ({error}).", error=words_of(error))) from None
    if not isinstance(record, dict):
        raise ArticleError(_NOT_AN_OBJECT)
    return read_fields(record)


def _records(content: object) -> list[object] | None:
    if isinstance(content, list):
        return content
    if not isinstance(content, dict) or isinstance(content.get("text"), str):
        return None
    for name in _LISTS:
        inner = content.get(name)
        if isinstance(inner, list) and inner and all(isinstance(one, dict) for one in inner):
            return inner
    return None if has_text(content) else _told_most(content)


def _told_most(content: dict[str, object]) -> list[object] | None:
    """Of the lists that an exporter wraps in ``content``, the one whose records have the most text."""
    found = [(sum(map(text_length, one)), one) for one in _lists(content)]
    length, records = max(found, key=lambda one: one[0], default=(0, None))
    return records if length else None


def _lists(content: object, depth: int = 0) -> Iterator[list[object]]:
    if depth > _DEEPEST:
        return
    if isinstance(content, list):
        yield content
        content = dict(enumerate(content[:_MOST]))
    for part in content.values() if isinstance(content, dict) else ():
        yield from _lists(part, depth + 1)
