"""``newsdesk summary``, ``timeline`` and ``digest``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.conftest import Newsdesk

pytestmark = pytest.mark.slow

STORIES = Path(__file__).parents[3] / "benchmarks" / "sets" / "stories.articles.jsonl"


@pytest.fixture
def stories(newsdesk: Newsdesk) -> Newsdesk:
    """The command over the invented stories."""
    assert newsdesk("index", STORIES).status == 0
    return newsdesk


def test_a_topic(stories: Newsdesk) -> None:
    run = stories("summary", "--topic", "Tollhaven ferry accident", "--length", "3", "--json")
    assert run.status == 0
    assert len(run.json["points"]) == 3
    assert run.json["article"] is None
    assert "Norland Press" in run.json["outlets"]
    assert run.json["as_of"] == "2026-04-10"
    shown = stories("summary", "--topic", "Tollhaven ferry accident").out
    assert "6 articles:" in shown
    assert "as of 2026-04-10" in shown


def test_a_topic_within_days_as_a_paragraph(stories: Newsdesk) -> None:
    run = stories("summary", "--topic", "Tollhaven ferry", "--until", "2026-03-10", "--style", "paragraph")
    assert run.status == 0
    assert "•" not in run.out
    assert "Meridian" not in run.out


def test_a_topic_with_too_little(stories: Newsdesk) -> None:
    run = stories("summary", "--topic", "volcano eruption in Iceland")
    assert run.status == 0
    assert "say too little of 'volcano eruption in Iceland'" in " ".join(run.out.split())


def test_a_timeline(stories: Newsdesk) -> None:
    run = stories("timeline", "Tollhaven ferry accident", "--json")
    assert run.status == 0
    firsts = [event["first"] for event in run.json["events"]]
    assert firsts == sorted(firsts)
    assert "2026-03-23" in stories("timeline", "Tollhaven ferry accident").out


def test_a_digest(stories: Newsdesk) -> None:
    run = stories("digest", "--since", "2026-06-01", "--json")
    assert run.status == 0
    assert run.json["articles"] == 6
    assert run.json["stories"][0]["headline"]
    assert "Norvale" in stories("digest", "--since", "2026-06-01").out
    assert "Nothing new since 2026-07-01." in stories("digest", "--since", "2026-07-01").out
    assert "Nothing new since" in stories("digest").out  # in the last 24 hours


def test_a_digest_of_some_days_and_of_so_many_stories(stories: Newsdesk) -> None:
    until = stories("digest", "--since", "2026-03-01", "--until", "2026-05-31", "--json").json
    assert until["as_of"] <= "2026-05-31"
    one = stories("digest", "--since", "2026-03-01", "--count", "1", "--json").json
    assert len(one["stories"]) == 1
    assert one["more"] > 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("summary",), "Name either an article or a --topic"),
        (("summary", "one", "--topic", "two"), "Name either an article or a --topic"),
        (("summary", "one", "--since", "2026-01-01"), "go with --topic"),
        (("summary", "one", "--style", "haiku"), "is no style"),
        (("summary", "--topic", "?!"), "Name a topic"),
        (("digest", "--until", "someday"), "is not a day"),
    ],
)
def test_wrong_use(newsdesk: Newsdesk, arguments: tuple[str, ...], told: str) -> None:
    run = newsdesk(*arguments)
    assert run.status == 2
    assert told in " ".join(run.err.replace("│", " ").split())
