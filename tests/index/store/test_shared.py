"""Several processes on one store, with the vectors on a real Chroma server (``chroma run``)."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from aiohttp import ClientSession, web

from index.article import SHARED
from index.errors import StoreError
from index.library import Library
from index.store.vectors.chroma import Vectors
from tests.behaviours.server import Arrived, Handler, document, page, refusal, running_model_server
from tests.chroma import running_chroma
from tests.conftest import MAX_BYTES
from tests.fakes.embeddings import WordEmbeddings
from tests.index.news import BRIDGE, FERRY, SCHOOL, found_ids, long_text, write

WORKER = """
import sys
from pathlib import Path
from index.library import Library
from tests.fakes.embeddings import WordEmbeddings
home, url, task, *rest = sys.argv[1:]
with Library(Path(home), "words", WordEmbeddings(), max_bytes=1_000_000, chroma_url=url) as library:
    print("open", flush=True)
    if task == "index":
        for folder in rest:
            report = library.sync([folder], "shared")
            assert not report.failures, report.failures
    elif task == "rebuild":
        library.rebuild()
    else:
        found = 0
        for _ in range(int(rest[0])):
            found = max(found, len(library.search("The report says that topic was seen", ["shared"], 20)))
        print(found, flush=True)
"""


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_chroma(tmp_path_factory.mktemp("chroma")) as url:
        yield url


def opened(home: Path, url: str) -> Library:
    return Library(home, "words", WordEmbeddings(), max_bytes=MAX_BYTES, chroma_url=url)


def start(home: Path, url: str, task: str, *rest: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WORKER, str(home), url, task, *map(str, rest)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ)


def finish(*workers: subprocess.Popen[str]) -> list[str]:
    outputs = [worker.communicate() for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * len(workers), [errors for _, errors in outputs]
    return [output for output, _ in outputs]


@pytest.fixture
def emptied(chroma: str, home: Path) -> Iterator[str]:
    """The server's address; what a test leaves there is deleted."""
    yield chroma
    with opened(home, chroma) as library:
        for scope in library._vectors.scopes():
            library._vectors.drop(scope)


def test_what_one_sees_the_other_sees(emptied: str, home: Path, tmp_path: Path) -> None:
    with opened(home, emptied) as one, opened(home, emptied) as two:
        folder = write(tmp_path / "a", bridge=BRIDGE)
        one.sync([str(folder)], SHARED)
        assert found_ids(two, "harbour bridge mayor") == ["bridge.txt"]
        write(folder, ferry=FERRY)
        two.sync([str(folder)], SHARED)
        assert found_ids(one, "ferry company boats")[0] == "ferry.txt"
        one.rebuild()
        assert found_ids(two, "ferry company boats")[0] == "ferry.txt"
        assert two.remove(SHARED, "bridge.txt")
        assert found_ids(one, "harbour bridge mayor") == ["ferry.txt"]
        assert one.disagreements() == two.disagreements() == set()
        assert one.examine() == []


def test_nobody_waits_to_ask_until_another_has_indexed(
    emptied: str, home: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = write(tmp_path / "a", bridge=BRIDGE)
    with ExitStack() as indexing, opened(home, emptied) as one:
        one.sync([str(folder)], SHARED)
        indexing.enter_context(one._writer.lock)
        with opened(home, emptied) as two, ThreadPoolExecutor(1) as thread:
            assert found_ids(two, "harbour bridge mayor") == ["bridge.txt"]
            write(folder, ferry=FERRY)
            waiting = thread.submit(two.sync, [str(folder)], SHARED)
            while "this one waits for it" not in caplog.text:
                assert not waiting.done()
                time.sleep(0.01)
            indexing.close()
            assert waiting.result(60).added == 1
        assert found_ids(one, "ferry company boats")[0] == "ferry.txt"


def test_a_full_text_that_one_builds_anew_is_read_by_the_other(emptied: str, home: Path, tmp_path: Path) -> None:
    with opened(home, emptied) as one:
        one.sync([str(write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY))], SHARED)
        for path in (home / "fulltext").glob("*.store"):
            path.write_bytes(path.read_bytes()[:10])
        with opened(home, emptied) as two:
            assert [finding.part for finding in two.mended] == ["full text", "full text"]
            assert (
                found_ids(two, "ferry company boats")[0] == found_ids(one, "ferry company boats")[0] == "ferry.txt"
            )
        assert one.disagreements() == set()
        assert one.sync([str(write(tmp_path / "b", school=SCHOOL))], SHARED).added == 1
        assert one.disagreements() == set()


@pytest.mark.long
@pytest.mark.slow
def test_two_processes_index_while_a_third_asks(emptied: str, home: Path, tmp_path: Path) -> None:
    folders = [
        write(
            tmp_path / f"f{part}",
            **{f"p{part}n{number}": long_text(f"topic{part}{number}") for number in range(40)},
        )
        for part in range(6)
    ]
    indexing = [start(home, emptied, "index", *folders[:3]), start(home, emptied, "index", *folders[3:])]
    asking = start(home, emptied, "ask", 100)
    again = start(home, emptied, "index", folders[0], folders[5])
    finish(*indexing, asking, again)
    with opened(home, emptied) as library:
        assert library.count([SHARED]) == 240
        assert library.disagreements() == set()
        assert library.examine() == []


