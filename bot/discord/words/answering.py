"""The words of answers, and of the passages behind them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.answer.question.question import Kind
from bot.discord.speech.figures import stamp
from bot.discord.speech.phrase import Phrase, Plural
from bot.discord.words import labels

# While something is being done.
READING = Phrase("-# Reading the articles …")
WRITING = Phrase("-# Writing …")
QUEUED = Phrase("-# Many are asking: this question is number {place} in the queue …")

# On answers.
ABSTAINED = Phrase("**The articles don’t answer this.**")
CLOSEST = Phrase("-# The closest words of the articles:")
NO_POINTS = Phrase("**The articles hold too little of it to be summed up in points.**")
CLAIMED = Phrase("**What the articles say on this:**")
NEAREST = Phrase("These come closest:")
SIDES = Phrase("⚖️ **The articles disagree**")
SUPERSEDED = Phrase("**What was reported changed** (the latest last)")
MISSING = Phrase("Not in the articles.")
QUOTED_ORIGINAL = Phrase("Quoted in the articles’ own language")
TRANSLATED = Phrase("-# In your language, translated by a machine:")
NO_DATE = Phrase("no date")
UPDATED = Phrase("updated {day}")
UNTITLED = Phrase("Untitled")
AS_OF = Phrase("as of {day}")
SOURCES = Plural("{count} source", "{count} sources")
WRITTEN_BY = Phrase("Written by {engine} from the articles")
UNDERSTOOD = Phrase("-# Understood as: {question}")
GOING_ON = Phrase("-# Going on from: {question}")
ONLY = Phrase("only articles {filters}")
ABOUT = Phrase("about {topics}")
SINCE = Phrase("since {day}")
UNTIL = Phrase("until {day}")
OF_DAY = Phrase("of {day}")
BY = Phrase("by {outlet}")
SEARCHED = Phrase("Searched {what}")
SEARCHED_ALL = Phrase("Searched all articles, no filter")
LOOKED_FOR = Phrase("-# Looked for: {what}")
LEFT_OUT = Plural(
    "{count} sentence left out for want of support in the articles",
    "{count} sentences left out for want of support in the articles",
)
REST = Phrase("-# … and {rest}: **{button}**")
MORE_SENTENCES = Plural("{count} more sentence", "{count} more sentences")
MORE_DISAGREEMENTS = Plural("{count} disagreement between articles", "{count} disagreements between articles")
PAGE_OF = Phrase("-# Page {page} of {pages}")

# On messages that ask nothing of the articles.
CHATTER = {
    Kind.THANKS: Phrase("You’re welcome."),
    Kind.GREETING: Phrase("Hello! Ask me anything about the articles here."),
    Kind.REMARK: Phrase("I answer from the news articles only: ask a question, or tell me something to check."),
}
ABOUT_WHAT = Phrase("**About what?** Reply with its name, or choose one of the newest articles:")
NO_QUESTION = Phrase(
    "Ask me something about the articles, in the same message: what happened, who said what, how many. "
    "**/help** tells what else I can do."
)
ASK_BELOW = Phrase("Discord doesn’t show me the words of this message. Ask with the button, or with **/ask**.")

# On passages.
WHOLE_ANSWER = Phrase("**The whole answer**")
PASSAGE_GONE = Phrase("-# The article has changed since. These are the words as they stood in it.")
PAGE_GONE = Phrase("-# Its page has vanished from the web since. This is what it said.")
NOT_VERBATIM = Phrase("-# The words of this citation were not found in the passage as they are.")


def queued(place: int) -> str:
    return QUEUED(place=place)


def as_of(when: date) -> str:
    return AS_OF(day=stamp(when))


def filters(since: date | None, until: date | None, outlet: str | None, topics: str = "") -> str:
    """The filters in force, if there are any; ``outlet`` and ``topics`` are Discord markdown."""
    told = [SINCE(day=stamp(since))] if since else []
    told += [UNTIL(day=stamp(until))] if until else []
    if since and since == until:
        told = [OF_DAY(day=stamp(since))]
    told += [BY(outlet=outlet)] if outlet else []
    told += [ABOUT(topics=topics)] if topics else []
    return ONLY(filters=", ".join(told)) if told else ""


def searched(filters: Sequence[str]) -> str:
    return SEARCHED(what=filters[0]) if filters else SEARCHED_ALL()


def rest_behind_button(sentences: int, disagreements: int = 0) -> str:
    rest = [MORE_SENTENCES(sentences)] if sentences else []
    rest += [MORE_DISAGREEMENTS(disagreements)] if disagreements else []
    return REST(rest=", ".join(rest), button=labels.SHOW_ALL())


def page_number(page: int, pages: int) -> str:
    return PAGE_OF(page=page, pages=pages)
