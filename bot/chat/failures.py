"""What went wrong with a chat model, told so that a reader can do something about it.

No message repeats what the provider sent: it may hold the key, the address, or the prompt.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from langchain_core.exceptions import (
    ContextOverflowError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelError,
    ModelInvalidRequestError,
    ModelNotFoundError,
    ModelPermissionDeniedError,
    ModelRateLimitError,
    ModelTimeoutError,
)
from langchain_core.messages import AIMessageChunk

# Servers that speak OpenAI's protocol word this in their own ways.
_TOO_LONG = re.compile(
    r"context[ _](?:length|window|size)|maximum context|prompt is too long|too many tokens", re.IGNORECASE
)
_FILTERED = re.compile(r"content[ _](?:filter|management|policy)|safety", re.IGNORECASE)
_QUOTA = "insufficient_quota"
REFUSED = "refusal"
"""The reason to stop of a model that declined; some providers name it so themselves."""
_FINISH_KEYS = ("finish_reason", "stop_reason", "done_reason", "stopReason")


def explain_failure(error: Exception, name: str, begun: bool) -> str:
    """Why the chat model ``name`` gave no answer, or no whole one if it had ``begun``; for the reader."""
    model = f"The chat model {name}"
    told = _told(error)
    if isinstance(error, TimeoutError | ModelTimeoutError):
        return f"{model} {'took too long to finish' if begun else 'did not answer in time'}. Please ask again."
    if isinstance(error, ContextOverflowError) or _TOO_LONG.search(told):
        return (
            f"The articles found are too long for the chat model {name}. Ask a narrower question; its operator "
            "can choose a model with a larger context."
        )
    if isinstance(error, ModelAuthenticationError):
        return f"{model} refused the key. Its operator must check NEWSDESK_CHAT_API_KEY."
    if isinstance(error, ModelPermissionDeniedError):
        return f"{model} may not be used with this key. Its operator must check NEWSDESK_CHAT_API_KEY."
    if isinstance(error, ModelNotFoundError):
        return f"{model} is not known to its server. Its operator must check NEWSDESK_CHAT_MODEL."
    if isinstance(error, ModelRateLimitError):
        if _QUOTA in told:
            return f"{model} has used up its quota. Its operator must check the account."
        return f"{model} has too many requests to answer. Please ask again in a minute."
    if isinstance(error, ModelInvalidRequestError):
        if _FILTERED.search(told):
            return _filtered(name)
        return f"{model} refused the request. Its operator can find the kind of error in the log."
    if begun:
        return _cut_off(name)
    if isinstance(error, ModelConnectionError):
        return f"{model} cannot be reached. Its operator must check NEWSDESK_CHAT_BASE_URL and the server."
    if isinstance(error, ModelAPIError):
        return f"The server of the chat model {name} has a problem of its own. Please ask again later."
    if isinstance(error, ValueError):  # a page, an empty stream
        return f"The server of the chat model {name} sent nothing that can be read. Its operator must check it."
    return f"{model} failed ({type(error).__name__}). Please ask again."


def is_passing(error: Exception) -> bool:
    """Whether the server is at fault, or the way to it, rather than the request: asking later may go well."""
    if isinstance(error, ModelError):
        return error.is_retryable and _QUOTA not in _told(error)
    return getattr(error, "status_code", None) is None


def is_refused_option(error: Exception) -> bool:
    """Whether the server refused the request for other than its words: an option that it doesn't know."""
    told = _told(error)
    return getattr(error, "status_code", None) in (400, 422) and not (
        isinstance(error, ContextOverflowError) or _TOO_LONG.search(told) or _FILTERED.search(told)
    )


def retry_after(error: Exception) -> float | None:
    """The seconds that the server asks to be left alone, if it does (RFC 9110, section 10.2.3)."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    value = str(headers.get("retry-after") or "").strip()
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):  # no date, or one without a time zone
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None


def resting(name: str, seconds: float) -> str:
    """Why the chat model ``name`` isn't even asked; for the reader."""
    return f"The chat model {name} failed before and is left alone for now. {asked_again_in(seconds)}"


def asked_again_in(seconds: float) -> str:
    """When a model that rests is asked again."""
    if seconds > 90:
        return f"It will be asked again in {math.ceil(seconds / 60)} minutes."
    return f"It will be asked again in {max(1, math.ceil(seconds))} seconds."


def finish_reason(chunk: AIMessageChunk) -> str | None:
    """Why the model stopped, if this chunk says so; each provider has its own word for it.

    OpenAI sends a refusal apart from the text of a reply, and says that the reply ended well.
    """
    blocks = chunk.content if isinstance(chunk.content, list) else []
    types = [block.get("type") for block in blocks if isinstance(block, dict)]
    if chunk.additional_kwargs.get("refusal") or REFUSED in types:
        return REFUSED
    reasons = (chunk.response_metadata.get(key) for key in _FINISH_KEYS)
    return next((str(reason) for reason in reasons if reason), None)


def explain_finish(reason: str | None, name: str) -> str | None:
    """What the reader must know of how a reply ended; None if it ended well.

    A stream that just stops, without saying why, was cut off on its way.
    """
    if reason is None:
        return _cut_off(name)
    if _FILTERED.search(reason):
        return _filtered(name)
    if reason == REFUSED:
        return f"The chat model {name} declined to answer this."
    if reason.lower() in ("tool_calls", "function_call", "tool_use"):
        return (
            f"The chat model {name} called a tool, though it was given none, and didn't answer. Please ask again."
        )
    if reason.lower() in ("length", "max_tokens"):
        return f"The answer of the chat model {name} became too long and was cut off."
    return None


def _told(error: Exception) -> str:
    return f"{error} {getattr(error, 'code', None)} {getattr(error, 'body', None)}"


def _cut_off(name: str) -> str:
    return f"The answer of the chat model {name} broke off. Please ask again."


def _filtered(name: str) -> str:
    return f"The chat model {name} refused to answer: its content filter stopped it."
