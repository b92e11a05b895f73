"""JSON: one article, or a list of them; or one a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

from index.errors import ArticleError
from index.reading.encoding.decode import decode
from index.reading.extracted import Extracted, Refused
from index.reading.formats.exports.telegram import read_chat, telegram_chats
from index.reading.metadata.fields import article_length, has_text, read_fields, tells, text_length
from index.told import tell, words_of

_MOST = 20_000
_DEEPEST = 6
_GAPS = ("title", "url", "source", "author", "published_at", "modified_at", "language")
_LISTS = ("articles", "items", "posts", "results", "data", "entries", "docs", "@graph")
_NOT_AN_OBJECT = tell('not an object. Write {"title": …, "text": …}.')


def read_json(data: bytes) -> Iterator[Extracted | Refused]:
    """The articles in a JSON file: one object, a list, or an object that holds a list of them.

    Raises ``ArticleError`` if the file as a whole can't be read.
    """
    try:
        content = _content(decode(data))
    except (ValueError, RecursionError) as error:
        raise ArticleError(tell("It is not valid JSON ({error}).", error=words_of(error))) from None
    if chats := telegram_chats(content):
        for chat in chats:
            yield from read_chat(chat)
        return
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


def completed(found: Extracted | Refused, beside: str, slug: str) -> Extracted | Refused:
    """``found`` with what a file of fields ``beside`` it states, where it states nothing itself.

    Of a list, that is what it states of the one called ``slug``. A record with a text of its own is another
    article, whose title and address are not those of this one.
    """
    record = _object(beside)
    if isinstance(record, list):
        named = (one for one in record if isinstance(one, dict) and one.get("slug") == slug)
        record = next(named, None)
    if isinstance(found, Refused) or not isinstance(record, dict) or tells(record):
        return found
    try:
        stated = read_fields(
            {name: value for name, value in record.items() if name != "id"}, found.text, plain=True
        )
    except ArticleError:
        return found
    gaps = {name: getattr(stated, name) for name in _GAPS if not getattr(found, name)}
    return replace(found, **gaps)


def _content(text: str) -> object:
    """What ``text`` holds; a list of what stands in its lines, if it is an object a line."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        lines = [line for line in text.split("\n") if line.strip()]
        if error.msg != "Extra data" or not all(line.lstrip().startswith("{") for line in lines):
            raise
        return [_object(line) for line in lines]


def _object(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None  # named as one that is no object


def _records(content: object) -> list[object] | None:
    if isinstance(content, list):
        return content
    if not isinstance(content, dict) or isinstance(content.get("text"), str):
        return None
    for name in _LISTS:
        inner = content.get(name)
        if isinstance(inner, list) and inner and all(isinstance(one, dict) for one in inner):
            return inner
    if has_text(content):
        return None
    return _told(content, article_length) or _told(content, text_length) or None


def _told(content: object, length: Callable[[object], int], depth: int = 0) -> list[object]:
    """The records of all lists in ``content`` that have text by ``length``.

    What stands inside of such a list belongs to its records (related stories), unless it tells more than they do
    (sections with a line on each).
    """
    if depth > _DEEPEST or not isinstance(content, (dict, list)):
        return []
    parts = content if isinstance(content, list) else content.values()
    inner = [record for part in parts for record in _told(part, length, depth + 1)]
    own = sum(map(length, content)) if isinstance(content, list) else 0
    if not isinstance(content, list) or not own:
        return inner
    return [*content, *inner] if sum(map(length, inner)) > own else content
