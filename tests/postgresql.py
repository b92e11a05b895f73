"""A PostgreSQL server of the tests' own, where its programs are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
BIN = PROGRAMS[0] if PROGRAMS else Path(shutil.which("initdb") or "").parent


@contextmanager
def running_postgresql() -> Iterator[str]:
    """The part of its databases' addresses that follows their name: it listens on a socket in a folder."""
    folder = Path(tempfile.mkdtemp())
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    if user:
        shutil.chown(folder, user)
    data = folder / "data"

    def run(*command: object) -> None:
        subprocess.run(list(map(str, command)), check=True, capture_output=True, user=user, cwd=folder)

    run(BIN / "initdb", "-D", data, "-U", "newsdesk", "-A", "trust", "--no-sync")
    options = f"-k {folder} -c listen_addresses= -c fsync=off"
    run(BIN / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
    try:
        yield f"?host={folder}"
    finally:
        run(BIN / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder)
