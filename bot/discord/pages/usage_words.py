"""The words of /usage in Discord."""

from __future__ import annotations

from datetime import datetime

from bot.answer.usage import Usage
from bot.chat.budget import Cap
from bot.discord.pages.markdown import escape
from bot.spelled import counted

USAGE = "What the chat model was used for in this server, and what is left of today’s share"
DAYS_OPTION = "How many days back, today included (7)"
FORGOTTEN = "people who asked to be forgotten"


def heading(days: int) -> str:
    when = "today" if days == 1 else f"in the last {days} days"
    return f"**The chat model in this server, {when}** (UTC)"


def nothing(days: int) -> str:
    return f"{heading(days)}\nIt was not used. Answers that quote the articles cost nothing."


def of_model(model: str, answers: int, used: Usage) -> str:
    return f"- {escape(model)}: {counted(answers, 'answer')} · {tokens(used)}"


def of_person(user: str, used: Usage) -> str:
    return f"- {f'<@{user}>' if user else FORGOTTEN} · {tokens(used)}"


def people(shown: int, all_of_them: int) -> str:
    return "By person:" if shown == all_of_them else f"By person, the {shown} who used most of {all_of_them}:"


def tokens(used: Usage) -> str:
    cost = f" · cost {used.cost:,.4f}" if used.cost is not None else ""
    return f"{used.prompt_tokens:,} tokens read, {used.completion_tokens:,} written{cost}"


def share(used: Usage, cap: Cap, anew: datetime) -> str:
    """What of today's share is used; ``anew``: when the next day begins."""
    limits = []
    if cap.tokens is not None:
        limits.append(f"{used.prompt_tokens + used.completion_tokens:,} of {cap.tokens:,} tokens")
    if cap.cost is not None:
        limits.append(f"{used.cost or 0:,.4f} of {cap.cost:,.2f} in money")
    if not limits:
        return "-# This server’s share is not limited."
    return f"Used of today’s share: {', '.join(limits)}. It starts anew <t:{int(anew.timestamp())}:R>."
