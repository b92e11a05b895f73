"""/library: the articles of a server, added and removed by its curators."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import NewsdeskBot
from bot.ui import library_words as words
from bot.ui.choices import CHOICE_LIMIT, CHOICES
from bot.ui.curators import curated_scope
from bot.ui.listing import listing_view
from bot.ui.markdown import clip, escape_within, one_line
from bot.ui.page import Block, Mood, Page, notice
from bot.ui.removal import Removable, removal_question
from bot.ui.sources import source_name
from bot.ui.views import page_view
from index.article import SHARED
from index.errors import NewsdeskError

_SOURCES_SHOWN = 15
_LINKS = 5
_URL = re.compile(r"https?://[^\s<>\"'|)\]]+")
_PAGE_EVERY = timedelta(days=1)


class LibraryCommands(commands.Cog):
    """Adds, removes and lists articles."""

    library = app_commands.Group(name="library", description=words.LIBRARY)
    add = app_commands.Group(name="add", description=words.ADD, parent=library)

    def __init__(self, bot: NewsdeskBot) -> None:
        self.bot = bot
        self._menu = app_commands.ContextMenu(name=words.ADD_MESSAGE, callback=self.add_message)

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @add.command(name="url", description=words.ADD_URL)
    @app_commands.describe(url=words.URL_OPTION)
    async def add_url(self, interaction: discord.Interaction[NewsdeskBot], url: str) -> None:
        await self._add(interaction, [_address(url)], "page", _PAGE_EVERY)

    @add.command(name="feed", description=words.ADD_FEED)
    @app_commands.describe(url=words.URL_OPTION)
    async def add_feed(self, interaction: discord.Interaction[NewsdeskBot], url: str) -> None:
        minutes = self.bot.settings.poll_minutes or 60
        await self._add(interaction, [_address(url)], "feed", timedelta(minutes=minutes))

    @add.command(name="file", description=words.ADD_FILE)
    @app_commands.describe(file=words.FILE_OPTION)
    async def add_file(self, interaction: discord.Interaction[NewsdeskBot], file: discord.Attachment) -> None:
        await self._add_files(interaction, [file])

    async def add_message(self, interaction: discord.Interaction[NewsdeskBot], message: discord.Message) -> None:
        """Add what a message links, or has attached."""
        embeds = (embed.url for embed in message.embeds if embed.url)
        links = list(dict.fromkeys([*_URL.findall(message.content), *embeds]))[:_LINKS]
        if message.attachments:
            await self._add_files(interaction, message.attachments, links)
        elif links:
            await self._add(interaction, links, "page", _PAGE_EVERY)
        else:
            raise NewsdeskError(words.NOTHING_TO_ADD)

    @library.command(name="remove", description=words.REMOVE)
    @app_commands.describe(what=words.REMOVE_OPTION)
    async def remove(self, interaction: discord.Interaction[NewsdeskBot], what: str) -> None:
        scope = await curated_scope(interaction)
        removable = Removable.read(what)
        await interaction.response.defer(ephemeral=True, thinking=True)
        view = await asyncio.to_thread(removal_question, self.bot, scope, removable)
        await interaction.edit_original_response(view=view)

    @remove.autocomplete("what")
    async def removable(
        self, interaction: discord.Interaction[NewsdeskBot], current: str
    ) -> list[app_commands.Choice[str]]:
        """This server's own sources and articles whose names hold what was typed."""
        if interaction.guild_id is None:
            return []
        scope = str(interaction.guild_id)
        library, wanted = self.bot.app.library, current.casefold()
        sources = await asyncio.to_thread(library.sources.listed, [scope], on_demand=True)
        found = [(Removable.source(one), source_name(one)) for one in sources]
        found = [(removable, name) for removable, name in found if wanted in name.casefold()]
        articles = await asyncio.to_thread(library.articles, [scope], current, CHOICES)
        found += [(Removable.article(ref), ref.title) for ref in articles]
        return [
            app_commands.Choice(name=clip(one_line(name), CHOICE_LIMIT) or what.key, value=str(what))
            for what, name in found[:CHOICES]
        ]

    @library.command(name="list", description=words.LIST)
    @app_commands.describe(filter=words.LIST_OPTION)
    async def list_(self, interaction: discord.Interaction[NewsdeskBot], filter: str = "") -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        view = await listing_view(self.bot, interaction.guild_id, filter, 0)
        await interaction.edit_original_response(view=view)

    @library.command(name="status", description=words.STATUS)
    async def status(self, interaction: discord.Interaction[NewsdeskBot]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        scope = str(interaction.guild_id) if interaction.guild_id else SHARED
        page = await asyncio.to_thread(self._status, scope)
        await interaction.edit_original_response(view=page_view(page))

    @library.command(name="reindex", description=words.REINDEX)
    async def reindex(self, interaction: discord.Interaction[NewsdeskBot]) -> None:
        scope = await curated_scope(interaction)
        sources = await asyncio.to_thread(self.bot.app.library.sources.listed, [scope], on_demand=True)
        if not sources:
            raise NewsdeskError(words.NO_SOURCES)
        await self._read(interaction, [source.location for source in sources], scope)

    @library.command(name="curators", description=words.CURATORS)
    @app_commands.describe(role=words.CURATORS_OPTION)
    async def curators(self, interaction: discord.Interaction[NewsdeskBot], role: discord.Role) -> None:
        if interaction.guild_id is None:
            raise NewsdeskError(words.NOT_IN_DIRECT_MESSAGES)
        if not interaction.permissions.manage_guild:
            raise NewsdeskError(words.NOT_A_MANAGER)
        servers = self.bot.app.memory.servers
        now = await asyncio.to_thread(servers.toggle_curator, interaction.guild_id, role.id)
        page = notice(words.curator(role.id, now), Mood.DONE)
        await interaction.response.send_message(view=page_view(page), ephemeral=True)

    async def _add(
        self, interaction: discord.Interaction[NewsdeskBot], links: Iterable[str], kind: str, every: timedelta
    ) -> None:
        """Note the sources, then read them: so nothing is lost if the bot is stopped in between."""
        scope = await curated_scope(interaction)
        interval = every if self.bot.settings.poll_minutes else None
        by = f"discord:{interaction.user.id}"
        locations = []
        for link in links:
            source = await asyncio.to_thread(
                self.bot.app.library.add_source, scope, link, kind=kind, interval=interval, added_by=by
            )
            locations.append(source.location)
        await self._read(interaction, locations, scope)

    async def _add_files(
        self,
        interaction: discord.Interaction[NewsdeskBot],
        files: Iterable[discord.Attachment],
        links: Iterable[str] = (),
    ) -> None:
        """Keep the files in the home folder, from where they are read now and ever after."""
        scope = await curated_scope(interaction)
        limit = self.bot.settings.max_article_mb
        kept = []
        for file in files:
            if file.size > limit * 1_000_000:
                raise NewsdeskError(words.too_large(file.filename, limit))
        await self._acknowledge(interaction)
        folder = (self.bot.settings.home / "attachments" / scope).absolute()
        for file in files:
            path = folder / (re.sub(r"[^\w.-]+", "_", file.filename).lstrip(".") or "file.txt")
            await asyncio.to_thread(_write, path, await file.read())
            kept.append(str(path))
        for link in links:
            source = await asyncio.to_thread(
                self.bot.app.library.add_source,
                scope,
                link,
                kind="page",
                added_by=f"discord:{interaction.user.id}",
            )
            kept.append(source.location)
        await self._read(interaction, kept, scope, f"{folder}/")

    async def _read(
        self, interaction: discord.Interaction[NewsdeskBot], locations: list[str], scope: str, below: str = ""
    ) -> None:
        await self._acknowledge(interaction)
        message = await interaction.original_response()
        await self.bot.readings.show(interaction, locations, scope, below, message.id)

    async def _acknowledge(self, interaction: discord.Interaction[NewsdeskBot]) -> None:
        if not interaction.response.is_done():
            await interaction.response.send_message(view=page_view(notice(words.READING, Mood.WORKING)))

    def _status(self, scope: str) -> Page:
        library = self.bot.app.library
        lines = [words.counts(library.count([scope]) if scope != SHARED else 0, library.count([SHARED]))]
        if self.bot.readings.busy:
            lines.append(words.READING)
        sources = library.sources.listed([scope], on_demand=True) if scope != SHARED else []
        for one in sources[:_SOURCES_SHOWN]:
            error = escape_within(one_line(one.last_error or ""), 160) if one.failing_since else None
            name = escape_within(source_name(one), 120)
            lines.append(words.source(name, one.articles, one.polled_at, one.interval, error, one.failing_since))
        if len(sources) > _SOURCES_SHOWN:
            lines.append(words.more(len(sources) - _SOURCES_SHOWN))
        if not sources and scope != SHARED:
            lines.append(words.NO_SOURCES)
        failing = any(one.failing_since for one in sources)
        return Page(Mood.FAILED if failing else Mood.DONE, (Block("\n".join(lines)),))


def _address(url: str) -> str:
    address = url.strip().strip("<>")
    if not re.fullmatch(r"https?://\S+", address, re.IGNORECASE):
        raise NewsdeskError(words.NOT_AN_ADDRESS)
    return address


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(LibraryCommands(bot))
