"""Commands while a process has the library open: the same output and exit status as without it."""

from __future__ import annotations

import asyncio
import json
import logging
import pickle
import socket
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.app import App, open_app
from bot.operator import client, server, wire, work
from bot.operator.client import HandedOverError, connected, hand_over
from bot.operator.server import OperatorServer
from bot.settings import Settings
from index.article import SHARED
from index.library import Library
from index.report import SyncProgress, SyncReport
from tests.bot.answer.test_desk import QUESTION, write_articles
from tests.bot.conftest import Newsdesk
from tests.index.news import write

pytestmark = pytest.mark.slow


@contextmanager
def listening(app: App) -> Iterator[OperatorServer]:
    """The app, listening as the bot does while its loop runs."""
    loop = asyncio.new_event_loop()
    running = threading.Thread(target=loop.run_forever)
    running.start()
    listens = OperatorServer(app, app.settings.home)
    listens.start(loop)
    try:
        yield listens
    finally:
        listens.close()
        loop.call_soon_threadsafe(loop.stop)
        running.join()
        loop.close()


@contextmanager
def running_bot(settings: Settings) -> Iterator[App]:
    with open_app(settings) as app, listening(app):
        yield app


def timeless(document: Any) -> Any:
    """A document without what differs from run to run."""
    if isinstance(document, dict):
        return {
            name: timeless(value)
            for name, value in document.items()
            if name not in ("timings", "seconds", "added_at")
        }
    return [timeless(one) for one in document] if isinstance(document, list) else document


def test_what_is_asked_is_told_as_if_nobody_had_the_library_open(
    newsdesk: Newsdesk, settings: Settings, tmp_path: Path
) -> None:
    newsdesk("index", write_articles(tmp_path / "in"), "--json")
    commands = (
        ("ask", QUESTION, "--json"),
        ("ask", "thanks!"),
        ("ask", "What is new?", "--json"),
        ("ask", "And how many are there?", "--conversation", "a", "--json"),
        ("search", "ships", "-k", "3", "--json"),
        ("search", "ships", "--source", "Nobody"),
        ("summary", "Dockers count ships of their own", "--json"),
        ("summary", "ships of ships"),
        ("summary", "--topic", "ships in Varnogorsk", "--json"),
        ("timeline", "ships in Varnogorsk", "--json"),
        ("digest", "--since", "2025-11-01", "--until", "2025-11-30", "--json"),
        ("remove", "no such article"),
    )
    alone = [newsdesk(*command) for command in commands]
    newsdesk("forget", "--all")
    with running_bot(settings):
        handed_over = [newsdesk(*command) for command in commands]
    for command, one, other in zip(commands, alone, handed_over, strict=True):
        assert (one.status, one.err) == (other.status, other.err), command
        if "--json" in command:
            assert timeless(one.json) == timeless(other.json), command
        else:
            assert one.out == other.out, command
    assert [run.status for run in alone] == [0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 1]


