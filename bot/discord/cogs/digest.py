"""/digest: the stories since a day, now or by itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import available_timezones

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.discord.client import NewsdeskBot
from bot.discord.cogs.ask import known_outlet, offered_outlets, read_day
from bot.discord.components.choices import CHOICES, fixed_choices
from bot.discord.components.page_view import page_view
from bot.discord.curators import INVITED, managed_server
from bot.discord.live.answers import shown_once
from bot.discord.live.calls import CallError, Refused
from bot.discord.live.frames import Frame
from bot.discord.live.route import alone
from bot.discord.pages.markdown import escape_within
from bot.discord.pages.page import Block, Mood, Page, notice
from bot.discord.pages.summaries import digest_shown
from bot.discord.readers import language_in, public_language
from bot.discord.scope import place_of, scopes_for
from bot.discord.speech.phrase import speaking
from bot.discord.words import offered
from bot.discord.words import summaries as words
from bot.memory.deliveries import Delivery
from bot.memory.schedules import ScheduledDigest
from bot.summary.digest import STORIES
from bot.summary.schedule import WEEKDAYS, Schedule, checked_zone
from bot.summary.summary import LONGEST
from index.errors import NewsdeskError

log = logging.getLogger(__name__)

_LISTED = 20
_LATE = timedelta(hours=12)
"""A digest missed for longer than that is left to the next time, which tells all since the last one."""

Hour = app_commands.Range[int, 0, 23]
Stories = app_commands.Range[int, 1, LONGEST]


class Digests(commands.Cog):
    """Shows digests, and posts those that are scheduled."""

    digest = app_commands.Group(name="digest", description=words.DIGEST.english, allowed_installs=INVITED)

    def __init__(self, bot: NewsdeskBot, clock: Callable[[], datetime] = discord.utils.utcnow) -> None:
        self.bot = bot
        self.clock = clock

    async def cog_load(self) -> None:
        self.bot.live.kinds["digest"] = self._frames
        self.post_due.start()

    async def cog_unload(self) -> None:
        self.post_due.cancel()

    @digest.command(name="now", description=words.DIGEST_NOW.english)
    @app_commands.describe(
        since=words.DIGEST_SINCE.english,
        until=words.UNTIL.english,
        topic=words.DIGEST_TOPIC.english,
        source=offered.ASK_SOURCE.english,
        count=words.DIGEST_COUNT.english,
    )
    async def now(
        self,
        interaction: discord.Interaction[NewsdeskBot],
        since: str | None = None,
        until: str | None = None,
        topic: str | None = None,
        source: str | None = None,
        count: Stories = STORIES,
    ) -> None:
        day, last = read_day("since", since), read_day("until", until)
        source = await known_outlet(self.bot, interaction.guild_id, source)
        start = datetime.combine(day, time(), UTC) if day else self.clock() - timedelta(days=1)
        end = datetime.combine(last + timedelta(days=1), time(), UTC).isoformat() if last else None
        request = {"since": start.isoformat(), "until": end, "topic": topic, "source": source, "count": count}
        private = await alone(self.bot, interaction)
        await self.bot.live.serve(interaction, "digest", request, private=private)

    async def _frames(self, delivery: Delivery) -> AsyncGenerator[Frame, None]:
        yield Frame(None)
        asked, place = delivery.request, delivery.place
        made = await self.bot.app.summariser.digest(
            scopes_for(place.guild_id),
            datetime.fromisoformat(asked["since"]),
            topics=(asked["topic"],) if asked["topic"] else (),
            sources=(asked["source"],) if asked["source"] else (),
            stories=asked.get("count", STORIES),
            until=datetime.fromisoformat(asked["until"]) if asked.get("until") else None,
        )
        readers = place_of(place.guild_id, place.user_id)
        yield Frame(await shown_once(digest_shown(made), readers, self.bot.app.memory), final=True)

    @digest.command(name="schedule", description=words.DIGEST_SCHEDULE.english)
    @app_commands.describe(
        every=words.EVERY.english,
        hour=words.HOUR.english,
        timezone=words.ZONE.english,
        weekday=words.WEEKDAY.english,
        topic=words.DIGEST_TOPIC.english,
        source=offered.ASK_SOURCE.english,
    )
    @app_commands.choices(every=fixed_choices(words.EVERIES), weekday=fixed_choices(words.WEEKDAYS))
    async def schedule(
        self,
        interaction: discord.Interaction[NewsdeskBot],
        every: str,
        hour: Hour,
        timezone: str | None = None,
        weekday: str | None = None,
        topic: str | None = None,
        source: str | None = None,
    ) -> None:
        guild_id = managed_server(interaction)
        if every == "week" and weekday is None:
            raise NewsdeskError(words.WEEKDAY_WANTED())
        allowed = interaction.app_permissions
        if not (allowed.view_channel and (allowed.send_messages or allowed.send_messages_in_threads)):
            raise NewsdeskError(words.CANNOT_POST())
        source = await known_outlet(self.bot, guild_id, source)
        channel_id = interaction.channel_id or 0
        zone = await asyncio.to_thread(self._zone, channel_id, timezone)
        on = WEEKDAYS.index(weekday) if every == "week" and weekday else None
        made = await asyncio.to_thread(
            self.bot.app.memory.schedules.add,
            guild_id,
            channel_id,
            interaction.user.id,
            Schedule(hour, zone, on),
            (topic,) if topic else (),
            (source,) if source else (),
            self.clock(),
        )
        with speaking(public_language(interaction)):
            view = page_view(notice(words.scheduled(made.id, words.when(hour, zone, on), made.due), Mood.DONE))
        await self.bot.live.say(interaction, view, private=False)

    @digest.command(name="list", description=words.DIGEST_LIST.english)
    async def list_(self, interaction: discord.Interaction[NewsdeskBot]) -> None:
        listed = await asyncio.to_thread(self.bot.app.memory.schedules.listed, interaction.guild_id or 0)
        lines = [_line(one) for one in listed[:_LISTED]]
        page = Page(Mood.DONE, (Block("\n".join(lines) or words.NO_DIGESTS()),))
        await self.bot.live.say(interaction, page_view(page))

    @digest.command(name="stop", description=words.DIGEST_STOP.english)
    @app_commands.describe(number=words.DIGEST_NUMBER.english)
    async def stop(self, interaction: discord.Interaction[NewsdeskBot], number: int) -> None:
        guild_id = managed_server(interaction)
        if not await asyncio.to_thread(self.bot.app.memory.schedules.remove, guild_id, number):
            raise NewsdeskError(words.NO_SUCH_DIGEST())
        with speaking(public_language(interaction)):
            view = page_view(notice(words.stopped(number), Mood.DONE))
        await self.bot.live.say(interaction, view, private=False)

    @schedule.autocomplete("timezone")
    async def zones(
        self, _interaction: discord.Interaction[NewsdeskBot], current: str
    ) -> list[app_commands.Choice[str]]:
        """The time zones whose names hold what was typed."""
        wanted = current.strip().casefold().replace(" ", "_")
        found = sorted(zone for zone in available_timezones() if wanted in zone.casefold())
        return [app_commands.Choice(name=zone, value=zone) for zone in found[:CHOICES]]

    @schedule.autocomplete("source")
    @now.autocomplete("source")
    async def outlets(
        self, interaction: discord.Interaction[NewsdeskBot], current: str
    ) -> list[app_commands.Choice[str]]:
        """The outlets of the newest articles."""
        return await offered_outlets(self.bot, interaction.guild_id, current)

    @tasks.loop(minutes=1)
    async def post_due(self) -> None:
        """Post every digest that is due."""
        while due := await self._claimed():
            try:
                guild = self.bot.get_guild(due.guild_id)
                with speaking(await language_in(self.bot, guild, due.channel_id)):
                    await self._post(due)
            except CallError as error:  # Discord's trouble: the claim ends, and it is tried again
                log.warning("Digest %d could not be posted: %s", due.id, error)
                return
            except Exception:
                log.exception("Digest %d failed", due.id)
                return

    @post_due.before_loop
    async def _until_connected(self) -> None:
        await self.bot.wait_until_ready()

    async def _claimed(self) -> ScheduledDigest | None:
        try:
            mine = self.bot.shards_here.hold
            return await asyncio.to_thread(self.bot.app.memory.schedules.claim, self.clock(), mine)
        except Exception:  # it would end the loop
            log.exception("The digests that are due could not be looked up")
            return None

    async def _post(self, due: ScheduledDigest) -> None:
        """Post one digest, or nothing if nothing is new, and make it due again."""
        schedules, now = self.bot.app.memory.schedules, self.clock()
        if now - due.due > _LATE:
            await asyncio.to_thread(schedules.posted, due, None, now)
            return
        made = await self.bot.app.summariser.digest(
            scopes_for(due.guild_id), due.since, topics=due.topics, sources=due.sources
        )
        if made.empty:
            await asyncio.to_thread(schedules.posted, due, None, now)
            return
        view = await shown_once(digest_shown(made), place_of(due.guild_id, due.made_by), self.bot.app.memory)
        try:
            # The nonce lets Discord drop the second of two, should the bot be killed right after sending.
            nonce = f"digest-{due.id}-{int(due.due.timestamp()) % 10**9}"
            await self.bot.live.post(due.channel_id, due.guild_id, view, nonce)
        except Refused as refusal:
            if refusal.status == 400:
                raise
            log.warning(
                "Digest %d can't be posted in channel %d and is paused: %s", due.id, due.channel_id, refusal
            )
            await asyncio.to_thread(schedules.pause, due.id, str(refusal))
            await self._tell_maker(due)
            return
        await asyncio.to_thread(schedules.posted, due, now, now)

    async def _tell_maker(self, due: ScheduledDigest) -> None:
        text = words.UNPOSTABLE(channel=f"<#{due.channel_id}>")
        try:
            await self.bot.live.write_to(due.made_by, page_view(notice(text, Mood.FAILED)))
        except CallError as error:
            log.info("Whoever made digest %d can't be told: %s", due.id, error)

    def _zone(self, channel_id: int, named: str | None) -> str:
        """The zone named, remembered for the channel; else the one remembered, else UTC."""
        facts, key = self.bot.app.memory.facts, f"timezone of channel {channel_id}"
        if named is None:
            return facts.get(key) or "UTC"
        zone = checked_zone(named)
        facts.note(key, zone)
        return zone


def _line(one: ScheduledDigest) -> str:
    told = words.when(one.schedule.hour, one.schedule.zone, one.schedule.weekday)
    narrowed = [escape_within(text, 60) for text in (*one.topics, *one.sources)]
    return words.schedule_line(one.id, one.channel_id, told, one.due, narrowed, paused=one.paused is not None)


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(Digests(bot))
