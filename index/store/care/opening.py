"""Opens the parts of a store, finishes what a killed run left, and mends what is damaged."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from langchain_core.embeddings import Embeddings
from sqlalchemy.exc import SQLAlchemyError

from index.embedding.models import Local, Partial, in_background, revised_name
from index.errors import ConfigurationError, StoreError
from index.store.belonging import claim
from index.store.care.ahead import Ahead
from index.store.care.calibrating import Calibrations
from index.store.care.care import EMBEDDING_KEY, Care, findings_of
from index.store.care.health import Finding, broken_vectors, full_text_damage
from index.store.care.watch import Watched
from index.store.home import REGISTRY, owned, prepare, unusable
from index.store.lexical import Lexical, is_outdated
from index.store.lock import WriteLock
from index.store.sql.embedding_cache import EmbeddingCache
from index.store.sql.registry import Registry
from index.store.sql.runs import Runs
from index.store.sql.sentence_vectors import SentenceVectors
from index.store.vectors.chroma import Vectors
from index.store.writer import Writer

_EARLIER = "It was written by an earlier version. It was built anew from the registry, nothing was embedded."
_UNREADABLE = "They could not be read, and were built anew."


@dataclass(frozen=True, slots=True)
class Store:
    """The parts of an open store; ``mended`` is what was damaged when it was opened.

    ``background`` is the model for bulk work; ``earlier`` if its vectors are of an earlier revision of it.
    """

    registry: Registry
    vectors: Vectors
    lexical: Lexical
    cache: EmbeddingCache
    embeddings: Embeddings
    background: Embeddings
    writer: Writer
    runs: Runs
    care: Care
    sentences: SentenceVectors
    calibrations: Calibrations
    ahead: Ahead | None
    mended: list[Finding]
    earlier: bool


@contextmanager
def open_store(
    home: Path,
    model: str,
    embeddings: Embeddings,
    *,
    chroma_url: str | None,
    database_url: str | None,
    careful: bool,
    change_model: bool,
    take_over: bool,
) -> Iterator[Store]:
    """Open the store in ``home`` until the end of the block; arguments and errors are those of ``Library``."""
    with ExitStack() as opened:
        try:
            if chroma_url is None:
                careful |= not opened.enter_context(owned(home))
            else:
                prepare(home)
            mended: list[Finding] = []
            url = database_url or f"sqlite:///{home / REGISTRY}"
            registry = opened.enter_context(closing(Registry(url)))
            if database_url:
                claim(registry, home, take_over=take_over)
            newest = revised_name(model, embeddings)
            used = _model_in_use(registry, home, model, newest, change_model)
            changing = registry.get_meta(EMBEDDING_KEY) != used
            lock = WriteLock(home / "write.lock" if chroma_url else None)
            # Another process that is writing may be at it for long, and has looked after the store.
            with lock.unless_busy() as alone:
                if alone:
                    mended += _clear_broken_full_text(home / "fulltext")
                lexical = opened.enter_context(closing(Lexical(home / "fulltext")))
                if chroma_url is None and careful:
                    mended += _clear_broken_vectors(home / "vectors")
                vectors = opened.enter_context(closing(Vectors(chroma_url or home / "vectors", used)))
                lock.refresh = vectors.refresh
                watch = None
                if isinstance(embeddings, Partial):
                    embeddings = watch = Watched(model, embeddings, registry, lenient=change_model)
                background = in_background(embeddings)
                cache = EmbeddingCache(registry.engine, used, background)
                sentences = SentenceVectors(registry.engine, used, embeddings)
                behind = SentenceVectors(registry.engine, used, background)
                writer = Writer(registry, vectors, lexical, cache, lock)
                if alone:
                    registry.analyse()
                if alone and not changing:
                    vectors.tidy()
                    writer.recover()
                    for differences in writer.examine(thorough=careful):
                        mended += findings_of(differences, repaired=True)
            runs = Runs(registry.engine)
            care = Care(registry, vectors, lexical, cache, writer, runs, watch)
            calibrations = Calibrations(registry, cache, background)
            # Behind an API each text costs; there sentences are embedded when an answer needs them.
            ahead = Ahead(registry.engine, behind) if isinstance(embeddings, Local) else None
            earlier = used != newest
            yield Store(
                registry,
                vectors,
                lexical,
                cache,
                embeddings,
                background,
                writer,
                runs,
                care,
                sentences,
                calibrations,
                ahead,
                mended,
                earlier,
            )
        except (SQLAlchemyError, OSError) as error:
            raise StoreError(unusable(home, error, elsewhere=database_url is not None)) from error


def _model_in_use(registry: Registry, home: Path, model: str, newest: str, change: bool) -> str:
    """What the vectors to be used are known by: ``newest``, or an earlier revision of ``model``, until a rebuild.

    Vectors of two revisions are near enough to be compared. With ``change`` the store may be of any model.
    """
    # Of several processes that open a new store at once, the first one's model counts.
    made_with = registry.get_meta(EMBEDDING_KEY) or registry.claim_meta(EMBEDDING_KEY, newest)
    if change or made_with == newest:
        return newest
    name = made_with.partition(" (")[0]
    if name != model:
        raise ConfigurationError(
            f"The store in {home} was made with the embedding model {name}, not {model}. "
            f"Set NEWSDESK_EMBEDDING={name}, or embed the articles anew with: newsdesk rebuild"
        )
    return made_with


def _clear_broken_full_text(folder: Path) -> Iterator[Finding]:
    """Delete a full text whose files are damaged, or of an earlier version: it is filled from the registry."""
    if is_outdated(folder):
        shutil.rmtree(folder)
        yield Finding("full text", None, _EARLIER, repaired=True)
    elif damage := full_text_damage(folder):
        shutil.rmtree(folder)
        yield Finding("full text", None, f"{damage}. It was built anew.", repaired=True)


def _clear_broken_vectors(folder: Path) -> Iterator[Finding]:
    """Delete vectors that can't be read: they are filled from the registry."""
    broken = broken_vectors(folder)
    if broken:
        try:
            with closing(Vectors(folder)) as vectors:
                for scope in broken:
                    vectors.drop(scope)
        except StoreError:
            broken = None
    if broken is None:
        shutil.rmtree(folder)
        yield Finding("vectors", None, _UNREADABLE, repaired=True)
    for scope in broken or ():
        yield Finding("vectors", scope, _UNREADABLE, repaired=True)
