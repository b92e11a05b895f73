"""Does what the operator asks for at the command line in the process that has the library open."""

from __future__ import annotations

import asyncio
import logging
import pickle
import socket
import socketserver
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

from bot.operator.wire import AVAILABLE, Answered, Done, Failed, Meanwhile, Request, address, connect, own_version
from bot.operator.work import OF_APP, OF_LIBRARY
from index.errors import NewsdeskError, StoppedError

if TYPE_CHECKING:
    from bot.app import App

log = logging.getLogger(__name__)

_FAULT = "It failed in the Newsdesk that runs ({kind}); its log says more."
_STOPPED = "The Newsdesk that runs is being stopped; what was done is kept. The same command goes on."
_NOBODY_WAITS = "Whoever asked for it has gone."
_SECONDS_TO_STOP = 5
_SECONDS_BETWEEN_LOOKS = 0.2


class OperatorServer:
    """Listens at a socket in the home for what the command line hands over, until it is closed."""

    def __init__(self, app: App, home: Path) -> None:
        self._app = app
        self._path = address(home)
        self._server: _Server | None = None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Listen from now on; what needs the whole app is done in ``loop``.

        Where that isn't possible, or another process on the same home listens already, the log says so: commands
        are refused then, as they were without it.
        """
        if not AVAILABLE:
            return
        if other := connect(self._path):
            other.close()
            log.info("Another process takes the commands of the operator at %s.", self._path)
            return
        try:
            self._path.unlink(missing_ok=True)
            self._server = _Server(self._path, self._app, loop)
        except OSError as error:
            log.warning("Commands can't be taken at %s (%s); they are refused while this runs.", self._path, error)
            return
        threading.Thread(target=self._server.serve_forever, name="operator", daemon=True).start()

    def close(self) -> None:
        """Stop what goes on and listen no more; what was done is kept. Call it outside of the loop."""
        if self._server:
            self._server.end()
            self._path.unlink(missing_ok=True)
            self._server = None


class _Server(socketserver.ThreadingUnixStreamServer):
    """One thread a command."""

    def __init__(self, path: Path, app: App, loop: asyncio.AbstractEventLoop) -> None:
        self.app, self.loop = app, loop
        self.stopping = threading.Event()
        self._open: set[socket.socket] = set()
        super().__init__(str(path), _Handler)

    def server_bind(self) -> None:
        """Make the socket; nobody but its owner can connect, from before it is listened at."""
        super().server_bind()
        Path(str(self.server_address)).chmod(0o600)

    def process_request(self, request: object, client_address: object) -> None:
        """Remember who is connected."""
        self._open.add(cast("socket.socket", request))
        super().process_request(request, client_address)  # type: ignore[arg-type]

    def shutdown_request(self, request: object) -> None:
        """Somebody is connected no more."""
        self._open.discard(cast("socket.socket", request))
        super().shutdown_request(request)  # type: ignore[arg-type]

    def end(self) -> None:
        """Stop what goes on, and wait until it has stopped."""
        self.stopping.set()
        self.shutdown()
        until = time.monotonic() + _SECONDS_TO_STOP
        while self._open and time.monotonic() < until:
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        for connection in list(self._open):  # who reads no more would be waited for
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.server_close()


class _Handler(socketserver.StreamRequestHandler):
    """One command: reads the request, does the work, sends what it tells and gives."""

    server: _Server

    def handle(self) -> None:
        """Do what is asked for; whoever asked may go at any time."""
        with suppress(ConnectionError, EOFError):
            theirs, ours = self.rfile.readline(), own_version()
            self.wfile.write(ours)
            if theirs == ours:
                self._send(self._answer(pickle.load(self.rfile)))

    def _answer(self, request: Request) -> Answered:
        log.info("The command line asks for: %s", request.work)
        try:
            return Done(self._work(request))
        except NewsdeskError as error:
            return Failed(str(error))
        except Exception as error:
            log.exception("What the command line asked for failed: %s", request.work)
            return Failed(_FAULT.format(kind=type(error).__name__))

    def _work(self, request: Request) -> object:
        kwargs = {**request.kwargs, "tell": self._tell} if request.tells else request.kwargs
        if request.work in OF_LIBRARY:
            return OF_LIBRARY[request.work](self.server.app.library, *request.args, **kwargs)
        work = OF_APP[request.work](self.server.app, *request.args, **kwargs)
        doing = asyncio.run_coroutine_threadsafe(work, self.server.loop)
        while True:
            try:
                return doing.result(_SECONDS_BETWEEN_LOOKS)
            except TimeoutError:
                if doing.done():
                    raise
            try:
                self._check()
            except StoppedError:
                doing.cancel()
                raise

    def _tell(self, what: object) -> None:
        self._check()
        try:
            self._send(Meanwhile(what))
        except OSError:
            raise StoppedError(_NOBODY_WAITS) from None

    def _send(self, message: Answered) -> None:
        self.wfile.write(pickle.dumps(message))

    def _check(self) -> None:
        """Raise ``StoppedError`` if the process is being stopped, or whoever asked has gone."""
        if self.server.stopping.is_set():
            raise StoppedError(_STOPPED)
        try:
            gone = not self.connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        except OSError:
            gone = True
        if gone:
            raise StoppedError(_NOBODY_WAITS)
