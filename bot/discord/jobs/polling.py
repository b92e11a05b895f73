"""Keeps the library equal to its sources by itself: those that are due, and folders whose files changed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from index.article import SHARED
from index.errors import NewsdeskError
from index.library import Library
from index.store.sql.sources import FAILING_DAYS, SourceInfo
from index.sync.sync import SyncProgress, SyncReport

log = logging.getLogger(__name__)

Progress = Callable[[SyncProgress], None]

_FLAGGED_AFTER = timedelta(days=FAILING_DAYS)
_BY_SETTING = "NEWSDESK_ARTICLES"
# Changed files are noticed at once; this is for what can't be seen from outside a file.
_FOLDER_EVERY = timedelta(days=1)


def watch_folder(library: Library, folder: Path | None) -> None:
    """Have the operator's ``folder`` of articles read by itself, and no more the one that was set before.

    Raises ``NewsdeskError`` if it can't be, or if the store can't be written.
    """
    location = library.canonical(str(folder)) if folder else None
    for source in library.sources.listed([SHARED]):
        if source.added_by == _BY_SETTING and source.location != location:
            library.remove_source(SHARED, source.location, articles=False)
    if location is None:
        return
    known = library.sources.find(SHARED, location)
    if known is None or known.added_at is None:
        library.add_source(SHARED, location, interval=_FOLDER_EVERY, added_by=_BY_SETTING)


def poll_next(library: Library, now: datetime, progress: Progress = lambda _: None) -> SyncReport | None:
    """Read one source that is due, and make the library equal to it; None if none is due, or the store can't be
    written now.

    A failure is recorded with the source, which rests the longer the more often it fails; nothing is raised.
    """
    due = library.sources.due(now)
    return _read(library, due[0], now, progress) if due else None


def read_changed(library: Library, now: datetime, progress: Progress = lambda _: None) -> bool:
    """Read the folders and files that changed; whether all could be read and stored.

    Nothing is raised; what went wrong is logged, and is tried again when this is called again.
    """
    try:
        changed = library.changed_files()
    except NewsdeskError as error:
        log.warning("%s", error)
        return False
    reports = [_read(library, source, now, progress) for source in changed]
    return None not in reports


def _read(library: Library, source: SourceInfo, now: datetime, progress: Progress) -> SyncReport | None:
    flagged = source.failing_for(source.polled_at) >= _FLAGGED_AFTER
    try:
        report = library.poll(source, progress)
    except NewsdeskError as error:
        log.warning("%s could not be read: %s", source.location, error)
        return None
    except Exception:  # one source must not keep the others from being read
        log.exception("Reading %s failed", source.location)
        return None
    for failure in report.failures:
        log.info("%s could not be read: %s", failure.location, failure.reason)
    after = library.sources.find(source.scope, source.location)
    if after and not flagged and after.failing_for(now) >= _FLAGGED_AFTER:
        log.warning("%s has been failing since %s: %s", source.location, after.failing_since, after.last_error)
    return report
