"""Asks an embedding model for a vector, and tells what was found."""

from __future__ import annotations

import time
from dataclasses import dataclass

from langchain_core.embeddings import Embeddings

from index.embedding.endpoint import OpenAIEndpoint
from index.embedding.served import ServedEmbeddings
from index.errors import EmbeddingError

_TEXTS = 100


@dataclass(frozen=True, slots=True)
class EmbeddingProbe:
    """What was found; ``problem`` says why there are no vectors, and what to do.

    ``batch``: the texts that the server takes at once, of a hundred. ``seconds``: how long a question's vector
    took, ``texts_a_second``: how fast passages are embedded. ``address``: where the server answers, if that is not
    what the settings say.
    """

    problem: str | None = None
    dimension: int | None = None
    batch: int | None = None
    seconds: float | None = None
    texts_a_second: float | None = None
    query_prefix: str = ""
    passage_prefix: str = ""
    address: str | None = None


def probe_embeddings(model: Embeddings) -> EmbeddingProbe:
    """Embed a question and a hundred short passages. Never raises."""
    started = time.monotonic()
    try:
        dimension = len(model.embed_query("Is the harbour open?"))
        asked = time.monotonic() - started
        model.embed_documents([f"The harbour is open on day {number}." for number in range(_TEXTS)])
    except EmbeddingError as error:
        return EmbeddingProbe(str(error), address=answers_at(model))
    spent = time.monotonic() - started - asked
    served = model if isinstance(model, ServedEmbeddings) else None
    return EmbeddingProbe(
        dimension=dimension,
        batch=served.found.batch if served else None,
        seconds=asked,
        texts_a_second=_TEXTS / spent if spent else None,
        query_prefix=served.prefixes.query if served else "",
        passage_prefix=served.prefixes.passage if served else "",
        address=answers_at(model),
    )


def answers_at(model: Embeddings) -> str | None:
    """The address at which the server of ``model`` answers, if that is not the one that was set."""
    endpoint = model.endpoint if isinstance(model, ServedEmbeddings) else None
    return endpoint.answers_at if isinstance(endpoint, OpenAIEndpoint) else None
