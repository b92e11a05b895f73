"""What was learned from pages and feeds read before, so that what is unchanged is not sent again."""

from __future__ import annotations

import json
import logging
import os
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.reading.feeds.entries import Feed, pack_feed, unpack_feed
from index.reading.versions import CLEANING_VERSION
from index.sources.refusals import Refusal

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Remembered:
    """A page as it was read: the article on it, and what to ask the site with (RFC 9110, 13.1).

    ``copy`` as for ``Item``.
    """

    article_id: str
    fingerprint: str
    etag: str | None
    last_modified: str | None
    copy: bool = False


@dataclass(frozen=True, slots=True)
class RememberedFeed:
    """A feed or sitemap (``kind``) as it was read, and what to ask the site with."""

    kind: str
    feed: Feed
    etag: str | None
    last_modified: str | None


class PageMemory:
    """Remembers pages, feeds and refusals by URL: in the JSON file ``path`` if given, else while the process runs.

    It is a cache: what is lost or damaged is read again.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._pages: dict[str, Remembered] = {}
        self._feeds: dict[str, RememberedFeed] = {}
        self._refusals: dict[str, Refusal] = {}
        if path:
            try:
                stored = json.loads(path.read_text("utf-8"))
                if stored["cleaning"] == CLEANING_VERSION:
                    self._pages = {url: Remembered(**page) for url, page in stored["pages"].items()}
                    self._feeds = {url: _feed(fields) for url, fields in stored["feeds"].items()}
                    self._refusals = {url: Refusal(**one) for url, one in stored.get("refusals", {}).items()}
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                pass

    def get(self, url: str) -> Remembered | None:
        """What is remembered of the page at ``url``."""
        return self._pages.get(url)

    def put(self, url: str, page: Remembered) -> None:
        """Remember ``page``."""
        with self._lock:
            self._feeds.pop(url, None)
            self._pages[url] = page

    def feed(self, url: str) -> RememberedFeed | None:
        """What is remembered of the feed or sitemap at ``url``."""
        return self._feeds.get(url)

    def put_feed(self, url: str, feed: RememberedFeed) -> None:
        """Remember ``feed``, unless the site could not tell whether it is unchanged."""
        with self._lock:
            self._pages.pop(url, None)
            self._feeds.pop(url, None)
            if feed.etag or feed.last_modified:
                self._feeds[url] = feed

    def refusal(self, url: str) -> Refusal | None:
        """Why the page at ``url`` gave no article the last time."""
        return self._refusals.get(url)

    def put_refusal(self, url: str, refusal: Refusal | None) -> None:
        """Remember ``refusal``, or with None that there was none."""
        with self._lock:
            self._refusals.pop(url, None)
            if refusal:
                self._refusals[url] = refusal

    def save(self) -> None:
        """Write the file anew, in one step; a disk that doesn't take it is logged."""
        if not self._path:
            return
        with self._lock:
            pages = {url: asdict(page) for url, page in self._pages.items()}
            feeds = {url: asdict(one) | {"feed": pack_feed(one.feed)} for url, one in self._feeds.items()}
            refusals = {url: asdict(one) for url, one in self._refusals.items()}
            stored = {"cleaning": CLEANING_VERSION, "pages": pages, "feeds": feeds, "refusals": refusals}
            new = self._path.with_suffix(f".{os.getpid()}.new")
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                new.write_text(json.dumps(stored), "utf-8")
                new.replace(self._path)
            except OSError as error:
                _log.warning("Pages can't be remembered in %s: %s", self._path, error)


def _feed(fields: dict[str, Any]) -> RememberedFeed:
    return RememberedFeed(**fields | {"feed": unpack_feed(fields["feed"])})
