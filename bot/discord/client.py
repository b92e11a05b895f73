"""The Discord client: owns the application's parts and loads the commands."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands
from sqlalchemy.exc import SQLAlchemyError

from bot.app import App, open_app
from bot.discord.buttons.again import AgainButton
from bot.discord.buttons.asking import AskOnButton, TopicButton
from bot.discord.buttons.behind import BehindButton
from bot.discord.buttons.listing import ListingButton
from bot.discord.buttons.more import DeleteButton, MoreButton, StopButton
from bot.discord.buttons.offer import OfferButton
from bot.discord.buttons.rating import RatingButton
from bot.discord.buttons.removal import KeepButton, RemovalButton
from bot.discord.buttons.solved import SolvedButton
from bot.discord.buttons.views import PassagesButton
from bot.discord.components.choices import ArticleMenu
from bot.discord.components.page_view import page_view
from bot.discord.connecting.commands import Translations, put_right
from bot.discord.connecting.connection import log_in, stay_connected, stay_connected_all
from bot.discord.jobs.reading import Readings
from bot.discord.live.calls import in_words
from bot.discord.live.gap import missed
from bot.discord.live.live import Live
from bot.discord.live.stream import Pace
from bot.discord.missing.suggesting import DeclineButton, SuggestButton, TakeSuggestionButton, ThereButton
from bot.discord.missing.waiting import TakeBackButton, TellMeButton, WaitingMenu
from bot.discord.pages.failures import explain
from bot.discord.pages.page import failure
from bot.discord.panel.controls import SETTINGS
from bot.discord.panel.sample import SampleButton
from bot.discord.panel.topics import HelpMenu
from bot.discord.queue import FairQueue
from bot.discord.readers import speak_to
from bot.discord.shards import Shards, read_shards
from bot.discord.stops import Stops
from bot.memory.deliveries import KEPT
from bot.memory.preferences.rules import Rules
from bot.operator.server import OperatorServer
from bot.settings import Settings
from index.text.language import read_tables

log = logging.getLogger(__name__)

COGS = (
    "bot.discord.cogs.ask",
    "bot.discord.cogs.messages",
    "bot.discord.cogs.settings",
    "bot.discord.cogs.check",
    "bot.discord.cogs.forget",
    "bot.discord.cogs.summary",
    "bot.discord.cogs.digest",
    "bot.discord.cogs.library",
    "bot.discord.cogs.reindex",
    "bot.discord.cogs.upkeep",
    "bot.discord.cogs.usage",
    "bot.discord.jobs.greeting",
    "bot.discord.jobs.telling",
    "bot.discord.jobs.leaving",
    "bot.discord.cogs.help",
)

ITEMS = (
    PassagesButton,
    AskOnButton,
    TopicButton,
    StopButton,
    MoreButton,
    DeleteButton,
    ListingButton,
    ArticleMenu,
    RatingButton,
    RemovalButton,
    KeepButton,
    AgainButton,
    OfferButton,
    SampleButton,
    HelpMenu,
    SolvedButton,
    BehindButton,
    TellMeButton,
    TakeBackButton,
    WaitingMenu,
    SuggestButton,
    TakeSuggestionButton,
    DeclineButton,
    ThereButton,
    *SETTINGS,
)
"""Buttons and menus that still work after a restart."""

PERMISSIONS = discord.Permissions(
    view_channel=True, send_messages=True, send_messages_in_threads=True, read_message_history=True
)
"""All that the bot needs in a server; reading the history is what lets it reply to a message."""

_SECONDS_FOR_COMMANDS = 30


class NewsdeskBot(commands.Bot):
    """The bot. ``app`` is there from ``setup_hook`` on."""

    app: App

    def __init__(self, settings: Settings, pace: Pace, shards: Shards | None = None, **sharding: Any) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it never speaks
        super().__init__(
            command_prefix=commands.when_mentioned,  # unused, see on_message
            help_command=None,
            tree_cls=_Tree,
            intents=discord.Intents(
                guilds=True, guild_messages=True, dm_messages=True, message_content=settings.message_content
            ),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            max_messages=None,
            **sharding,
        )
        self.shards_here = shards or Shards()
        self.settings = settings
        self.pace = pace
        self.readings = Readings(self)
        self.stops = Stops()
        self.queue = FairQueue()
        self.live = Live(self, pace, timedelta(minutes=settings.late_minutes))
        self._ended = False

    async def login(self, token: str) -> None:
        """Log in, tried again for a while if Discord can't be reached, then set everything up."""
        await log_in(self, partial(super().login, token))
        # Unpacking holds up nobody, and is done before the library is open.
        self.app, _ = await asyncio.gather(asyncio.to_thread(self.open_parts), asyncio.to_thread(read_tables))
        self.take_commands()
        self.add_dynamic_items(*ITEMS)
        for cog in COGS:
            await self.load_extension(cog)
        self.live.start(self.app.memory.deliveries, self.shards_here.hold)
        await self.tree.set_translator(Translations())
        until = asyncio.get_running_loop().time() + _SECONDS_FOR_COMMANDS
        self.live.commands = await put_right(self.tree, until, tell=self.shards_here.lead)

    def open_parts(self) -> App:
        """Open what it works with."""
        return open_app(self.settings)

    def take_commands(self) -> None:
        """From now on, do what the operator asks for at the command line."""
        self.operator = OperatorServer(self.app, self.settings.home)
        self.operator.start(asyncio.get_running_loop())

    async def rules(self, guild_id: int | None, channel_id: int, user_id: int) -> Rules:
        """What applies to a person in a channel; nothing is set where that can't be looked up."""
        look = partial(self.app.memory.preferences.rules, guild_id, channel_id, user_id)
        return await self.live.promptly(look, Rules())

    async def connect(self, *, reconnect: bool = True) -> None:  # noqa: ARG002  # it always does
        """Receive events until the bot is closed."""
        await stay_connected(self)

    async def on_ready(self) -> None:
        """Connected, perhaps again: see what happened meanwhile."""
        if self.application_id:
            log.info("Connected as %s. To invite it: %s", self.user, invite_url(self.application_id))
        await self._catch_up(self.shards_here)

    async def _catch_up(self, shards: Shards) -> None:
        """See what happened in the servers of ``shards``, and in direct messages, while out of touch."""
        now, memory = discord.utils.utcnow(), self.app.memory
        there = [guild for guild in self.guilds if shards.hold(guild.id)]
        try:
            left = await asyncio.to_thread(memory.servers.are, {guild.id for guild in there}, now, shards.hold)
            direct = await asyncio.to_thread(memory.deliveries.direct_channels, now - KEPT)
        except SQLAlchemyError as error:
            log.warning("What happened meanwhile could not be looked up: %s", in_words(error))
            left, direct = frozenset(), []
        for guild_id in sorted(left):
            log.info("The bot was removed from the server %d while it was not connected.", guild_id)
        await self._read_gap(there, direct if shards.hold(None) else [])

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """A server is back after an outage of Discord's."""
        if self.is_ready():
            await self._read_gap([guild], [])

    async def on_message(self, message: discord.Message, /) -> None:
        """Nothing: messages are answered by the Ask cog, and there are no prefix commands."""

    async def on_error(self, event_method: str, /, *_args: object, **_kwargs: object) -> None:
        """An error in a listener, which is a fault of the bot's."""
        log.exception("Handling an event (%s) failed", event_method)

    async def close(self) -> None:
        """Finish what is being written, leave Discord, then close the store. May be called twice."""
        if self._ended:
            return
        self._ended = True
        self.readings.stopping = True
        if hasattr(self, "app"):
            await self.live.close()
        await self.readings.stop()
        await super().close()
        if hasattr(self, "operator"):
            await asyncio.to_thread(self.operator.close)
        if hasattr(self, "app"):
            await asyncio.to_thread(self.app.close)

    async def _read_gap(self, guilds: Sequence[discord.Guild], direct: Collection[int]) -> None:
        """Answer what was asked meanwhile and isn't too old; what was answered already is not answered again."""
        since = discord.utils.utcnow() - timedelta(minutes=self.settings.late_minutes)
        async for message in missed(self, guilds, direct, since):
            self.dispatch("message", message)


