"""The commands as Discord has them, compared with those that this bot knows."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from discord import app_commands

from bot.discord.live.calls import CallError, call

log = logging.getLogger(__name__)

_GIVEN_BY_DISCORD = ("id", "application_id", "version", "guild_id", "dm_permission", "handler")
_UNORDERED = ("contexts", "integration_types", "channel_types")


async def put_right(tree: app_commands.CommandTree[Any], until: float) -> None:
    """Have Discord offer the commands of ``tree``, told only if it has others: it allows few such calls a day.

    If Discord can't be reached up to ``until``, or refuses, that is logged, and those it has stay.
    """
    client = tree.client
    assert client.application_id is not None
    application, http, translator = client.application_id, client.http, tree.translator
    mine = [
        await command.get_translated_payload(tree, translator) if translator else command.to_dict(tree)
        for command in tree.get_commands()
    ]
    try:
        theirs = await call(lambda: http.get_global_commands(application), until)
        if compared(mine) == compared(theirs):
            return
        await call(lambda: http.bulk_upsert_global_commands(application, mine), until)
    except CallError as error:
        log.error("Discord did not take the commands; the bot runs with those it had. %s", error)
        return
    log.info("Discord had other commands than this bot's, and was told.")


def compared(commands: Sequence[Mapping[str, Any]]) -> list[Any]:
    """``commands`` without what Discord adds and what says the same as nothing, the same for the same commands."""
    return sorted((_plain(command) for command in commands), key=lambda one: (one.get("type", 1), one["name"]))


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        told = {name: _plain(inner) for name, inner in value.items() if name not in _GIVEN_BY_DISCORD}
        for name in _UNORDERED:
            if told.get(name):
                told[name] = sorted(told[name])
        if told.get("default_member_permissions"):
            told["default_member_permissions"] = int(told["default_member_permissions"])
        return {name: inner for name, inner in told.items() if inner or (inner == 0 and inner is not False)}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value
