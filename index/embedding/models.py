"""The embedding models: one factory, from a name to a LangChain ``Embeddings``."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from threading import Thread
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

from index.embedding.endpoint import Endpoint, OpenAIEndpoint, RefusedError, Vector, usable
from index.embedding.prefixes import Prefixes, prefixes_of
from index.embedding.served import ServedEmbeddings
from index.errors import ConfigurationError
from index.network import NO_HEADERS, unreadable_certificates

BUILT_IN = "e5-small"

_OPENAI = "https://api.openai.com/v1"
EXTRAS = {"azure_openai": None, "google_genai": "google", "mistralai": "mistral", "ollama": "ollama"}
"""LangChain's providers that are tried with Newsdesk, and the extra that installs each (None: none is needed)."""

_ADDRESS = {"azure_openai": "azure_endpoint"}
"""What a provider's package calls the address of its server, if not ``base_url``."""


@runtime_checkable
class Local(Protocol):
    """An embedding model that computes on this machine, and can do so at a lower priority."""

    def background(self) -> Embeddings:
        """The same model for bulk work: other calls neither queue behind it nor have to share a core with it."""
        ...


@runtime_checkable
class TokenLevel(Protocol):
    """An embedding model that also gives a vector, of length 1, for each token of a text."""

    def embed_words(self, question: str) -> list[tuple[str, npt.NDArray[np.float32]]]:
        """Each word of a question with the vectors of its tokens: (tokens, dimensions)."""
        ...

    def embed_with_tokens(
        self, texts: Sequence[str]
    ) -> list[tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]]:
        """The vector of each passage, and those of its tokens: (tokens, dimensions)."""
        ...


@runtime_checkable
class TellsAsides(Protocol):
    """An embedding model that tells what a site says to its readers from what an article says."""

    def asides(self, paragraphs: Sequence[str]) -> list[bool]:
        """Whether each paragraph is an aside: "Sign up for our newsletter", in whatever language and words."""
        ...


