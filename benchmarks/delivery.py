"""What becomes of questions when Discord, the network or the process fail: ``python -m benchmarks.delivery``.

The real bot runs in a process of its own against the Discord of the tests (``tests.fakes.discord_server``). For
each fault so many questions are asked at once, each by another person in another channel, and when all is quiet
again each must have exactly one final answer or reason; then 300 questions in a minute over 20 channels, with some
of all calls failing. ``python -m benchmarks.delivery [TIMES] [ONLY...]``: ``ONLY`` names faults, or ``load``.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.bot_process import BotProcess, index_into
from tests.bot.discord.newsroom import UNFINISHED, write_articles
from tests.fakes.discord_server import BOT, DiscordServer, Interaction
from tests.fakes.discord_server.faults import Kind
from tests.fakes.discord_server.world import Message

QUESTION = "When did the harbour bridge reopen to lorries?"
RIGHT = "reopened to lorries on Friday"
_QUIET_AFTER = 150.0
_FIRST_USER = 10_000

POST, EDIT = r"POST /channels/\d+/messages$", r"PATCH /channels/\d+/messages/"
CALLBACK, BY_TOKEN = r"POST /interactions/", r"PATCH /webhooks/"


@dataclass
class Asked:
    """A question, and what its asker sees of the bot."""

    what: Message | Interaction
    user: int

    def seen(self, server: DiscordServer) -> list[Message]:
        direct = [one.id for one in server.world.channels.values() if one.recipient == self.user]
        told = [one for one in server.world.messages.values() if one.channel_id in direct and one.author == BOT]
        return [*server.world.answers_to(self.what), *told]


def shared_out(asked: list[Asked], server: DiscordServer) -> list[list[Message]]:
    """What each asker sees of the bot.

    An answer whose token failed is written into the channel, and names nobody: it is of the first command there
    that has no other, or one too many of the last one.
    """
    seen = [one.seen(server) for one in asked]
    for message in list(server.world.messages.values()):
        if message.author != BOT or message.reference or message.interaction or message.deleted:
            continue
        commands = [
            mine
            for one, mine in zip(asked, seen, strict=True)
            if isinstance(one.what, Interaction)
            and one.what.channel_id == message.channel_id
            and one.what.id < message.id
        ]
        if commands:
            next((mine for mine in commands if not any(map(final, mine))), commands[-1]).append(message)
    return seen


@dataclass
class Outcome:
    """What became of the questions of one fault."""

    name: str
    asked: int = 0
    lost: int = 0
    doubled: int = 0
    taken_away: int = 0
    reasons: int = 0
    log_lines: int = 0
    tracebacks: int = 0
    seconds: float = 0.0

    @property
    def right(self) -> bool:
        return not (self.lost or self.doubled or self.taken_away or self.tracebacks)


@dataclass
class Bench(BotProcess):
    """The server, and the bot's process."""

    times: int = 20
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    asked: list[Asked] = field(default_factory=list)
    users: int = _FIRST_USER

    async def ask(self, *, slash: bool = False, twice: bool = False) -> None:
        """Everybody asks, each in a channel of their own."""
        channels = self.server.world.in_guild(self.server.world.guilds[0])[: self.times]
        for channel in channels:
            self.users += 1
            times = 2 if twice else 1
            if slash:
                interaction = await self.server.slash(
                    "ask", channel.id, self.users, times=times, question=QUESTION
                )
                self.asked.append(Asked(interaction, self.users))
            else:
                message = await self.server.say(QUESTION, channel.id, self.users, times=times)
                self.asked.append(Asked(message, self.users))

    def begun(self) -> bool:
        """Whether something is on every asker's screen."""
        return all(one.seen(self.server) for one in self.asked)

    def settled(self) -> bool:
        return all(any(map(final, seen)) for seen in shared_out(self.asked, self.server))

    async def result(self, name: str, log_from: int) -> Outcome:
        began = time.monotonic()
        await self.until(self.settled, _QUIET_AFTER)
        outcome = Outcome(name, len(self.asked), seconds=time.monotonic() - began)
        await asyncio.sleep(1.0)  # a second answer would come now
        for seen in shared_out(self.asked, self.server):
            finals = [message for message in seen if final(message)]
            outcome.lost += not finals
            outcome.doubled += len(finals) > 1
            outcome.taken_away += any(
                any(RIGHT in text for text in message.texts) and RIGHT not in message.text for message in seen
            )
            outcome.reasons += bool(finals) and not any(RIGHT in message.text for message in finals)
        written = self.log.read_bytes()[log_from:].decode(errors="replace").splitlines()
        outcome.log_lines = sum(line.startswith(("WARNING", "ERROR", "CRITICAL")) for line in written)
        outcome.tracebacks = sum(line.startswith(("Traceback", "Task exception", "asyncio")) for line in written)
        self.asked.clear()
        return outcome


