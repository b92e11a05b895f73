"""One question to a chat model, with all its attempts, which share the time limits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import cast

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage

from bot.chat.causes import is_passing
from bot.chat.failures import REFUSED, retry_after
from bot.chat.form import Form
from bot.chat.usage import Tally

_CHARACTERS_A_TOKEN = 4
"""A rule of thumb for European languages, for servers that don't report what they used."""

_RETRIES = 2
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 5.0
_TELLING = 4
"""So many characters don't come again by chance, at the beginning of a piece, as all that came before."""

_LONGEST_REPLY = 40_000
"""Characters, thinking included; a model that writes more repeats itself."""


_FINISHES = ("finish_reason", "stop_reason", "done_reason", "stopReason")
"""Under what name a provider's package says why a reply ended."""


class Call:
    """Asks until there is an answer, or no sense in asking again."""

    def __init__(
        self,
        model: BaseChatModel,
        form: Form,
        first_word_seconds: float,
        total_seconds: float,
        once: bool = False,
    ) -> None:
        """``form`` learns what the server refuses. ``once``: it is asked a single time, whatever comes."""
        self.form = form
        self.begun = False
        self.finish: str | None = None
        self._model = model
        self._first_word_seconds = min(first_word_seconds, total_seconds)
        self._total_seconds = total_seconds
        self._waited = 0.0
        self._attempts = 0
        self.once = once

    async def stream(self, messages: Sequence[BaseMessage], name: str, tally: Tally) -> AsyncGenerator[str, None]:
        """The pieces of the reply, an empty one for thinking that came apart.

        Raises whatever the provider raises, and ``TimeoutError``.
        """
        while True:
            try:
                async with aclosing(self._attempt(messages, name, tally)) as pieces:
                    async for piece in pieces:
                        yield piece
                return
            except Exception as error:
                if self.once or self.begun or not (self.form.learn(error, messages) or await self._pause(error)):
                    raise

    async def _attempt(
        self, messages: Sequence[BaseMessage], name: str, tally: Tally
    ) -> AsyncGenerator[str, None]:
        written = 0
        until_now = ""
        reported = came = False
        model, shown = self.form.model(self._model), self.form.messages(messages)
        try:
            async with aclosing(self._replies(model, shown)) as replies:
                while (part := await self._next(replies)) is not None and written < _LONGEST_REPLY:
                    came = True
                    if self.finish != REFUSED:
                        self.finish = _finish_reason(part) or self.finish
                    if usage := part.usage_metadata:
                        reported = True
                        tally.add(name, usage["input_tokens"], usage["output_tokens"])
                    thought = part.additional_kwargs.get("reasoning_content") or ""
                    text = _added(part.text, until_now)
                    until_now += text
                    written += len(thought) + len(text)
                    self.begun = self.begun or bool(thought or text)
                    if thought or text:
                        yield text
            if written >= _LONGEST_REPLY:
                self.finish = "length"
        finally:  # also when whoever listened went away: it is paid for all the same
            tally.calls += came
            if came and not reported:
                read = sum(len(message.text) for message in messages)
                tally.add(name, read // _CHARACTERS_A_TOKEN, written // _CHARACTERS_A_TOKEN)

    async def _replies(self, model: BaseChatModel, messages: list[BaseMessage]) -> AsyncGenerator[AIMessage, None]:
        """The reply in pieces, or in one where the server doesn't stream."""
        if not self.form.streams:
            yield await model.ainvoke(messages)
            return
        # Every chat model's astream is a generator; its type only promises an iterator, which can't be closed.
        async with aclosing(cast("AsyncGenerator[AIMessage, None]", model.astream(messages))) as stream:
            async for part in stream:
                yield part

    async def _pause(self, error: Exception) -> bool:
        """Whether to try again what failed with ``error``; if so, the pause before it is over."""
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

    async def _next(self, replies: AsyncGenerator[AIMessage, None]) -> AIMessage | None:
        """The next piece, None at the end."""
        unstreamed = self.begun or not self.form.streams  # which has no first word to wait for
        limit = self._total_seconds if unstreamed else self._first_word_seconds
        started = time.monotonic()
        try:
            async with asyncio.timeout(max(0.0, limit - self._waited)):
                return await anext(replies)
        except StopAsyncIteration:
            return None
        finally:
            self._waited += time.monotonic() - started


def _added(text: str, until_now: str) -> str:
    """What a piece adds: some servers repeat in each all that they wrote ``until_now``."""
    repeats = len(until_now) >= _TELLING and len(text) > len(until_now) and text.startswith(until_now)
    return text[len(until_now) :] if repeats else text


def _finish_reason(message: AIMessage) -> str | None:
    """Why the model stopped, if this piece of a reply, or whole reply, says so.

    OpenAI sends a refusal apart from the text of a reply, and says that the reply ended well.
    """
    blocks = message.content if isinstance(message.content, list) else []
    types = [block.get("type") for block in blocks if isinstance(block, dict)]
    if message.additional_kwargs.get("refusal") or REFUSED in types:
        return REFUSED
    reasons = (message.response_metadata.get(key) for key in _FINISHES)
    return next((str(reason) for reason in reasons if reason), None)
