"""A chat model as every part uses it: deadlines, retries, rests, failures told in words, tokens counted."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage

from bot.chat.breaker import TRIAL_SECONDS, Breaker
from bot.chat.call import Call
from bot.chat.causes import Cause, cause_of, is_passing
from bot.chat.failures import (
    BOTH,
    EMPTY_ANSWER,
    ChatError,
    asked_again_in,
    cut_off,
    explain_failure,
    explain_finish,
    for_operator,
    retry_after,
)
from bot.chat.form import Form
from bot.chat.openai_chat import secrets_of
from bot.chat.thoughts import Thoughts, opens_unsaid, unfenced
from bot.chat.usage import Tally
from bot.chat.window import TooLongError, characters_in
from index.article import digest
from index.told import SHOWN

_log = logging.getLogger(__name__)

_SHORT_REST = 3.0
"""Seconds of rest that an answer waits out."""

_LONGEST_WAIT = _SHORT_REST + TRIAL_SECONDS
_LOOK = 0.1
"""Seconds after which is looked again whether the trial is over, that one call makes after a rest."""

_WHOLE_ENDS = (".", "!", "?", "}", "]", ")", '"', "”", "。", "！", "？")


class ReplyStore(Protocol):
    """Where replies are kept."""

    def get(self, key: str, kept: timedelta) -> str | None:
        """The reply kept under ``key``, if it is not older than ``kept``."""
        ...

    def put(self, key: str, reply: str, kept: timedelta) -> None:
        """Keep ``reply`` under ``key``, and forget all that are older than ``kept``."""
        ...


@dataclass(frozen=True, slots=True)
class ReplyCache:
    """Replies of chat models as they were written, by the model and all that it was shown.

    A changed article, another prompt or another model never meets an old reply, and its evidence is checked anew.
    """

    store: ReplyStore
    kept: timedelta

    def get(self, model: str, messages: Sequence[BaseMessage]) -> str | None:
        """What ``model`` replied to ``messages``, if that is remembered."""
        return self.store.get(_key(model, messages), self.kept)

    def put(self, model: str, messages: Sequence[BaseMessage], reply: str) -> None:
        """Remember what ``model`` replied to ``messages``."""
        self.store.put(_key(model, messages), reply, self.kept)


def _key(model: str, messages: Sequence[BaseMessage]) -> str:
    """The same for questions that differ in their capitals or spaces only."""
    return digest(model, *(f"{one.type} {' '.join(one.text.casefold().split())}" for one in messages))


class ChatModel:
    """A chat model of any provider. Its time limits count only the time spent waiting for it.

    The first word of its thinking counts as its first word. What its server refuses of a request is left out from
    then on.
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
        window: int | None = None,
    ) -> None:
        """``name`` is what readers see. Without a ``cache``, the model is asked each time.

        ``window``: how many tokens prompt and reply may have together; if not given, refusals tell.
        """
        self.name = name
        self.form = Form(characters=characters_in(window) if window else None)
        self._model = model
        self._first_word_seconds = first_word_seconds
        self._total_seconds = total_seconds
        self._breaker = breaker or Breaker()
        self._cache = cache
        self._thinks = opens_unsaid(name)
        self._known_as = f"{name} {getattr(model, 'openai_api_base', None) or ''}".strip()

    @property
    def characters(self) -> int | None:
        """The longest prompt in characters that the model takes; None if that isn't known."""
        return self.form.characters

    async def attempt(
        self, messages: Sequence[BaseMessage], tally: Tally, *, within: float | None = None, once: bool = False
    ) -> str | None:
        """As ``complete``, but None if the model fails, or is not done ``within`` so many seconds."""
        try:
            async with asyncio.timeout(within):
                return await self.complete(messages, tally, once=once)
        except (ChatError, TimeoutError):
            return None

    async def complete(self, messages: Sequence[BaseMessage], tally: Tally, *, once: bool = False) -> str:
        """The whole reply to ``messages``, without thinking or a fence around it. Raises ``ChatError``.

        ``once``: what can be done without is not asked for a second time.
        """
        async with aclosing(self.stream(messages, tally, once=once, shown=False)) as pieces:
            return unfenced(_answer("".join([piece async for piece in pieces])))

    async def stream(
        self, messages: Sequence[BaseMessage], tally: Tally, *, once: bool = False, shown: bool = True
    ) -> AsyncGenerator[str, None]:
        """The pieces of the reply to ``messages``, without its thinking; every failure becomes an ``ChatError``.

        ``shown``: whoever asks shows why it failed.

        A failure that may pass is tried again until the first word came, never after it, nor with ``once``. A
        model that failed too often, or asked for a pause, isn't asked until its rest is over. A reply that is
        remembered costs nothing; what was cut, or never said that it was whole, isn't. A prompt that is too long
        is a ``TooLongError``, after which ``characters`` tells what fits.
        """
        if (
            self._cache
            and (kept := await asyncio.to_thread(self._cache.get, self._known_as, messages)) is not None
        ):
            yield kept
            return
        if seconds := await self._admitted(once):
            raise ChatError(BOTH.given(why=self._breaker.why, when=asked_again_in(seconds)))
        written: list[str] = []
        thoughts = Thoughts(begun=self._thinks)
        call = Call(self._model, replace(self.form), self._first_word_seconds, self._total_seconds, once)
        failed: ChatError | None = None
        settled = False
        try:
            try:
                async with aclosing(call.stream(messages, self.name, tally)) as pieces:
                    async for piece in pieces:
                        if seen := thoughts.feed(piece) if piece else thoughts.apart():
                            written.append(seen)
                            yield seen
            except Exception as error:
                failed = self._give_up(error, call, shown)
            else:
                self._breaker.answered()
                self.form = call.form
            settled = True
        finally:
            if not settled:
                self._breaker.left()
        if rest := thoughts.finish():
            written.append(rest)
            yield rest
        if thoughts.unopened:
            self._thinks = True
            yield "</think>"
        text = _answer("".join(written))
        problem = explain_finish(call.finish, self.name, bool(text.strip()))
        if not call.finish and not _looks_whole(text):
            problem = cut_off(self.name)
        if (failed or problem) and text.rstrip().endswith(_WHOLE_ENDS):
            yield "\n"  # what came last is whole, whatever should have followed
        if failed:
            raise failed
        if problem:
            raise ChatError(problem)
        if not text.strip():
            raise ChatError(EMPTY_ANSWER.given(name=self.name))
        if self._cache and call.finish:
            await asyncio.to_thread(self._cache.put, self._known_as, messages, text)

    async def _admitted(self, once: bool) -> float:
        """0 once the model may be asked, else the seconds to wait.

        Another call may have been asked for a short pause, such as the one before. That is waited out, and then
        the trial of one call among those that waited.
        """
        seconds = self._breaker.admit()
        if once or seconds > _SHORT_REST:
            return seconds
        deadline = time.monotonic() + _LONGEST_WAIT
        while 0 < seconds <= TRIAL_SECONDS and time.monotonic() < deadline:
            await asyncio.sleep(min(seconds, _LOOK))
            seconds = self._breaker.admit()
        return seconds

    def _give_up(self, error: Exception, call: Call, shown: bool) -> ChatError:
        """Tell the breaker, the log and the reader."""
        beside = for_operator(error, secrets_of(self._model))
        why = f"{cause_of(error).name.lower().replace('_', ' ')}, {type(error).__name__}"
        level = logging.INFO if call.once else logging.WARNING  # nobody lacks what is asked but once
        _log.log(level, "Chat model %s failed: %s %s", self.name, why, beside, extra={SHOWN: shown})
        told = explain_failure(error, self.name, call.begun).beside(beside)
        if not is_passing(error):
            self._breaker.answered()
            if cause_of(error) is Cause.TOO_LONG and not call.begun:
                self.form = call.form
                return TooLongError(told)
            return ChatError(told)
        rest = self._breaker.failed(retry_after(error), told)
        return ChatError(BOTH.given(why=told, when=asked_again_in(rest)) if rest else told)


def _looks_whole(text: str) -> bool:
    """Whether a reply that gives no reason to stop seems to be at its end; a single word may be all there is."""
    return text.rstrip().endswith(_WHOLE_ENDS) or len(text.split()) < 2


def _answer(text: str) -> str:
    """What follows the end of thinking that never began, if there is one."""
    return text.rpartition("</think>")[2]
