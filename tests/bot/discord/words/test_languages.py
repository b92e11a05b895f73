"""Private words follow the person, public ones the server."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from datetime import date
from typing import Any

import pytest

from bot.answer.answer import Answer
from bot.answer.desk import Desk
from bot.discord.speech.catalogues import LANGUAGES
from bot.discord.speech.figures import stamp
from bot.discord.speech.phrase import speaking
from bot.discord.words import labels
from bot.discord.words import settings as words
from bot.discord.words.answering import ABSTAINED, AS_OF, NO_QUESTION
from bot.discord.words.offered import ASK_QUESTION
from bot.memory.preferences.rules import Level
from tests.bot.discord.cogs.test_ask import last_text
from tests.bot.discord.conftest import Town
from tests.bot.discord.seen import assert_reasons, choose, chosen_in, parts, press, said, set_locale, shown

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=120)]


def told_commands(town: Town) -> list[dict[str, Any]]:
    """The commands as Discord was told them."""
    told = [entry.json for entry in town.env.http_requests if entry.method == "PUT" and entry.json]
    return [command for commands in told for command in commands]


def walked(command: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A command, its options and their choices."""
    yield command
    for inner in (*command.get("options", ()), *command.get("choices", ())):
        yield from walked(inner)


def labels_of(result: Any) -> set[str]:
    """What the buttons below an answer are called."""
    return {part["label"] for part in parts(result.response.components) if part.get("label")}


async def test_what_only_a_person_sees_is_in_their_language(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    set_locale(monkeypatch, person="de", server="fr")
    told = said(await town.mod.slash(town.channel, "usage"))
    assert "Das Chatmodell auf diesem Server" in told
    set_locale(monkeypatch, person="ja", server="fr")
    assert "The chat model in this server" in said(await town.mod.slash(town.channel, "usage"))


async def test_commands_are_described_in_every_language(town: Town) -> None:
    (usage,) = [one for one in told_commands(town) if one["name"] == "usage"]
    described = usage["description_localizations"]
    assert set(described) == {"de", "nl", "es-ES", "es-419", "fr", "uk"}
    assert described["nl"].startswith("Waarvoor het chatmodel")
    assert not usage.get("name_localizations")


async def test_an_answer_for_all_is_in_the_language_of_the_server(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_locale(monkeypatch, person="de", server="fr")
    asked = {"question": "How many steel cables did engineers replace?"}
    answered = await town.alice.slash(town.channel, "ask", **asked)
    assert labels_of(answered) >= {"Lire les passages", "Poursuivre", "Utile", "Fausse"}
    assert "au <t:" in shown(answered)
    private = await town.alice.slash(town.channel, "ask", private=True, **asked)
    assert labels_of(private) >= {"Textstellen lesen", "Weiterfragen", "Hilfreich", "Falsch"}
    opened = await press(town.alice, answered, "Lire les passages")
    assert "Öffnen" in labels_of(opened)
    refused = await town.alice.slash(town.channel, "ask", since="der Sankt-Nimmerleins-Tag", **asked)
    assert "ist kein Tag" in said(refused)
    assert_reasons(town.env)


async def test_the_language_set_in_newsdesk_goes_before_that_of_discord(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted: list[str | None] = []
    ask = Desk.ask

    def noted(*asked: Any, answer_in: str | None, **how: Any) -> AsyncGenerator[Answer, None]:
        wanted.append(answer_in)
        return ask(*asked, **how, answer_in=answer_in)

    monkeypatch.setattr(Desk, "ask", noted)
    panel = await town.mod.slash(town.channel, "settings")
    assert words.AS_IN_DISCORD() in chosen_in(panel)
    await choose(town.mod, panel, ":language", "de")
    assert words.set_below(words.LANGUAGE, Level.SERVER) in shown(panel)
    assert "Deutsch" in chosen_in(panel)
    own = await town.alice.slash(town.channel, "preferences")
    await choose(town.alice, own, ":language", "fr")
    assert "Français" in shown(own)
    asked = {"question": "How many steel cables did engineers replace?"}
    assert "Textstellen lesen" in labels_of(await town.alice.slash(town.channel, "ask", **asked))
    assert "Lire les passages" in labels_of(await town.alice.slash(town.channel, "ask", private=True, **asked))
    await choose(town.mod, panel, "rules-for", town.channel)
    await choose(town.mod, panel, ":language", "nl")
    await town.alice.send(town.channel, f"{town.at_bot} {asked['question']}")
    assert wanted == ["de", "fr", "nl"]


async def test_a_mention_is_answered_in_the_language_of_the_server(town: Town) -> None:
    guild = town.env.create_guild(preferred_locale="uk")
    channel = guild.create_text_channel("новини")
    olena = guild.add_member(town.env.create_user("olena"))
    await olena.send(channel, town.at_bot)
    with speaking("uk"):
        assert last_text(channel) == NO_QUESTION()


async def test_a_direct_message_is_answered_in_the_language_of_its_words(town: Town) -> None:
    await town.alice.send_dm("Wie viele Stahlseile der Hafenbrücke haben die Ingenieure ersetzt?")
    told = last_text(town.alice.user.dm_channel)
    with speaking("de"):
        assert AS_OF(day=stamp(date(2026, 3, 6))) in told or ABSTAINED() in told
    await town.alice.send_dm(f"{town.at_bot}")
    assert last_text(town.alice.user.dm_channel) == NO_QUESTION()


async def test_a_box_is_in_the_language_of_whoever_opened_it(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    set_locale(monkeypatch, person="nl", server="en-US")
    answered = await town.alice.slash(town.channel, "ask", question="Who sold two boats?")
    box = await press(town.alice, answered, "Wrong")
    assert box.modal
    assert box.modal["title"] == "Wat is er mis met het antwoord?"


async def test_words_for_discord_are_as_short_as_it_takes_them(town: Town) -> None:
    for command in told_commands(town):
        for part in walked(command):
            assert all(len(words) <= 100 for words in (part.get("description_localizations") or {}).values())
            menu = 32 if part is command else 100
            assert all(len(words) <= menu for words in (part.get("name_localizations") or {}).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_as_short_as_discord_takes_them(language: str) -> None:
    with speaking(language):
        assert max(len(one()) for one in (labels.UNHELPFUL_TITLE, labels.ASK_ON, labels.ASK_HERE)) <= 45
        assert max(len(one()) for one in (labels.REASON, labels.REASON_IN_WORDS, ASK_QUESTION)) <= 45
        assert max(len(one()) for one in labels.REASONS) <= 100
        row = (labels.SHOW_PASSAGES, labels.ASK_ON, labels.HELPFUL, labels.UNHELPFUL)
        assert max(len(one()) for one in row) <= 20, "five buttons stand in one row"
