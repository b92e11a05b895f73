"""The guarded way to read a URL, over a real server on the loopback address."""

from __future__ import annotations

import datetime as dt
import gzip
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import httpcore2
import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from index.fetch import Clock, Fetcher, FetchError, Limits
from index.fetch.addresses import refused_kind
from tests.fakes.web_server import WebServer

QUICK = Limits(max_bytes=200_000, total_seconds=1.0, silent_seconds=0.4, pause=0.0, attempts=1)


class FakeTime:
    """A clock on which sleeping takes no time but is remembered."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.now, self.sleep)


class Detour(httpcore2.SyncBackend):
    """Opens sockets to a local port, whatever the address; remembers the addresses asked for."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.addresses: list[str] = []

    def connect_tcp(self, host: str, *_: object, **__: object) -> httpcore2.NetworkStream:
        self.addresses.append(host)
        return super().connect_tcp("127.0.0.1", self.port, 5.0)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as running:
        yield running


def fetcher(limits: Limits = QUICK, **more: object) -> Fetcher:
    return Fetcher(allow_hosts=["127.0.0.1"], limits=limits, **more)  # type: ignore[arg-type]


def failure(reader: Fetcher, url: str) -> FetchError:
    with pytest.raises(FetchError) as caught:
        reader.get(url)
    return caught.value


def test_reads_a_page(server: WebServer) -> None:
    url = server.add(
        "/a?b=c", "<p>Grüße</p>", content_type="text/HTML; charset=UTF-8", ETag='"1"', Last_Modified="yesterday"
    )
    page = fetcher().get(url + "#part")
    assert (page.url, page.status, page.body) == (url, 200, "<p>Grüße</p>".encode())
    assert (page.content_type, page.charset) == ("text/html", "utf-8")
    assert (page.etag, page.last_modified, page.not_modified) == ('"1"', "yesterday", False)
    assert server.requests[-1].headers["User-Agent"].startswith("Newsdesk/")
    assert server.requests[-1].headers["Host"] == f"127.0.0.1:{server.port}"


def test_asks_for_changes_only(server: WebServer) -> None:
    tagged = server.add("/tagged", "text", ETag='"v1"')
    dated = server.add("/dated", "text", Last_Modified="Mon, 02 Mar 2026 10:00:00 GMT")
    reader = fetcher()
    page = reader.get(tagged)
    again = reader.get(tagged, etag=page.etag)
    assert (again.not_modified, again.status, again.body) == (True, 304, b"")
    assert reader.get(dated, last_modified=reader.get(dated).last_modified).not_modified
    assert reader.get(tagged, etag='"old"').body == b"text"


def test_unpacks_gzip_and_deflate(server: WebServer) -> None:
    packed = server.add("/gz", gzip.compress(b"words"), Content_Encoding="GZip")
    deflated = server.add("/deflate", zlib.compress(b"words"), Content_Encoding="deflate")
    broken = server.add("/broken", b"not gzip", Content_Encoding="gzip")
    assert fetcher().get(packed).body == b"words"
    assert fetcher().get(deflated).body == b"words"
    assert "can't be read" in str(failure(fetcher(), broken))


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "deflate, gzip, gzip", "compress"])
def test_unpacks_nothing_that_it_did_not_ask_for(server: WebServer, coding: str) -> None:
    """Packed in layers, blocks without content would keep a processor busy and give nothing to count."""
    blocks = b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + b"\0\0\0\xff\xff" * 100_000
    url = server.add("/packed", gzip.compress(gzip.compress(blocks)), Content_Encoding=coding)
    assert f"compressed as {coding}, which was not asked for" in str(failure(fetcher(), url))


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("file:///etc/passwd", "only http:// and https:// are read"),
        ("ftp://example.com/a", "only http:// and https:// are read"),
        ("article.html", "only http:// and https:// are read"),
        ("http://", "names no host"),
        ("http://exa mple.com/", "names no host"),
        ("http://[fe80::1%25eth0]/", "names no host"),
        ("http://[::1/", "is not a web address"),
        ("http://me:secret@example.com/", "holds a user name or a password"),
        ("https://example.com:8443/", "Port 8443 of example.com is not read"),
        ("http://127.0.0.2/", "127.0.0.2 is a loopback address"),
        ("http://127.1/", "127.1, at 127.0.0.1, is a loopback address"),
        ("http://2130706433/", "at 127.0.0.1, is a loopback address"),
        ("http://0x7f000001/", "at 127.0.0.1, is a loopback address"),
        ("http://0x7f.1/", "at 127.0.0.1, is a loopback address"),
        ("http://017700000001/", "at 127.0.0.1, is a loopback address"),
        ("http://0177.0.0.1/", "is not a web address"),
        ("http://0/", "at 0.0.0.0, is a reserved address"),
        ("http://127。0。0。1/", "127.0.0.1 is a loopback address"),
        ("http://①②⑦.⓪.⓪.①/", "is not a web address"),
        ("http://127.0.0.1./", "127.0.0.1 is a loopback address"),
        ("hTTp://LocalHost./", "localhost, at 127.0.0.1, is a loopback address"),
        ("FILE:///etc/passwd", "only http:// and https:// are read"),
        ("data:text/html,words", "only http:// and https:// are read"),
        ("//127.0.0.1/", "only http:// and https:// are read"),
        ("http:127.0.0.1", "names no host"),
        ("http:///127.0.0.1/", "names no host"),
        ("http://127.0.0.1%2f.example.com/", "names no host"),
        ("http://127.0.0.1:80@example.com/secret", "holds a user name or a password"),
        ("http://example.com\\@127.0.0.1/secret", "holds a user name or a password"),
        ("http://127.0.0.1#@example.com/", "127.0.0.1 is a loopback address"),
        ("http://localhost:22/", "Port 22 of localhost is not read"),
        ("http://[::]/", ":: is a reserved address"),
        ("http://[64:ff9b::7f00:1]/", "a NAT64 address"),
        ("http://[2002:7f00:1::]/", "a 6to4 address"),
        ("http://169.254.169.254/latest/meta-data/", "a cloud metadata address"),
        ("http://[::1]/", "::1 is a loopback address"),
        ("http://[::ffff:10.0.0.1]/", "an IPv4-mapped address"),
        ("http://localhost/", "is a loopback address: such are not read. If it is yours"),
    ],
)
def test_refuses_what_is_not_the_public_web(url: str, message: str) -> None:
    error = failure(Fetcher(limits=QUICK), url)
    assert message in str(error)
    assert "secret" not in str(error)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "168.63.129.16",
        "169.254.169.254",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.168.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_refused_addresses(address: str) -> None:
    assert refused_kind(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "172.32.0.1", "2606:4700::1111", "2a00:1450::5"])
