"""/library: curators add, remove and read again; everybody lists; sources are polled by themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from bot.discord.words import answering, labels, reasons
from bot.discord.words import library as words
from bot.settings import Settings
from index.errors import StoreError
from tests.bot.discord.conftest import Town, restart
from tests.bot.discord.seen import assert_reasons, buttons_of, components_of, pinged, press, said, text_of
from tests.fakes.web_server import WebServer

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=120)]

STORY = (
    "The harbour council of Oostmeer approved a new ferry line on Tuesday, after two years of arguing over noise.",
    "The line will cross the bay every twenty minutes and carry up to three hundred passengers, the council said.",
    "Residents of the southern quay had asked for a vote. Their spokeswoman, Ada Brink, called the plan hasty.",
)
ASKED = "How many passengers will the ferry line of Oostmeer carry?"


def html(title: str, *paragraphs: str) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title></head><body>'
        f"<article><h1>{title}</h1>{body}</article></body></html>"
    )


def feed(server: WebServer, *paths: str) -> str:
    items = "".join(
        f"<item><title>{path}</title><link>{server.url}{path}</link><guid>{path}</guid></item>" for path in paths
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Bay News</title>{items}</channel></rss>'


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as running:
        yield running


@pytest.fixture
def bot_settings(bot_settings: Settings) -> Settings:
    """The same, and the loopback address may be fetched, and sources are polled."""
    return bot_settings.model_copy(update={"allow_hosts": "127.0.0.1", "poll_minutes": 60})


@pytest.fixture(autouse=True)
def clock_in_hand(town: Town) -> None:
    """The bot does nothing by itself unless a test says so."""
    cog: Any = town.bot.get_cog("Upkeep")
    cog.poll.cancel()
    cog.watch.cancel()


@pytest.fixture(autouse=True)
def only_reasons(town: Town) -> Iterator[None]:
    """Whatever was refused was refused with a reason."""
    yield
    assert_reasons(town.env, count=None)


async def test_only_curators_add_and_the_manager_says_who_they_are(town: Town, server: WebServer) -> None:
    url = server.add("/ferry", html("Ferry line approved", *STORY))
    refused = await town.alice.slash(town.channel, "library add url", url=url)
    assert refused.ephemeral
    assert said(refused) == words.NOT_A_CURATOR()
    role = town.guild.create_role("librarians")
    assert said(await town.alice.slash(town.channel, "library curators", role=role)) == reasons.NOT_A_MANAGER()
    made = await town.mod.slash(town.channel, "library curators", role=role)
    assert said(made) == words.curator(role.id, now=True)
    carla = town.guild.add_member(town.env.create_user("carla"), roles=[role])
    assert "1 added" in said(await carla.slash(town.channel, "library add url", url=url))
    undone = await town.mod.slash(town.channel, "library curators", role=role)
    assert said(undone) == words.curator(role.id, now=False)
    assert said(await carla.slash(town.channel, "library add url", url=url)) == words.NOT_A_CURATOR()


async def test_a_page_is_read_asked_about_listed_and_removed(town: Town, server: WebServer) -> None:
    url = server.add("/ferry", html("Ferry line approved", *STORY))
    added = await town.mod.slash(town.channel, "library add url", url=f" <{url}> ")
    assert "1 added" in said(added)
    assert not added.ephemeral
    assert "three hundred passengers" in said(await town.alice.slash(town.channel, "ask", question=ASKED))
    assert "Ferry line approved" in said(await town.alice.slash(town.channel, "library list", filter="ferry line"))
    status = said(await town.alice.slash(town.channel, "library status"))
    assert "**1 article** of this server · 3 shared" in status
    assert url in status
    assert "every day" in status
    (choice,) = await town.mod.autocomplete(town.channel, "library remove", "what", "ferry line")
    assert choice["name"] == "Ferry line approved"
    refused = await town.alice.slash(town.channel, "library remove", what=choice["value"])
    assert said(refused) == words.NOT_A_CURATOR()
    asked = await town.mod.slash(town.channel, "library remove", what=choice["value"])
    assert asked.ephemeral
    assert "Remove this article?\n[Ferry line approved]" in said(asked)
    assert said(await press(town.mod, asked, words.KEEP_BUTTON())) == words.KEPT()
    assert town.bot.app.library.count([str(town.guild.id)]) == 1
    asked = await town.mod.slash(town.channel, "library remove", what=choice["value"])
    assert said(await press(town.mod, asked, words.REMOVE_BUTTON())).startswith("Removed: [Ferry line approved]")
    told = text_of(components_of(town.channel.history()[-1]))
    assert told.startswith(f"Removed: [Ferry line approved]({url})")
    assert f"by <@{town.mod.user.id}>" in told
    assert not pinged(town.env)
    again = await town.mod.slash(town.channel, "library remove", what=choice["value"])
    assert said(again) == words.GONE_ALREADY()
    assert "three hundred" not in said(await town.alice.slash(town.channel, "ask", question=ASKED))


@pytest.mark.parametrize("url", ["ftp://example.org/x", "example.org", "https://", "javascript:alert(1)"])
async def test_what_is_no_address_gets_a_reason(town: Town, url: str) -> None:
    assert said(await town.mod.slash(town.channel, "library add url", url=url)) == words.NOT_AN_ADDRESS()


@pytest.mark.parametrize("url", ["http://169.254.169.254/latest/meta-data", "http://10.0.0.1/", "http://[::1]/"])
async def test_private_addresses_are_refused_with_the_reason(town: Town, url: str) -> None:
    told = said(await town.mod.slash(town.channel, "library add url", url=url))
    assert "Nothing could be read.**\n1 failed" in told


async def test_a_feed_is_read_now_and_again_when_it_is_due(town: Town, server: WebServer) -> None:
    server.add("/ferry", html("Ferry line approved", *STORY))
    server.add("/feed.xml", feed(server, "/ferry"), "application/rss+xml")
    added = await town.mod.slash(town.channel, "library add feed", url=f"{server.url}/feed.xml")
    assert "1 added" in said(added)
    zoo = [text.replace("ferry line", "zoo").replace("passengers", "parrots") for text in STORY]
    server.add("/zoo", html("Zoo approved", *zoo))
    server.add("/feed.xml", feed(server, "/zoo"), "application/rss+xml")
    scope = str(town.guild.id)
    await poll(town, timedelta(minutes=30))
    assert town.bot.app.library.count([scope]) == 1  # not yet due
    await poll(town, timedelta(hours=1, seconds=1))
    assert town.bot.app.library.count([scope]) == 2  # what drops off the feed stays


async def test_a_failing_feed_is_said_to_fail(town: Town, server: WebServer) -> None:
    url = server.add("/feed.xml", "gone", status=500)
    await town.mod.slash(town.channel, "library add feed", url=url)
    status = said(await town.alice.slash(town.channel, "library status"))
    assert re.search(r"Last read: http\S+/feed.xml, <t:\d+:R> · 1 failed", status)
    assert "⚠ failing since" in status
    assert re.search(r"It is tried again <t:\d+:R>\.", status)


async def test_a_file_is_kept_and_read_again_when_it_is_added_again(town: Town) -> None:
    text = "\n\n".join(("# Ferry line approved", *STORY)).encode()
    added = await town.mod.slash(town.channel, "library add file", file=("ferry line.md", text))
    assert "1 added" in said(added)
    assert "three hundred passengers" in said(await town.alice.slash(town.channel, "ask", question=ASKED))
    changed = text.replace(b"three hundred", b"four hundred")
    again = await town.mod.slash(town.channel, "library add file", file=("ferry line.md", changed))
    assert "1 changed" in said(again)
    assert str(town.bot.settings.home) not in said(await town.alice.slash(town.channel, "library status"))
    assert "ferry_line.md" in said(await town.alice.slash(town.channel, "library status"))
    (source, *_) = await town.mod.autocomplete(town.channel, "library remove", "what", "ferry_line")
    asked = await town.mod.slash(town.channel, "library remove", what=source["value"])
    assert "and **1 article** that came from it?\nferry_line.md" in said(asked)
    assert "with 1 article" in said(await press(town.mod, asked, words.REMOVE_BUTTON()))
    assert not list((town.bot.settings.home / "attachments").rglob("*.md"))


async def test_only_who_is_still_a_curator_removes_and_only_what_is_still_there(
    town: Town, server: WebServer
) -> None:
    url = server.add("/ferry", html("Ferry line approved", *STORY))
    await town.mod.slash(town.channel, "library add url", url=url)
    role = town.guild.create_role("librarians")
    await town.mod.slash(town.channel, "library curators", role=role)
    carla = town.guild.add_member(town.env.create_user("carla"), roles=[role])
    (source, *_) = await carla.autocomplete(town.channel, "library remove", "what", "/ferry")
    first = await carla.slash(town.channel, "library remove", what=source["value"])
    second = await town.mod.slash(town.channel, "library remove", what=source["value"])
    await town.mod.slash(town.channel, "library curators", role=role)
    assert said(await press(carla, first, words.REMOVE_BUTTON())) == words.NOT_A_CURATOR()
    assert town.bot.app.library.count([str(town.guild.id)]) == 1
    await restart(town)
    assert "with 1 article" in said(await press(town.mod, second, words.REMOVE_BUTTON()))
    assert town.bot.app.library.count([str(town.guild.id)]) == 0


async def test_a_broken_file_gets_its_reason(town: Town) -> None:
    told = said(await town.mod.slash(town.channel, "library add file", file=("broken.pdf", b"%PDF-1.4 nothing")))
    assert "1 failed" in told
    assert "broken.pdf:" in told


async def test_a_file_that_discord_does_not_give_gets_its_reason(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def read(attachment: discord.Attachment) -> bytes:
        if attachment.filename == "gone.md":
            raise discord.NotFound(cast("Any", SimpleNamespace(status=404, reason="Not Found")), "")
        return "\n\n".join(STORY).encode()

    monkeypatch.setattr(discord.Attachment, "read", read)
    files = [("gone.md", b"x"), ("there.md", b"x")]
    message = await town.alice.send(town.channel, "Two files", attachments=files)
    told = said(await town.mod.context_menu(town.channel, words.ADD_MESSAGE(), message))
    assert f"- gone.md: {words.NOT_SENT()}" in told
    assert "- there.md: 1 added" in told


async def test_what_a_message_links_is_added_from_its_menu(town: Town, server: WebServer) -> None:
    url = server.add("/ferry", html("Ferry line approved", *STORY))
    message = await town.alice.send(town.channel, f"Read this: {url}")
    assert said(await town.alice.context_menu(town.channel, words.ADD_MESSAGE(), message)) == words.NOT_A_CURATOR()
    assert "1 added" in said(await town.mod.context_menu(town.channel, words.ADD_MESSAGE(), message))
    plain = await town.alice.send(town.channel, "No link here")
    assert said(await town.mod.context_menu(town.channel, words.ADD_MESSAGE(), plain)) == words.NOTHING_TO_ADD()


async def test_each_thing_that_a_message_brings_gets_its_answer(town: Town, server: WebServer) -> None:
    """Links with punctuation behind them, files of one name, things that can't be read: all are named."""
    ferry = server.add("/ferry", html("Ferry line approved", *STORY))
    zoo = server.add("/zoo", html("Zoo", *(text.replace("ferry line", "zoo") for text in STORY)))
    links = f"Look: **{ferry}**, <{zoo}>. And {server.url}/nothing! http://10.0.0.1/x?"
    text = "\n\n".join(("# Report", *STORY))
    files = [
        ("report.md", text.replace("Tuesday", "Monday").encode()),
        ("report.md", text.replace("Tuesday", "Sunday").encode()),
        ("photo.png", b"no article"),
        ("broken.pdf", b"%PDF-1.4 nothing"),
    ]
    message = await town.alice.send(town.channel, links, attachments=files)
    told = said(await town.mod.context_menu(town.channel, words.ADD_MESSAGE(), message))
    assert "4 added" in told
    assert "4 failed" in told
    for line in ("- report.md: 1 added", "- report-2.md: 1 added", f"- {ferry}: 1 added", f"- {zoo}: 1 added"):
        assert line in told
    assert "- photo.png: Files of this kind can’t be read" in told
    assert "- broken.pdf: This PDF is damaged" in told
    assert f"- {server.url}/nothing: There is no page" in told
    assert "- http://10.0.0.1/x: 10.0.0.1 is a private address" in told
    status = said(await town.alice.slash(town.channel, "library status"))
    assert len(re.findall(r"^- ", status, re.MULTILINE)) == 4  # what could not be read is no source
    assert sorted(path.name for path in (town.bot.settings.home / "attachments").rglob("*.*")) == [
        "report-2.md",
        "report.md",
    ]


