"""/usage: what chat models were used for in a server, for the people who manage it."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from functools import partial

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.discord.buttons.page_view import page_view
from bot.discord.client import NewsdeskBot
from bot.discord.curators import managed_server
from bot.discord.pages.page import Mood, notice
from bot.discord.words import usage as words
from bot.memory.usage import KEPT, UsageLine, total

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
        ledger = self.bot.app.memory.usage
        lines = await asyncio.to_thread(ledger.lines, today - timedelta(days=days - 1), server)
        used = total([line for line in lines if line.day == today])
        anew = datetime.combine(today + timedelta(days=1), time(), UTC)
        told = [*_report(lines, days), words.share(used, self.bot.app.budget.of_server(server), anew)]
        return page_view(notice("\n".join(told), Mood.DONE))


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
