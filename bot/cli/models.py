"""Tries the models that are set, each by a real call."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from bot.app import open_embeddings
from bot.chat.probe import ChatProbe, probe_chat
from bot.settings import NO_JUDGE, Settings
from index.embedding.probe import EmbeddingProbe, probe_embeddings
from index.errors import NewsdeskError


def chat_models(settings: Settings) -> Sequence[str]:
    """The names of the chat models that are set, each once, the one that writes answers first."""
    judge = settings.judge_model if settings.chat_model and settings.judge_model != NO_JUDGE else None
    used = (settings.chat_model, judge, settings.rewrite_model, settings.rerank_model)
    return list(dict.fromkeys(filter(None, used)))


def try_chat(settings: Settings, name: str) -> ChatProbe:
    """Ask the chat model ``name`` something short. Never raises."""
    return asyncio.run(probe_chat(settings, name))


def try_embeddings(settings: Settings) -> EmbeddingProbe:
    """Embed a hundred texts with the model that is set. Never raises."""
    try:
        return probe_embeddings(open_embeddings(settings))
    except NewsdeskError as error:
        return EmbeddingProbe(str(error))


def try_all(settings: Settings) -> Iterator[tuple[str, ChatProbe | EmbeddingProbe]]:
    """Try one model after the other, each with its name: the embedding model last."""
    for name in chat_models(settings):
        yield name, try_chat(settings, name)
    yield settings.embedding, try_embeddings(settings)
