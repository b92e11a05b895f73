"""/reindex: makes the store equal to the articles folder, and says how far it is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import NewsdeskBot
from bot.ui import words
from bot.ui.failures import explain
from bot.ui.page import Mood, Page, failure, list_page, notice
from bot.ui.stream import show_growing
from bot.ui.views import page_view
from index.article import SHARED
from index.errors import NewsdeskError
from index.sync import SyncProgress, SyncReport

log = logging.getLogger(__name__)

_SECONDS_TO_STOP = 30


class Reindex(commands.Cog):
    """Reads the operator's articles into the scope that every server shares."""

    def __init__(self, bot: NewsdeskBot) -> None:
        self.bot = bot
        self._running: asyncio.Task[object] | None = None
        self._stopping = False

    @app_commands.command(name="reindex", description=words.REINDEX)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.checks.has_permissions(manage_guild=True)
    async def reindex(self, interaction: discord.Interaction[NewsdeskBot]) -> None:
        if interaction.guild_id is None:  # Discord offers it in servers only; nothing may rest on that
            raise NewsdeskError(words.NOT_IN_DIRECT_MESSAGES)
        folder = self.bot.settings.articles
        if folder is None:
            raise NewsdeskError(words.REINDEX_UNSET)
        if self._running:
            raise NewsdeskError(words.REINDEX_RUNNING)
        self._running = asyncio.current_task()
        try:
            start = page_view(notice(words.REINDEX_STARTS, Mood.WORKING))
            response = await interaction.response.send_message(view=start)
            await self._show(interaction, response.message_id, folder)
        finally:
            self._running = None

    async def _show(
        self, interaction: discord.Interaction[NewsdeskBot], message_id: int | None, folder: Path
    ) -> None:
        async def edit(page: Page) -> None:
            await _edit(interaction, message_id, page)

        try:
            await show_growing(self._pages(folder), edit, interaction.id, self.bot.pace)
        except Exception as error:
            reason = explain(error, "reindex")
            try:
                await edit(failure(reason))
            except discord.HTTPException as refusal:  # deleted, most likely: then nobody waits for it
                log.warning("The report of /reindex could not be shown (%s): %s", refusal, reason)

    async def _pages(self, folder: Path) -> AsyncIterator[Page]:
        """Read ``folder`` in a thread; yield a page for each step, and the report last."""
        loop = asyncio.get_running_loop()
        started = self.bot.pace.now()
        steps: asyncio.Queue[SyncProgress | None] = asyncio.Queue()

        def progress(step: SyncProgress) -> None:
            if self._stopping:
                raise NewsdeskError(words.REINDEX_ABANDONED)
            loop.call_soon_threadsafe(steps.put_nowait, step)

        library = self.bot.app.library
        reading = asyncio.create_task(asyncio.to_thread(library.sync, [str(folder)], SHARED, progress))
        reading.add_done_callback(lambda _: steps.put_nowait(None))
        while (step := await steps.get()) is not None:
            seconds = self.bot.pace.now() - started
            yield notice(words.progress(step.done, step.total, step.failed, seconds), Mood.WORKING)
        yield report_page(await reading, folder)

    async def cog_unload(self) -> None:
        """Stop a reading that goes on: what it has read so far stays, the next run does the rest."""
        self._stopping = True
        if self._running:
            await asyncio.wait((self._running,), timeout=_SECONDS_TO_STOP)


def report_page(report: SyncReport, folder: Path) -> Page:
    """What reading ``folder`` changed, and what could not be read; locations are named below the folder."""
    text = words.report(
        report.added, report.updated, report.unchanged, report.removed, len(report.failures), report.seconds
    )
    prefix = f"{folder.absolute()}/"
    return list_page(text, [f"{f.location.removeprefix(prefix)}: {f.reason}" for f in report.failures])


async def _edit(interaction: discord.Interaction[NewsdeskBot], message_id: int | None, page: Page) -> None:
    """Edit the report. An interaction expires after 15 minutes; from then on it is edited like any message."""
    if not interaction.is_expired():
        await interaction.edit_original_response(view=page_view(page))
    elif interaction.channel_id and message_id:
        channel = interaction.client.get_partial_messageable(interaction.channel_id)
        message = channel.get_partial_message(message_id)
        await message.edit(view=page_view(page), allowed_mentions=discord.AllowedMentions.none())


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(Reindex(bot))
