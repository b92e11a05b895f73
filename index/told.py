"""What people are told of what happened below the faces: fixed English words, and what is named in them.

A face shows it in a language of its own: the English words are the keys of its catalogue. ``str`` gives them in
English, with what is named, for the command line and the log.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Union

Value = Union[str, int, date, "Told"]


@dataclass(frozen=True, slots=True)
class Told:
    """``english`` has a place in braces for each of ``values``; without any, braces mean nothing."""

    english: str
    values: tuple[tuple[str, Value], ...] = ()

    def __str__(self) -> str:
        if not self.values:
            return self.english
        return self.english.format(**{name: _written(value) for name, value in self.values})

    def given(self, **values: Value) -> Told:
        """The same words, with what is named in them."""
        return replace(self, values=tuple(values.items()))


def tell(english: str, **values: Value) -> Told:
    """``english`` with what is named in it."""
    return Told(english, tuple(values.items()))


def words_of(error: BaseException) -> Told | str:
    """What an error tells: to be said by a face, if it is fixed words; else as it is."""
    return error.args[0] if error.args and isinstance(error.args[0], Told) else str(error)


def _written(value: Value) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
