"""What went wrong with a chat model, told so that a reader can do something about it.

No message repeats what the provider sent: it may hold the key, the address, or the prompt. Its words are for the
operator, in the log and on the command line, without what looks like a key.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from bot.chat.causes import Cause, cause_of, status_of, told_by
from bot.chat.words import FILTERED, SAYS
from index.errors import NewsdeskError
from index.network import asked_at, chain
from index.refusals import beside, cleaned, words_in
from index.told import Told, tell, tell_count

BOTH = tell("{why} {when}")
"""Two sentences, one behind the other."""

EMPTY_ANSWER = tell("The chat model {name} gave an empty answer. Please ask again.")
_TOOK_TOO_LONG = tell("The chat model {name} took too long to finish. Please ask again.")
_BROKE_OFF = tell("The answer of the chat model {name} broke off. Please ask again.")
_DECLINED = tell("The chat model {name} declined to answer this.")
_CALLED_A_TOOL = tell(
    "The chat model {name} called a tool, though it was given none, and didn't answer. Please ask again."
)
_CUT = tell("The answer of the chat model {name} became too long and was cut off.")
_NO_ROOM = tell(
    "The chat model {name} was cut off before it began to answer: it had no room left. Its operator must "
    "give it a larger context at its server, or set NEWSDESK_CHAT_WINDOW to the one that it has."
)
_IN_MINUTES = tell_count("It will be asked again in {count} minute.", "It will be asked again in {count} minutes.")
_IN_SECONDS = tell_count("It will be asked again in {count} second.", "It will be asked again in {count} seconds.")
REFUSED = "refusal"
"""The reason to stop of a model that declined; some providers name it so themselves."""

_WELL = re.compile(
    r"(?:finish_?reason_?)?(?:stop(?:_?sequence|ped)?|end_?turn|eos(?:_?token)?|completed?|done|finished)"
)
_LONG = re.compile(r".*(?:length|max_?(?:output_?)?tokens|token_?limit).*")
_FILTERED = re.compile(r".*(?:filter|safety|policy|prohibited|blocklist|spii|guardrail|sensitive|moderation).*")
_TOOL = re.compile(r"tool_?(?:calls?|use)|function_?call")
_PAUSE = re.compile(r"try again in (?:(\d+)h)?(?:(\d+)m(?!s))?(?:([\d.]+)(m?s))?", re.IGNORECASE)


class ChatError(NewsdeskError):
    """A chat model could not answer (unreachable, timed out, refused); the message says why, for the reader."""


def explain_failure(error: Exception, name: str, begun: bool) -> Told:
    """Why the chat model ``name`` gave no answer, or no whole one if it had ``begun``; for the reader."""
    cause = cause_of(error)
    if begun and cause is Cause.SLOW:
        return _TOOK_TOO_LONG.given(name=name)
    if begun and cause not in (Cause.FILTERED, Cause.TOO_LONG):
        return cut_off(name)
    return SAYS[cause].given(name=name, kind=type(error).__name__)


def explain_finish(reason: str | None, name: str, written: bool) -> Told | None:
    """What the reader must know of how a reply ended; None if it ended well, or without a word.

    ``written``: whether there is anything of it. Many small servers never say why they stop. A reason that nobody
    knows is none to believe that it is whole.
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
        return (_CUT if written else _NO_ROOM).given(name=name)
    return cut_off(name)


def for_operator(error: Exception, secrets: Sequence[str]) -> str:
    """Where ``error`` came from, its status, the server's words without ``secrets`` and what looks like one."""
    told = list(chain(error))
    words = next(filter(None, (words_in(getattr(one, "body", None)) for one in told)), "")
    status = status_of(error)
    if not words and status is None:  # what the client says of a status, nobody needs twice
        words = next((str(one) for one in reversed(told) if str(one)), "")
    return beside(cleaned(words, secrets), status, asked_at(error), "NEWSDESK_CHAT_HEADERS")


def retry_after(error: Exception) -> float | None:
    """The seconds for which the server asks to be left alone, in a header (RFC 9110, 10.2.3) or in words."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    value = str(headers.get("retry-after") or "").strip()
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):  # no date, or one without a time zone
            return _pause_in_words(told_by(error))
    return max(0.0, seconds) if math.isfinite(seconds) else None


def asked_again_in(seconds: float) -> Told:
    """When a model that rests is asked again."""
    if seconds > 90:
        return _IN_MINUTES.given(count=math.ceil(seconds / 60))
    return _IN_SECONDS.given(count=max(1, math.ceil(seconds)))


def cut_off(name: str) -> Told:
    """For the reader of an answer that isn't whole."""
    return _BROKE_OFF.given(name=name)


def _pause_in_words(told: str) -> float | None:
    match = _PAUSE.search(told)
    if not match or not any(match.groups()):
        return None
    hours, minutes, rest, unit = match.groups()
    seconds = float(rest or 0) / (1000 if unit == "ms" else 1)
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + seconds
