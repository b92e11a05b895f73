"""What a source of articles is: a location that lists items, each of which loads one article."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from index.article import Article
from index.failure import Failure

__all__ = ["Failure", "Item", "Source"]


@dataclass(frozen=True, slots=True)
class Item:
    """One article that a source offers, not yet read through.

    ``id`` is the article's stable id. ``fingerprint`` changes when the raw bytes (or the record) change, so
    that an unchanged article is never parsed again. ``load`` extracts and cleans it; it raises
    ``ArticleError`` with a reason if that can't be done. ``copy``: it was found at another address than the one
    that it calls its own, such as that of its AMP page, where its words may be others.
    """

    id: str
    fingerprint: str
    load: Callable[[], Article]
    copy: bool = False


class Source(Protocol):
    """A file, a folder, a page or a feed.

    ``location`` is canonical (an absolute path, a URL), so that naming a source twice means the same source.
    ``partial`` sources (feeds) list only their newest items: an item that is not listed is not gone.
    ``kind`` is file, folder, pattern, page, feed or sitemap; what an address is shows when its items are listed.
    ``expected`` is how many items there will be, where that is known while they are listed.
    """

    @property
    def location(self) -> str: ...

    @property
    def partial(self) -> bool: ...

    @property
    def kind(self) -> str: ...

    @property
    def expected(self) -> int | None: ...

    def items(self) -> Iterator[Item | Failure]:
        """List what is there. Whatever can't be read comes as a ``Failure``; the rest still comes."""
        ...
