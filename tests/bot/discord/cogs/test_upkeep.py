"""The bot keeps the folder of articles up without anybody doing anything."""

from __future__ import annotations

from typing import Any

import pytest

from bot.settings import Settings
from tests.bot.discord.conftest import Town, restart
from tests.bot.discord.seen import said

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=120)]

ZOO = "# Zoo\n\nThe zoo has a new elephant called Bruno, who is four years old, the keeper said."


@pytest.fixture
def bot_settings(bot_settings: Settings) -> Settings:
    """The same, and the bot does by itself what it does."""
    return bot_settings.model_copy(update={"poll_minutes": 60})


async def test_a_file_that_is_put_into_the_folder_is_answered_from(town: Town) -> None:
    folder = town.bot.settings.articles
    assert folder is not None
    (folder / "zoo.md").write_text(ZOO)
    for _ in range(4):
        await town.env.advance_time(11)
    asked = await town.alice.slash(town.channel, "ask", question="What is the new elephant of the zoo called?")
    assert "called Bruno" in said(asked)


async def test_what_changed_while_the_bot_was_away_is_read_when_it_is_back(town: Town) -> None:
    folder = town.bot.settings.articles
    assert folder is not None
    await town.env.advance_time(31)
    await town.bot.close()
    (folder / "zoo.md").write_text(ZOO)
    (folder / "ferry.md").unlink()
    await restart(town)
    for _ in range(4):
        await town.env.advance_time(11)
    titles = {ref.title for ref in town.bot.app.library.articles(["shared"])}
    assert "Zoo" in titles
    assert len(titles) == 3


async def test_what_answers_compare_is_embedded_ahead(town: Town) -> None:
    await town.env.advance_time(11)
    assert not town.bot.app.library.embed_ahead()


async def test_what_goes_wrong_inside_does_not_end_it(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = town.bot.settings.articles
    assert folder is not None

    def broken(*_: object) -> None:
        raise RuntimeError("the database went away")

    with monkeypatch.context() as patch:
        patch.setattr(town.bot.app.library, "changed_files", broken)
        patch.setattr(town.bot.app.library.sources, "due", broken)
        await town.env.advance_time(61)
    cog: Any = town.bot.get_cog("Upkeep")
    assert cog.poll.is_running()
    assert cog.watch.is_running()
    (folder / "zoo.md").write_text(ZOO)
    for _ in range(8):
        await town.env.advance_time(11)
    assert "Zoo" in {ref.title for ref in town.bot.app.library.articles(["shared"])}
