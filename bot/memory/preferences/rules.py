"""What can be set at which level, and what applies where several levels have a say. Plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum


class Where(StrEnum):
    """Where a question asked in a channel is answered."""

    PLACE = "place"
    THREAD = "thread"
    """In a thread of its own, so that the channel stays quiet."""
    PRIVATE = "private"
    """To the asker alone."""


class Level(StrEnum):
    """Who has set something."""

    DEFAULT = "default"
    SERVER = "server"
    CHANNEL = "channel"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What one level has set; None is left to the level above.

    ``every_question``: questions in the channel are answered without a mention; ``every_post``: new posts of the
    forum. ``private``: the person wants answers for themselves. ``cooldown``: seconds between two questions of a
    person. ``language``: in which the bot speaks, and a chat model answers. ``server_tokens`` and
    ``person_tokens``: the daily share of the chat model.
    """

    where: Where | None = None
    every_question: bool | None = None
    every_post: bool | None = None
    private: bool | None = None
    cooldown: int | None = None
    language: str | None = None
    server_tokens: int | None = None
    person_tokens: int | None = None


NAMES = frozenset(one.name for one in fields(Wishes))


@dataclass(frozen=True, slots=True)
class Rules:
    """What applies to a person in a channel; ``origins`` tells whose word counts, by the name of the setting.

    ``for_all``: where questions are answered, were it not for what the person has set. ``language``: of what all
    there read; ``own_language``: of what only that person does; None: as Discord has it.
    """

    where: Where = Where.PLACE
    for_all: Where = Where.PLACE
    every_question: bool = False
    every_post: bool = False
    cooldown: int = 0
    language: str | None = None
    own_language: str | None = None
    origins: Mapping[str, Level] = field(default_factory=dict)

    def origin(self, name: str) -> Level:
        """Which level the setting comes from."""
        return self.origins.get(name, Level.DEFAULT)


def rules_of(server: Wishes = Wishes(), channel: Wishes = Wishes(), person: Wishes = Wishes()) -> Rules:
    """The rules of the levels together: the channel's word before the server's.

    Who wants answers for themselves gets them so everywhere. Who doesn't is still answered privately where the
    channel wants it: those who manage it keep it quiet.
    """
    said: dict[str, object] = {}
    origins: dict[str, Level] = {}
    for level, wishes in ((Level.SERVER, server), (Level.CHANNEL, channel)):
        for name in ("where", "every_question", "every_post", "cooldown", "language"):
            if (value := getattr(wishes, name)) is not None:
                said[name], origins[name] = value, level
    said["for_all"] = said.get("where", Where.PLACE)
    if person.private:
        said["where"], origins["where"] = Where.PRIVATE, Level.PERSON
    return Rules(**said, own_language=person.language, origins=origins)  # type: ignore[arg-type]  # the names are those of both classes
