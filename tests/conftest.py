"""What tests share: the embedding model, written once a machine, and a library in a temporary home."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path

import httpcore2
import pytest

from index.embedding.e5 import E5Embeddings
from index.library import Library
from index.parser import ParserLimits, parser
from tests.fakes.embeddings import WordEmbeddings
from tests.fakes.remembering import RememberingE5
from tests.postgresql import BIN, running_postgresql

MAX_BYTES = 1_000_000

pytest_plugins = ["tests.scheduling", "tests.properties"]


@pytest.fixture(scope="session", autouse=True)
def spare_readers() -> Iterator[None]:
    """Children that read articles are handed on from test to test: starting one takes longer than most tests.

    Only those with the usual limits that were closed in good order; tests of the limits have their own children.
    """
    usual, start, spare = ParserLimits(), parser._Child, list[parser._Child]()

    def take(limits: ParserLimits) -> parser._Child:
        while limits == usual and spare:
            if (child := spare.pop())._process.poll() is None:
                return child
        return start(limits)

    def close(self: parser.Parser) -> None:
        with self._lock:
            if self._child and self._limits == usual:
                spare.append(self._child)
                self._child = None
            self._end()

    def rest(self: parser.Parser) -> None:
        if self._limits == usual:
            close(self)
        else:
            own_rest(self)

    own_rest = parser.Parser.rest
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parser, "_Child", take)
        patch.setattr(parser.Parser, "close", close)
        patch.setattr(parser.Parser, "rest", rest)
        yield
    for child in spare:
        child.end()


@pytest.fixture(scope="session", autouse=True)
def certificates() -> Iterator[None]:
    """The system's certificates are read once: hundreds of tests build HTTP clients, few of them speak TLS."""
    default = httpcore2.default_ssl_context

    def context(*, _trust_env: bool = True) -> ssl.SSLContext:
        named = tuple(os.environ.get(name) for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"))
        return known(named, _trust_env)

    known = cache(lambda _, trust: default(_trust_env=trust))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpcore2, "default_ssl_context", context)
        yield


@pytest.fixture(scope="session")
def models(pytestconfig: pytest.Config) -> Path:
    """Where the built-in model keeps what it runs; the first use writes it, which takes about 4 s."""
    return pytestconfig.rootpath / ".cache" / "models"


@pytest.fixture(scope="session")
def e5(models: Path) -> E5Embeddings:
    """The built-in embedding model; a text that came before is not worked out again."""
    return RememberingE5(models)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder."""
    return tmp_path / "home"


@pytest.fixture
def words() -> WordEmbeddings:
    """A fast embedding model that knows words, and no meaning."""
    return WordEmbeddings()


@pytest.fixture
def library(home: Path, words: WordEmbeddings) -> Iterator[Library]:
    """An empty library with the fast embedding model."""
    with Library(home, "words", words, max_bytes=MAX_BYTES) as library:
        yield library


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[Iterator[str]]:
    """Empty PostgreSQL databases, one after the other, on one server."""
    psycopg = pytest.importorskip("psycopg")
    if not (BIN / "initdb").exists():
        pytest.skip("no PostgreSQL server is installed")

    def databases(where: str) -> Iterator[str]:
        for number in count():
            with psycopg.connect(f"postgresql://newsdesk@/postgres{where}", autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE news{number}")
            yield f"postgresql+psycopg://newsdesk@/news{number}{where}"

    with running_postgresql() as where:
        yield databases(where)


@pytest.fixture
def postgresql(postgresql_databases: Iterator[str]) -> str:
    """The address of an empty PostgreSQL database."""
    return next(postgresql_databases)
