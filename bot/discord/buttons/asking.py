"""Asking on from an answer: the button that opens a box for the question, and those that name what it is about."""

from __future__ import annotations

import logging
import re
from typing import Any

import discord
from discord import ui

from bot.answer.question.limits import QuestionError, clean_question
from bot.discord.components.page_view import page_view
from bot.discord.host import host_of
from bot.discord.live.calls import NETWORK_ERRORS, in_words
from bot.discord.live.route import route
from bot.discord.pages.markdown import clip, one_line
from bot.discord.pages.page import failure
from bot.discord.readers import Personal
from bot.discord.speech.phrase import say
from bot.discord.words import answering, labels, offered
from index.told import words_of

log = logging.getLogger(__name__)

QUESTION = "question"
"""The kind of delivery that these buttons ask for; the Ask cog serves it."""

_LABEL = 80
_NEW = "new"
_ANSWER_ID = re.compile(r"newsdesk:[a-z-]+:([0-9a-f]{16})(?::|$)")


class AskOnButton(
    Personal,
    ui.DynamicItem[ui.Button[ui.LayoutView]],
    template=r"newsdesk:ask-on:(?P<id>[0-9a-f]{16}|new)",
):
    """Opens a box for a question that goes on from an answer, or begins anew; works after a restart."""

    def __init__(self, answer_id: str | None = None) -> None:
        self.answer_id = answer_id
        super().__init__(
            ui.Button(
                label=labels.ASK_ON() if answer_id else labels.ASK_HERE(),
                style=discord.ButtonStyle.secondary,
                custom_id=f"newsdesk:ask-on:{answer_id or _NEW}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> AskOnButton:
        return cls(None if match["id"] == _NEW else match["id"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await open_box(interaction, AskOnBox(self.answer_id))


class AskOnBox(Personal, ui.Modal):
    """The box: what is written into it is asked where the button was pressed."""

    def __init__(self, answer_id: str | None) -> None:
        super().__init__(title=labels.ASK_ON() if answer_id else labels.ASK_HERE(), timeout=None)
        self._answer_id = answer_id
        self._written: ui.TextInput[AskOnBox] = ui.TextInput(
            custom_id="question", style=discord.TextStyle.paragraph, max_length=1000
        )
        self.add_item(ui.Label(text=offered.ASK_QUESTION(), component=self._written))

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        question = self._written.value
        try:
            clean_question(question, host_of(interaction).settings.max_question)
        except QuestionError as error:  # told to whoever wrote it alone
            await host_of(interaction).live.say(interaction, page_view(failure(say(words_of(error)))))
        else:
            await ask_here(interaction, {"question": question, "follows": self._answer_id})


class TopicButton(
    Personal,
    ui.DynamicItem[ui.Button[ui.LayoutView]],
    template=r"newsdesk:topic:(?P<id>[0-9a-f]{16}):(?P<number>\d)",
):
    """Asks a question again, of which the bot asked back what it is about, now about this article."""

    def __init__(self, answer_id: str, number: int, title: str = "") -> None:
        self.answer_id, self.number = answer_id, number
        super().__init__(
            ui.Button(
                label=clip(one_line(title), _LABEL) or answering.UNTITLED(),
                style=discord.ButtonStyle.secondary,
                custom_id=f"newsdesk:topic:{answer_id}:{number}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> TopicButton:
        return cls(match["id"], int(match["number"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await ask_here(interaction, {"question": "", "follows": self.answer_id, "topic": self.number})


async def open_box(interaction: discord.Interaction[Any], box: ui.Modal) -> None:
    """Open ``box``, which Discord takes only as the very first reply to a button."""
    try:
        await interaction.response.send_modal(box)
    except (discord.HTTPException, *NETWORK_ERRORS) as error:  # they see that nothing opens, and press again
        log.info("A box could not be opened: %s", in_words(error))


def answer_behind(message: discord.Message, me: discord.abc.User) -> str | None:
    """The id of the answer of mine that ``message`` replies to, which the buttons below that answer carry."""
    replied_to = message.reference.resolved if message.reference else None
    if not isinstance(replied_to, discord.Message) or replied_to.author.id != me.id:
        return None
    found = _ANSWER_ID.search(" ".join(_custom_ids(replied_to.components)))
    return found[1] if found else None


def _custom_ids(components: Any) -> list[str]:
    ids: list[str] = []
    for component in components:
        ids += [component.custom_id] if getattr(component, "custom_id", None) else []
        ids += _custom_ids(getattr(component, "children", ()))
    return ids


async def ask_here(interaction: discord.Interaction[Any], request: dict[str, Any]) -> None:
    """Answer what is asked with a button or a box: in private, where it stands below what is private."""
    private = interaction.message is not None and interaction.message.flags.ephemeral
    await route(host_of(interaction), interaction, QUESTION, request, private=private or None)
