"""What people are told when something goes wrong."""

from __future__ import annotations

import logging
import secrets

from discord import app_commands

from bot.ui import words
from index.errors import NewsdeskError

log = logging.getLogger(__name__)


def explain(error: BaseException, doing: str) -> str:
    """The reason, in plain words.

    An error that isn't written for people is logged with its traceback under an incident number, which is what
    the words give. ``doing`` names the action in the log.
    """
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, NewsdeskError):
        return str(error)
    if isinstance(error, app_commands.MissingPermissions):
        return words.REINDEX_REFUSED
    incident = secrets.token_hex(4)
    log.error("Incident %s while doing: %s", incident, doing, exc_info=error)
    return words.unexpected(incident)
