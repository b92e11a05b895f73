"""What is known of single languages, as data: a folder for each, with sample messages and a few words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class SourceWords:
    """Words that say who reported something.

    ``reports`` name what is published or that it is, ``says`` that somebody says something; ``according`` stands
    before an outlet and ``behind`` after it; ``by`` links a report to its outlet; ``of`` before an outlet tells
    that somebody or something of it is meant.
    """

    reports: frozenset[str]
    says: frozenset[str]
    according: tuple[str, ...]
    behind: frozenset[str]
    by: frozenset[str]
    of: frozenset[str]
    article: frozenset[str]


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Words that say when: what stands before a date, last and this, some days, and the units of time."""

    since: frozenset[str]
    before: frozenset[str]
    until: frozenset[str]
    on: frozenset[str]
    last: frozenset[str]
    this: frozenset[str]
    today: frozenset[str]
    yesterday: frozenset[str]
    units: Mapping[str, str]
    """The unit (hour, day, week, month, year) by each of its forms."""


_UNITS = ("hour", "day", "week", "month", "year")


@cache
def codes() -> tuple[str, ...]:
    """The ISO 639-1 codes of the languages there is data for."""
    return tuple(sorted(entry.name for entry in files(__package__).iterdir() if len(entry.name) == 2))


@cache
def messages(code: str) -> Mapping[str, tuple[str, ...]]:
    """Sample messages by their kind."""
    return {kind: tuple(texts) for kind, texts in _read(code, "messages.toml").items()}


@cache
def source_words(code: str) -> SourceWords:
    """The words of a language that say who reported something."""
    said = _read(code, "words.toml")["said"]
    return SourceWords(
        _set(said["reports"]),
        _set(said["says"]),
        tuple(said["according"]),
        frozenset(said["behind"]),
        _set(said["by"]),
        _set(said["of"]),
        _set(said["article"]),
    )


@cache
def time_words(code: str) -> TimeWords:
    """The words of a language that say when."""
    when = _read(code, "words.toml")["when"]
    return TimeWords(
        _set(when["since"]),
        _set(when["before"]),
        _set(when["until"]),
        _set(when["on"]),
        _set(when["last"]),
        _set(when["this"]),
        _set(when["today"]),
        _set(when["yesterday"]),
        {form: unit for unit in _UNITS for form in when[unit].split()},
    )


@cache
def request_words(code: str) -> frozenset[str]:
    """The words of a request for a summary or for news that name nothing."""
    return _set(_read(code, "words.toml")["asks"]["request"])


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _read(code: str, name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(code, name).read_text("utf-8"))
