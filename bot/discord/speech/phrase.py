"""Fixed words, said in the language of whoever reads them.

The English words are the keys of gettext's catalogues, with named places: ``Phrase("as of {day}")``. Where a
message is made, the language is chosen for the task that makes it (``speaking``, ``speak``); whatever
is made of phrases below speaks it, also in a thread that the task waits for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

from bot.discord.speech.catalogues import ENGLISH, catalogue
from index.told import Told, Value, filled

_language: ContextVar[str] = ContextVar("language", default=ENGLISH)

_REGION = {ENGLISH: "en_GB"}
"""Whose days and numbers are meant where a language has several."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Fixed words, and perhaps named places in them. Numbers are written as the language writes them."""

    english: str

    def __call__(self, **named: str | int) -> str:
        return _filled(catalogue(language()).gettext(self.english), named)


@dataclass(frozen=True, slots=True)
class Plural:
    """Fixed words about a ``{count}`` of things."""

    one: str
    many: str

    def __call__(self, count: int, **named: str | int) -> str:
        form = catalogue(language()).ngettext(self.one, self.many, count)
        return _filled(form, {"count": count, **named})


def say(told: Told | str) -> str:
    """What is told of what happened below, in the language that is spoken; plain words as they are."""
    if isinstance(told, str):
        return told
    return _filled(_form(told), {name: _said(value) for name, value in told.values})


def language() -> str:
    """The language that is spoken here and now, as in ``LANGUAGES``."""
    return _language.get()


def speak(code: str) -> None:
    """Speak that language from here on, to the end of the task."""
    _language.set(code)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak that language within."""
    before = _language.set(code)
    try:
        yield
    finally:
        _language.reset(before)


def number(value: float, decimals: int = 0) -> str:
    """A number as the language writes it, with so many decimals."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, pattern, locale=locale())


def day(when: date) -> str:
    """A day in words, for where Discord shows none of its timestamps: in menus, and among escaped words."""
    return format_date(when, "long", locale=locale())


def _form(told: Told) -> str:
    spoken = catalogue(language())
    if told.many is not None:
        return spoken.ngettext(told.english, told.many, told.count)
    return spoken.gettext(told.english) if told.english else ""


def _said(value: Value) -> str | int:
    if isinstance(value, Told):
        return say(value)
    return day(value) if isinstance(value, date) else value


def _filled(words: str, named: dict[str, str | int]) -> str:
    return filled(words, {name: number(it) if isinstance(it, int) else it for name, it in named.items()})


def locale() -> str:
    """Babel's name of the language that is spoken."""
    return _REGION.get(language(), language())
