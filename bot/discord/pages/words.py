"""The words that people read in Discord; those of one family of commands are in ``*_words.py`` beside this file.

Errors meant for people (``NewsdeskError``) bring their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from bot.answer.question.question import Kind
from bot.spelled import counted

if TYPE_CHECKING:
    from index.store.sql.runs import Counts
    from index.sync.sync import SyncProgress

# Commands and their options, as Discord's command picker shows them.
ASK = "Ask about the news articles; every sentence of the answer is cited"
ASK_QUESTION = "What do you want to know?"
ASK_SOURCE = "Only articles of this outlet"
ASK_SINCE = "Only articles published on or after this day, as 2026-01-31 or last week"
ASK_UNTIL = "Only articles published on or before this day, as 2026-01-31 or yesterday"
ASK_PRIVATE = "Show the answer to me alone"
CHECK = "What the articles say on a claim: each side, with its source"
CHECK_CLAIM = "What you read or heard"
CHECK_MESSAGE = "Check this claim"
REINDEX = "Read the shared articles folder again (for whoever runs Newsdesk)"
FORGET = "Forget all that I remember of you: questions, answers, ratings, usage"
HELP = "What Newsdesk does, and how to ask it"

# While something is being done.
READING = "-# Reading the articles …"
WRITING = "-# Writing …"
REINDEX_STARTS = "**Reading the articles** …"
FINDING = "**Looking for articles** …"

# On answers.
ABSTAINED = "**The articles don’t answer this.**"
CLOSEST = "-# The closest words of the articles:"
NO_POINTS = "**The articles hold too little of it to be summed up in points.**"
CLAIMED = "**What the articles say on this:**"
NEAREST = "These come closest:"
SIDES = "⚖️ **The articles disagree**"
SUPERSEDED = "**What was reported changed** (the latest last)"
MISSING = "Not in the articles."
QUOTED_ORIGINAL = "Quoted in the articles’ own language"
TRANSLATED = "-# In your language, translated by a machine:"
NO_DATE = "no date"
UNTITLED = "Untitled"

# On messages that ask nothing of the articles.
CHATTER = {
    Kind.THANKS: "You’re welcome.",
    Kind.GREETING: "Hello! Ask me anything about the articles here.",
    Kind.REMARK: "I answer from the news articles only: ask a question, or tell me something to check.",
}
ABOUT_WHAT = "**About what?** Reply with its name, or choose one of the newest articles:"
NO_QUESTION = (
    "Ask me something about the articles, in the same message: what happened, who said what, how many. "
    "**/help** tells what else I can do."
)
HELP_WORD = "help"
ASK_BELOW = "Discord doesn’t show me the words of this message. Ask with the button, or with **/ask**."

# Buttons.
SHOW_PASSAGES = "Read the passages"
SHOW_ALL = "Read on"
ASK_ON = "Ask on"
ASK_HERE = "Ask"
ASK_ON_SIGN = "💬"
BACK = "Back"
NEXT = "Next"
OPEN = "Open"
HELPFUL = "Helpful"
HELPFUL_SIGN = "👍"
UNHELPFUL = "Wrong"
UNHELPFUL_SIGN = "👎"
PASSAGES_SIGN = "📖"
STOP = "Stop"
MORE = "⋯"
DELETE = "Delete this answer"
ASK_AGAIN = "Ask again"
MAIN_POINTS = "Show the main points of …"

# On rating an answer.
RATED = (
    "Noted, thank you. Whoever runs Newsdesk sees the question and how many found the answer helpful, not who did."
)
RATED_NOTHING = "That answer is not kept any more, so its rating would tell nobody anything."

UNHELPFUL_TITLE = "What is wrong with the answer?"
REASON = "It is"
REASONS = ("Wrong", "Beside the point", "Outdated", "Missing something that the articles say", "Something else")
REASON_IN_WORDS = "In your words, if you like"

# On stopping and deleting an answer.
STOPPED = "Stopped before it was finished."
STOPPING = "It stops here."
NOT_WRITTEN_NOW = "That answer is not being written any more."
NOT_YOURS = "Only who asked, or somebody who manages messages here, can do that."
ONLY_YOURS = "Only you see this answer. Discord’s “Dismiss message” below it takes it away."
DELETE_QUESTION = "Deleting takes the answer away for everybody, here and from what I remember."
DELETED = "The answer is deleted."
NOT_DELETED = "Discord doesn’t let me delete that message. Somebody who manages messages here can."

# On passages.
WHOLE_ANSWER = "**The whole answer**"
PASSAGE_GONE = "-# The article has changed since. These are the words as they stood in it."
PAGE_GONE = "-# Its page has vanished from the web since. This is what it said."
NOT_VERBATIM = "-# The words of this citation were not found in the passage as they are."

# Reasons for not doing something, each with the way on.
ANSWER_GONE = (
    "The passages behind this answer can’t be shown: they are kept for 30 days, and only for the server, or the "
    "direct messages, where the answer was given. Ask the question again to get a new answer."
)
NOTHING_TO_CHECK = "That message has no words to check."
NOT_IN_DIRECT_MESSAGES = "This works only in a server."
NOT_A_MANAGER = "Only people with the Manage Server permission can do that. Ask one of them."
REINDEX_REFUSED = (
    "/reindex reads the folder of whoever runs Newsdesk, and is for them alone. /library reindex reads the "
    "sources of this server."
)
REINDEX_RUNNING = "The articles folder is being read already. Its report will appear where /reindex was used."
REINDEX_UNSET = (
    "There is no articles folder to read. Whoever runs Newsdesk sets NEWSDESK_ARTICLES to the path of a folder "
    "of articles, starts the bot again, and then /reindex reads it."
)
SHUTTING_DOWN = "Newsdesk is being restarted and could not finish this. Please try again in a minute."
PAUSED = "-# Newsdesk is being restarted, and goes on with this as soon as it is back …"
INTERRUPTED = "Newsdesk was interrupted here and could not finish this. Please try again."
TOO_LATE = (
    "Newsdesk, or its connection to Discord, was interrupted for too long to answer this in time. "
    "The button asks it again."
)
NOTHING_TO_ASK_AGAIN = "What was asked here is not known any more. Please ask it anew."
CANNOT_SPEAK = (
    "I was mentioned in a channel where I may not write. Somebody who manages that channel can allow Newsdesk "
    "“View Channel”, “Send Messages” and “Read Message History” there. Meanwhile, ask me here."
)
NO_TOKEN = (
    "There is no Discord token. Set NEWSDESK_DISCORD_TOKEN to the bot’s token; docs/discord.md says, step by "
    "step, where to get one."
)
NO_INTENTS = (
    "Discord closed the connection because the bot asks for intents that it was not given (4014). Open "
    "https://discord.com/developers/applications, choose the application, then Bot, switch on “Message Content "
    "Intent”, and start the bot again."
)
BAD_TOKEN = (
    "Discord refuses the token. Open https://discord.com/developers/applications, choose the application, then "
    "Bot, then Reset Token, and set NEWSDESK_DISCORD_TOKEN to the new token."
)

HELP_HEAD = """\
**Newsdesk answers from the news articles it was given, and from nothing else.**
The small number behind a sentence opens the words it rests on; **Read the passages** shows them here.
When the articles don’t hold the answer, it says so, and names those that come closest.
"""
HELP_ALL = """\
- **/ask** a question, in any language; it can be narrowed to an outlet or to dates, and be private
- **Mention me** with a question, or write to me in a direct message
- **Reply** to an answer, or press **Ask on**, to go on from it; I remember the last questions for two hours
- **/check** a claim, or **Apps → Check this claim** on a message
- **/summary article** and **/summary topic** give the main points of an article, or of what all say of a topic
- **/timeline** lists the dated events of a story
- **Apps → Summarise** on a message gives the main points of the article that it links
- **/forget** forgets what you asked"""
HELP_SERVER = """\
- **/digest now** tells the stories of the last days, **/library list** shows the articles"""
HELP_CURATORS = """\
**For curators**
- **/library add** and **Apps → Add to library** add articles, **/library remove** takes them out"""
HELP_MANAGERS = """\
**For those who manage this server**
- **/library curators** says who may add articles, **/digest schedule** posts a digest here by itself
- **/usage** tells what the chat model was used for"""


def help_text(*, server: bool, curator: bool, manager: bool) -> str:
    """What the bot does, as far as the reader may use it."""
    parts = [HELP_HEAD, HELP_ALL]
    parts += [HELP_SERVER] if server else []
    parts += [HELP_CURATORS] if curator else []
    parts += [HELP_MANAGERS] if manager else []
    return "\n".join(parts)


def no_such_outlet(wanted: str, near: Sequence[str]) -> str:
    told = f"No article here is by “{wanted}”."
    return (
        f"{told} Did you mean {' or '.join(near)}?" if near else f"{told} The list shows the outlets as you type."
    )


def queued(place: int) -> str:
    return f"-# Many are asking: this question is number {place} in the queue …"


def day(when: date) -> str:
    """A day in words that are the same for all readers: 3 May 2026."""
    return f"{when.day} {when:%B %Y}"


def stamp(when: date) -> str:
    """A day as every reader's Discord writes it; at noon, so that it is the same day nearly everywhere."""
    return f"<t:{int(datetime.combine(when, time(12), UTC).timestamp())}:D>"