def test_public_addresses(address: str) -> None:
    assert refused_kind(address) is None


def test_a_name_with_one_private_address_is_refused() -> None:
    reader = Fetcher(limits=QUICK, resolve=lambda *_: ["93.184.216.34", "192.168.1.1"])
    assert "news.example, at 192.168.1.1, is a private address" in str(failure(reader, "https://news.example/a"))


def test_an_unknown_host() -> None:
    def unknown(*_: object) -> list[str]:
        raise OSError("no such name")

    assert "There is no host called nowhere.example" in str(
        failure(Fetcher(limits=QUICK, resolve=unknown), "http://nowhere.example/")
    )


def test_connects_to_the_address_that_was_checked(server: WebServer) -> None:
    """DNS rebinding: the name's second address would be a private one."""
    answers = [["93.184.216.34"], ["93.184.216.34"], ["127.0.0.1"]]
    server.add("/a", "public")
    backend = Detour(server.port)
    reader = Fetcher(limits=QUICK, resolve=lambda *_: answers.pop(0), backend=backend)
    assert reader.get("http://rebind.example/a").body == b"public"
    assert backend.addresses == ["93.184.216.34"] * 2  # robots.txt and the page: resolved once each
    assert server.requests[-1].headers["Host"] == "rebind.example"
    assert "at 127.0.0.1, is a loopback address" in str(failure(reader, "http://rebind.example/a"))
    assert len(backend.addresses) == 2


def test_tries_the_next_address() -> None:
    class FirstFails(Detour):
        def connect_tcp(self, host: str, *_: object, **__: object) -> httpcore2.NetworkStream:
            if host == "2606:4700::1111":
                raise httpcore2.ConnectError("no route")
            return super().connect_tcp(host)

    with WebServer() as server:
        server.add("/", "here")
        backend = FirstFails(server.port)
        reader = Fetcher(limits=QUICK, resolve=lambda *_: ["2606:4700::1111", "1.1.1.1"], backend=backend)
        assert reader.get("http://two.example/").body == b"here"
        assert set(backend.addresses) == {"1.1.1.1"}


def test_follows_redirects_and_checks_each(server: WebServer) -> None:
    goal = server.add("/goal", "there")
    assert fetcher().get(server.redirect("/start", "/goal", 301)).url == goal

    for path, target, message in [
        ("/private", "http://127.0.0.2/admin", "127.0.0.2 is a loopback address"),
        ("/file", "file:///etc/passwd", "redirects to a place that is not read"),
        ("/login", "http://me:secret@127.0.0.1/", "a user name or a password"),
        ("/port", "http://example.com:22/", "Port 22"),
        ("/scheme", "FILE:///etc/passwd", "redirects to a place that is not read"),
        ("/no-scheme", "//127.0.0.2/admin", "127.0.0.2 is a loopback address"),
        ("/mapped", "http://[::ffff:169.254.169.254]/latest", "an IPv4-mapped address"),
        ("/broken", "http://[", "redirects to a place that is not read"),
    ]:
        error = failure(fetcher(), server.redirect(path, target))
        assert message in str(error), path


