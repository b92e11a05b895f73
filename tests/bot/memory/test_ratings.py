"""What people think of answers is kept as long as the answers are, and told by ``newsdesk feedback``."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.answer.answer import Answer
from bot.memory.answers import KEPT
from bot.memory.memory import Memory
from tests.bot.conftest import Newsdesk
from tests.bot.discord.examples import answer

ONE, OTHER = "a" * 16, "b" * 16
HERE = "guild:1"


def test_the_last_word_of_each_person_counts(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    memory.answers.keep(ONE, HERE, answer())
    assert memory.ratings.rated() == []
    for user, helpful in (("7", True), ("8", False), ("9", False), ("8", True), ("8", True)):
        assert memory.ratings.rate(ONE, HERE, user, helpful)
    [rated] = memory.ratings.rated()
    assert (rated.answer, rated.helpful, rated.unhelpful) == (answer(), 2, 1)
    memory.ratings.forget("8")
    [rated] = memory.ratings.rated()
    assert (rated.helpful, rated.unhelpful) == (1, 1)
    memory.close()


def test_what_was_given_elsewhere_or_is_forgotten_is_not_rated(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    memory = Memory(tmp_path)
    memory.answers.keep(ONE, HERE, answer(), now - KEPT + timedelta(minutes=1))
    assert not memory.ratings.rate(ONE, "guild:2", "7", True)
    assert not memory.ratings.rate(OTHER, HERE, "7", True)
    assert memory.ratings.rated() == []
    assert memory.ratings.rate(ONE, HERE, "7", True)
    memory.answers.keep(OTHER, HERE, answer(), now + timedelta(minutes=2))
    assert memory.ratings.rated() == []
    assert not memory.ratings.rate(ONE, HERE, "7", True)
    memory.close()


def test_the_operator_sees_questions_and_counts_and_not_who(newsdesk: Newsdesk, home: Path) -> None:
    assert "No answer of the last 30 days was rated" in newsdesk("feedback").out
    now = datetime(2026, 5, 1, tzinfo=UTC)
    memory = Memory(home)
    memory.answers.keep(ONE, HERE, answer(question="When did [the] bridge reopen?"), now)
    memory.answers.keep(OTHER, HERE, Answer("Who sank it?", abstained=True, finished=True), now + timedelta(1))
    memory.ratings.rate(ONE, HERE, "987654321", True)
    memory.ratings.rate(OTHER, HERE, "987654321", False)
    memory.close()
    told = newsdesk("feedback", "--json")
    assert [
        (one["question"], one["abstained"], one["article_ids"], one["helpful"], one["unhelpful"])
        for one in told.json["feedback"]
    ] == [("Who sank it?", True, [], 0, 1), ("When did [the] bridge reopen?", False, ["a1", "a2"], 1, 0)]
    shown = newsdesk("feedback").out
    assert "When did [the] bridge reopen?" in shown
    assert "2026-05-02" in shown
    assert "987654321" not in shown + told.out
