"""The words of /settings and /preferences, and of what they change."""

from __future__ import annotations

from datetime import datetime, timedelta

from babel import Locale

from bot.discord.speech.catalogues import LANGUAGES
from bot.discord.speech.figures import moment
from bot.discord.speech.phrase import Phrase, Plural
from bot.memory.preferences.rules import Level, Where

SETTINGS = Phrase("How Newsdesk works in this server (for those who manage it)")
PREFERENCES = Phrase("What Newsdesk does for you, wherever you ask")

# Where a question is answered.
WHERE = {
    Where.PLACE: Phrase("In the channel"),
    Where.THREAD: Phrase("In a thread"),
    Where.PRIVATE: Phrase("To the asker alone"),
}
WHERE_MEANS = {
    Where.PLACE: Phrase("Everybody there reads the answer"),
    Where.THREAD: Phrase("A thread for each question keeps the channel quiet"),
    Where.PRIVATE: Phrase("With a Share button; a mention gets a line with a button"),
}
ORIGINS = {
    Level.DEFAULT: Phrase("as from the start"),
    Level.SERVER: Phrase("from the server"),
    Level.CHANNEL: Phrase("from the channel"),
    Level.PERSON: Phrase("from you"),
}
AS_THE_SERVER = Phrase("As in the whole server")

# The panel.
WHERE_IT_ANSWERS = Phrase("Where it answers")
LANGUAGE = Phrase("Language in which Newsdesk speaks")
LANGUAGE_MEANS = Phrase("Articles are quoted in their own.")
AS_IN_DISCORD = Phrase("As it is set in Discord")
COOLDOWN = Phrase("Time between two questions of one person")
NO_COOLDOWN = Phrase("None")
EVERY_QUESTION = Phrase("Answer every question in this channel, also without a mention")
EVERY_QUESTION_MEANS = Phrase(
    "Only questions that the articles come near to; chatter and people who talk to each other are left alone."
)
POSTS = Phrase("Forums in which every new post is answered")
CURATORS = Phrase("Curators: the roles that may add and remove articles")
NOBODY = Phrase("nobody but those who manage the server")
NONE = Phrase("none")
LIMITS = Phrase("Daily share of the chat model")
LIMITS_TITLE = Phrase("Daily share of the chat model")
SERVER_TOKENS = Phrase("Tokens a day, for the whole server")
PERSON_TOKENS = Phrase("Tokens a day, for each person here")
AS_THE_OPERATOR = Phrase("as whoever runs Newsdesk allows")
NO_MODEL = Phrase("no chat model: answers quote the articles, and cost nothing")
PRIVATE = Phrase("Show answers to me alone")
PRIVATE_MEANS = Phrase(
    "Wherever you ask, with a button to share one. /ask with its option private says otherwise."
)
ON = Phrase("On")
OFF = Phrase("Off")
CHANGE = Phrase("Change")
ONE_CHANNEL = Phrase("Rules for one channel …")
FOR_THE_SERVER = Phrase("The whole server")
FOR_THE_WORK = Phrase("Curators, forums, limits")
FOR_ME = Phrase("For me")
TRY = Phrase("Try it")
HERE = Phrase("Where you are answered in this channel")
PREFERENCES_HEAD = Phrase("### For you\nThis holds wherever you ask, and nobody else sees it.")

# What is missing for a setting to work.
NEEDS_CONTENT = Phrase(
    "⚠ It works once Newsdesk may read messages that don’t mention it: whoever runs it switches on the "
    "“Message Content Intent” and NEWSDESK_MESSAGE_CONTENT. Until then it is only noted."
)
NEEDS_THREADS = Phrase(
    "⚠ It may not make threads here: allow it “Create Public Threads” and “Send Messages in Threads”. Until then "
    "it answers in the channel."
)

# On being answered elsewhere, or later.
OFFERED = Phrase("Answers in this channel are for the asker alone. The button shows you yours.")
SHOW_ME = Phrase("Show me the answer")
THREAD = Phrase("A question")
NO_THREAD = Phrase("I can’t make a thread for it just now. Ask again, or with the option private.")

