"""What is known of single languages, as data: a folder for each, with sample messages and a few words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def codes() -> tuple[str, ...]:
    """The ISO 639-1 codes of the languages there is data for."""
    return tuple(sorted(entry.name for entry in files(__package__).iterdir() if len(entry.name) == 2))


@cache
def messages(code: str) -> Mapping[str, tuple[str, ...]]:
    """Sample messages by their kind."""
    return {kind: tuple(texts) for kind, texts in _read(code, "messages.toml").items()}


@cache
def known_words(code: str, purpose: str) -> Mapping[str, frozenset[str]]:
    """The words of a language for a ``purpose``, by their role; empty if there are none.

    ``said``: who reported something; ``when``: when; ``asks``: that something is asked for, and how.
    """
    roles = _read(code, "words.toml").get(purpose, {}) if code in codes() else {}
    return {role: frozenset(words.split() if isinstance(words, str) else words) for role, words in roles.items()}


@cache
def _read(code: str, name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(code, name).read_text("utf-8"))
