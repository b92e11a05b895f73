"""Brings the tables of a database to what this program knows, with Alembic; any database with a folder of steps.

A step is a file such as ``0002_come_and_go.py``, whose number is its revision.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from index.errors import StoreError

_TABLE = "alembic_version"


def upgrade(engine: Engine, folder: Path) -> None:
    """Run the steps in ``folder`` that ``engine``'s database has not seen, all of them or none.

    A database that has tables but no revision was made before there were steps: it stands at the first one.
    Raises ``StoreError`` if the database is newer than the newest step.
    """
    known = revisions(folder)
    with engine.connect() as connection:
        current = _current(connection, known[0])
    if current == known[-1]:
        return
    if current is not None and current not in known:
        raise StoreError(
            f"The database {engine.url.database} was written by a newer version of Newsdesk (its tables are "
            f"{current}, this version knows them up to {known[-1]}). "
            "Install the newer version, or set NEWSDESK_HOME to another folder."
        )
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # Python's driver begins no transaction for changes to tables.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        _run(connection, folder, _current(connection, known[0]))
        connection.commit()


def revisions(folder: Path) -> list[str]:
    """The revisions of the steps in ``folder``, oldest first."""
    return sorted(path.name.partition("_")[0] for path in folder.glob("[0-9]*_*.py"))


def _current(connection: Connection, first: str) -> str | None:
    """The revision of a database, ``first`` if it is from before there were any; None if it has no tables."""
    tables = inspect(connection).get_table_names()
    if _TABLE in tables:
        found = connection.scalar(text(f"SELECT version_num FROM {_TABLE}"))
        return str(found) if found is not None else None
    return first if tables else None


def _run(connection: Connection, folder: Path, current: str | None) -> None:
    from alembic.config import Config  # slow to import, and only needed when there is something to do
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    steps = ScriptDirectory(str(folder), version_locations=[str(folder)])

    def missing(*_: object) -> object:
        return steps._upgrade_revs("head", current or "base")

    with EnvironmentContext(Config(), steps, fn=missing, destination_rev="head") as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        context = environment.get_context()
        if current is not None:
            context.stamp(steps, current)
        environment.run_migrations()
