"""A chat model as every part uses it: with deadlines, failures told in words, and its tokens counted."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import cast

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage

from bot.answer.engine import EngineError, Tally
from bot.answer.failures import explain_failure, explain_finish, finish_reason

_log = logging.getLogger(__name__)

_CHARACTERS_A_TOKEN = 4
"""A rule of thumb for European languages, for servers that don't report what they used."""


class ChatModel:
    """A chat model of any provider. Its time limits count only the time spent waiting for it."""

    def __init__(
        self, model: BaseChatModel, name: str, *, first_word_seconds: float, total_seconds: float
    ) -> None:
        """``name`` is what readers see."""
        self.name = name
        self._model = model
        self._first_word_seconds = first_word_seconds
        self._total_seconds = total_seconds

    async def complete(self, messages: Sequence[BaseMessage], tally: Tally) -> str:
        """The whole reply to ``messages``. Raises ``EngineError``."""
        async with aclosing(self.stream(messages, tally)) as pieces:
            return "".join([piece async for piece in pieces])

    async def stream(self, messages: Sequence[BaseMessage], tally: Tally) -> AsyncGenerator[str, None]:
        """The pieces of the reply to ``messages``; every failure becomes an ``EngineError``.

        What the server doesn't report of the tokens used is estimated from the characters.
        """
        written = 0
        reported = False
        waited = 0.0
        begun = False
        finish: str | None = None
        replies = self._model.astream(list(messages))
        # Every chat model's astream is a generator; its type only promises an iterator, which can't be closed.
        async with aclosing(cast("AsyncGenerator[AIMessageChunk, None]", replies)) as stream:
            while True:
                limit = self._total_seconds if begun else min(self._first_word_seconds, self._total_seconds)
                started = time.monotonic()
                try:
                    async with asyncio.timeout(max(0.0, limit - waited)):
                        chunk = await anext(stream)
                except StopAsyncIteration:
                    break
                except Exception as error:
                    # The error itself may hold the key or the address, so only its kind is logged.
                    _log.warning("Chat model %s failed: %s", self.name, type(error).__name__)
                    raise EngineError(explain_failure(error, self.name, begun)) from None
                waited += time.monotonic() - started
                finish = finish_reason(chunk) or finish
                if usage := chunk.usage_metadata:
                    reported = True
                    tally.add(self.name, usage["input_tokens"], usage["output_tokens"])
                if text := chunk.text:
                    begun = True
                    written += len(text)
                    yield text
        if not reported:
            read = sum(len(message.text) for message in messages)
            tally.add(self.name, read // _CHARACTERS_A_TOKEN, written // _CHARACTERS_A_TOKEN)
        if problem := explain_finish(finish, self.name):
            raise EngineError(problem)
