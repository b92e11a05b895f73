"""What sites say beside their articles, in many languages: the expressions of phrases.toml, compiled."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def phrases(name: str, around: str = "{}") -> re.Pattern[str]:
    """The phrases of one kind as one expression; ``around`` is what it stands in, with ``{}`` in its place."""
    return re.compile(
        around.replace("{}", f"(?:{'|'.join(_all()[name])})"), re.IGNORECASE | re.MULTILINE | re.DOTALL
    )


@cache
def _all() -> dict[str, list[str]]:
    return tomllib.loads(files("index.reading").joinpath("phrases.toml").read_text("utf-8"))
