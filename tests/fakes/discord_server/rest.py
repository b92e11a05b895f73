"""The REST calls that the bot makes, with Discord's errors."""

from __future__ import annotations

import re
import time
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any

from tests.fakes.discord_server.world import (
    ACKNOWLEDGE_SECONDS,
    ALICE,
    BOT,
    Channel,
    Interaction,
    Json,
    Message,
    World,
)

LIMIT, WINDOW = 5, 5.0
_NONCE_SECONDS = 300.0


class Refusal(Exception):
    """An error that Discord answers with."""

    def __init__(self, status: int, code: int, message: str, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"code": code, "message": message, **more}


class Rest:
    """Carries out calls. ``limited``: whether rate limits are kept. ``nonces``: whether nonces are looked at."""

    def __init__(self, world: World, application: int) -> None:
        self._world, self._application = world, application
        self.token_works = True
        self.limited = True
        self.nonces = True
        self.refused = 0
        """How many calls were over a channel's rate."""
        self._calls: dict[str, deque[float]] = defaultdict(deque)
        self._posted: dict[str, tuple[float, Message]] = {}
        number, token = r"(\d+)", r"([^/]+)"
        original = r"(@original|%40original|\d+)"
        self._routes: list[tuple[str, re.Pattern[str], Callable[..., Any]]] = [
            (method, re.compile(f"{path}$"), call)
            for method, path, call in (
                ("GET", "/users/@me", lambda _: world.user_payload(BOT)),
                ("GET", "/oauth2/applications/@me", lambda _: self._about()),
                ("GET", f"/applications/{number}/commands", lambda _, __: world.commands),
                ("PUT", f"/applications/{number}/commands", self._put_commands),
                ("POST", "/users/@me/channels", self._open_direct),
                ("GET", f"/users/{number}", lambda _, user: world.user_payload(int(user))),
                ("GET", f"/channels/{number}", lambda _, one: world.channel_payload(self._channel(one))),
                ("GET", f"/channels/{number}/messages", self._history),
                ("POST", f"/channels/{number}/messages", self._post),
                ("GET", f"/channels/{number}/messages/{number}", self._get),
                ("PATCH", f"/channels/{number}/messages/{number}", self._edit),
                ("DELETE", f"/channels/{number}/messages/{number}", self._delete),
                ("POST", f"/interactions/{number}/{token}/callback", self._acknowledge),
                ("POST", f"/webhooks/{number}/{token}", self._follow_up),
                ("GET", f"/webhooks/{number}/{token}/messages/{original}", self._original),
                ("PATCH", f"/webhooks/{number}/{token}/messages/{original}", self._edit_original),
            )
        ]

    def limits(self, method: str, path: str) -> tuple[dict[str, str], float | None]:
        """Rate-limit headers, and how long to wait if this call is one too many."""
        found = re.match(r"/channels/(\d+)/messages", path)
        if not found or not self.limited or method == "GET":
            return {}, None
        bucket = f"{method} {found[1]}"
        calls, now = self._calls[bucket], time.monotonic()
        while calls and now - calls[0] > WINDOW:
            calls.popleft()
        reset = WINDOW - (now - calls[0]) if calls else WINDOW
        over = len(calls) >= LIMIT
        self.refused += over
        if not over:
            calls.append(now)
        headers = {
            "X-RateLimit-Limit": str(LIMIT),
            "X-RateLimit-Remaining": str(max(0, LIMIT - len(calls))),
            "X-RateLimit-Reset-After": f"{reset:.3f}",
            "X-RateLimit-Reset": f"{time.time() + reset:.3f}",
            "X-RateLimit-Bucket": f"bucket{method}",
        }
        return headers, reset if over else None

    def carry_out(self, method: str, path: str, body: Json, query: dict[str, str]) -> Any:
        """The JSON of the reply, None for none. Raises ``Refusal``."""
        if not self.token_works and not path.startswith(("/interactions", "/webhooks")):
            raise Refusal(401, 0, "401: Unauthorized")
        for known, pattern, call in self._routes:
            if known == method and (match := pattern.match(path)):
                return call(body | {"query": query}, *match.groups())
        raise AssertionError(f"the server of these tests knows no {method} {path}")

    def _about(self) -> Json:
        about = {"id": str(self._application), "name": "newsdesk", "description": "", "icon": None, "summary": ""}
        owner = self._world.user_payload(ALICE)
        return {
            **about,
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "",
            "flags": 0,
            "owner": owner,
        }

    def _put_commands(self, body: Any, _: str) -> Any:
        self._world.command_writes += 1
        given = {"application_id": str(self._application), "version": "1", "description": ""}
        self._world.commands = [{"id": str(self._world.snowflake()), **given, **one} for one in body["list"]]
        return self._world.commands

    def _open_direct(self, body: Json) -> Json:
        return self._world.channel_payload(self._world.direct_channel(int(body["recipient_id"])))

    def _channel(self, channel_id: str, *, to_write: bool = False) -> Channel:
        channel = self._world.channels.get(int(channel_id))
        if channel is None or channel.deleted:
            raise Refusal(404, 10003, "Unknown Channel")
        if channel.hidden:
            raise Refusal(403, 50001, "Missing Access")
        if to_write and channel.silent:
            raise Refusal(403, 50013, "Missing Permissions")
        if to_write and channel.recipient in self._world.closed_to_direct:
            raise Refusal(403, 50007, "Cannot send messages to this user")
        return channel

    def _message(self, message_id: str | int) -> Message:
        message = self._world.messages.get(int(message_id))
        if message is None or message.deleted:
            raise Refusal(404, 10008, "Unknown Message")
        return message

    def _history(self, body: Json, channel_id: str) -> Any:
        channel, query = self._channel(channel_id), body["query"]
        after, limit = int(query.get("after", 0)), int(query.get("limit", 50))
        there = [one for one in self._world.messages.values() if one.channel_id == channel.id and not one.deleted]
        newer = sorted((one for one in there if one.id > after and not one.ephemeral), key=lambda one: one.id)
        return [self._world.message_payload(one) for one in reversed(newer[:limit])]

    def _post(self, body: Json, channel_id: str) -> Json:
        channel = self._channel(channel_id, to_write=True)
        nonce = body.get("nonce")
        if nonce and self.nonces and body.get("enforce_nonce") and nonce in self._posted:
            when, known = self._posted[nonce]
            if time.monotonic() - when < _NONCE_SECONDS:
                return self._world.message_payload(known)
        reference = (body.get("message_reference") or {}).get("message_id")
        if reference and int(reference) not in self._world.messages:
            reference = None
        message = self._world.add_message(
            channel.id, BOT, body, reference=int(reference) if reference else None, nonce=nonce
        )
        if nonce:
            self._posted[nonce] = (time.monotonic(), message)
        return self._world.message_payload(message)

    def _get(self, _: Json, channel_id: str, message_id: str) -> Json:
        self._channel(channel_id)
        return self._world.message_payload(self._message(message_id))

    def _edit(self, body: Json, channel_id: str, message_id: str) -> Json:
        self._channel(channel_id)
        message = self._message(message_id)
        self._world.write(message, body)
        return self._world.message_payload(message)

    def _delete(self, _: Json, channel_id: str, message_id: str) -> None:
        self._channel(channel_id)
        self._message(message_id).deleted = True

    def _acknowledge(self, body: Json, interaction_id: str, token: str) -> Any:
        interaction = self._world.interactions.get(int(interaction_id))
        late = interaction and time.time() - interaction.created > ACKNOWLEDGE_SECONDS
        if interaction is None or interaction.token != token or (late and not interaction.acknowledged):
            raise Refusal(404, 10062, "Unknown interaction")
        if interaction.acknowledged:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        interaction.acknowledged = True
        kind, data = body["type"], body.get("data") or {}
        told = {"id": str(interaction.id), "type": interaction.type}
        if kind in (6, 7):
            interaction.response_id = interaction.message_id
        elif kind in (4, 5):
            ephemeral = bool(int(data.get("flags") or 0) & 64)
            message = self._world.add_message(
                interaction.channel_id, BOT, data, interaction=interaction.id, ephemeral=ephemeral
            )
            message.thinking = kind == 5
            interaction.response_id = message.id
        else:
            return {"interaction": told}
        assert interaction.response_id
        response = self._message(interaction.response_id)
        if kind == 7:
            self._world.write(response, data)
        shown = {"type": kind, "message": self._world.message_payload(response)}
        return {"interaction": {**told, "response_message_id": str(response.id)}, "resource": shown}

    def _by_token(self, token: str) -> Interaction:
        found = next((one for one in self._world.interactions.values() if one.token == token), None)
        if found is None or not found.acknowledged:
            raise Refusal(404, 10015, "Unknown Webhook")
        if found.expired:
            raise Refusal(401, 50027, "Invalid Webhook Token")
        return found

    def _answer(self, token: str, which: str) -> Message:
        interaction = self._by_token(token)
        return self._message(interaction.response_id or 0 if "original" in which else which)

    def _original(self, _: Json, __: str, token: str, which: str) -> Json:
        return self._world.message_payload(self._answer(token, which))

    def _edit_original(self, body: Json, _: str, token: str, which: str) -> Json:
        message = self._answer(token, which)
        self._world.write(message, body)
        return self._world.message_payload(message)

    def _follow_up(self, body: Json, _: str, token: str) -> Json:
        interaction = self._by_token(token)
        message = self._world.add_message(interaction.channel_id, BOT, body, interaction=interaction.id)
        return self._world.message_payload(message)
