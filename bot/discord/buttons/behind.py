"""What the menu behind ⋯ offers beside deleting: sharing a private answer, a timeline, a summary of its topic."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import discord
from discord import ui

from bot.answer.answer import Answer
from bot.discord.buttons.answer_view import answer_view
from bot.discord.buttons.more import DeleteButton
from bot.discord.components.page_view import page_view
from bot.discord.host import host_of
from bot.discord.pages.page import Mood, failure, notice
from bot.discord.readers import Personal, public_language
from bot.discord.scope import place_of
from bot.discord.speech.phrase import speaking
from bot.discord.words import labels
from bot.discord.words import sharing as words
from bot.summary import Style

_LABELS = {"share": words.SHARE, "timeline": words.TIMELINE, "topic": words.SUMMARISE}


def more_view(answer_id: str, *, private: bool, delete: tuple[int, int] | None) -> ui.LayoutView:
    """The menu: of a ``private`` answer it shares; ``delete`` (message, asker) is for who may."""
    offered: list[ui.Item[Any]] = [BehindButton("share", answer_id)] if private else []
    offered += [BehindButton("timeline", answer_id), BehindButton("topic", answer_id)]
    if delete:
        offered.append(DeleteButton(answer_id, *delete))
    told = words.MORE_OF_YOURS(share=words.SHARE()) if private else words.MORE_OF_IT()
    told += f"\n{labels.DELETE_QUESTION()}" if delete else ""
    return page_view(notice(told, Mood.DONE), *offered)


class BehindButton(
    Personal,
    ui.DynamicItem[ui.Button[ui.LayoutView]],
    template=r"newsdesk:behind:(?P<what>share|timeline|topic):(?P<id>[0-9a-f]{16})",
):
    """Does one of these with an answer; works after a restart."""

    def __init__(self, what: str, answer_id: str) -> None:
        self.what, self.answer_id = what, answer_id
        super().__init__(
            ui.Button(
                label=_LABELS[what](),
                style=discord.ButtonStyle.primary if what == "share" else discord.ButtonStyle.secondary,
                custom_id=f"newsdesk:behind:{what}:{answer_id}",
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], _item: ui.Item[Any], match: re.Match[str], /
    ) -> BehindButton:
        return cls(match["what"], match["id"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        live = host_of(interaction).live
        answer = await live.promptly(partial(self._recalled, interaction), None)
        if answer is None:
            await live.say(interaction, page_view(failure(words.GONE())))
        elif self.what == "share":
            with speaking(public_language(interaction)):
                view = answer_view(answer, self.answer_id, interaction.user.id, answer.question)
                view.add_item(ui.TextDisplay(words.SHARED(person=interaction.user.mention)))
            await live.say(interaction, view, private=False)
        else:
            await live.serve(interaction, self.what, _about(answer, self.what), private=True)

    def _recalled(self, interaction: discord.Interaction[Any]) -> Answer | None:
        place = place_of(interaction.guild_id, interaction.user.id)
        return host_of(interaction).app.memory.answers.recall(self.answer_id, place)


def _about(answer: Answer, what: str) -> dict[str, Any]:
    """What /timeline or /summary topic would be asked on the subject of an answer."""
    filters = answer.filters
    asked: dict[str, Any] = {
        "topic": answer.context or answer.subject or answer.question,
        "source": filters.source,
        "since": filters.since.isoformat() if filters.since else None,
        "until": filters.until.isoformat() if filters.until else None,
        "length": None,
    }
    if what == "topic":
        asked |= {"style": Style.BULLETS.value, "new_since": None}
    return asked
