"""Nothing in an article is markup in Discord, and nothing is cut in the wrong place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.pages.markdown import clip, escape, escape_within
from tests.bot.discord.examples import HOSTILE, texts


def unescaped(text: str) -> str:
    """What a reader sees: a backslash before punctuation vanishes (Discord's escape rule)."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text)


def live(text: str) -> str:
    """What is left for Discord to read as markup, with a plain sign for all that is escaped."""
    return re.sub(r"\\[^0-9A-Za-z\s]", "§", text)


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cf", "Cs"), include_characters="\n")))
def test_a_reader_sees_the_very_words(text: str) -> None:
    assert unescaped(escape(text)) == text


@given(texts)
def test_no_mark_stays_alive(text: str) -> None:
    left = live(escape(text))
    assert not re.search(r"[\\*_~`|<\[\]@]", left)
    assert not re.search(r":/|:[\w+-]+:", left)
    assert not re.search(r"^\s*([#>+-]|\d+\.)", left, re.MULTILINE)


def test_mentions_links_and_emoji_are_words() -> None:
    left = live(escape(HOSTILE))
    for mark in ("@everyone", "<@", "<#", "](", "https://", ":tada:", "**", "||"):
        assert mark not in left


def test_a_time_of_day_needs_no_backslash() -> None:
    assert escape("at 23:40, the log says: two calls") == "at 23:40, the log says: two calls"


def test_text_that_turns_direction_or_hides_is_taken_out() -> None:
    assert escape("a\u202eb\x00c") == "abc"


@given(texts, st.integers(1, 300))
def test_clipping_keeps_to_the_limit(text: str, limit: int) -> None:
    assert len(clip(text, limit)) <= limit
    assert len(escape_within(text, limit)) <= limit


@given(texts, st.integers(1, 300))
def test_an_escape_is_never_cut_in_two(text: str, limit: int) -> None:
    assert not re.search(r"(?<!\\)(\\\\)*\\$", escape_within(text, limit))


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("One two. Three four. Five six.", 26, "One two. Three four. …"),
        ("One two three four five", 17, "One two three…"),
        ("Unbreakable", 6, "Unbr…"),
        ("Short.", 6, "Short."),
    ],
)
def test_clipping_prefers_the_end_of_a_sentence_then_of_a_word(text: str, limit: int, expected: str) -> None:
    assert clip(text, limit) == expected
