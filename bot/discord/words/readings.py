"""Reading articles while somebody watches: how far it is, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.discord.speech.phrase import Phrase, Plural, number

if TYPE_CHECKING:
    from index.store.sql.listed import Counts
    from index.sync.sync import SyncProgress

READING = Phrase("**Reading the articles** …")
FINDING = Phrase("**Looking for articles** …")
SOURCE_OF = Phrase("source {number} of {sources}")
DONE = Plural("{count} article", "{count} articles")
DONE_OF = Plural("{done} of {count} article", "{done} of {count} articles")
A_SECOND = Phrase("{count} a second")
SECONDS_LEFT = Phrase("{count} s left")
MINUTES_LEFT = Phrase("{count} min left")
FAILED = Plural("{count} failed", "{count} failed")

UP_TO_DATE = Phrase("The articles are up to date.")
NOT_ALL = Phrase("The articles are read, but not all of them.")
NOTHING_READ = Phrase("Nothing could be read.")
NOTHING_CHANGED = Phrase("Nothing changed.")
SECONDS = Phrase("-# in {seconds} seconds")
ADDED = Plural("{count} added", "{count} added")
CHANGED = Plural("{count} changed", "{count} changed")
UNCHANGED = Plural("{count} unchanged", "{count} unchanged")
MOVED = Plural("{count} moved", "{count} moved")
REMOVED = Plural("{count} removed", "{count} removed")
GONE = Plural("{count} vanished and kept", "{count} vanished and kept")
PASSED_OVER = Plural("-# {count} passed over: {reason} {names}", "-# {count} passed over: {reason} {names}")
AND_MORE = Phrase("{names} and {more} more")
MORE = Phrase("-# and {count} more")


def progress(step: SyncProgress, seconds: float) -> str:
    """How far reading is after ``seconds``: articles done, per second, the time left, and how many failed."""
    done, total = step.done, step.total
    heading = FINDING() if step.finding else READING()
    if step.sources > 1:
        heading += f" {SOURCE_OF(number=step.source, sources=step.sources)}"
    told = [DONE(done) if total is None else DONE_OF(total, done=done)]
    if seconds > 0 and done:
        told.append(A_SECOND(count=number(done / seconds, 1)))
        if total is not None and total > done:
            told.append(_left((total - done) * seconds / done))
    if step.failed:
        told.append(FAILED(step.failed))
    return f"{heading}\n{' · '.join(told)}"


def _left(seconds: float) -> str:
    return SECONDS_LEFT(count=round(seconds)) if seconds < 90 else MINUTES_LEFT(count=round(seconds / 60))


def report(
    added: int, updated: int, unchanged: int, removed: int, failed: int, seconds: float, moved: int = 0
) -> str:
    """What reading the articles changed."""
    changes = {ADDED: added, CHANGED: updated, UNCHANGED: unchanged, MOVED: moved, REMOVED: removed}
    if not failed:
        heading = UP_TO_DATE()
    elif any(changes.values()):
        heading = NOT_ALL()
    else:
        heading = NOTHING_READ()
    told = _not_zero({**changes, FAILED: failed}) or NOTHING_CHANGED()
    return f"**{heading}**\n{told}\n{SECONDS(seconds=number(seconds, 1))}"


def passed_over(count: int, reason: str, names: str, more: int) -> str:
    """So many files that are no articles, why, and the first of their names."""
    return PASSED_OVER(count, reason=reason, names=AND_MORE(names=names, more=more) if more else names)


def outcome(counts: Counts) -> str:
    """What reading one source changed; nothing if nothing there could be read."""
    told = {
        ADDED: counts.added,
        CHANGED: counts.updated,
        UNCHANGED: counts.unchanged,
        MOVED: counts.moved,
        REMOVED: counts.removed,
        GONE: counts.gone,
    }
    return _not_zero(told)


def _not_zero(counts: Mapping[Plural, int]) -> str:
    return " · ".join(words(count) for words, count in counts.items() if count)
