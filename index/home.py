"""The home folder: who owns it, and what to say when it can't be used."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy.exc import SQLAlchemyError

from index.errors import StoreError, StoreLockedError


def prepare(home: Path) -> None:
    """Make the folder if need be. Raises ``StoreError`` if it can't be written."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not os.access(home, os.W_OK):
            raise PermissionError("the folder is read-only")
    except OSError as error:
        raise StoreError(unusable(home, error)) from error


def own(home: Path) -> FileLock:
    """The lock on ``home``, taken. Two processes on one embedded vector store lose vectors silently."""
    prepare(home)
    try:
        lock = FileLock(home / "store.lock", blocking=False, thread_local=False)  # any thread may close
        lock.acquire()
    except Timeout:
        raise StoreLockedError(
            f"Another Newsdesk process is using the store in {home}. "
            "Stop it (for example the running bot), or set NEWSDESK_HOME to another folder."
        ) from None
    except OSError as error:
        raise StoreError(unusable(home, error)) from error
    return lock


@contextmanager
def writing() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise StoreError(
            f"The store cannot be written: {getattr(error, 'orig', None) or error}. "
            "Make room on the disk, or make the folder writable; what was indexed until now is kept."
        ) from error


def unusable(home: Path, error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    advice = "Make the folder writable and check that the disk is not full, or set NEWSDESK_HOME to another one."
    if not isinstance(cause, sqlite3.Error | OSError):
        advice = "Check NEWSDESK_DATABASE_URL, and that the database server runs."
    if isinstance(cause, sqlite3.DatabaseError) and re.search("malformed|not a database", str(cause)):
        advice = "Its registry is damaged: restore it from a backup, or set NEWSDESK_HOME to a new folder."
    return f"The store in {home} cannot be used: {cause}. {advice}"


@contextmanager
def marked_in_use(home: Path) -> Iterator[bool]:
    """Mark ``home`` as in use until the end of the block; gives whether its last use ended well."""
    mark = home / "in-use"
    clean = not mark.exists()
    mark.touch()
    try:
        yield clean
    finally:
        mark.unlink(missing_ok=True)
