"""/library: the articles of a server, added and removed by its curators."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection, Iterable
from datetime import timedelta
from functools import partial
from itertools import chain, count
from pathlib import Path

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.discord.buttons.listing import listing_view
from bot.discord.buttons.removal import Removable, removal_question
from bot.discord.client import NewsdeskBot
from bot.discord.components.choices import CHOICE_LIMIT, CHOICES
from bot.discord.components.page_view import page_view
from bot.discord.curators import INVITED, curated_scope, managed_server
from bot.discord.jobs.reading import Wanted
from bot.discord.live.calls import CallError, call
from bot.discord.pages.failures import explain
from bot.discord.pages.markdown import clip, one_line
from bot.discord.pages.page import Mood, Page, failure, notice
from bot.discord.pages.sources import links_in, place_name
from bot.discord.pages.status import status_page
from bot.discord.words import library as words
from index.article import SHARED
from index.errors import ArticleError, NewsdeskError
from index.failure import Failure
from index.reading.kinds import KINDS
from index.sync.sync import SyncReport
from index.told import words_of

_PAGE_EVERY = timedelta(days=1)
_SENT_WITHIN = 20.0
"""Seconds in which Discord must send an attachment."""
# Characters, of four bytes at most; with a number and an ending they stay below 255 bytes.
_STEM = 55


class LibraryCommands(commands.Cog):
    """Adds, removes and lists articles."""

    library = app_commands.Group(name="library", description=words.LIBRARY.english, allowed_installs=INVITED)
    add = app_commands.Group(name="add", description=words.ADD.english, parent=library)

    def __init__(self, bot: NewsdeskBot) -> None:
        self.bot = bot
        self._menu = app_commands.ContextMenu(name=words.ADD_MESSAGE.english, callback=self.add_message)
        self._menu.allowed_installs = INVITED

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @add.command(name="url", description=words.ADD_URL.english)
    @app_commands.describe(url=words.URL_OPTION.english)
    async def add_url(self, interaction: discord.Interaction[NewsdeskBot], url: str) -> None:
        await self._add(interaction, [_address(url)], kind="page", every=_PAGE_EVERY)

    @add.command(name="feed", description=words.ADD_FEED.english)
    @app_commands.describe(url=words.URL_OPTION.english)
    async def add_feed(self, interaction: discord.Interaction[NewsdeskBot], url: str) -> None:
        minutes = self.bot.settings.poll_minutes or 60
        await self._add(interaction, [_address(url)], kind="feed", every=timedelta(minutes=minutes))

    @add.command(name="file", description=words.ADD_FILE.english)
    @app_commands.describe(file=words.FILE_OPTION.english)
    async def add_file(self, interaction: discord.Interaction[NewsdeskBot], file: discord.Attachment) -> None:
        await self._add(interaction, files=[file])

    async def add_message(self, interaction: discord.Interaction[NewsdeskBot], message: discord.Message) -> None:
        """Add all that a message links and has attached."""
        embeds = (embed.url for embed in message.embeds if embed.url)
        links = list(dict.fromkeys([*links_in(message.content), *embeds]))
        if not links and not message.attachments:
            raise NewsdeskError(words.NOTHING_TO_ADD())
        await self._add(interaction, links, message.attachments)

    @library.command(name="remove", description=words.REMOVE.english)
    @app_commands.describe(what=words.REMOVE_OPTION.english)
    async def remove(self, interaction: discord.Interaction[NewsdeskBot], what: str) -> None:
        scope = await curated_scope(interaction)
        removable = Removable.read(what)
        question = partial(asyncio.to_thread, removal_question, self.bot, scope, removable)
        await self.bot.live.once(interaction, question)

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
        found = [(Removable.source(one), place_name(one.location)) for one in sources]
        found = [(removable, name) for removable, name in found if wanted in name.casefold()]
        articles = await asyncio.to_thread(library.articles, [scope], current, CHOICES)
        found += [(Removable.article(ref), ref.title) for ref in articles]
        return [
            app_commands.Choice(name=clip(one_line(name), CHOICE_LIMIT) or what.key, value=str(what))
            for what, name in found[:CHOICES]
        ]

    @library.command(name="list", description=words.LIST.english)
    @app_commands.describe(filter=words.LIST_OPTION.english)
    async def list_(self, interaction: discord.Interaction[NewsdeskBot], filter: str = "") -> None:
        listing = partial(listing_view, self.bot, interaction.guild_id, filter, 0)
        await self.bot.live.once(interaction, listing)

    @library.command(name="status", description=words.STATUS.english)
    async def status(self, interaction: discord.Interaction[NewsdeskBot]) -> None:
        scope = str(interaction.guild_id) if interaction.guild_id else SHARED

        async def status() -> ui.LayoutView:
            return page_view(await asyncio.to_thread(self._status, scope))

        await self.bot.live.once(interaction, status)

    @library.command(name="reindex", description=words.REINDEX.english)
    async def reindex(self, interaction: discord.Interaction[NewsdeskBot]) -> None:
        scope = await curated_scope(interaction)
        sources = await asyncio.to_thread(self.bot.app.library.sources.listed, [scope], on_demand=True)
        if not sources:
            raise NewsdeskError(words.NO_SOURCES())
        wanted = Wanted([source.location for source in sources], scope, unattended=True)
        await self.bot.readings.show(interaction, wanted)

    @library.command(name="curators", description=words.CURATORS.english)
    @app_commands.describe(role=words.CURATORS_OPTION.english)
    async def curators(self, interaction: discord.Interaction[NewsdeskBot], role: discord.Role) -> None:
        server = managed_server(interaction)
        servers = self.bot.app.memory.servers
        now = await asyncio.to_thread(servers.toggle_curator, server, role.id)
        page = notice(words.curator(role.id, now), Mood.DONE)
        await self.bot.live.say(interaction, page_view(page))

    @commands.Cog.listener()
    async def on_suggestion_taken(self, interaction: discord.Interaction[NewsdeskBot], address: str) -> None:
        """Add what somebody suggested, if whoever wants that is a curator."""
        try:
            await self._add(interaction, [_address(address)])
        except NewsdeskError as error:
            await self.bot.live.say(interaction, page_view(failure(explain(error, "adding what was suggested"))))

    async def _add(
        self,
        interaction: discord.Interaction[NewsdeskBot],
        links: Iterable[str] = (),
        files: Iterable[discord.Attachment] = (),
        *,
        kind: str = "page",
        every: timedelta = _PAGE_EVERY,
    ) -> None:
        """Note the sources, then read them: so nothing is lost if the bot is stopped in between.

        What can't be read is reported, and not kept, unless its site only failed for now.
        """
        scope = await curated_scope(interaction)
        folder = (self.bot.settings.home / "attachments" / scope).resolve()
        new: list[str] = []
        paths: list[Path] = []

        async def noted() -> Wanted:
            refused: list[Failure] = []
            for file in files:
                try:
                    paths.append(await self._saved(file, folder, paths))
                except ArticleError as error:
                    refused.append(Failure(file.filename, words_of(error)))
            locations = [str(path) for path in paths]
            for link in links:
                try:
                    location, is_new = await asyncio.to_thread(
                        self._add_source, scope, link, kind, every, interaction.user.id
                    )
                except ArticleError as error:
                    refused.append(Failure(link, words_of(error)))
                    continue
                locations.append(location)
                if is_new:
                    new.append(location)
            return Wanted(list(dict.fromkeys(locations)), scope, f"{folder}/", refused)

        async def drop_unread(report: SyncReport) -> None:
            kept = {one.location for one in report.failures if one.host_failed}
            await asyncio.to_thread(self._drop_unread, scope, [one for one in new if one not in kept], paths)

        await self.bot.readings.show(interaction, noted, drop_unread)

    async def _saved(self, file: discord.Attachment, folder: Path, taken: Collection[Path]) -> Path:
        """Where an attachment is kept now. Raises ``ArticleError`` if it isn't taken, or not sent by Discord."""
        path = free_path(folder / file_name(file.filename), taken)
        if reason := self._why_refused(file):
            raise ArticleError(reason)
        try:
            data = await call(file.read, asyncio.get_running_loop().time() + _SENT_WITHIN)
        except CallError:
            raise ArticleError(words.NOT_SENT()) from None
        await asyncio.to_thread(_write, path, data)
        return path

    def _why_refused(self, file: discord.Attachment) -> str | None:
        limit = self.bot.settings.max_article_mb
        if Path(file.filename).suffix.lower() not in KINDS:
            return words.not_readable(sorted(KINDS))
        return words.TOO_LARGE(limit=limit) if file.size > limit * 1_000_000 else None

    def _add_source(self, scope: str, link: str, kind: str, every: timedelta, user_id: int) -> tuple[str, bool]:
        """Where the source stands, and whether it is new. Raises ``ArticleError`` for a link that is none."""
        library = self.bot.app.library
        known = library.sources.find(scope, library.canonical(link))
        interval = every if self.bot.settings.poll_minutes else None
        if interval and known and known.interval:
            interval = min(interval, known.interval)  # a feed that a message links is still read as often
        source = library.add_source(scope, link, kind=kind, interval=interval, added_by=f"discord:{user_id}")
        return source.location, known is None

    def _drop_unread(self, scope: str, locations: Iterable[str], paths: Iterable[Path]) -> None:
        """Forget new sources, and delete new files, of which no article came."""
        library = self.bot.app.library
        for location in locations:
            source = library.sources.find(scope, location)
            if source and source.failing_since and not source.articles:
                library.remove_source(scope, location, articles=True)
        for path in paths:
            source = library.sources.find(scope, library.canonical(str(path)))
            if source is None or not source.articles:
                library.remove_source(scope, str(path), articles=True)
                path.unlink(missing_ok=True)

    def _status(self, scope: str) -> Page:
        library, own = self.bot.app.library, scope != SHARED
        runs = [run for run in library.history([scope]) if run.what == "index"] if own else []
        return status_page(
            library.count([scope]) if own else 0,
            library.count([SHARED]),
            library.sources.listed([scope], on_demand=True) if own else None,
            runs[0] if runs else None,
            bool(self.bot.readings.busy),
            discord.utils.utcnow(),
        )


def _address(url: str) -> str:
    address = url.strip().strip("<>")
    if not re.fullmatch(r"https?://\S+", address, re.IGNORECASE):
        raise NewsdeskError(words.NOT_AN_ADDRESS())
    return address


def file_name(name: str) -> str:
    """The name that an attachment is kept by, no longer than a disk takes it."""
    plain = Path(re.sub(r"[^\w.-]+", "_", name).lstrip(".") or "file.txt")
    return f"{plain.stem[:_STEM]}{plain.suffix}"


def free_path(path: Path, taken: Collection[Path]) -> Path:
    """``path``, with a number if another file of the same message has that name."""
    paths = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))
    return next(one for one in chain([path], paths) if one not in taken)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(LibraryCommands(bot))
