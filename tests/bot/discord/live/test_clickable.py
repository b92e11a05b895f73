"""Commands that the bot names can be clicked; those that somebody else wrote can't."""

from __future__ import annotations

import pytest

from bot.discord.components.page_view import page_view
from bot.discord.live.clickable import clickable
from bot.discord.pages.markdown import escape
from bot.discord.pages.page import Mood, notice
from tests.bot.discord.seen import parts

IDS = {"ask": 5, "digest now": 6}


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ("Ask with **/ask**, or **/digest now**.", "Ask with </ask:5>, or </digest now:6>."),
        ("**/library add** is a group, **/gone** is gone.", "**/library add** is a group, **/gone** is gone."),
        (escape("The article says **/ask**."), escape("The article says **/ask**.")),
    ],
)
def test_what_is_clickable(told: str, seen: str) -> None:
    view = page_view(notice(told, Mood.DONE))
    for _ in range(2):  # a view may be shown again
        clickable(view, IDS)
        components = view.to_components()  # type: ignore[no-untyped-call]  # discord.py has no types
        assert [part["content"] for part in parts(components) if part["type"] == 10] == [seen]


def test_nothing_is_shown_while_the_bot_thinks() -> None:
    clickable(None, IDS)
