"""The operator's commands while the bot has the library open."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from bot.answer.answer import Answer
from bot.operator.client import connected, hand_over
from index.search import Filters
from tests.bot.discord.conftest import Town

pytestmark = pytest.mark.slow


async def test_the_bot_does_what_the_command_line_asks_for_until_it_is_closed(town: Town) -> None:
    home, day = town.bot.settings.home, date.today()
    connection = await asyncio.to_thread(connected, home)
    assert connection
    asked = ("How many steel cables were replaced?", Filters(), None, day)
    told = await asyncio.to_thread(hand_over, connection, "ask", asked, {}, None)
    assert isinstance(told, tuple)
    answer, points = told
    assert isinstance(answer, Answer)
    assert "nine of its steel cables" in answer.text
    assert points is None
    await town.bot.close()
    assert connected(home) is None
