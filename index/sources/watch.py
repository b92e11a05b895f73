"""Notices that files changed, by looking now and then.

Looking at 600 files takes a few milliseconds, and works where no system tells of changes: on network folders, in
containers, on every platform. So no library is needed for it.
"""

from __future__ import annotations

from index.sources.files import FileSource


class Watch:
    """What sources of files looked like, by their locations."""

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}
        self._read: dict[str, str] = {}

    def changed(self, source: FileSource) -> bool:
        """Whether ``source`` is not as it was when it was read, and has kept still since the last look.

        While files are being written, each look finds them different, so they are read when they are whole. If
        they are read too early all the same, they change once more, and are read again. What was never read since
        the process began has changed.
        """
        state = source.state()
        still = self._seen.get(source.location) == state
        self._seen[source.location] = state
        return still and self._read.get(source.location) != state

    def last_look(self, location: str) -> str | None:
        """What a source looked like at the last look; None if there was none."""
        return self._seen.get(location)

    def note_read(self, location: str, state: str | None) -> None:
        """Note that a source was read; ``state`` is its last look before that was begun."""
        if state is not None:
            self._read[location] = state
