"""Marks, mentions, emoji and addresses are no words of a message."""

from __future__ import annotations

import pytest

from bot.answer.question.message import clean_message


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("<@123> who won?", "who won?"),
        ("<@!123> <@&456> who won in <#789> ?", "who won in ?"),
        ("who won <:goal:123456> <a:dance:99> at <t:1700000000:R>", "who won at"),
        ("@NewsBot who won?", "who won?"),
        ("hi @everyone, who won the race #sports :tada:", "hi , who won the race"),
        ("latest on the flood 🙏🏽 👩‍🚒", "latest on the flood"),
        ("what about item #5 and a@b.example?", "what about item #5 and a@b.example?"),
        ("Was kostet das?\nUnd wann?", "Was kostet das? Und wann?"),
        ("Хто переміг?", "Хто переміг?"),
        ("7:30 or 8:45, which :)", "7:30 or 8:45, which :)"),
    ],
)
def test_only_words_are_left(typed: str, words: str) -> None:
    assert clean_message(typed).words == words


def test_addresses_are_kept_apart() -> None:
    message = clean_message("is (https://a.example/x?y=1) true? <https://b.example/z> https://a.example/x?y=1.")
    assert message.links == ("https://a.example/x?y=1", "https://b.example/z")
    assert "true?" in message.words
    assert "example" not in message.words


@pytest.mark.parametrize("typed", ["🙏", "<@99>", "<:goal:1>", "👍👍 @marta"])
def test_a_message_may_have_no_words(typed: str) -> None:
    message = clean_message(typed)
    assert message.words == ""
    assert message.wordless


@pytest.mark.parametrize("typed", ["", "  ", "???", "..."])
def test_a_message_with_nothing_in_it_is_not_merely_wordless(typed: str) -> None:
    assert not clean_message(typed).wordless


@pytest.mark.parametrize(
    ("typed", "to_somebody"),
    [
        ("<@99> you owe me a beer", True),
        ("@marta see you", True),
        ("@NewsBot thx", False),
        ("@everyone hi", False),
    ],
)
def test_people_talk_to_each_other(typed: str, to_somebody: bool) -> None:
    assert clean_message(typed).to_somebody is to_somebody
