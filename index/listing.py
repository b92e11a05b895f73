"""What a library lists at once, and nothing more: so that commands that show it begin in no time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from index.article import ArticleRef
from index.errors import StoreError
from index.store.home import REGISTRY, prepare, unusable
from index.store.sql.database import MIGRATIONS, open_database
from index.store.sql.listed import Run, list_articles, list_gone, list_runs
from index.store.sql.migrate import upgrade


class Listing:
    """The articles and the history of a registry, by the scopes that may see them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def articles(self, scopes: Sequence[str], query: str = "", limit: int | None = None) -> list[ArticleRef]:
        """Articles whose title or id holds every word of ``query``, newest first."""
        return list_articles(self._engine, scopes, query, limit)

    def gone(self, scopes: Sequence[str]) -> dict[str, datetime]:
        """The articles whose pages have vanished, by id: since when."""
        return list_gone(self._engine, scopes)

    def history(self, scopes: Sequence[str], limit: int = 20, location: str | None = None) -> list[Run]:
        """The newest runs first, with their counts and failures; those of one source with its ``location``."""
        return list_runs(self._engine, scopes, limit, location)


@contextmanager
def open_listing(home: Path) -> Iterator[Listing]:
    """What the library in ``home`` lists, whose registry is there as well. Raises ``StoreError``."""
    prepare(home)
    engine = open_database(f"sqlite:///{home / REGISTRY}")
    try:
        upgrade(engine, MIGRATIONS)
        yield Listing(engine)
    except (SQLAlchemyError, OSError) as error:
        raise StoreError(unusable(home, error)) from error
    finally:
        engine.dispose()
