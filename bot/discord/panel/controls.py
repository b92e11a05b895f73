"""The menus and buttons of the panel. All they need stands in their custom ids.

None of them changes anything itself: the bot gets an event ``panel`` with the interaction and what is wanted, or
``sample_wanted`` where somebody wants to see it answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import discord
from discord import ui

from bot.discord.buttons.asking import open_box
from bot.discord.components.lasting import Lasting
from bot.discord.readers import Personal
from bot.discord.speech.catalogues import LANGUAGES
from bot.discord.words import settings as words
from bot.memory.preferences.rules import Level, Where

COOLDOWNS = (0, 10, 30, 60, 300)
_AS_ABOVE = "as-above"
_FORUM = [discord.ChannelType.forum]
_CHANNELS = [discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum]
_MOST = 25

CURATORS, FORUMS = "curators", "forums"
"""What is no setting by itself, and is changed all the same."""


class Tab(Enum):
    """What the panel shows at a time, a telephone's screen each."""

    SERVER = "server"
    WORK = "work"
    """Who and what works for the server: curators, forums, the chat model."""
    PERSON = "person"


_TABS = {Tab.SERVER: words.FOR_THE_SERVER, Tab.WORK: words.FOR_THE_WORK, Tab.PERSON: words.FOR_ME}


@dataclass(frozen=True, slots=True)
class Wanted:
    """``values`` to be set for a level, whose settings are then shown. Without any, they are shown as they are.

    ``work``: those of the server that are about its curators, forums and share.
    """

    level: Level
    owner_id: int = 0
    values: Mapping[str, object] = field(default_factory=dict)
    work: bool = False


def _want(interaction: discord.Interaction[Any], wanted: Wanted) -> None:
    interaction.client.dispatch("panel", interaction, wanted)


