"""The words of /settings and /preferences, and of what they change."""

from __future__ import annotations

from datetime import datetime

from bot.memory.preferences.rules import Level, Where

SETTINGS = "How Newsdesk works in this server (for those who manage it)"
PREFERENCES = "What Newsdesk does for you, wherever you ask"

# Where a question is answered.
WHERE = {Where.PLACE: "In the channel", Where.THREAD: "In a thread", Where.PRIVATE: "To the asker alone"}
WHERE_MEANS = {
    Where.PLACE: "Everybody there reads the answer",
    Where.THREAD: "A thread for each question keeps the channel quiet",
    Where.PRIVATE: "With a Share button; a mention gets a line with a button",
}
ORIGINS = {
    Level.DEFAULT: "as from the start",
    Level.SERVER: "from the server",
    Level.CHANNEL: "from the channel",
    Level.PERSON: "from you",
}
AS_THE_SERVER = "As in the whole server"

# The panel.
WHERE_IT_ANSWERS = "Where it answers"
COOLDOWN = "Time between two questions of one person"
NO_COOLDOWN = "None"
EVERY_QUESTION = "Answer every question in this channel, also without a mention"
EVERY_QUESTION_MEANS = (
    "Only questions that the articles come near to; chatter and people who talk to each other are left alone."
)
POSTS = "Forums in which every new post is answered"
CURATORS = "Curators: the roles that may add and remove articles"
NOBODY = "nobody but those who manage the server"
NONE = "none"
LIMITS = "Daily share of the chat model"
LIMITS_TITLE = "Daily share of the chat model"
SERVER_TOKENS = "Tokens a day, for the whole server"
PERSON_TOKENS = "Tokens a day, for each person here"
AS_THE_OPERATOR = "as whoever runs Newsdesk allows"
NO_MODEL = "no chat model: answers quote the articles, and cost nothing"
PRIVATE = "Show answers to me alone"
PRIVATE_MEANS = "Wherever you ask, with a button to share one. /ask with its option private says otherwise."
ON = "On"
OFF = "Off"
CHANGE = "Change"
ONE_CHANNEL = "Rules for one channel …"
FOR_THE_SERVER = "The whole server"
FOR_ME = "For me"
THIS_CHANNEL = "This channel"
TRY = "Try it"
HERE = "Where you are answered in this channel"
PREFERENCES_HEAD = "### For you\nThis holds wherever you ask, and nobody else sees it."

# What is missing for a setting to work.
NEEDS_CONTENT = (
    "⚠ It works once Newsdesk may read messages that don’t mention it: whoever runs it switches on the "
    "“Message Content Intent” and NEWSDESK_MESSAGE_CONTENT. Until then it is only noted."
)
NEEDS_THREADS = (
    "⚠ It may not make threads here: allow it “Create Public Threads” and “Send Messages in Threads”. Until then "
    "it answers in the channel."
)

# On being answered elsewhere, or later.
OFFERED = "Answers in this channel are for the asker alone. The button shows you yours."
SHOW_ME = "Show me the answer"
THREAD = "A question"
NO_THREAD = "I can’t make a thread for it just now. Ask again, or with the option private."

# In forums.
SOLVED = "Solved"
SOLVED_SIGN = "✅"
SOLVED_TAGS = ("solved", "resolved", "answered", "gelöst", "opgelost", "resuelto", "résolu", "вирішено")
TAGGED = "The post is marked as solved."
NO_POST = "Only a post of a forum can be marked as solved."
NO_SOLVED_TAG = "This forum has no tag called Solved. Who manages the forum can add one, then press again."
CANNOT_TAG = "I may not tag posts here. Who manages the forum can allow me “Manage Threads and Posts”."

NO_SUCH_CHANNEL = "That channel is not there any more, or I may not see it."
NOT_A_NUMBER = "Give a number of tokens, such as 200000, or leave it empty."
NOTHING_TO_TRY = "There is no article yet to ask about. Add some with /library add, or ask whoever runs Newsdesk."


def heading(server: str) -> str:
    return f"### Newsdesk in {server}"


def summary(shared: int, own: int, failing: int, model: str | None) -> str:
    sources = f"{failing} of its sources fail" if failing else "all sources fine"
    return f"-# {shared:,} shared articles · {own:,} of this server · {sources} · {model or NO_MODEL}"


def channel_heading(channel_id: int) -> str:
    return f"### Newsdesk in <#{channel_id}>"


def applies(what: str, value: str, level: Level) -> str:
    return f"**{what}**\n{value} · {ORIGINS[level]}"


def seconds(count: int) -> str:
    if not count:
        return NO_COOLDOWN
    return f"{count} seconds" if count < 60 else f"{count // 60} minutes" if count >= 120 else "1 minute"


def limit(tokens: int | None) -> str:
    return f"{tokens:,} tokens" if tokens is not None else AS_THE_OPERATOR


def limits(server: int | None, person: int | None) -> str:
    return f"The server: {limit(server)} · each person: {limit(person)}"


def beyond(most: int) -> str:
    return f"Whoever runs Newsdesk allows {most:,} tokens at most."


def roles(ids: list[int]) -> str:
    return ", ".join(f"<@&{role}>" for role in ids) or NOBODY


def channels(ids: list[int]) -> str:
    return ", ".join(f"<#{channel}>" for channel in ids) or NONE


def in_thread(thread_id: int) -> str:
    return f"It is answered in <#{thread_id}>."


def wait_until(moment: datetime) -> str:
    return f"You asked just now. You can ask again <t:{int(moment.timestamp()) + 1}:R>."


def sample(title: str) -> str:
    return f"What is known about {title}?"
