"""The Discord client: owns the application's parts, loads the commands, runs until told to stop."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App, open_app
from bot.discord.buttons.choices import ArticleMenu
from bot.discord.buttons.listing import ListingButton
from bot.discord.buttons.rating import RatingButton
from bot.discord.buttons.removal import KeepButton, RemovalButton
from bot.discord.buttons.views import PassagesButton
from bot.discord.live.delivery import answer_with_reason
from bot.discord.live.reading import Readings
from bot.discord.live.stream import Pace
from bot.discord.pages import words
from bot.settings import Settings
from index.errors import NewsdeskError

log = logging.getLogger(__name__)

COGS = (
    "bot.discord.cogs.ask",
    "bot.discord.cogs.forget",
    "bot.discord.cogs.summary",
    "bot.discord.cogs.digest",
    "bot.discord.cogs.library",
    "bot.discord.cogs.reindex",
    "bot.discord.cogs.upkeep",
    "bot.discord.cogs.usage",
    "bot.discord.cogs.help",
)

ITEMS = (PassagesButton, ListingButton, ArticleMenu, RatingButton, RemovalButton, KeepButton)
"""Buttons and menus that still work after a restart."""

PERMISSIONS = discord.Permissions(
    view_channel=True, send_messages=True, send_messages_in_threads=True, read_message_history=True
)
"""All that the bot needs in a server; reading the history is what lets it reply to a message."""

_SECONDS_TO_SAY_GOODBYE = 3


class DiscordError(NewsdeskError):
    """The bot cannot run on Discord; the message says what to do."""


class NewsdeskBot(commands.Bot):
    """The bot. ``app`` is there from ``setup_hook`` on."""

    app: App

    def __init__(self, settings: Settings, pace: Pace) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,  # unused, see on_message
            help_command=None,
            tree_cls=_Tree,
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True),
            max_messages=None,
        )
        self.settings = settings
        self.pace = pace
        self.readings = Readings(self)
        self._answering: set[asyncio.Task[object]] = set()

    async def setup_hook(self) -> None:
        """Open the store and the memory, load the commands; raises ``NewsdeskError`` if that can't be done."""
        self.app = await asyncio.to_thread(open_app, self.settings)
        self.add_dynamic_items(*ITEMS)
        for cog in COGS:
            await self.load_extension(cog)
        await self._sync_commands()

    async def on_ready(self) -> None:
        if self.application_id:
            log.info("Connected as %s. To invite it: %s", self.user, invite_url(self.application_id))

    async def on_message(self, message: discord.Message, /) -> None:
        """Nothing: messages are answered by the Ask cog, and there are no prefix commands."""

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Around the work on an answer, so that closing the bot can end it in words."""
        task = asyncio.current_task()
        assert task is not None
        self._answering.add(task)
        try:
            yield
        finally:
            self._answering.discard(task)

    async def close(self) -> None:
        """Tell whoever waits for an answer, leave Discord, then close the store. May be called twice."""
        if self.is_closed():
            return
        if unfinished := self._answering - {asyncio.current_task()}:
            for task in unfinished:
                task.cancel()
            await asyncio.wait(unfinished, timeout=_SECONDS_TO_SAY_GOODBYE)
        await self.readings.stop()
        await super().close()
        if hasattr(self, "app"):
            await asyncio.to_thread(self.app.close)

    async def _sync_commands(self) -> None:
        """Tell Discord the commands, but only when they changed: it allows few such calls a day."""
        definitions = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        text = json.dumps([self.application_id, definitions], sort_keys=True, default=str)
        digest = hashlib.sha256(text.encode()).hexdigest()
        if await asyncio.to_thread(self.app.memory.facts.get, "commands") == digest:
            return
        try:
            await self.tree.sync()
        except discord.HTTPException as error:
            log.error("Discord did not take the commands; the bot runs with those it had. %s", error)
            return
        await asyncio.to_thread(self.app.memory.facts.note, "commands", digest)


class _Tree(app_commands.CommandTree[NewsdeskBot]):
    async def on_error(
        self, interaction: discord.Interaction[NewsdeskBot], error: app_commands.AppCommandError, /
    ) -> None:
        await answer_with_reason(interaction, error)


def build_bot(settings: Settings, pace: Pace | None = None) -> NewsdeskBot:
    """The bot, not yet connected: touches neither the network nor the store."""
    return NewsdeskBot(settings, pace or Pace())


def invite_url(application_id: int) -> str:
    """The link with which somebody who manages a server adds the bot to it."""
    return discord.utils.oauth_url(
        application_id, permissions=PERMISSIONS, scopes=("bot", "applications.commands")
    )


def run_bot(settings: Settings) -> None:
    """Run the bot until SIGINT or SIGTERM.

    Raises ``DiscordError`` if the token is missing or refused or Discord can't be reached at the start, and
    other ``NewsdeskError``s if the store can't be opened.
    """
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        raise DiscordError(words.NO_TOKEN)
    asyncio.run(_run(settings, token))


async def _run(settings: Settings, token: str) -> None:
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: there Ctrl-C raises KeyboardInterrupt
            loop.add_signal_handler(name, stopped.set)
    async with build_bot(settings) as bot:
        running = asyncio.create_task(bot.start(token))
        waiting = asyncio.create_task(stopped.wait())
        await asyncio.wait((running, waiting), return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if running.done():
            _raise_reason(running)
        else:
            await bot.close()
            running.cancel()
            await asyncio.wait((running,))


def _raise_reason(running: asyncio.Task[None]) -> None:
    try:
        running.result()
    except discord.LoginFailure as error:
        raise DiscordError(words.BAD_TOKEN) from error
    except (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError) as error:
        raise DiscordError(words.unreachable(str(error) or type(error).__name__)) from error
