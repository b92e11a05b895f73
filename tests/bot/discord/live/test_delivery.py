"""Whoever asked gets the answer or a reason, whatever Discord and the network do."""

from __future__ import annotations

import asyncio
import logging
import random
from datetime import timedelta

import discord
import pytest
from sqlalchemy import text

from bot.discord import answering
from bot.discord.live import calls, delivering, live
from bot.discord.words import labels, reasons
from bot.settings import Settings
from tests.bot.discord.live.conftest import QUESTION, RIGHT, answered, connected, final, finals, until
from tests.bot.discord.newsroom import UNFINISHED
from tests.fakes.discord_server import ALICE, DiscordServer, Interaction
from tests.fakes.discord_server.faults import Kind
from tests.fakes.discord_server.world import Message

pytestmark = pytest.mark.slow

POST, EDIT = r"POST /channels/\d+/messages$", r"PATCH /channels/\d+/messages/"
CALLBACK, BY_TOKEN = r"POST /interactions/", r"PATCH /webhooks/"


@pytest.mark.parametrize(
    ("kind", "calls_", "times"),
    [
        ("reset before", POST, 2),
        ("reset after", POST, 1),
        ("garbage", POST, 1),
        ("429 without via", POST, 2),
        ("closed after", EDIT, 2),
        ("429 headers", EDIT, 2),
        ("truncated", EDIT, 2),
        ("503", EDIT, 2),
        ("408", EDIT, 2),
    ],
)
async def test_a_call_that_fails_costs_nobody_an_answer(
    server: DiscordServer, settings: Settings, kind: Kind, calls_: str, times: int
) -> None:
    async with connected(settings):
        server.faults.add(kind, calls_, times, seconds=0.2)
        asked = await server.say(QUESTION)
        assert RIGHT in await answered(server, asked)
    assert server.faults.happened == times


@pytest.mark.parametrize(
    ("kind", "calls_"), [("reset before", CALLBACK), ("reset after", CALLBACK), ("520", BY_TOKEN)]
)
async def test_a_command_is_answered_all_the_same(
    server: DiscordServer, settings: Settings, kind: Kind, calls_: str
) -> None:
    async with connected(settings):
        server.faults.add(kind, calls_)
        asked = await server.slash("ask", question=QUESTION)
        assert RIGHT in await answered(server, asked)


async def test_a_command_that_comes_too_late_is_answered_in_the_channel(
    server: DiscordServer, settings: Settings
) -> None:
    async with connected(settings):
        asked = await server.slash("ask", question=QUESTION)
        asked.created -= 5
        await until(lambda: [one for one in server.world.messages.values() if final(one) and RIGHT in one.text])
    assert server.world.answers_to(asked) == []


async def test_an_expired_token_is_no_obstacle(server: DiscordServer, settings: Settings) -> None:
    async with connected(settings):
        server.faults.add("slow", BY_TOKEN, seconds=1.0)
        asked = await server.slash("ask", question=QUESTION)
        await until(lambda: server.world.answers_to(asked))
        asked.created -= 1000
        assert RIGHT in await answered(server, asked)


async def test_an_event_that_comes_twice_is_answered_once(server: DiscordServer, settings: Settings) -> None:
    async with connected(settings):
        message = await server.say(QUESTION, times=2)
        command = await server.slash("ask", question=QUESTION, times=2)
        help_ = await server.slash("help", times=2)
        for asked in (message, command, help_):
            await answered(server, asked)
            assert len(server.world.answers_to(asked)) == 1


async def test_where_it_may_not_write_the_asker_is_told_directly(
    server: DiscordServer, settings: Settings
) -> None:
    async with connected(settings):
        server.world.channels[server.channel].silent = True
        await server.say(QUESTION)
        direct = server.world.direct_channel(ALICE)
        await until(lambda: [one for one in server.world.messages.values() if one.channel_id == direct.id])
    [told] = [one for one in server.world.messages.values() if one.channel_id == direct.id]
    assert told.text == reasons.CANNOT_SPEAK()


@pytest.mark.parametrize("trouble", ["429 without via", "503", "reset before"])
async def test_trouble_is_no_missing_permission(server: DiscordServer, settings: Settings, trouble: Kind) -> None:
    async with connected(settings):
        server.faults.add(trouble, POST, 3)
        asked = await server.say(QUESTION)
        assert RIGHT in await answered(server, asked)
    assert not any(reasons.CANNOT_SPEAK() in one.text for one in server.world.messages.values())


@pytest.mark.parametrize("what", ["hidden", "deleted"])
async def test_a_channel_that_is_lost_meanwhile_leaves_the_direct_way(
    server: DiscordServer, settings: Settings, what: str
) -> None:
    async with connected(settings):
        server.faults.add("slow", POST, seconds=1.0)
        await server.say(QUESTION)
        await until(
            lambda: server.world.messages and any(one.author != ALICE for one in server.world.messages.values())
        )
        setattr(server.world.channels[server.channel], what, True)
        direct = server.world.direct_channel(ALICE)
        await until(
            lambda: [
                one for one in server.world.messages.values() if one.channel_id == direct.id and RIGHT in one.text
            ]
        )


