"""How the bot answers when many ask at once: ``python -m benchmarks.load [TIMES] [ONLY...]``.

The real bot runs in a process of its own, over the sample articles, against the Discord of the tests, which
keeps Discord's rate limits; both share the machine. Answers quote, but for the pauses, which are measured with a
scripted chat model that thinks for some seconds and then writes slowly. Everything is measured ``TIMES`` times;
the machine's load is told with it, since everything here depends on it. Linux only: it reads /proc.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from statistics import median, quantiles

from benchmarks.bot_process import BotProcess, index_into
from benchmarks.corpora import SAMPLE
from benchmarks.figure import Figure, table
from benchmarks.first_word import reply
from benchmarks.memory import resident
from bot.evaluation.questions import read_queries
from tests.bot.discord.newsroom import UNFINISHED, WAITING
from tests.fakes.discord_server import DiscordServer, Interaction
from tests.fakes.discord_server.world import Message
from tests.fakes.openai_server import Reply, running_openai_server

CHANNELS = 20
_THINKING_SECONDS, _TOKEN_SECONDS = 6.0, 0.05
_PATIENCE = 120.0
_FIRST_USER = 10_000
_MB = 1_000_000

Asked = tuple[Message | Interaction, float]
"""What was asked, and when."""


class Askers:
    """People who ask questions about the sample articles, and what they see."""

    def __init__(self, bot: BotProcess) -> None:
        self.bot, self.server = bot, bot.server
        self._channels = itertools.cycle(self.server.world.in_guild(self.server.world.guilds[0]))
        self._users = itertools.count(_FIRST_USER)
        questions = [query.question for query in read_queries(SAMPLE.first_queries) if query.relevant]
        self._questions = itertools.cycle(questions)

    async def command(self) -> Asked:
        """Somebody else asks with /ask, in the next channel."""
        channel, began = next(self._channels), asyncio.get_running_loop().time()
        asked = await self.server.slash("ask", channel.id, next(self._users), question=next(self._questions))
        return asked, began

    async def mention(self, user: int | None = None) -> Asked:
        """Somebody else, or ``user``, asks in a message, in the next channel."""
        channel, began = next(self._channels), asyncio.get_running_loop().time()
        return await self.server.say(next(self._questions), channel.id, user or next(self._users)), began

    async def until_all_are_answered(self, asked: Sequence[Asked]) -> None:
        await self.bot.until(lambda: all(self.answered(one) for one in asked), _PATIENCE)

    def answered(self, asked: Asked) -> bool:
        return any(_says(text, UNFINISHED) for one in self._answers(asked) for text in one.texts[-1:])

    def seconds_to(self, asked: Asked, *, content: bool) -> float:
        """How long it took until anything was shown, or some of the answer; infinite if it never was."""
        shown = (
            moment - asked[1]
            for one in self._answers(asked)
            for text, moment in zip(one.texts, one.moments, strict=True)
            if not content or _says(text, WAITING)
        )
        return min(shown, default=float("inf"))

    def longest_pause(self, asked: Asked) -> float:
        """The longest time in which nothing moved on the screen, from the question to the last edit."""
        moments = sorted(moment for one in self._answers(asked) for moment in one.moments)
        return max(later - sooner for sooner, later in itertools.pairwise([asked[1], *moments]))

    def _answers(self, asked: Asked) -> list[Message]:
        return self.server.world.answers_to(asked[0])


def _says(text: str, unfinished: Sequence[str]) -> bool:
    return bool(text) and not any(one in text for one in unfinished)


async def acknowledged(askers: Askers) -> list[Figure]:
    """50 people at once."""
    asked = [await askers.command() for _ in range(50)]
    await askers.until_all_are_answered(asked)
    seconds = [askers.seconds_to(one, content=False) for one in asked]
    return [Figure("acknowledged, 50 askers at once, 95th percentile", quantiles(seconds, n=20)[18], "s", 0.3)]


async def first_content(askers: Askers) -> list[Figure]:
    """One person, then ten at once."""
    alone = await askers.command()
    await askers.until_all_are_answered([alone])
    ten = [await askers.command() for _ in range(10)]
    await askers.until_all_are_answered(ten)
    last = max(askers.seconds_to(one, content=True) for one in ten)
    return [
        Figure("first content, one asker", askers.seconds_to(alone, content=True), "s", 0.5),
        Figure("first content, the last of ten at once", last, "s", 3),
    ]


async def steady(askers: Askers) -> list[Figure]:
    """200 questions in a minute over 20 channels, every other one with /ask."""
    before = askers.server.rest.refused
    asked = []
    for number in range(200):
        asked.append(await (askers.command() if number % 2 else askers.mention()))
        await asyncio.sleep(60 / 200)
    await askers.until_all_are_answered(asked)
    lost = sum(not askers.answered(one) for one in asked)
    return [
        Figure("200 questions in 60 s over 20 channels: lost", lost, target=1),
        Figure("the same: over a channel's rate", askers.server.rest.refused - before, target=1),
    ]


async def flood(askers: Askers) -> list[Figure]:
    """One person asks 60 questions, then another asks one."""
    many = [await askers.mention(user=_FIRST_USER - 1) for _ in range(60)]
    other = await askers.command()
    await askers.until_all_are_answered([*many, other])
    waited = askers.seconds_to(other, content=True)
    return [Figure("another person's wait behind 60 questions of one", waited, "s", 1)]


async def long_run(askers: Askers) -> list[Figure]:
    """1,100 questions, one after the other."""
    assert askers.bot.process
    held = []
    for number in range(1100):
        if number == 100:
            held.append(resident(askers.bot.process.pid))
        await askers.until_all_are_answered([await askers.command()])
    gained = resident(askers.bot.process.pid) - held[0]
    return [Figure("1,000 questions in a row, after the first 100: memory gained", gained / _MB, "MB", 30)]


async def pauses(askers: Askers) -> list[Figure]:
    """A person asks, and the chat model takes its time."""
    asked = await askers.command()
    await askers.until_all_are_answered([asked])
    return [Figure("longest pause while a model works", askers.longest_pause(asked), "s", 1.5)]


QUOTING: dict[str, Callable[[Askers], Awaitable[list[Figure]]]] = {
    "acknowledged": acknowledged,
    "content": first_content,
    "flood": flood,
    "steady": steady,
    "memory": long_run,
}
PAUSES = "pauses"


async def run(home: Path, times: int, only: Sequence[str]) -> list[Figure]:
    """Every figure of each time, in the order in which they were measured."""
    await index_into(home, SAMPLE.articles)
    figures: list[Figure] = []
    async with DiscordServer(channels=CHANNELS) as server:
        bot = BotProcess(server, home)
        await bot.start()
        askers = Askers(bot)
        await askers.until_all_are_answered([await askers.command() for _ in range(5)])  # loads what loads late
        for name, measure in QUOTING.items():
            for _ in range(times if not only or name in only else 0):
                figures += await measure(askers)
        await bot.end()
        with running_openai_server() as model:
            model.script([Reply(reply, delay=_THINKING_SECONDS, token_delay=_TOKEN_SECONDS)])
            settings = {"CHAT_MODEL": "scripted", "CHAT_BASE_URL": model.base_url, "CHAT_CACHE_DAYS": "0"}
            bot = BotProcess(server, home, {f"NEWSDESK_{name}": value for name, value in settings.items()})
            if not only or PAUSES in only:
                await bot.start()
                askers = Askers(bot)
                for _ in range(times):
                    figures += await pauses(askers)
                await bot.end()
    return figures


def main(times: int = 3, only: Sequence[str] = ()) -> None:
    """Print the median of each figure, and the load of the machine before and after."""
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        measured = asyncio.run(run(Path(folder), times, only))
    by_name: dict[str, list[Figure]] = {}
    for figure in measured:
        by_name.setdefault(figure.name, []).append(figure)
    print(table([_middle(figures) for figures in by_name.values()]))
    for name, figures in by_name.items():
        print(f"{name}: {', '.join(f'{one.measured:.3g}' for one in figures)}", file=sys.stderr)
    print(
        f"\nLoad of the machine: {before:.1f} before, {os.getloadavg()[0]:.1f} after, of {os.cpu_count()} cores."
    )


def _middle(figures: Sequence[Figure]) -> Figure:
    first = figures[0]
    return Figure(first.name, median(one.measured for one in figures), first.unit, first.target)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(int(arguments[0]) if arguments else 3, arguments[1:])
