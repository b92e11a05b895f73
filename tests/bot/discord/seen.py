"""What people see of the bot's messages. The one module of these tests that knows simcord's inner parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import discord
import pytest
import simcord.interactions
from discord import app_commands
from simcord import Env, InteractionResult
from simcord.backend.serializers import guild_create_payload

from index.errors import NewsdeskError

CLICKABLE = re.compile(r"</([a-z ]+):\d+>")
BUTTON, SELECT, TEXT, CONTAINER, LINK_STYLE = 2, 3, 10, 17, 5


def parts(components: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """All components, from the outside in."""
    found: list[dict[str, Any]] = []
    for component in components:
        inner = [*component.get("components", []), *filter(None, [component.get("accessory")])]
        found += [component, *parts(inner)]
    return found


def text_of(components: Sequence[dict[str, Any]]) -> str:
    """The texts of a message, as Discord markdown; commands that can be clicked as they are read."""
    texts = "\n".join(part["content"] for part in parts(components) if part["type"] == TEXT)
    return CLICKABLE.sub(r"**/\1**", texts)


def colour_of(components: Sequence[dict[str, Any]]) -> int:
    """The colour at the message's edge."""
    return next(int(part["accent_color"]) for part in parts(components) if part["type"] == CONTAINER)


def buttons_of(components: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Label, or emoji -> custom id, of the buttons that can be pressed."""
    pressable = [part for part in parts(components) if part["type"] == BUTTON and "custom_id" in part]
    return {part.get("label") or part["emoji"]["name"]: part["custom_id"] for part in pressable}


def menu_of(components: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Label -> value, of what can be chosen from the menus."""
    menus = [part for part in parts(components) if part["type"] == SELECT]
    return {option["label"]: option["value"] for menu in menus for option in menu["options"]}


def chosen_in(result: InteractionResult) -> list[str]:
    """What the menus show that a command or a button answered with: labels, ids, or what stands for nothing."""
    assert result.response is not None
    found: list[str] = []
    for menu in parts(result.response.components):
        chosen = [str(value["id"]) for value in menu.get("default_values", [])]
        chosen += [option["label"] for option in menu.get("options", []) if option.get("default")]
        found += chosen or filter(None, [menu.get("placeholder")])
    return found


def links_of(components: Sequence[dict[str, Any]]) -> list[str]:
    """The URLs of the link buttons."""
    return [p["url"] for p in parts(components) if p["type"] == BUTTON and p["style"] == LINK_STYLE]


def addresses_in(components: Sequence[dict[str, Any]]) -> list[str]:
    """The addresses that the links in the texts open."""
    return re.findall(r"\]\((\S+?)\)", text_of(components))


def without_own_links(text: str, site: str) -> str:
    """``text`` without what the bot itself writes: links to articles of ``site``, and days.

    Whatever an article says has a backslash in front of what would begin a link or a day.
    """
    link = rf"(?<!\\)\[((?:\\.|[^\[\]\\])*)\]\({re.escape(site)}[^\s<>()\[\]\x00-\x1f]*\)"
    return re.sub(r"(?<!\\)<t:\d{9,}:D>", "", re.sub(link, r"\1", text))


def shown(result: InteractionResult) -> str:
    """What a command or a button answered."""
    assert result.response is not None
    return text_of(result.response.components)


def said(result: InteractionResult) -> str:
    """The same, without the backslashes that keep plain text plain, and without what links open."""
    return re.sub(r"\]\(\S+?\)", "]", shown(result)).replace("\\", "")


def components_of(message: Any) -> list[dict[str, Any]]:
    """The raw components of a message in a channel."""
    return [component.to_dict() for component in message.components]


def edits(env: Env) -> list[list[dict[str, Any]]]:
    """The components of every edit of a message, in the order in which they were made."""
    return [entry.json["components"] for entry in env.http_requests if entry.method == "PATCH" and entry.json]


def pinged(env: Env) -> bool:
    """Whether any message of the bot pinged anybody."""
    messages = [message for channel in env.backend.messages.values() for message in channel.values()]
    assert env.bot.user
    mine = [message for message in messages if message.author_id == env.bot.user.id]
    assert mine
    return any(m.ping_user_ids or m.ping_role_ids or m.mention_everyone for m in mine)


async def press(person: Any, result: InteractionResult, label: str) -> InteractionResult:
    """Press the button with that label below what a command answered."""
    assert result.response is not None
    custom_id = buttons_of(result.response.components)[label]
    pressed: InteractionResult = await person.click(result.response, custom_id=custom_id)
    return pressed


async def post_in_forum(env: Env, forum: Any, author: Any, title: str, content: str) -> Any:
    """A post in a forum, as Discord tells of it: a thread, and a message of the same id in it."""
    backend = env.backend
    thread = backend.create_thread(forum.id, title, author.id, broadcast=False)
    backend.announce_thread_create(thread)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backend, "snowflake", lambda: thread.id)
        backend.create_message(thread.id, author.id, content)
    await env.advance_time(1)
    return next(one for one in forum.threads if one.id == thread.id)


