"""What leaves the library: articles that are gone from their source, have moved, or whose pages have vanished."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.report import Tally
from index.sources.source import Failure, Item, Source
from index.store import changes
from index.store.sql.registry import Known, Registry
from index.store.writer import Writer
from index.told import tell_count

_KEPT = tell_count(
    "{count} article is no longer listed here, but part of the source could not be read, so it was kept. "
    "Mend what failed and index again.",
    "{count} articles are no longer listed here, but part of the source could not be read, so they were kept. "
    "Mend what failed and index again.",
)


class Departures:
    """Takes out or marks what a reading no longer found; a sync calls it after all that it found is stored."""

    def __init__(self, registry: Registry, writer: Writer) -> None:
        self._registry = registry
        self._writer = writer

    def remove_moved(self, found: Sequence[Item], scope: str, tally: Tally) -> None:
        """Take out what is known by an address that now leads to the same article at another one."""
        for item in found:
            former = self._registry.article([scope], item.formerly) if item.formerly else None
            present = self._registry.article([scope], item.id) if former else None
            if former and present and former.text == present.text:
                pk = self._registry.article_pk(scope, former.id)
                self._writer.remove(scope, [pk] if pk is not None else [])
                tally.removed += 1

    def remove_unlisted(
        self,
        source: Source,
        unlisted: Sequence[str],
        failed: Sequence[Failure],
        known: Mapping[str, Known],
        scope: str,
        tally: Tally,
    ) -> None:
        """Take out what is listed no more, but for what may be in something that could not be read."""
        hidden = {item_id for item_id in unlisted if any(source.hides(failure, item_id) for failure in failed)}
        if gone := [known[item_id].pk for item_id in unlisted if item_id not in hidden]:
            self._writer.remove(scope, gone)
            tally.removed += len(gone)
        if hidden:
            tally.remark(source.location, _KEPT.given(count=len(hidden)))

    def mark(
        self, scope: str, offered: set[str], vanished: Sequence[Failure], known: dict[str, Known], tally: Tally
    ) -> None:
        """Mark the articles whose pages have vanished, and those whose pages are back."""
        places = {failure.location for failure in vanished}
        # That a copy of another source's article has vanished says nothing of that article.
        places |= {failure.item_id for failure in vanished if failure.item_id in known}
        if places:
            tally.gone += changes.mark_gone(self._registry.engine, scope, places - offered)
        back = [article.id for item_id, article in known.items() if article.gone and item_id in offered]
        if back:
            changes.mark_back(self._registry.engine, scope, back)
