"""Why a page that was read is no article: a consent wall, a login, a paywall's teaser, an error page, nothing.

Such pages come with status 200 and a few sentences that a search would happily find. The signs are where the
site led, what the page declares about itself, and set phrases; phrases count where there is little text, and in
the last lines, since an article may well be about cookies.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from index.reading.markup.tree import line_of, weight
from index.reading.pages.stated import meta
from index.reading.phrases import phrases
from index.told import Told, tell

SHORTEST_ARTICLE = 120
"""Letters of text, without which there is nothing to search or quote; see ``weight``."""

_SHORT = 1500
"""Characters; a longer text is an article, whatever else the page asks for."""
_GONE = tell(
    "The page says that there is no such article, although the site answered as if there were. Check the address."
)
_LONGEST_NOTICE = 260
"""Characters of a paragraph that says no more than that there is a wall."""
_LAST = 4
_PARTS = re.compile(r"\n|:\s|\s[|–—»·•-]\s")
"""Between the parts of a title."""

_SAVE = tell("If you may read the article, save it as a file and index the file.")
_PREVIEW = tell("The site shows only the beginning to readers without a subscription. {save}", save=_SAVE)


def why_no_article(asked: str | None, url: str | None, title: str, text: str, heading: str = "") -> Told | None:
    """What the page is instead of an article, or ``None`` if it is one.

    ``asked`` is the URL asked for and ``url`` where it led, both None for a file; ``title`` and ``text`` are what
    was found in it (where no article was, all visible text), ``heading`` is its first heading.
    """
    if asked and url:
        if _leads_to(_LOGIN_PATH, asked, url):
            return tell("The site asks for a login first ({url}). {save}", url=url, save=_SAVE)
        if _leads_to(_CONSENT_PATH, asked, url):
            return tell(
                "The site asks for consent to cookies first ({url}), which a program can't give. {save}",
                url=url,
                save=_SAVE,
            )
        if _path(url) == "/" and _path(asked) != "/":
            return tell(
                "The site leads to its front page instead, as many do when an article is gone. Check the address."
            )
    if len(text) < _SHORT:
        names = f"{title}\n{heading}".replace("\u2019", "'")
        words = f"{names}\n{text}".replace("\u2019", "'")
        if any(_says_gone(part) for part in _PARTS.split(names)):
            return _GONE
        for kind, reason in _REASONS.items():
            if phrases(kind).search(words):
                return reason
    if weight(text) < SHORTEST_ARTICLE:
        return tell(
            "There is almost no text in it ({characters} characters). If your browser shows more, the page is "
            "made by scripts, which are not run. {save}",
            characters=len(text),
            save=_SAVE,
        )
    return None


def why_a_preview(root: Any, stated: dict[str, Any], text: str, *, fetched: bool) -> Told | None:
    """Why what the page shows is only the beginning of the article; None if it seems to be all.

    ``stated`` is what JSON-LD says of it. What a page declares counts if it was ``fetched``: a subscriber may have
    saved the whole. A notice in place of the rest always does.
    """
    last = [part for part in text.replace("\u2019", "'").split("\n\n")[-_LAST:] if len(part) <= _LONGEST_NOTICE]
    if any(phrases("wall").search(part) for part in last) or _shows(root, "rest"):
        return _PREVIEW
    closed = str(stated.get("isAccessibleForFree")).lower() in ("false", "no", "0")
    closed = closed or (meta(root, "isaccessibleforfree") or "").lower() == "false"
    closed = closed or (meta(root, "tp:previewtruncated") or "").lower() == "true"
    closed = closed or (meta(root, "article:content_tier") or "").lower() in ("locked", "metered")
    return _PREVIEW if closed and (fetched or _shows(root, "wall")) else None


def _says_gone(part: str) -> bool:
    """Whether a part of a title says no more than that something is gone; "Hiker not found" tells news."""
    said = sum(len(found[0]) for found in phrases("gone").finditer(part))
    return said > 0 and 2 * said >= len(part.strip())


def _shows(root: Any, kind: str) -> bool:
    """Whether a short part of the page has phrases of that ``kind``."""
    for element in root.iter("p", "div", "span", "button", "h2", "h3", "h4"):
        part = line_of(element).replace("\u2019", "'")
        if len(part) <= _LONGEST_NOTICE and phrases(kind).search(part):
            return True
    return False


def _leads_to(pattern: re.Pattern[str], asked: str, url: str) -> bool:
    return bool(pattern.search(_host_and_path(url)) and not pattern.search(_host_and_path(asked)))


def _host_and_path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}".lower()


def _path(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")) or "/"


_LOGIN_PATH = re.compile(r"^(?:login|signin|sso|auth|accounts?|id)\.|/(?:log-?in|sign-?in|signon|sso|sign_in)\b")
_CONSENT_PATH = re.compile(r"^(?:consent|cmp|privacy-?gate|myprivacy)\.|/(?:[\w-]*consent|privacy-?gate)\b")
_REASONS = {
    "not_found": _GONE,
    "robots": tell("The site shows a check for robots instead of the article. {save}", save=_SAVE),
    "wall": _PREVIEW,
    "consent": tell("The site asks for consent to cookies first, which a program can't give. {save}", save=_SAVE),
    "login": tell("The site asks for a login first. {save}", save=_SAVE),
}
"""What set phrases in a short page mean; the title is the first line of what they are looked for in."""