@pytest.mark.long
@pytest.mark.slow
def test_one_rebuilds_while_another_indexes(emptied: str, home: Path, tmp_path: Path) -> None:
    first = write(tmp_path / "a", **{f"a{number}": long_text(f"first{number}") for number in range(100)})
    second = write(tmp_path / "b", **{f"b{number}": long_text(f"second{number}") for number in range(100)})
    finish(start(home, emptied, "index", first))
    outputs = finish(
        start(home, emptied, "rebuild"), start(home, emptied, "index", second), start(home, emptied, "ask", 200)
    )
    assert int(outputs[2].split()[-1]) == 20
    with opened(home, emptied) as library:
        assert library.count([SHARED]) == 200
        assert library.disagreements() == set()


@pytest.mark.long
@pytest.mark.slow
def test_one_is_killed_and_the_other_finishes(emptied: str, home: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", **{f"a{number}": long_text(f"first{number}") for number in range(200)})
    killed = start(home, emptied, "index", folder)
    assert killed.stdout
    assert killed.stdout.readline() == "open\n"
    time.sleep(0.3)
    killed.kill()
    killed.communicate()
    finish(start(home, emptied, "index", folder))
    with opened(home, emptied) as library:
        assert library.count([SHARED]) == 200
        assert library.disagreements() == set()


def test_vectors_that_vanish_while_the_library_is_open_are_made_anew(
    emptied: str, home: Path, tmp_path: Path
) -> None:
    with opened(home, emptied) as one:
        one.sync([str(write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY))], SHARED)
        assert found_ids(one, "harbour bridge mayor")[0] == "bridge.txt"
        other = Vectors(emptied, "words")
        other.drop(SHARED)
        other.close()
        assert found_ids(one, "harbour bridge mayor")[0] == "bridge.txt"
        assert one.examine() == []


def test_a_server_that_goes_down_is_told_as_such(home: Path, tmp_path: Path) -> None:
    with ExitStack() as running:
        url = running.enter_context(running_chroma(tmp_path / "chroma"))
        with opened(home, url) as library:
            library.sync([str(write(tmp_path / "a", bridge=BRIDGE))], SHARED)
            running.close()
            with pytest.raises(StoreError, match=r"Chroma server runs .*NEWSDESK_CHROMA_URL"):
                library.search("harbour bridge mayor", [SHARED])


@pytest.mark.parametrize("given", ["", "/api/v2/"])
def test_a_server_below_a_folder_of_a_proxy(emptied: str, home: Path, tmp_path: Path, given: str) -> None:
    async def passed_on(arrived: Arrived) -> web.StreamResponse:
        method, url = arrived.request.method, emptied + arrived.request.path_qs.removeprefix("/papers")
        async with ClientSession() as session, session.request(method, url, json=arrived.body) as reply:
            return web.Response(body=await reply.read(), status=reply.status, content_type=reply.content_type)

    with running_model_server() as proxy:
        proxy.behave(passed_on)
        with opened(home, f"{proxy.root}/papers{given}") as library:
            library.sync([str(write(tmp_path / "a", bridge=BRIDGE))], SHARED)
            assert found_ids(library, "harbour bridge mayor") == ["bridge.txt"]
        assert {request.path.startswith("/papers/api/v2/") for request in proxy.requests} == {True}


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "nonsense", "ftp://127.0.0.1:8000"])
def test_a_server_that_is_not_there(home: Path, url: str) -> None:
    with pytest.raises(StoreError, match="Check NEWSDESK_CHROMA_URL"):
        opened(home, url)


@pytest.mark.parametrize("handler", [page("<html>Welcome to nginx</html>"), document({"version": 3})])
def test_a_server_of_something_else(home: Path, handler: Handler) -> None:
    with running_model_server() as server:
        server.behave(handler)
        with pytest.raises(StoreError, match=r"no Chroma server\. Check NEWSDESK_CHROMA_URL"):
            opened(home, server.root)


def test_a_server_that_never_answers_is_not_waited_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.store.vectors.collections._OPENING_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(StoreError, match=r"timed out.*Check NEWSDESK_CHROMA_URL"):
            opened(home, url)


def test_the_password_of_a_server_is_sent_and_never_shown(home: Path) -> None:
    with running_model_server() as server:
        server.behave(refusal(401, "Unauthorized"))
        url = server.root.replace("//", "//me:s3cret-word@")
        with pytest.raises(StoreError, match="Check NEWSDESK_CHROMA_URL") as caught:
            opened(home, url)
        sent = server.requests[-1].headers["Authorization"]
    assert b64decode(sent.removeprefix("Basic ")) == b"me:s3cret-word"
    assert "s3cret-word" not in str(caught.value)
