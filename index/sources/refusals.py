"""Entries of feeds whose pages give no article: behind walls, closed to programs, not there. They are let rest.

Without that every reading of a feed would ask for them again, which no site likes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from index.article import digest
from index.backoff import rest_after
from index.errors import ArticleError
from index.fetch import FetchError
from index.reading.feeds.entries import Entry
from index.told import from_text, tell, to_text, words_of

_FIRST_REST = timedelta(hours=1)
_LONGEST_REST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a page gave no article, the ``times``-th time in a row; until when (ISO 8601) it rests.

    ``reason`` is a text that may be kept (``to_text``), ``entry`` a digest of what the feed said of the page.
    """

    reason: str
    entry: str
    times: int
    until: str

    def check(self, entry: Entry) -> None:
        """Raise ``ArticleError`` if the page still rests; it does so no more if its feed tells something else."""
        until = datetime.fromisoformat(self.until)
        if self.entry == _digest(entry) and datetime.now(UTC) < until:
            raise ArticleError(
                tell(
                    "{reason} It is asked for again after {until} UTC.",
                    reason=from_text(self.reason) or "",
                    until=f"{until:%Y-%m-%d %H:%M}",
                )
            )


def refusal(error: ArticleError, entry: Entry, before: Refusal | None) -> Refusal | None:
    """What to remember of ``error``, which came of reading the page of ``entry``; None if it may soon be over."""
    if isinstance(error, FetchError) and not error.lasting:
        return None
    times = before.times + 1 if before else 1
    until = datetime.now(UTC) + rest_after(times, _FIRST_REST, _LONGEST_REST)
    return Refusal(to_text(words_of(error)) or "", _digest(entry), times, until.isoformat())


def _digest(entry: Entry) -> str:
    return digest(entry.title or "", entry.published_at.isoformat() if entry.published_at else "")
