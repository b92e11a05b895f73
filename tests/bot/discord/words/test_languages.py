"""Private words follow the person, public ones the server."""

from __future__ import annotations

import pytest

from tests.bot.discord.conftest import Town
from tests.bot.discord.seen import said, set_locale

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=120)]


async def test_what_only_a_person_sees_is_in_their_language(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    set_locale(monkeypatch, person="de", server="fr")
    told = said(await town.mod.slash(town.channel, "usage"))
    assert "Das Chatmodell auf diesem Server" in told
    set_locale(monkeypatch, person="ja", server="fr")
    assert "The chat model in this server" in said(await town.mod.slash(town.channel, "usage"))


async def test_commands_are_described_in_every_language(town: Town) -> None:
    told = [entry.json for entry in town.env.http_requests if entry.method == "PUT" and entry.json]
    (usage,) = [one for commands in told for one in commands if one["name"] == "usage"]
    described = usage["description_localizations"]
    assert set(described) == {"de", "nl", "es-ES", "es-419", "fr", "uk"}
    assert described["nl"].startswith("Waarvoor het chatmodel")
    assert not usage.get("name_localizations")
