"""The real bot over a real store with the real embedding model, in a simulated Discord."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import discord
import pytest
from langchain_core.embeddings import Embeddings
from simcord import Env

import bot.app
from bot.answer.answer import Answer
from bot.answer.desk import Desk
from bot.answer.engines.engine import Complaint, Draft
from bot.answer.engines.quoting import ExtractiveEngine
from bot.answer.question.kinds import Kinds
from bot.answer.question.question import Question
from bot.answer.question.reading import RuleReader
from bot.app import open_app
from bot.chat.usage import Tally
from bot.discord.client import NewsdeskBot, build_bot
from bot.discord.live.stream import Pace
from bot.settings import Settings
from index.article import SHARED
from index.embedding.e5 import E5Embeddings
from index.search import Hit
from index.text.language import read_tables
from tests.bot.discord.newsroom import write_articles


@pytest.fixture(scope="session", autouse=True)
def tables() -> None:
    """Read before any bot starts: it takes seconds on a busy machine, and SimCord waits for five at most."""
    read_tables()


@dataclass(frozen=True)
class Town:
    """A server with a channel, two people, and mod, who manages the server and runs the bot."""

    env: Env
    guild: Any
    channel: Any
    alice: Any
    bob: Any
    mod: Any

    @property
    def bot(self) -> NewsdeskBot:
        assert isinstance(self.env.bot, NewsdeskBot)
        return self.env.bot

    @property
    def at_bot(self) -> str:
        """A mention of the bot."""
        assert self.bot.user
        return self.bot.user.mention


@pytest.fixture(scope="session")
def embeddings(e5: E5Embeddings) -> Embeddings:
    """The built-in model, loaded once."""
    return e5


@pytest.fixture
def bot_settings(tmp_path: Path) -> Settings:
    """Settings over an empty home and a folder of three articles, which are read when asked for only."""
    return Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings adds it
        home=tmp_path / "home",
        articles=write_articles(tmp_path / "articles"),
        poll_minutes=0,
    )


@pytest.fixture
def simcord_bot(bot_settings: Settings, embeddings: Embeddings, monkeypatch: pytest.MonkeyPatch) -> NewsdeskBot:
    """The bot over an indexed library; only the loading of the embedding model is shared among the tests."""
    monkeypatch.setattr(bot.app, "build_embeddings", lambda *_, **__: embeddings)
    with open_app(bot_settings) as app:
        assert app.library.sync([str(bot_settings.articles)], SHARED).added == 3
    return build_bot(bot_settings, Pace(moving=False))  # simcord would wait for the end of what moves


@pytest.fixture
async def town(simcord_env: Env) -> AsyncIterator[Town]:
    guild = simcord_env.create_guild()
    manager = guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    alice, bob = (guild.add_member(simcord_env.create_user(name)) for name in ("alice", "bob"))
    mod = guild.add_member(simcord_env.create_user("mod"), roles=[manager])
    town = Town(simcord_env, guild, guild.create_text_channel("general"), alice, bob, mod)
    town.bot.owner_id = mod.id
    yield town
    await town.bot.close()


async def restart(town: Town, **changes: object) -> None:
    """Stop the bot, and start it again over the same home, with some settings changed."""
    settings = town.bot.settings.model_copy(update=changes)
    await town.bot.close()
    await town.env.restart_bot(build_bot(settings, Pace(moving=False)))
    town.bot.owner_id = town.mod.id


class SlowEngine:
    """Quotes as the built-in engine does, one sentence every ``seconds``, as a chat model would."""

    name = "extractive"

    def __init__(self, engine: ExtractiveEngine, seconds: float) -> None:
        self._engine, self._seconds = engine, seconds

    async def write(
        self, question: Question, hits: Sequence[Hit], tally: Tally, complaints: Sequence[Complaint] = ()
    ) -> AsyncGenerator[Draft, None]:
        async for draft in self._engine.write(question, hits, tally, complaints):
            await asyncio.sleep(self._seconds)
            yield draft


class Patient:
    """A desk for whose next sentence the bot may be left waiting, as for a chat model.

    It works in tasks of its own, which simcord does not see from within a generator; it would wait for the end.
    """

    def __init__(self, desk: Desk, env: Env) -> None:
        self._desk, self._env = desk, env

    async def ask(self, *asked: Any, **how: Any) -> AsyncGenerator[Answer, None]:
        async with aclosing(self._desk.ask(*asked, **how)) as answers:
            while answer := await self._env.external_wait(anext(answers, None), reason="the next sentence"):
                yield answer


def slow_down(town: Town, seconds: float) -> None:
    """Let every sentence take that long: more than SimCord's settle_timeout, or it waits for the answer's end."""
    bot = town.bot
    quoting = ExtractiveEngine(bot.app.library)
    kinds = Kinds(bot.app.library, bot.settings.embedding, bot.settings.home / "models")
    rules = RuleReader(bot.app.library, kinds, bot.settings.max_question)
    desk = Patient(Desk(bot.app.library, SlowEngine(quoting, seconds), quoting, rules), town.env)
    bot.app = replace(bot.app, desk=cast("Desk", desk))
