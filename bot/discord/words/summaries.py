"""The words of summaries, timelines and digests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.discord.speech.figures import moment, stamp, weekday
from bot.discord.speech.phrase import Phrase, Plural, day, locale
from bot.discord.words import answering
from bot.spelled_days import in_words

# Commands and their options.
SUMMARY = Phrase("The main points of an article or a topic, each cited")
ARTICLE = Phrase("The main points of one article")
ARTICLE_OPTION = Phrase("Words from the title, the article’s address, or a link to a message that links it")
TOPIC = Phrase("What the articles say of a topic")
TOPIC_OPTION = Phrase("A question, a name, or a few words")
STYLE = Phrase("A list of points, two of them, or running text")
STYLES = {"bullets": Phrase("points"), "brief": Phrase("two points"), "paragraph": Phrase("running text")}
LENGTH = Phrase("How many points, 1 to 30")
SINCE = Phrase("Only articles published on or after this day, as 2026-01-31")
UNTIL = Phrase("Only articles published on or before this day, as 2026-01-31")
NEW_SINCE = Phrase("Only what older articles than this day don’t say, as 2026-01-31")
TIMELINE = Phrase("The dated events of a story, in order")
DIGEST = Phrase("The stories of the last days")
DIGEST_NOW = Phrase("The stories since a day")
DIGEST_SINCE = Phrase("A day, as 2026-01-31; yesterday, if you leave it out")
DIGEST_COUNT = Phrase("How many stories at most, 1 to 30")
DIGEST_TOPIC = Phrase("Only articles about this")
DIGEST_SCHEDULE = Phrase("Post a digest here by itself (for those who manage the server)")
EVERY = Phrase("Every day, or once a week")
EVERIES = {"day": Phrase("daily"), "week": Phrase("weekly")}
HOUR = Phrase("The hour of the day, 0 to 23")
ZONE = Phrase("The time zone of this channel, as Europe/Amsterdam")
WEEKDAY = Phrase("On which day, if once a week")
WEEKDAYS = {
    "Monday": Phrase("Monday"),
    "Tuesday": Phrase("Tuesday"),
    "Wednesday": Phrase("Wednesday"),
    "Thursday": Phrase("Thursday"),
    "Friday": Phrase("Friday"),
    "Saturday": Phrase("Saturday"),
    "Sunday": Phrase("Sunday"),
}
DIGEST_LIST = Phrase("The digests that are posted by themselves in this server")
DIGEST_STOP = Phrase("Stop a digest (for those who manage the server)")
DIGEST_NUMBER = Phrase("Its number, as /digest list shows it")

# While something is being done.
READING_ARTICLE = Phrase("-# Reading the article …")
READING_TOPIC = Phrase("-# Reading what the articles say of it …")
COSTLY = Plural(
    "-# This takes {count} call to the chat model, about {tokens} tokens.",
    "-# This takes {count} calls to the chat model, about {tokens} tokens.",
)

# What is shown.
ARTICLES = Plural("{count} article", "{count} articles")
DRAWN_FROM = Phrase("{articles}: {outlets}")
AND_MORE = Phrase("{outlets} and {count} more")
NEW_SINCE_DAY = Phrase("What older articles than {day} don’t say")
HEADLINE = Phrase("In one headline: “{title}”")
NOT_USED = Plural("{count} not used: {reasons}", "{count} not used: {reasons}")
REPORTED = Phrase("“{written}”, reported {day}")
REPORTED_ON = Phrase("reported {day}")
MORE_EVENTS = Plural("-# … and {count} more event", "-# … and {count} more events")
MORE_STORIES = Plural("-# … and {count} more story", "-# … and {count} more stories")
NEWS_SINCE = Phrase("News since {day}")
NOTHING_NEW = Phrase("Nothing new since {day}. **/digest now** takes an earlier day as *since*.")
NEWEST = Phrase("The newest articles that there are:")
NO_EVENTS = Phrase("The articles give no day for anything that they tell of it.")
TOO_LITTLE = Phrase("**The articles tell too little of it for a timeline.**")

# Digests that are posted by themselves.
NO_DIGESTS = Phrase("No digest is posted by itself here. **/digest schedule** sets one up.")
SCHEDULED = Phrase(
    "**Digest {number}** will be posted here {when}. The next one comes {due}; when nothing is new, "
    "none is posted."
)
DAILY = Phrase("every day at {time} ({zone})")
WEEKLY = Phrase("every {weekday} at {time} ({zone})")
PAUSED = Phrase("paused: I may not write there, or the channel is gone")
NEXT = Phrase("next {when}")
STOPPED = Phrase("Digest {number} is stopped.")
UNPOSTABLE = Phrase(
    "The digest that you set up for {channel} can’t be posted there any more: I may not write there, or it "
    "is gone. It is paused; /digest schedule sets up a new one."
)

# Reasons for not doing something, each with the way on.
NO_LINK = Phrase("That message neither links an article nor has one attached, as far as I may read it.")
NOT_IN_LIBRARY = Phrase(
    "What that message links is not in the library, so there is nothing checked to summarise. A curator can add "
    "it with “{add}” on the message, or /library add."
)
MESSAGE_GONE = Phrase("That message can’t be read: it is gone, or in a channel or server that I can’t see.")
ARTICLE_GONE = Phrase("That article is not in the library any more.")
WEEKDAY_WANTED = Phrase("A weekly digest needs a weekday.")
NO_SUCH_DIGEST = Phrase("There is no digest of that number in this server. /digest list shows them.")
CANNOT_POST = Phrase(
    "I may not write in this channel. Allow me “View Channel” and “Send Messages” here, then try again."
)
NO_SUCH_ARTICLE = Phrase(
    "No article is called “{text}”. Type a word of its title after /summary article and choose from the "
    "list, or give its address."
)
SEVERAL_ARTICLES = Phrase(
    "Several articles match “{text}”. Choose one from the list that /summary article shows while you type."
)

_OUTLETS_NAMED = 5


def drawn_from(articles: int, outlets: Sequence[str]) -> str:
    """How many articles, and whose: ``3 articles: A, B and 2 more``."""
    told, whose = ARTICLES(articles), named(outlets)
    return DRAWN_FROM(articles=told, outlets=whose) if whose else told


def named(outlets: Sequence[str]) -> str:
    """The first outlets, and how many there are besides: ``A, B and 2 more``."""
    first, more = ", ".join(outlets[:_OUTLETS_NAMED]), len(outlets) - _OUTLETS_NAMED
    return AND_MORE(outlets=first, count=more) if more > 0 else first


def costly(calls: int, tokens: int) -> str:
    return COSTLY(calls, tokens=tokens)


def new_since(when: date) -> str:
    return NEW_SINCE_DAY(day=day(when))


def not_used(count: int, reasons: Sequence[str]) -> str:
    return NOT_USED(count, reasons=" ".join(reasons))


def event_day(first: date, last: date) -> str:
    return stamp(first) if first == last else in_words(first, last, locale())


def reported(written: str, when: date) -> str:
    return REPORTED(written=written, day=stamp(when)) if written else REPORTED_ON(day=stamp(when))


def news_since(since: datetime) -> str:
    return NEWS_SINCE(day=stamp(since.date()))


def nothing_new(since: date) -> str:
    return NOTHING_NEW(day=stamp(since))


def scheduled(number: int, when: str, due: datetime) -> str:
    return SCHEDULED(number=str(number), when=when, due=moment(due, "F"))


def when(hour: int, zone: str, on: int | None) -> str:
    time = f"{hour:02}:00"
    return DAILY(time=time, zone=zone) if on is None else WEEKLY(weekday=weekday(on), time=time, zone=zone)


def schedule_line(
    number: int, channel_id: int, told: str, due: datetime, narrowed: Sequence[str], *, paused: bool
) -> str:
    about = [answering.ABOUT(topics=", ".join(narrowed))] if narrowed else []
    state = PAUSED() if paused else NEXT(when=moment(due))
    return " · ".join([f"**{number}**", f"<#{channel_id}>", told, *about, state])


def stopped(number: int) -> str:
    return STOPPED(number=str(number))