async def test_an_answer_that_is_deleted_is_posted_anew_once(server: DiscordServer, settings: Settings) -> None:
    async with connected(settings):
        server.faults.add("slow", POST, seconds=1.0)
        asked = await server.say(QUESTION)
        await until(lambda: server.world.answers_to(asked))
        server.world.answers_to(asked)[0].deleted = True
        assert RIGHT in await answered(server, asked)


async def test_where_the_question_is_deleted_too_nobody_waits(server: DiscordServer, settings: Settings) -> None:
    async with connected(settings) as bot:
        server.faults.add("slow", POST, seconds=1.0)
        asked = await server.say(QUESTION)
        await until(lambda: server.world.answers_to(asked))
        asked.deleted = server.world.answers_to(asked)[0].deleted = True
        await until(lambda: open_ones(bot.app.memory) == 0)
        assert server.world.answers_to(asked) == []


async def test_what_cannot_be_stored_is_shown_all_the_same(
    server: DiscordServer, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with connected(settings) as bot:
        with bot.app.memory.deliveries._engine.begin() as connection:
            connection.execute(text("drop table answers"))
            connection.execute(text("drop table deliveries"))
        asked = await server.say(QUESTION)
        await until(lambda: any(RIGHT in one.text for one in server.world.answers_to(asked)))
    assert not any(record.exc_info for record in caplog.records)


async def test_a_call_that_arrives_late_takes_no_answer_away(
    server: DiscordServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "_OVERTAKEN_SECONDS", 1.5)
    async with connected(settings):
        server.faults.add("late", EDIT, seconds=0.8)
        asked = await server.say(QUESTION)
        assert RIGHT in await answered(server, asked)
        await asyncio.sleep(2)
        assert RIGHT in await answered(server, asked)


async def test_after_too_long_an_outage_the_asker_is_told_and_may_ask_again(
    server: DiscordServer,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(delivering, "TOLD_WITHIN", timedelta(seconds=1))
    monkeypatch.setattr(delivering, "_TRIED_AGAIN_AFTER", timedelta(seconds=1))
    settings = settings.model_copy(update={"late_minutes": 1 / 60})
    async with connected(settings):
        server.faults.add("503", EDIT, 1e9)
        asked = await server.say(QUESTION)
        await until(lambda: server.world.answers_to(asked))
        await until(lambda: "Discord can't be reached for an answer" in caplog.text)  # it is too late now
        server.faults.clear()
        assert await answered(server, asked) == reasons.TOO_LATE()
        [message] = server.world.answers_to(asked)
        again = await server.click(message, server.world.buttons(message)[labels.ASK_AGAIN()])
        assert RIGHT in await answered(server, again)


async def test_an_outage_is_overcome(
    server: DiscordServer, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with connected(settings):
        asked = await server.say(QUESTION)
        await server.go_away()
        await asyncio.sleep(1)
        await server.come_back()
        assert RIGHT in await answered(server, asked)
        await until(lambda: server.gateway.connected)
    told = [record for record in caplog.records if record.levelno > logging.INFO]
    assert len(told) <= 1
    assert not any(record.exc_info for record in told)


async def test_questions_asked_while_no_session_was_there_are_answered(
    server: DiscordServer, settings: Settings
) -> None:
    async with connected(settings):
        before = await server.say(QUESTION)
        await answered(server, before)
        direct = await server.say(QUESTION, server.world.direct_channel(ALICE).id)
        await answered(server, direct)
        await server.gateway.invalidate()
        asked = await server.say(QUESTION)
        written = await server.say(QUESTION, server.world.direct_channel(ALICE).id)
        unasked = await server.say("Nobody is meant", mention=False)
        assert RIGHT in await answered(server, asked)
        assert RIGHT in await answered(server, written)
        assert len(finals(server, before)) == 1
        assert server.world.answers_to(unasked) == []


async def test_an_event_that_cannot_be_read_is_left_out(
    server: DiscordServer, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    async with connected(settings):
        await server.gateway.dispatch("MESSAGE_CREATE", {"id": "none"})
        await server.gateway.send_raw("{nonsense")
        asked = await server.say(QUESTION)
        assert RIGHT in await answered(server, asked)
    assert server.gateway.identified == 1
    told = [record for record in caplog.records if "can't be read" in record.getMessage()]
    assert len(told) == 2
    assert not any(record.exc_info for record in told)


@pytest.mark.parametrize("code", [4000, 4007, 4009, 1000])
async def test_a_closed_connection_is_opened_again(server: DiscordServer, settings: Settings, code: int) -> None:
    async with connected(settings):
        await server.gateway.disconnect(code)
        asked = await server.say(QUESTION)
        assert RIGHT in await answered(server, asked)


async def test_what_a_process_left_open_is_finished_by_the_next(server: DiscordServer, settings: Settings) -> None:
    async with connected(settings):
        server.faults.add("503", EDIT, 1e9)
        server.faults.add("503", BY_TOKEN, 1e9)
        message = await server.say(QUESTION)
        command = await server.slash("ask", question=QUESTION)
        await until(lambda: server.world.answers_to(message) and server.world.answers_to(command))
        live_ = live.SECONDS_TO_FINISH
        live.SECONDS_TO_FINISH = 0
    live.SECONDS_TO_FINISH = live_
    server.faults.clear()
    async with connected(settings):
        assert RIGHT in await answered(server, message)
        assert RIGHT in await answered(server, command)


async def test_an_answer_that_arrived_unknown_to_its_process_stays(
    server: DiscordServer, settings: Settings
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live, "SECONDS_TO_FINISH", 0)
        async with connected(settings):
            server.faults.add("reset after", CALLBACK)  # so that the message's id isn't known
            server.faults.add("reset after", BY_TOKEN, 1e9)
            asked = await server.slash("ask", question=QUESTION)
            await until(lambda: any(is_whole(one.texts[-1]) for one in server.world.answers_to(asked)))
    server.faults.clear()
    async with connected(settings):
        assert RIGHT in await answered(server, asked)
    assert_nothing_taken_away(server)


async def test_a_process_stopped_before_it_finishes_anothers_work_leaves_what_is_there(
    server: DiscordServer, settings: Settings
) -> None:
    adopted = asyncio.Event()

    async def never(*_: object) -> None:
        adopted.set()
        await asyncio.Event().wait()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live, "SECONDS_TO_FINISH", 0)
        async with connected(settings):
            server.faults.add("reset after", EDIT, 1e9)
            asked = await server.say(QUESTION)
            await until(lambda: any(is_whole(one.texts[-1]) for one in server.world.answers_to(asked)))
        patch.setattr(answering, "known_answer", never)
        async with connected(settings):
            await until(adopted.is_set)
    server.faults.clear()
    async with connected(settings):
        assert RIGHT in await answered(server, asked)
    assert_nothing_taken_away(server)


KINDS: tuple[Kind, ...] = (
    "429",
    "429 without via",
    "429 headers",
    "503",
    "520",
    "408",
    "html",
    "garbage",
    "truncated",
    "reset before",
    "reset after",
    "closed before",
    "closed after",
    "slow",
)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
async def test_any_sequence_of_faults_ends_with_one_answer_to_each(
    server: DiscordServer, settings: Settings, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Random questions, faults, lost connections and restarts."""
    monkeypatch.setattr(live, "SECONDS_TO_FINISH", 1)
    monkeypatch.setattr(calls, "_LONGEST_PAUSE", 1.0)
    chance = random.Random(seed)
    channels = [one.id for one in server.world.in_guild(server.world.guilds[0])]
    asked: list[Message | Interaction] = []
    for _ in range(2):
        async with connected(settings):
            for _ in range(8):
                for _ in range(chance.randint(0, 2)):
                    server.faults.add(chance.choice(KINDS), chance.choice((POST, EDIT, BY_TOKEN)), seconds=0.3)
                if chance.random() < 0.2:
                    await chance.choice(
                        (server.gateway.invalidate, server.gateway.reset, server.gateway.ask_to_reconnect)
                    )()
                times = chance.choice((1, 1, 2))
                if chance.random() < 0.5 or not server.gateway.connected:
                    asked.append(await server.say(QUESTION, chance.choice(channels), times=times))
                else:
                    asked.append(
                        await server.slash("ask", chance.choice(channels), times=times, question=QUESTION)
                    )
                await asyncio.sleep(chance.uniform(0, 0.4))
    server.faults.clear()
    async with connected(settings):
        for one in asked:
            assert RIGHT in await answered(server, one)
    assert_nothing_taken_away(server)


def is_whole(text: str) -> bool:
    """Whether a message shows the whole, right answer."""
    return RIGHT in text and not any(one in text for one in UNFINISHED)


def assert_nothing_taken_away(server: DiscordServer) -> None:
    """What a message shows never goes back from the whole answer to less."""
    for message in server.world.messages.values():
        shown = list(map(is_whole, message.texts))
        assert shown == sorted(shown), "a right answer was taken away"


def open_ones(memory: object) -> int:
    """How many deliveries are open."""
    with memory.deliveries._engine.connect() as connection:  # type: ignore[attr-defined]
        return int(connection.scalar(text("select count(*) from deliveries where state = 'open'")) or 0)


@pytest.mark.parametrize("code", [4004, 4014])
async def test_a_close_that_only_the_operator_can_mend_ends_the_bot(
    server: DiscordServer, settings: Settings, code: int
) -> None:
    server.gateway.refuses_with = code
    with pytest.raises(discord.ConnectionClosed) as closed:
        async with connected(settings):
            pass
    assert closed.value.code == code
