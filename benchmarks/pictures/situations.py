"""The twelve main situations that the bot is seen in, each brought about through its real commands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Scene:
    """A channel of a server that the bot has joined, and two people in it."""

    channel: Any
    reader: Any
    manager: Any
    bot: Any

    async def answer(self, question: str, **options: Any) -> Any:
        return await self.reader.slash(self.channel, "ask", question=question, **options)


@dataclass(frozen=True)
class Situation:
    """Its name, and what brings it about: the message to look at."""

    name: str
    comes_about: Callable[[Scene], Awaitable[Any]]
    managed: bool = False
    """Whether it is looked at by whoever manages the server."""


async def _answer(scene: Scene) -> Any:
    return await scene.answer("How many homes in Drevenice were flooded?", until="2026-01-19")


async def _two_parts(scene: Scene) -> Any:
    return await scene.answer("How much must Northlane pay, and who is Tolly Marchbank?")


async def _disagreement(scene: Scene) -> Any:
    return await scene.answer("How many ships are waiting outside the port of Varnogorsk?")


async def _abstention(scene: Scene) -> Any:
    return await scene.answer("What are the unemployment figures in Kestria?")


async def _claim(scene: Scene) -> Any:
    said = await scene.manager.send(scene.channel, "More than 900 homes were flooded in Drevenice.")
    return await scene.reader.context_menu(scene.channel, "Check this claim", said)


async def _follow_up(scene: Scene) -> Any:
    await scene.reader.send(scene.channel, f"{scene.bot.user.mention} What fine must Northlane pay over Tramkey?")
    await scene.reader.send(scene.channel, f"{scene.bot.user.mention} and who decided it?")
    return scene.channel.last_message


async def _digest(scene: Scene) -> Any:
    return await scene.reader.slash(scene.channel, "digest now", since="2026-01-01", count=4)


async def _timeline(scene: Scene) -> Any:
    return await scene.reader.slash(scene.channel, "timeline", topic="Tramkey")


async def _summary(scene: Scene) -> Any:
    return await scene.reader.slash(scene.channel, "summary topic", topic="the recall of Lisavene")


async def _settings(scene: Scene) -> Any:
    return await scene.manager.slash(scene.channel, "settings")


async def _welcome(scene: Scene) -> Any:
    return scene.channel.last_message


async def _help(scene: Scene) -> Any:
    return await scene.reader.slash(scene.channel, "help")


SITUATIONS = (
    Situation("welcome", _welcome, managed=True),
    Situation("settings", _settings, managed=True),
    Situation("answer", _answer),
    Situation("two-parts", _two_parts),
    Situation("disagreement", _disagreement),
    Situation("abstention", _abstention),
    Situation("claim", _claim),
    Situation("follow-up", _follow_up),
    Situation("digest", _digest),
    Situation("timeline", _timeline),
    Situation("summary", _summary),
    Situation("help", _help),
)
