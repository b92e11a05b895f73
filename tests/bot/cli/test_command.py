"""The command line as people and scripts use it: JSON, exit statuses, and what it says of bad input."""

from __future__ import annotations

import json
import logging
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

from index.store import changes
from tests.bot.answer.test_desk import ARTICLES, MANY, NINE, QUESTION, write_articles
from tests.bot.conftest import Newsdesk, Run
from tests.fakes.openai_server import OpenAIServer, Reply

pytestmark = pytest.mark.slow

MERIDIAN = "https://meridian.example/ships"


@pytest.fixture
def indexed(newsdesk: Newsdesk, tmp_path: Path) -> Newsdesk:
    """The command over two articles that disagree."""
    assert newsdesk("index", write_articles(tmp_path / "in"), "--json").status == 0
    return newsdesk


# The JSON contract


def test_index(newsdesk: Newsdesk, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in")
    first = newsdesk("index", folder, "--json")
    assert first.status == 0
    assert first.err == ""
    report = first.json
    assert set(report) == {
        "added",
        "updated",
        "unchanged",
        "removed",
        "moved",
        "failed",
        "failures",
        "passed_over",
        "embedded",
        "seconds",
    }
    assert (report["added"], report["failed"], report["failures"], report["passed_over"]) == (2, 0, [], [])
    (folder / "dockers.md").unlink()
    (folder / "authority.md").write_text(ARTICLES["authority"].replace("Nine", "Ten"))
    report = newsdesk("index", folder, "--json").json
    assert (report["added"], report["updated"], report["unchanged"], report["removed"]) == (0, 1, 0, 1)
    report = newsdesk("index", folder, "--json").json
    assert (report["updated"], report["unchanged"], report["embedded"]) == (0, 1, 0)


def test_ask(indexed: Newsdesk) -> None:
    run = indexed("ask", QUESTION, "--json")
    assert run.status == 0
    assert run.err == ""
    answer = run.json
    assert answer["abstained"] is False
    assert answer["as_of"] == "2025-11-20"
    assert [sentence["citations"] for sentence in answer["sentences"]] == [[1], [2]]
    assert {"search", "total"} <= set(answer["timings"])
    for number, citation in enumerate(answer["citations"], 1):
        assert citation["n"] == number
        assert {"article_id", "title", "url", "link", "quote", "start", "end", "verified"} <= set(citation)
        assert citation["verified"] is True
        assert citation["end"] - citation["start"] == len(citation["quote"])
    for sentence in answer["sentences"]:
        assert sentence["text"] in answer["answer"]
    assert answer["answer"].endswith("[2]")


def test_ask_what_is_not_there(indexed: Newsdesk) -> None:
    run = indexed("ask", "What is the capital of Peru?", "--json")
    assert run.status == 0
    answer = run.json
    assert answer["abstained"] is True
    assert (answer["answer"], answer["sentences"], answer["citations"], answer["as_of"]) == ("", [], [], None)
    assert len(answer["nearest"]) == 2


def test_search(indexed: Newsdesk) -> None:
    hits = indexed("search", "ships outside the port", "--json").json["hits"]
    assert {hit["title"] for hit in hits} == {
        "Harbour office plays down the blockade",
        "Dockers count ships of their own",
    }
    for hit in hits:
        keys = {"passage_id", "article_id", "title", "url", "published_at", "text", "start", "end", "score"}
        assert keys <= set(hit)
        assert hit["end"] - hit["start"] == len(hit["text"])
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    assert len(indexed("search", "ships", "-k", "1", "--json").json["hits"]) == 1


def found(newsdesk: Newsdesk, *options: str) -> set[str]:
    """The outlets of what a search with ``options`` finds."""
    run = newsdesk("search", "ships outside the port", *options, "--json")
    assert run.status == 0
    return {hit["source"] for hit in run.json["hits"]}


def test_filters_include_both_their_days(indexed: Newsdesk) -> None:
    assert found(indexed) == {"Meridian", "Strana Wire"}
    assert found(indexed, "--since", "2025-11-13") == {"Meridian", "Strana Wire"}
    assert found(indexed, "--since", "2025-11-14") == {"Strana Wire"}
    assert found(indexed, "--until", "2025-11-13") == {"Meridian"}
    assert found(indexed, "--until", "2025-11-12") == set()
    # Half past eleven at night in California is the next day in London; the article's own day counts.
    assert found(indexed, "--since", "2025-11-20", "--until", "2025-11-20") == {"Strana Wire"}
    assert found(indexed, "--since", "2025-11-21") == set()
    assert found(indexed, "--source", "Meridian") == {"Meridian"}
    assert found(indexed, "--source", "Nobody") == set()


def test_ask_with_filters(indexed: Newsdesk) -> None:
    answer = indexed("ask", QUESTION, "--source", "Strana Wire", "--json").json
    assert [citation["source"] for citation in answer["citations"]] == ["Strana Wire"]
    answer = indexed("ask", QUESTION, "--until", "2025-11-13", "--json").json
    assert answer["as_of"] == "2025-11-13"


def test_articles(indexed: Newsdesk) -> None:
    listed = indexed("articles", "--json").json["articles"]
    assert [article["source"] for article in listed] == ["Strana Wire", "Meridian"]
    assert listed[0]["published_at"] == "2025-11-20T23:30:00-08:00"
    assert [article["source"] for article in indexed("articles", "harbour office", "--json").json["articles"]] == [
        "Meridian"
    ]
    assert len(indexed("articles", "--limit", "1", "--json").json["articles"]) == 1
    assert indexed("articles", "nowhere", "--json").json == {"articles": []}


def test_articles_are_shown_with_ids_that_can_be_copied(indexed: Newsdesk) -> None:
    assert f"    {MERIDIAN}\n" in indexed("articles").out
    assert "'nowhere'" in indexed("articles", "nowhere").out


def test_summary(indexed: Newsdesk) -> None:
    for name in (MERIDIAN, "plays down the blockade", "HARBOUR office plays down the blockade"):
        run = indexed("summary", name, "--json")
        assert run.status == 0
        assert run.json["article"]["id"] == MERIDIAN
        assert run.json["points"][0]["citations"] == [1]
        assert run.json["citations"][0]["verified"] is True


def test_summary_of_what_is_not_clear(indexed: Newsdesk) -> None:
    run = indexed("summary", "s", "--json")
    assert_refused(run)
    assert "can mean several articles" in run.err
    assert f"\n  Harbour office plays down the blockade (Meridian, 2025-11-13)\n    {MERIDIAN}" in run.err
    run = indexed("summary", "nowhere")
    assert run.status == 2
    assert "There is no article 'nowhere'" in run.err


def test_a_title_that_is_part_of_another_names_its_own_article(newsdesk: Newsdesk, tmp_path: Path) -> None:
    articles = [
        {"id": title, "title": title, "text": "The tram stops at every corner of the town."}
        for title in ("Trams", "Trams again")
    ]
    (tmp_path / "two.json").write_text(json.dumps(articles))
    newsdesk("index", tmp_path / "two.json")
    assert newsdesk("summary", "trams", "--json").json["article"]["id"] == "Trams"


def test_remove(indexed: Newsdesk, tmp_path: Path) -> None:
    run = indexed("remove", MERIDIAN, "missing", "--json")
    assert run.status == 1
    assert run.json == {"removed": 1, "missing": ["missing"]}
    assert found(indexed) == {"Strana Wire"}
    assert indexed("remove", "dockers.md").status == 0
    run = indexed("ask", QUESTION)
    assert run.status == 2
    assert "no articles to answer from yet" in run.err
    assert indexed("index", tmp_path / "in", "--json").json["added"] == 2


def test_doctor(indexed: Newsdesk) -> None:
    run = indexed("doctor", "--json")
    assert run.status == 0
    assert run.json["ok"] is True
    assert {check["name"] for check in run.json["checks"]} >= {"store", "articles", "chat model", "discord"}
    assert run.out.count("\n{") == 0
    assert indexed("doctor").out.count("✓") == len(run.json["checks"])


def test_doctor_finds_something(newsdesk: Newsdesk) -> None:
    run = newsdesk("doctor", "--json")
    assert run.status == 1
    assert run.json["ok"] is False


def test_eval(indexed: Newsdesk, tmp_path: Path) -> None:
    queries = [
        {"id": "1", "question": QUESTION, "answers": ["23 ships"], "relevant_article_ids": [MERIDIAN]},
        {"id": "2", "question": "What is the capital of Peru?", "answers": [], "relevant_article_ids": []},
    ]
    path = tmp_path / "queries.jsonl"
    path.write_text("\n".join(map(json.dumps, queries)))
    run = indexed("eval", path, "--json")
    assert run.status == 0
    report = run.json
    assert report["queries"] == 2
    assert {"recall@1", "recall@5", "recall@10", "mrr@10", "coverage", "false_answers"} <= set(report["metrics"])
    assert report["metrics"]["false_answers"] == 0
    assert set(report["intervals"]) <= set(report["metrics"])
    assert "coverage" not in indexed("eval", path, "--no-answers", "--json").json["metrics"]
    old = tmp_path / "old.json"
    old.write_text(run.out)
    run = indexed("eval", path, "--without-relevant", "--json")
    assert [set(one) & {"coverage", "false_answers"} for one in run.json["measured"].values()] == [
        {"false_answers"},
        {"false_answers"},
    ]
    assert "coverage" not in run.json["metrics"]
    run = indexed("eval", path, "--compare", old, "--json")
    assert run.json["differences"]["coverage"] == {"queries": 1, "mean": 0, "interval": [0, 0]}
    assert "Compared with before" in indexed("eval", path, "--compare", old).out
    for bad in (
        (tmp_path / "missing.jsonl",),
        (path, "--compare", path),
        (path, "--without-relevant", "--no-answers"),
    ):
        assert_refused(indexed("eval", *bad, "--json"))


def test_text_for_people(indexed: Newsdesk, tmp_path: Path) -> None:
    answer = indexed("ask", QUESTION)
    assert f"“{NINE}, according to the harbour office.” [1]" in answer.out
    assert "Sources, as of 2025-11-20" in answer.out
    link = next(line for line in answer.out.splitlines() if "#:~:text=" in line)
    assert link.startswith(f"    {MERIDIAN}#:~:text=")
    assert link.endswith("office")
    assert "0 added, 0 updated, 2 unchanged" in indexed("index", tmp_path / "in").out
    assert "1. Harbour office" in indexed("search", NINE, "-k", "1").out
    assert "• “Nine ships" in indexed("summary", MERIDIAN).out
    assert "Nothing found." in indexed("search", "ships", "--until", "1999-01-01").out
    assert "No article is of that outlet" in indexed("ask", QUESTION, "--source", "Nobody's News").out


@pytest.mark.parametrize(
    "command",
    [
        ["search", "ships"],
        ["summary", "ships.md"],
        ["summary", "--topic", "ships"],
        ["timeline", "ships"],
        ["digest", "--since", "2026-01-01"],
    ],
    ids=" ".join,
)
def test_an_empty_library_is_nothing_to_answer_from(newsdesk: Newsdesk, command: list[str]) -> None:
    run = newsdesk(*command)
    assert (run.status, run.out) == (2, "")
    assert "nothing to answer from: the library is empty" in run.err
    assert_refused(newsdesk(*command, "--json"))


def test_the_end_of_an_id_names_its_article(newsdesk: Newsdesk, tmp_path: Path) -> None:
    newsdesk("index", write_articles(tmp_path / "in"))
    (tmp_path / "two.json").write_text(
        json.dumps(
            [
                {"id": f"{place}/trams", "title": f"Trams in {place}", "text": "The tram stops at every corner."}
                for place in ("north", "south")
            ]
        )
    )
    newsdesk("index", tmp_path / "two.json")
    run = newsdesk("remove", "trams", "--json")
    assert_refused(run)
    assert "\n  Trams in north\n    north/trams" in run.err
    assert newsdesk("remove", "north/trams", "ships", "--json").json == {"removed": 2, "missing": []}
    assert newsdesk("summary", "trams", "--json").json["article"]["id"] == "south/trams"
    assert newsdesk("remove", "trams", "ram", "--json").json == {"removed": 1, "missing": ["ram"]}


# Wrong use


def assert_refused(run: Run) -> None:
    """With --json the reason is the one document on stdout, as it stands on stderr."""
    assert run.status == 2
    assert list(run.json) == ["error"]
    assert run.json["error"] in run.err


@pytest.mark.parametrize("json_wanted", [False, True], ids=["text", "json"])
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["frobnicate"], "No such command"),
        (["index"], "Missing argument"),
        (["index", ""], "A source is empty"),
        (["index", "ftp://news.example/feed"], "cannot be read"),
        (["ask"], "Missing argument"),
        (["ask", ""], "There is no question"),
        (["ask", " ?! "], "There is no question"),
        (["search", ""], "There is no question"),
        (["ask", "x" * 10_000], "10,000 characters long; at most 1,000 are read"),
        (["search", "x" * 10_000], "10,000 characters long; at most 1,000 are read"),
        (["ask", "Why?"], "no articles to answer from"),
        (["ask", "Why?", "--since", "some day"], "is not a day"),
        (["ask", "Why?", "--since", "2026-02-02", "--until", "2026-02-01"], "2026-02-01 is before 2026-02-02"),
        (["search", "ships", "-k", "0"], "-k"),
        (["run"], "NEWSDESK_DISCORD_TOKEN"),
    ],
)
def test_wrong_use_is_said_on_stderr_with_status_2(
    newsdesk: Newsdesk, arguments: list[str], said: str, json_wanted: bool
) -> None:
    if json_wanted and arguments != ["run"]:
        run = newsdesk(*arguments, "--json")
        assert_refused(run)
    else:
        run = newsdesk(*arguments)
        assert run.out == ""
    assert run.status == 2
    assert said in run.err
    assert "Traceback" not in run.err


