"""The form of a request that a model's server takes: what it refuses is left out, and remembered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage, HumanMessage

from bot.chat.causes import Cause, NotStreamedError, cause_of, told_by
from bot.chat.window import fitting_characters
from index.network import chain

_NAMED = {
    "usage": re.compile(r"stream_?options|include_?usage", re.IGNORECASE),
    "temperature": re.compile(r"\btemperature\b", re.IGNORECASE),
    "system": re.compile(
        r"system\W{0,3}(?:role|message|prompt|instruction)|developer\W{0,3}(?:role|message|instruction)"
        r"|roles? must alternate|only user and assistant|incorrect role"
        r"|(?:role|unexpected)\W+(?:\w+\W+){0,3}system\b"
        r"|\bsystem\W+is not|does ?n[o']t support (?:the )?system",
        re.IGNORECASE,
    ),
    "streams": re.compile(
        r"\b(?:to|no) stream\b"
        r"|\bstream(?:ing|ed)?\b\W{0,3}(?:\w+\W+){0,3}"
        r"(?:\w*n[o']t\W+(?:be )?(?:support|availab|allow|enab|implement|permit|used)"
        r"|unsupported|unavailable|disabled|must be false)"
        r"|(?:not|n't) (?:support|allow|permit|implement|enable)\w*(?: \w+)? stream(?:ing|ed)?\b"
        r"|unsupported\W+(?:\w+\W+)?stream(?:ing|ed)?\b",
        re.IGNORECASE,
    ),
}
_GUESSES = (("usage", "temperature"), ("system",))
LABELS = {
    "usage": "reporting of tokens while streaming",
    "temperature": "temperature 0",
    "system": "the system role",
    "streams": "streaming",
}


@dataclass(slots=True)
class Form:
    """What a server takes: options, and prompts of so many ``characters`` (None: not known)."""

    usage: bool = True
    temperature: bool = True
    system: bool = True
    streams: bool = True
    characters: int | None = None

    def learn(self, error: Exception, messages: Sequence[BaseMessage]) -> bool:
        """Leave out what the server refused with ``error``; whether there was something to leave out.

        Where it doesn't say what it refuses, first all options are left out at once, then the system role.
        """
        if any(isinstance(one, NotStreamedError) and not one.page for one in chain(error)):
            return self._without("streams")
        cause, told = cause_of(error), told_by(error)
        if cause is Cause.TOO_LONG:
            self.characters = fitting_characters(told, sum(len(message.text) for message in messages))
            return False
        if cause not in (Cause.REQUEST, Cause.SERVER, Cause.MODEL, Cause.TEMPLATE):
            return False
        if any(self._without(option) for option, pattern in _NAMED.items() if pattern.search(told)):
            return True
        return cause is Cause.REQUEST and any(self._without(*options) for options in _GUESSES)

    def model(self, model: BaseChatModel) -> BaseChatModel:
        """``model`` without the options that are refused."""
        changes: dict[str, Any] = {}
        if not self.temperature and hasattr(model, "temperature"):
            changes["temperature"] = None
        if not (self.usage and self.streams) and hasattr(model, "stream_usage"):
            changes["stream_usage"] = False
        return model.model_copy(update=changes) if changes else model

    def messages(self, messages: Sequence[BaseMessage]) -> list[BaseMessage]:
        """``messages``, as one of the user's where the system has no say."""
        if self.system or len(messages) < 2:
            return list(messages)
        return [HumanMessage("\n\n".join(message.text for message in messages))]

    def left_out(self) -> list[str]:
        """What is left out, in words."""
        return [label for option, label in LABELS.items() if not getattr(self, option)]

    def _without(self, *options: str) -> bool:
        had = any(getattr(self, option) for option in options)
        for option in options:
            setattr(self, option, False)
        return had
