"""The words of summaries, timelines and digests in Discord."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.discord.pages.words import day
from bot.spelled import counted
from bot.summary.schedule import WEEKDAYS

# Commands and their options.
SUMMARY = "The main points of an article or a topic, each cited"
ARTICLE = "The main points of one article"
ARTICLE_OPTION = "Words from the title, the article’s address, or a link to a message that links it"
TOPIC = "What the articles say of a topic"
TOPIC_OPTION = "A question, a name, or a few words"
STYLE = "A list of points, two of them, or running text"
LENGTH = "How many points, 1 to 30"
SINCE = "Only articles published on or after this day, as 2026-01-31"
UNTIL = "Only articles published on or before this day, as 2026-01-31"
SOURCE = "Only articles of this outlet"
NEW_SINCE = "Only what older articles than this day don’t say, as 2026-01-31"
TIMELINE = "The dated events of a story, in order"
DIGEST = "The stories of the last days"
DIGEST_NOW = "The stories since a day"
DIGEST_SINCE = "A day, as 2026-01-31; yesterday, if you leave it out"
DIGEST_TOPIC = "Only articles about this"
DIGEST_SCHEDULE = "Post a digest here by itself (for those who manage the server)"
EVERY = "Every day, or once a week"
HOUR = "The hour of the day, 0 to 23"
ZONE = "The time zone of this channel, as Europe/Amsterdam"
WEEKDAY = "On which day, if once a week"
DIGEST_LIST = "The digests that are posted by themselves in this server"
DIGEST_STOP = "Stop a digest (for those who manage the server)"
DIGEST_NUMBER = "Its number, as /digest list shows it"
SUMMARISE = "Summarise"

# While something is being done.
READING_ARTICLE = "-# Reading the article …"
READING_TOPIC = "-# Reading what the articles say of it …"

# What is shown.
NO_EVENTS = "The articles give no day for anything that they tell of it."
NO_DIGESTS = "No digest is posted by itself here. **/digest schedule** sets one up."
TOO_LITTLE = "**The articles tell too little of it for a timeline.**"

# Reasons for not doing something, each with the way on.
NO_LINK = "That message neither links an article nor has one attached, as far as I may read it."
NOT_IN_LIBRARY = (
    "What that message links is not in the library, so there is nothing checked to summarise. A curator can add "
    "it with “Add to library” on the message, or /library add."
)
MESSAGE_GONE = "That message can’t be read: it is gone, or in a channel or server that I can’t see."
ARTICLE_GONE = "That article is not in the library any more."
WEEKDAY_WANTED = "A weekly digest needs a weekday."
NO_SUCH_DIGEST = "There is no digest of that number in this server. /digest list shows them."
CANNOT_POST = "I may not write in this channel. Allow me “View Channel” and “Send Messages” here, then try again."


def no_such_article(text: str) -> str:
    return (
        f"No article is called “{text}”. Type a word of its title after /summary article and choose from the "
        "list, or give its address."
    )


def several_articles(text: str) -> str:
    return f"Several articles match “{text}”. Choose one from the list that /summary article shows while you type."


def drawn_from(articles: int, outlets: Sequence[str]) -> str:
    """How many articles, and whose: ``3 articles: A, B and 2 more``."""
    told = counted(articles, "article")
    named = ", ".join(outlets[:5])
    more = f" and {len(outlets) - 5} more" if len(outlets) > 5 else ""
    return f"{told}: {named}{more}" if named else told


def reading(done: int, total: int) -> str:
    return f"-# Reading the articles … part {done} of {total}"


def new_since(when: date) -> str:
    return f"What older articles than {day(when)} don’t say"


def headline(title: str) -> str:
    return f"In one headline: “{title}”"


def not_used(count: int, reasons: Sequence[str]) -> str:
    return f"{count:,} not used: {' '.join(reasons)}"


def event_day(first: date, last: date) -> str:
    return day(first) if first == last else f"{day(first)} to {day(last)}"


def reported(written: str, when: date) -> str:
    return f"“{written}”, reported {day(when)}" if written else f"reported {day(when)}"


def more_events(count: int) -> str:
    return f"-# … and {counted(count, 'more event')}"


def more_stories(count: int) -> str:
    return f"-# … and {count:,} more {'story' if count == 1 else 'stories'}"


def digest_heading(since: datetime) -> str:
    return f"**News since {day(since.date())}**"


def nothing_new(since: datetime) -> str:
    return f"Nothing new since {day(since.date())}. **/digest now** takes an earlier day as *since*."


def scheduled(number: int, when: str, due: datetime) -> str:
    return (
        f"**Digest {number}** will be posted here {when}. The next one comes <t:{int(due.timestamp())}:F>; when "
        "nothing is new, none is posted."
    )


def when(hour: int, zone: str, weekday: int | None) -> str:
    often = "every day" if weekday is None else f"every {WEEKDAYS[weekday]}"
    return f"{often} at {hour:02}:00 ({zone})"


def schedule_line(
    number: int, channel_id: int, told: str, due: datetime, narrowed: Sequence[str], paused: str | None
) -> str:
    about = f" · about {', '.join(narrowed)}" if narrowed else ""
    state = f"paused: {paused}" if paused else f"next <t:{int(due.timestamp())}:R>"
    return f"**{number}** · <#{channel_id}> · {told}{about} · {state}"


def stopped(number: int) -> str:
    return f"Digest {number} is stopped."


def cannot_post(channel: str) -> str:
    return (
        f"The digest that you set up for {channel} can’t be posted there any more: I may not write there, or it "
        "is gone. It is paused; /digest schedule sets up a new one."
    )


def costly(calls: int, tokens: int) -> str:
    return f"-# This takes {calls:,} calls to the chat model, about {tokens:,} tokens."
