"""Brings the tables of a database to what this program knows, with Alembic; any database with a folder of steps.

A step is a file such as ``0002_come_and_go.py``, whose number is its revision.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, column, func, inspect, select, table

from index.errors import StoreError

# One number for all of Newsdesk, so that of several processes one at a time changes tables.
_LOCK = 7_061_626_001


def upgrade(engine: Engine, folder: Path, noted_in: str = "alembic_version") -> None:
    """Run the steps in ``folder`` that ``engine``'s database has not seen, all of them or none.

    The table ``noted_in`` notes the last one. The first step leaves tables as they are that are there already.
    Raises ``StoreError`` if the database is newer than the newest step.
    """
    known = revisions(folder)
    with engine.connect() as connection:
        current = _current(connection, noted_in)
    if current == known[-1]:
        return
    if current is not None and current not in known:
        raise StoreError(
            f"The database {engine.url.database} was written by a newer version of Newsdesk (its tables are "
            f"{current}, this version knows them up to {known[-1]}). "
            "Install the newer version, or set NEWSDESK_HOME to another folder."
        )
    with engine.connect() as connection:
        take_turn(connection)
        _run(connection, folder, noted_in)
        connection.commit()


def take_turn(connection: Connection) -> None:
    """Begin a transaction; until its end no other process gets its turn at making a database ready."""
    if connection.dialect.name == "sqlite":
        # Python's driver begins no transaction for changes to tables.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def revisions(folder: Path) -> list[str]:
    """The revisions of the steps in ``folder``, oldest first."""
    return sorted(path.name.partition("_")[0] for path in folder.glob("[0-9]*_*.py"))


def _current(connection: Connection, noted_in: str) -> str | None:
    """The revision of a database; None if it has none."""
    if not inspect(connection).has_table(noted_in):
        return None
    return connection.scalar(select(column("version_num")).select_from(table(noted_in)))


def _run(connection: Connection, folder: Path, noted_in: str) -> None:
    from alembic.config import Config  # slow to import, and only needed when there is something to do
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    steps = ScriptDirectory(str(folder), version_locations=[str(folder)])
    current = _current(connection, noted_in)

    def missing(*_: object) -> object:
        return steps._upgrade_revs("head", current or "base")

    with EnvironmentContext(Config(), steps, fn=missing, destination_rev="head") as environment:
        environment.configure(connection=connection, transactional_ddl=True, version_table=noted_in)
        environment.run_migrations()