def test_ends_a_redirect_loop(server: WebServer) -> None:
    server.redirect("/b", "/a")
    error = failure(fetcher(), server.redirect("/a", "/b"))
    assert "redirects more than 10 times" in str(error)
    assert len(server.paths()) == 11


def test_keeps_cookies_while_redirecting(server: WebServer) -> None:
    async def wall(request: web.BaseRequest) -> web.Response:
        if "seen" in request.cookies:
            return web.Response(text="article")
        return web.Response(status=302, headers={"Location": "/wall", "Set-Cookie": "seen=1"})

    assert fetcher().get(server.handle("/wall", wall)).body == b"article"


@pytest.mark.parametrize("limit", ["drip", "silence", "flood", "gzip bomb", "large"])
def test_bounds_time_and_bytes(server: WebServer, limit: str) -> None:
    url, message = {
        "drip": (server.slow("/drip", 0.05), "took more than 1 seconds"),
        "silence": (server.slow("/silence", 30), "sent nothing for 0.4 seconds"),
        "flood": (server.slow("/flood", 0, b"x" * 10_000), "more to read than 0.2 MB"),
        "gzip bomb": (server.bomb("/bomb", 100), "more to read than 0.2 MB"),
        "large": (server.add("/large", bytes(200_001)), "more to read than 0.2 MB"),
    }[limit]
    assert message in str(failure(fetcher(), url))


def test_bounds_the_headers(server: WebServer) -> None:
    async def many(_: web.BaseRequest) -> web.Response:
        return web.Response(text="words", headers={f"X-{number}": "x" * 20 for number in range(5000)})

    for url in (
        server.add("/long", "words", X="x" * 200_000),
        server.handle("/many", many),
        server.redirect("/far", "/" + "x" * 200_000),
    ):
        assert "can't be read: Receive buffer too long" in str(failure(fetcher(), url))


def test_a_page_cut_short_is_a_failure(server: WebServer) -> None:
    async def half(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b"half")
        assert request.transport
        request.transport.close()
        return response

    assert "closed connection without sending complete" in str(failure(fetcher(), server.handle("/half", half)))


def test_a_name_that_nobody_answers_for_takes_no_more_than_its_time(server: WebServer) -> None:
    """The system's resolver may take long; what it then says comes too late."""

    def slow(*_: object) -> list[str]:
        time.sleep(1.2)
        return ["127.0.0.1"]

    reader = Fetcher(allow_hosts=["slow.example"], limits=QUICK, resolve=slow)
    assert "took more than 1 seconds" in str(failure(reader, f"http://slow.example:{server.port}/"))
    assert server.requests == []


