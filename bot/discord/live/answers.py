"""Answers as frames: growing, and when finished kept in the memory for the buttons below them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from functools import partial

from discord import ui
from sqlalchemy.exc import SQLAlchemyError

from bot.answer.answer import Answer
from bot.answer.question.turn import turn_of
from bot.discord.buttons.answer_view import answer_view
from bot.discord.buttons.views import PassagesButton
from bot.discord.components.page_view import page_view
from bot.discord.live.calls import in_words
from bot.discord.live.frames import Frame
from bot.discord.pages.answers import answer_page
from bot.discord.pages.heads import Form
from bot.discord.pages.page import Page
from bot.discord.pages.summaries import Shown
from bot.discord.scope import place_of
from bot.memory.answers import new_answer_id
from bot.memory.deliveries import Delivery
from bot.memory.memory import Memory

log = logging.getLogger(__name__)


async def answer_frames(
    delivery: Delivery,
    answers: Callable[[], AsyncGenerator[Answer, None]],
    memory: Memory,
    heading: str | None,
    form: Form | None = None,
    conversation: str | None = None,
    *,
    shown: Callable[[Callable[[], Page]], Frame],
    post: bool = False,
) -> AsyncGenerator[Frame, None]:
    """The growing ``answers``, as they are ``shown``; the last one is kept, and its turn in the ``conversation``.

    ``post``: it answers a post of a forum, which can be marked as solved.
    """
    asker = delivery.place.user_id
    place = place_of(delivery.place.guild_id, asker)
    growing = answers()
    try:
        async for answer in growing:
            if not answer.finished:
                yield shown(partial(answer_page, answer, heading, form))
            elif await _kept(memory, delivery.id, place, answer, conversation, asker):
                yield Frame(answer_view(answer, delivery.id, asker, heading, form, post=post), final=True)
            else:
                yield Frame(page_view(answer_page(answer, heading, form)), final=True)
    finally:
        await growing.aclose()


async def shown_once(shown: Shown, place: str, memory: Memory) -> ui.LayoutView:
    """The view of something that is whole at once, remembered for its button."""
    if shown.behind is None:
        return page_view(shown.page)
    answer_id = new_answer_id()
    if not await _kept(memory, answer_id, place, shown.behind):
        return page_view(shown.page)
    return page_view(shown.page, PassagesButton(answer_id, shown.page.cut, label=shown.label))


async def known_answer(delivery: Delivery, memory: Memory) -> Answer | None:
    """The answer of a delivery, if an earlier process finished and kept it."""
    place = place_of(delivery.place.guild_id, delivery.place.user_id)
    try:
        return await asyncio.to_thread(memory.answers.recall, delivery.id, place)
    except SQLAlchemyError:
        return None


async def _kept(
    memory: Memory,
    answer_id: str,
    place: str,
    answer: Answer,
    conversation: str | None = None,
    asker: int | None = None,
) -> bool:
    """Whether it could be kept; if not, it is shown without the buttons that need that."""
    try:
        await asyncio.to_thread(memory.answers.keep, answer_id, place, answer, asker=asker)
        if conversation:
            await asyncio.to_thread(memory.conversations.add, conversation, turn_of(answer), asker=asker)
    except SQLAlchemyError as error:
        log.warning("An answer could not be kept, and is shown without its buttons: %s", in_words(error))
        return False
    return True
