"""What people are told of what happened below the faces: fixed English words, and what is named in them.

A face shows it in a language of its own: the English words are the keys of its catalogue. ``str`` gives them in
English, with what is named, for the command line and the log.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Union

Value = Union[str, int, date, "Told"]

SHOWN = "shown"
"""Set in a record of the log whose words are shown to whoever asked, too."""

_TASK = re.compile(r"Its operator (?:must (?P<first>\w)|can\b)")
"""How tasks of the operator are told to others."""
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Told:
    """``english`` has a place in braces for each of ``values``.

    ``many``: the words for any other ``count`` than one; ``english`` is then said of one alone. The count is
    among the values. ``aside``: what is for the operator alone, such as a server's own words. It is in ``str``; no
    face for others shows it, and it is not kept.
    """

    english: str
    values: tuple[tuple[str, Value], ...] = ()
    many: str | None = None
    aside: str = ""

    def __str__(self) -> str:
        words = self.english if self.many is None or self.count == 1 else self.many
        told = filled(words, {name: _written(value) for name, value in self.values})
        return f"{told} {self.aside}" if self.aside else told

    @property
    def count(self) -> int:
        """How many things it is told of, where that chooses the words."""
        return next((value for name, value in self.values if name == "count" and isinstance(value, int)), 0)

    def given(self, **values: Value) -> Told:
        """The same words, with what is named in them."""
        return replace(self, values=tuple(values.items()))

    def beside(self, aside: str) -> Told:
        """The same, with something for the operator beside it."""
        return replace(self, aside=aside)


def tell(english: str, **values: Value) -> Told:
    """``english`` with what is named in it."""
    return Told(english, tuple(values.items()))


def tell_count(one: str, many: str, **values: Value) -> Told:
    """What is told of a ``count`` of things, in as many forms as a language has; these are the English ones."""
    return Told(one, tuple(values.items()), many)


def to_operator(told: Told | str) -> str:
    """``told`` in English to the one who can do what it says: "Its operator must check it." is "Check it."."""
    if not isinstance(told, Told):
        return told
    values = ((name, to_operator(one) if isinstance(one, Told) else one) for name, one in told.values)
    return str(replace(told, english=_TASK.sub(_addressed, told.english), values=tuple(values)))


def words_of(error: BaseException) -> Told | str:
    """What an error tells: to be said by a face, if it is fixed words; else as it is."""
    return error.args[0] if error.args and isinstance(error.args[0], Told) else str(error)


def filled(words: str, named: Mapping[str, str]) -> str:
    """``words`` with what is ``named`` in its places. Other braces mean nothing."""
    return _PLACE.sub(lambda place: named.get(place[1], place[0]), words)


def packed(told: Told | str | date) -> Any:
    """``told`` as JSON has it; anything else as plain words."""
    if not isinstance(told, Told):
        return str(told)
    values = {name: value if isinstance(value, int) else packed(value) for name, value in told.values}
    return {"english": told.english, "values": values} | ({} if told.many is None else {"many": told.many})


def unpacked(found: Any) -> Told | str:
    """What ``packed`` packed. Raises ``TypeError`` or ``KeyError`` for anything else."""
    if isinstance(found, str):
        return found
    values = [(str(name), _unpacked(value)) for name, value in found["values"].items()]
    many = found.get("many")
    return Told(str(found["english"]), tuple(values), None if many is None else str(many))


def to_text(told: Told | str | None) -> str | None:
    """``told`` as one text, to be kept; plain words as they are."""
    return json.dumps(packed(told)) if isinstance(told, Told) else told


def from_text(kept: str | None) -> Told | str | None:
    """What ``to_text`` made a text of."""
    return unpacked(json.loads(kept)) if kept and kept.startswith('{"english": ') else kept


def _unpacked(value: Any) -> Value:
    return value if isinstance(value, int) else unpacked(value)


def _addressed(task: re.Match[str]) -> str:
    return task["first"].upper() if task["first"] else "You can"


def _written(value: Value) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