def final(message: Message) -> bool:
    """Whether nothing more is promised there."""
    return bool(message.text) and not message.thinking and not any(one in message.text for one in UNFINISHED)


Scenario = Callable[[Bench], Awaitable[None]]


def spoiled(kind: Kind, matching: str, each: int = 1, seconds: float = 1.0) -> Scenario:
    """The next calls of a sort fail, ``each`` of them for every question."""

    async def scenario(bench: Bench) -> None:
        bench.server.faults.add(kind, matching, bench.times * each, seconds=seconds)
        await bench.ask(slash=matching in (CALLBACK, BY_TOKEN))

    return scenario


async def _twice(bench: Bench) -> None:
    await bench.ask(twice=True)


async def _command_twice(bench: Bench) -> None:
    await bench.ask(slash=True, twice=True)


async def _closed_to_the_bot(bench: Bench) -> None:
    await _while_answered(bench, "hidden")


async def _channel_deleted(bench: Bench) -> None:
    await _while_answered(bench, "deleted")


async def _while_answered(bench: Bench, what: str) -> None:
    """Between the first message and the last edit, channels are deleted, or taken from the bot."""
    bench.server.faults.add("slow", EDIT, bench.times, seconds=2.0)
    channels = bench.server.world.in_guild(bench.server.world.guilds[0])[: bench.times]
    await bench.ask()
    await bench.until(bench.begun)
    for channel in channels:
        setattr(channel, what, True)
    await asyncio.sleep(4)
    await bench.until(bench.settled)
    for channel in channels:
        setattr(channel, what, False)


async def _silent(bench: Bench) -> None:
    channels = bench.server.world.in_guild(bench.server.world.guilds[0])
    for channel in channels:
        channel.silent = True
    await bench.ask()
    await bench.until(bench.settled)
    for channel in channels:
        channel.silent = False


async def _answer_deleted(bench: Bench) -> None:
    await bench.ask()
    await bench.until(bench.begun)
    for one in bench.asked:
        one.seen(bench.server)[0].deleted = not final(one.seen(bench.server)[0])


async def _invalidated(bench: Bench) -> None:
    await bench.server.gateway.invalidate()
    await bench.ask()


async def _resumed(bench: Bench) -> None:
    await bench.ask()
    await bench.server.gateway.disconnect(4000)
    await bench.ask()


async def _gateway_cut(bench: Bench) -> None:
    await bench.server.gateway.reset()
    await bench.ask()


async def _reconnect(bench: Bench) -> None:
    await bench.server.gateway.ask_to_reconnect()
    await bench.ask()


async def _unreadable_event(bench: Bench) -> None:
    await bench.server.gateway.dispatch("MESSAGE_CREATE", {"id": "none"})
    await bench.server.gateway.send_raw("{nonsense")
    await bench.ask()


async def _outage(bench: Bench) -> None:
    await bench.ask()
    await asyncio.sleep(bench.chance.uniform(0, 0.5))
    await bench.server.go_away()
    await asyncio.sleep(10)
    await bench.server.come_back()


async def _token_expired(bench: Bench) -> None:
    bench.server.faults.add("slow", BY_TOKEN, bench.times, seconds=2.0)
    await bench.ask(slash=True)
    await bench.until(bench.begun)
    for one in bench.asked:
        assert isinstance(one.what, Interaction)
        one.what.created -= 1000


async def _killed(bench: Bench) -> None:
    await _ended(bench, signal.SIGKILL)


async def _terminated(bench: Bench) -> None:
    await _ended(bench, signal.SIGTERM)


async def _ended(bench: Bench, how: signal.Signals) -> None:
    await bench.ask(slash=bench.chance.random() < 0.5)
    await asyncio.sleep(bench.chance.uniform(0, 1.0))
    await bench.end(how)
    await bench.start()


async def _stopped(bench: Bench) -> None:
    await bench.ask()
    await asyncio.sleep(bench.chance.uniform(0, 0.5))
    assert bench.process
    bench.process.send_signal(signal.SIGSTOP)
    await asyncio.sleep(20)
    bench.process.send_signal(signal.SIGCONT)


