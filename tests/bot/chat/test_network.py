"""Proxies and certificates, as they are set in a company: they work, or the note says what to set."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.chat.probe import ChatProbe, probe_chat
from bot.settings import Settings
from index.embedding.models import build_embeddings
from index.errors import ConfigurationError, EmbeddingError
from index.network import carry
from tests.behaviours import chat
from tests.behaviours.server import ModelServer, running_model_server

_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with running_model_server() as running:
        running.behave(chat.said())
        yield running


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1, and its key, that nobody has signed but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a company")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path_factory.mktemp("certificate") / "server.pem"
    path.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + private)
    return path


@pytest.fixture
def secure(certificate: Path) -> Iterator[ModelServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with running_model_server(context) as running:
        running.behave(chat.said())
        yield running


async def probed(base_url: str) -> ChatProbe:
    settings = Settings(_env_file=None, chat_model="m", chat_base_url=base_url)  # type: ignore[call-arg]
    return await probe_chat(settings, "m")


async def test_a_certificate_that_nobody_trusts_is_told(secure: ModelServer) -> None:
    found = await probed(secure.base_url)
    assert "certificate" in (found.problem or "")
    assert "SSL_CERT_FILE" in (found.problem or "")


async def test_a_companys_certificate(
    secure: ModelServer, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert (await probed(secure.base_url)).problem is None


@pytest.mark.parametrize("what", ["missing", "folder", "no certificate"])
async def test_certificates_that_cannot_be_read_are_named(
    server: ModelServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    path = tmp_path / "company.pem"
    if what == "folder":
        path.mkdir()
    elif what == "no certificate":
        path.write_text("none")
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    assert "SSL_CERT_FILE" in ((await probed(server.base_url)).problem or "")
    with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
        build_embeddings("small", cache=Path("unused"), base_url=server.base_url)


async def test_a_proxy_of_an_unknown_kind_is_named(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks://127.0.0.1:1080")
    found = await probed(server.base_url)
    assert "ALL_PROXY" in (found.problem or "")
    assert "socks5://" in (found.problem or "")


@pytest.mark.parametrize(
    ("name", "proxy", "scheme"),
    [
        ("HTTP_PROXY", "127.0.0.1:1", "http"),
        ("HTTP_PROXY", "http://no-such-host.invalid:3128", "http"),
        ("HTTPS_PROXY", "http://127.0.0.1:1", "https"),
        ("ALL_PROXY", "http://127.0.0.1:1", "https"),
        ("ALL_PROXY", "socks5h://127.0.0.1:1", "http"),
    ],
)
async def test_a_proxy_that_is_not_there_is_named(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch, name: str, proxy: str, scheme: str
) -> None:
    monkeypatch.setenv(name, proxy)
    found = await probed(server.base_url.replace("http", scheme, 1))
    assert name in (found.problem or "")
    assert "BASE_URL" not in (found.problem or "")
    model = build_embeddings(
        "small", cache=Path("unused"), base_url=server.base_url.replace("http", scheme, 1), seconds=5
    )
    with pytest.raises(EmbeddingError, match=name):
        model.embed_query("Who?")


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "socks5h://127.0.0.1:1", "http://127.0.0.1:1"])
async def test_a_proxy_is_used_unless_the_address_is_excepted(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    assert "reached" in ((await probed(server.base_url)).problem or "")
    assert server.requests == []
    monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1")
    assert (await probed(server.base_url)).problem is None


def test_headers_of_the_operator_s_go_to_their_server_alone() -> None:
    request = httpx2.Request("POST", "http://gateway.example/v1/chat/completions", headers={"X-Other": "1"})
    for url, sent in (
        ("http://gateway.example/v1", "secret"),
        ("http://gateway.example/elsewhere", "secret"),
        ("https://gateway.example/v1", None),
        ("http://gateway.example:81/v1", None),
        ("http://other.example/v1", None),
    ):
        carry(request, {"X-Key": "secret"}, url)
        assert request.headers.get("X-Key") == sent
    assert request.headers["X-Other"] == "1"
