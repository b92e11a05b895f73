"""What the registry tells of a library: its articles, passages, sources, history. Nothing here changes it.

It needs neither a model nor the vectors, and can be read while another process has the store open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from index.article import Article, ArticleRef, Passage, is_web
from index.errors import StoreError
from index.listing import Listing
from index.store.belonging import claim
from index.store.home import REGISTRY, prepare, unusable
from index.store.sql import kept
from index.store.sql.kept import PassageVersion, Version
from index.store.sql.registry import Registry
from index.store.sql.sources import Sources


class Catalogue(Listing):
    """The articles and passages of a registry, by the scopes that may see them."""

    def __init__(self, registry: Registry) -> None:
        super().__init__(registry.engine)
        self.registry = registry
        self.sources = Sources(registry.engine)

    def count(self, scopes: Sequence[str]) -> int:
        """How many articles ``scopes`` may see."""
        return self.registry.count(scopes)

    def extent(self, scopes: Sequence[str]) -> tuple[int, date | None, date | None]:
        """How many articles ``scopes`` may see, and the days of the oldest and the newest one."""
        return self.registry.extent(scopes)

    def newest(self, scopes: Sequence[str]) -> int:
        """A number that grows with every article that ``scopes`` may see and that is added or changed."""
        return self.registry.newest(scopes)

    def outlets(self, scopes: Sequence[str]) -> list[str]:
        """The outlets of all articles, in the order of the alphabet."""
        return self.registry.outlets(scopes)

    def article(self, scopes: Sequence[str], article_id: str) -> Article | None:
        """An article with its text, or None if ``scopes`` may not see one of that id."""
        return self.registry.article(scopes, article_id)

    def find(self, scopes: Sequence[str], name: str) -> ArticleRef | None:
        """The article with the id or the address ``name``, or None."""
        names = [name]
        if is_web(name):
            from index.reading.metadata.addresses import (
                canonical_address,  # reads pages too, and is slow to import
            )

            with suppress(ValueError):  # no address after all
                names.append(canonical_address(name))
        found = (self.article(scopes, one) for one in dict.fromkeys(names))
        return next((article.ref for article in found if article), None)

    def ids_of(self, scopes: Sequence[str], name: str) -> list[str]:
        """The ids that ``name`` stands for: itself, else those that begin with it or end in it after a slash."""
        if not name.strip() or self.article(scopes, name):
            return [name] if name.strip() else []
        ids = [ref.id for ref in self.articles(scopes, name)]
        return [one for one in ids if one.startswith(name) or one.endswith("/" + name)]

    def passages(self, scopes: Sequence[str], article_id: str) -> list[Passage]:
        """The passages of an article in order; empty if ``scopes`` may not see it."""
        return self.registry.article_passages(scopes, article_id)

    def passage(self, scopes: Sequence[str], passage_id: str) -> Passage | None:
        """A passage, or None if ``scopes`` may not see it, or it is no longer kept.

        It may be of an earlier version of its article: ``passage_version`` tells.
        """
        found = self.passage_version(scopes, passage_id)
        return found.passage if found else None

    def passage_version(self, scopes: Sequence[str], passage_id: str) -> PassageVersion | None:
        """A passage with the version of its article that it points into: the live one, else one that is kept."""
        return kept.find_passage(self.registry.engine, scopes, passage_id)

    def versions(self, scopes: Sequence[str], article_id: str) -> list[Version]:
        """What an article said, newest first: the live version, then those kept."""
        return kept.versions(self.registry.engine, scopes, article_id)


@contextmanager
def open_catalogue(home: Path, database_url: str | None = None) -> Iterator[Catalogue]:
    """The catalogue of the library in ``home``; its registry is there, or at the address ``database_url``.

    Raises ``StoreError`` if it can't be used, ``ConfigurationError`` if the database belongs to another home.
    """
    prepare(home)
    try:
        with closing(Registry(database_url or f"sqlite:///{home / REGISTRY}")) as registry:
            if database_url:
                claim(registry, home)
            yield Catalogue(registry)
    except (SQLAlchemyError, OSError) as error:
        raise StoreError(unusable(home, error, elsewhere=database_url is not None)) from error