async def _memory_locked(bench: Bench) -> None:
    """Another process writes to the memory for longer than anybody waits for an acknowledgement."""
    other = sqlite3.connect(bench.home / "home" / "memory.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    await bench.ask()
    await asyncio.sleep(4)
    other.execute("ROLLBACK")
    other.close()


SCENARIOS: dict[str, Scenario] = {
    "no fault": lambda bench: bench.ask(),
    "no fault, commands": lambda bench: bench.ask(slash=True),
    "reply reset before": spoiled("reset before", POST),
    "reply reset after": spoiled("reset after", POST),
    "reply closed after": spoiled("closed after", POST),
    "edit reset": spoiled("reset before", EDIT, 2),
    "edit reset after": spoiled("reset after", EDIT, 2),
    "edit by token reset": spoiled("reset before", BY_TOKEN, 2),
    "edit late": spoiled("late", EDIT, seconds=3.0),
    "edit hangs": spoiled("hang", EDIT, seconds=60.0),
    "edit slow": spoiled("slow", EDIT, seconds=4.0),
    "edit truncated": spoiled("truncated", EDIT),
    "edit garbage": spoiled("garbage", EDIT),
    "edit five 500s": spoiled("500", EDIT, 5),
    "edit by token five 500s": spoiled("500", BY_TOKEN, 5),
    "edit 502 of a proxy": spoiled("html", EDIT, 2),
    "edit 503": spoiled("503", EDIT, 3),
    "edit 520": spoiled("520", EDIT, 3),
    "edit 408": spoiled("408", EDIT, 2),
    "edit 429 with Via": spoiled("429", EDIT, 2),
    "edit 429 without Via": spoiled("429 without via", EDIT, 3),
    "edit 429 by headers": spoiled("429 headers", EDIT, 2, seconds=3.0),
    "reply 429 without Via": spoiled("429 without via", POST, 3),
    "reply 503": spoiled("503", POST, 3),
    "reply garbage": spoiled("garbage", POST),
    "command reset before": spoiled("reset before", CALLBACK),
    "command reset after": spoiled("reset after", CALLBACK),
    "command too late": spoiled("hang", CALLBACK, seconds=4.0),
    "token expired": _token_expired,
    "may not write": _silent,
    "permission lost while answered": _closed_to_the_bot,
    "channel deleted while answered": _channel_deleted,
    "answer deleted": _answer_deleted,
    "session invalidated": _invalidated,
    "connection closed": _resumed,
    "connection cut": _gateway_cut,
    "asked to reconnect": _reconnect,
    "event unreadable": _unreadable_event,
    "message twice": _twice,
    "command twice": _command_twice,
    "memory locked": _memory_locked,
    "outage of 10 s": _outage,
    "SIGKILL": _killed,
    "SIGTERM": _terminated,
    "SIGSTOP for 20 s": _stopped,
}


async def load(bench: Bench, questions: int = 300, seconds: float = 60.0, failing: float = 0.02) -> Outcome:
    """Questions over all channels, with calls failing at random in every way that is not for good."""
    at = bench.log.stat().st_size
    kinds: tuple[Kind, ...] = ("500", "503", "429 without via", "reset before", "reset after", "truncated", "html")
    for kind in kinds:
        bench.server.faults.add(kind, "", 1e9, failing / len(kinds))
    channels = bench.server.world.in_guild(bench.server.world.guilds[0])
    for number in range(questions):
        bench.users += 1
        channel = channels[number % len(channels)]
        if number % 2:
            asked: Message | Interaction = await bench.server.slash(
                "ask", channel.id, bench.users, question=QUESTION
            )
        else:
            asked = await bench.server.say(QUESTION, channel.id, bench.users)
        bench.asked.append(Asked(asked, bench.users))
        await asyncio.sleep(seconds / questions)
    outcome = await bench.result(f"{questions} questions in {seconds:.0f} s, {failing:.0%} failing", at)
    bench.server.faults.clear()
    return outcome


async def run(times: int, only: list[str]) -> list[Outcome]:
    outcomes = []
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        articles = write_articles(home / "articles")
        await index_into(home, articles)
        async with DiscordServer(channels=max(times, 20)) as server:
            bench = Bench(server, home, times=times)
            await bench.start()
            for name, scenario in SCENARIOS.items():
                if only and name not in only:
                    continue
                at = bench.log.stat().st_size
                await scenario(bench)
                outcomes.append(await bench.result(name, at))
                server.faults.clear()
                print(line(outcomes[-1]), flush=True)
                await bench.until(lambda: server.gateway.connected)
            if not only or "load" in only:
                outcomes.append(await load(bench))
                print(line(outcomes[-1]), flush=True)
            began = time.monotonic()
            status = await bench.end()
            print(f"\nSIGTERM: exit status {status} after {time.monotonic() - began:.1f} s")
            if keep := os.environ.get("KEEP_LOG"):
                Path(keep).write_bytes(bench.log.read_bytes())
    return outcomes


def line(one: Outcome) -> str:
    """A row of the table."""
    mark = "" if one.right else " **broken**"
    return (
        f"| {one.name}{mark} | {one.asked} | {one.lost} | {one.doubled} | {one.taken_away} | {one.reasons} "
        f"| {one.log_lines} | {one.tracebacks} | {one.seconds:.1f} |"
    )


def main(times: int = 20, only: list[str] | None = None) -> None:
    print("| fault | asked | lost | doubled | taken away | reasons | above INFO | tracebacks | s until all had |")
    print("|---|---|---|---|---|---|---|---|---|")
    outcomes = asyncio.run(run(times, only or []))
    if not all(one.right for one in outcomes):
        raise SystemExit(1)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(int(arguments[0]) if arguments else 20, arguments[1:])
