"""Answers as people see them: growing, and when finished with the buttons below."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

from sqlalchemy.exc import SQLAlchemyError

from bot.answer.answer import Answer
from bot.discord.buttons.answer_view import answer_view
from bot.discord.live.answers import answer_frames
from bot.discord.live.calls import in_words
from bot.discord.live.live import Frame
from bot.discord.pages.answers import Form
from bot.discord.scope import place_of
from bot.memory.deliveries import Delivery
from bot.memory.memory import Memory

log = logging.getLogger(__name__)


async def shown_answers(
    delivery: Delivery,
    answers: Callable[[], AsyncGenerator[Answer, None]],
    memory: Memory,
    heading: str | None,
    form: Form | None = None,
    conversation: str | None = None,
) -> AsyncGenerator[Frame, None]:
    """The frames of ``answer_frames``, the last one with all buttons, if the answer could be kept for them."""
    async with aclosing(answer_frames(delivery, answers, memory, heading, form, conversation)) as frames:
        async for frame in frames:
            kept = await recalled(memory, delivery) if frame.final else None
            yield Frame(answer_view(kept, delivery.id, heading, form), final=True) if kept else frame


async def recalled(memory: Memory, delivery: Delivery) -> Answer | None:
    """The answer of a delivery, if it was kept."""
    place = place_of(delivery.place.guild_id, delivery.place.user_id)
    try:
        return await asyncio.to_thread(memory.answers.recall, delivery.id, place)
    except SQLAlchemyError as error:
        log.warning("An answer can't be read again, and is shown without its buttons: %s", in_words(error))
        return None