async def test_a_feed_that_a_message_links_is_still_read_as_often(town: Town, server: WebServer) -> None:
    url = server.add("/feed.xml", feed(server, "/ferry"), "application/rss+xml")
    server.add("/ferry", html("Ferry line approved", *STORY))
    await town.mod.slash(town.channel, "library add feed", url=url)
    message = await town.alice.send(town.channel, url)
    assert "1 unchanged" in said(await town.mod.context_menu(town.channel, words.ADD_MESSAGE(), message))
    (source,) = town.bot.app.library.sources.listed([str(town.guild.id)])
    assert (source.interval, source.kind) == (timedelta(hours=1), "feed")


async def test_a_page_that_vanished_is_marked_wherever_readers_meet_it(town: Town, server: WebServer) -> None:
    url = server.add("/ferry", html("Ferry line approved", *STORY))
    await town.mod.slash(town.channel, "library add url", url=url)
    asked = await town.alice.slash(town.channel, "ask", question=ASKED)
    server.add("/ferry", "no such page", status=404)
    told = said(await town.mod.slash(town.channel, "library reindex"))
    assert "1 failed" in told
    assert "page vanished <t:" in said(await town.alice.slash(town.channel, "library list", filter="ferry line"))
    assert answering.PAGE_GONE() in said(await press(town.alice, asked, labels.SHOW_PASSAGES()))
    assert "three hundred passengers" in said(await town.alice.slash(town.channel, "ask", question=ASKED))