@pytest.mark.parametrize("option", [(), ("--json",)])
def test_what_ctrl_c_stops_is_finished_by_the_next(
    newsdesk: Newsdesk, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, option: tuple[str, ...]
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    folder = write_articles(tmp_path / "in")
    with monkeypatch.context() as interrupted:
        interrupted.setattr(changes, "publish", stop)
        run = newsdesk("index", folder, *option)
    assert run.status == 130
    assert "Traceback" not in run.err
    assert run.err.endswith(
        "newsdesk: Nothing was done yet; what was there before is kept.\nnewsdesk: Stopped with Ctrl-C.\n"
    )
    assert run.out == "" if not option else list(run.json) == ["error"]
    assert not (home / "in-use").exists()
    assert newsdesk("articles", "--json").json == {"articles": []}
    assert newsdesk("index", folder, "--json").json["added"] == 2
    assert newsdesk("doctor", "--json").json["ok"]


def test_an_unknown_setting(newsdesk: Newsdesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_CHATMODEL", "openai:gpt-5-mini")
    run = newsdesk("articles", "--json")
    assert_refused(run)
    assert run.err.startswith("newsdesk: Unknown setting NEWSDESK_CHATMODEL")


def test_a_store_made_with_another_model(
    indexed: Newsdesk, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_EMBEDDING", "openai:other")
    monkeypatch.setenv("NEWSDESK_EMBEDDING_BASE_URL", server.base_url)
    monkeypatch.setenv("NEWSDESK_EMBEDDING_API_KEY", "none")
    run = indexed("ask", QUESTION, "--json")
    assert_refused(run)
    assert "made with the embedding model e5-small, not openai:other" in run.err
    assert "NEWSDESK_EMBEDDING=e5-small" in run.err


def test_a_home_that_cannot_be_made(newsdesk: Newsdesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("NEWSDESK_HOME", str(tmp_path / "file" / "home"))
    run = newsdesk("articles")
    assert run.status == 2
    assert "NEWSDESK_HOME" in run.err
    assert "Traceback" not in run.err


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_read_only_home(newsdesk: Newsdesk, home: Path) -> None:
    home.mkdir(mode=0o500)
    run = newsdesk("articles")
    assert run.status == 2
    assert "cannot be used" in run.err


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable to root")
def test_an_article_that_may_not_be_read(newsdesk: Newsdesk, tmp_path: Path) -> None:
    folder = write_articles(tmp_path / "in")
    (folder / "dockers.md").chmod(0)
    assert (run := newsdesk("index", folder, "--json")).status == 1
    assert (run.json["added"], run.json["failed"]) == (1, 1)


# Bad articles: the rest is indexed, and each failure is named


def failure(newsdesk: Newsdesk, folder: Path, name: str, data: bytes) -> str:
    """Why the file ``name`` cannot be indexed, which stands between two good articles."""
    (write_articles(folder) / name).write_bytes(data)
    run = newsdesk("index", folder, "--json")
    assert run.status == 1
    assert run.json["added"] == 2
    (failed,) = run.json["failures"]
    assert run.json["failed"] == 1
    assert name in failed["location"]
    shown = newsdesk("index", folder)
    assert shown.status == 1
    assert name in shown.out
    return str(failed["reason"])


def protected_pdf(folder: Path) -> bytes:
    folder.mkdir()
    canvas = Canvas(str(folder / "plain.pdf"))
    canvas.drawString(100, 700, "The council closed the harbour bridge on Monday.")
    canvas.save()
    writer = PdfWriter(clone_from=folder / "plain.pdf")
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(folder / "protected.pdf")
    return (folder / "protected.pdf").read_bytes()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "The file is empty"),
        ("blank.md", b"  \n\n ", "no text"),
        ("picture.txt", bytes(range(256)) * 40, "not a text file"),
        ("broken.pdf", b"%PDF-1.7 and no more", "PDF is damaged"),
        ("broken.json", b'{"title": "x", "text": ', "JSON"),
        ("header.md", b"---\ntitle: [a, b\n---\n\nThe council met on Monday.", "front matter"),
    ],
)
def test_a_file_that_is_no_article(
    newsdesk: Newsdesk, tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    assert reason in failure(newsdesk, tmp_path / "in", name, data)


def test_a_pdf_behind_a_password(newsdesk: Newsdesk, tmp_path: Path) -> None:
    data = protected_pdf(tmp_path / "made")
    assert "protected by a password" in failure(newsdesk, tmp_path / "in", "secret.pdf", data)


def test_a_text_of_50_megabytes(newsdesk: Newsdesk, tmp_path: Path) -> None:
    data = b"The council met on Monday and talked. " * (50_000_000 // 38)
    assert "too large: 50.0 MB" in failure(newsdesk, tmp_path / "in", "long.txt", data)


def test_a_broken_line_of_a_jsonl(newsdesk: Newsdesk, tmp_path: Path) -> None:
    good = [
        json.dumps({"id": n, "title": n, "text": f"The {n} bridge was closed on Monday."}) for n in ("old", "new")
    ]
    (tmp_path / "articles.jsonl").write_text(f"{good[0]}\n{{broken\n{good[1]}\n")
    run = newsdesk("index", tmp_path / "articles.jsonl", "--json")
    assert run.status == 1
    assert (run.json["added"], run.json["failed"]) == (2, 1)
    (failed,) = run.json["failures"]
    assert failed["location"].endswith("articles.jsonl:2")


def test_a_text_in_latin_1_is_read(newsdesk: Newsdesk, tmp_path: Path) -> None:
    text = (
        "Le maire de Besançon a été réélu dimanche à la surprise générale, après une journée très calme à l'école."
    )
    (tmp_path / "latin.txt").write_bytes(text.encode("latin-1"))
    assert newsdesk("index", tmp_path / "latin.txt", "--json").json["added"] == 1
    assert newsdesk("search", "maire", "--json").json["hits"][0]["text"] == text


@pytest.mark.parametrize("name", ["missing.txt", "empty-folder", "nothing*.md"])
def test_a_source_without_articles(newsdesk: Newsdesk, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty-folder").mkdir()
    folder = write_articles(tmp_path / "in")
    run = newsdesk("index", tmp_path / name, folder, "--json")
    assert run.status == 1
    assert (run.json["added"], run.json["failed"]) == (2, 1)
    (failed,) = run.json["failures"]
    assert name in failed["location"]
    assert "Check the" in failed["reason"]


# Chat models


def chat(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    for name, value in {"MODEL": "small-1", "BASE_URL": address, "API_KEY": "very-secret"}.items():
        monkeypatch.setenv(f"NEWSDESK_CHAT_{name}", value)


def test_a_chat_server_that_is_not_there(indexed: Newsdesk, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        chat(monkeypatch, f"http://127.0.0.1:{unused.getsockname()[1]}/v1")
    run = indexed("ask", QUESTION, "--json")
    assert run.status == 0
    assert run.json["engine"] == "extractive"
    assert NINE in run.json["answer"]
    (note,) = run.json["notes"]
    assert "cannot be reached" in note
    assert "quoted instead" in note


def test_a_chat_server_that_refuses_the_key(
    indexed: Newsdesk, server: OpenAIServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    chat(monkeypatch, server.base_url)
    server.script([Reply(status=401, error="Incorrect API key provided: very-secret")])
    caplog.set_level(logging.DEBUG)
    run = indexed("ask", QUESTION)
    assert run.status == 0
    assert MANY in run.out
    assert "refused the key" in run.out
    assert "NEWSDESK_CHAT_API_KEY" in run.out
    assert "very-secret" not in run.out + run.err
    assert server.requests[0].headers["Authorization"] == "Bearer very-secret"


# The real thing, in a process of its own


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept: dict[str, Any] = {name: value for name, value in os.environ.items() if not name.startswith("NEWSDESK_")}
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.long
def test_a_process_prints_one_document_and_logs_on_stderr(tmp_path: Path) -> None:
    home = str(tmp_path / "home")
    folder = write_articles(tmp_path / "in")
    (folder / "empty.txt").touch()
    run = process("index", str(folder), "--json", NEWSDESK_HOME=home, NEWSDESK_LOG_LEVEL="DEBUG")
    assert run.returncode == 1
    assert json.loads(run.stdout)["added"] == 2
    run = process("ask", QUESTION, "--json", NEWSDESK_HOME=home, NEWSDESK_LOG_LEVEL="DEBUG")
    assert run.returncode == 0
    assert json.loads(run.stdout)["abstained"] is False
    assert "Traceback" not in run.stderr
    run = process("ask", "", "--json", NEWSDESK_HOME=home)
    assert run.returncode == 2
    assert json.loads(run.stdout)["error"].startswith("There is no question.")
    assert run.stderr.startswith("newsdesk: There is no question.")


def test_help_needs_no_model_and_no_settings() -> None:
    run = process("--help", NEWSDESK_NO_SUCH_SETTING="1")
    assert run.returncode == 0
    for command in ("index", "ask", "search", "summary", "articles", "remove", "eval", "doctor", "run", "demo"):
        assert f"\n  {command} " in run.stdout
