"""What agencies and newsrooms send: NITF, and NewsML-G2, whose items hold HTML or NITF (IPTC)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import lxml.etree  # type: ignore[import-untyped]

from index.errors import ArticleError
from index.reading.extracted import Extracted, Refused
from index.reading.formats.office.package import read_document
from index.reading.markup.words import as_words
from index.reading.markup.xml import LANGUAGE, line_at, read_body
from index.reading.metadata.days import read_day
from index.told import tell

ROOTS = frozenset(("nitf", "newsitem", "newsmessage"))
_USABLE = "usable"


def read_newswire(data: bytes) -> Iterator[Extracted | Refused]:
    """An article for each item with text. Raises ``ArticleError`` if there is none."""
    root = read_document(data)
    items = [root] if _name(root) in ("nitf", "newsItem") else list(root.iterfind(".//{*}newsItem"))
    if not items:
        raise ArticleError(tell("The list of articles in it is empty."))
    for item in items:
        yield _nitf(item) if _name(item) == "nitf" else _item(item)


def _item(item: Any) -> Extracted | Refused:
    title = line_at(item, ".//{*}contentMeta/{*}headline")
    status = (_attribute(item, ".//{*}itemMeta/{*}pubStatus", "qcode") or _USABLE).rpartition(":")[2]
    if status != _USABLE:
        return Refused(
            tell("{name} is not published but {status}.", name=f"“{title}”", status=status), left_out=True
        )
    inner = item.find(".//{*}contentSet/{*}inlineXML/*")
    inside = _nitf(inner) if inner is not None and _name(inner) == "nitf" else None
    text, headings = _words(inner) if inner is not None else as_words(item.findtext(".//{*}inlineData") or "")
    if isinstance(inside, Extracted):
        text, headings = inside.text, inside.headings
    if not text.strip():
        return Refused(tell("{name} has no text.", name=f"“{title}”"))
    days = (
        ".//{*}contentMeta/{*}contentCreated",
        ".//{*}itemMeta/{*}firstCreated",
        ".//{*}itemMeta/{*}versionCreated",
    )
    return Extracted(
        text=text,
        title=title or (inside.title if isinstance(inside, Extracted) else ""),
        source=line_at(item, ".//{*}itemMeta/{*}provider/{*}name") or None,
        author=line_at(item, ".//{*}contentMeta/{*}by") or None,
        published_at=next(filter(None, (read_day(line_at(item, day)) for day in days)), None),
        language=_attribute(item, ".//{*}contentMeta/{*}language", "tag"),
        headings=headings,
        id=item.get("guid"),
    )


def _nitf(root: Any) -> Extracted | Refused:
    title = line_at(root, ".//{*}hedline/{*}hl1") or line_at(root, ".//{*}head/{*}title")
    body = root.find(".//{*}body.content")
    text, headings = _words(body) if body is not None else ("", ())
    if not text.strip():
        return Refused(tell("{name} has no text.", name=f"“{title}”"))
    day = _attribute(root, ".//{*}docdata/{*}date.issue", "norm") or _attribute(root, ".//{*}story.date", "norm")
    return Extracted(
        text=text,
        title=title,
        source=line_at(root, ".//{*}distributor") or _attribute(root, ".//{*}pubdata", "name"),
        author=line_at(root, ".//{*}byline/{*}person") or line_at(root, ".//{*}byline") or None,
        published_at=read_day(day),
        language=root.get(LANGUAGE) or body.get(LANGUAGE),
        headings=headings,
        id=_attribute(root, ".//{*}docdata/{*}doc-id", "id-string"),
    )


def _words(element: Any) -> tuple[str, tuple[str, ...]]:
    """NITF's body is HTML but for a few names: its second headings are ``hl2``, its pictures ``media``."""
    for one in list(element.iter("{*}media", "{*}note")):
        one.clear(keep_tail=True)
    for one in element.iter("{*}frac"):  # 1<frac>1/2</frac>
        one.text = f" {one.text or ''}"
    return read_body(element, {"hl2": "h2"})


def _name(element: Any) -> str:
    return str(lxml.etree.QName(element).localname)


def _attribute(root: Any, path: str, name: str) -> str | None:
    found = root.find(path)
    return found.get(name) if found is not None else None
