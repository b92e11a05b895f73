"""HTTP over connections that only go to checked addresses, end in time, and carry a bounded number of bytes.

The check sits where the connection is made: the host name is resolved once, the addresses are checked, and
the socket is opened to one of those very addresses. A name that changes its address between check and use
(DNS rebinding) gains nothing. The ``Host`` header, TLS server name and certificate check keep the name.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import httpcore2
import httpx2

from index.fetch.errors import FetchError
from index.told import tell

Addresses = Callable[[str, int], list[str]]
"""Host and port in, checked IP addresses out; raises ``FetchError`` for a host that is refused."""


class Deadline:
    """The moment by which a page must be there, in seconds of ``now``."""

    def __init__(self, seconds: float, now: Callable[[], float]) -> None:
        self.seconds = seconds
        self._now = now
        self._at = now() + seconds

    def remaining(self) -> float:
        """Seconds left; raises ``FetchError`` when there are none."""
        left = self._at - self._now()
        if left <= 0:
            raise FetchError(
                tell("Reading took more than {seconds} seconds and was given up.", seconds=f"{self.seconds:g}"),
                unreachable=True,
            )
        return left

    def extend(self, seconds: float) -> None:
        """Time spent waiting out of politeness is not the site's fault."""
        self._at += seconds


class GuardedTransport(httpx2.BaseTransport):
    """Carries httpx requests over guarded connections, at most ``max_bytes`` of body each.

    ``backend`` opens the sockets. Proxies from the environment are not used: the check would then be the
    proxy's.
    """

    def __init__(
        self,
        addresses: Addresses,
        deadline: Deadline,
        max_bytes: int,
        ssl_context: ssl.SSLContext,
        backend: httpcore2.NetworkBackend,
    ) -> None:
        self._max_bytes = max_bytes
        self._pool = httpcore2.ConnectionPool(
            ssl_context=ssl_context, network_backend=_GuardedBackend(addresses, deadline, backend)
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        response = self._pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(
            response.status,
            headers=response.headers,
            stream=_BoundedBody(response, self._max_bytes),
            extensions=response.extensions,
        )

    def close(self) -> None:
        self._pool.close()


def too_large(max_bytes: int) -> FetchError:
    """The error for a body of more than ``max_bytes``."""
    return FetchError(
        tell(
            "There is more to read than {max_bytes} MB, the most that is read of one page.",
            max_bytes=f"{max_bytes / 1000000.0:g}",
        )
    )


class _BoundedBody(httpx2.SyncByteStream):
    """The body as it comes over the wire, still compressed, up to a number of bytes."""

    def __init__(self, response: httpcore2.Response, max_bytes: int) -> None:
        self._response = response
        self._max_bytes = max_bytes

    def __iter__(self) -> Iterator[bytes]:
        received = 0
        for chunk in self._response.iter_stream():
            received += len(chunk)
            if received > self._max_bytes:
                raise too_large(self._max_bytes)
            yield chunk

    def close(self) -> None:
        self._response.close()


class _GuardedBackend(httpcore2.NetworkBackend):
    def __init__(self, addresses: Addresses, deadline: Deadline, inner: httpcore2.NetworkBackend) -> None:
        self._addresses = addresses
        self._deadline = deadline
        self._inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        failure: Exception | None = None
        for address in self._addresses(host, port):
            try:
                stream = self._inner.connect_tcp(
                    address, port, _sooner(timeout, self._deadline), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failure or httpcore2.ConnectError(f"{host} has no address")


class _TimedStream(httpcore2.NetworkStream):
    """A stream on which a byte now and then does not keep a reading alive for ever."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _sooner(timeout, self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _sooner(timeout, self._deadline))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, _sooner(timeout, self._deadline))
        return _TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _sooner(timeout: float | None, deadline: Deadline) -> float:
    left = deadline.remaining()
    return left if timeout is None else min(timeout, left)
