"""Homes of older versions are brought up to date; homes of newer ones are refused."""

from __future__ import annotations

import io
import json
import time
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from index.article import SHARED
from index.errors import StoreError
from index.library import Library
from index.store.sql.database import MIGRATIONS, open_database
from index.store.sql.migrate import revisions, upgrade
from index.store.sql.registry import Registry
from index.store.sql.schema import Base
from tests.conftest import MAX_BYTES
from tests.fakes.embeddings import WordEmbeddings
from tests.index.news import BRIDGE, FERRY, found_ids, write


def steps_until(tmp_path: Path, last: str) -> Path:
    """A folder with the first steps only, ``last`` among them."""
    folder = tmp_path / "steps"
    folder.mkdir()
    for step in MIGRATIONS.glob("[0-9]*.py"):
        if step.name[:4] <= last:
            (folder / step.name).write_text(step.read_text())
    return folder


def removals(library: Library) -> list[str]:
    """What an export says of them."""
    file = io.StringIO()
    library.export(file.write)
    return [line for line in file.getvalue().splitlines() if json.loads(line).get("type") == "removal"]


def forget_steps(engine: Engine) -> None:
    """The first release did not note which steps its tables had seen."""
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))


def differences(engine: Engine) -> object:
    with engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection), Base.metadata)


def test_the_steps_make_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    registry = Registry(f"sqlite:///{tmp_path / 'r.sqlite'}")
    assert differences(registry.engine) == []
    registry.close()


@pytest.mark.parametrize("noted", [True, False])
def test_a_home_of_the_first_release_opens_and_answers(tmp_path: Path, home: Path, noted: bool) -> None:
    articles = write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY)
    with Library(home, "words", WordEmbeddings(), max_bytes=MAX_BYTES) as library:
        library.sync([str(articles)], SHARED)
    new = open_database(f"sqlite:///{home / 'registry.sqlite'}")
    old = open_database(f"sqlite:///{home / 'old.sqlite'}")
    upgrade(old, steps_until(tmp_path, "0001"))
    if not noted:
        forget_steps(old)
    with new.connect() as reader, old.begin() as writer:
        for table in ("meta", "sources", "articles", "versions", "passages", "embeddings"):
            columns = [f'"{column["name"]}"' for column in inspect(old).get_columns(table)]
            values = reader.execute(text(f"SELECT {', '.join(columns)} FROM {table}")).all()
            marks = ", ".join("?" * len(columns))
            for row in values:
                writer.exec_driver_sql(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", tuple(row))
    new.dispose()
    old.dispose()
    for leftover in home.glob("registry.sqlite*"):
        leftover.unlink()
    (home / "old.sqlite").rename(home / "registry.sqlite")

    words = WordEmbeddings()
    with Library(home, "words", words, max_bytes=MAX_BYTES) as library:
        assert found_ids(library, "ferry company boats")[0] == "ferry.txt"
        assert library.sync([str(articles)], SHARED).unchanged == 2
        assert library.disagreements() == set()
        assert differences(library.registry.engine) == []
    assert words.embedded_of_articles == []


def test_a_database_of_a_newer_version_is_refused(home: Path) -> None:
    Library(home, "words", WordEmbeddings(), max_bytes=MAX_BYTES).close()
    engine = open_database(f"sqlite:///{home / 'registry.sqlite'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9000'"))
    engine.dispose()
    with pytest.raises(StoreError, match=r"newer version of Newsdesk \(its tables are 9000.*Install the newer"):
        Library(home, "words", WordEmbeddings(), max_bytes=MAX_BYTES)


def test_a_step_that_fails_leaves_the_tables_as_they_were(tmp_path: Path) -> None:
    folder = steps_until(tmp_path, "0001")
    engine = open_database(f"sqlite:///{tmp_path / 'r.sqlite'}")
    upgrade(engine, folder)
    before = inspect(engine).get_table_names()
    (folder / "0002_broken.py").write_text(
        "from alembic import op\nimport sqlalchemy as sa\nrevision = '0002'\ndown_revision = '0001'\n"
        "def upgrade():\n    op.create_table('new', sa.Column('pk', sa.Integer))\n"
        "    raise RuntimeError('broken')\n"
    )
    with pytest.raises(RuntimeError, match="broken"):
        upgrade(engine, folder)
    assert inspect(engine).get_table_names() == before
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "0001"


def test_nothing_to_do_takes_no_time(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'r.sqlite'}")
    begun = time.thread_time()
    upgrade(engine, MIGRATIONS)
    made = time.thread_time()
    upgrade(engine, MIGRATIONS)
    assert time.thread_time() - made < (made - begun) / 3
    assert revisions(MIGRATIONS)[0] == "0001"


def test_what_an_older_version_took_out_stays_out_of_the_sources_there_were(tmp_path: Path, home: Path) -> None:
    """Whose it was is not known. A source that is added later has nothing to do with it."""
    articles = write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY)
    with Library(home, "words", WordEmbeddings(), max_bytes=MAX_BYTES) as library:
        source = library.add_source(SHARED, str(articles), interval=timedelta(hours=1))
        library.poll(source)
        library.remove(SHARED, "ferry.txt")
        removed = removals(library)
    engine = open_database(f"sqlite:///{home / 'registry.sqlite'}")
    with engine.begin() as connection:
        (moment,) = connection.execute(text("SELECT removed_at FROM removals")).one()
        connection.execute(text("DROP TABLE removals"))
        connection.execute(text("DROP TABLE calibrations"))
        connection.execute(text("ALTER TABLE runs DROP COLUMN moved"))
        connection.execute(text("ALTER TABLE versions DROP COLUMN modified_at"))
        connection.execute(text("ALTER TABLE kept_versions DROP COLUMN modified_at"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    upgrade(engine, steps_until(tmp_path, "0003"))
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO removals VALUES (:scope, 'ferry.txt', :moment)"), {"scope": SHARED, "moment": moment}
        )
    engine.dispose()
    with Library(home, "words", WordEmbeddings(), max_bytes=MAX_BYTES) as library:
        assert differences(library.registry.engine) == []
        assert removals(library) == removed
        assert library.poll(source).unchanged == 1
        later = library.add_source(SHARED, str(write(tmp_path / "b", ferry=FERRY)), interval=timedelta(hours=1))
        assert library.poll(later).added == 1
