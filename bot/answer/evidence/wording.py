"""Classes of words, each a pattern for every language that has a list."""

from __future__ import annotations

import re
from collections.abc import Mapping

Classes = Mapping[str, re.Pattern[str]]
"""A pattern for each language (ISO 639-1)."""


def pattern(words: str) -> re.Pattern[str]:
    """Any of ``words``, separated by commas, whatever their case; ``*`` stands for any ending or beginning."""
    alternatives = [re.escape(word.strip()).replace(r"\*", r"\w*") for word in words.split(",")]
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


def classes(**words: str) -> Classes:
    """A class of words from its list in each language."""
    return {language: pattern(listed) for language, listed in words.items()}


def find(words: Classes, text: str, language: str | None) -> list[re.Match[str]]:
    """Where words of ``words`` stand in ``text``; an unknown language is read as English."""
    found = words.get(language or "en")
    return list(found.finditer(text)) if found else []


def has(words: Classes, text: str, language: str | None) -> bool:
    """Whether ``text`` has a word of ``words``; true where the language has no list."""
    return (language or "en") not in words or bool(find(words, text, language))
