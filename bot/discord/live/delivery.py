"""Brings an answer to where it was asked for: streamed, remembered for its button, or replaced by a reason."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands, ui

from bot.answer.answer import Answer
from bot.discord.buttons.rating import RatingButton
from bot.discord.buttons.views import PassagesButton, page_view
from bot.discord.live.stream import Pace, show_growing
from bot.discord.pages import words
from bot.discord.pages.answers import Form, answer_page
from bot.discord.pages.failures import explain
from bot.discord.pages.page import failure
from bot.discord.pages.summaries import Shown
from bot.memory.answers import new_answer_id
from bot.memory.memory import Memory

log = logging.getLogger(__name__)

_UNKNOWN_INTERACTION = 10062


@dataclass(frozen=True, slots=True)
class Surface:
    """One message of the bot that an answer grows in.

    ``budget``: what its edits count against. ``heading`` stands above the answer. ``place``: who may open its
    passages.
    """

    edit: Callable[[ui.LayoutView], Awaitable[object]]
    budget: Hashable
    place: str
    heading: str | None = None


class _Deleted(Exception):
    """Somebody deleted the message, so nobody waits for the answer any more."""


async def deliver(
    answers: AsyncIterator[Answer], surface: Surface, memory: Memory, pace: Pace, form: Form | None = None
) -> None:
    """Show the growing ``answers`` on ``surface``.

    Whatever fails, the surface ends with an answer or a reason; if its message is deleted, the answer is given up.
    The one error let through is that of being cancelled, after the surface says so.
    """
    answer_id = new_answer_id()

    async def show(answer: Answer) -> None:
        page = answer_page(answer, surface.heading, form)
        view = page_view(page)
        if answer.finished:
            await asyncio.to_thread(memory.answers.keep, answer_id, surface.place, answer)
            passages = [PassagesButton(answer_id, page.cut)] if answer.citations else []
            thumbs = RatingButton(answer_id, True), RatingButton(answer_id, False)
            view = page_view(page, *passages, last=thumbs if answer.is_rated else ())
        try:
            await surface.edit(view)
        except discord.NotFound as error:
            raise _Deleted from error

    try:
        await show_growing(answers, show, surface.budget, pace)
    except asyncio.CancelledError:
        await _say(surface, words.SHUTTING_DOWN)
        raise
    except _Deleted:
        log.info("The message of an answer was deleted before it was finished.")
    except Exception as error:
        await _say(surface, explain(error, "answer"))


async def show_once(shown: Shown, place: str, memory: Memory) -> ui.LayoutView:
    """The view of something that is whole at once, remembered for its button."""
    if shown.behind is None:
        return page_view(shown.page)
    answer_id = new_answer_id()
    await asyncio.to_thread(memory.answers.keep, answer_id, place, shown.behind)
    return page_view(shown.page, PassagesButton(answer_id, shown.page.cut))


async def edit_response(
    interaction: discord.Interaction[Any], message_id: int | None, view: ui.LayoutView
) -> None:
    """Edit the message ``message_id`` that answers ``interaction``.

    An interaction expires after 15 minutes; from then on its answer is edited like any message of the bot's.
    """
    if not interaction.is_expired():
        await interaction.edit_original_response(view=view)
    elif interaction.channel_id and message_id:
        channel = interaction.client.get_partial_messageable(interaction.channel_id)
        message = channel.get_partial_message(message_id)
        await message.edit(view=view, allowed_mentions=discord.AllowedMentions.none())


async def answer_with_reason(interaction: discord.Interaction[Any], error: app_commands.AppCommandError) -> None:
    """Handle the error of a command: show the reason, where possible only to whoever used it."""
    cause = getattr(error, "original", error)
    if isinstance(cause, discord.NotFound) and cause.code == _UNKNOWN_INTERACTION:
        log.warning("A command came too late to be answered: Discord had given it up.")
        return
    command = interaction.command.qualified_name if interaction.command else "a command"
    view = page_view(failure(explain(error, command)))
    if interaction.response.is_done():
        await interaction.edit_original_response(view=view)
    else:
        await interaction.response.send_message(view=view, ephemeral=True)


async def _say(surface: Surface, reason: str) -> None:
    try:
        await surface.edit(page_view(failure(reason)))
    except discord.HTTPException as error:
        log.warning("Discord took neither an answer nor the reason for its absence: %s", error)
