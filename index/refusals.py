"""What servers of models say when they refuse, chat and embeddings alike, whatever status goes with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files


def reasons(told: str) -> Iterator[str]:
    """The names of the reasons that a server's own words ``told`` give, the surest first."""
    return (name for name, pattern in _patterns() if pattern.search(told))


@cache
def _patterns() -> Sequence[tuple[str, re.Pattern[str]]]:
    words = tomllib.loads(files(__package__).joinpath("refusals.toml").read_text("utf-8"))
    return [(name, re.compile("|".join(ways), re.IGNORECASE)) for name, ways in words.items()]
