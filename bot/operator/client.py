"""Has the process that has the library open do what the operator asks for."""

from __future__ import annotations

import pickle
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from io import BufferedRWPair
from pathlib import Path

from bot.operator.wire import AVAILABLE, Answered, Failed, Meanwhile, Request, address, connect, own_version
from index.errors import ConfigurationError, NewsdeskError

_ANOTHER_VERSION = (
    "The Newsdesk that runs is of another version ({theirs}) than this command ({ours}). "
    "Restart it (for example the bot)."
)
_ENDED = "The Newsdesk that runs ended before this was done; what was done is kept. The same command goes on."


class HandedOverError(NewsdeskError):
    """What was handed over failed there; the message is the one it failed with."""


def connected(home: Path) -> socket.socket | None:
    """A connection to the process that has the library of ``home`` open; None if there is none that listens."""
    return connect(address(home)) if AVAILABLE else None


def hand_over(
    connection: socket.socket,
    work: str,
    args: Sequence[object],
    kwargs: Mapping[str, object],
    tell: Callable[[object], object] | None,
) -> object:
    """What the function ``work`` gives in the process at the other end; ``tell`` gets what it tells meanwhile.

    Closes the connection, which stops the work if it goes on, as Ctrl-C does. Raises ``HandedOverError`` with the
    reason if it fails there, ``ConfigurationError`` if that process is of another version.
    """
    with closing(connection), connection.makefile("rwb") as stream:
        try:
            ours = own_version()
            stream.write(ours + pickle.dumps(Request(work, args, kwargs, tell is not None)))
            stream.flush()
            theirs = stream.readline()
            if theirs and theirs != ours:
                names = {"theirs": theirs.decode().split()[-1], "ours": ours.decode().split()[-1]}
                raise ConfigurationError(_ANOTHER_VERSION.format_map(names))
            while isinstance(message := _next(stream), Meanwhile):
                if tell:
                    tell(message.what)
        except (EOFError, ConnectionError, pickle.UnpicklingError) as error:
            raise HandedOverError(_ENDED) from error
    if isinstance(message, Failed):
        raise HandedOverError(message.reason)
    return message.result


def _next(stream: BufferedRWPair) -> Answered:
    message: Answered = pickle.load(stream)
    return message