def as_of(when: date) -> str:
    return f"as of {stamp(when)}"


def sources(articles: int) -> str:
    return counted(articles, "source")


def written_by(engine: str) -> str:
    return f"Written by {engine} from the articles"


def understood_as(question: str) -> str:
    return f"-# Understood as: {question}"


def filters(since: date | None, until: date | None, outlet: str | None) -> str:
    """The filters in force; ``outlet`` is Discord markdown."""
    told = [f"since {stamp(since)}"] if since else []
    told += [f"until {stamp(until)}"] if until else []
    if since and since == until:
        told = [f"of {stamp(since)}"]
    told += [f"by {outlet}"] if outlet else []
    return f"only articles {', '.join(told)}"


def searched(filters: Sequence[str]) -> str:
    return f"Searched {filters[0] if filters else 'all articles, no filter'}"


def looked_for(telling: str) -> str:
    return f"-# Looked for: {telling}"


def forgotten(questions: int) -> str:
    told = f": {counted(questions, 'question')} of yours, and what I answered" if questions else ""
    return (
        f"Forgotten{told}; also your ratings, and your name on what was used. Messages in Discord stay: "
        "**⋯** below an answer deletes it. What you used of today’s share stays counted until the day is over."
    )


def left_out(count: int) -> str:
    return f"{counted(count, 'sentence')} left out for want of support in the articles"


