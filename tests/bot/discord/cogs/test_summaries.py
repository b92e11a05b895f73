"""Summaries of topics, timelines and digests in Discord, and digests that come by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.discord.speech.figures import stamp
from bot.discord.words import labels, reasons
from bot.discord.words import summaries as words
from bot.memory.schedules import ScheduledDigest
from tests.bot.discord.conftest import Town, restart
from tests.bot.discord.seen import assert_reasons, buttons_of, components_of, menu_of, said, set_locale, text_of


@pytest.fixture(autouse=True)
def only_reasons(town: Town) -> Iterator[None]:
    """Whatever was refused was refused with a reason."""
    yield
    assert_reasons(town.env, count=None)


async def test_a_topic_is_summarised_with_its_outlets_and_passages(town: Town) -> None:
    result = await town.alice.slash(town.channel, "summary topic", topic="the harbour bridge")
    told = said(result)
    assert "bridge reopened to lorries on Friday" in told
    assert "Friday: 6 March 2026" in told
    assert "1 source" in told
    assert told.count("The Harbour Post") == 1  # all that was read is cited, and named there
    [button] = [one for label, one in buttons_of(result.response.components).items() if "assages" in label]
    opened = await town.bob.click(result.response, custom_id=button)
    assert "four months of repairs" in said(opened)


async def test_a_topic_that_the_articles_know_nothing_of_is_not_summarised(town: Town) -> None:
    result = await town.alice.slash(town.channel, "summary topic", topic="volcanoes of Iceland")
    assert "too little" in said(result)


async def test_an_article_is_found_by_its_address_and_by_the_message_that_links_it(town: Town) -> None:
    address = "https://harbourpost.example/bridge?utm_source=feed#top"
    result = await town.alice.slash(town.channel, "summary article", article=address)
    assert "14 million crowns" in said(result)
    message = await town.bob.send(town.channel, f"Have you seen <{address}>?")
    link = f"https://discord.com/channels/{town.guild.id}/{town.channel.id}/{message.id}"
    result = await town.alice.slash(town.channel, "summary article", article=link)
    assert "14 million crowns" in said(result)
    result = await town.alice.context_menu(town.channel, "Summarise", message)
    assert "14 million crowns" in said(result)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Nothing to see here", words.NO_LINK()),
        ("https://elsewhere.example/story", words.NOT_IN_LIBRARY()),
    ],
)
async def test_a_message_without_an_article_of_the_library_gets_a_reason(
    town: Town, text: str, reason: str
) -> None:
    message = await town.bob.send(town.channel, text)
    result = await town.alice.context_menu(town.channel, "Summarise", message)
    assert said(result) == reason


async def test_a_message_of_another_server_is_not_read(town: Town) -> None:
    link = f"https://discord.com/channels/123456/{town.channel.id}/1"
    result = await town.alice.slash(town.channel, "summary article", article=link)
    assert said(result) == words.MESSAGE_GONE()
    other = town.env.create_guild()
    hall = other.create_text_channel("hall")
    carol = other.add_member(town.env.create_user("carol"))
    message = await carol.send(hall, "Have you seen https://harbourpost.example/bridge?")
    link = f"https://discord.com/channels/{town.guild.id}/{hall.id}/{message.id}"
    result = await town.alice.slash(town.channel, "summary article", article=link)
    assert said(result) == words.MESSAGE_GONE()


async def test_a_message_of_another_direct_message_is_not_read(town: Town) -> None:
    message = await town.bob.send_dm("Have you seen https://harbourpost.example/bridge?")
    link = f"https://discord.com/channels/@me/{message.channel.id}/{message.id}"
    assert "14 million crowns" in said(await town.bob.user.slash("summary article", article=link))
    assert said(await town.alice.user.slash("summary article", article=link)) == words.MESSAGE_GONE()


async def test_a_timeline_gives_the_days_that_the_articles_tell(town: Town) -> None:
    result = await town.alice.slash(town.channel, "timeline", topic="the harbour bridge")
    told = said(result)
    day = stamp(date(2026, 3, 6))
    assert f"\n**{day}**\n- The harbour bridge reopened to lorries on Friday" in told
    assert "\n-# [The Harbour Post]" in told
    assert "reported" not in told  # it was, on the day that stands above
    assert "Friday: 6 March" not in told  # that would say it twice


async def test_a_digest_shows_the_stories_since_a_day(town: Town) -> None:
    result = await town.alice.slash(town.channel, "digest now", since="2026-02-01")
    told = said(result)
    assert "**Harbour bridge reopens**" in told
    assert "**Ferry company sells two boats**" in told
    assert told.index("Harbour bridge") < told.index("Ferry company")
    unknown = await town.alice.slash(town.channel, "digest now", since="2026-02-01", source="Nobody Times")
    assert unknown.ephemeral
    assert "Nobody Times" in said(unknown)
    later = await town.alice.slash(town.channel, "digest now", since="2026-04-01")
    assert said(later).startswith(f"Nothing new since {stamp(date(2026, 4, 1))}.")
    assert "-# 1 · [Harbour bridge reopens] · The Harbour Post" in said(later)


async def test_where_nothing_is_new_it_is_told_since_when_and_the_newest_are_offered(town: Town) -> None:
    await town.alice.send(town.channel, f"{town.at_bot} what's new?")
    shown_ = components_of(town.channel.last_message)
    told = text_of(shown_)
    assert told.startswith("Nothing new since <t:")
    assert told.index("Harbour bridge reopens") < told.index("Ferry company sells two boats")
    assert "Harbour bridge reopens (6 March 2026)" in menu_of(shown_)
    assert labels.ASK_HERE() in buttons_of(shown_)


async def test_a_digest_ends_with_its_last_day_and_has_no_more_stories_than_asked_for(town: Town) -> None:
    result = await town.alice.slash(town.channel, "digest now", since="2026-02-01", until="2026-02-02")
    assert f"only articles until {stamp(date(2026, 2, 2))}\nNothing new since" in said(result)
    assert "Harbour bridge" not in said(result)  # it is newer
    about = {"topic": "the harbour bridge", "source": "the harbour post"}
    narrowed = said(await town.alice.slash(town.channel, "digest now", since="2026-02-01", **about))
    assert " · only articles by The Harbour Post, about the harbour bridge\n" in narrowed
    one = said(await town.alice.slash(town.channel, "digest now", since="2026-02-01", count=1))
    assert "**Harbour bridge reopens**" in one
    assert "**Ferry company sells two boats**" not in one


async def test_only_those_who_manage_the_server_schedule_and_stop(town: Town) -> None:
    refused = await town.alice.slash(town.channel, "digest schedule", every="day", hour=8)
    assert said(refused) == reasons.NOT_A_MANAGER()
    made = await town.mod.slash(town.channel, "digest schedule", every="day", hour=8, timezone="europe/amsterdam")
    assert "every day at 08:00 (Europe/Amsterdam)" in said(made)
    again = await town.mod.slash(town.channel, "digest schedule", every="week", hour=9, weekday="Monday")
    assert "every Monday at 09:00 (Europe/Amsterdam)" in said(again)  # the zone is the channel's now
    listed = await town.alice.slash(town.channel, "digest list")
    assert listed.ephemeral
    assert said(listed).count(f"<#{town.channel.id}>") == 2
    assert said(await town.alice.slash(town.channel, "digest stop", number=1)) == reasons.NOT_A_MANAGER()
    assert said(await town.mod.slash(town.channel, "digest stop", number=1)) == words.stopped(1)
    assert said(await town.mod.slash(town.channel, "digest stop", number=1)) == words.NO_SUCH_DIGEST()


async def test_what_cannot_be_scheduled_is_refused_with_a_reason(town: Town) -> None:
    weekly = await town.mod.slash(town.channel, "digest schedule", every="week", hour=8)
    assert said(weekly) == words.WEEKDAY_WANTED()
    nowhere = await town.mod.slash(town.channel, "digest schedule", every="day", hour=8, timezone="Mars/Base")
    assert "no time zone" in said(nowhere)
    offered = await town.mod.autocomplete(
        town.channel, "digest schedule", "timezone", "amsterdam", every="day", hour=8
    )
    assert [choice["value"] for choice in offered] == ["Europe/Amsterdam"]


def posts(town: Town) -> list[Any]:
    return [entry for entry in town.env.http_requests if entry.method == "POST" and _is_message(entry.path)]


def _is_message(path: str) -> bool:
    return path.startswith("/channels/") and path.endswith("/messages")


NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
"""After all articles of the newsroom came out."""


def bring_in(town: Town) -> None:
    """A new article in the library, of the day after ``NOON``."""
    folder = town.bot.settings.articles
    assert folder is not None
    (folder / "zoo.md").write_text(
        "---\ntitle: Zoo gets an elephant\nsource: Zoo Times\ndate: 2026-06-02\n---\n\n"
        "The zoo of Hollin has a new elephant called Bruno, who is four years old.",
        encoding="utf-8",
    )
    town.bot.app.library.sync([str(folder)], "shared")


async def scheduled(town: Town) -> ScheduledDigest:
    """A daily digest, set up at ``NOON``."""
    clock_at(town, NOON)
    await town.mod.slash(town.channel, "digest schedule", every="day", hour=8)
    [made] = town.bot.app.memory.schedules.listed(town.guild.id)
    return made


def clock_at(town: Town, moment: datetime) -> Any:
    cog: Any = town.bot.get_cog("Digests")
    cog.clock = lambda: moment
    return cog


async def due_now(town: Town, moment: datetime) -> None:
    """What the bot does when its clock shows ``moment``."""
    cog = clock_at(town, moment)
    await cog.post_due.coro(cog)


async def test_a_scheduled_digest_is_posted_once_and_only_when_something_is_new(town: Town) -> None:
    made = await scheduled(town)
    await due_now(town, made.due - timedelta(minutes=1))
    await due_now(town, made.due)
    assert posts(town) == []  # nothing new: nothing posted
    bring_in(town)
    next_time = made.due + timedelta(days=1)
    await due_now(town, next_time)
    await due_now(town, next_time + timedelta(minutes=1))
    [post] = posts(town)
    assert "elephant called Bruno" in text_of(post.json["components"])
    await restart(town)
    await due_now(town, next_time + timedelta(minutes=2))
    assert len(posts(town)) == 1


async def test_a_channel_that_is_closed_to_the_bot_pauses_the_digest(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await scheduled(town)
    bring_in(town)
    town.env.inject_error("POST", f"/channels/{town.channel.id}/messages", status=403, times=1)
    await due_now(town, made.due)
    [paused] = town.bot.app.memory.schedules.listed(town.guild.id)
    assert paused.paused
    set_locale(monkeypatch, person="es", server="en-US")
    assert "en pausa: no puedo escribir allí" in said(await town.alice.slash(town.channel, "digest list"))


async def test_discords_trouble_leaves_the_digest_to_be_tried_again(town: Town) -> None:
    made = await scheduled(town)
    bring_in(town)
    town.env.inject_error("POST", f"/channels/{town.channel.id}/messages", status=400, times=1)
    await due_now(town, made.due)
    [kept] = town.bot.app.memory.schedules.listed(town.guild.id)
    assert (kept.due, kept.since, kept.paused) == (made.due, made.since, None)
    await due_now(town, made.due + timedelta(minutes=5))
    assert town.bot.app.memory.schedules.listed(town.guild.id)[0].since > made.since
