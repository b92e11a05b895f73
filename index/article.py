"""The nouns everything else speaks in: Article, Section, Passage."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime

SHARED = "shared"
"""The scope of the library that the operator shares with every Discord server."""

_WEB = re.compile(r"https?:", re.IGNORECASE)

CHUNKER_VERSION = 2
"""Raised when passages are cut differently: an article is then cut anew when its source is read next."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an article under one heading; ``start:end`` slices its body out of the article's text."""

    heading: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article without its text: enough to list it, date it, and point a reader to it."""

    id: str
    title: str
    url: str | None = None
    source: str | None = None
    author: str | None = None
    published_at: datetime | None = None
    language: str | None = None
    modified_at: datetime | None = None

    @property
    def published_on(self) -> date | None:
        """The day on which it came out, if that is known."""
        return self.published_at.date() if self.published_at else None

    @property
    def updated_on(self) -> date | None:
        """The day on which it was changed, if that was not the day on which it came out."""
        return updated_on(self.published_at, self.modified_at)


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article.

    ``id`` is stable across runs: the canonical URL, the path below the source's root, or the id that a JSON
    article came with. ``text`` is what passages and citations point into: paragraphs separated by one blank
    line, headings as paragraphs of their own (they belong to no section's body), credits taken out.
    ``modified_at`` is when it was last changed after it came out, if it says so.
    """

    id: str
    title: str
    text: str
    url: str | None = None
    source: str | None = None
    author: str | None = None
    published_at: datetime | None = None
    language: str | None = None
    modified_at: datetime | None = None
    credits: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def ref(self) -> ArticleRef:
        """The article without its text."""
        return ArticleRef(
            self.id,
            self.title,
            self.url,
            self.source,
            self.author,
            self.published_at,
            self.language,
            self.modified_at,
        )

    def fingerprint(self) -> str:
        """A digest of everything a reader could notice: the content, and the day on which it was changed."""
        content = self.content_hash()
        return digest(content, self.modified_at.date().isoformat()) if self.modified_at else content

    def content_hash(self) -> str:
        """A digest of what makes a version of the article, which the day of a change alone doesn't."""
        parts = (
            self.title,
            self.text,
            self.url or "",
            self.source or "",
            self.author or "",
            self.published_at.isoformat() if self.published_at else "",
            self.language or "",
            *self.credits,
        )
        return digest(*parts)


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one section of an article: ``article.text[start:end] == text``."""

    id: str
    article_id: str
    text: str
    start: int
    end: int
    section: str | None = None
    position: int = 0


def searchable(title: str, passage: Passage) -> str:
    """What of a passage is embedded and found by words: title and heading put it in context."""
    return "\n".join(part for part in (title, passage.section, passage.text) if part)


def passage_id(scope: str, article_id: str, text: str, occurrence: int = 0) -> str:
    """The id of a passage: the same whenever the same words of the same article are indexed again.

    ``occurrence`` counts earlier passages of the article with the very same text.
    """
    # The last part was the splitter's version once. A passage that is cut as before keeps its id.
    return digest(scope, article_id, text, str(occurrence), "1")[:32]


def updated_on(published_at: datetime | None, modified_at: datetime | None) -> date | None:
    """The day of a change, if it was not the day on which what was changed came out."""
    if modified_at is None or (published_at and published_at.date() == modified_at.date()):
        return None
    return modified_at.date()


def is_web(place: str) -> bool:
    """Whether a source's location, or an article's id, is a web address."""
    return _WEB.match(place) is not None


def digest(*parts: str) -> str:
    """SHA-256 over ``parts``, as 64 hexadecimal digits; part boundaries count."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        sha.update(len(data).to_bytes(8, "big"))
        sha.update(data)
    return sha.hexdigest()