def test_the_library_is_changed_by_the_process_that_has_it_open(
    newsdesk: Newsdesk, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_articles(tmp_path / "in")
    monkeypatch.chdir(tmp_path)
    with running_bot(settings) as app:
        assert newsdesk("ask", QUESTION).status == 2  # the library is empty
        monkeypatch.setattr(app.library._opener, "open", _elsewhere(app, tmp_path, monkeypatch))
        assert newsdesk("index", "in", "--json").json["added"] == 2
        assert {ref.title[:7] for ref in app.library.articles([SHARED])} == {"Harbour", "Dockers"}
        assert newsdesk("export", "all.jsonl").status == 0
        printed = newsdesk("export")
        assert [json.loads(line).get("type") for line in printed.out.splitlines()].count("article") == 2
        assert printed.out.splitlines()[1:] == (tmp_path / "all.jsonl").read_text("utf-8").splitlines()[1:]
        (article_id,) = [ref.id for ref in app.library.articles([SHARED], "Dockers")]
        assert newsdesk("remove", article_id, "--json").json == {"removed": 1, "missing": []}
        assert newsdesk("import", "all.jsonl", "--json").json["added"] == 1
        assert newsdesk("sources", "add", "in", "--json").status == 0
        assert newsdesk("sources", "poll", "--json").json["unchanged"] == 2
        assert newsdesk("sources", "remove", "in", "--articles").status == 0
        assert newsdesk("sources", "remove", "in").status == 1
        assert app.library.count([SHARED]) == 0
        assert newsdesk("index", folder / "none.md", "--json").status == newsdesk("index", "./none.md").status != 0


def _elsewhere(app: App, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Opens sources as a process in another folder would."""
    opened = app.library._opener.open

    def open_there(location: str, **options: Any) -> Any:
        with monkeypatch.context() as patch:
            patch.chdir(folder.parent)
            return opened(location, **options)

    return open_there


def test_progress_is_told(settings: Settings, app: App, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a="The mill was sold.", b="The dam was built.")
    steps: list[object] = []
    with listening(app):
        connection = connected(settings.home)
        assert connection
        report = hand_over(connection, "sync", [[str(folder)]], {}, steps.append)
    assert isinstance(report, SyncReport)
    assert report.added == 2
    assert isinstance(steps[-1], SyncProgress)
    assert steps[-1].done == 2


def test_who_goes_stops_what_was_asked_for_and_keeps_what_was_done(
    app: App, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = write(tmp_path / "in", **{f"a{n}": f"The mill number {n} was sold." for n in range(300)})

    def leave(step: object) -> None:
        if isinstance(step, SyncProgress) and step.done:
            raise KeyboardInterrupt

    with caplog.at_level(logging.WARNING), listening(app):
        connection = connected(app.settings.home)
        assert connection
        with pytest.raises(KeyboardInterrupt):
            hand_over(connection, "sync", [[str(folder)]], {}, leave)
        again = connected(app.settings.home)
        assert again
        hand_over(again, "poll", [], {}, lambda _: None)  # the next is served, after what was stopped
    assert 0 < app.library.count([SHARED]) < 300
    assert caplog.records == []


def test_a_question_that_nobody_waits_for_is_dropped(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    started, dropped = threading.Event(), threading.Event()

    async def ask(*_: object) -> None:
        started.set()
        try:
            await asyncio.sleep(3600)
        finally:
            dropped.set()

    monkeypatch.setitem(work.OF_APP, "ask", ask)
    with listening(app):
        connection = connected(app.settings.home)
        assert connection
        connection.sendall(wire.own_version() + pickle.dumps(wire.Request("ask", (), {}, False)))
        assert started.wait(60)
        connection.close()
        assert dropped.wait(60)


def test_a_process_that_is_stopped_says_so(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    started = threading.Event()

    async def ask(*_: object) -> None:
        started.set()
        await asyncio.sleep(3600)

    monkeypatch.setitem(work.OF_APP, "ask", ask)
    failures: list[str] = []

    def wait(connection: socket.socket) -> None:
        try:
            hand_over(connection, "ask", (), {}, None)
        except HandedOverError as error:
            failures.append(str(error))

    with listening(app):
        connection = connected(app.settings.home)
        assert connection
        waiting = threading.Thread(target=wait, args=(connection,))
        waiting.start()
        assert started.wait(60)
    waiting.join()
    assert failures == [server._STOPPED]


def test_who_reads_nothing_keeps_no_process_from_ending(
    app: App, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app.library.sync([str(write(tmp_path / "in", a="The mill was sold. " * 20_000))], SHARED)
    monkeypatch.setattr(server, "_SECONDS_TO_STOP", 0)
    begun = threading.Event()

    def export(library: Library, *, tell: Callable[[str], object]) -> int:
        begun.set()
        return work.export(library, tell=tell)

    monkeypatch.setitem(work.OF_LIBRARY, "export", export)
    with listening(app):
        connection = connected(app.settings.home)
        assert connection
        connection.sendall(wire.own_version() + pickle.dumps(wire.Request("export", (), {}, True)))
        assert begun.wait(60)
    connection.close()


def test_a_fault_is_told_and_logged(
    newsdesk: Newsdesk, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(work.OF_LIBRARY, "search", fail)
    with running_bot(settings):
        run = newsdesk("search", "ships")
    assert (run.status, run.err) == (2, f"newsdesk: {server._FAULT.format(kind='ZeroDivisionError')}\n")
    assert "ZeroDivisionError" in caplog.text


def test_another_version_is_told(
    newsdesk: Newsdesk, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with running_bot(settings) as app:
        monkeypatch.setattr(client, "own_version", lambda: b"newsdesk 0.0.1\n")
        run = newsdesk("index", write_articles(tmp_path / "in"))
        assert run.status == 2
        assert "Restart it" in run.err
        assert app.library.count([SHARED]) == 0


def test_what_a_killed_process_left_is_no_hindrance(newsdesk: Newsdesk, settings: Settings) -> None:
    settings.home.mkdir(parents=True)
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(wire.address(settings.home)))
    assert newsdesk("search", "ships").status == 2  # an empty library, opened here
    with running_bot(settings):
        assert connected(settings.home)


def test_only_its_owner_may_connect(app: App) -> None:
    path = wire.address(app.settings.home)
    with listening(app):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        with listening(app) as second:  # where several share a store, the first takes the commands
            assert second._server is None
        assert path.exists()
    assert not path.exists()
    assert connected(app.settings.home) is None


def test_a_socket_of_somebody_else_is_left_alone(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(app):
        monkeypatch.setattr("os.getuid", lambda: app.settings.home.stat().st_uid + 1)
        assert connected(app.settings.home) is None


def test_a_home_far_down_has_an_address_elsewhere(tmp_path: Path) -> None:
    home = tmp_path / ("far" * 30)
    assert len(str(wire.address(home))) <= 100
    assert wire.address(home) != wire.address(home / "x")
    assert wire.address(Path("/srv/news")) == Path("/srv/news/operator.sock")
