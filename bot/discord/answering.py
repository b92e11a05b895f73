"""Answers as people see them: growing, and when finished with the buttons below."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from functools import partial

from discord import ui

from bot.answer.answer import Answer
from bot.discord.buttons.answer_view import answer_view, stoppable_view
from bot.discord.components.page_view import page_view
from bot.discord.host import Host
from bot.discord.live.answers import answer_frames, known_answer
from bot.discord.live.frames import Frame
from bot.discord.pages.answers import waiting
from bot.discord.pages.heads import Form
from bot.discord.pages.page import Page, moved
from bot.discord.stops import stoppable
from bot.discord.words import answering, labels
from bot.memory.deliveries import Delivery
from index.errors import NewsdeskError

_LOOK_SECONDS = 0.25
"""How often whoever waits looks whether it is their turn."""


def _queued(heading: str | None, place: int) -> Page:
    return waiting(heading, answering.queued(place))


async def shown_answers(
    delivery: Delivery,
    answers: Callable[[], AsyncGenerator[Answer, None]],
    host: Host,
    heading: str | None,
    form: Form | None = None,
    *,
    conversation: str | None = None,
    first: Page,
    post: bool = False,
) -> AsyncGenerator[Frame, None]:
    """The frames of an answer, from the page shown ``first`` on.

    If many ask, it waits for its turn, and shows its place. While it is written it can be stopped; the last frame
    has all buttons, if the answer could be kept for them. ``post``: it answers a post of a forum.
    """
    asker, memory = delivery.place.user_id, host.app.memory

    def stoppable_frame(page: Callable[[], Page]) -> Frame:
        def drawn(step: int) -> ui.LayoutView:
            return stoppable_view(page_view(moved(page(), step)), delivery.id, asker)

        return Frame(growing=drawn)

    with host.stops.switch(delivery.id) as switch:
        yield stoppable_frame(lambda: first)
        if done := await known_answer(delivery, memory):  # it may be on the screen already
            yield Frame(answer_view(done, delivery.id, asker, heading, form, post=post), final=True)
            return
        with host.queue.ticket(asker) as ticket:  # not before: showing that page may take long
            shown = 0
            while place := ticket.place:
                if switch.flipped:
                    raise NewsdeskError(labels.STOPPED())
                if place != shown:
                    yield stoppable_frame(partial(_queued, heading, place))
                    shown = place
                await host.pace.sleep(_LOOK_SECONDS)
            watched = partial(stoppable, answers, switch)
            growing = answer_frames(
                delivery, watched, memory, heading, form, conversation, shown=stoppable_frame, post=post
            )
            async with aclosing(growing) as frames:
                async for frame in frames:
                    yield frame
