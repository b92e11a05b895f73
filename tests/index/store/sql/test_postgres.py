"""The registry in PostgreSQL, on a real server of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from index.article import SHARED
from index.errors import StoreError
from index.library import Library
from index.store.sql.schema import Base
from tests.conftest import MAX_BYTES
from tests.fakes.embeddings import WordEmbeddings
from tests.index.news import BRIDGE, FERRY, SCHOOL, found_ids, write


def test_a_library_with_its_registry_in_postgresql(postgresql: str, home: Path, tmp_path: Path) -> None:
    def opened() -> Library:
        return Library(home, "words", WordEmbeddings(), max_bytes=MAX_BYTES, database_url=postgresql)

    folder = write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY, gone=SCHOOL)
    with opened() as library:
        assert library.sync([str(folder)], SHARED).added == 3
        (passage,) = library.passages([SHARED], "ferry.txt")
        with library.registry.engine.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    write(folder, ferry="The ferry company keeps all of its boats after all.")
    (folder / "gone.txt").unlink()
    with opened() as library:
        report = library.sync([str(folder)], SHARED)
        assert (report.updated, report.unchanged, report.removed) == (1, 1, 1)
        assert found_ids(library, "harbour bridge mayor")[0] == "bridge.txt"
        assert [ref.id for ref in library.articles([SHARED], "ABOUT ferry")] == ["ferry.txt"]
        assert library.passage([SHARED], passage.id) == passage
        assert library.rebuild() == 0
        assert library.examine() == []
        assert library.disagreements() == set()
        assert [run.what for run in library.history([SHARED])] == ["rebuild", "index", "index"]
    assert not (home / "registry.sqlite").exists()


def test_a_database_that_is_not_there(home: Path) -> None:
    url = f"postgresql+psycopg://newsdesk@/postgres?host={home}"
    with pytest.raises(StoreError, match="NEWSDESK_DATABASE_URL"):
        Library(home, "words", WordEmbeddings(), max_bytes=MAX_BYTES, database_url=url)
