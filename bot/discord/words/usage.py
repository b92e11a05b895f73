"""The words of /usage."""

from __future__ import annotations

from datetime import datetime

from bot.chat.budget import Cap
from bot.chat.usage import Usage
from bot.discord.pages.markdown import escape
from bot.discord.speech.figures import moment
from bot.discord.speech.phrase import Phrase, Plural, number

USAGE = Phrase("What the chat model was used for in this server, and what is left of today’s share")
DAYS_OPTION = Phrase("How many days back, today included (7)")

ASKED = Phrase("Questions: 🟩 {answered} answered · 🟨 {unanswered} not in the articles")
THOUGHT = Phrase("Ratings: 🟩 {helpful} helpful · 🟥 {wrong} wrong")
PICTURE = Phrase("Bars by day, from above: questions, ratings, tokens (🟦), money (🟧)")
FORGOTTEN = Phrase("people who asked to be forgotten")
TODAY = Phrase("**The chat model in this server, today** (UTC)")
LAST_DAYS = Plural(
    "**The chat model in this server, in the last {count} day** (UTC)",
    "**The chat model in this server, in the last {count} days** (UTC)",
)
NOT_USED = Phrase("It was not used. Answers that quote the articles cost nothing.")
ANSWERS = Plural("{count} answer", "{count} answers")
BY_PERSON = Phrase("By person:")
MOST_BY_PERSON = Phrase("By person, the {shown} who used most of {all}:")
TOKENS = Phrase("{read} tokens read, {written} written")
COST = Phrase("cost {cost}")
TOKENS_OF = Phrase("{used} of {limit} tokens")
MONEY_OF = Phrase("{used} of {limit} in money")
UNLIMITED = Phrase("-# This server’s share is not limited.")
SHARE = Phrase("Used of today’s share: {used}. It starts anew {when}.")


def questions(asked: tuple[int, int], thought: tuple[int, int]) -> str:
    """How many questions were answered, and not; and what people thought of the answers."""
    told = ASKED(answered=asked[0], unanswered=asked[1])
    return f"{told}\n{THOUGHT(helpful=thought[0], wrong=thought[1])}"


def heading(days: int) -> str:
    return TODAY() if days == 1 else LAST_DAYS(days)


def nothing(days: int) -> str:
    return f"{heading(days)}\n{NOT_USED()}"


def of_model(model: str, answers: int, used: Usage) -> str:
    return f"- {escape(model)}: {ANSWERS(answers)} · {tokens(used)}"


def of_person(user: str, used: Usage) -> str:
    return f"- {f'<@{user}>' if user else FORGOTTEN()} · {tokens(used)}"


def people(shown: int, all_of_them: int) -> str:
    return BY_PERSON() if shown == all_of_them else MOST_BY_PERSON(shown=shown, all=all_of_them)


def tokens(used: Usage) -> str:
    told = TOKENS(read=used.prompt_tokens, written=used.completion_tokens)
    return told if used.cost is None else f"{told} · {COST(cost=number(used.cost, 4))}"


def share(used: Usage, cap: Cap, anew: datetime) -> str:
    """What of today's share is used; ``anew``: when the next day begins."""
    limits = []
    if cap.tokens is not None:
        limits.append(TOKENS_OF(used=used.prompt_tokens + used.completion_tokens, limit=cap.tokens))
    if cap.cost is not None:
        limits.append(MONEY_OF(used=number(used.cost or 0, 4), limit=number(cap.cost, 2)))
    if not limits:
        return UNLIMITED()
    return SHARE(used=", ".join(limits), when=moment(anew))
