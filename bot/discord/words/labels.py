"""Buttons, menus and boxes, and the lines that pressing them gets."""

from __future__ import annotations

from bot.discord.speech.phrase import Phrase, Plural

SHOW_PASSAGES = Phrase("Read the passages")
SHOW_ALL = Phrase("Read on")
MORE_OF_STORIES = Phrase("More")
ASK_ON = Phrase("Ask on")
ASK_HERE = Phrase("Ask")
BACK = Phrase("Back")
NEXT = Phrase("Next")
OPEN = Phrase("Open")
HELPFUL = Phrase("Helpful")
UNHELPFUL = Phrase("Wrong")
STOP = Phrase("Stop")
DELETE = Phrase("Delete this answer")
ASK_AGAIN = Phrase("Ask again")
MAIN_POINTS = Phrase("Show the main points of …")

HELPFUL_SIGN = "👍"
UNHELPFUL_SIGN = "👎"
MORE = "⋯"

# On rating an answer.
RATED = Phrase(
    "Noted, thank you. Whoever runs Newsdesk sees the question and how many found the answer helpful, not who did."
)
RATED_NOTHING = Phrase("That answer is not kept any more, so its rating would tell nobody anything.")
UNHELPFUL_TITLE = Phrase("What is wrong with the answer?")
REASON = Phrase("It is")
REASONS = (
    Phrase("Wrong"),
    Phrase("Beside the point"),
    Phrase("Outdated"),
    Phrase("Missing something that the articles say"),
    Phrase("Something else"),
)
REASON_IN_WORDS = Phrase("In your words, if you like")

# On stopping and deleting an answer.
STOPPED = Phrase("Stopped before it was finished.")
STOPPING = Phrase("It stops here.")
NOT_WRITTEN_NOW = Phrase("That answer is not being written any more.")
NOT_YOURS = Phrase("Only who asked, or somebody who manages messages here, can do that.")
DELETE_QUESTION = Phrase("Deleting takes the answer away for everybody, here and from what I remember.")
DELETED = Phrase("The answer is deleted.")
NOT_DELETED = Phrase("Discord doesn’t let me delete that message. Somebody who manages messages here can.")

# On /forget.
FORGOTTEN_QUESTIONS = Plural(
    "Forgotten: {count} question of yours, and what I answered; also your ratings, and your name on what was "
    "used.",
    "Forgotten: {count} questions of yours, and what I answered; also your ratings, and your name on what was "
    "used.",
)
FORGOTTEN_NOTHING = Phrase("Forgotten; also your ratings, and your name on what was used.")
NOT_FORGOTTEN = Phrase(
    "Messages in Discord stay: **{more}** below an answer deletes it. What you used of today’s share stays "
    "counted until the day is over."
)


def forgotten(questions: int) -> str:
    told = FORGOTTEN_QUESTIONS(questions) if questions else FORGOTTEN_NOTHING()
    return f"{told} {NOT_FORGOTTEN(more=MORE)}"
