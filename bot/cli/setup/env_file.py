"""The file ``.env``: some of its lines are set, the others stay as they are."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from io import StringIO
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import Binding, parse_stream

from index.errors import ConfigurationError

_PLAIN = re.compile(r"[\w./:@%+=,-]+", re.ASCII)


class EnvFile:
    """A file of settings, which may not be there yet, and may hold lines of other programs."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def values(self) -> dict[str, str]:
        """What the file sets, by names in capitals. Raises ``ConfigurationError`` if it can't be read."""
        read = dotenv_values(stream=StringIO(self._text()))
        return {name.upper(): value for name, value in read.items() if value}

    def write(self, changes: Mapping[str, str | None]) -> None:
        """Set what ``changes`` names, take out what is None there, and close the file to all but its owner.

        A setting takes the place of its line, else that of its line in a comment, else it stands at the end. The
        file is whole at any moment. Raises ``ConfigurationError`` if it can't be written.
        """
        text = self._text()
        for name, value in changes.items():
            text = "".join(_changed(text, name, value))
        try:
            _replace(self.path.resolve(), text)
        except OSError as error:
            raise ConfigurationError(f"{self.path} cannot be written: {error.strerror}.") from None

    def _text(self) -> str:
        try:
            with self.path.open(encoding="utf-8", newline="") as file:  # its line ends stay what they are
                return file.read()
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            raise ConfigurationError(f"{self.path} cannot be read: {reason}.") from None


def _changed(text: str, name: str, value: str | None) -> Iterator[str]:
    """The pieces of ``text`` with ``name`` set to ``value``, or without it."""
    pieces = list(parse_stream(StringIO(text)))
    place = _place_of(pieces, name) if value is not None else None
    for number, piece in enumerate(pieces):
        if number == place and value is not None:
            if piece.key is None:  # a line in a comment stays, for what it says
                yield _ended(piece.original.string)
            lead = re.match(r"\s*", piece.original.string)  # blank lines before a line belong to it
            yield (lead[0] if lead and piece.key else "") + _line(name, value)
        elif not _sets(piece, name):
            yield piece.original.string
    if place is None and value is not None:
        if pieces and _ended(pieces[-1].original.string) != pieces[-1].original.string:
            yield "\n"
        yield _line(name, value)


def _place_of(pieces: list[Binding], name: str) -> int | None:
    """Where the line of ``name`` stands: the last that sets it, which is the one that counts."""
    setting = [number for number, piece in enumerate(pieces) if _sets(piece, name)]
    if setting:
        return setting[-1]
    comment = re.compile(rf"^\s*#\s*{name}=", re.IGNORECASE | re.MULTILINE)
    return next(
        (n for n, one in enumerate(pieces) if one.key is None and comment.match(one.original.string)), None
    )


def _sets(piece: Binding, name: str) -> bool:
    return piece.key is not None and piece.key.upper() == name


def _ended(line: str) -> str:
    return line if line.endswith(("\n", "\r")) else line + "\n"


def _line(name: str, value: str) -> str:
    if "${" in value:
        raise ConfigurationError(f"{name} holds ${{, which stands for another variable in such a file.")
    if not _PLAIN.fullmatch(value):
        value = "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return f"{name}={value}\n"


def _replace(path: Path, text: str) -> None:
    """Put ``text`` in the place of the file in one step; nobody but its owner ever can read it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(handle)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
