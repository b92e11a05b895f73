"""Text that others wrote, made harmless for its place in a prompt: articles, questions, names, what a model wrote.

All of it passes here. What it may still do is talk; the prompts say that it is data.
"""

from __future__ import annotations

import re

_TAG = re.compile(r"<(?=\s*[/!|]?\s*[^\W\d_]|\s*[/!|])")
_BRACES = str.maketrans("{}", "()")


def defused(text: str) -> str:
    """``text`` with nothing in it that opens or closes a tag, or passes for evidence in braces."""
    return _TAG.sub("‹", text).translate(_BRACES)


def defused_line(text: str) -> str:
    """``defused``, on one line."""
    return " ".join(defused(text).split())


def defused_attribute(text: str) -> str:
    """``defused_line``, for the value of an attribute: it can't end it."""
    return defused_line(text).replace('"', "'").replace("<", "‹").replace(">", "›")