def rest_behind_button(sentences: int, disagreements: int = 0) -> str:
    rest = [counted(sentences, "more sentence")] if sentences else []
    rest += [counted(disagreements, "disagreement") + " between articles"] if disagreements else []
    return f"-# … and {', '.join(rest)}: **{SHOW_ALL}**"


def page_number(page: int, pages: int) -> str:
    return f"-# Page {page} of {pages}"


def unexpected(incident: str) -> str:
    return (
        f"Something went wrong inside Newsdesk, and it was noted under the number {incident}. Please try again; "
        "if it happens again, give that number to whoever runs the bot."
    )


def store_failed(incident: str) -> str:
    return (
        f"The library can’t be read or written now, and why was noted under the number {incident}. Please try "
        "again in a while; if it happens again, give that number to whoever runs the bot."
    )


def bad_date(option: str, text: str) -> str:
    return f"“{text}” is not a day. Write {option} as year-month-day, such as 2026-01-31, or in words: last week."


def dates_reversed(since: date, until: date) -> str:
    return f"since ({since}) lies after until ({until}), so no article can match. Swap the two."


def closed(code: int | None) -> str:
    return (
        f"Discord closed the connection and takes no other (code {code}; "
        "https://docs.discord.com/developers/topics/opcodes-and-status-codes says what it means). Install the "
        "newest version of Newsdesk, then start the bot again."
    )


def stopped_by_a_fault(reason: str) -> str:
    return (
        f"The bot stopped because of a fault of its own ({reason}). Start it again; with NEWSDESK_LOG_LEVEL=DEBUG "
        "the log says more."
    )


def unreachable(reason: str) -> str:
    return f"Discord cannot be reached ({reason}). Check this machine’s connection, then start the bot again."


def progress(step: SyncProgress, seconds: float) -> str:
    """How far reading is after ``seconds``: articles done, per second, the time left, and how many failed."""
    done, total = step.done, step.total
    heading = FINDING if step.finding else REINDEX_STARTS
    if step.sources > 1:
        heading += f" source {step.source:,} of {step.sources:,}"
    of_total = f" of {total:,}" if total is not None else ""
    rate = f" · {done / seconds:.1f} a second" if seconds > 0 and done else ""
    if rate and total is not None and total > done:
        rate += f" · {_left((total - done) * seconds / done)} left"
    failures = f" · {step.failed:,} failed" if step.failed else ""
    return f"{heading}\n{done:,}{of_total} articles{rate}{failures}"


def _left(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def report(added: int, updated: int, unchanged: int, removed: int, failed: int, seconds: float) -> str:
    """What reading the articles changed."""
    changes = {"added": added, "changed": updated, "unchanged": unchanged, "removed": removed}
    if not failed:
        heading = "The articles are up to date."
    elif any(changes.values()):
        heading = "The articles are read, but not all of them."
    else:
        heading = "Nothing could be read."
    told = _not_zero({**changes, "failed": failed}) or "Nothing changed."
    return f"**{heading}**\n{told}\n-# in {seconds:.1f} seconds"


def passed_over(count: int, reason: str, names: str, more: int) -> str:
    """So many files that are no articles, why, and the first of their names."""
    return f"-# {count:,} passed over: {reason} {names}" + (f" and {more:,} more" if more else "")


def outcome(counts: Counts) -> str:
    """What reading one source changed; nothing if nothing there could be read."""
    told = {
        "added": counts.added,
        "changed": counts.updated,
        "unchanged": counts.unchanged,
        "removed": counts.removed,
        "vanished and kept": counts.gone,
    }
    return _not_zero(told)


def _not_zero(counts: Mapping[str, int]) -> str:
    return " · ".join(f"{count:,} {name}" for name, count in counts.items() if count)


def more_failures(count: int) -> str:
    return f"-# and {count:,} more"
