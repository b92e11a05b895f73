"""/usage, and whose share is used by what is asked."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from bot.chat.budget import Asker, Cap
from bot.chat.usage import Usage
from bot.discord.live.stream import Pace
from bot.discord.pages import chart
from bot.discord.pages.chart import Row
from bot.discord.words import missing, reasons
from bot.discord.words import usage as words
from bot.discord.words.summaries import READING_ARTICLE
from bot.settings import Settings
from index.article import SHARED
from tests.bot.discord.conftest import Town
from tests.bot.discord.seen import assert_reasons, edits, parts, press, said, text_of
from tests.fakes.openai_server import OpenAIServer, running_openai_server

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=120)]


GALLERY = 12


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with running_openai_server() as running:
        yield running


@pytest.fixture
def bot_settings(bot_settings: Settings, server: OpenAIServer) -> Settings:
    """The same with a chat model, of which a server may use 1,000 tokens a day."""
    chat = {"chat_model": "small_1", "chat_base_url": server.base_url, "daily_server_tokens": 1000}
    return bot_settings.model_copy(update=chat)


async def test_usage_is_for_those_who_manage_the_server(town: Town) -> None:
    assert "usage" in town.mod.available_commands(town.channel)
    assert "usage" not in town.alice.available_commands(town.channel)
    (command,) = [c for c in await town.bot.tree.fetch_commands() if c.name == "usage"]
    town.guild.set_command_permissions(command, {town.alice: True})
    refused = await town.alice.slash(town.channel, "usage")
    assert refused.ephemeral
    assert said(refused) == reasons.NOT_A_MANAGER()
    assert_reasons(town.env, 1)


async def test_an_unused_model_has_nothing_to_tell(town: Town) -> None:
    result = await town.mod.slash(town.channel, "usage")
    assert result.ephemeral
    assert words.nothing(7) in said(result)
    assert not any(part["type"] == GALLERY for part in parts(result.response.components))
    assert "0 of 1,000 tokens" in said(result)


async def test_a_long_article_tells_what_its_summary_takes(town: Town, tmp_path: Path) -> None:
    told = "\n\n".join(
        f"The council of Orle met for the {n}th time, and spoke of bridge number {n}." for n in range(300)
    )
    (tmp_path / "council.md").write_text(f"---\ntitle: The council meets\n---\n{told}\n")
    town.bot.app.library.sync([str(tmp_path / "council.md")], SHARED)
    town.bot.live.pace = Pace(0, moving=False)  # what is shown for a moment only is shown all the same
    await town.alice.slash(town.channel, "summary article", article="The council meets")
    await town.alice.slash(town.channel, "summary article", article="Harbour bridge reopens")
    long, short = (
        [text for text in map(text_of, edits(town.env)) if title in text and READING_ARTICLE() in text]
        for title in ("The council meets", "Harbour bridge reopens")
    )
    assert all("calls to the chat model, about" in text for text in long)
    assert long
    assert short
    assert not any("calls to the chat model" in text for text in short)


async def test_what_this_server_used_is_told_by_model_and_person(town: Town) -> None:
    ledger, here, today = town.bot.app.memory.usage, str(town.guild.id), datetime.now(UTC).date()
    ledger.add(today, Asker("11", here), "small_1", Usage(300, 30, 0.5))
    ledger.add(today, Asker("12", here), "small_1", Usage(400, 40, 0.25))
    ledger.add(today - timedelta(days=5), Asker("11", here), "tiny", Usage(90, 9))
    ledger.add(today - timedelta(days=20), Asker("13", here), "tiny", Usage(5, 5))
    ledger.add(today, Asker("99", "elsewhere"), "small_1", Usage(7777, 7))
    told = said(await town.mod.slash(town.channel, "usage"))
    assert "small_1: 2 answers · 700 tokens read, 70 written · cost 0.7500" in told
    assert words.of_model("tiny", 1, Usage(90, 9)) in told
    assert told.index("<@12>") < told.index("<@11>")
    assert "<@13>" not in told
    assert "7,777" not in told
    assert "770 of 1,000 tokens" in told
    month = said(await town.mod.slash(town.channel, "usage", days=30))
    assert "<@13>" in month
    assert words.people(3, 3) in month


async def test_questions_and_ratings_of_the_days_are_drawn(town: Town, server: OpenAIServer) -> None:
    server.script(["NOT_IN_ARTICLES"])
    asked = await town.alice.slash(town.channel, "ask", question="Which colour has the moon of Neptune?")
    box = await press(town.bob, asked, missing.IT_IS_THERE())
    await town.bob.submit_modal(box, {"where": "in May"})
    told = await town.mod.slash(town.channel, "usage")
    assert words.questions((0, 1), (0, 1)) in said(told)
    (gallery,) = [part for part in parts(told.response.components) if part["type"] == GALLERY]
    assert gallery["items"][0]["description"] == words.PICTURE()
    (attachment,) = told.response.attachments
    assert attachment.filename == "usage.png"


def test_the_picture_has_a_row_for_each_thing_counted() -> None:
    days = [date(2026, 5, n) for n in range(1, 31)]
    bars = [(n % 7, n % 3) for n in range(30)]
    drawn = chart.picture(days, [Row(bars, (chart.GREEN, chart.RED)), Row([(0.25,)] * 30, (chart.BLUE,), 2)])
    with Image.open(io.BytesIO(drawn)) as image:
        colours = {colour for _, colour in image.getcolors(1 << 20) or []}
        assert image.size[0] == 880
    assert {(0x2E, 0xCC, 0x71), (0xE7, 0x4C, 0x3C), (0x58, 0x65, 0xF2)} <= colours
    with Image.open(io.BytesIO(chart.picture(days[:1], [Row([(0, 0)], (chart.GREEN, chart.RED))]))) as empty:
        assert (0x2E, 0xCC, 0x71) not in {colour for _, colour in empty.getcolors(1 << 20) or []}


async def test_a_question_counts_for_its_server_and_its_asker(town: Town, server: OpenAIServer) -> None:
    server.script(["NOT_IN_ARTICLES"])
    await town.alice.slash(town.channel, "ask", question="What did the repairs of the harbour bridge cost?")
    (line,) = town.bot.app.memory.usage.lines(datetime.now(UTC).date())
    assert (line.server, line.user) == (str(town.guild.id), str(town.alice.id))
    assert (line.used.prompt_tokens, line.used.completion_tokens) == (10, 5)


async def test_a_summary_counts_too(town: Town, server: OpenAIServer) -> None:
    server.script(["NOT_IN_ARTICLES"])
    await town.alice.slash(town.channel, "summary article", article="ferry company")
    (line,) = town.bot.app.memory.usage.lines(datetime.now(UTC).date())
    assert (line.server, line.user) == (str(town.guild.id), str(town.alice.id))


def test_a_share_may_be_unlimited_or_in_money() -> None:
    anew = datetime(2026, 11, 25, tzinfo=UTC)
    assert "not limited" in words.share(Usage(), Cap(), anew)
    assert "0.2500 of 2.00 in money" in words.share(Usage(1, 1, 0.25), Cap(cost=2), anew)
