"""The button that shows the passages: to the right people, and after a restart."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.discord.pages.page import Mood
from bot.discord.speech.figures import stamp
from bot.discord.words import answering, labels, reasons
from tests.bot.discord.conftest import Town, restart
from tests.bot.discord.examples import answer, citation
from tests.bot.discord.newsroom import ARTICLES
from tests.bot.discord.seen import (
    buttons_of,
    colour_of,
    components_of,
    links_of,
    press,
    shown,
)

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=120)]

QUESTION = "When did the harbour bridge reopen to lorries?"


async def test_the_button_shows_the_quoted_words_in_bold_to_whoever_pressed(town: Town) -> None:
    result = await town.alice.slash(town.channel, "ask", question=QUESTION)
    opened = await press(town.bob, result, labels.SHOW_PASSAGES())
    assert opened.ephemeral
    said = shown(opened)
    day = stamp(date(2026, 3, 6))
    assert f"1 · **Harbour bridge reopens**\n-# The Harbour Post · {day}" in said
    assert "**The harbour bridge reopened to lorries on Friday after four months of repairs.**" in said
    assert opened.response
    assert any("harbourpost.example" in url for url in links_of(opened.response.components))


async def test_the_button_works_after_a_restart(town: Town) -> None:
    result = await town.alice.slash(town.channel, "ask", question=QUESTION)
    await restart(town)
    opened = await press(town.alice, result, labels.SHOW_PASSAGES())
    assert "reopened to lorries on Friday after four months of repairs.**" in shown(opened)


async def test_a_restart_tells_discord_the_commands_only_if_it_has_others(town: Town) -> None:
    def syncs() -> int:
        return sum(entry.method == "PUT" and entry.path.endswith("/commands") for entry in town.env.http_requests)

    assert syncs() == 1
    await restart(town)
    assert syncs() == 1
    assert town.bot.application_id
    await town.bot.http.bulk_upsert_global_commands(town.bot.application_id, [])  # somebody else's doing
    assert syncs() == 2
    await restart(town)
    assert syncs() == 3


async def test_the_button_in_a_direct_message_works_for_its_user(town: Town) -> None:
    await town.alice.send_dm(QUESTION)
    message = town.alice.user.dm_channel.last_message
    custom_id = buttons_of(components_of(message))[labels.SHOW_PASSAGES()]
    opened = await town.alice.user.click(message, custom_id=custom_id)
    assert "reopened to lorries on Friday after four months of repairs.**" in shown(opened)


async def posted(town: Town, kept_for: str, found: Any, whole: bool = False) -> Any:
    """A message of the bot whose button belongs to an answer given in the place ``kept_for``."""
    from bot.discord.buttons.views import PassagesButton
    from bot.discord.components.page_view import page_view
    from bot.discord.pages.page import notice
    from bot.memory.answers import new_answer_id

    answer_id = new_answer_id()
    town.bot.app.memory.answers.keep(answer_id, kept_for, found)
    channel = town.bot.get_channel(town.channel.id)
    await channel.send(view=page_view(notice("Answer", Mood.DONE), PassagesButton(answer_id, whole)))  # type: ignore[union-attr]
    await town.env.settle()
    return town.channel.last_message


async def opened(town: Town, message: Any) -> Any:
    (custom_id,) = buttons_of(components_of(message)).values()
    return await town.alice.click(message, custom_id=custom_id)


@pytest.mark.parametrize("place", ["guild:1", "user:1"])
async def test_an_answer_of_another_place_stays_closed(town: Town, place: str) -> None:
    result = await opened(town, await posted(town, place, answer()))
    assert result.ephemeral
    assert shown(result) == reasons.ANSWER_GONE()
    assert colour_of(result.response.components) == Mood.FAILED.value


async def test_passages_of_another_servers_articles_are_not_read(town: Town) -> None:
    library = town.bot.app.library
    folder = town.bot.settings.home / "own"
    folder.mkdir()
    (folder / "secret.md").write_text(
        "---\ntitle: Minutes\n---\n\nThe zeppelin club elected Marta Quist as its head."
    )
    library.sync([str(folder)], "4711")
    (hit,) = library.search("zeppelin club", ("4711",), 1)
    found = answer(1, citations=(citation(1, passage_id=hit.passage.id, quote="(not there)"),))
    result = await opened(town, await posted(town, f"guild:{town.guild.id}", found))
    assert "Marta Quist" not in shown(result)
    assert answering.PASSAGE_GONE() in shown(result)


async def test_a_changed_article_leaves_the_words_that_were_cited(town: Town) -> None:
    result = await town.alice.slash(town.channel, "ask", question=QUESTION)
    folder = town.bot.settings.articles
    assert folder is not None
    (folder / "bridge.md").write_text(ARTICLES["bridge.md"].replace("on Friday", "on Saturday"), encoding="utf-8")
    town.bot.app.library.sync([str(folder)], "shared")
    pressed = await press(town.alice, result, labels.SHOW_PASSAGES())
    assert "> **The harbour bridge reopened to lorries on Friday" in shown(pressed)
    assert answering.PASSAGE_GONE() in shown(pressed)


async def test_many_passages_are_turned_like_pages(town: Town) -> None:
    message = await posted(town, f"guild:{town.guild.id}", answer(20))
    first = await opened(town, message)
    assert answering.page_number(1, 4) in shown(first)
    assert set(buttons_of(first.response.components)) == {labels.NEXT()}
    second = await press(town.alice, first, labels.NEXT())
    assert answering.page_number(2, 4) in shown(first)
    assert set(buttons_of(first.response.components)) == {labels.BACK(), labels.NEXT()}
    assert second.acknowledged
    await press(town.alice, first, labels.BACK())
    assert answering.page_number(1, 4) in shown(first)
    assert len(town.channel.history(viewer=town.alice)) == 2


async def test_an_error_behind_the_button_is_told(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    result = await town.alice.slash(town.channel, "ask", question=QUESTION)
    town.bot.app.memory.answers.recall = None  # type: ignore[method-assign, assignment]
    pressed = await press(town.alice, result, labels.SHOW_PASSAGES())
    (incident,) = [record for record in caplog.records if record.getMessage().startswith("Incident")]
    assert isinstance(incident.args, tuple)
    assert reasons.UNEXPECTED(incident=str(incident.args[0])) == shown(pressed)
