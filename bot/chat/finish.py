"""How a reply ended: well, cut, or refused; each provider has its own words for it."""

from __future__ import annotations

import re

from langchain_core.messages import AIMessage

from bot.chat.failures import FILTERED, cut_off
from index.told import Told, tell

REFUSED = "refusal"
"""The reason to stop of a model that declined; some providers name it so themselves."""

_KEYS = ("finish_reason", "stop_reason", "done_reason", "stopReason")
_WELL = re.compile(
    r"(?:finish_?reason_?)?(?:stop(?:_?sequence|ped)?|end_?turn|eos(?:_?token)?|completed?|done|finished)"
)
_LONG = re.compile(r".*(?:length|max_?(?:output_?)?tokens|token_?limit).*")
_FILTERED = re.compile(r".*(?:filter|safety|policy|prohibited|blocklist|spii|guardrail|sensitive|moderation).*")
_TOOL = re.compile(r"tool_?(?:calls?|use)|function_?call")

_DECLINED = tell("The chat model {name} declined to answer this.")
_CALLED_A_TOOL = tell(
    "The chat model {name} called a tool, though it was given none, and didn't answer. Please ask again."
)
_TOO_LONG = tell("The answer of the chat model {name} became too long and was cut off.")


def finish_reason(message: AIMessage) -> str | None:
    """Why the model stopped, if this piece of a reply, or whole reply, says so.

    OpenAI sends a refusal apart from the text of a reply, and says that the reply ended well.
    """
    blocks = message.content if isinstance(message.content, list) else []
    types = [block.get("type") for block in blocks if isinstance(block, dict)]
    if message.additional_kwargs.get("refusal") or REFUSED in types:
        return REFUSED
    reasons = (message.response_metadata.get(key) for key in _KEYS)
    return next((str(reason) for reason in reasons if reason), None)


def explain_finish(reason: str | None, name: str) -> Told | None:
    """What the reader must know of how a reply ended; None if it ended well, or without a word.

    Many small servers never say why they stop. A reason that nobody knows is none to believe that it is whole.
    """
    said = (reason or "").lower()
    if not said or _WELL.fullmatch(said):
        return None
    if said == REFUSED:
        return _DECLINED.given(name=name)
    if _FILTERED.fullmatch(said):
        return FILTERED.given(name=name)
    if _TOOL.fullmatch(said):
        return _CALLED_A_TOOL.given(name=name)
    if _LONG.fullmatch(said):
        return _TOO_LONG.given(name=name)
    return cut_off(name)
