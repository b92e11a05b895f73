"""What Discord's command picker shows, and /help. Those of one family of commands stand with its other words."""

from __future__ import annotations

from bot.discord.speech.phrase import Phrase
from bot.discord.words import labels, library

ASK = Phrase("Ask about the news articles; every sentence of the answer is cited")
ASK_QUESTION = Phrase("What do you want to know?")
ASK_SOURCE = Phrase("Only articles of this outlet")
ASK_SINCE = Phrase("Only articles published on or after this day, as 2026-01-31 or last week")
ASK_UNTIL = Phrase("Only articles published on or before this day, as 2026-01-31 or yesterday")
ASK_PRIVATE = Phrase("Show the answer to me alone")
CHECK = Phrase("What the articles say on a claim: each side, with its source")
CHECK_CLAIM = Phrase("What you read or heard")
CHECK_MESSAGE = Phrase("Check this claim")
SUMMARISE = Phrase("Summarise")
REINDEX = Phrase("Read the shared articles folder again (for whoever runs Newsdesk)")
FORGET = Phrase("Forget all that I remember of you: questions, answers, ratings, usage")
HELP = Phrase("What Newsdesk does, and how to ask it")
HELP_WORD = Phrase("help")

_HEAD = (
    Phrase("**Newsdesk answers from the news articles it was given, and from nothing else.**"),
    Phrase("The small number behind a sentence opens the words it rests on; **{passages}** shows them here."),
    Phrase("When the articles don’t hold the answer, it says so, and names those that come closest."),
)
_ASK = Phrase("**/ask** a question, in any language; it can be narrowed to an outlet or to dates, and be private")
_INVITED = (
    Phrase("**Mention me** with a question, or write to me in a direct message"),
    Phrase(
        "**Reply** to an answer, or press **{ask_on}**, to go on from it; I remember the last questions for two "
        "hours"
    ),
)
_ALL = (
    Phrase("**/check** a claim, or **Apps → {check}** on a message"),
    Phrase(
        "**/summary article** and **/summary topic** give the main points of an article, or of what all say of a "
        "topic"
    ),
    Phrase("**/timeline** lists the dated events of a story"),
    Phrase("**Apps → {summarise}** on a message gives the main points of the article that it links"),
    Phrase("**/forget** forgets what you asked"),
)
_SERVER = (Phrase("**/digest now** tells the stories of the last days, **/library list** shows the articles"),)
_FOR_CURATORS = Phrase("**For curators**")
_CURATORS = (Phrase("**/library add** and **Apps → {add}** add articles, **/library remove** takes them out"),)
_FOR_MANAGERS = Phrase("**For those who manage this server**")
_MANAGERS = (
    Phrase("**/library curators** says who may add articles, **/digest schedule** posts a digest here by itself"),
    Phrase("**/usage** tells what the chat model was used for"),
)


def help_text(*, guest: bool, server: bool, curator: bool, manager: bool) -> str:
    """What the bot does, as far as the reader may use it; where a ``guest`` brought it, it hears no messages."""
    named = {
        "passages": labels.SHOW_PASSAGES(),
        "ask_on": labels.ASK_ON(),
        "check": CHECK_MESSAGE(),
        "summarise": SUMMARISE(),
        "add": library.ADD_MESSAGE(),
    }

    def lines(phrases: tuple[Phrase, ...]) -> list[str]:
        return [f"- {phrase(**named)}" for phrase in phrases]

    told = [*(phrase(**named) for phrase in _HEAD), "", *lines((_ASK, *(() if guest else _INVITED), *_ALL))]
    told += lines(_SERVER) if server else []
    told += [_FOR_CURATORS(), *lines(_CURATORS)] if curator else []
    told += [_FOR_MANAGERS(), *lines(_MANAGERS)] if manager else []
    return "\n".join(told)
