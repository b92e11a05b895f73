"""What a file, a page or a feed says of one article, before it is cleaned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from index.told import Told


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article as its file states it. ``headings`` are the paragraphs of ``text`` that the format marks so.

    ``modified_at`` is when it was changed, likely or not. ``id`` is what the file itself calls the article,
    ``next_page`` the address at which it goes on.
    """

    text: str
    title: str = ""
    url: str | None = None
    source: str | None = None
    author: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str | None = None
    headings: tuple[str, ...] = ()
    id: str | None = None
    next_page: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """What stands where an article could be, and why it is none. ``left_out``: nobody would take it for one."""

    reason: Told | str
    left_out: bool = False