async def thread_in(env: Env, channel: Any, author: Any, name: str) -> Any:
    """A thread that somebody opens in a channel."""
    thread = env.backend.create_thread(channel.id, name, author.id)
    await env.advance_time(1)
    return next(one for one in channel.threads if one.id == thread.id)


async def join_again(env: Env, guild: Any) -> None:
    """The bot leaves a server, and is invited to it again: Discord then tells all that is in it."""
    env.backend.emit("GUILD_DELETE", {"id": str(guild.id)})
    told: Any = guild_create_payload(env.backend, guild._guild)
    del told["unavailable"]  # which Discord tells of servers that the bot was in before
    env.backend.emit("GUILD_CREATE", told)
    await env.advance_time(1)


def tags_of_forum(env: Env, forum: Any, names: Sequence[str]) -> None:
    """Give a forum its tags, as who manages it does."""
    tags: list[Any] = [
        {"id": n, "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}
        for n, name in enumerate(names, 1)
    ]
    forum._channel.available_tags = tags
    known: Any = env.bot.get_channel(forum.id)
    known._available_tags = {tag["id"]: discord.ForumTag.from_data(state=known._state, data=tag) for tag in tags}


async def choose(person: Any, panel: Any, name: str, *values: Any) -> Any:
    """Choose from the menu of the panel whose custom id ends in ``name``."""
    ids = [part["custom_id"] for part in parts(panel.response.components) if "custom_id" in part]
    (menu,) = [one for one in ids if one.endswith(name)]
    return await person.select(panel.response, list(values), custom_id=menu)


def assert_reasons(env: Env, count: int | None = 1) -> None:
    """The commands failed ``count`` times, each with an error written for people (which simcord notes as well).

    None: however often.
    """
    causes = [getattr(error, "original", error) for error in env.errors]
    assert count is None or len(causes) == count
    assert all(isinstance(cause, NewsdeskError | app_commands.CheckFailure) for cause in causes)


def set_locale(monkeypatch: pytest.MonkeyPatch, *, person: str, server: str) -> None:
    """Let people, and servers, have set these languages in Discord; simcord knows only English."""
    told = simcord.interactions.base_payload

    def in_language(*args: Any, **named: Any) -> tuple[Any, dict[str, Any]]:
        record, payload = told(*args, **named)
        here = {"guild_locale": server} if "guild_locale" in payload else {}
        return record, payload | {"locale": person} | here

    monkeypatch.setattr(simcord.interactions, "base_payload", in_language)


def bring_along(monkeypatch: pytest.MonkeyPatch, person: Any) -> None:
    """Let the bot be where nobody invited it, because ``person`` installed it for themselves."""
    told = simcord.interactions.base_payload

    def as_guest(*args: Any, **named: Any) -> tuple[Any, dict[str, Any]]:
        record, payload = told(*args, **named)
        return record, payload | {"authorizing_integration_owners": {"1": str(person.id)}, "context": 2}

    monkeypatch.setattr(simcord.interactions, "base_payload", as_guest)
