"""What a record calls its fields -> Extracted: front matter, JSON objects, rows of tables."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from index.errors import ArticleError
from index.reading.extracted import Extracted
from index.reading.markup.words import as_words, plain_line
from index.reading.metadata.days import read_day
from index.reading.phrases import phrases
from index.told import tell

_INSIDE = (
    "rendered",
    "raw",
    "name",
    "text",
    "value",
    "@value",
    "html",
    "plain",
    "title",
    "headline",
    "url",
    "@id",
    "content",
    "href",
)
"""Under which key an object keeps the value itself: WordPress, schema.org and others."""
_WORDS = ("rendered", "raw", "text", "value", "@value", "html", "plain", "content")
"""Those of them that hold a text; who wrote a part of it, and where its picture lies, is none."""
_SUMMARY = ("name", "description", "shortdescription")
"""What also a thing has that tells nothing, or a record whose text lies deeper."""

_AROUND = ("_source", "attributes", "fields", "node", "object", "article", "post", "data", "_embedded")
"""Under which key the record itself lies, where a search server or a programming interface wraps it."""
_PUBLISHED = ("published", "publishedat", "datepublished", "pubdate", "publishdate", "publisheddate")
_CREATED = ("datecreated", "created", "createdat", "timestamp")
"""When the record was made: no day of publication where the record has a key for that, and knows none."""
_REMOVED = re.compile(
    r"\[\w+\]"
    r"|.{0,40}(?:can(?:no|['’])t|could(?: not|n['’]t)|unable to|failed to) (?:retrieve|fetch|extract|parse)"
    r" (?:the |full |page )*(?:contents?|text)"
    r"(?: (?:for|of|from) (?:this|the) (?:article|page|site|link|url|web ?page)\b.{0,100}|[.!]?)",
    re.IGNORECASE | re.DOTALL,
)
"""What aggregators put for a text that was taken back ([Removed]), reading lists for one that they did not get."""
_NO_TEXT = tell('It has no text. Give each article a "text" with its words.')
_STATUS = re.compile(r"(?:(?:http|response)[_-]?)?status(?:[_-]?code)?", re.IGNORECASE)
_REFUSED = re.compile(r"[45]\d\d")
_LONGEST_FAILURE = 600
_ADDRESS = re.compile(r"https?://[^\s/\x00-\x1f\x7f-\x9f]+[^\s\x00-\x1f\x7f-\x9f]*", re.IGNORECASE)
"""Control characters are no part of an address, and a terminal would obey them."""


def read_fields(record: Mapping[str, object], body: str | None = None, *, plain: bool = False) -> Extracted:
    """The article in ``record``, or in front matter with ``body``; ``plain``: its text holds no HTML.

    Raises ``ArticleError`` if there is no text.
    """
    fields = _by_field(record)
    text = _text(fields.get("text")) if body is None else body
    if not text or not text.strip():
        raise ArticleError(_NO_TEXT)
    words, headings = (text, ()) if plain else as_words(text)
    if _is_of_a_failure(record, _line(fields.get("title")) or "", words):
        raise ArticleError(_NO_TEXT)
    language = _line(fields.get("language"))
    source = _line(fields.get("source"))
    url = web_address(fields.get("url"))
    if url is None and web_address(source):  # web clippers call the address so
        url, source = source, None
    return Extracted(
        text=words,
        title=_without_source(_line(fields.get("title")) or "", source),
        url=url,
        source=source,
        author=_line(fields.get("author")),
        published_at=_day(fields.get("date"), language),
        modified_at=_day(fields.get("modified"), language),
        language=language,
        headings=headings,
        id=_id(fields.get("id")),
    )


def _is_of_a_failure(record: Mapping[str, object], title: str, words: str) -> bool:
    """Whether ``words`` are no more than what came where a site refused, or a program got nothing."""
    if _REMOVED.fullmatch(words.strip()):
        return True
    status = next((str(value) for key, value in record.items() if _STATUS.fullmatch(str(key))), "")
    is_refusal = _REFUSED.fullmatch(status) or phrases("robots").search(f"{title}\n{words}")
    return len(words) < _LONGEST_FAILURE and bool(is_refusal)


def _without_source(title: str, source: str | None) -> str:
    """``title`` without the name of the outlet that aggregators put behind it."""
    found = re.fullmatch(rf"(.+?)\s+[|–—·-]\s+{re.escape(source)}", title) if source else None
    return found[1] if found else title


def has_fields(record: Mapping[str, object]) -> bool:
    """Whether any key of ``record`` is the name of a field."""
    return bool(_by_field(record))


def web_address(value: object) -> str | None:
    """``value`` if it is an http or https URL; anything else is not a link to give to a reader."""
    address = _unwrapped(value[0] if isinstance(value, list) and value else value)
    address = address.strip() if isinstance(address, str) else None
    if not address or not _ADDRESS.fullmatch(address):
        return None
    try:
        return address if urlsplit(address).hostname else None
    except ValueError:  # http://[::1
        return None


def _by_field(record: Mapping[str, object]) -> dict[str, object]:
    found = fields_of(record)
    if not tells(record):
        for name in _AROUND:
            inner = record.get(name)
            if isinstance(inner, dict) and (tells(inner) or ("text" not in found and "text" in fields_of(inner))):
                return found | fields_of(inner)
    return found


def tells(record: Mapping[str, object]) -> bool:
    """Whether ``record`` itself has a text that is more than a description."""
    return "text" in fields_of({key: value for key, value in record.items() if str(key).lower() not in _SUMMARY})


@cache
def _names() -> dict[str, list[str]]:
    """The keys that each field goes by."""
    return tomllib.loads(files("index.reading.metadata").joinpath("fields.toml").read_text("utf-8"))


def fields_of(record: Mapping[str, object]) -> dict[str, object]:
    """What ``record`` itself states, by the names of fields.toml."""
    keys = {re.sub(r"[\s_:@.-]", "", str(key)).lower(): value for key, value in record.items()}
    found: dict[str, object] = {}
    for field, names in _names().items():
        for name in names:
            if keys.get(name) in (None, "", [], {}) or (
                name in _CREATED and not keys.keys().isdisjoint(_PUBLISHED)
            ):
                continue
            value = keys[name]
            if field == "text" and (not _text(value) or (name in _AROUND and _is_record(value))):
                continue  # sections, numbers, or a whole record under a name for the text
            found[field] = value
            break
    if isinstance(keys.get("summary"), dict) and "text" not in found and _text(keys["summary"]):
        found["text"] = keys["summary"]  # Atom as JSON, in the exports of feed readers
    return found


def _is_record(value: object) -> bool:
    return isinstance(value, dict) and "text" in fields_of(value)


def _unwrapped(value: object, keys: Sequence[str] = _INSIDE) -> object:
    for _ in range(3):
        if isinstance(value, dict):
            value = next((value[key] for key in keys if value.get(key)), None)
    return value


def _text(value: object) -> str | None:
    value = _unwrapped(value, _WORDS)
    if isinstance(value, list):
        value = "\n\n".join(part for one in value if isinstance(part := _unwrapped(one, _WORDS), str))
    return value if isinstance(value, str) and any(map(str.isalpha, value)) else None


def _line(value: object) -> str | None:
    """``value`` as a line of text; numbers and lists of names (authors) are written out."""
    value = _unwrapped(value)
    if isinstance(value, list):
        value = ", ".join(str(part) for one in value if (part := _unwrapped(one)) is not None)
    if value is None or isinstance(value, bool):
        return None
    return plain_line(str(value)) or None


def _day(value: object, language: str | None) -> datetime | None:
    value = _unwrapped(value)
    return read_day(value if isinstance(value, (str, int, float, date)) else None, (language or "")[:2] or None)


def _id(value: object) -> str | None:
    value = _unwrapped(value)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int)) or not str(value).strip():
        raise ArticleError(tell('its "id" must be a word or a number.'))
    if not str(value).strip().isprintable():
        raise ArticleError(tell('its "id" has characters that can\'t be printed.'))
    return str(value).strip()


def text_length(record: object) -> int:
    """How long the text in ``record`` is, if it is a record with a title and a text."""
    fields = _by_field(record) if isinstance(record, dict) else {}
    return len(_text(fields.get("text")) or "") if "title" in fields else 0


def article_length(record: object) -> int:
    """``text_length``, but 0 for a thing that has no more than a name and a description: a tag, a newsletter."""
    if not isinstance(record, dict):
        return 0
    told = {field: value for field, value in record.items() if str(field).lower() not in _SUMMARY}
    return text_length(record) if {"title", "text"} & _by_field(told).keys() else 0


def has_text(record: Mapping[str, object]) -> bool:
    """Whether a key of ``record`` is the name of a field for the text."""
    return "text" in _by_field(record)