@runtime_checkable
class TellsRoles(Protocol):
    """An embedding model that tells what a sentence does in an article."""

    def roles(self, vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """The log-odds of each of ``roles.ROLES`` for sentences with these vectors: (sentences, roles)."""
        ...


@runtime_checkable
class Partial(Protocol):
    """An embedding model that may have no vector for some texts."""

    def embed_each(self, texts: Sequence[str]) -> list[Vector | None]:
        """One vector a passage; None for those that can't be embedded."""
        ...


@runtime_checkable
class Revised(Protocol):
    """An embedding model whose vectors have changed a little under the same name, and may again."""

    revision: str


def revised_name(name: str, embeddings: Embeddings) -> str:
    """What the vectors of ``embeddings``, the model called ``name``, are known by in a store."""
    return f"{name} ({embeddings.revision})" if isinstance(embeddings, Revised) else name


def in_background(embeddings: Embeddings) -> Embeddings:
    """``embeddings`` for bulk work, such that questions don't wait for it."""
    return embeddings.background() if isinstance(embeddings, Local) else embeddings


def build_embeddings(
    name: str,
    *,
    cache: Path,
    threads: int = 0,
    base_url: str | None = None,
    api_key: str | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float = 10.0,
    query_prefix: str | None = None,
    passage_prefix: str | None = None,
) -> Embeddings:
    """The embedding model called ``name``: ``e5-small`` (built in), or ``provider:model`` as LangChain names it.

    ``cache`` is a folder for the built-in model, ``threads`` the cores it may use (0: all). The others are for
    models behind an API: at ``base_url`` every name is one of an OpenAI-compatible server, which gets ``headers``
    as well; a question waits
    ``seconds`` for its vector; the prefixes are by default those of its family. Nothing is sent yet.
    Raises ``ConfigurationError`` if there is no such model. One behind an API raises ``EmbeddingError`` when it
    gives no vectors.
    """
    if name == BUILT_IN:
        from index.embedding.e5 import E5Embeddings

        return E5Embeddings(cache, threads)
    provider, colon, model = name.partition(":")
    if not name or (not colon and not base_url):
        raise ConfigurationError(
            f"There is no embedding model called {name!r}. "
            f"Set NEWSDESK_EMBEDDING to {BUILT_IN}, or to provider:model, e.g. openai:text-embedding-3-small."
        )
    own = prefixes_of(name)
    prefixes = Prefixes(
        own.query if query_prefix is None else query_prefix,
        own.passage if passage_prefix is None else passage_prefix,
    )
    if provider == "openai" or (base_url and provider not in EXTRAS):
        model = model if provider == "openai" else name
        return ServedEmbeddings(name, _openai(name, model, base_url, api_key, headers or {}), prefixes, seconds)
    if headers:
        raise ConfigurationError(NO_HEADERS.format(name="NEWSDESK_EMBEDDING_HEADERS", model=name))
    return ServedEmbeddings(name, _through_langchain(name, base_url, api_key), prefixes, seconds)


def _openai(
    name: str, model: str, base_url: str | None, api_key: str | None, headers: Mapping[str, str]
) -> Endpoint:
    # A key that other programs use is for OpenAI, and for no address that the operator set.
    key = api_key or (None if base_url else os.environ.get("OPENAI_API_KEY"))
    if not key and not base_url:
        raise ConfigurationError(f"The embedding model {name!r} cannot be used. Set NEWSDESK_EMBEDDING_API_KEY.")
    try:
        return OpenAIEndpoint(base_url or _OPENAI, model, key, headers)
    except OSError as error:
        raise ConfigurationError(
            f"The embedding model {name!r} cannot be asked: the certificates in "
            f"{unreadable_certificates(error) or 'the system'} cannot be read."
        ) from None
    except (ValueError, ImportError) as error:
        raise ConfigurationError(
            f"The embedding model {name!r} cannot be asked through the proxy: {error}"
        ) from None


def _through_langchain(name: str, base_url: str | None, api_key: str | None) -> Endpoint:
    from langchain.embeddings import init_embeddings

    provider = name.partition(":")[0]
    options = {"api_key": api_key, _ADDRESS.get(provider, "base_url"): base_url}
    try:
        model = init_embeddings(name, **{key: value for key, value in options.items() if value is not None})
    except ImportError as error:
        extra = EXTRAS.get(provider)
        step = f"Install it with: pip install 'newsdesk[{extra}]'" if extra else "Install it"
        raise ConfigurationError(
            f"The provider of embedding model {name!r} is not installed ({error.name or 'its package'} is "
            f"missing). {step}, or choose another NEWSDESK_EMBEDDING."
        ) from None
    except ValueError as error:
        raise ConfigurationError(f"The embedding model {name!r} cannot be used: {error}") from error
    except Exception as error:  # a provider's SDK refuses a missing key with an error of its own
        raise ConfigurationError(
            f"The embedding model {name!r} cannot be used. Is NEWSDESK_EMBEDDING_API_KEY set?"
        ) from error
    assert isinstance(model, Embeddings)
    return _Through(model)


class _Through:
    """A provider's own package as an ``Endpoint``.

    It may wait as long as it likes; whoever asked doesn't wait longer than they said.
    """

    def __init__(self, model: Embeddings) -> None:
        self._model = model

    def vectors(self, texts: Sequence[str], seconds: float, *, question: bool = False) -> list[Vector | None]:
        asked = Future[list[list[float]]]()

        def ask() -> None:
            try:
                if question:
                    asked.set_result([self._model.embed_query(text) for text in texts])
                else:
                    asked.set_result(self._model.embed_documents(list(texts)))
            except Exception as error:  # whatever it is, it is raised where it is waited for
                asked.set_exception(error)

        Thread(target=ask, name="embedding", daemon=True).start()  # no process stays for one that hangs
        found = asked.result(seconds)
        if len(found) != len(texts):
            raise RefusedError(200, f"{len(found)} vectors came for {len(texts)} texts")
        return [usable(vector) for vector in found]
