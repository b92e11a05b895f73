"""What is set at each level, and what applies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.memory.memory import Memory
from bot.memory.preferences.rules import Level, Rules, Where, Wishes, rules_of

GUILD, CHANNEL, ME = 1_234_567_890_123_456_789, 2, 3


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with closing(Memory(tmp_path)) as opened:
        yield opened


def test_nothing_set_is_the_default(memory: Memory) -> None:
    rules = memory.preferences.rules(GUILD, CHANNEL, ME)
    assert rules == Rules()
    assert rules.origin("where") is Level.DEFAULT


def test_the_channels_word_comes_before_the_servers(memory: Memory) -> None:
    kept = memory.preferences
    kept.put(Level.SERVER, GUILD, "where", Where.THREAD, GUILD)
    kept.put(Level.SERVER, GUILD, "cooldown", 30, GUILD)
    kept.put(Level.CHANNEL, CHANNEL, "where", Where.PLACE, GUILD)
    kept.put(Level.CHANNEL, CHANNEL, "every_question", True, GUILD)
    rules = kept.rules(GUILD, CHANNEL, ME)
    assert (rules.where, rules.every_question, rules.cooldown) == (Where.PLACE, True, 30)
    assert (rules.origin("where"), rules.origin("cooldown")) == (Level.CHANNEL, Level.SERVER)
    assert kept.rules(GUILD, CHANNEL + 1, ME).where is Where.THREAD
    assert kept.rules(GUILD + 1, CHANNEL + 1, ME) == Rules()
    assert kept.channels(GUILD, "every_question") == [CHANNEL]
    kept.put(Level.CHANNEL, CHANNEL, "where", None, GUILD)
    assert kept.rules(GUILD, CHANNEL, ME).where is Where.THREAD


def test_a_person_may_want_more_quiet_than_the_channel_never_less() -> None:
    alone = rules_of(Wishes(where=Where.THREAD), person=Wishes(private=True))
    assert (alone.where, alone.origin("where")) == (Where.PRIVATE, Level.PERSON)
    quiet = rules_of(channel=Wishes(where=Where.PRIVATE), person=Wishes(private=False))
    assert (quiet.where, quiet.origin("where")) == (Where.PRIVATE, Level.CHANNEL)


def test_all_read_the_language_of_the_place_and_each_person_their_own(memory: Memory) -> None:
    kept = memory.preferences
    kept.put(Level.SERVER, GUILD, "language", "de", GUILD)
    kept.put(Level.PERSON, ME, "language", "fr")
    rules = kept.rules(GUILD, CHANNEL, ME)
    assert (rules.language, rules.own_language, rules.origin("language")) == ("de", "fr", Level.SERVER)
    kept.put(Level.CHANNEL, CHANNEL, "language", "nl", GUILD)
    assert kept.rules(GUILD, CHANNEL, ME + 1) == Rules(language="nl", origins={"language": Level.CHANNEL})
    rules = kept.rules(None, CHANNEL, ME)
    assert (rules.language, rules.own_language) == (None, "fr")


def test_in_direct_messages_a_persons_word_alone_counts(memory: Memory) -> None:
    memory.preferences.put(Level.PERSON, ME, "private", True)
    assert memory.preferences.rules(None, CHANNEL, ME).where is Where.PRIVATE


@pytest.mark.parametrize(("name", "value"), [("where", "nowhere"), ("cooldown", "soon"), ("colour", "red")])
def test_what_can_not_be_set_is_refused(memory: Memory, name: str, value: object) -> None:
    with pytest.raises(ValueError, match=name):
        memory.preferences.put(Level.SERVER, GUILD, name, value, GUILD)


def test_what_a_newer_version_has_set_is_left_out(memory: Memory) -> None:
    memory.preferences.put(Level.SERVER, GUILD, "cooldown", 30, GUILD)
    with memory._engine.begin() as connection:
        for name, value in (("where", '"in_the_sky"'), ("colour", '"red"')):
            row = f"INSERT INTO preferences VALUES ('server', {GUILD}, '{name}', {GUILD}, '{value}')"
            connection.execute(text(row))
    assert memory.preferences.wishes(Level.SERVER, GUILD) == Wishes(cooldown=30)


def test_forgetting_a_person_forgets_what_they_set(memory: Memory) -> None:
    memory.preferences.put(Level.PERSON, ME, "private", True)
    memory.preferences.put(Level.SERVER, GUILD, "cooldown", 30, GUILD)
    memory.forget(ME, date(2026, 3, 7))
    assert memory.preferences.wishes(Level.PERSON, ME) == Wishes()
    assert memory.preferences.wishes(Level.SERVER, GUILD).cooldown == 30
