"""The header of a note or a text -> its fields: YAML, TOML, JSON, or plain lines."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import yaml

from index.errors import ArticleError
from index.reading.metadata.fields import fields_of, has_fields, web_address
from index.told import tell

_LONGEST = 65_536
_YAML = re.compile(r"-{3,}[ \t]*\n(.*?)(?:^|\n)(?:-{3,}|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\+{3}[ \t]*\n(.*?)(?:^|\n)\+{3}[ \t]*(?:\n|\Z)", re.DOTALL)
_LINE = re.compile(r"([A-Za-z][\w -]{0,40}?)[ \t]*::?[ \t]+(\S.*)$")
_LABEL = re.compile(r"([^\W\d_][^\W_]*(?: [^\W_]+){0,2})[ \t]*[:：][ \t]*(\S.*)$")
_FEWEST_LABELS = 3
_CLOCK = re.compile(r"\d[:.h]\d\d(?!\d|\.)")
_PLAIN = frozenset(
    "title date author authors summary tags category slug url link source lang language status modified".split()
)
_TOO_LONG = tell(
    "Its front matter is longer than {longest} KB. Shorten it, or close it with a line of ---.",
    longest=_LONGEST // 1024,
)
_INVALID = tell("Its front matter is not valid {kind} near line {line}; put a value with a colon in quotes.")


class _Plain(yaml.SafeLoader):
    """Leaves dates as they are written, and knows no aliases: a few of them can fill any memory (CWE-776)."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "aliases are not read", mark)
        return super().compose_node(parent, index)


def _as_written(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> object:
    return loader.construct_scalar(node)


for _kind in ("timestamp", "bool", "int", "float"):
    _Plain.add_constructor(f"tag:yaml.org,2002:{_kind}", _as_written)


def split_front_matter(text: str) -> tuple[dict[str, object], str]:
    """The fields that stand above ``text``, and the rest. Raises ``ArticleError`` if they are broken."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.lstrip("\ufeff").lstrip("\n") if text[:1] in "\ufeff\n" else text
    if text.startswith("---"):
        return _fenced(text, _YAML, "YAML", _read_yaml)
    if text.startswith("+++"):
        return _fenced(text, _TOML, "TOML", tomllib.loads)
    if text.startswith("{"):
        return _json(text)
    for reading in (_lines, _properties, _typed):
        fields, rest = reading(text)
        if fields:
            return fields, rest
    return {}, text


def _fenced(text: str, fence: re.Pattern[str], kind: str, read: Any) -> tuple[dict[str, object], str]:
    found = fence.match(text[: _LONGEST + 8])
    if found is None:
        if len(text) > _LONGEST and fence.match(text):
            raise ArticleError(_TOO_LONG)
        return {}, text
    try:
        fields = read(found[1] + "\n")
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        mended = _mended(found[1]) if kind == "YAML" else None
        if mended is None:
            line = getattr(getattr(error, "problem_mark", None), "line", None)
            stated = re.search(r"line (\d+)", str(error))
            number = line + 1 if line is not None else int(stated[1]) if stated else 1
            raise ArticleError(_INVALID.given(kind=kind, line=number)) from None
        fields = mended
    if not isinstance(fields, dict):
        return {}, text
    fields = {str(key): value for key, value in fields.items()}
    fields = {**_tables(fields), **fields}
    return (fields, text[found.end() :].strip()) if fields else ({}, text)


def _read_yaml(text: str) -> object:
    return yaml.load(text, Loader=_Plain)


def _mended(header: str) -> dict[str, object] | None:
    """The fields of a header that is plain lines and no YAML (a colon in a title, tabs); None if it isn't."""
    fields: dict[str, object] = {}
    for line in header.replace("\t", " ").split("\n"):
        found = _LINE.match(line)
        if found and found[2][:1] not in "&*[{|>":
            fields[found[1].strip()] = found[2].strip().strip("\"'")
        elif line.strip() and not re.match(r"\s|- |#|[\w -]+:\s*$", line):
            return None
    return fields if has_fields(fields) else None


def _tables(fields: dict[str, object]) -> dict[str, object]:
    """What Hugo keeps in [params]."""
    inner = fields.get("params")
    return {str(key): value for key, value in inner.items()} if isinstance(inner, dict) else {}


def _json(text: str) -> tuple[dict[str, object], str]:
    try:
        fields, end = json.JSONDecoder().raw_decode(text[:_LONGEST])
    except (ValueError, RecursionError):
        return {}, text
    body = text[end:]
    if not isinstance(fields, dict) or not has_fields(fields) or not body.startswith("\n"):
        return {}, text
    return fields, body


def _lines(text: str) -> tuple[dict[str, object], str]:
    """The lines of "Title: ..." that MultiMarkdown and Pelican begin a file with, or Logseq's "title:: ..."."""
    fields: dict[str, object] = {}
    end = 0
    for line in text[:_LONGEST].split("\n"):
        found = _LINE.match(line)
        if found is None or (found[1].lower() not in _PLAIN and "::" not in line):
            if line.strip():
                return {}, text
            break
        fields[found[1].lower()] = found[2].strip()
        end += len(line) + 1
    certain = len(fields) >= 2 or any("::" in line for line in text[:end].split("\n"))
    return (fields, text[end:]) if certain and has_fields(fields) else ({}, text)


def _properties(text: str) -> tuple[dict[str, object], str]:
    """The lines of "Name: value" that Notion writes between a page's heading and its text; all of them go.

    An address and a day, an outlet or an author must be among them.
    """
    heading, blank, rest = text[:_LONGEST].partition("\n\n")
    head, _, body = rest.partition("\n\n")
    labels = _labels(head)
    known = _known(labels, "text", "title")
    is_page = heading.startswith("# ") and "\n" not in heading and bool(body.strip())
    if not is_page or not web_address(known.get("url")) or known.keys().isdisjoint({"date", "source", "author"}):
        return {}, text
    return known, heading + blank + text[len(text[:_LONGEST]) - len(body) :]


def _typed(text: str) -> tuple[dict[str, object], str]:
    """The lines of "Title: ..." that somebody typed above a clipping, in any language; those not known stay.

    A title and a day must be among them. What begins at an hour is an event, and its day is no day of publication.
    """
    head, blank, body = text[:_LONGEST].partition("\n\n")
    labels = _labels(head)
    known = _known(labels, "text")
    if not {"title", "date"} <= known.keys() or not body.strip():
        return {}, text
    if any(_CLOCK.search(found[0]) for found in labels):
        return {}, text
    others = [found[0] for found in labels if found[2].strip() not in known.values()]
    return known, "\n".join(others) + blank + text[len(head) + 2 :]


def _labels(head: str) -> list[re.Match[str]]:
    """The lines of ``head`` as names and values; none unless all of them are such, and enough."""
    lines = head.split("\n")
    labels = [found for line in lines if (found := _LABEL.match(line.strip()))]
    return labels if len(labels) >= max(_FEWEST_LABELS, len(lines)) else []


def _known(labels: list[re.Match[str]], *besides: str) -> dict[str, object]:
    """The fields that ``labels`` name, but those ``besides``."""
    fields = fields_of({found[1]: found[2].strip() for found in labels})
    return {name: value for name, value in fields.items() if name not in besides}
