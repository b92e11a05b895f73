"""Asks a chat model in the form in which an answer asks it, and tells what was found."""

from __future__ import annotations

import time
from contextlib import aclosing
from dataclasses import dataclass

from bot.chat.build import build_chat_model
from bot.chat.failures import ChatError
from bot.chat.model import ChatModel
from bot.chat.openai_chat import answers_at
from bot.chat.usage import Tally
from bot.settings import Settings
from index.errors import NewsdeskError
from index.told import to_operator, words_of
from prompts import load_prompt


@dataclass(frozen=True, slots=True)
class ChatProbe:
    """What was found of a chat model; ``problem`` says why it gives no answers, and what to do, to the operator.

    ``address``: where its server answers, if that is not what the settings say. ``left_out``: what its server
    refuses of a request. ``characters``: the longest prompt, where that is known.
    ``first_word_seconds`` and ``seconds``: how long the first word took, and all of a short reply.
    """

    name: str
    problem: str | None = None
    left_out: tuple[str, ...] = ()
    characters: int | None = None
    first_word_seconds: float | None = None
    seconds: float | None = None
    address: str | None = None


async def probe_chat(settings: Settings, name: str) -> ChatProbe:
    """Ask the model ``name`` something short. Never raises."""
    try:
        built = build_chat_model(settings, name)
        model = ChatModel(
            built,
            name,
            first_word_seconds=settings.chat_first_word_seconds,
            total_seconds=settings.chat_total_seconds,
            window=settings.chat_window,
        )
    except NewsdeskError as error:
        return ChatProbe(name, str(error))
    started = time.monotonic()
    first: float | None = None
    problem: str | None = None
    try:
        async with aclosing(model.stream(load_prompt("probe").messages(), Tally())) as pieces:
            async for _ in pieces:
                first = first or time.monotonic() - started
    except ChatError as error:
        problem = to_operator(words_of(error))
    spent = time.monotonic() - started
    left_out = tuple(model.form.left_out())
    return ChatProbe(name, problem, left_out, model.characters, first, spent, answers_at(built))
