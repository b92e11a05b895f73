"""Who wrote a story, as its own elements tell."""

from __future__ import annotations

import re
from typing import Any

_LONGEST_NAME = 80
_CLASS = re.compile(r"(?:^|[\s_-])(?:author|author-?name|byline-?(?:name|author))(?:$|\s)", re.IGNORECASE)
_BY = re.compile(
    r"(?:(?:posted|written|published|story) )?(?:by|von|door|par|por|di|av|af|автор:?)\s+", re.IGNORECASE
)


def byline_author(story: Any) -> str | None:
    """The first name in ``story`` that is marked as its author's, by a standard before by a class."""
    for is_marked in (_states_author, _is_called_author):
        for element in story.iter():
            if not isinstance(element.tag, str) or not is_marked(element):
                continue
            text = " ".join(" ".join(element.itertext()).split())
            said = _BY.match(text)
            name = text[said.end() :] if said else text
            if 0 < len(name) <= _LONGEST_NAME:
                return name
    return None


def _states_author(element: Any) -> bool:
    """By a link's relation (HTML), microdata, or RDFa."""
    if "author" in (element.get("rel") or "").lower().split():
        return True
    if "author" in (element.get("itemprop") or "").split() and element.tag != "meta":
        return True
    return (element.get("property") or "").endswith(":name") and (element.get("typeof") or "").endswith("Person")


def _is_called_author(element: Any) -> bool:
    return bool(_CLASS.search(element.get("class") or ""))
