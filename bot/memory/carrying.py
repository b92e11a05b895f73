"""Takes what is remembered from one database into another: to PostgreSQL, and out of a damaged file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert, select
from sqlalchemy.exc import SQLAlchemyError

from bot.memory.tables import Table as Base
from index.store.sql.database import open_database
from index.store.sql.migrate import take_turn


def carry_over(path: Path, target: Engine) -> int:
    """Add to ``target``, if it is empty, all that can be read in the SQLite file ``path``; returns how many rows.

    Of several processes that do so at once, one does it. What can't be read is left behind. Raises
    ``SQLAlchemyError`` if ``target`` can't be written.
    """
    source = open_database(f"sqlite:///{path}")
    count = 0
    try:
        with target.begin() as writer:
            take_turn(writer)
            if not _is_empty(writer):
                return 0
            for table in _tables():
                rows = list(_rows(source, table))
                if rows:
                    writer.execute(insert(table), rows)
                count += len(rows)
    finally:
        source.dispose()
    return count


def _is_empty(connection: Connection) -> bool:
    return all(connection.execute(select(table).limit(1)).first() is None for table in _tables())


def _tables() -> list[Table]:
    return Base.metadata.sorted_tables


def _rows(source: Engine, table: Table) -> Iterator[dict[str, Any]]:
    """The rows up to the first that can't be read. Numbers that a database gives by itself, it gives anew."""
    columns = [column for column in table.columns if column is not table.autoincrement_column]
    statement = select(*columns).order_by(*table.primary_key.columns).execution_options(yield_per=100)
    with suppress(SQLAlchemyError, ValueError), source.connect() as connection:
        yield from map(dict, connection.execute(statement).mappings())
