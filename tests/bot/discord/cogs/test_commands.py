"""/summary, /reindex and /help."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.discord.components.choices import handle
from bot.discord.live.stream import Pace
from bot.discord.pages.markdown import escape
from bot.discord.pages.page import Mood
from bot.discord.panel.topics import HelpMenu
from bot.discord.words import labels, library, offered, readings, reasons, summaries, welcome
from bot.discord.words.offered import TOPICS, Topic
from index.library import Library
from index.sync.sync import SyncProgress, SyncReport
from tests.bot.discord.conftest import Town, restart
from tests.bot.discord.newsroom import ARTICLES
from tests.bot.discord.seen import (
    assert_reasons,
    choose,
    chosen_in,
    colour_of,
    components_of,
    edits,
    menu_of,
    press,
    shown,
    text_of,
)

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=120)]


async def test_help_is_for_the_asker_only_and_tells_what_they_may_use(town: Town) -> None:
    result = await town.alice.slash(town.channel, "help")
    assert result.ephemeral
    assert shown(result).startswith(offered.help_text(Topic.START))
    assert welcome.articles(3, True) in shown(result)
    assert offered_in(result) == [Topic.START, Topic.ANSWERS, Topic.STORIES]
    role = town.guild.create_role("editors")
    await town.mod.slash(town.channel, "library curators", role=role)
    editor = town.guild.add_member(town.env.create_user("editor"), roles=[role])
    assert offered_in(await editor.slash(town.channel, "help")) == list(Topic)[:-1]
    managers = await town.mod.slash(town.channel, "help")
    assert offered_in(managers) == list(Topic)
    await restart(town)
    for topic in Topic:
        await choose(town.mod, managers, HelpMenu().custom_id, topic.value)
        assert shown(managers).startswith(offered.help_text(topic))
        assert chosen_in(managers) == [TOPICS[topic]()]
    assert shown(managers).endswith(welcome.ALL_SET())
    directly = await town.alice.user.slash("help")
    await choose(town.alice.user, directly, HelpMenu().custom_id, Topic.STORIES.value)
    assert shown(directly) == offered.help_text(Topic.STORIES, server=False)


async def test_the_commands_that_help_names_can_be_clicked(town: Town) -> None:
    result = await town.mod.slash(town.channel, "help")
    told = ""
    for topic in Topic:
        await choose(town.mod, result, HelpMenu().custom_id, topic.value)
        assert result.response
        told += str(result.response.components)
    for name in ("ask", "check", "summary article", "digest now", "settings"):
        assert f"</{name}:{town.bot.live.commands[name]}>" in told


def offered_in(help_: Any) -> list[Topic]:
    """The topics in the menu of the help."""
    return [Topic(value) for value in menu_of(help_.response.components).values()]


async def test_who_may_use_which_command(town: Town) -> None:
    assert set(town.alice.available_commands(town.channel)) == {
        "ask",
        "check",
        "forget",
        "preferences",
        "summary article",
        "summary topic",
        "timeline",
        "digest now",
        "digest schedule",
        "digest list",
        "digest stop",
        "library add url",
        "library add feed",
        "library add file",
        "library remove",
        "library list",
        "library status",
        "library reindex",
        "library curators",
        "help",
    }


async def test_titles_are_offered_while_typing_newest_first(town: Town) -> None:
    offered = await town.alice.autocomplete(town.channel, "summary article", "article", "")
    assert [choice["name"] for choice in offered][:2] == [
        "Harbour bridge reopens (6 March 2026)",
        "Ferry company sells two boats (11 February 2026)",
    ]
    offered = await town.alice.autocomplete(town.channel, "summary article", "article", "ferry boats")
    assert [choice["name"] for choice in offered] == ["Ferry company sells two boats (11 February 2026)"]


async def test_a_summary_has_cited_points_and_passages(town: Town) -> None:
    (choice,) = await town.alice.autocomplete(town.channel, "summary article", "article", "bridge")
    result = await town.alice.slash(town.channel, "summary article", article=choice["value"])
    said = shown(result)
    assert said.startswith("### Harbour bridge reopens\n-# 1 source · as of <t:")
    assert "\n- The harbour bridge reopened to lorries on Friday" in said
    assert "1 · [Harbour bridge reopens](https://harbourpost.example/bridge) · The Harbour Post · <t:" in said
    opened = await press(town.alice, result, labels.SHOW_PASSAGES())
    assert opened.ephemeral
    assert "1 · **" in shown(opened)


async def test_a_title_typed_in_full_finds_its_article(town: Town) -> None:
    result = await town.alice.slash(town.channel, "summary article", article="ferry company")
    assert shown(result).startswith("### Ferry company sells two boats\n")


async def test_a_title_that_matches_none_or_several_gets_a_reason(town: Town) -> None:
    none = await town.alice.slash(town.channel, "summary article", article="zeppelin")
    assert summaries.NO_SUCH_ARTICLE(text="zeppelin") == shown(none)
    several = await town.alice.slash(town.channel, "summary article", article="e")
    assert shown(several) in (summaries.SEVERAL_ARTICLES(text="e"), summaries.NO_SUCH_ARTICLE(text="e"))
    assert none.ephemeral
    assert several.ephemeral
    assert_reasons(town.env, 2)


async def test_long_ids_and_many_titles_fit_into_discords_list(town: Town) -> None:
    folder = town.bot.settings.articles
    assert folder is not None
    for n in range(30):
        title, url = f"Annals {n} {'of the harbour ' * 12}", f"https://annals.example/{'x' * 120}/{n}"
        text = f"---\ntitle: {title}\nurl: {url}\n---\n\n"
        (folder / f"annals{n}.md").write_text(f"{text}The harbour had {n} cranes that year, all of them busy.")
    town.bot.app.library.sync([str(folder)], "shared")
    offered = await town.alice.autocomplete(town.channel, "summary article", "article", "annals 7")
    assert all(len(choice["name"]) <= 100 and len(choice["value"]) <= 100 for choice in offered)
    assert len(await town.alice.autocomplete(town.channel, "summary article", "article", "annals")) == 25
    chosen = next(choice for choice in offered if choice["name"].startswith("Annals 7 "))
    assert chosen["value"] == handle(f"https://annals.example/{'x' * 120}/7")
    result = await town.alice.slash(town.channel, "summary article", article=chosen["value"])
    assert "The harbour had 7 cranes" in shown(result)


async def test_reindex_is_for_whoever_runs_the_bot(town: Town) -> None:
    assert "reindex" in town.mod.available_commands(town.channel)
    assert "reindex" not in town.alice.available_commands(town.channel)
    assert "reindex" not in town.alice.user.available_commands()
    elsewhere = town.env.create_guild()
    role = elsewhere.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    eve = elsewhere.add_member(town.env.create_user("eve"), roles=[role])
    hall = elsewhere.create_text_channel("hall")
    result = await eve.slash(hall, "reindex")
    assert result.ephemeral
    assert shown(result) == reasons.REINDEX_REFUSED()
    assert_reasons(town.env)
    await restart(town, operator_server=elsewhere.id)
    assert "The articles are up to date." in shown(await eve.slash(hall, "reindex"))


async def test_reindex_reports_what_changed_and_what_failed(town: Town) -> None:
    folder = town.bot.settings.articles
    assert folder is not None
    (folder / "bridge.md").write_text(ARTICLES["bridge.md"].replace("Friday", "Saturday"), encoding="utf-8")
    (folder / "ferry.md").unlink()
    (folder / "new.md").write_text("---\ntitle: Zoo\n---\n\nThe zoo has a new elephant called Bruno, aged four.")
    for n in range(12):
        (folder / f"broken{n}.pdf").write_bytes(b"%PDF-1.4 broken")
    before = len(edits(town.env))
    result = await town.mod.slash(town.channel, "reindex")
    said = shown(result)
    assert "1 added · 1 changed · 1 unchanged · 1 removed · 12 failed" in said
    assert said.count("- broken") == 10
    assert str(folder) not in said
    assert readings.MORE(count=2) in said
    assert colour_of(result.response.components) == Mood.FAILED.value
    assert not result.ephemeral
    assert len(edits(town.env)) > before
    asked = await town.alice.slash(town.channel, "ask", question="What is the new elephant of the zoo called?")
    assert "Bruno" in shown(asked)


@dataclass
class Gate:
    """Holds up the reading of articles behind its first step, until it is opened."""

    reached: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    gate = Gate()
    sync = Library.sync

    def held_up(
        self: Library,
        locations: Sequence[str],
        scope: str,
        progress: Callable[[SyncProgress], None],
        *,
        unattended: bool = False,
    ) -> SyncReport:
        def tell(step: SyncProgress) -> None:
            progress(step)
            gate.reached.set()
            assert gate.opened.wait(20)

        return sync(self, locations, scope, tell, unattended=unattended)

    monkeypatch.setattr(Library, "sync", held_up)
    yield gate
    gate.opened.set()


async def start_reading(town: Town, gate: Gate) -> None:
    folder = town.bot.settings.articles
    assert folder is not None
    (folder / "new.md").write_text("---\ntitle: Zoo\n---\n\nThe zoo has a new elephant called Bruno, aged four.")
    with pytest.raises(TimeoutError):  # so simcord says that work goes on
        await town.mod.slash(town.channel, "reindex")
    assert gate.reached.wait(30)


def first_text(town: Town) -> str:
    return text_of(components_of(town.channel.history()[0]))


@pytest.mark.simcord(settle_timeout=0.5)
async def test_reindex_shows_its_progress_and_runs_once_at_a_time(town: Town, gate: Gate) -> None:
    town.bot.live.pace = Pace(interval=0, moving=False)  # simcord's clock stands still while a thread works
    await start_reading(town, gate)
    with pytest.raises(TimeoutError):
        await town.mod.slash(town.channel, "reindex")
    refused = town.channel.history(viewer=town.mod)[-1]
    assert text_of(components_of(refused)) == reasons.REINDEX_RUNNING()
    assert re.search(r"Reading the articles.*\n\d+ of 4 articles", first_text(town))
    gate.opened.set()
    town.env.settle_timeout = 120
    await town.env.advance_time(2)
    assert "1 added · 3 unchanged" in first_text(town)
    assert_reasons(town.env)


@pytest.mark.simcord(settle_timeout=0.5)
async def test_reindex_stops_with_the_bot_and_says_so(town: Town, gate: Gate) -> None:
    await start_reading(town, gate)
    closing = asyncio.create_task(town.bot.close())
    await asyncio.sleep(0.2)
    assert not closing.done()
    gate.opened.set()
    await closing
    assert first_text(town) == library.STOPPED()


async def test_a_deleted_report_harms_nobody(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    town.env.inject_error("PATCH", "/webhooks/*/messages/@original", status=404, code=10008, times=None)
    await town.mod.slash(town.channel, "reindex")
    assert any("was deleted before" in record.getMessage() for record in caplog.records)


async def test_reindex_without_a_folder_says_what_to_set(town: Town) -> None:
    town.bot.settings = town.bot.settings.model_copy(update={"articles": None})
    result = await town.mod.slash(town.channel, "reindex")
    assert result.ephemeral
    assert shown(result) == escape(reasons.REINDEX_UNSET())
    assert_reasons(town.env)


async def test_reindex_of_a_folder_that_is_gone_names_it(town: Town, tmp_path: Path) -> None:
    town.bot.settings = town.bot.settings.model_copy(update={"articles": tmp_path / "nowhere"})
    result = await town.mod.slash(town.channel, "reindex")
    assert "nowhere" in shown(result)
    assert colour_of(result.response.components) == Mood.FAILED.value
    again = await town.mod.slash(town.channel, "reindex")
    assert shown(again) != reasons.REINDEX_RUNNING()
