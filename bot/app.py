"""Builds the parts from the settings; with ``model_parts`` the only place that wires."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import ExitStack, aclosing
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.answer.answer import Answer, Searched
from bot.answer.desk import Desk
from bot.answer.engines.quoting import ExtractiveEngine
from bot.answer.question.kinds import Kinds
from bot.answer.question.reading import RuleReader
from bot.answer.question.turn import Turn
from bot.chat.budget import Asker, Budget, Cap, read_prices
from bot.memory.memory import Memory
from bot.memory.preferences.rules import Level
from bot.model_parts import (
    chat_models,
    finder_of,
    generative_engine,
    judge_of,
    model_reader,
    reranker_of,
    translator_of,
)
from bot.settings import NO_JUDGE, Settings, read_headers
from bot.summary import Summariser
from bot.summary.request import fulfilled, fulfilled_answer
from index.embedding.models import build_embeddings
from index.errors import ConfigurationError
from index.library import Library
from index.reading.metadata.outlets import outlet_names
from index.search import Filters
from index.store.home import secret

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

    from bot.answer.evidence.judging.judge import Judge
    from bot.chat.model import ChatModel


@dataclass(frozen=True, slots=True)
class App:
    """Newsdesk, ready to work."""

    settings: Settings
    library: Library
    memory: Memory
    desk: Desk
    summariser: Summariser
    budget: Budget

    async def ask(
        self,
        message: str,
        scopes: Sequence[str],
        filters: Filters = Filters(),
        turns: Sequence[Turn] = (),
        asker: Asker | None = None,
        today: date | None = None,
        *,
        claim: bool = False,
        answer_in: str | None = None,
    ) -> AsyncGenerator[Answer, None]:
        """Yield what ``message`` wants, as it grows: an answer, or the points of a summary or of what is new.

        See ``Desk.ask``. Raises as that does, and ``SummaryError`` where nothing can be summed up.
        """
        asked = self.desk.ask(message, scopes, filters, turns, asker, today, claim=claim, answer_in=answer_in)
        async with aclosing(asked) as answers:
            async for answer in answers:
                if not answer.kind.wants_points:
                    if answer.abstained and answer.finished:
                        there_was = await asyncio.to_thread(self.library.extent, scopes)
                        answer = replace(answer, searched=Searched(*there_was))
                    yield answer
                    continue
                async with aclosing(fulfilled(self.summariser, self.library, answer, scopes, asker)) as growing:
                    async for told in growing:
                        yield fulfilled_answer(answer, told)

    def close(self) -> None:
        """Close the store and the memory."""
        self.memory.close()
        self.library.close()

    def __enter__(self) -> App:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_app(settings: Settings, memory: Memory | None = None) -> App:
    """Open the store and build the engines; takes a second or two, since the embedding model is loaded.

    ``memory`` is used, and closed in the end, in place of the one that belongs to the library.

    Raises ``NewsdeskError`` with the step to take if the store or a model cannot be used.
    """
    with ExitStack() as opened:
        library = opened.enter_context(open_library(settings))
        memory = memory or open_memory(settings)
        opened.callback(memory.close)
        extractive = ExtractiveEngine(library)
        budget = _budget(settings, memory)
        models = chat_models(settings, memory)
        key = secret(settings.home)
        judge = judge_of(settings, memory)
        model = models(settings.chat_model)
        desk = Desk(
            library,
            generative_engine(model, "answer", key) or extractive,
            extractive,
            RuleReader(
                library, Kinds(library, settings.embedding, settings.home / "models"), settings.max_question
            ),
            model_reader(models(settings.rewrite_model or settings.chat_model)),
            reranker=reranker_of(models(settings.rerank_model), key),
            translator=translator_of(model, library) if settings.translate_quotes else None,
            judge=judge,
            finder=finder_of(model, key) if settings.judge_disagreements else None,
            budget=budget,
        )
        app = App(settings, library, memory, desk, _summariser(model, library, memory, budget, key, judge), budget)
        opened.pop_all()
        return app


def open_library(
    settings: Settings, *, change_model: bool = False, careful: bool = False, take_over: bool = False
) -> Library:
    """Open the store alone; ``change_model``: also one made with another model, to rebuild it.

    ``careful`` looks for damaged files first; ``take_over`` also takes a database that belongs to another home.

    Raises ``NewsdeskError`` if it cannot be used.
    """
    return Library(
        settings.home,
        settings.embedding,
        open_embeddings(settings),
        max_bytes=settings.max_article_mb * 1_000_000,
        allow_hosts=[host.strip() for host in settings.allow_hosts.split(",") if host.strip()],
        outlets=outlet_names(settings.outlets),
        keep_days=settings.keep_days,
        chroma_url=settings.chroma_url,
        database_url=_reveal(settings.database_url),
        careful=careful,
        change_model=change_model,
        take_over=take_over,
    )


def open_embeddings(settings: Settings) -> Embeddings:
    """The embedding model that is set. Raises ``ConfigurationError`` if there is none such."""
    return build_embeddings(
        settings.embedding,
        cache=settings.home / "models",
        threads=settings.threads,
        base_url=settings.embedding_base_url,
        api_key=_reveal(settings.embedding_api_key),
        headers=read_headers(settings.embedding_headers),
        seconds=settings.embedding_seconds,
        query_prefix=settings.embedding_query_prefix,
        passage_prefix=settings.embedding_passage_prefix,
    )


def open_memory(settings: Settings) -> Memory:
    """Open what is remembered, which belongs to no single process. Raises ``StoreError`` if it can't be used."""
    return Memory(settings.home, _reveal(settings.database_url))


def _summariser(
    model: ChatModel | None,
    library: Library,
    memory: Memory,
    budget: Budget,
    key: bytes,
    judge: Judge | None,
) -> Summariser:
    if model is None:
        return Summariser(library, None, cache=memory.summaries)
    from prompts import load_prompt

    names = ("summary", "topic", "map")
    article, topic, part = (generative_engine(model, name, key) for name in names)
    return Summariser(
        library,
        article,
        topic_engine=topic,
        mapper=part,
        cache=memory.summaries,
        budget=budget,
        judge=judge,
        prompts=", ".join(f"{name} {load_prompt(name).version}" for name in names),
    )


def _budget(settings: Settings, memory: Memory) -> Budget:
    """Raises ``ConfigurationError`` if money is capped and the price of a model is not known."""
    prices = read_prices(settings.prices)
    if settings.daily_server_cost or settings.daily_user_cost:
        judge = settings.judge_model if settings.chat_model and settings.judge_model != NO_JUDGE else None
        used = (settings.chat_model, settings.rewrite_model, settings.rerank_model, judge)
        if unknown := [name for name in used if name and name not in prices]:
            raise ConfigurationError(
                f"A daily cost is set, but NEWSDESK_PRICES has no price for {', '.join(dict.fromkeys(unknown))}. "
                "Add one, as in openai:gpt-5-mini=0.25/2.00."
            )
    return Budget(
        memory.usage,
        prices,
        server=Cap(settings.daily_server_tokens, settings.daily_server_cost),
        user=Cap(settings.daily_user_tokens, settings.daily_user_cost),
        own=lambda server: _own_caps(memory, server),
    )


def _own_caps(memory: Memory, server: str) -> tuple[Cap, Cap]:
    """What those who manage a server allow it, and each person in it."""
    if not server.isdecimal():  # the command line, which nobody manages
        return Cap(), Cap()
    wishes = memory.preferences.wishes(Level.SERVER, int(server))
    return Cap(wishes.server_tokens), Cap(wishes.person_tokens)


def _reveal(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None
