"""The home folder: who owns it, and what to say when it can't be used."""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_bytes

from sqlalchemy.exc import SQLAlchemyError

from index.errors import StoreError, StoreLockedError

REGISTRY = "registry.sqlite"
"""The name of the registry's file in a home folder."""

WAY_OUT = (
    "Restore registry.sqlite from a backup, without a registry.sqlite-wal beside it; or set NEWSDESK_HOME to a "
    "new folder, and import an export or index the sources there."
)
"""What to do about a damaged registry, which can't be rebuilt from anything."""

_MARK = "in-use"
_SECRET_BYTES = 32
_DAMAGE = re.compile("malformed|not a database|no such table")


def prepare(home: Path) -> None:
    """Make the folder if need be. Raises ``StoreError`` if it can't be written."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not os.access(home, os.W_OK):
            raise PermissionError("the folder is read-only")
    except OSError as error:
        raise StoreError(unusable(home, error)) from error


@contextmanager
def owned(home: Path) -> Iterator[bool]:
    """Own ``home`` until the end of the block; gives whether its last owner ended well.

    Two processes on one embedded vector store lose vectors silently. Whoever owns a home leaves its name in it,
    which stays there if the process is killed, or the block ends with an error.

    Raises ``StoreLockedError`` if another process owns it, ``StoreError`` if it can't be written.
    """
    from filelock import FileLock, Timeout  # slow to import, and only needed by who writes

    prepare(home)
    mark = home / _MARK
    lock = FileLock(home / "store.lock", blocking=False, thread_local=False)  # any thread may close
    try:
        lock.acquire()
    except Timeout:
        raise StoreLockedError(
            f"Another Newsdesk process is using the store in {home}{_name_in(mark)}. "
            "Stop it (for example the running bot), or set NEWSDESK_HOME to another folder. "
            "With NEWSDESK_CHROMA_URL several processes can share a store."
        ) from None
    except OSError as error:
        raise StoreError(unusable(home, error)) from error
    with lock:
        try:
            clean = not mark.exists()
            mark.write_text(_own_name(), "utf-8")
        except OSError as error:
            raise StoreError(unusable(home, error)) from error
        yield clean
        mark.unlink(missing_ok=True)


def secret(home: Path) -> bytes:
    """What only this home knows: 32 random bytes, made when they are first asked for.

    Raises ``StoreError`` if they can be neither read nor kept.
    """
    prepare(home)
    path = home / "secret.key"
    try:
        if not path.exists():
            made = path.with_name(f"secret.{os.getpid()}")
            made.touch(0o600)
            made.write_bytes(token_bytes(_SECRET_BYTES))
            made.replace(path)  # whole, or not at all
        return path.read_bytes()
    except OSError as error:
        raise StoreError(unusable(home, error)) from error


@contextmanager
def writing() -> Iterator[None]:
    """Errors of the block that mean a store can't be written become ``StoreError``."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise StoreError(
            f"The store cannot be written: {getattr(error, 'orig', None) or error}. "
            "Make room on the disk, or make the folder writable; what was indexed until now is kept."
        ) from error


def unusable(home: Path, error: Exception, *, elsewhere: bool = False) -> str:
    """What to tell of ``error``, which came of opening ``home``. ``elsewhere``: its database has an address."""
    cause = getattr(error, "orig", None) or error
    what, advice = (
        f"store in {home}",
        "Make the folder writable and check that the disk is not full, or set NEWSDESK_HOME to another one.",
    )
    if elsewhere and not isinstance(cause, OSError):
        what, advice = (
            "database",
            "Check NEWSDESK_DATABASE_URL, and that its server runs or its file can be written.",
        )
    if isinstance(cause, sqlite3.DatabaseError) and _DAMAGE.search(str(cause)):
        advice = f"Its registry is damaged. {WAY_OUT}"
    said = " ".join(str(cause).split()).removesuffix(".")
    return f"The {what} cannot be used: {said}{'' if said.endswith('?') else '.'} {advice}"


def _own_name() -> str:
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])
    return f"process {os.getpid()} ({command}, since {datetime.now(UTC):%Y-%m-%d %H:%M} UTC)"


def _name_in(mark: Path) -> str:
    with suppress(OSError, UnicodeError):
        return f": {mark.read_text('utf-8')}"
    return ""
