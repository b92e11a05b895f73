"""Answers as people see them: growing, and when finished with the buttons below."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from bot.answer.answer import Answer
from bot.discord.buttons.answer_view import answer_view, stoppable_view
from bot.discord.buttons.page_view import page_view
from bot.discord.host import Host
from bot.discord.live.answers import answer_frames
from bot.discord.live.calls import in_words
from bot.discord.live.live import Frame
from bot.discord.pages import words
from bot.discord.pages.answers import Form, waiting
from bot.discord.pages.page import Page
from bot.discord.scope import place_of
from bot.discord.stops import stoppable
from bot.memory.deliveries import Delivery
from bot.memory.memory import Memory
from index.errors import NewsdeskError

log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.25
"""How often whoever waits looks whether it is their turn."""


async def shown_answers(
    delivery: Delivery,
    answers: Callable[[], AsyncGenerator[Answer, None]],
    host: Host,
    heading: str | None,
    form: Form | None = None,
    *,
    conversation: str | None = None,
    first: Page,
) -> AsyncGenerator[Frame, None]:
    """The frames of an answer, from the page shown ``first`` on.

    If many ask, it waits for its turn, and shows its place. While it is written it can be stopped; the last frame
    has all buttons, if the answer could be kept for them.
    """
    asker, memory = delivery.place.user_id, host.app.memory
    with host.stops.switch(delivery.id) as switch:
        yield Frame(stoppable_view(page_view(first), delivery.id, asker))
        if done := await _kept(memory, delivery):  # by an earlier process: it may be on the screen already
            yield Frame(answer_view(done, delivery.id, asker, heading, form), final=True)
            return
        with host.queue.ticket(asker) as ticket:  # not before: showing that page may take long
            shown = 0
            while place := host.queue.place(ticket):
                if switch.flipped:
                    raise NewsdeskError(words.STOPPED)
                if place != shown:
                    waits = page_view(waiting(heading, words.queued(place)))
                    yield Frame(stoppable_view(waits, delivery.id, asker))
                    shown = place
                await host.pace.sleep(_LOOK_SECONDS)
            watched = partial(stoppable, answers, switch)
            async with aclosing(answer_frames(delivery, watched, memory, heading, form, conversation)) as frames:
                async for frame in frames:
                    if not frame.final:
                        yield Frame(stoppable_view(frame.view, delivery.id, asker) if frame.view else None)
                    elif kept := await _kept(memory, delivery):
                        yield Frame(answer_view(kept, delivery.id, asker, heading, form), final=True)
                    else:
                        yield frame


async def _kept(memory: Memory, delivery: Delivery) -> Answer | None:
    """The answer of a delivery, if it was kept, which is then noted to be the asker's."""
    place = place_of(delivery.place.guild_id, delivery.place.user_id)
    try:
        await asyncio.to_thread(memory.answers.note_asker, delivery.id, delivery.place.user_id)
        return await asyncio.to_thread(memory.answers.recall, delivery.id, place)
    except SQLAlchemyError as error:
        log.warning("An answer can't be read again, and is shown without its buttons: %s", in_words(error))
        return None
