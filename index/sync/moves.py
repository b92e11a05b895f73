"""Files that stand elsewhere now, as when their folder was renamed: their articles keep their ids."""

from __future__ import annotations

import glob
import os
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from index.article import is_web
from index.sources.source import Failure, Item, Source
from index.store.sql.registry import Known


def find_moved(
    source: Source,
    found: Sequence[Item],
    failed: Sequence[Failure],
    known: Mapping[str, Known],
    as_cut: Callable[[str], str],
) -> dict[str, str]:
    """What each new item of ``source`` was called before: the one of the same content that is not there any more.

    ``as_cut`` makes what is known of an item's content. What may be in something that ``failed`` has not moved.
    """
    offered = {item.id for item in found}
    left: dict[str, list[str]] = defaultdict(list)
    for item_id, article in known.items():
        if (
            item_id not in offered
            and article.content_hash
            and not any(source.hides(one, item_id) for one in failed)
        ):
            left[article.fingerprint].append(item_id)
    moved: dict[str, str] = {}
    for item in found:
        if left and item.id not in known and (places := left.get(as_cut(item.fingerprint))):
            moved[item.id] = places.pop(0)
    return moved


def has_left(location: str) -> bool:
    """Whether a source of files is not where it was, so that what is found elsewhere now is its own."""
    return not is_web(location) and not glob.has_magic(location) and not os.path.lexists(location)
