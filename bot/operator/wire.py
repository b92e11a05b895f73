"""What the command line and the process that has the library open say to each other, over a Unix socket.

First each end sends its version in a line, then come pickled messages. Pickle does what it is told, so each end
makes sure that the other is the same user: only its owner may connect to the socket, and nobody connects to one of
another owner.
"""

from __future__ import annotations

import hashlib
import os
import socket
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

AVAILABLE = hasattr(socket, "AF_UNIX")
"""Whether this system has such sockets."""

_LONGEST = 100
"""Bytes that an address may have on every system."""


@dataclass(frozen=True, slots=True)
class Request:
    """The name of a function of ``work``, what it is called with, and whether what it tells is wanted."""

    work: str
    args: Sequence[object]
    kwargs: Mapping[str, object]
    tells: bool


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What there is to tell while the work goes on."""

    what: object


@dataclass(frozen=True, slots=True)
class Done:
    """What the work gave."""

    result: object


@dataclass(frozen=True, slots=True)
class Failed:
    """Why the work gave nothing, in words for whoever asked for it."""

    reason: str


Answered = Meanwhile | Done | Failed


def address(home: Path) -> Path:
    """Where the socket of ``home`` is: in it, or where that is too long for an address, among temporary files."""
    path = home.resolve() / "operator.sock"
    if len(os.fsencode(path)) <= _LONGEST:
        return path
    known_by = hashlib.sha256(os.fsencode(path)).hexdigest()[:24]
    return Path(tempfile.gettempdir()) / f"newsdesk-{known_by}.sock"


def connect(path: Path) -> socket.socket | None:
    """A connection to a socket of our own at ``path``; None if there is none, or nobody listens there."""
    connection = None
    try:
        if path.is_socket() and path.stat().st_uid == os.getuid():
            connection = socket.socket(socket.AF_UNIX)
            connection.connect(str(path))
    except OSError:  # left there by a process that was killed
        if connection:
            connection.close()
        return None
    return connection


def own_version() -> bytes:
    """The version of this program, as a line."""
    return f"newsdesk {version('newsdesk')}\n".encode()
