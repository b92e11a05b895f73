"""The embedding models: one factory, from a name to a LangChain ``Embeddings``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from langchain_core.embeddings import Embeddings

from index.errors import ConfigurationError

BUILT_IN = "e5-small"


def build_embeddings(
    name: str, *, cache: Path, threads: int = 0, base_url: str | None = None, api_key: str | None = None
) -> Embeddings:
    """The embedding model called ``name``: ``e5-small`` (built in), or ``provider:model`` as LangChain names it.

    ``cache`` is a folder for the built-in model, ``threads`` the cores it may use (0: all). ``base_url`` and
    ``api_key`` are for models behind an API. Raises ``ConfigurationError`` if there is no such model.
    """
    if name == BUILT_IN:
        from index.e5 import E5Embeddings

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
    return model