async def test_what_was_removed_stays_out_when_everything_is_read_again(town: Town, server: WebServer) -> None:
    server.add("/ferry", html("Ferry line approved", *STORY))
    url = server.add("/feed.xml", feed(server, "/ferry"), "application/rss+xml")
    await town.mod.slash(town.channel, "library add feed", url=url)
    (choice,) = await town.mod.autocomplete(town.channel, "library remove", "what", "ferry line")
    asked = await town.mod.slash(town.channel, "library remove", what=choice["value"])
    await press(town.mod, asked, words.REMOVE_BUTTON())
    assert "Nothing changed." in said(await town.mod.slash(town.channel, "library reindex"))
    assert town.bot.app.library.count([str(town.guild.id)]) == 0
    assert "1 added" in said(await town.mod.slash(town.channel, "library add url", url=f"{server.url}/ferry"))


async def test_reindex_reads_this_servers_sources_again(town: Town, server: WebServer) -> None:
    assert said(await town.mod.slash(town.channel, "library reindex")) == words.NO_SOURCES()
    url = server.add("/ferry", html("Ferry line approved", *STORY))
    await town.mod.slash(town.channel, "library add url", url=url)
    server.add(
        "/ferry", html("Ferry line approved", *STORY, "The first ferry leaves in May, the council added later.")
    )
    assert "1 changed" in said(await town.mod.slash(town.channel, "library reindex"))
    await town.mod.slash(town.channel, "library add file", file=("lines.md", "\n\n".join(STORY).encode()))
    told = said(await town.mod.slash(town.channel, "library reindex"))
    assert "- lines.md: 1 unchanged" in told
    assert str(town.bot.settings.home) not in told
    assert said(await town.alice.slash(town.channel, "library reindex")) == words.NOT_A_CURATOR()


