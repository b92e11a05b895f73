"""What is known of each language: its Unicode CLDR locales, and tables of what no library has."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

_FOLDER = Path(__file__).parent


@cache
def codes() -> tuple[str, ...]:
    """The languages (ISO 639-1) that there are tables for."""
    return tuple(sorted(path.name for path in _FOLDER.iterdir() if len(path.name) == 2))


@cache
def table(language: str | None, name: str) -> Mapping[str, Any]:
    """The table ``name`` of a language (ISO 639-1), as its TOML file has it; empty if there is none."""
    path = _FOLDER / (language or "") / f"{name}.toml"
    if not language or not language.isalpha() or not path.is_file():
        return {}
    return tomllib.loads(path.read_text("utf-8"))


_VARIANTS = {"en": ("en", "en_GB"), "pt": ("pt", "pt_PT"), "zh": ("zh", "zh_Hant")}
"""Where the countries of a language write differently: "percent" and "per cent", "Sep" and "Sept"."""


@cache
def locales(language: str | None) -> tuple[Locale, ...]:
    """The locales of a language (ISO 639-1) in the CLDR; those of English for None, none for one that it lacks."""
    try:
        return tuple(map(Locale.parse, _VARIANTS.get(language or "en", (language,))))
    except (UnknownLocaleError, ValueError):
        return ()
