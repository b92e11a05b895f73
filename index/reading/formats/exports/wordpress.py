"""The export of a WordPress site (WXR): its posts and pages that are published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from index.errors import ArticleError
from index.reading.extracted import Extracted, Refused
from index.reading.formats.office.package import read_document
from index.reading.markup.words import as_words, plain_line
from index.reading.metadata.days import read_day
from index.reading.metadata.fields import web_address
from index.told import tell

_MOST = 20_000
_SHORTCODE = re.compile(r"\[/?(?:caption|gallery|embed|audio|video|playlist|vc_\w+|et_pb_\w+)\b[^\]\n]{0,500}\]")


def is_wordpress(data: bytes) -> bool:
    """Whether ``data`` is such an export: it names its version near the beginning."""
    return b"wordpress.org/export/" in data[:8192]


def read_wordpress(data: bytes) -> Iterator[Extracted | Refused]:
    """An article for each post and page that is published. Raises ``ArticleError`` if the file is damaged."""
    channel = read_document(data).find("channel")
    items = channel.findall("item") if channel is not None else []
    if not items:
        raise ArticleError(tell("There are no posts in this export. Export all content of the site."))
    site, language = _text(channel, "title"), _text(channel, "language")
    for number, item in enumerate(items[:_MOST], start=1):
        yield _post(item, number, site, language)


def _post(item: Any, number: int, site: str | None, language: str | None) -> Extracted | Refused:
    kind, status = _text(item, "{*}post_type") or "post", _text(item, "{*}status") or "publish"
    title = plain_line(_text(item, "title") or "")
    name = f"“{title}”" if title else f"number {number}"
    if kind not in ("post", "page"):
        return Refused(
            tell("{name} is no post or page but of the kind {kind}.", name=name, kind=kind), left_out=True
        )
    if status != "publish":
        return Refused(tell("{name} is not published but {status}.", name=name, status=status), left_out=True)
    if _text(item, "{*}post_password"):
        return Refused(tell("{name} is protected by a password.", name=name), left_out=True)
    content = _SHORTCODE.sub("", item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") or "")
    text, headings = as_words(content)
    if not text.strip():
        return Refused(tell("{name} has no text.", name=name))
    return Extracted(
        text=text,
        title=title,
        url=web_address(_text(item, "link")),
        source=site,
        author=_text(item, "{http://purl.org/dc/elements/1.1/}creator"),
        published_at=read_day(_text(item, "{*}post_date_gmt"))
        or read_day(_text(item, "{*}post_date"))
        or read_day(_text(item, "pubDate")),
        modified_at=read_day(_text(item, "{*}post_modified_gmt")) or read_day(_text(item, "{*}post_modified")),
        language=language,
        headings=headings,
    )


def _text(node: Any, name: str) -> str | None:
    return " ".join((node.findtext(name) or "").split()) or None