async def test_a_direct_message_lists_what_is_shared_and_adds_nothing(town: Town) -> None:
    assert said(await town.alice.user.slash("library list")).count(" · ") >= 3
    refused = await town.alice.user.slash("library add url", url="https://example.org/a")
    assert said(refused) == words.NOT_IN_DIRECT_MESSAGES()
    assert said(await town.alice.user.slash("library status")).startswith("**3 articles** shared by")


async def test_a_long_list_turns_its_pages_also_after_a_restart(town: Town) -> None:
    folder = town.bot.settings.articles
    assert folder is not None
    for n in range(23):
        (folder / f"annal{n}.md").write_text(
            f"---\ntitle: Annals {n}\n---\n\nIn year {n} the harbour had {n} cranes."
        )
    town.bot.app.library.sync([str(folder)], "shared")
    first = await town.alice.slash(town.channel, "library list", filter="annals")
    assert "**23 articles** with “annals” in the title" in said(first)
    assert list(buttons_of(first.response.components)) == ["Next"]
    await restart(town)
    second = await town.alice.click(first.response, custom_id=buttons_of(first.response.components)["Next"])
    assert "Page 2 of 3" in said(second)


async def test_the_folder_of_articles_is_kept_up(town: Town) -> None:
    """A file is read once it has kept still from one look to the next; what is gone is removed."""
    folder = town.bot.settings.articles
    assert folder is not None
    library = town.bot.app.library
    cog: Any = town.bot.get_cog("Upkeep")
    for _ in range(3):
        await cog.watch.coro(cog)
    runs = len(library.history(["shared"]))
    path = folder / "ferry-line.md"
    path.write_text("# Ferry line approved\n\n" + STORY[0])
    await cog.watch.coro(cog)
    assert library.count(["shared"]) == 3
    path.write_text("\n\n".join(("# Ferry line approved", *STORY)))
    for _ in range(4):
        await cog.watch.coro(cog)
    assert "three hundred passengers" in said(await town.alice.slash(town.channel, "ask", question=ASKED))
    path.unlink()
    for _ in range(4):
        await cog.watch.coro(cog)
    assert library.count(["shared"]) == 3
    assert len(library.history(["shared"])) == runs + 2  # looking alone writes nothing


