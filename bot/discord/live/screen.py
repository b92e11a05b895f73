"""One message of the bot's: what it shows, how it can be reached, and where it goes if it can't."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, cast

import discord
from discord import ui

from bot.discord.components.picture import files_of
from bot.discord.live.calls import Refused, Unreached, call
from bot.discord.live.clickable import clickable
from bot.discord.readers import language_set, private_language, public_language
from bot.discord.speech.phrase import language
from bot.memory.deliveries import Delivery, Place

Way = Callable[[ui.LayoutView | None], Awaitable[None]]

_ORIGINAL = cast("int", "@original")
"""What Discord calls the message that answers an interaction, whatever its id."""
_LOOKED_AT = 50


class Deleted(Exception):
    """Somebody deleted the message and what it answers, so nobody waits any more."""


class Screen:
    """The message of one delivery. ``moved`` notes each new place, so that another process finds it.

    ``commands``: the ids of those that can be clicked, by their names.
    """

    def __init__(
        self,
        bot: discord.Client,
        delivery: Delivery,
        moved: Callable[[Place], Awaitable[None]],
        interaction: discord.Interaction[Any] | None = None,
        *,
        adopted: bool = False,
        commands: Mapping[str, int],
    ) -> None:
        self._commands = commands
        self.place = delivery.place
        self._bot = bot
        self._id = delivery.id
        self._moved = moved
        self._interaction = interaction
        self._shown: ui.LayoutView | None = None
        self.adopted = self._maybe_posted = adopted
        self.finishing = False
        """Whether the last view was tried, so that it may be there even if no reply came."""
        self.overtaken = False
        """Whether a call may still arrive that was given up: a slow one, held up on its way."""

    async def show(self, view: ui.LayoutView | None, until: float, *, last: bool = False) -> None:
        """Have ``view`` (None: the bot is thinking) on the screen, tried up to ``until`` on the loop's clock.

        The ``last`` view is posted anew where the message can't be edited any more, and sent to the asker where
        the bot may not write. Raises ``Deleted``, ``Refused`` if there is no way left, ``Unreached``.
        """
        if view is not None and view is self._shown and not self.overtaken:
            return
        clickable(view, self._commands)
        refusal: Refused | None = None
        for way in self._ways(last):
            try:
                await call(partial(way, view), until)
            except Refused as error:
                there_was_one = self.place.acknowledged or self.place.message_id
                if error.message_is_gone and there_was_one and await self._nobody_waits(until):
                    raise Deleted from error
                refusal = error
                continue
            except Unreached:
                self.overtaken = True
                raise
            self._shown = view
            return
        if refusal:
            raise refusal

    def _ways(self, last: bool) -> Iterator[Way]:
        """The ways that are open, the best first. The place may change from one to the next."""
        if self._interaction and not self.place.acknowledged:
            yield self._acknowledge
        if self.place.token and (self.place.acknowledged or self._maybe_posted) and not self._token_expired():
            yield self._edit_by_token
        if self.place.message_id and not self.place.private:
            yield self._edit
        if (last or self.place.message_id is None) and not self.place.private:
            if self.place.asked_in:
                yield self._reply
            yield self._post
        if last and not self.place.turns:
            yield self._write_to_asker

    async def _acknowledge(self, view: ui.LayoutView | None) -> None:
        assert self._interaction
        response, private = self._interaction.response, self.place.private
        try:
            if view is None or self.place.turns:
                shown = await response.defer(ephemeral=private, thinking=not self.place.turns)
            else:
                shown = await response.send_message(view=view, ephemeral=private)
        except discord.InteractionResponded:
            shown = None
        except discord.HTTPException as error:
            if not Refused(error).acknowledged_before:
                raise
            shown = None  # an earlier try arrived, though its reply did not
        await self._move(acknowledged=True, message_id=shown.message_id if shown else None)
        if view is not None and (shown is None or self.place.turns):
            await self._edit_by_token(view)

    async def _edit_by_token(self, view: ui.LayoutView | None) -> None:
        if view is None:
            return
        mentions = discord.AllowedMentions.none()
        files = files_of(view)
        along: dict[str, Any] = {"attachments": files} if files else {}
        message: discord.Message
        if self._interaction:
            message = await self._interaction.edit_original_response(view=view, allowed_mentions=mentions, **along)
        else:  # of another process
            assert self.place.token
            assert self._bot.application_id
            hook = discord.Webhook.partial(self._bot.application_id, self.place.token, client=self._bot)
            known = self.place.message_id or _ORIGINAL
            message = await hook.edit_message(known, view=view, allowed_mentions=mentions, **along)
        if self.place.message_id is None:
            await self._move(acknowledged=True, message_id=message.id)

    async def _edit(self, view: ui.LayoutView | None) -> None:
        assert self.place.message_id
        message = self._channel().get_partial_message(self.place.message_id)
        await message.edit(view=view, allowed_mentions=discord.AllowedMentions.none())

    async def _reply(self, view: ui.LayoutView | None) -> None:
        await self._send(self._channel(), view, answers=True)

    async def _post(self, view: ui.LayoutView | None) -> None:
        await self._send(self._channel(), view)

    async def _write_to_asker(self, view: ui.LayoutView | None) -> None:
        channel = await self._bot.create_dm(discord.Object(self.place.user_id))
        await self._send(channel, view)

    async def _send(
        self, channel: discord.abc.Messageable, view: ui.LayoutView | None, *, answers: bool = False
    ) -> None:
        """Post ``view``, once: Discord drops a second message with the same nonce for some minutes."""
        if view is None:
            return
        if self._maybe_posted and answers and (known := await self._posted_before()):
            await self._move(message_id=known)
            await self._edit(view)
            return
        options: dict[str, Any] = {"nonce": f"{self._id}{'-anew' if self.place.message_id else ''}"}
        if answers and self.place.asked_in:
            options["reference"] = discord.MessageReference(
                message_id=self.place.asked_in,
                channel_id=self.place.channel_id,
                guild_id=self.place.guild_id,
                fail_if_not_exists=False,
            )
        if files := files_of(view):
            options["files"] = files
        self._maybe_posted = True
        message = await channel.send(view=view, allowed_mentions=discord.AllowedMentions.none(), **options)
        self._maybe_posted = False
        await self._move(message_id=message.id, channel_id=message.channel.id, token=None)

    async def _posted_before(self) -> int | None:
        """The bot's reply to the question, if an earlier try, or process, got it posted after all."""
        assert self.place.asked_in
        assert self._bot.user
        try:
            after = discord.Object(self.place.asked_in)
            async for message in self._channel().history(limit=_LOOKED_AT, after=after, oldest_first=True):
                replied_to = message.reference.message_id if message.reference else None
                mine = message.author.id == self._bot.user.id
                if mine and replied_to == self.place.asked_in and message.id != self.place.message_id:
                    return message.id
        except (discord.Forbidden, discord.NotFound):
            pass  # it may not look, or there is nothing to look at
        return None

    async def _nobody_waits(self, until: float) -> bool:
        """Whether what was asked is gone as well. A command's answer is also all that shows of the command."""
        if self.place.asked_in is None:
            return True
        try:
            await call(partial(self._channel().fetch_message, self.place.asked_in), until)
        except Refused as refusal:
            return refusal.message_is_gone
        return False

    def _channel(self) -> discord.PartialMessageable:
        return self._bot.get_partial_messageable(self.place.channel_id, guild_id=self.place.guild_id)

    def _token_expired(self) -> bool:
        return discord.utils.utcnow().timestamp() >= self.place.token_until

    async def _move(self, **changes: Any) -> None:
        self.place = replace(self.place, **changes)
        await self._moved(self.place)


def place_of_event(
    asked: discord.Message | discord.Interaction[Any], *, private: bool = False, turns: bool = False
) -> Place:
    """The place, before anything is shown there."""
    if isinstance(asked, discord.Interaction):
        return Place(
            asked.channel_id or 0,
            asked.guild_id,
            asked.user.id,
            token=asked.token,
            token_until=asked.expires_at.timestamp(),
            turns=turns,
            private=private,
            thread=isinstance(asked.channel, discord.Thread),
            language=private_language(asked) if private else public_language(asked),
            answer_in=language_set(asked, private=private),
        )
    return Place(
        asked.channel.id,
        asked.guild.id if asked.guild else None,
        asked.author.id,
        asked_in=asked.id,
        thread=isinstance(asked.channel, discord.Thread),
        language=language(),  # whoever handles a message has chosen it
        answer_in=language_set(asked, private=False),
    )
