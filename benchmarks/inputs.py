"""``python -m benchmarks inputs FOLDER``: what people really have, indexed by the real thing, and what came out.

FOLDER holds one folder an input with ``expected.json``: ``how`` (index file, index folder, index url),
``target``, and ``expect`` with the ``articles`` that must come out, ``failures_min``, ``entries`` and so on. What
is on the web is served on 127.0.0.1, where ``PORT`` stands for the port.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
import traceback
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from langchain_core.embeddings import Embeddings

from benchmarks.expected import differences
from index.article import SHARED, Article
from index.embedding.e5 import E5Embeddings
from index.library import Library
from index.report import SyncReport

_AT_ONCE = 3
"""Inputs; most of the time goes in polite pauses between requests."""

_OPENING = Lock()


@dataclass(slots=True)
class Outcome:
    """What came of one input; ``wrong`` says in what it differs from what was expected."""

    name: str
    kind: str
    wrong: list[str] = field(default_factory=list)


def measure(folder: Path, names: Sequence[str] = ()) -> list[Outcome]:
    """Index each input in ``folder`` (or those whose name begins with one of ``names``) into a new home."""
    inputs = [
        path.parent
        for path in sorted(folder.glob("*/expected.json"))
        if not names or path.parent.name.startswith(tuple(names))
    ]
    with tempfile.TemporaryDirectory() as models, ThreadPoolExecutor(_AT_ONCE) as pool:
        embeddings = E5Embeddings(Path(models), threads=1)
        return list(pool.map(partial(_outcome, embeddings=embeddings), inputs))


def table(outcomes: Sequence[Outcome]) -> str:
    """How many inputs of each kind are wrong, and each that is, with why."""
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        kinds[one.kind].append(one)
    wrong = [one for one in outcomes if one.wrong]
    lines = ["| kind | inputs | wrong |", "|---|---|---|"]
    lines += [f"| {kind} | {len(of)} | {sum(bool(one.wrong) for one in of)} |" for kind, of in kinds.items()]
    lines += [f"| **all** | {len(outcomes)} | {len(wrong)} |", ""]
    for one in wrong:
        lines += [f"- {one.name}", *(f"    - {reason}" for reason in one.wrong)]
    return "\n".join(lines)


def _outcome(folder: Path, embeddings: Embeddings) -> Outcome:
    stated = json.loads((folder / "expected.json").read_text("utf-8"))
    outcome = Outcome(folder.name, stated["kind"])
    with tempfile.TemporaryDirectory() as temporary, _laid_out(folder, Path(temporary), stated) as (target, port):
        expect = json.loads(json.dumps(stated["expect"]).replace("PORT", str(port)))
        started = time.monotonic()
        try:
            report, articles, feeds = _indexed(Path(temporary) / "home", target, embeddings)
        except Exception as error:  # whatever it is, this input is wrong and the next one counts
            outcome.wrong.append("".join(traceback.format_exception_only(error)).strip())
            outcome.wrong += traceback.format_exc().splitlines()[-7:-1]
            return outcome
        seconds = time.monotonic() - started
    outcome.wrong += differences(expect, articles, report, feeds)
    if seconds > 4 * expect.get("max_seconds", float("inf")):  # several run at once on a machine that others use
        outcome.wrong.append(f"took {seconds:.0f} s")
    return outcome


def _indexed(home: Path, target: str, embeddings: Embeddings) -> tuple[SyncReport, list[Article], list[str]]:
    """What ``newsdesk index`` does, with the model loaded once; OPML is read as it adds feeds."""
    with _OPENING:  # alembic brings a home's tables up to date for one thread at a time
        library = Library(home, "e5-small", embeddings, max_bytes=20_000_000, allow_hosts=["127.0.0.1"])
    with library:
        report = library.sync([target], SHARED)
        found = [library.article([SHARED], ref.id) for ref in library.articles([SHARED])]
        feeds = [source.location for source in library.sources.listed([SHARED], on_demand=True)]
        return report, [article for article in found if article], feeds


@contextmanager
def _laid_out(folder: Path, work: Path, stated: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """A copy of ``folder`` with the port in it; what to index, and the port it is served at, if it is (else 0)."""
    copy = work / "input"
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("expected.json"))
    how, target = stated["how"].split(" ")[1], stated["target"]
    if how != "url" and not stated["expect"].get("serve_folder"):
        yield str(copy / target), 0
        return
    handler = partial(_Handler, directory=str(copy), headers=stated.get("serve", {}))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        port = server.server_address[1]
        for path in copy.rglob("*"):
            if path.is_file() and b"PORT" in (data := path.read_bytes()):
                path.write_bytes(data.replace(b"PORT", str(port).encode()))
        Thread(target=server.serve_forever, daemon=True).start()
        yield (f"http://127.0.0.1:{port}{target}" if how == "url" else str(copy / target)), port
        server.shutdown()


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012  # the base class has it so
        **SimpleHTTPRequestHandler.extensions_map,
        ".xml": "application/xml",
        ".opml": "application/xml",
        ".md": "text/markdown",
    }

    def __init__(self, *args: Any, directory: str, headers: dict[str, dict[str, str]]) -> None:
        self._stated = headers
        super().__init__(*args, directory=directory)

    def guess_type(self, path: str | Any) -> str:
        return self._stated.get(self.path, {}).get("Content-Type") or super().guess_type(path)

    def end_headers(self) -> None:
        for name, value in self._stated.get(self.path, {}).items():
            if name != "Content-Type":
                self.send_header(name, value)
        super().end_headers()

    def list_directory(self, path: str | Any) -> None:  # noqa: ARG002
        self.send_error(404)

    def log_message(self, *_: Any) -> None:
        pass
