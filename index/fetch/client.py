"""Reads one URL: guarded, bounded, polite."""

from __future__ import annotations

import codecs
import ssl
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpcore2
import httpx2

from index.fetch.addresses import Resolve, checked_addresses, checked_url, system_resolve
from index.fetch.errors import FetchError
from index.fetch.manners import ROBOT, Clock, Robots, Turns
from index.fetch.page import Limits, Page
from index.fetch.transport import Deadline, GuardedTransport, too_large
from index.told import Told, tell, words_of

USER_AGENT = f"{ROBOT}/0.1 (indexes news articles to answer questions about them)"

_BACKOFF = 1.0  # seconds before the second attempt, doubled before the third
_ODD_CHARSETS = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"}
_CODINGS = {"", "identity", "gzip", "x-gzip", "deflate"}
"""One at a time: a few kilobytes packed twice can keep a processor busy for hours, and unpack to nothing."""


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    headers: httpx2.Headers
    charset: str | None
    body: bytes


class Fetcher:
    """Reads pages over http and https; one for the whole process, so that its politeness counts for all threads.

    ``allow_hosts`` are host names or IP addresses that may be read wherever they are and at any port.
    ``resolve``, ``backend`` and ``clock`` are how names become addresses, addresses become sockets, and time
    passes. The time of ``resolve`` is the operating system's to bound.
    """

    def __init__(
        self,
        allow_hosts: Collection[str] = (),
        limits: Limits | None = None,
        user_agent: str = USER_AGENT,
        resolve: Resolve = system_resolve,
        backend: httpcore2.NetworkBackend | None = None,
        ssl_context: ssl.SSLContext | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._allowed = frozenset(host.lower().strip("[]") for host in allow_hosts)
        self._limits = limits or Limits()
        self._user_agent = user_agent
        self._resolve = resolve
        self._backend = backend or httpcore2.SyncBackend()
        self._ssl_context = ssl_context or httpx2.create_ssl_context(trust_env=False)
        self._clock = clock or Clock()
        self._turns = Turns(self._clock, self._limits.longest_pause)
        self._robots = Robots(lambda url: self._get(url, {}, obey_robots=False).body, self._clock)

    def get(self, url: str, etag: str | None = None, last_modified: str | None = None) -> Page:
        """The page at ``url``; ``etag`` and ``last_modified`` (from an earlier ``Page``) make it conditional.

        Raises ``FetchError`` if the URL is refused, if robots.txt says no, if a limit is passed, or if the site
        answers with anything but a page.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        return self._get(url, {name: value for name, value in conditions.items() if value}, obey_robots=True)

    def _get(self, url: str, conditions: dict[str, str], *, obey_robots: bool) -> Page:
        target = self._checked(url)
        deadline = Deadline(self._limits.total_seconds, self._clock.now)
        with self._client(deadline) as client:
            for _ in range(self._limits.redirects + 1):
                asked_at = self._clock.now()
                pause = self._pause(target) if obey_robots else 0.0
                deadline.extend(self._clock.now() - asked_at)
                reply = self._ask(client, target, conditions, pause, deadline)
                if not 300 <= reply.status < 400 or "location" not in reply.headers:
                    return _page(target, reply, conditional=bool(conditions))
                target = self._checked(reply.headers["location"], target)
        raise FetchError(
            tell(
                "{url} redirects more than {redirects} times, lastly to {target}. Open it in a "
                "browser and use the address that it ends at.",
                url=str(url),
                redirects=self._limits.redirects,
                target=str(target),
            )
        )

    def _checked(self, url: str, base: httpx2.URL | None = None) -> httpx2.URL:
        try:
            target = base.join(url) if base else httpx2.URL(url)
        except (httpx2.InvalidURL, ValueError) as error:
            raise FetchError(
                tell("{url} is not a web address: {error}", url=repr(url), error=words_of(error))
            ) from None
        try:
            return checked_url(target, self._allowed)
        except FetchError as error:
            if base:
                raise FetchError(
                    tell(
                        "{base} redirects to a place that is not read. {error}",
                        base=str(base),
                        error=words_of(error),
                    )
                ) from None
            raise

    def _pause(self, url: httpx2.URL) -> float:
        asked = self._robots.check(str(url.copy_with(raw_path=b"")).rstrip("/"), str(url))
        return max(self._limits.pause, min(asked, self._limits.longest_pause))

    @contextmanager
    def _client(self, deadline: Deadline) -> Iterator[httpx2.Client]:
        # A client for each reading: cookies and connections last as long as its redirects.
        transport = GuardedTransport(
            lambda host, port: checked_addresses(host, port, self._resolve, self._allowed),
            deadline,
            self._limits.max_bytes,
            self._ssl_context,
            self._backend,
        )
        headers = {
            "User-Agent": self._user_agent,
            "Accept": "text/html, application/xhtml+xml, application/pdf, application/rss+xml, "
            "application/atom+xml, application/feed+json, text/*;q=0.9, */*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
        }
        with httpx2.Client(
            transport=transport, headers=headers, timeout=self._limits.silent_seconds, trust_env=False
        ) as client:
            yield client

    def _ask(
        self,
        client: httpx2.Client,
        url: httpx2.URL,
        conditions: dict[str, str],
        pause: float,
        deadline: Deadline,
    ) -> _Reply:
        for attempt in range(self._limits.attempts):
            last = attempt + 1 == self._limits.attempts
            wait = _BACKOFF * 2**attempt
            with self._turns.turn(url.host, pause) as waited:
                deadline.extend(waited)
                try:
                    reply = self._exchange(client, url, conditions, deadline)
                except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                    if _is_certificate(error):
                        raise FetchError(
                            tell(
                                "The certificate of {host} is not valid: {error}",
                                host=url.host,
                                error=words_of(error),
                            ),
                            unreachable=True,
                        ) from None
                    if last:
                        raise FetchError(
                            tell(
                                "{host} can't be reached ({error}). Try again later.",
                                host=url.host,
                                error=words_of(error),
                            ),
                            unreachable=True,
                        ) from None
                    self._turns.postpone(url.host, wait)
                    continue
            if reply.status not in (429, 503):
                return reply
            wait = _retry_after(reply.headers.get("retry-after")) or wait
            self._turns.postpone(url.host, wait)
            if last:
                raise FetchError(
                    tell(
                        "{host} is busy (it answered {status}). Try again later.",
                        host=url.host,
                        status=reply.status,
                    ),
                    reply.status,
                )
        raise AssertionError("the last attempt returns or raises")

    def _exchange(
        self, client: httpx2.Client, url: httpx2.URL, conditions: dict[str, str], deadline: Deadline
    ) -> _Reply:
        body = bytearray()
        try:
            with client.stream("GET", url, headers=conditions) as response:
                coding = response.headers.get("content-encoding", "").strip().lower()
                if coding not in _CODINGS:
                    raise FetchError(
                        tell(
                            "{host} sent the page compressed as {coding}, which was not asked for.",
                            host=url.host,
                            coding=coding,
                        )
                    )
                for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > self._limits.max_bytes:
                        raise too_large(self._limits.max_bytes)
                return _Reply(response.status_code, response.headers, response.charset_encoding, bytes(body))
        except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
            raise
        except httpcore2.TimeoutException:
            deadline.remaining()  # says so, if it was this that ran out
            raise FetchError(
                tell(
                    "{host} sent nothing for {silent_seconds} seconds. Try again later.",
                    host=url.host,
                    silent_seconds=f"{self._limits.silent_seconds:g}",
                ),
                unreachable=True,
            ) from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise FetchError(
                tell("What {host} sent can't be read: {error}.", host=url.host, error=words_of(error))
            ) from None


def _page(url: httpx2.URL, reply: _Reply, *, conditional: bool) -> Page:
    unchanged = reply.status == 304 and conditional
    if not (200 <= reply.status < 300 or unchanged):
        raise FetchError(_status_message(url, reply.status), reply.status)
    headers = reply.headers
    return Page(
        url=str(url),
        status=reply.status,
        body=reply.body,
        content_type=headers.get("content-type", "").partition(";")[0].strip().lower(),
        charset=_charset(reply.charset),
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        not_modified=unchanged,
    )


def _charset(name: str | None) -> str | None:
    """``name`` if it is an encoding that pages come in; the others that Python knows can be slow or surprising."""
    try:
        known = codecs.lookup(name or "").name
    except LookupError:
        return None
    return None if known in _ODD_CHARSETS else known


def _status_message(url: httpx2.URL, status: int) -> Told:
    if status in (404, 410):
        told = tell("There is no page at {url} (the site answered {status}). Check the address.")
    elif status in (401, 402, 403, 451):
        told = tell(
            "The site does not show {url} to programs or without an account (it answered {status}). If you may "
            "use the article, save it as a file and index the file."
        )
    elif status >= 500:
        told = tell("{host} has a fault (it answered {status}). Try again later.")
    else:
        told = tell("{host} answered {status} instead of a page. Check the address.")
    return told.given(url=str(url), host=url.host, status=status)


def _is_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _retry_after(value: str | None) -> float | None:
    """Seconds of a Retry-After header: a number, or a date (RFC 9110, 10.2.3)."""
    if not value:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        date = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (date.replace(tzinfo=date.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
