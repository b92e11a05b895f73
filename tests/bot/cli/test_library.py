"""The commands that keep the library."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.bot.answer.test_desk import QUESTION, write_articles
from tests.bot.conftest import Newsdesk

pytestmark = pytest.mark.slow


def test_a_source_is_added_polled_listed_and_removed(newsdesk: Newsdesk, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in")
    added = newsdesk("sources", "add", folder, "--every", "2", "--json").json["sources"]
    assert [(one["interval"], one["articles"], one["polled_at"]) for one in added] == [(2.0, 0, None)]
    assert newsdesk("sources", "poll", "--json").json["added"] == 2
    assert newsdesk("sources", "poll", "--json").json["unchanged"] == 0  # no longer due
    assert newsdesk("sources", "poll", folder, "--json").json["unchanged"] == 2
    [listed] = newsdesk("sources", "list", "--json").json["sources"]
    assert listed["articles"] == 2
    assert listed["location"] == added[0]["location"]
    assert newsdesk("sources", "remove", folder, "--json").json == {"removed": True, "articles": 0}
    assert len(newsdesk("articles", "--json").json["articles"]) == 2
    again = newsdesk("sources", "remove", tmp_path / "nowhere")
    assert again.status == 1
    assert "lists them" in again.out


def test_a_source_goes_with_its_articles(newsdesk: Newsdesk, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in")
    newsdesk("index", folder)
    assert newsdesk("sources", "remove", folder, "--articles", "--json").json == {"removed": True, "articles": 2}
    assert newsdesk("articles", "--json").json["articles"] == []


def test_history_tells_what_was_read_and_what_failed(newsdesk: Newsdesk, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    newsdesk("index", folder)
    (folder / "broken.pdf").unlink()
    newsdesk("index", folder)
    runs = newsdesk("history", folder, "--json").json["runs"]
    assert [len(run["failures"]) for run in runs] == [0, 1]
    assert runs[1]["counts"]["added"] == 2
    assert "broken.pdf" in newsdesk("history").out
    assert newsdesk("history", tmp_path / "other", "--json").json == {"runs": []}


def test_an_export_is_imported_whole(newsdesk: Newsdesk, tmp_path: Path, home: Path) -> None:
    newsdesk("index", write_articles(tmp_path / "in"))
    before = newsdesk("ask", QUESTION, "--json").json
    file = tmp_path / "all.jsonl"
    assert newsdesk("export", file, "--json").json == {"exported": 2, "file": str(file)}
    assert len(newsdesk("export").out.splitlines()) == len(file.read_text(encoding="utf-8").splitlines())
    assert all(json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())
    shutil.rmtree(home)
    assert newsdesk("import", file, "--json").json["added"] == 2
    after = newsdesk("ask", QUESTION, "--json").json
    assert after["sentences"] == before["sentences"]
    assert after["citations"] == before["citations"]


def test_what_is_no_export_is_refused_with_the_reason(newsdesk: Newsdesk, tmp_path: Path) -> None:
    file = tmp_path / "other.jsonl"
    file.write_text('{"question": "what?"}\n')
    run = newsdesk("import", file)
    assert run.status in (1, 2)
    assert run.err + run.out
    assert newsdesk("import", tmp_path / "missing.jsonl").status == 2


@pytest.mark.parametrize("part", ["fulltext", "vectors"])
def test_the_doctor_finds_and_repairs_damage(newsdesk: Newsdesk, tmp_path: Path, home: Path, part: str) -> None:
    newsdesk("index", write_articles(tmp_path / "in"))
    for path in (home / part).rglob("*"):
        if path.is_file() and path.suffix != ".lock":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    run = newsdesk("doctor", "--repair", "--json")
    assert run.json["ok"], run.json
    assert any("registry" in check["says"] for check in run.json["checks"])
    assert newsdesk("doctor", "--json").json["ok"]
    assert len(newsdesk("ask", QUESTION, "--json").json["sentences"]) == 2


def test_the_doctor_says_what_to_do_about_a_damaged_registry(
    newsdesk: Newsdesk, tmp_path: Path, home: Path
) -> None:
    newsdesk("index", write_articles(tmp_path / "in"))
    file = home / "registry.sqlite"
    file.write_bytes(b"no database " * 1000)
    for option in ("--json", "--repair"):
        run = newsdesk("doctor", option)
        assert run.status == 1
        assert "Restore registry.sqlite from a backup" in run.out


def test_the_doctor_saves_what_it_can_of_a_damaged_memory(newsdesk: Newsdesk, tmp_path: Path, home: Path) -> None:
    newsdesk("index", write_articles(tmp_path / "in"))
    newsdesk("ask", QUESTION, "--conversation", "bridge")
    (home / "memory.sqlite").write_bytes(b"no database " * 1000)
    run = newsdesk("forget", "--all")
    assert run.status == 2
    assert "newsdesk doctor --repair" in run.err
    run = newsdesk("doctor", "--json")
    assert run.status == 1
    assert [check["name"] for check in run.json["checks"] if not check["ok"]] == ["memory"]
    run = newsdesk("doctor", "--repair", "--json")
    assert run.status == 0
    assert any("memory.damaged.sqlite" in check["says"] for check in run.json["checks"])
    assert newsdesk("forget", "--all", "--json").json == {"forgotten": 0}