async def poll(town: Town, later: timedelta) -> None:
    """What the bot does by itself when so much time has passed."""
    cog: Any = town.bot.get_cog("Upkeep")
    now = max(source.polled_at or discord.utils.utcnow() for source in town.bot.app.library.sources.everywhere())
    cog.clock = lambda: now + later
    await cog.poll.coro(cog)


async def test_no_reason_tells_where_files_are_kept(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join(("---", "url: https://ferry.example/line", "---", *STORY))
    twice = "\n".join(json.dumps({"id": "a", "text": "\n".join(STORY)}) for _ in range(2))
    files = [
        ("first.md", text.replace("---\n\n", "---\n").encode()),
        ("other.md", text.replace("---\n\n", "---\n").replace("Tuesday", "Sunday").encode()),
        ("twice.jsonl", twice.encode()),
        (f"{'long' * 60}.md", b"\n\n".join(line.encode() for line in STORY)),
    ]
    message = await town.alice.send(town.channel, "Three files", attachments=files)
    told = said(await town.mod.context_menu(town.channel, words.ADD_MESSAGE(), message))
    assert "3 added" in told
    assert "It has the address of an article from first.md, which says something else." in told
    assert "It has the same id as twice.jsonl:1 (a)." in told
    home = town.bot.settings.home.resolve()
    assert str(home) not in told

    def full(*_: object, **__: object) -> None:
        raise StoreError(f"The store in {home} cannot be written: the disk is full.")

    monkeypatch.setattr(town.bot.app.library, "sync", full)
    told = said(await town.mod.slash(town.channel, "library reindex"))
    assert "The library can’t be read or written now" in told
    assert str(home) not in told
