"""Asking, as people do it: /ask, a mention, a reply, a direct message."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from pydantic import SecretStr
from sqlalchemy import text

from bot.discord.components.choices import MENU
from bot.discord.pages.page import Mood
from bot.discord.words import answering, labels, reasons, sharing
from bot.discord.words.summaries import ARTICLE_GONE
from tests.bot.discord.conftest import Town, restart, slow_down
from tests.bot.discord.seen import (
    addresses_in,
    assert_reasons,
    buttons_of,
    colour_of,
    components_of,
    edits,
    menu_of,
    pinged,
    press,
    shown,
    text_of,
)

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=60)]

QUESTION = "When did the harbour bridge reopen to lorries?"
UNKNOWN = "Which colour has the moon of Neptune?"
BOATS = "Who sold two boats to a buyer in Lisbon?"


def last_text(channel: Any) -> str:
    message = channel.last_message
    assert message is not None
    return text_of(components_of(message))


async def test_a_question_is_acknowledged_first_and_answered_with_citations(town: Town) -> None:
    before = len(town.env.http_requests)
    result = await town.alice.slash(town.channel, "ask", question=QUESTION)
    first, *later = town.env.http_requests[before:]
    assert first.json
    assert first.method == "POST"
    assert first.path.endswith("/callback")
    assert answering.READING() in text_of(first.json["data"]["components"])
    assert {entry.method for entry in later} == {"PATCH"}
    assert result.acknowledged
    assert not result.ephemeral
    said = shown(result)
    assert said.startswith(f"### {QUESTION}\n-# 1 source · as of <t:")
    assert "reopened to lorries on Friday" in said
    assert "-# 1 · [Harbour bridge reopens](https://harbourpost.example/bridge) · The Harbour Post · <t:" in said
    components = result.response.components
    assert colour_of(components) == Mood.DONE.value
    row = [labels.SHOW_PASSAGES(), labels.ASK_ON(), labels.HELPFUL(), labels.UNHELPFUL(), labels.MORE]
    assert list(buttons_of(components)) == row
    assert any("harbourpost.example/bridge#:~:text=" in url for url in addresses_in(components))
    assert "[¹](" in said


async def test_an_answer_grows_before_everybodys_eyes(town: Town) -> None:
    slow_down(town, 90)
    before = len(edits(town.env))
    result = await town.alice.slash(town.channel, "ask", question="The lighthouse keeper and the harbour bridge")
    assert answering.READING() in shown(result)
    for _ in range(12):
        await town.env.advance_time(30)
    growth = [text_of(components) for components in edits(town.env)[before:]]
    assert len(growth) >= 2
    assert answering.WRITING() in growth[0]
    assert answering.WRITING() not in growth[-1]
    assert len(growth[0]) < len(growth[-1])
    colours = [colour_of(components) for components in edits(town.env)[before:]]
    assert colours[0] == Mood.WORKING.value
    assert colours[-1] == Mood.DONE.value


async def test_who_asked_stops_an_answer_and_keeps_what_is_written(town: Town) -> None:
    slow_down(town, 90)
    result = await town.alice.slash(town.channel, "ask", question="The lighthouse keeper and the harbour bridge")
    assert list(buttons_of(result.response.components)) == [labels.STOP()]
    refused = await press(town.bob, result, labels.STOP())
    assert shown(refused) == labels.NOT_YOURS()
    for _ in range(4):
        await town.env.advance_time(30)
    assert answering.WRITING() in shown(result)
    await press(town.alice, result, labels.STOP())
    await town.env.advance_time(2)
    assert answering.WRITING() not in shown(result)
    assert labels.STOPPED() in shown(result)
    assert labels.HELPFUL() in buttons_of(result.response.components)


async def test_stopping_before_anything_is_written_says_so(town: Town) -> None:
    slow_down(town, 300)
    result = await town.alice.slash(town.channel, "ask", question=QUESTION)
    assert result.response
    moderators = town.guild.create_role("moderators", permissions=discord.Permissions(manage_messages=True))
    moderator = town.guild.add_member(town.env.create_user("moderator"), roles=[moderators])
    await press(moderator, result, labels.STOP())
    await town.env.advance_time(2)
    assert shown(result) == labels.STOPPED()
    assert not buttons_of(result.response.components)


async def test_who_asked_deletes_an_answer_also_after_a_restart(town: Town) -> None:
    result = await town.alice.slash(town.channel, "ask", question=QUESTION)
    await restart(town)
    others = await press(town.bob, result, labels.MORE)
    assert others.response
    assert labels.DELETE() not in buttons_of(others.response.components)
    offered = await press(town.alice, result, labels.MORE)
    assert offered.ephemeral
    deleted = await press(town.alice, offered, labels.DELETE())
    assert deleted.acknowledged
    assert shown(offered) == labels.DELETED()
    assert list(town.channel.history()) == []
    assert offered.response
    assert not buttons_of(offered.response.components)


async def test_an_answer_that_takes_more_than_a_quarter_of_an_hour_still_arrives(town: Town) -> None:
    slow_down(town, 1000)
    result = await town.alice.slash(town.channel, "ask", question=QUESTION)
    for _ in range(4):
        await town.env.advance_time(1000)
    assert "reopened to lorries on Friday" in shown(result)
    assert colour_of(result.response.components) == Mood.DONE.value
    assert not pinged(town.env)


async def test_an_answer_whose_message_is_deleted_is_given_up(town: Town) -> None:
    slow_down(town, 90)
    await town.alice.slash(town.channel, "ask", question="The lighthouse keeper and the harbour bridge")
    town.env.inject_error("PATCH", "/webhooks/*/messages/@original", status=404, code=10008, times=None)
    before = len(edits(town.env))
    for _ in range(12):
        await town.env.advance_time(30)
    assert len(edits(town.env)) - before == 1


async def test_two_people_asking_at_once_get_an_answer_each(town: Town) -> None:
    slow_down(town, 90)
    one = await town.alice.slash(town.channel, "ask", question=QUESTION)
    await town.env.advance_time(30)
    other = await town.bob.slash(town.channel, "ask", question="Who sold two boats to a buyer in Lisbon?")
    assert answering.READING() in shown(other)
    for _ in range(12):
        await town.env.advance_time(60)
    assert "reopened to lorries on Friday" in shown(one)
    assert "Nordvik sold two of its boats" in shown(other)
    assert answering.WRITING() not in shown(one) + shown(other)


async def test_a_mention_is_answered_as_a_reply(town: Town) -> None:
    asked = await town.alice.send(town.channel, f"{town.at_bot} {QUESTION}")
    answer = town.channel.last_message
    assert answer.reference.message_id == asked.id
    assert "reopened to lorries on Friday" in last_text(town.channel)
    assert QUESTION not in last_text(town.channel)
    assert labels.SHOW_PASSAGES() in buttons_of(components_of(answer))


async def test_a_reply_that_mentions_the_bot_is_a_question(town: Town) -> None:
    await town.alice.send(town.channel, f"{town.at_bot} {QUESTION}")
    first = town.channel.last_message
    await town.bob.send(town.channel, f"{town.at_bot} Who sold two boats to a buyer in Lisbon?", reply_to=first)
    assert town.channel.last_message.id != first.id
    assert "Nordvik sold two of its boats" in last_text(town.channel)


async def test_what_is_not_addressed_to_the_bot_is_left_alone(town: Town) -> None:
    await town.alice.send(town.channel, QUESTION)
    await town.alice.send(town.channel, f"@everyone {QUESTION}")
    robot = town.guild.add_member(town.env.create_user("robot", bot=True))
    await robot.send(town.channel, f"{town.at_bot} {QUESTION}")
    assert [message.author.id for message in town.channel.history()] == [town.alice.id, town.alice.id, robot.id]


@pytest.mark.parametrize("rest", ["", " ?", " help"])
async def test_a_mention_without_a_question_says_what_to_do(town: Town, rest: str) -> None:
    await town.alice.send(town.channel, f"{town.at_bot}{rest}")
    assert last_text(town.channel) == answering.NO_QUESTION()
    assert set(buttons_of(components_of(town.channel.last_message))) == {labels.ASK_HERE()}


async def test_a_direct_message_is_a_question(town: Town) -> None:
    await town.alice.send_dm(QUESTION)
    assert "reopened to lorries on Friday" in last_text(town.alice.user.dm_channel)
    result = await town.alice.user.slash("ask", question="Who sold two boats to a buyer in Lisbon?")
    assert "Nordvik sold two of its boats" in shown(result)


async def test_a_server_sees_its_own_articles_and_the_shared_ones_only(town: Town) -> None:
    folder = town.bot.settings.home / "own"
    folder.mkdir()
    (folder / "secret.md").write_text(
        "---\ntitle: Minutes\n---\n\nThe zeppelin club elected Marta Quist as its head."
    )
    town.bot.app.library.sync([str(folder)], str(town.guild.id))
    elsewhere = town.env.create_guild()
    hall = elsewhere.create_text_channel("hall")
    carol = elsewhere.add_member(town.env.create_user("carol"))
    question = "Whom did the zeppelin club elect as its head?"
    assert "Marta Quist" in shown(await town.alice.slash(town.channel, "ask", question=question))
    assert "Marta Quist" not in shown(await carol.slash(hall, "ask", question=question))
    await town.alice.send_dm(question)
    assert "Marta Quist" not in last_text(town.alice.user.dm_channel)


async def test_what_the_articles_do_not_say_is_not_answered(town: Town) -> None:
    result = await town.alice.slash(town.channel, "ask", question=UNKNOWN)
    assert answering.ABSTAINED() in shown(result)
    assert colour_of(result.response.components) == Mood.ABSTAINED.value
    assert labels.SHOW_PASSAGES() not in buttons_of(result.response.components)


async def test_an_answer_is_rated_by_its_thumbs_also_after_a_restart(town: Town) -> None:
    for question in (QUESTION, BOATS):
        result = await town.alice.slash(town.channel, "ask", question=question)
        thumbs = buttons_of(result.response.components)
        box = await town.bob.click(result.response, custom_id=thumbs[labels.UNHELPFUL()])
        rated = await town.bob.submit_modal(
            box, {"reason": [labels.REASONS[2].english], "words": "It closed again."}
        )
        assert rated.ephemeral
        assert shown(rated) == labels.RATED()
    await restart(town)
    await town.alice.click(result.response, custom_id=thumbs[labels.HELPFUL()])
    rated = town.bot.app.memory.ratings.rated()
    found = [(one.answer.question, one.helpful, one.unhelpful) for one in rated]
    assert found == [(BOATS, 1, 1), (QUESTION, 0, 1)]
    assert {one.reasons for one in rated} == {("Outdated: It closed again.",)}
    await town.bob.slash(town.channel, "forget")
    assert [one.answer.question for one in town.bot.app.memory.ratings.rated()] == [BOATS]


async def test_the_main_points_of_a_nearest_article_are_one_choice_away(town: Town) -> None:
    folder = town.bot.settings.home / "own"
    folder.mkdir()
    (folder / "stars.md").write_text(
        f"---\ntitle: Stars over {'very ' * 30}far hills\n---\n\nAn observatory on the coast bought a larger dome."
    )
    town.bot.app.library.sync([str(folder)], str(town.guild.id))
    result = await town.alice.slash(town.channel, "ask", question=UNKNOWN)
    assert answering.ABSTAINED() in shown(result)
    offered = menu_of(result.response.components)
    [stars] = [value for label, value in offered.items() if label.startswith("Stars over very")]
    chosen = await town.bob.select(result.response, [stars], custom_id=MENU)
    assert chosen.ephemeral
    assert "An observatory on the coast bought a larger dome." in shown(chosen)
    town.bot.app.library.remove(str(town.guild.id), stars)
    gone = await town.bob.select(result.response, [stars], custom_id=MENU)
    assert shown(gone) == ARTICLE_GONE()


async def test_nothing_in_an_article_pings_or_renders(town: Town) -> None:
    question = "What did the lighthouse keeper write on the wall?"
    result = await town.alice.slash(town.channel, "ask", question=question)
    said = shown(result)
    assert r"\@everyone" in said
    for mark in ("<@", " @everyone", "](https://evil", "|| hidden", "<t:0"):
        assert mark not in said.replace("\\" + mark, "").replace(r"\<\@", "")
    opened = await press(town.alice, result, labels.SHOW_PASSAGES())
    assert r"\*\*bold\*\* words, \|\|hidden\|\| ones" in shown(opened)
    await town.bob.send(town.channel, f"{town.at_bot} {question}")
    assert r"\@everyone" in last_text(town.channel)
    assert not pinged(town.env)
    for entry in town.env.http_requests:
        sent = (entry.json or {}).get("data", entry.json or {}) if isinstance(entry.json, dict) else {}
        if "components" in sent:
            assert sent["allowed_mentions"]["parse"] == []


async def test_questions_that_cannot_be_answered_get_a_reason(town: Town) -> None:
    long = await town.alice.slash(town.channel, "ask", question="why " * 1500)
    assert long.ephemeral
    assert colour_of(long.response.components) == Mood.FAILED.value
    assert "1,000" in shown(long) or "1000" in shown(long)
    blank = await town.alice.slash(town.channel, "ask", question="  ")
    assert blank.ephemeral
    assert colour_of(blank.response.components) == Mood.FAILED.value
    assert_reasons(town.env, 2)
    mention = await town.alice.send(town.channel, f"{town.at_bot} " + "why " * 480)
    assert town.channel.last_message.reference.message_id == mention.id
    assert "1,000" in last_text(town.channel) or "1000" in last_text(town.channel)


async def test_dates_and_outlet_narrow_the_search(town: Town) -> None:
    late = await town.alice.slash(town.channel, "ask", question=QUESTION, since="2026-03-07")
    assert "reopened to lorries" not in shown(late)
    fitting = await town.alice.slash(
        town.channel, "ask", question=QUESTION, source="The Harbour Post", since="2026-03-01", until="2026-03-31"
    )
    assert "reopened to lorries on Friday" in shown(fitting)


async def test_an_answer_may_be_for_the_asker_alone(town: Town) -> None:
    result = await town.alice.slash(town.channel, "ask", question=QUESTION, private=True)
    assert result.ephemeral
    assert "reopened to lorries on Friday" in shown(result)
    more = await press(town.alice, result, labels.MORE)
    assert shown(more) == sharing.MORE_OF_YOURS(share=sharing.SHARE())


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"source": "The Harbor Post"}, reasons.no_such_outlet("The Harbor Post", ["The Harbour Post"])),
        ({"since": "some day"}, reasons.bad_date("since", "some day")),
        ({"until": "31/12/2026"}, reasons.bad_date("until", "31/12/2026")),
        ({"since": "2026-02-01", "until": "2026-01-01"}, "Swap the two."),
    ],
)
async def test_an_unusable_filter_gets_a_private_reason(town: Town, options: dict[str, str], reason: str) -> None:
    result = await town.alice.slash(town.channel, "ask", question=QUESTION, **options)
    assert result.ephemeral
    assert reason in shown(result)
    assert_reasons(town.env)


async def test_outlets_are_offered_while_typing(town: Town) -> None:
    offered = await town.alice.autocomplete(town.channel, "ask", "source", "", question="x")
    assert [choice["name"] for choice in offered] == ["<@&1> Pranks", "Coast Daily", "The Harbour Post"]
    offered = await town.alice.autocomplete(town.channel, "ask", "source", "coast", question="x")
    assert [choice["value"] for choice in offered] == ["Coast Daily"]


async def test_a_broken_store_is_a_reason_with_a_number_not_silence(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    with town.bot.app.library.registry.engine.begin() as connection:
        connection.execute(text("drop table passages"))
    result = await town.alice.slash(town.channel, "ask", question=QUESTION)
    assert colour_of(result.response.components) == Mood.FAILED.value
    (incident,) = [record for record in caplog.records if record.getMessage().startswith("Incident")]
    assert isinstance(incident.args, tuple)
    assert shown(result) == reasons.UNEXPECTED(incident=str(incident.args[0]))


async def test_an_edit_that_fails_is_made_again(town: Town) -> None:
    town.env.inject_error("PATCH", "/webhooks/*/messages/@original", status=500, times=1)
    result = await town.alice.slash(town.channel, "ask", question=QUESTION)
    assert "reopened to lorries on Friday" in shown(result)


async def test_where_the_bot_may_not_write_the_asker_is_told_directly(town: Town) -> None:
    silent = discord.PermissionOverwrite(send_messages=False)
    closed = town.guild.create_text_channel("closed", overwrites={town.bot.user: silent})
    await town.alice.send(closed, f"{town.at_bot} {QUESTION}")
    assert last_text(town.alice.user.dm_channel) == reasons.CANNOT_SPEAK()


async def test_where_replying_is_impossible_the_channel_gets_the_answer(town: Town) -> None:
    hidden = discord.PermissionOverwrite(read_message_history=False)
    channel = town.guild.create_text_channel("no-history", overwrites={town.bot.user: hidden})
    await town.alice.send(channel, f"{town.at_bot} {QUESTION}")
    assert "reopened to lorries on Friday" in last_text(channel)


async def test_a_bot_that_is_stopped_says_so_and_goes_on_after_the_restart(town: Town) -> None:
    slow_down(town, 90)
    result = await town.alice.slash(town.channel, "ask", question=QUESTION)
    assert answering.READING() in shown(result)
    await town.bot.close()
    assert shown(result) == reasons.PAUSED()
    await restart(town)
    await town.env.advance_time(30)
    assert "reopened to lorries on Friday" in shown(result)


async def test_an_unreachable_chat_model_is_told_and_the_articles_are_quoted(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.call._FIRST_PAUSE", 0)  # simcord gives up on a pause within a generator
    nobody = "http://127.0.0.1:1/v1"
    await restart(town, chat_model="openai:any", chat_base_url=nobody, chat_api_key=SecretStr("key"))
    result = await town.alice.slash(town.channel, "ask", question=QUESTION)
    assert "reopened to lorries on Friday" in shown(result)
    assert answering.CLOSEST() in shown(result)
    assert "The articles are quoted instead." in shown(result)
