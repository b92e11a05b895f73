"""What discord.py logs, in words and at the level that it deserves: what is overcome is no warning."""

from __future__ import annotations

import logging

import discord

from bot.discord.live.calls import NETWORK_ERRORS, in_words

_LOGGERS = (
    "discord.client",
    "discord.gateway",
    "discord.http",
    "discord.webhook.async_",
    "discord.app_commands.tree",
    "discord.ext.tasks",
    "discord.ui.view",
)
_OVERCOME = ("rate limit", "rate limited", "ratelimited", "stopped responding", "heartbeat blocked", "keep up")


def quiet_discord() -> None:
    """Have the library log what a network did in one line, and what it waits out as information."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(one, _InWords) for one in logger.filters):
            logger.addFilter(_InWords())


class _InWords(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        told = record.getMessage().splitlines()[0]
        error = record.exc_info[1] if record.exc_info else None
        cause = getattr(error, "original", error)
        if isinstance(cause, (discord.HTTPException, *NETWORK_ERRORS)):
            told = f"{told} ({in_words(cause)})"
            record.exc_info = None
        record.msg, record.args = told, None
        if any(words in told for words in _OVERCOME):
            record.levelno, record.levelname = logging.INFO, "INFO"
        return logging.getLogger().isEnabledFor(record.levelno)
