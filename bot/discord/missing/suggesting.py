"""Suggesting an article to those who look after the library, and saying which one holds the answer."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import discord
from discord import ui

from bot.discord.buttons.asking import open_box
from bot.discord.buttons.rating import note
from bot.discord.components.lasting import Lasting
from bot.discord.components.page_view import page_view
from bot.discord.curators import curated_scope
from bot.discord.host import host_of
from bot.discord.live.calls import CallError
from bot.discord.pages.failures import explain
from bot.discord.pages.markdown import escape, escape_within, one_line
from bot.discord.pages.page import Block, Link, Mood, Page, failure, notice
from bot.discord.pages.sources import usable_link
from bot.discord.readers import Personal, public_language
from bot.discord.scope import is_guest, place_of
from bot.discord.speech.phrase import speaking
from bot.discord.words import library
from bot.discord.words import missing as words
from index.errors import NewsdeskError

_LONGEST_ADDRESS = 400
_LONGEST_NOTE = 300
_QUESTION = 300


class SuggestButton(
    Lasting, ui.DynamicItem[ui.Button[ui.LayoutView]], template=r"newsdesk:suggest:(?P<id>[0-9a-f]{16})"
):
    """Opens a box for an article that is missing."""

    def __init__(self, answer_id: str) -> None:
        self.answer_id = answer_id
        super().__init__(
            ui.Button(
                label=words.SUGGEST(),
                emoji=words.SUGGEST_SIGN,
                style=discord.ButtonStyle.secondary,
                custom_id=f"newsdesk:suggest:{answer_id}",
            )
        )

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await open_box(interaction, SuggestBox(self.answer_id))


class SuggestBox(Personal, ui.Modal):
    """The box: what is suggested stands in the channel then, with the question unless that was private."""

    def __init__(self, answer_id: str) -> None:
        super().__init__(title=words.SUGGEST(), timeout=None)
        self._answer_id = answer_id
        self._address: ui.TextInput[SuggestBox] = ui.TextInput(custom_id="address", max_length=_LONGEST_ADDRESS)
        self._why: ui.TextInput[SuggestBox] = ui.TextInput(
            custom_id="why", style=discord.TextStyle.paragraph, max_length=_LONGEST_NOTE, required=False
        )
        self.add_item(ui.Label(text=words.ADDRESS(), component=self._address))
        self.add_item(ui.Label(text=words.WHY(), component=self._why))

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        await host_of(interaction).live.once(interaction, partial(self._suggested, interaction))

    async def _suggested(self, interaction: discord.Interaction[Any]) -> ui.LayoutView:
        if interaction.guild_id is None or is_guest(interaction):
            raise NewsdeskError(words.NO_CURATORS())
        address = self._address.value.strip().strip("<>")
        if usable_link(address) is None:  # Discord would refuse the message with the link
            raise NewsdeskError(library.NOT_AN_ADDRESS())
        host, lines = host_of(interaction), []
        if interaction.message is None or not interaction.message.flags.ephemeral:
            place = place_of(interaction.guild_id, interaction.user.id)
            answer = await asyncio.to_thread(host.app.memory.answers.recall, self._answer_id, place)
            if answer:
                asked = escape_within(one_line(answer.question), _QUESTION)
                lines.append(words.FOR_QUESTION(question=asked))
        if why := self._why.value.strip():
            lines.append("> " + escape_within(one_line(why), _LONGEST_NOTE))
        with speaking(public_language(interaction)):
            told = words.SUGGESTION(person=interaction.user.mention, address=escape(address))
            block = Block("\n".join([told, *lines]), Link(words.TO_THE_ARTICLE(), address))
            view = page_view(Page(Mood.WORKING, (block,)), TakeSuggestionButton(), DeclineButton())
        try:
            nonce = f"suggested-{interaction.id}"[-25:]
            await host.live.post(interaction.channel_id or 0, interaction.guild_id, view, nonce)
        except CallError:
            raise NewsdeskError(words.NOT_SUGGESTED()) from None
        return page_view(notice(words.SUGGESTED(), Mood.DONE))


class TakeSuggestionButton(Lasting, ui.DynamicItem[ui.Button[ui.LayoutView]], template=r"newsdesk:suggested:take"):
    """Adds what is suggested, if whoever presses it is a curator.

    The bot gets an event ``suggestion_taken`` with the interaction and the address.
    """

    def __init__(self) -> None:
        super().__init__(
            ui.Button(label=words.ADD(), style=discord.ButtonStyle.success, custom_id="newsdesk:suggested:take")
        )

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        assert interaction.message is not None  # a button is always on one
        address = next(iter(_addresses(interaction.message.components)), "")
        interaction.client.dispatch("suggestion_taken", interaction, address)


class DeclineButton(Lasting, ui.DynamicItem[ui.Button[ui.LayoutView]], template=r"newsdesk:suggested:no"):
    """Declines what is suggested, if whoever presses it is a curator."""

    def __init__(self) -> None:
        super().__init__(
            ui.Button(
                label=words.DECLINE(), style=discord.ButtonStyle.secondary, custom_id="newsdesk:suggested:no"
            )
        )

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        host = host_of(interaction)

        try:
            await curated_scope(interaction)
        except NewsdeskError as error:
            await host.live.say(interaction, page_view(failure(explain(error, "declining what was suggested"))))
            return
        with speaking(public_language(interaction)):
            told = notice(words.DECLINED(person=interaction.user.mention), Mood.ABSTAINED)
        await host.live.say(interaction, page_view(told), turns=True)


class ThereButton(
    Lasting, ui.DynamicItem[ui.Button[ui.LayoutView]], template=r"newsdesk:there:(?P<id>[0-9a-f]{16})"
):
    """Says that the articles do hold the answer: feedback for whoever runs the bot."""

    def __init__(self, answer_id: str) -> None:
        self.answer_id = answer_id
        super().__init__(
            ui.Button(
                label=words.IT_IS_THERE(),
                emoji=words.IT_IS_THERE_SIGN,
                style=discord.ButtonStyle.secondary,
                custom_id=f"newsdesk:there:{answer_id}",
            )
        )

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await open_box(interaction, ThereBox(self.answer_id))


class ThereBox(Personal, ui.Modal):
    """Asks which article says it."""

    def __init__(self, answer_id: str) -> None:
        super().__init__(title=words.IT_IS_THERE(), timeout=None)
        self._answer_id = answer_id
        self._where: ui.TextInput[ThereBox] = ui.TextInput(
            custom_id="where", max_length=_LONGEST_NOTE, required=False
        )
        self.add_item(ui.Label(text=words.WHERE_IS_IT(), component=self._where))

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        reason = words.THERE.english.format(where=self._where.value.strip() or "?")
        await note(interaction, self._answer_id, helpful=False, reason=reason)


def _addresses(components: Any) -> list[str]:
    """The addresses that the link buttons of a message open."""
    found: list[str] = []
    for component in components:
        inner = [*getattr(component, "children", ()), getattr(component, "accessory", None)]
        found += [component.url] if isinstance(component, discord.Button) and component.url else []
        found += _addresses([one for one in inner if one is not None])
    return found
