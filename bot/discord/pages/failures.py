"""What people are told when something goes wrong."""

from __future__ import annotations

import logging
import secrets

from discord import app_commands

from bot.discord.speech.phrase import say
from bot.discord.words import reasons
from index.errors import NewsdeskError, StoreError
from index.told import words_of

log = logging.getLogger(__name__)


def explain(error: BaseException, doing: str) -> str:
    """The reason, in plain words.

    An error that isn't written for people is logged with its traceback under an incident number, which is what
    the words give. So is one of the store, which only the operator can mend: it tells of folders, disks and
    servers, which are nobody else's business. ``doing`` names the action in the log.
    """
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, NewsdeskError) and not isinstance(error, StoreError):
        return say(words_of(error))
    incident = secrets.token_hex(4)
    log.error("Incident %s while doing: %s", incident, doing, exc_info=error)
    return (
        reasons.STORE_FAILED(incident=incident)
        if isinstance(error, StoreError)
        else reasons.UNEXPECTED(incident=incident)
    )
