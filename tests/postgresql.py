"""A PostgreSQL server of the tests' own, where its programs are installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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


@contextmanager
def running_pgbouncer(socket_folder: Path) -> Iterator[int]:
    """PgBouncer in transaction mode before the server in ``socket_folder``; gives its port on 127.0.0.1."""
    program = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    assert program
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    folder = Path(tempfile.mkdtemp())
    (folder / "users.txt").write_text('"newsdesk" ""\n')
    (folder / "pgbouncer.ini").write_text(
        f"[databases]\n* = user=newsdesk host={socket_folder}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n"
        f"unix_socket_dir =\nauth_type = any\nauth_file = {folder}/users.txt\npool_mode = transaction\n"
        "default_pool_size = 3\nserver_idle_timeout = 1\nignore_startup_parameters = extra_float_digits\n"
        f"logfile = {folder}/log\n"
    )
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
        for path in folder.iterdir():
            shutil.chown(path, user)
    with subprocess.Popen(
        [program, folder / "pgbouncer.ini"], user=user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as bouncer:
        try:
            while True:
                assert bouncer.poll() is None, (folder / "log").read_text()
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.05)
            yield port
        finally:
            bouncer.terminate()
    shutil.rmtree(folder)
