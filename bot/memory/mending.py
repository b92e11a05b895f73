"""Looks whether the memory's file is damaged, and begins it anew with what can still be read."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.memory.carrying import carry_over
from bot.memory.database import FILE, MIGRATIONS, VERSION_TABLE
from index.errors import StoreError
from index.store.home import owned
from index.store.sql.database import damage, open_database
from index.store.sql.migrate import upgrade

DAMAGED = "memory.damaged.sqlite"
"""What a damaged file is called from then on."""


def damage_of(home: Path) -> str | None:
    """What is wrong with the memory's file in ``home``; None if nothing is, or there is none."""
    path = home / FILE
    if not path.exists():
        return None
    engine = open_database(f"sqlite:///{path}")
    try:
        found = damage(engine)
    except SQLAlchemyError as error:
        found = [str(getattr(error, "orig", None) or error)]
    finally:
        engine.dispose()
    return "; ".join(found) or None


def mend(home: Path) -> int:
    """Set the damaged file aside, and begin a new one with what can be read of it; returns how many entries.

    Raises ``StoreLockedError`` while another process uses the home, ``StoreError`` if it can't be written.
    """
    engine = open_database(f"sqlite:///{home / FILE}")
    with owned(home):
        try:
            for ending in ("", "-wal", "-shm"):
                file = home / f"{FILE}{ending}"
                if file.exists():
                    file.replace(home / f"{DAMAGED}{ending}")
            upgrade(engine, MIGRATIONS, VERSION_TABLE)
            return carry_over(home / DAMAGED, engine)
        except (OSError, SQLAlchemyError) as error:
            raise StoreError(f"The bot's memory cannot be begun anew: {error}. Make room on the disk.") from error
        finally:
            engine.dispose()
