"""The embedding models: one factory, from a name to a LangChain ``Embeddings``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings

from index.errors import ConfigurationError, EmbeddingError

BUILT_IN = "e5-small"

_KEY = "Check NEWSDESK_EMBEDDING_API_KEY."
_ADVICE: dict[int | None, str] = {
    401: _KEY,
    403: _KEY,
    404: "Check NEWSDESK_EMBEDDING and NEWSDESK_EMBEDDING_BASE_URL.",
    429: "It has too many requests, or no quota left: try again in a minute, or check the account.",
}
_REACH = "Check that its server is up, and NEWSDESK_EMBEDDING_BASE_URL; what was embedded until now is kept."


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

    def embed_tokens(self, texts: Sequence[str]) -> list[npt.NDArray[np.float32]]:
        """The vectors of the tokens of each passage: (tokens, dimensions)."""
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
    name: str, *, cache: Path, threads: int = 0, base_url: str | None = None, api_key: str | None = None
) -> Embeddings:
    """The embedding model called ``name``: ``e5-small`` (built in), or ``provider:model`` as LangChain names it.

    ``cache`` is a folder for the built-in model, ``threads`` the cores it may use (0: all). ``base_url`` and
    ``api_key`` are for models behind an API. Raises ``ConfigurationError`` if there is no such model. A model
    behind an API raises ``EmbeddingError`` when it gives no vectors.
    """
    if name == BUILT_IN:
        from index.embedding.e5 import E5Embeddings

        return E5Embeddings(cache, threads)
    if ":" not in name:
        raise ConfigurationError(
            f"There is no embedding model called {name!r}. "
            f"Set NEWSDESK_EMBEDDING to {BUILT_IN}, or to provider:model, e.g. openai:text-embedding-3-small."
        )
    from langchain.embeddings import init_embeddings

    options: dict[str, Any] = {"api_key": api_key, "base_url": base_url}
    if name.startswith("openai:"):
        # Counting tokens would fetch a table from the network; passages are far below the models' limit.
        options["check_embedding_ctx_length"] = False
    try:
        model = init_embeddings(name, **{key: value for key, value in options.items() if value is not None})
    except (ImportError, ValueError) as error:
        raise ConfigurationError(f"The embedding model {name!r} cannot be used: {error}") from error
    except Exception as error:  # a provider's SDK refuses a missing key with an error of its own
        raise ConfigurationError(
            f"The embedding model {name!r} cannot be used. Is NEWSDESK_EMBEDDING_API_KEY set?"
        ) from error
    assert isinstance(model, Embeddings)
    return _Served(name, model)


class _Served(Embeddings):
    """A model behind an API, whose failures are told without what the provider said: it may hold the key."""

    def __init__(self, name: str, model: Embeddings) -> None:
        self._name = name
        self._model = model

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a passage. Raises ``EmbeddingError``."""
        with self._told():
            return self._model.embed_documents(texts)

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question. Raises ``EmbeddingError``."""
        with self._told():
            return self._model.embed_query(text)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            advice = _ADVICE.get(getattr(error, "status_code", None), _REACH)
            kind = type(error).__name__
            raise EmbeddingError(f"The embedding model {self._name} gave no vectors ({kind}). {advice}") from error