class ChoiceMenu(
    Personal,
    ui.DynamicItem[ui.Select[ui.LayoutView]],
    template=r"newsdesk:set:(?P<level>server|channel|person):(?P<id>\d{1,20}):(?P<name>where|cooldown|language)",
):
    """Where it answers, how long to wait, or what it speaks, at a level."""

    def __init__(self, level: Level, owner_id: int, name: str, chosen: str | None = None) -> None:
        self.level, self.owner_id, self.name = level, owner_id, name
        options: list[tuple[str, str, str | None]] = []
        if level is Level.CHANNEL:
            options += [(_AS_ABOVE, words.AS_THE_SERVER(), None)]
        elif name == "language":
            options += [(_AS_ABOVE, words.AS_IN_DISCORD(), None)]
        if name == "language":
            options += [(code, words.language(code), None) for code in LANGUAGES]
        elif name == "where":
            options += [(one.value, words.WHERE[one](), words.WHERE_MEANS[one]()) for one in Where]
        else:
            options += [(str(count), words.seconds(count), None) for count in COOLDOWNS]
        chosen = chosen if chosen is not None else _AS_ABOVE
        super().__init__(
            ui.Select(
                custom_id=f"newsdesk:set:{level}:{owner_id}:{name}",
                options=[
                    discord.SelectOption(value=value, label=label, description=means, default=value == chosen)
                    for value, label, means in options
                ],
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> ChoiceMenu:
        return cls(Level(match["level"]), int(match["id"]), match["name"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        chosen = self.item.values[0]
        value: object = int(chosen) if chosen.isdecimal() else None if chosen == _AS_ABOVE else chosen
        _want(interaction, Wanted(self.level, self.owner_id, {self.name: value}))


class Toggle(
    Personal,
    ui.DynamicItem[ui.Button[ui.LayoutView]],
    template=r"newsdesk:turn:(?P<level>channel|person):(?P<id>\d{1,20}):(?P<name>every_question|private):(?P<to>on|off)",
):
    """Shows whether something is on; pressed, it is the other way."""

    def __init__(self, level: Level, owner_id: int, name: str, to: bool) -> None:
        self.level, self.owner_id, self.name, self.to = level, owner_id, name, to
        super().__init__(
            ui.Button(
                label=words.OFF() if to else words.ON(),
                style=discord.ButtonStyle.secondary if to else discord.ButtonStyle.success,
                custom_id=f"newsdesk:turn:{level}:{owner_id}:{name}:{'on' if to else 'off'}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> Toggle:
        return cls(Level(match["level"]), int(match["id"]), match["name"], match["to"] == "on")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        _want(interaction, Wanted(self.level, self.owner_id, {self.name: self.to or None}))


class CuratorsMenu(Lasting, ui.DynamicItem[ui.RoleSelect[ui.LayoutView]], template=r"newsdesk:curators"):
    """The roles that may add and remove articles."""

    def __init__(self, roles: Sequence[int] = ()) -> None:
        chosen = [discord.SelectDefaultValue(id=id_, type=discord.SelectDefaultValueType.role) for id_ in roles]
        super().__init__(
            ui.RoleSelect(
                custom_id="newsdesk:curators",
                placeholder=words.NOBODY(),
                min_values=0,
                max_values=_MOST,
                default_values=chosen[:_MOST],
            )
        )

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        roles = {role.id for role in self.item.values}
        _want(interaction, Wanted(Level.SERVER, values={CURATORS: roles}, work=True))


class ForumsMenu(Lasting, ui.DynamicItem[ui.ChannelSelect[ui.LayoutView]], template=r"newsdesk:forums"):
    """The forums whose posts are answered."""

    def __init__(self, forums: Sequence[int] = ()) -> None:
        kind = discord.SelectDefaultValueType.channel
        super().__init__(
            ui.ChannelSelect(
                custom_id="newsdesk:forums",
                channel_types=_FORUM,
                placeholder=words.NONE(),
                min_values=0,
                max_values=_MOST,
                default_values=[discord.SelectDefaultValue(id=id_, type=kind) for id_ in forums[:_MOST]],
            )
        )

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        forums = {channel.id for channel in self.item.values}
        _want(interaction, Wanted(Level.SERVER, values={FORUMS: forums}, work=True))


class ChannelMenu(Lasting, ui.DynamicItem[ui.ChannelSelect[ui.LayoutView]], template=r"newsdesk:rules-for"):
    """Turns to the rules of one channel."""

    def __init__(self) -> None:
        super().__init__(
            ui.ChannelSelect(
                custom_id="newsdesk:rules-for", channel_types=_CHANNELS, placeholder=words.ONE_CHANNEL()
            )
        )

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        _want(interaction, Wanted(Level.CHANNEL, self.item.values[0].id))


class TabButton(
    Personal,
    ui.DynamicItem[ui.Button[ui.LayoutView]],
    template=r"newsdesk:tab:(?P<tab>server|work|person)",
):
    """Turns to another tab."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        super().__init__(
            ui.Button(
                label=_TABS[tab](),
                style=discord.ButtonStyle.secondary,
                custom_id=f"newsdesk:tab:{tab.value}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> TabButton:
        return cls(Tab(match["tab"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        level = Level.PERSON if self.tab is Tab.PERSON else Level.SERVER
        _want(interaction, Wanted(level, work=self.tab is Tab.WORK))


class LimitsButton(Lasting, ui.DynamicItem[ui.Button[ui.LayoutView]], template=r"newsdesk:limits"):
    """Opens the box of the daily shares."""

    def __init__(self) -> None:
        super().__init__(
            ui.Button(label=words.CHANGE(), style=discord.ButtonStyle.secondary, custom_id="newsdesk:limits")
        )

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await open_box(interaction, LimitsBox())


class LimitsBox(Personal, ui.Modal):
    """How many tokens the server, and each person in it, may use in a day; empty: what the operator allows."""

    def __init__(self) -> None:
        super().__init__(title=words.LIMITS_TITLE(), timeout=None)
        self._server: ui.TextInput[LimitsBox] = ui.TextInput(custom_id="server", max_length=12, required=False)
        self._person: ui.TextInput[LimitsBox] = ui.TextInput(custom_id="person", max_length=12, required=False)
        self.add_item(ui.Label(text=words.SERVER_TOKENS(), component=self._server))
        self.add_item(ui.Label(text=words.PERSON_TOKENS(), component=self._person))

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        written = {"server_tokens": self._server.value, "person_tokens": self._person.value}
        _want(interaction, Wanted(Level.SERVER, values=written, work=True))


class TryButton(Lasting, ui.DynamicItem[ui.Button[ui.LayoutView]], template=r"newsdesk:try"):
    """Asks a question about the newest article, as anybody may, for whoever pressed it."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label=words.TRY(), style=discord.ButtonStyle.primary, custom_id="newsdesk:try"))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        interaction.client.dispatch("sample_wanted", interaction)


SETTINGS = (ChoiceMenu, Toggle, CuratorsMenu, ForumsMenu, ChannelMenu, TabButton, LimitsButton, TryButton)
"""All of them, for the client to know them after a restart."""
