"""/usage: what a server asked, what people thought of it, and what chat models were used; for who manages it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.discord.client import NewsdeskBot
from bot.discord.components.page_view import page_view
from bot.discord.components.picture import pictured_view
from bot.discord.curators import managed_server
from bot.discord.pages import chart
from bot.discord.pages.chart import Row
from bot.discord.pages.page import Block, Mood, Page
from bot.discord.scope import place_of
from bot.discord.words import usage as words
from bot.memory.usage import KEPT
from bot.memory.usage_lines import UsageLine, total

_PEOPLE_SHOWN = 10

Days = app_commands.Range[int, 1, KEPT.days]


class UsageReport(commands.Cog):
    """Tells what was used by model and by person, and what is left of the day's share."""

    def __init__(self, bot: NewsdeskBot) -> None:
        self.bot = bot

    @app_commands.command(name="usage", description=words.USAGE.english)
    @app_commands.describe(days=words.DAYS_OPTION.english)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def usage(self, interaction: discord.Interaction[NewsdeskBot], days: Days = 7) -> None:
        server = str(managed_server(interaction))
        await self.bot.live.once(interaction, partial(self._used, server, days))

    async def _used(self, server: str, days: int) -> ui.LayoutView:
        today = datetime.now(UTC).date()
        since = today - timedelta(days=days - 1)
        memory, place = self.bot.app.memory, place_of(int(server), 0)
        lines = await asyncio.to_thread(memory.usage.lines, since, server)
        asked = await asyncio.to_thread(memory.answers.by_day, place, since)
        thought = await asyncio.to_thread(memory.ratings.by_day, place, since)
        used = total([line for line in lines if line.day == today])
        anew = datetime.combine(today + timedelta(days=1), time(), UTC)
        told = [
            words.questions(_sums(asked), _sums(thought)),
            *_report(lines, days),
            words.share(used, self.bot.app.budget.of_server(server), anew),
        ]
        page = Page(Mood.DONE, (Block("\n".join(told)),))
        if not (asked or thought or lines):
            return page_view(page)
        drawn = await asyncio.to_thread(_picture, since, days, asked, thought, lines)
        return pictured_view(page, drawn, words.PICTURE())


def _sums(by_day: Mapping[date, tuple[int, int]]) -> tuple[int, int]:
    return sum(yes for yes, _ in by_day.values()), sum(no for _, no in by_day.values())


def _picture(
    since: date,
    days: int,
    asked: Mapping[date, tuple[int, int]],
    thought: Mapping[date, tuple[int, int]],
    lines: Sequence[UsageLine],
) -> bytes:
    """The days from ``since`` on: questions, ratings, and tokens and money where a chat model was used."""
    each = [since + timedelta(days=n) for n in range(days)]
    rows = [
        Row([by_day.get(day, (0, 0)) for day in each], colours)
        for by_day, colours in (
            (asked, (chart.GREEN, chart.YELLOW)),
            (thought, (chart.GREEN, chart.RED)),
        )
    ]
    used = {day: total([line for line in lines if line.day == day]) for day in each}
    if lines:
        tokens = [(used[day].prompt_tokens + used[day].completion_tokens,) for day in each]
        rows.append(Row(tokens, (chart.BLUE,)))
    if any(one.cost for one in used.values()):
        rows.append(Row([(used[day].cost or 0,) for day in each], (chart.ORANGE,), decimals=2))
    return chart.picture(each, rows)


def _report(lines: Sequence[UsageLine], days: int) -> list[str]:
    if not lines:
        return [words.nothing(days)]
    models, people = defaultdict(list), defaultdict(list)
    for line in lines:
        models[line.model].append(line)
        people[line.user].append(line)
    told = [words.heading(days)]
    for model, of_model in models.items():
        told.append(words.of_model(model, sum(line.answers for line in of_model), total(of_model)))
    sums = {user: total(of_person) for user, of_person in people.items()}
    most = sorted(sums, key=lambda user: -(sums[user].prompt_tokens + sums[user].completion_tokens))
    told.append(words.people(len(most[:_PEOPLE_SHOWN]), len(most)))
    told += [words.of_person(user, sums[user]) for user in most[:_PEOPLE_SHOWN]]
    return told


async def setup(bot: NewsdeskBot) -> None:
    await bot.add_cog(UsageReport(bot))
