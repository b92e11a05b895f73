"""How much fits into a model's window, and asking with no more than that."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from typing import Protocol

from langchain_core.messages import BaseMessage

from bot.chat.failures import ChatError
from bot.chat.usage import Tally

_WINDOW = re.compile(
    r"n_ctx\W+(\d+)|Limit (\d+)|tokens allowed \((\d+)\)|less than (\d+) tokens|tokens > (\d+)"
    r"|context (?:length|window|size)\D{0,40}?(\d+)|max_model_len\D{1,5}(\d+)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"n_prompt_tokens\W+(\d+)|requested (\d+)|requested tokens \((\d+)\)|(\d+) tokens >"
    r"|count \((\d+)\)|given: (\d+)|keep the first (\d+) tokens",
    re.IGNORECASE,
)
_CHARACTERS_A_TOKEN = 3.0
"""Cautious, for servers that don't tell how many tokens a prompt had; English has four."""

_SPARE = 0.95
_LONGEST_REPLY_TOKENS = 800
_LEAST = 600
"""With fewer characters of passages there is nothing to answer from."""

_TRIES = 5


class TooLongError(ChatError):
    """The prompt is longer than the model's window; nothing was answered yet."""


class Fitted(Protocol):
    """A chat model that knows, or learns, how long a prompt may be."""

    @property
    def characters(self) -> int | None:
        """The longest prompt in characters; None if that isn't known."""
        ...

    def stream(self, messages: Sequence[BaseMessage], tally: Tally) -> AsyncGenerator[str, None]:
        """The pieces of the reply; raises ``TooLongError``, before the first, and other ``ChatError``s."""
        ...


def characters_in(window: int, a_token: float = _CHARACTERS_A_TOKEN) -> int:
    """The characters of a prompt that leave room for the reply in a window of so many tokens."""
    return int((window - min(_LONGEST_REPLY_TOKENS, window // 4)) * a_token * _SPARE)


def fitting_characters(told: str, asked: int) -> int:
    """The characters that fit, of a prompt of ``asked`` that a server refused with the words ``told``."""
    window, tokens = _first(_WINDOW, told), _first(_ASKED, told)
    if window is None:
        return asked // 2
    a_token = asked / tokens if tokens and tokens > window else _CHARACTERS_A_TOKEN
    return min(characters_in(window, a_token), int(asked * 0.8))


async def stream_fitting(
    model: Fitted, messages: Callable[[int], Sequence[BaseMessage]], most: int, tally: Tally
) -> AsyncGenerator[str, None]:
    """The pieces of the reply to ``messages``, made anew with fewer characters to show until they fit.

    ``messages`` is given how many characters what can be shortened may have, at first ``most``. Raises
    ``ChatError``.
    """
    room = most
    for tries in range(_TRIES):
        prompt = messages(room)
        while model.characters is not None and room > _LEAST:
            over = sum(len(message.text) for message in prompt) - model.characters
            if over <= 0:
                break
            room = max(_LEAST, room - max(over, room // 10))
            prompt = messages(room)
        try:
            async with aclosing(model.stream(prompt, tally)) as pieces:
                async for piece in pieces:
                    yield piece
            return
        except TooLongError:
            if room <= _LEAST or tries == _TRIES - 1:
                raise


def _first(pattern: re.Pattern[str], told: str) -> int | None:
    match = pattern.search(told)
    return int(next(filter(None, match.groups()))) if match else None
