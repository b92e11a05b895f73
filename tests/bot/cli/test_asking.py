"""``newsdesk ask`` with messages that are no plain questions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.answer.question.question import Kind
from bot.cli.output.answers import ABOUT_WHAT, CHATTER, CLAIMED
from bot.summary.request import NO_SUBJECT, NOT_IN_LIBRARY
from tests.bot.conftest import Newsdesk

YESTERDAY = datetime.now(UTC).date() - timedelta(days=1)


@pytest.fixture
def indexed(newsdesk: Newsdesk, tmp_path: Path) -> Newsdesk:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, day, outlet, text in (
        (
            "ferry",
            YESTERDAY,
            "Reuters",
            "The ferry Solund ran aground near Tarn. Nobody was hurt, the captain said.",
        ),
        ("dam", "2024-05-03", "Harbour Post", "The dam of Orle was repaired. The repair cost two million euros."),
    ):
        head = f"title: The {name}\nsource: {outlet}\ndate: {day}\nurl: https://news.example/{name}"
        (folder / f"{name}.md").write_text(f"---\n{head}\n---\n\n{text}\n", encoding="utf-8")
    assert newsdesk("index", folder).status == 0
    return newsdesk


@pytest.mark.parametrize(
    ("message", "kind"),
    [("thanks a lot!", Kind.THANKS), ("good morning all", Kind.GREETING), ("lol 😂", Kind.REMARK)],
)
def test_chatter_gets_one_line(indexed: Newsdesk, message: str, kind: Kind) -> None:
    assert indexed("ask", message).out.strip() == CHATTER[kind]
    document = indexed("ask", message, "--json").json
    assert (document["kind"], document["sentences"], document["citations"]) == (kind, [], [])


def test_a_pronoun_that_points_at_nothing_is_asked_back(indexed: Newsdesk) -> None:
    run = indexed("ask", "and why did he do that?")
    assert ABOUT_WHAT in run.out
    assert "The ferry" in run.out
    assert "Nobody was hurt" not in run.out


def test_filters_that_are_said_are_in_force_and_shown(indexed: Newsdesk) -> None:
    document = indexed("ask", "According to the Harbour Post, what did the repair of the dam cost?", "--json").json
    assert document["kind"] == "question"
    assert document["filters"] == {"since": None, "until": None, "source": "Harbour Post"}
    assert "two million euros" in document["answer"]
    run = indexed("ask", "articles about the dam from May 2024: what did the repair cost?")
    assert "Only articles since 2024-05-01, until 2024-05-31" in run.out
    assert "two million euros" in run.out


def test_a_claim_is_looked_up(indexed: Newsdesk) -> None:
    run = indexed("ask", "I heard that the ferry Solund ran aground near Tarn")
    assert CLAIMED in run.out
    assert "ran aground near Tarn" in run.out


def test_news_are_the_digest(indexed: Newsdesk) -> None:
    run = indexed("ask", "what's new?")
    assert "The ferry" in run.out
    assert "The dam" not in run.out
    document = indexed("ask", "what's new?", "--json").json
    assert document["kind"] == "news"
    assert {citation["title"] for citation in document["citations"]} == {"The ferry"}


def test_a_link_and_a_request_are_summed_up(indexed: Newsdesk) -> None:
    document = indexed("ask", "https://news.example/dam", "--json").json
    assert document["kind"] == "link"
    assert "repaired" in document["answer"]
    document = indexed("ask", "summarise the story about the ferry Solund", "--json").json
    assert (document["kind"], document["subject"]) == ("summary", "ferry Solund")
    assert "ran aground" in document["answer"]


@pytest.mark.parametrize(
    ("message", "reason"),
    [("https://elsewhere.example/x", str(NOT_IN_LIBRARY)), ("summarise this please", str(NO_SUBJECT))],
)
def test_what_can_not_be_summed_up_says_why(indexed: Newsdesk, message: str, reason: str) -> None:
    run = indexed("ask", message)
    assert run.status == 2
    assert reason in run.err
