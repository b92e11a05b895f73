"""Passages that the embedding model can't embed: they are left out by name, and tried again with the next sync."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.article import searchable
from index.failure import Failure
from index.store.changes import Change
from index.store.sql.embedding_cache import UnembeddableError
from index.told import tell_count

_LOST = tell_count(
    "The embedding model cannot embed a passage, which is left out, from “{quoted}”. Another try is made whenever "
    "this source is indexed.",
    "The embedding model cannot embed {count} passages, which are left out, from “{quoted}”. Another try is made "
    "whenever this source is indexed.",
)
_QUOTED = 60


def without(batch: Sequence[Change], error: UnembeddableError) -> tuple[list[Change], list[Failure]]:
    """``batch`` without what can't be embedded, and a failure for each article that lost something by it.

    An article that lost a passage is not taken for unchanged later; one without any other passage is left out.
    """
    kept: list[Change] = []
    failures: list[Failure] = []
    for change in batch:
        title = change.article.title
        lost = [passage for passage in change.passages if searchable(title, passage) in error.texts]
        if not lost:
            kept.append(change)
            continue
        quoted = lost[0].text[:_QUOTED].strip()
        failures.append(Failure(change.item_id, _LOST.given(count=len(lost), quoted=quoted)))
        left = [passage for passage in change.passages if passage not in lost]
        if left:
            kept.append(replace(change, passages=left, fingerprint="", content_hash=""))
    return kept, failures
