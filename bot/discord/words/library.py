"""The words of /library."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.discord.speech.figures import moment
from bot.discord.speech.phrase import Phrase, Plural

# Commands and their options.
LIBRARY = Phrase("The articles that I answer from")
ADD = Phrase("Add articles (for curators)")
ADD_URL = Phrase("Add a web page")
ADD_FEED = Phrase("Add a feed: its articles now, and new ones as they come")
ADD_FILE = Phrase("Add a file: PDF, HTML, Markdown, text, JSON")
URL_OPTION = Phrase("The address, beginning with https://")
FILE_OPTION = Phrase("The file")
REMOVE = Phrase("Remove an article, or a source with all its articles (for curators)")
REMOVE_OPTION = Phrase("Words of the title or the address; choose from the list")
LIST = Phrase("The articles there are, newest first")
LIST_OPTION = Phrase("Only those with these words in the title")
STATUS = Phrase("How many articles there are, where they come from, and what fails")
REINDEX = Phrase("Read all sources of this server again (for curators)")
CURATORS = Phrase("Let a role add and remove articles, or no longer (for those who manage the server)")
CURATORS_OPTION = Phrase("The role")
ADD_MESSAGE = Phrase("Add to library")

READING = Phrase("**Reading** …")
WAITING = Plural(
    "**Waiting** for {count} other to be read first …", "**Waiting** for {count} others to be read first …"
)

# On removing.
REMOVE_BUTTON = Phrase("Remove")
KEEP_BUTTON = Phrase("Keep")
KEPT = Phrase("Nothing was removed.")
REMOVE_ARTICLE = Phrase("Remove this article?")
REMOVE_SOURCE = Plural(
    "Remove this source, and **{count} article** that came from it?",
    "Remove this source, and **{count} articles** that came from it?",
)
STAYS_OUT = Phrase("It stays out until it is added again. What was cited from it can still be opened for a while.")
NOT_READ = Phrase(
    "It is read no more until it is added again. What was cited from it can still be opened for a while."
)
REMOVED = Phrase("Removed: {what}")
REMOVED_SOURCE = Plural("Removed: {what}, with {count} article", "Removed: {what}, with {count} articles")
BY = Phrase("by {who}")
CAN_NOW = Phrase("{role} can now add and remove this server’s articles.")
CAN_NO_LONGER = Phrase("{role} can no longer add or remove articles.")

# Lists and status.
ARTICLES = Plural("{count} article", "{count} articles")
LISTED = Plural("**{count} article**", "**{count} articles**")
LISTED_WITH = Plural(
    "**{count} article** with “{words}” in the title", "**{count} articles** with “{words}” in the title"
)
NONE_WITH = Phrase("No article has “{words}” in its title.")
EMPTY = Phrase("There are no articles yet. Curators add some with **/library add**.")
SHARED_ARTICLES = Plural(
    "**{count} article** shared by whoever runs Newsdesk", "**{count} articles** shared by whoever runs Newsdesk"
)
OWN_ARTICLES = Plural("**{count} article** of this server", "**{count} articles** of this server")
AND_SHARED = Plural("{count} shared by whoever runs Newsdesk", "{count} shared by whoever runs Newsdesk")
LAST_READ = Phrase("Last read: {name}, {when}")
FAILED = Plural("{count} failed", "{count} failed")
EVERY_DAYS = Plural("every day", "every {count} days")
EVERY_HOURS = Plural("every hour", "every {count} hours")
EVERY_MINUTES = Plural("every minute", "every {count} minutes")
ON_DEMAND = Phrase("on demand")
READ = Phrase("read {when}")
NOT_READ_YET = Phrase("not read yet")
FAILING = Phrase("failing since {when}: {why}")
FAILS_LONG = Phrase(
    "It fails for days now: see whether the address still works, else take it out with /library remove."
)
TRIED_AGAIN = Phrase("It is tried again {when}.")
TRY_AGAIN = Phrase("Try again with /library reindex, or take it out with /library remove.")
MORE = Phrase("-# and {count} more")
SHARED = Phrase("shared")
PAGE_VANISHED = Phrase("page vanished {when}")

# Reasons for not doing something, each with the way on.
NOT_A_CURATOR = Phrase(
    "Only this server’s curators can do that: people with the Manage Server permission, and the roles that they "
    "name with /library curators. Ask one of them."
)
NOT_IN_DIRECT_MESSAGES = Phrase("Articles are added in a server, for that server. This works only there.")
NOT_AN_ADDRESS = Phrase("That is no web address. Give one that begins with https://, as your browser shows it.")
NOTHING_TO_ADD = Phrase("That message has neither a link nor a file, as far as I may read it.")
NOT_SENT = Phrase("Discord does not give the file. It may be gone; else try again in a minute.")
NO_SOURCES = Phrase("This server has no sources of its own yet. /library add url, feed or file adds one.")
NOT_IN_LIST = Phrase("Choose what to remove from the list that appears while you type.")
GONE_ALREADY = Phrase("It is gone already: somebody was quicker.")
STOPPED = Phrase("Reading stopped because Newsdesk is being shut down. It goes on by itself after the restart.")
TOO_LARGE = Phrase("It is larger than the {limit} MB that are read. Add a smaller file, or its text alone.")
NOT_READABLE = Phrase("Files of this kind can’t be read; those that can end in {kinds}.")


def not_readable(kinds: Sequence[str]) -> str:
    return NOT_READABLE(kinds=", ".join(kinds))


def remove_article(line: str) -> str:
    return f"{REMOVE_ARTICLE()}\n{line}\n-# {STAYS_OUT()}"


def remove_source(name: str, articles: int) -> str:
    return f"{REMOVE_SOURCE(articles)}\n{name}\n-# {NOT_READ()}"


def removed_article(line: str) -> str:
    return REMOVED(what=line)


def removed_source(name: str, articles: int) -> str:
    return REMOVED_SOURCE(articles, what=name)


def by(done: str, mention: str) -> str:
    return f"{done}\n-# {BY(who=mention)}"


def curator(role_id: int, now: bool) -> str:
    role = f"<@&{role_id}>"
    return CAN_NOW(role=role) if now else CAN_NO_LONGER(role=role)


def listing(total: int, query: str) -> str:
    return LISTED_WITH(total, words=query) if query else LISTED(total)


def nothing_listed(query: str) -> str:
    return NONE_WITH(words=query) if query else EMPTY()


def counts(own: int, shared: int) -> str:
    return f"{OWN_ARTICLES(own)} · {AND_SHARED(shared)}"


def last_read(name: str, at: datetime, outcome: str, failed: int) -> str:
    told = [LAST_READ(name=name, when=moment(at))]
    if outcome:
        told.append(outcome)
    if failed:
        told.append(FAILED(failed))
    return " · ".join(told)


def source(location: str, articles: int, polled_at: datetime | None, interval: timedelta | None) -> str:
    often = every(interval) if interval else ON_DEMAND()
    read = READ(when=moment(polled_at)) if polled_at else NOT_READ_YET()
    return f"- {location} · {ARTICLES(articles)} · {often} · {read}"


def every(interval: timedelta) -> str:
    """In days, hours or minutes, whichever comes out even."""
    minutes = int(interval.total_seconds() // 60)
    if minutes % (24 * 60) == 0:
        return EVERY_DAYS(minutes // (24 * 60))
    return EVERY_HOURS(minutes // 60) if minutes % 60 == 0 else EVERY_MINUTES(minutes)


def failing(error: str, since: datetime, again: datetime | None, long: bool) -> str:
    """Why a source fails, and what to do; ``again`` is when it is tried next, if that is worth waiting for."""
    if long:
        then = FAILS_LONG()
    elif again:
        then = TRIED_AGAIN(when=moment(again))
    else:
        then = TRY_AGAIN()
    return f"\n  -# ⚠ {FAILING(when=moment(since), why=error)} {then}"


def shared_mark(shared: bool) -> str:
    return f" · {SHARED()}" if shared else ""


def gone_mark(since: datetime | None) -> str:
    return f" · {PAGE_VANISHED(when=moment(since))}" if since else ""
