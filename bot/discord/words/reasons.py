"""Reasons for not doing something, each with the way on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.discord.speech.phrase import Phrase

ANSWER_GONE = Phrase(
    "The passages behind this answer can’t be shown: they are kept for 30 days, and only for the server, or the "
    "direct messages, where the answer was given. Ask the question again to get a new answer."
)
NOT_HEARD = Phrase(
    "Discord doesn’t show me the words that you reply to. Choose Apps → “{check}” on that message, or tell me "
    "the claim."
)
NOTHING_TO_CHECK = Phrase("That message has no words to check.")
NOT_IN_DIRECT_MESSAGES = Phrase("This works only in a server.")
NOT_A_MANAGER = Phrase("Only people with the Manage Server permission can do that. Ask one of them.")
REINDEX_REFUSED = Phrase(
    "/reindex reads the folder of whoever runs Newsdesk, and is for them alone. /library reindex reads the "
    "sources of this server."
)
REINDEX_RUNNING = Phrase(
    "The articles folder is being read already. Its report will appear where /reindex was used."
)
REINDEX_UNSET = Phrase(
    "There is no articles folder to read. Whoever runs Newsdesk sets NEWSDESK_ARTICLES to the path of a folder "
    "of articles, starts the bot again, and then /reindex reads it."
)
SHUTTING_DOWN = Phrase("Newsdesk is being restarted and could not finish this. Please try again in a minute.")
PAUSED = Phrase("-# Newsdesk is being restarted, and goes on with this as soon as it is back …")
INTERRUPTED = Phrase("Newsdesk was interrupted here and could not finish this. Please try again.")
TOO_LATE = Phrase(
    "Newsdesk, or its connection to Discord, was interrupted for too long to answer this in time. "
    "The button asks it again."
)
NOTHING_TO_ASK_AGAIN = Phrase("What was asked here is not known any more. Please ask it anew.")
CANNOT_SPEAK = Phrase(
    "I was mentioned in a channel where I may not write. Somebody who manages that channel can allow Newsdesk "
    "“View Channel”, “Send Messages” and “Read Message History” there. Meanwhile, ask me here."
)
UNEXPECTED = Phrase(
    "Something went wrong inside Newsdesk, and it was noted under the number {incident}. Please try again; "
    "if it happens again, give that number to whoever runs the bot."
)
STORE_FAILED = Phrase(
    "The library can’t be read or written now, and why was noted under the number {incident}. Please try "
    "again in a while; if it happens again, give that number to whoever runs the bot."
)
BAD_DATE = Phrase(
    "“{text}” is not a day. Write {option} as year-month-day, such as 2026-01-31, or in words: last week."
)
DATES_REVERSED = Phrase("since ({since}) lies after until ({until}), so no article can match. Swap the two.")
NO_SUCH_OUTLET = Phrase("No article here is by “{outlet}”. The list shows the outlets as you type.")
OUTLETS_LIKE_IT = Phrase("No article here is by “{outlet}”. Did you mean {near}?")
OR = Phrase("{one} or {other}")


def bad_date(option: str, text: str) -> str:
    return BAD_DATE(option=option, text=text)


def dates_reversed(since: date, until: date) -> str:
    return DATES_REVERSED(since=since.isoformat(), until=until.isoformat())


def no_such_outlet(wanted: str, near: Sequence[str]) -> str:
    if not near:
        return NO_SUCH_OUTLET(outlet=wanted)
    told = near[0]
    for other in near[1:]:
        told = OR(one=told, other=other)
    return OUTLETS_LIKE_IT(outlet=wanted, near=told)
