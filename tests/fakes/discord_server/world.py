"""What there is in this Discord: servers, channels, people, messages, interactions."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

BOT, ALICE, MOD, ROBOT = 700, 800, 801, 802
_EPOCH = 1_420_070_400_000
_TEXT, _DIRECT = 0, 1
_EVERYTHING = str((1 << 50) - 1)
TOKEN_SECONDS, ACKNOWLEDGE_SECONDS = 900.0, 3.0

Json = dict[str, Any]


@dataclass
class Channel:
    id: int
    guild_id: int | None
    name: str
    recipient: int | None = None
    last_message_id: int | None = None
    deleted: bool = False
    silent: bool = False
    """Whether the bot may not write there."""
    hidden: bool = False
    """Whether it may not even see it."""


@dataclass
class Message:
    id: int
    channel_id: int
    author: int
    body: Json
    reference: int | None = None
    interaction: int | None = None
    ephemeral: bool = False
    thinking: bool = False
    deleted: bool = False
    nonce: str | None = None
    mentions: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    """Everything that it has ever shown, in order."""
    moments: list[float] = field(default_factory=list)
    """When it showed each, on the monotonic clock."""

    @property
    def text(self) -> str:
        return self.texts[-1] if self.texts else ""


@dataclass
class Interaction:
    id: int
    token: str
    channel_id: int
    user: int
    data: Json
    type: int
    created: float
    acknowledged: bool = False
    response_id: int | None = None
    message_id: int | None = None

    @property
    def expired(self) -> bool:
        return time.time() - self.created > TOKEN_SECONDS


class World:
    """Its state. ``reads_content``: whether the bot has the message content intent."""

    def __init__(self, guilds: int = 1, channels: int = 1) -> None:
        self._numbers = itertools.count(1)
        self.channels: dict[int, Channel] = {}
        self.messages: dict[int, Message] = {}
        self.interactions: dict[int, Interaction] = {}
        self.commands: list[Json] = []
        self.command_writes = 0
        self.closed_to_direct: set[int] = set()
        self.reads_content = False
        self.guilds: list[int] = []
        for order in range(guilds):
            guild_id = self.snowflake() + (order << 22)  # a millisecond apart, so that each has the next shard
            self.guilds.append(guild_id)
            for number in range(channels):
                self.add_channel(guild_id, f"channel-{number}")

    def snowflake(self) -> int:
        """A new id, of this moment."""
        return ((int(time.time() * 1000) - _EPOCH) << 22) | (next(self._numbers) & 0x3FFFFF)

    def add_channel(self, guild_id: int | None, name: str = "", recipient: int | None = None) -> Channel:
        channel = Channel(self.snowflake(), guild_id, name, recipient)
        self.channels[channel.id] = channel
        return channel

    def direct_channel(self, user: int) -> Channel:
        known = (one for one in self.channels.values() if one.recipient == user)
        return next(known, None) or self.add_channel(None, "", user)

    def in_guild(self, guild_id: int) -> list[Channel]:
        return [one for one in self.channels.values() if one.guild_id == guild_id and not one.deleted]

    def add_message(self, channel_id: int, author: int, body: Json, **details: Any) -> Message:
        message = Message(self.snowflake(), channel_id, author, {}, **details)
        self.messages[message.id] = message
        self.channels[channel_id].last_message_id = message.id
        self.write(message, body)
        return message

    def write(self, message: Message, body: Json) -> None:
        """Have ``message`` show ``body``."""
        message.body = {name: body[name] for name in ("content", "components", "flags") if body.get(name)}
        message.thinking = False
        message.texts.append(body.get("content") or _text(body.get("components") or []))
        message.moments.append(time.monotonic())

    def answers_to(self, asked: Message | Interaction) -> list[Message]:
        """The bot's messages that are still there and answer a message or an interaction."""
        mine = [one for one in self.messages.values() if one.author == BOT and not one.deleted]
        if isinstance(asked, Interaction):
            return [one for one in mine if one.interaction == asked.id]
        return [one for one in mine if one.reference == asked.id]

    def buttons(self, message: Message) -> dict[str, str]:
        """Label, or emoji -> custom id."""
        found = [one for one in _parts(message.body.get("components", [])) if one["type"] == 2]
        named = [one for one in found if "custom_id" in one]
        return {one.get("label") or one["emoji"]["name"]: one["custom_id"] for one in named}

    def user_payload(self, user: int) -> Json:
        names = {BOT: "newsdesk", ALICE: "alice", MOD: "mod"}
        name = names.get(user, f"user{user}")
        return {
            "id": str(user),
            "username": name,
            "discriminator": "0",
            "avatar": None,
            "bot": user in (BOT, ROBOT),
        }

    def member_payload(self, user: int) -> Json:
        joined = "2026-01-01T00:00:00+00:00"
        return {
            "user": self.user_payload(user),
            "roles": [],
            "joined_at": joined,
            "deaf": False,
            "mute": False,
            "flags": 0,
        }

    def channel_payload(self, channel: Channel) -> Json:
        payload: Json = {"id": str(channel.id), "type": _DIRECT if channel.guild_id is None else _TEXT}
        payload["last_message_id"] = str(channel.last_message_id) if channel.last_message_id else None
        if channel.recipient is not None:
            return payload | {"recipients": [self.user_payload(channel.recipient)]}
        position = {"position": 0, "permission_overwrites": [], "nsfw": False, "parent_id": None}
        return payload | {"name": channel.name, "guild_id": str(channel.guild_id), **position}

    def guild_payload(self, guild_id: int) -> Json:
        everyone = {"id": str(guild_id), "name": "@everyone", "permissions": _EVERYTHING, "position": 0}
        role = {**everyone, "color": 0, "colors": {"primary_color": 0}, "hoist": False, "managed": False}
        return {
            "id": str(guild_id),
            "name": f"server {guild_id}",
            "owner_id": str(MOD),
            "roles": [{**role, "mentionable": False, "flags": 0}],
            "members": [self.member_payload(BOT)],
            "channels": [self.channel_payload(one) for one in self.in_guild(guild_id)],
            "member_count": 3,
            "unavailable": False,
            **{name: [] for name in ("emojis", "features", "threads", "stickers", "presences", "voice_states")},
        }

    def message_payload(self, message: Message, *, to_bot: bool = True) -> Json:
        channel = self.channels[message.channel_id]
        readable = (
            self.reads_content
            or channel.guild_id is None
            or message.author == BOT
            or BOT in message.mentions
            or not to_bot
        )
        shown = message.body if readable else {}
        payload: Json = {
            "id": str(message.id),
            "channel_id": str(message.channel_id),
            "author": self.user_payload(message.author),
            "content": shown.get("content", ""),
            "components": _numbered(shown.get("components", [])),
            "embeds": [],
            "timestamp": _moment(message.id),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [self.user_payload(user) for user in message.mentions],
            "mention_roles": [],
            "attachments": [],
            "pinned": False,
            "type": 19 if message.reference else 0,
            "flags": int(message.body.get("flags", 0)) | (64 if message.ephemeral else 0),
        }
        if message.nonce:
            payload["nonce"] = message.nonce
        if message.reference:
            at = {"message_id": str(message.reference), "channel_id": str(message.channel_id)}
            payload["message_reference"] = {"type": 0, **at}
        return payload

    def interaction_payload(self, interaction: Interaction, application: int) -> Json:
        channel = self.channels[interaction.channel_id]
        payload: Json = {
            "id": str(interaction.id),
            "application_id": str(application),
            "type": interaction.type,
            "token": interaction.token,
            "version": 1,
            "channel": {**self.channel_payload(channel), "permissions": _EVERYTHING},
            "channel_id": str(channel.id),
            "app_permissions": _EVERYTHING,
            "locale": "en-GB",
            "data": interaction.data,
            "entitlements": [],
            "authorizing_integration_owners": {},
            "attachment_size_limit": 10_000_000,
        }
        if interaction.message_id:
            payload["message"] = self.message_payload(self.messages[interaction.message_id])
        if channel.guild_id is None:
            return payload | {"context": 1, "user": self.user_payload(interaction.user)}
        member = {**self.member_payload(interaction.user), "permissions": _EVERYTHING}
        return payload | {"context": 0, "guild_id": str(channel.guild_id), "member": member}


def _moment(snowflake: int) -> str:
    return datetime.fromtimestamp(((snowflake >> 22) + _EPOCH) / 1000, UTC).isoformat()


def _parts(components: list[Json]) -> list[Json]:
    found: list[Json] = []
    for one in components:
        inner = [*one.get("components", []), *filter(None, [one.get("accessory")])]
        found += [one, *_parts(inner)]
    return found


def _text(components: list[Json]) -> str:
    return "\n".join(one["content"] for one in _parts(components) if one["type"] == 10)


def _numbered(components: list[Json]) -> list[Json]:
    """As Discord returns them: each with an id."""
    numbers = itertools.count(1)

    def with_id(one: Json) -> Json:
        told = {"id": next(numbers), **one}
        if "components" in told:
            told["components"] = [with_id(inner) for inner in told["components"]]
        if told.get("accessory"):
            told["accessory"] = with_id(told["accessory"])
        return told

    return [with_id(one) for one in components]
