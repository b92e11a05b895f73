"""What can be done where the articles don't hold an answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.discord.words import missing as words
from bot.discord.words import sharing
from bot.memory.preferences.subscriptions import MOST, Subscription
from index.article import SHARED
from tests.bot.discord.conftest import Town, restart
from tests.bot.discord.seen import (
    assert_reasons,
    buttons_of,
    choose,
    components_of,
    links_of,
    menu_of,
    press,
    said,
    shown,
    text_of,
)

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=120)]

QUESTION = "How old is Bruno, the new elephant of the zoo?"
ZOO = "---\ntitle: The zoo has an elephant\nurl: https://zoo.example/bruno\n---\n\n"
ZOO += "Bruno, the new elephant of the zoo, is four years old, the keeper said."


def add_article(town: Town, folder: Path) -> None:
    (folder / "zoo.md").write_text(ZOO)
    assert town.bot.app.library.sync([str(folder / "zoo.md")], SHARED).added == 1


def waiting(town: Town) -> int:
    return len(town.bot.app.memory.subscriptions.all())


async def test_what_was_searched_is_told_and_what_can_be_done(town: Town) -> None:
    told = await town.alice.slash(town.channel, "ask", question=QUESTION)
    assert "-# Searched 3 articles, 2026 to March 2026, no filter" in shown(told)
    row = [words.TELL_ME(), words.SUGGEST(), words.IT_IS_THERE(), "Ask on", "⋯"]
    assert list(buttons_of(told.response.components)) == row


async def test_who_waits_is_told_once_where_they_asked(town: Town, tmp_path: Path) -> None:
    told = await town.alice.slash(town.channel, "ask", question=QUESTION)
    await restart(town)
    noted = await press(town.alice, told, words.TELL_ME())
    assert noted.ephemeral
    assert shown(noted) == words.TOLD_ONCE()
    await press(town.alice, told, words.TELL_ME())
    assert waiting(town) == 1
    before = len(town.channel.history())
    await town.env.advance_time(61)
    assert len(town.channel.history()) == before
    add_article(town, tmp_path)
    await town.env.advance_time(61)
    await town.env.advance_time(61)
    (message,) = town.channel.history()[before:]
    text = text_of(components_of(message))
    assert text.startswith(words.ANSWERED_NOW(person=f"<@{town.alice.id}>"))
    assert "four years old" in text
    assert message._message.ping_user_ids == {town.alice.id} if hasattr(message, "_message") else True
    assert "Read the passages" in buttons_of(components_of(message))
    assert waiting(town) == 0


async def test_waiting_can_be_taken_back_there_and_in_the_preferences(town: Town) -> None:
    told = await town.alice.slash(town.channel, "ask", question=QUESTION)
    noted = await press(town.alice, told, words.TELL_ME())
    await press(town.alice, noted, words.TAKE_BACK())
    assert shown(noted) == words.TAKEN_BACK()
    assert waiting(town) == 0
    await press(town.alice, told, words.TELL_ME())
    panel = await town.alice.slash(town.channel, "preferences")
    assert QUESTION in menu_of(panel.response.components)
    await choose(town.alice, panel, ":waiting", menu_of(panel.response.components)[QUESTION])
    assert waiting(town) == 0


async def test_a_private_question_is_told_to_the_asker_alone(town: Town, tmp_path: Path) -> None:
    told = await town.alice.slash(town.channel, "ask", question=QUESTION, private=True)
    await press(town.alice, told, words.TELL_ME())
    before = len(town.channel.history())
    add_article(town, tmp_path)
    await town.env.advance_time(61)
    assert len(town.channel.history()) == before
    written = text_of(components_of(town.alice.user.dm_channel.last_message))
    assert f"<#{town.channel.id}>" in written
    assert "Bruno" in written
    assert "four years" not in written


async def test_forgetting_somebody_ends_what_they_wait_for(town: Town) -> None:
    told = await town.alice.slash(town.channel, "ask", question=QUESTION)
    await press(town.alice, told, words.TELL_ME())
    await town.alice.slash(town.channel, "forget")
    assert waiting(town) == 0
    gone = await press(town.alice, told, words.TELL_ME())
    assert said(gone) == words.GONE()


async def test_nobody_waits_for_too_much(town: Town) -> None:
    told = await town.alice.slash(town.channel, "ask", question=QUESTION)
    for n in range(MOST):
        wanted = Subscription(town.alice.id, town.guild.id, town.channel.id, False, f"Who is number {n}?", 0)
        assert town.bot.app.memory.subscriptions.add(wanted)
    refused = await press(town.alice, told, words.TELL_ME())
    assert said(refused) == words.TOO_MANY(count=MOST)


async def suggest(town: Town, told: Any, address: str) -> Any:
    box = await press(town.alice, told, words.SUGGEST())
    return await town.alice.submit_modal(box, {"address": address, "why": "It tells **all** of @everyone"})


async def test_a_suggestion_stands_in_the_channel_for_the_curators(town: Town) -> None:
    told = await town.alice.slash(town.channel, "ask", question=QUESTION)
    for unfit in ("the paper of Tuesday", "https://localhost/bruno"):  # Discord takes no such link on a button
        refused = await suggest(town, told, unfit)
        assert "no web address" in said(refused)
    thanked = await suggest(town, told, "https://zoo.example/bruno")
    assert thanked.ephemeral
    assert shown(thanked) == words.SUGGESTED()
    card = town.channel.last_message
    text = text_of(components_of(card))
    assert QUESTION in text
    assert "\\*\\*all\\*\\*" in text
    assert links_of(components_of(card)) == ["https://zoo.example/bruno"]
    buttons = buttons_of(components_of(card))
    for label in (words.ADD(), words.DECLINE()):
        assert "curators" in said(await town.bob.click(card, custom_id=buttons[label]))
    taken = await town.mod.click(card, custom_id=buttons[words.ADD()])
    assert "https" in said(taken) or "zoo.example" in said(taken)  # there is no such site: it was tried
    await town.mod.click(card, custom_id=buttons[words.DECLINE()])
    now = next(one for one in town.channel.history() if one.id == card.id)
    assert text_of(components_of(now)) == words.DECLINED(person=f"<@{town.mod.id}>")
    assert_reasons(town.env, count=None)


async def test_a_private_question_is_not_told_with_the_suggestion(town: Town) -> None:
    told = await town.alice.slash(town.channel, "ask", question=QUESTION, private=True)
    await suggest(town, told, "https://zoo.example/bruno")
    assert QUESTION not in text_of(components_of(town.channel.last_message))
    directly = await town.alice.user.slash("ask", question=QUESTION)
    suggest_it = buttons_of(directly.response.components)[words.SUGGEST()]
    box = await town.alice.user.click(directly.response, custom_id=suggest_it)
    refused = await town.alice.user.submit_modal(box, {"address": "https://zoo.example/bruno"})
    assert said(refused) == words.NO_CURATORS()


async def test_it_is_there_is_noted_for_whoever_runs_the_bot(town: Town) -> None:
    told = await town.alice.slash(town.channel, "ask", question=QUESTION)
    box = await press(town.bob, told, words.IT_IS_THERE())
    await town.bob.submit_modal(box, {"where": "the article of May"})
    (rated,) = town.bot.app.memory.ratings.rated()
    assert (rated.unhelpful, rated.reasons) == (1, ("It is there: the article of May",))


async def test_a_private_answer_is_shared_by_who_asked_it(town: Town) -> None:
    asked = "When did the harbour bridge reopen to lorries?"
    told = await town.alice.slash(town.channel, "ask", question=asked, private=True)
    more = await press(town.alice, told, "⋯")
    await restart(town)
    await press(town.alice, more, sharing.SHARE())
    shared = text_of(components_of(town.channel.last_message))
    assert shared.startswith(f"### {asked}")
    assert shared.endswith(sharing.SHARED(person=f"<@{town.alice.id}>"))
    passages = buttons_of(components_of(town.channel.last_message))["Read the passages"]
    assert "harbour" in said(await town.bob.click(town.channel.last_message, custom_id=passages))


async def test_behind_the_dots_are_a_timeline_and_a_summary_for_anybody(town: Town) -> None:
    told = await town.alice.slash(town.channel, "ask", question="When did the harbour bridge reopen to lorries?")
    more = await press(town.bob, told, "⋯")
    assert more.response
    assert list(buttons_of(more.response.components)) == [sharing.TIMELINE(), sharing.SUMMARISE()]
    for label in (sharing.TIMELINE(), sharing.SUMMARISE()):
        opened = await press(town.bob, more, label)
        assert opened.ephemeral
        assert "bridge" in said(opened)
