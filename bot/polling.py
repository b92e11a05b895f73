"""Reads the sources that are due, one after the other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from index.errors import NewsdeskError
from index.library import Library
from index.sync import SyncProgress, SyncReport

log = logging.getLogger(__name__)

FLAGGED_AFTER = timedelta(days=3)
"""A source that has been failing for so long is named in the status and in the log."""


def poll_next(
    library: Library, now: datetime, progress: Callable[[SyncProgress], None] = lambda _: None
) -> SyncReport | None:
    """Read one source that is due, and make the library equal to it; None if none is due, or the store can't be
    written now.

    A failure is recorded with the source, which rests the longer the more often it fails; it is never raised.
    """
    due = library.sources.due(now)
    if not due:
        return None
    source = due[0]
    flagged = source.failing_for(now) >= FLAGGED_AFTER
    try:
        report = library.sync([source.location], source.scope, progress)
    except NewsdeskError as error:
        log.warning("%s could not be read: %s", source.location, error)
        return None
    after = library.sources.find(source.scope, source.location)
    if after and not flagged and after.failing_for(now) >= FLAGGED_AFTER:
        log.warning("%s has been failing since %s: %s", source.location, after.failing_since, after.last_error)
    return report
