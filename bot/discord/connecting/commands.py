"""The commands as Discord has them, compared with those that this bot knows."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from discord import Locale, app_commands
from discord.app_commands import TranslationContextLocation as Where
from discord.http import Route

from bot.discord.live.calls import CallError, call
from bot.discord.speech.catalogues import ENGLISH, catalogue, known

log = logging.getLogger(__name__)

_GIVEN_BY_DISCORD = ("id", "application_id", "version", "guild_id", "dm_permission", "handler")
_LISTING = "/applications/{application_id}/commands?with_localizations=true"
"""Discord leaves the translations out if they are not asked for, and discord.py doesn't ask."""

_UNORDERED = ("contexts", "integration_types", "channel_types")
_SLASH = 1
_NAMES = (Where.command_name, Where.group_name, Where.parameter_name)


class Translations(app_commands.Translator):
    """Descriptions of commands and options, and entries of message menus, in the languages that Discord has.

    Names stay: what is told of ``/ask`` holds for everybody. Entries of menus are words.
    """

    async def translate(
        self, string: app_commands.locale_str, locale: Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        is_menu = isinstance(context.data, app_commands.ContextMenu)
        language = known(str(locale))
        if language == ENGLISH or (context.location in _NAMES and not is_menu):
            return None
        told = catalogue(language).gettext(string.message)
        return told if told != string.message else None


async def put_right(tree: app_commands.CommandTree[Any], until: float, *, tell: bool = True) -> dict[str, int]:
    """Have Discord offer the commands of ``tree``, told only if it has others: it allows few such calls a day.

    Without ``tell`` that is left to another process, and those that Discord has are only looked up.
    Returns the ids by which Discord knows those that can be used, by their whole names. If Discord can't be
    reached up to ``until``, or refuses, that is logged, there are no ids, and the commands it has stay.
    """
    client = tree.client
    assert client.application_id is not None
    application, http, translator = client.application_id, client.http, tree.translator
    listing = Route("GET", _LISTING, application_id=application)
    mine = [
        await command.get_translated_payload(tree, translator) if translator else command.to_dict(tree)
        for command in tree.get_commands()
    ]
    try:
        theirs = await call(lambda: http.request(listing), until)
        if tell and compared(mine) != compared(theirs):
            theirs = await call(lambda: http.bulk_upsert_global_commands(application, mine), until)
            log.info("Discord had other commands than this bot's, and was told.")
    except CallError as error:
        log.error("Discord did not take the commands; the bot runs with those it had. %s", error)
        return {}
    ids = {one["name"]: int(one["id"]) for one in theirs if one.get("type", 1) == _SLASH}
    usable = [one for one in tree.walk_commands() if isinstance(one, app_commands.Command)]
    known = [(one.qualified_name, one.root_parent.name if one.root_parent else one.name) for one in usable]
    return {name: ids[root] for name, root in known if root in ids}


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
