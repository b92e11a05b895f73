"""Files of one JSON object a line, as people write them for ``newsdesk eval``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from index.errors import ConfigurationError

T = TypeVar("T")


def read_jsonl(path: Path, parse: Callable[[int, Any], T], what: str, whats: str, keys: str) -> list[T]:
    """What ``parse`` makes of the number and the object of each line; empty lines are passed over.

    ``what`` a line is, and ``whats`` several are, and which ``keys`` it needs, is for the messages. Raises
    ``ConfigurationError`` for a file that can't be read or holds nothing, and for the first line that is not so.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ConfigurationError(f"The {whats} in {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"The {whats} in {path} cannot be read: it is not UTF-8.") from error
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(parse(number, json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ConfigurationError(
                f"Line {number} of {path} is no {what}: {error!r}. Each line is a JSON object with {keys}."
            ) from error
    if not found:
        raise ConfigurationError(f"There are no {whats} in {path}.")
    return found
