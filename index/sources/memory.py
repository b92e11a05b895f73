"""What was learned from pages read before, so that an unchanged page is not sent again."""

from __future__ import annotations

import json
import logging
import os
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

from index.clean import CLEANING_VERSION

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Remembered:
    """A page as it was read: the article on it, and what to ask the site with (RFC 9110, 13.1)."""

    article_id: str
    fingerprint: str
    etag: str | None
    last_modified: str | None


class PageMemory:
    """Remembers pages by their URL: in the JSON file ``path`` if one is given, else while the process runs.

    It is a cache: what is lost or damaged is read again.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._pages: dict[str, Remembered] = {}
        if path:
            try:
                stored = json.loads(path.read_text("utf-8"))
                if stored["cleaning"] == CLEANING_VERSION:
                    self._pages = {url: Remembered(**page) for url, page in stored["pages"].items()}
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                pass

    def get(self, url: str) -> Remembered | None:
        """What is remembered of the page at ``url``."""
        return self._pages.get(url)

    def put(self, url: str, page: Remembered) -> None:
        """Remember ``page``."""
        with self._lock:
            self._pages[url] = page

    def save(self) -> None:
        """Write the file anew, in one step; a disk that doesn't take it is logged."""
        if not self._path:
            return
        with self._lock:
            pages = {url: asdict(page) for url, page in self._pages.items()}
            new = self._path.with_suffix(f".{os.getpid()}.new")
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                new.write_text(json.dumps({"cleaning": CLEANING_VERSION, "pages": pages}), "utf-8")
                new.replace(self._path)
            except OSError as error:
                _log.warning("Pages can't be remembered in %s: %s", self._path, error)