def test_slow_headers_end_too() -> None:
    """A server that sends its headers one byte at a time never falls silent, yet must not hold on to a reader."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        stop = threading.Event()

        def drip() -> None:
            listener.settimeout(5)
            while not stop.is_set():
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    try:
                        connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
                        while not stop.wait(0.05):
                            connection.sendall(b"x")
                    except OSError:
                        continue

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        try:
            error = failure(fetcher(), f"http://127.0.0.1:{listener.getsockname()[1]}/")
        finally:
            stop.set()
        assert "took more than 1 seconds" in str(error)
    thread.join(6)


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (404, "There is no page"),
        (410, "There is no page"),
        (403, "save it as a file and index the file"),
        (500, "has a fault (it answered 500)"),
        (418, "answered 418 instead of a page"),
        (304, "answered 304 instead of a page"),
    ],
)
def test_says_what_the_site_answered(server: WebServer, status: int, message: str) -> None:
    error = failure(fetcher(), server.add("/x", "sorry", status=status))
    assert message in str(error)
    assert error.status == status
    assert error.gone == (status in (404, 410))
    assert server.paths() == ["/x"]


def test_comes_back_after_a_busy_answer(server: WebServer) -> None:
    time = FakeTime()
    answers = [(503, "7"), (429, "3"), (200, "")]

    async def busy(_: web.BaseRequest) -> web.Response:
        status, retry = answers.pop(0)
        return web.Response(status=status, text="ok", headers={"Retry-After": retry} if retry else {})

    limits = Limits(total_seconds=5, pause=0)
    assert fetcher(limits, clock=time.clock).get(server.handle("/busy", busy)).body == b"ok"
    assert time.slept == [7, 3]


def test_does_not_wait_for_long(server: WebServer) -> None:
    time = FakeTime()
    reader = fetcher(Limits(pause=0), clock=time.clock)
    url = server.add("/busy", status=503, Retry_After="3600")
    assert "asks to be left alone for 3600 seconds" in str(failure(reader, url))
    assert "asks to be left alone for 3600 seconds" in str(failure(reader, server.add("/other", "text")))
    assert time.slept == []
    assert server.paths() == ["/busy"]


def test_gives_up_on_a_site_that_stays_busy(server: WebServer) -> None:
    time = FakeTime()
    error = failure(fetcher(Limits(pause=0), clock=time.clock), server.add("/busy", status=503))
    assert "is busy (it answered 503)" in str(error)
    assert server.paths() == ["/busy"] * 3
    assert time.slept == [1, 2]


def test_tries_a_lost_connection_again() -> None:
    time = FakeTime()
    with WebServer() as server:
        port = server.port
    error = failure(fetcher(Limits(), clock=time.clock), f"http://127.0.0.1:{port}/")
    assert "127.0.0.1 can't be reached" in str(error)
    assert time.slept == [1, 2]


def test_pauses_between_requests_to_a_host(server: WebServer) -> None:
    time = FakeTime()
    reader = fetcher(Limits(pause=2.5), clock=time.clock)
    urls = [server.add(f"/{number}", "text") for number in range(3)]
    for url in urls:
        reader.get(url)
    assert time.slept == [2.5, 2.5]


def test_one_request_at_a_time_to_a_host(server: WebServer) -> None:
    import asyncio

    busy, most = 0, 0

    async def count(_: web.BaseRequest) -> web.Response:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.05)
        busy -= 1
        return web.Response(text="ok")

    url = server.handle("/", count)
    reader = fetcher(Limits(pause=0))
    threads = [threading.Thread(target=reader.get, args=(url,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert most == 1
    assert server.paths() == ["/"] * 4


def test_respects_robots_txt(server: WebServer) -> None:
    time = FakeTime()
    rules = (
        "User-agent: *\nDisallow: /\n\nUser-agent: Newsdesk\nAllow: /news/\nDisallow: /*?print$\nCrawl-delay: 4"
    )
    server.add("/robots.txt", rules + "\nDisallow: /news/drafts", content_type="text/plain")
    reader = fetcher(Limits(pause=1), clock=time.clock)
    assert reader.get(server.add("/news/a", "text")).body == b"text"
    for path in ("/news/drafts/b", "/c?print"):
        assert "asks programs not to read" in str(failure(reader, server.add(path, "text")))
    reader.get(server.add("/d", "text"))
    assert server.paths() == ["/news/a", "/d"]
    assert time.slept == [4]
    assert [seen.path for seen in server.requests].count("/robots.txt") == 1
    time.now += 25 * 3600
    reader.get(server.url + "/d")
    assert [seen.path for seen in server.requests].count("/robots.txt") == 2


def test_a_redirect_does_not_lead_past_robots_txt(server: WebServer) -> None:
    server.add("/robots.txt", "User-agent: *\nDisallow: /hidden", content_type="text/plain")
    server.add("/hidden", "text")
    assert "robots.txt" in str(failure(fetcher(), server.redirect("/open", "/hidden")))
    assert server.paths() == ["/open"]


def test_bounds_the_crawl_delay(server: WebServer) -> None:
    time = FakeTime()
    server.add("/robots.txt", "User-agent: *\nCrawl-delay: 86400", content_type="text/plain")
    url = server.add("/a", "text")
    reader = fetcher(Limits(longest_pause=30), clock=time.clock)
    reader.get(url)
    reader.get(url)
    assert time.slept == [30]


def test_reads_nothing_while_robots_txt_is_broken(server: WebServer) -> None:
    time = FakeTime()
    url = server.add("/a", "text")
    server.add("/robots.txt", status=500)
    reader = fetcher(Limits(), clock=time.clock)
    for _ in range(2):
        error = failure(reader, url)
        assert "/robots.txt can't be read (the site answered 500)" in str(error)
    assert len(server.requests) == 1
    server.add("/robots.txt", status=403)
    time.now += 601
    assert reader.get(url).body == b"text"


def _certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context with a certificate for ``name``, and a reader's that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return serving, ssl.create_default_context(cafile=str(folder / "cert.pem"))


def test_tls_is_checked_against_the_name_not_the_address(tmp_path: Path) -> None:
    serving, trusting = _certificate(tmp_path, "news.example")
    names: list[str | None] = []
    serving.sni_callback = lambda _, name, __: names.append(name)
    with WebServer(ssl_context=serving) as server:
        server.add("/a", "safe")
        reader = Fetcher(
            limits=QUICK,
            resolve=lambda *_: ["93.184.216.34"],
            backend=Detour(server.port),
            ssl_context=trusting,
        )
        assert reader.get("https://news.example/a").body == b"safe"
        assert set(names) == {"news.example"}
        assert "The certificate of other.example is not valid" in str(failure(reader, "https://other.example/a"))
