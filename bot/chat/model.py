"""A chat model as every part uses it: deadlines, retries, rests, failures told in words, tokens counted."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import cast

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage

from bot.answer.engines.engine import EngineError, Tally
from bot.chat.breaker import Breaker
from bot.chat.cache import ReplyCache
from bot.chat.failures import (
    REFUSED,
    asked_again_in,
    explain_failure,
    explain_finish,
    finish_reason,
    is_passing,
    is_refused_option,
    resting,
    retry_after,
)

_log = logging.getLogger(__name__)

_CHARACTERS_A_TOKEN = 4
"""A rule of thumb for European languages, for servers that don't report what they used."""

_RETRIES = 2
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 5.0


class ChatModel:
    """A chat model of any provider. Its time limits count only the time spent waiting for it.

    The first word of its thinking counts as its first word.
    """

    def __init__(
        self,
        model: BaseChatModel,
        name: str,
        *,
        first_word_seconds: float,
        total_seconds: float,
        breaker: Breaker | None = None,
        cache: ReplyCache | None = None,
    ) -> None:
        """``name`` is what readers see. Without a ``cache``, the model is asked each time."""
        self.name = name
        self._model = model
        self._first_word_seconds = first_word_seconds
        self._total_seconds = total_seconds
        self._breaker = breaker or Breaker()
        self._cache = cache

    async def complete(self, messages: Sequence[BaseMessage], tally: Tally) -> str:
        """The whole reply to ``messages``. Raises ``EngineError``."""
        async with aclosing(self.stream(messages, tally)) as pieces:
            return "".join([piece async for piece in pieces])

    async def stream(self, messages: Sequence[BaseMessage], tally: Tally) -> AsyncGenerator[str, None]:
        """The pieces of the reply to ``messages``; every failure becomes an ``EngineError``.

        A failure that may pass is tried again until the first word came, never after it. A model that failed too
        often, or asked for a pause, isn't asked until its rest is over. A reply that is remembered costs nothing.
        What the server doesn't report of the tokens used is estimated from the characters.
        """
        if self._cache and (kept := await asyncio.to_thread(self._cache.get, self.name, messages)) is not None:
            yield kept
            return
        if seconds := self._breaker.admit():
            raise EngineError(resting(self.name, seconds))
        written: list[str] = []
        call = _Call(self._model, self._first_word_seconds, self._total_seconds)
        settled = False
        try:
            while True:
                try:
                    async with aclosing(call.stream(messages, self.name, tally)) as pieces:
                        async for piece in pieces:
                            written.append(piece)
                            yield piece
                    break
                except Exception as error:
                    if await call.can_be_repeated(error):
                        continue
                    settled = True
                    raise EngineError(self._give_up(error, call)) from None
            settled = True
            self._breaker.answered()
            self._model = call.model
        finally:
            if not settled:
                self._breaker.left()
        if problem := explain_finish(call.finish, self.name):
            raise EngineError(problem)
        if self._cache and written:
            await asyncio.to_thread(self._cache.put, self.name, messages, "".join(written))

    def _give_up(self, error: Exception, call: _Call) -> str:
        """Tell the breaker, and the reader."""
        # The error itself may hold the key or the address, so only its kind is logged.
        _log.warning("Chat model %s failed: %s", self.name, type(error).__name__)
        told = explain_failure(error, self.name, call.begun)
        if not is_passing(error):
            self._breaker.answered()
            return told
        rest = self._breaker.failed(retry_after(error))
        return f"{told} {asked_again_in(rest)}" if rest else told


class _Call:
    """One question to a model, with all its attempts, which share the time limits."""

    def __init__(self, model: BaseChatModel, first_word_seconds: float, total_seconds: float) -> None:
        self.model = model
        self.begun = False
        self.finish: str | None = None
        self._first_word_seconds = min(first_word_seconds, total_seconds)
        self._total_seconds = total_seconds
        self._waited = 0.0
        self._attempts = 0

    async def stream(self, messages: Sequence[BaseMessage], name: str, tally: Tally) -> AsyncGenerator[str, None]:
        """One attempt; raises whatever the provider raises, and ``TimeoutError``."""
        written = 0
        reported = came = False
        replies = self.model.astream(list(messages))
        try:
            # Every chat model's astream is a generator; its type only promises an iterator, which can't be closed.
            async with aclosing(cast("AsyncGenerator[AIMessageChunk, None]", replies)) as stream:
                while (chunk := await self._next(stream)) is not None:
                    came = True
                    if self.finish != REFUSED:
                        self.finish = finish_reason(chunk) or self.finish
                    if usage := chunk.usage_metadata:
                        reported = True
                        tally.add(name, usage["input_tokens"], usage["output_tokens"])
                    thought = chunk.additional_kwargs.get("reasoning_content") or ""
                    written += len(thought) + len(chunk.text)
                    self.begun = self.begun or bool(thought or chunk.text)
                    if chunk.text:
                        yield chunk.text
        finally:  # also when whoever listened went away: it is paid for all the same
            tally.calls += came
            if came and not reported:
                read = sum(len(message.text) for message in messages)
                tally.add(name, read // _CHARACTERS_A_TOKEN, written // _CHARACTERS_A_TOKEN)

    async def can_be_repeated(self, error: Exception) -> bool:
        """Whether to try again; if so, the pause before it is over."""
        if self.begun:
            return False
        if is_refused_option(error) and getattr(self.model, "stream_usage", False):
            # Some compatible servers refuse the option that asks them to report tokens.
            self.model = self.model.model_copy(update={"stream_usage": False})
            return True
        if isinstance(error, TimeoutError) or not is_passing(error) or self._attempts == _RETRIES:
            return False
        wanted = retry_after(error)
        pause = _FIRST_PAUSE * 2**self._attempts if wanted is None else wanted
        if pause > _LONGEST_PAUSE or self._waited + pause >= self._first_word_seconds:
            return False
        self._attempts += 1
        self._waited += pause
        await asyncio.sleep(pause)
        return True

    async def _next(self, stream: AsyncGenerator[AIMessageChunk, None]) -> AIMessageChunk | None:
        """The next chunk, None at the end."""
        limit = self._total_seconds if self.begun else self._first_word_seconds
        started = time.monotonic()
        try:
            async with asyncio.timeout(max(0.0, limit - self._waited)):
                return await anext(stream)
        except StopAsyncIteration:
            return None
        finally:
            self._waited += time.monotonic() - started
