"""What a source of articles is: a location that lists items, each of which loads one article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.article import Article
from index.failure import Failure

__all__ = ["Failure", "Item", "Source", "plain"]

# Control characters, and the halves of pairs that stand for bytes which are no UTF-8.
_NOT_PRINTED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Item:
    """One article that a source offers, not yet read through.

    ``id`` is the article's stable id. ``fingerprint`` changes when the raw bytes (or the record) change, so
    that an unchanged article is never parsed again. ``load`` extracts and cleans it; it raises
    ``ArticleError`` with a reason if that can't be done. ``copy``: it was found at another address than the one
    that it calls its own, such as that of its AMP page, where its words may be others. ``place`` is where it
    stands, if its id doesn't say. ``formerly``: the address that led here, by which an article may be known whose
    page has moved.
    """

    id: str
    fingerprint: str
    load: Callable[[], Article]
    copy: bool = False
    place: str | None = None
    formerly: str | None = None


class Source(Protocol):
    """A file, a folder, a page or a feed.

    ``location`` is canonical (an absolute path, a URL), so that naming a source twice means the same source.
    ``partial`` sources (feeds) list only their newest items: an item that is not listed is not gone.
    ``kind`` is file, folder, pattern, page, feed or sitemap; what an address is shows when its items are listed.
    ``expected`` is how many items there will be, where that is known while they are listed. What ``hides`` tells
    counts for sources that are not partial. ``feeds`` are the addresses that a list of feeds names, known once its
    items were listed.
    """

    @property
    def location(self) -> str: ...

    @property
    def partial(self) -> bool: ...

    @property
    def kind(self) -> str: ...

    @property
    def expected(self) -> int | None: ...

    @property
    def feeds(self) -> Sequence[str]: ...

    def items(self) -> Iterator[Item | Failure]:
        """List what is there. Whatever can't be read comes as a ``Failure``; the rest still comes."""
        ...

    def hides(self, failure: Failure, item_id: str) -> bool:
        """Whether the item ``item_id``, which is not listed, may be in what ``failure`` is about."""
        ...


def plain(path: str) -> str:
    """``path`` as it can be kept and printed: names of files may hold any bytes."""
    return _NOT_PRINTED.sub("\N{REPLACEMENT CHARACTER}", path)
