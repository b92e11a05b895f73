"""What Discord's command picker shows, and /help. Those of one family of commands stand with its other words."""

from __future__ import annotations

from enum import Enum

from bot.discord.speech.phrase import Phrase
from bot.discord.words import labels, library, welcome

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


class Topic(Enum):
    """What /help tells, a page each."""

    START = "start"
    ANSWERS = "answers"
    STORIES = "stories"
    CURATORS = "curators"
    MANAGERS = "managers"


FOR_CURATORS = Phrase("For curators")
TOPICS = {
    Topic.START: Phrase("First steps"),
    Topic.ANSWERS: Phrase("Answers, and how to go on"),
    Topic.STORIES: Phrase("Summaries, timelines, digests"),
    Topic.CURATORS: FOR_CURATORS,
    Topic.MANAGERS: welcome.MANAGERS,
}

_WHAT_IT_IS = Phrase("**Newsdesk answers from the news articles it was given, and from nothing else.**")
_MARKS = Phrase("The small number behind a sentence opens the words it rests on; **{passages}** shows them here.")
_ABSTAINS = Phrase("When the articles don’t hold the answer, it says so, and names those that come closest.")
_ASK = Phrase("**/ask** a question, in any language; it can be narrowed to an outlet or to dates, and be private")
_MENTION = Phrase("**Mention me** with a question, or write to me in a direct message")
_REPLY = Phrase(
    "**Reply** to an answer, or press **{ask_on}**, to go on from it; I remember the last questions for two hours"
)
_CHECK = Phrase("**/check** a claim, or **Apps → {check}** on a message")
_FORGET = Phrase("**/forget** forgets what you asked")
_STORIES = (
    Phrase(
        "**/summary article** and **/summary topic** give the main points of an article, or of what all say of a "
        "topic"
    ),
    Phrase("**/timeline** lists the dated events of a story"),
    Phrase("**Apps → {summarise}** on a message gives the main points of the article that it links"),
)
_SERVER = Phrase("**/digest now** tells the stories of the last days, **/library list** shows the articles")
_CURATORS = Phrase("**/library add** and **Apps → {add}** add articles, **/library remove** takes them out")
_MANAGERS = (
    Phrase("**/library curators** says who may add articles, **/digest schedule** posts a digest here by itself"),
    Phrase("**/usage** tells what the chat model was used for"),
)


def help_text(topic: Topic, *, guest: bool = False, server: bool = True) -> str:
    """What the bot does; where a ``guest`` brought it, it hears no messages, and has no ``server``."""
    named = {
        "passages": labels.SHOW_PASSAGES(),
        "ask_on": labels.ASK_ON(),
        "check": CHECK_MESSAGE(),
        "summarise": SUMMARISE(),
        "add": library.ADD_MESSAGE(),
    }
    told: dict[Topic, tuple[tuple[Phrase, ...], tuple[Phrase, ...]]] = {
        Topic.START: ((_WHAT_IT_IS,), (_ASK, *(() if guest else (_MENTION,)))),
        Topic.ANSWERS: ((_MARKS, _ABSTAINS), (*(() if guest else (_REPLY,)), _CHECK, _FORGET)),
        Topic.STORIES: ((), (*_STORIES, *((_SERVER,) if server else ()))),
        Topic.CURATORS: ((), (_CURATORS,)),
        Topic.MANAGERS: ((), _MANAGERS),
    }
    above, items = told[topic]
    return "\n".join([*(one(**named) for one in above), *(f"- {one(**named)}" for one in items)])