# In forums.
SOLVED = Phrase("Solved")
SOLVED_SIGN = "✅"
SOLVED_TAGS = ("solved", "resolved", "answered", "gelöst", "opgelost", "resuelto", "résolu", "вирішено")
TAGGED = Phrase("The post is marked as solved.")
NO_POST = Phrase("Only a post of a forum can be marked as solved.")
NO_SOLVED_TAG = Phrase("This forum has no tag called Solved. Who manages the forum can add one, then press again.")
CANNOT_TAG = Phrase("I may not tag posts here. Who manages the forum can allow me “Manage Threads and Posts”.")

NO_SUCH_CHANNEL = Phrase("That channel is not there any more, or I may not see it.")
NOT_A_NUMBER = Phrase("Give a number of tokens, such as 200000, or leave it empty.")
NOTHING_TO_TRY = Phrase(
    "There is no article yet to ask about. Add some with /library add, or ask whoever runs Newsdesk."
)

# What is counted.
IN_SERVER = Phrase("Newsdesk in {where}")
SHARED_ARTICLES = Plural("{count} shared article", "{count} shared articles")
OWN_ARTICLES = Plural("{count} of this server", "{count} of this server")
SOURCES_FAIL = Plural("{count} of its sources fails", "{count} of its sources fail")
SOURCES_FINE = Phrase("all sources fine")
DIGESTS = Plural("{count} scheduled digest", "{count} scheduled digests")
USED = Plural("{count} token used today", "{count} tokens used today")
SECONDS = Plural("{count} second", "{count} seconds")
MINUTES = Plural("{count} minute", "{count} minutes")
TOKENS = Plural("{count} token", "{count} tokens")
BOTH_LIMITS = Phrase("The server: {server} · each person: {person}")
BEYOND = Phrase("Whoever runs Newsdesk allows {most} tokens at most.")
IN_THREAD = Phrase("It is answered in {thread}.")
WAIT = Phrase("You asked just now. You can ask again {when}.")
SAMPLE = Phrase("What is known about “{title}”?")


def heading(server: str) -> str:
    return f"### {IN_SERVER(where=server)}"


def summary(shared: int, own: int, failing: int, digests: int) -> str:
    sources = SOURCES_FAIL(failing) if failing else SOURCES_FINE()
    return f"-# {SHARED_ARTICLES(shared)} · {OWN_ARTICLES(own)} · {sources} · {DIGESTS(digests)}"


def engine(model: str | None, used: int) -> str:
    return f"-# {model} · {USED(used)}" if model else f"-# {NO_MODEL()}"


def channel_heading(channel_id: int) -> str:
    return heading(f"<#{channel_id}>")


def applies(what: Phrase, value: str, level: Level) -> str:
    return f"**{what()}**\n{value} · {ORIGINS[level]()}"


def set_below(what: Phrase, level: Level) -> str:
    """What a menu below shows the value of."""
    return f"**{what()}** · {ORIGINS[level]()}"


def language(code: str | None) -> str:
    """A language by its own name."""
    return Locale(code).display_name.capitalize() if code in LANGUAGES else AS_IN_DISCORD()


def seconds(count: int) -> str:
    if not count:
        return NO_COOLDOWN()
    return SECONDS(count) if count < 60 else MINUTES(count // 60)


def limit(tokens: int | None) -> str:
    return TOKENS(tokens) if tokens is not None else AS_THE_OPERATOR()


def limits(server: int | None, person: int | None) -> str:
    if server is None and person is None:
        return AS_THE_OPERATOR()
    return BOTH_LIMITS(server=limit(server), person=limit(person))


def beyond(most: int) -> str:
    return BEYOND(most=most)


def in_thread(thread_id: int) -> str:
    return IN_THREAD(thread=f"<#{thread_id}>")


def wait_until(when: datetime) -> str:
    return WAIT(when=moment(when + timedelta(seconds=1)))


def sample(title: str) -> str:
    return SAMPLE(title=title.strip("'\"“”„‘’«» "))
