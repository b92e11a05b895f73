"""A finished answer with the buttons that belong below it."""

from __future__ import annotations

from typing import Any

from discord import ui

from bot.answer.answer import Answer
from bot.answer.question.question import Kind
from bot.discord.buttons.asking import AskOnButton, TopicButton
from bot.discord.buttons.more import MoreButton, StopButton
from bot.discord.buttons.rating import RatingButton
from bot.discord.buttons.solved import SolvedButton
from bot.discord.buttons.views import PassagesButton
from bot.discord.components.page_view import page_view
from bot.discord.missing.suggesting import SuggestButton, ThereButton
from bot.discord.missing.waiting import TellMeButton
from bot.discord.pages.answers import answer_page
from bot.discord.pages.heads import Form

_TOPICS = 3


def answer_view(
    answer: Answer,
    answer_id: str,
    asker: int,
    heading: str | None,
    form: Form | None = None,
    *,
    post: bool = False,
) -> ui.LayoutView:
    """``answer``, kept under ``answer_id``; chatter has no buttons, what is asked back has its topics,
    and what the articles don't hold can be waited for.

    ``post``: it answers a post of a forum, which can be marked as solved.
    """
    page = answer_page(answer, heading, form)
    if answer.kind.is_chatter:
        return page_view(page)
    if answer.kind is Kind.UNCLEAR:
        topics = [TopicButton(answer_id, n, one.title) for n, one in enumerate(answer.nearest[:_TOPICS])]
        return page_view(page, *topics)
    if answer.kind is Kind.NEWS and answer.abstained and not answer.subject:  # nothing is new; nothing was asked
        return page_view(page, AskOnButton())
    if answer.abstained:
        row: list[ui.Item[Any]] = [
            TellMeButton(answer_id),
            SuggestButton(answer_id),
            ThereButton(answer_id),
            AskOnButton(answer_id),
            MoreButton(answer_id, asker),
        ]
        return page_view(page, *([SolvedButton(asker)] if post else []), last=row)
    row = [
        *([PassagesButton(answer_id, whole=False)] if answer.citations else []),
        AskOnButton(answer_id),
        RatingButton(answer_id, True),
        RatingButton(answer_id, False),
        MoreButton(answer_id, asker),
    ]
    above: list[ui.Item[Any]] = [PassagesButton(answer_id, whole=True)] if page.cut else []
    above += [SolvedButton(asker)] if post else []
    return page_view(page, *above, last=row)


def stoppable_view(view: ui.LayoutView, delivery_id: str, asker: int) -> ui.LayoutView:
    """The ``view`` of an answer that is being written, with the button that stops it."""
    container = view.children[0]
    assert isinstance(container, ui.Container)  # it is one of page_view's
    container.add_item(ui.ActionRow(StopButton(delivery_id, asker)))
    return view