class ShardedBot(NewsdeskBot, commands.AutoShardedBot):
    """The bot over several connections to Discord, some of which may be other processes'."""

    def __init__(self, settings: Settings, pace: Pace, shards: Shards) -> None:
        super().__init__(settings, pace, shards, shard_ids=list(shards.ids), shard_count=shards.count)

    async def connect(self, *, reconnect: bool = True) -> None:  # noqa: ARG002  # it always does
        """Receive events until the bot is closed."""
        await stay_connected_all(self, self.shards_here)

    async def on_ready(self) -> None:
        """All are connected for the first time; each has seen for itself what happened meanwhile."""
        if self.application_id:
            log.info("Connected as %s. To invite it: %s", self.user, invite_url(self.application_id))

    async def on_shard_ready(self, shard_id: int) -> None:
        """One is connected, perhaps again: see what happened meanwhile."""
        await self._catch_up(replace(self.shards_here, ids=(shard_id,)))


class _Tree(app_commands.CommandTree[NewsdeskBot]):
    async def interaction_check(self, interaction: discord.Interaction[NewsdeskBot], /) -> bool:
        """Speak the language of whoever uses a command, unless what it shows is for all."""
        await speak_to(interaction)
        return True

    async def on_error(
        self, interaction: discord.Interaction[NewsdeskBot], error: app_commands.AppCommandError, /
    ) -> None:
        """Show the reason, where possible only to whoever used the command."""
        name = interaction.command.qualified_name if interaction.command else "a command"
        await interaction.client.live.say(interaction, page_view(failure(explain(error, name))))


def build_bot(settings: Settings, pace: Pace | None = None) -> NewsdeskBot:
    """The bot, not yet connected: touches neither the network nor the store.

    Raises ``ConfigurationError`` if it can't run the shards that are set.
    """
    shards = read_shards(settings.shard_ids, settings.shard_count)
    return (ShardedBot if shards.count > 1 else NewsdeskBot)(settings, pace or Pace(), shards)


def invite_url(application_id: int) -> str:
    """The link with which somebody who manages a server adds the bot to it."""
    return discord.utils.oauth_url(
        application_id, permissions=PERMISSIONS, scopes=("bot", "applications.commands")
    )
