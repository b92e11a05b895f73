"""The words of /library in Discord."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.spelled import counted, span

# Commands and their options.
LIBRARY = "The articles that I answer from"
ADD = "Add articles (for curators)"
ADD_URL = "Add a web page"
ADD_FEED = "Add a feed: its articles now, and new ones as they come"
ADD_FILE = "Add a file: PDF, HTML, Markdown, text, JSON"
URL_OPTION = "The address, beginning with https://"
FILE_OPTION = "The file"
REMOVE = "Remove an article, or a source with all its articles (for curators)"
REMOVE_OPTION = "Words of the title or the address; choose from the list"
LIST = "The articles there are, newest first"
LIST_OPTION = "Only those with these words in the title"
STATUS = "How many articles there are, where they come from, and what fails"
REINDEX = "Read all sources of this server again (for curators)"
CURATORS = "Let a role add and remove articles, or no longer (for those who manage the server)"
CURATORS_OPTION = "The role"
ADD_MESSAGE = "Add to library"

READING = "**Reading** …"

# On removing.
REMOVE_BUTTON = "Remove"
KEEP_BUTTON = "Keep"
KEPT = "Nothing was removed."

# Reasons for not doing something, each with the way on.
NOT_A_CURATOR = (
    "Only this server’s curators can do that: people with the Manage Server permission, and the roles that they "
    "name with /library curators. Ask one of them."
)
NOT_IN_DIRECT_MESSAGES = "Articles are added in a server, for that server. This works only there."
NOT_AN_ADDRESS = "That is no web address. Give one that begins with https://, as your browser shows it."
NOTHING_TO_ADD = "That message has neither a link nor a file, as far as I may read it."
NOT_SENT = "Discord does not give the file. It may be gone; else try again in a minute."
NO_SOURCES = "This server has no sources of its own yet. /library add url, feed or file adds one."
NOT_IN_LIST = "Choose what to remove from the list that appears while you type."
GONE_ALREADY = "It is gone already: somebody was quicker."
EMPTY = "There are no articles yet. Curators add some with **/library add**."
STOPPED = "Reading stopped because Newsdesk is being shut down. It goes on by itself after the restart."


def too_large(megabytes: int) -> str:
    return f"It is larger than the {megabytes} MB that are read. Add a smaller file, or its text alone."


def not_readable(kinds: Sequence[str]) -> str:
    return f"Files of this kind can’t be read; those that can end in {', '.join(kinds)}."


def waiting(position: int) -> str:
    others = "one other" if position == 1 else f"{position} others"
    return f"**Waiting** for {others} to be read first …"


def remove_article(line: str) -> str:
    return (
        f"Remove this article?\n{line}\n-# It stays out until it is added again. What was cited from it can still "
        "be opened for a while."
    )


def remove_source(name: str, articles: int) -> str:
    return (
        f"Remove this source, and **{counted(articles, 'article')}** that came from it?\n{name}\n-# It is read no "
        "more until it is added again. What was cited from it can still be opened for a while."
    )


def removed_article(line: str) -> str:
    return f"Removed: {line}"


def removed_source(name: str, articles: int) -> str:
    return f"Removed: {name}, with {counted(articles, 'article')}"


def by(done: str, mention: str) -> str:
    return f"{done}\n-# by {mention}"


def curator(role_id: int, now: bool) -> str:
    if now:
        return f"<@&{role_id}> can now add and remove this server’s articles."
    return f"<@&{role_id}> can no longer add or remove articles."


def listing(total: int, query: str) -> str:
    about = f" with “{query}” in the title" if query else ""
    return f"**{counted(total, 'article')}**{about}"


def nothing_listed(query: str) -> str:
    return f"No article has “{query}” in its title." if query else EMPTY


def shared_count(shared: int) -> str:
    return f"**{counted(shared, 'article')}** shared by whoever runs Newsdesk"


def counts(own: int, shared: int) -> str:
    return f"**{counted(own, 'article')}** of this server · {shared:,} shared by whoever runs Newsdesk"


def last_read(name: str, at: datetime, outcome: str, failed: int) -> str:
    told = [f"Last read: {name}, <t:{int(at.timestamp())}:R>"]
    if outcome:
        told.append(outcome)
    if failed:
        told.append(f"{failed:,} failed")
    return " · ".join(told)


def source(location: str, articles: int, polled_at: datetime | None, interval: timedelta | None) -> str:
    often = f"every {span(interval).removeprefix('1 ')}" if interval else "on demand"
    read = f"read <t:{int(polled_at.timestamp())}:R>" if polled_at else "not read yet"
    return f"- {location} · {counted(articles, 'article')} · {often} · {read}"


def failing(error: str, since: datetime, again: datetime | None, long: bool) -> str:
    """Why a source fails, and what to do; ``again`` is when it is tried next, if that is worth waiting for."""
    if long:
        then = "It fails for days now: see whether the address still works, else take it out with /library remove."
    elif again:
        then = f"It is tried again <t:{int(again.timestamp())}:R>."
    else:
        then = "Try again with /library reindex, or take it out with /library remove."
    return f"\n  -# ⚠ failing since <t:{int(since.timestamp())}:R>: {error} {then}"


def more(count: int) -> str:
    return f"-# and {count:,} more"


def shared_mark(shared: bool) -> str:
    return " · shared" if shared else ""


def gone_mark(since: datetime | None) -> str:
    return f" · page vanished <t:{int(since.timestamp())}:R>" if since else ""
