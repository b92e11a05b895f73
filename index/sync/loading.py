"""What a source offers now -> what of it has to be stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath, PurePosixPath

from index.article import CHUNKER_VERSION, Article, digest, is_web
from index.embedding.models import TellsAsides
from index.errors import ArticleError
from index.passages import split_passages
from index.report import Tally
from index.sources.source import Failure, Item, Source
from index.store import changes
from index.store.changes import Change, Touch, stated
from index.store.sql.registry import Known, Registry
from index.sync.edges import has_site, without_asides
from index.told import tell, words_of

# A batch is one round of commits: large enough that commits cost little, small enough to lose little.
_BATCH_PASSAGES = 128
_BATCH_ARTICLES = 64

_ANOTHER_TEXT = tell(
    "It has the address of an article from {place}, which says something else. "
    "Remove one of the two, or give this one another address."
)


def load_changes(
    registry: Registry,
    items: Iterable[Item],
    known: dict[str, Known],
    taken: dict[str, tuple[str, Known]],
    source: Source,
    scope: str,
    tally: Tally,
    asides: TellsAsides | None = None,
) -> Iterator[Change]:
    """The new articles among ``items``, and new versions of those ``known``; ``tally`` counts the others.

    ``taken`` are articles of other sources that have the ids of some; ``asides`` tells what is not their own text.
    """
    same: list[Touch] = []
    # An article that moved keeps the name that another may get.
    names = {article.id for article in known.values()} | taken.keys()
    for item in items:
        try:
            article = item.load()
        except ArticleError as error:
            tally.fail(Failure(item.place or item.id, words_of(error)))
            continue
        if asides is not None and has_site(article, item.place or item.id):
            article = without_asides(article, asides)
        before = known.get(item.id)
        if before is None and item.id in taken and is_web(item.id):
            # One address is one article, whatever sources lead to it.
            location, before = taken[item.id]
            live = registry.article([scope], before.id)
            if live and (live.title, live.text) == (article.title, article.text):
                tally.same()
                continue
            if not (is_web(location) and is_web(source.location)):
                tally.fail(Failure(item.place or item.id, _ANOTHER_TEXT.given(place=_place_name(location))))
                continue
        article = replace(article, id=before.id if before else _free_id(item.id, source, names))
        fingerprint, content_hash = as_cut(item.fingerprint), as_cut(article.content_hash())
        if before and before.content_hash == content_hash:
            same.append(Touch(before.pk, fingerprint, article.modified_at))
            if _is_redated(before, article):
                tally.redated()
            else:
                tally.same()
            continue
        yield Change(item.id, fingerprint, content_hash, article, split_passages(article, scope), before)
    changes.touch(registry.engine, same)


def is_unchanged(item: Item, known: Mapping[str, Known]) -> bool:
    """Whether ``item`` is as it was when it was stored, as far as its fingerprint tells."""
    before = known.get(item.id)
    return bool(before and before.content_hash and before.fingerprint == as_cut(item.fingerprint))


def _is_redated(before: Known, article: Article) -> bool:
    """Whether ``article``, whose content is that of ``before``, tells another day of its last change."""
    return (before.modified_at or "")[:10] != (stated(article.modified_at) or "")[:10]


def is_told_elsewhere(item: Item, taken: Mapping[str, tuple[str, Known]]) -> bool:
    """Whether the web page of another source says the same, or is the one that ``item`` is a copy of."""
    if not is_web(item.id) or item.id not in taken:
        return False
    location, other = taken[item.id]
    if not is_web(location) or not other.content_hash:
        return False
    return item.copy or other.fingerprint == as_cut(item.fingerprint)


def loaded(item: Item) -> Item | Failure:
    """``item`` with its article read already, or why it can't be read."""
    try:
        article = item.load()
    except ArticleError as error:
        return Failure(item.id, words_of(error))
    return replace(item, load=lambda: article)


def _place_name(location: str) -> str:
    """An address as it is, a file or folder by its name alone: Discord shows it, too."""
    return location if is_web(location) else PurePath(location).name


def in_batches(stream: Iterable[Change]) -> Iterator[list[Change]]:
    """``stream`` in parts that are stored together."""
    batch: list[Change] = []
    size = 0
    for change in stream:
        batch.append(change)
        size += len(change.passages)
        if size >= _BATCH_PASSAGES or len(batch) >= _BATCH_ARTICLES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def as_cut(fingerprint: str) -> str:
    """A fingerprint that also changes when articles are cut into passages in another way."""
    return digest(fingerprint, str(CHUNKER_VERSION))


def _free_id(item_id: str, source: Source, taken: Collection[str]) -> str:
    """``item_id``, told apart by its source where an article of another source has that id."""
    if item_id not in taken:
        return item_id
    return f"{PurePosixPath(source.location).name}-{digest(source.location)[:6]}/{item_id}"
