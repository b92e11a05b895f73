"""What a page states about itself in its head: JSON-LD and meta tags, as far as it is about this very article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_ARTICLE = re.compile(
    r"(?:News|Report|Analysis|Opinion|Review|Background|Satirical|Tech|Scholarly|Advertiser\w*)*Article$|BlogPosting$|LiveBlogPosting$|^Posting$|Report$"
)
_MOST = 200
_LONGEST = 2_000_000


def article_objects(root: Any) -> list[dict[str, Any]]:
    """The JSON-LD objects of the page that describe articles, in their order."""
    found: list[dict[str, Any]] = []
    for script in root.iterfind(".//script[@type]"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = (script.text or "")[:_LONGEST].strip().removeprefix("<!--").removesuffix("-->")
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        found += [one for one in _objects(data) if is_article(one)]
    return found


def is_article(one: dict[str, Any]) -> bool:
    kinds = one.get("@type")
    if kinds is None:
        return any(name in one for name in ("headline", "datePublished", "isAccessibleForFree"))
    return any(
        isinstance(kind, str) and _ARTICLE.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def main_object(root: Any, title: str) -> dict[str, Any]:
    """The object that is about the article called ``title``: the one of that headline, else the first."""
    objects = article_objects(root)
    wanted = bare_words(title)
    for one in objects:
        if wanted and bare_words(str(one.get("headline") or one.get("name") or "")) == wanted:
            return one
    return objects[0] if objects else {}


def meta(root: Any, *names: str) -> str | None:
    """The content of the first meta tag with one of ``names``, the first of them first."""
    contents: dict[str, str] = {}
    for tag in root.iter("meta"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (tag.get(attribute) or "").strip().lower()
            if name and (content := " ".join((tag.get("content") or "").split())):
                contents.setdefault(name, content)
    return next((contents[name] for name in names if name in contents), None)


def feed_address(root: Any) -> str | None:
    """Where the page says its feed is."""
    for link in root.iter("link"):
        kind = (link.get("type") or "").lower()
        if "alternate" in (link.get("rel") or "").lower() and re.search(r"rss|atom|feed\+json", kind):
            return (link.get("href") or "").strip() or None
    return None


def _objects(data: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(data, list):
        for one in data[:_MOST]:
            yield from _objects(one, depth + 1)
    elif isinstance(data, dict):
        yield data
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(data.get(name), (dict, list)):
                yield from _objects(data[name], depth + 1)


def stated_base(root: Any) -> str:
    """What the page has its relative addresses begin with; nothing if it doesn't say."""
    return next((one.get("href") for one in root.iter("base") if one.get("href")), "").strip()


def bare_words(text: str) -> str:
    """The words of ``text`` alone, by which what a page says in two places is compared."""
    return re.sub(r"\W+", " ", text.casefold()).strip()
