"""What ``newsdesk usage`` tells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.chat.budget import Asker
from bot.chat.usage import Usage
from bot.cli.upkeep import DAYS_KEPT
from bot.memory.memory import Memory
from bot.memory.usage import KEPT
from tests.bot.answer.test_desk import BOTH, QUESTION, QUOTED, write_articles
from tests.bot.conftest import Newsdesk
from tests.fakes.openai_server import OpenAIServer

TODAY = datetime.now(UTC).date()


def test_as_many_days_can_be_asked_for_as_are_kept() -> None:
    assert KEPT.days == DAYS_KEPT


def test_nothing_used(newsdesk: Newsdesk) -> None:
    assert "No chat model was used" in newsdesk("usage").out
    assert newsdesk("usage", "--json").json["usage"] == []


def test_lines_and_their_total(newsdesk: Newsdesk, home: Path) -> None:
    memory = Memory(home)
    memory.usage.add(TODAY, Asker("7", "guild"), "small-1", Usage(1000, 200, 0.5))
    memory.usage.add(TODAY - timedelta(days=3), Asker("8"), "other", Usage(10, 2))
    memory.close()
    told = newsdesk("usage", "--json").json
    assert [(one["server"], one["user"], one["model"], one["cost"]) for one in told["usage"]] == [
        ("guild", "7", "small-1", 0.5),
        (None, "8", "other", None),
    ]
    assert told["total"] == {"answers": 2, "prompt_tokens": 1010, "completion_tokens": 202, "cost": 0.5}
    assert len(newsdesk("usage", "--days", "2", "--json").json["usage"]) == 1
    shown = newsdesk("usage").out
    assert "direct messages" in shown
    assert "1,010" in shown
    assert "0.5000" in shown


@pytest.mark.slow
def test_what_is_asked_on_the_command_line_counts_and_is_capped(
    newsdesk: Newsdesk, server: OpenAIServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.script([BOTH])
    newsdesk("index", write_articles(tmp_path / "in"))
    for name, value in {
        "CHAT_MODEL": "small-1",
        "CHAT_BASE_URL": server.base_url,
        "PRICES": "small-1=1/2",
        "DAILY_USER_COST": "0.00001",
        "CHAT_CACHE_DAYS": "0",
    }.items():
        monkeypatch.setenv(f"NEWSDESK_{name}", value)
    usage = newsdesk("ask", QUESTION, "--json").json["usage"]
    made = (server.requests, server.compared, server.judged, server.judged_again)
    calls = sum(map(len, made))  # sentences that end close together are judged in one
    assert (usage["prompt_tokens"], usage["completion_tokens"]) == (10 * calls, 5 * calls)
    assert usage["cost"] == pytest.approx(0.00002 * calls)
    told = newsdesk("usage", "--json").json
    assert [(one["server"], one["user"]) for one in told["usage"]] == [("cli", "cli")]
    capped = newsdesk("ask", QUESTION, "--json").json
    assert capped["engine"] == "extractive"
    assert capped["notes"][0].endswith(QUOTED)
    summary = newsdesk("summary", "Dockers count ships of their own", "--json").json
    assert "used up your share" in summary["notes"][0]
    assert (len(server.requests), len(server.compared)) == (1, 1)
    assert sum(map(len, made)) == calls
