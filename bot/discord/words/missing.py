"""The words for what the articles don't hold: waiting for it, suggesting it, saying where it is."""

from __future__ import annotations

from datetime import date

from babel.dates import format_skeleton

from bot.discord.speech.phrase import Phrase, Plural, locale

# What was searched.
SPAN = Phrase("{first} to {last}")
SEARCHED = Plural("Searched {count} article{days}, {filters}", "Searched {count} articles{days}, {filters}")
NO_FILTER = Phrase("no filter")

# Buttons and boxes.
TELL_ME = Phrase("Tell me when it is")
TELL_ME_SIGN = "🔔"
SUGGEST = Phrase("Suggest an article")
SUGGEST_SIGN = "➕"
IT_IS_THERE = Phrase("It is there")
IT_IS_THERE_SIGN = "👎"
TAKE_BACK = Phrase("Take it back")
WHERE_IS_IT = Phrase("Which article says it?")
ADDRESS = Phrase("The address of the article")
WHY = Phrase("Why it matters, if you like")
ADD = Phrase("Add to the library")
DECLINE = Phrase("No, thanks")
TO_THE_ARTICLE = Phrase("Open")

# On waiting for an answer.
TOLD_ONCE = Phrase(
    "I’ll tell you, once, as soon as an article comes in that answers it. **/preferences** lists what you "
    "wait for."
)
TAKEN_BACK = Phrase("You are not told of it any more.")
TOO_MANY = Phrase("You wait for {count} questions already. /preferences takes one of them back.")
GONE = Phrase("That answer is not kept any more. Ask the question again, then press the button.")
ANSWERED_NOW = Phrase("{person} An article has come in that answers what you asked:")
ANSWERED_ELSEWHERE = Phrase(
    "An article has come in that answers what you asked in {channel}: “{question}”. Ask it there again."
)
WAITING_FOR = Phrase("Questions you wait for; choose one to take it back")

# On suggesting an article.
SUGGESTED = Phrase("Thank you. Those who look after the library see your suggestion in this channel.")
NO_CURATORS = Phrase("There is nobody here to suggest it to: articles are added in a server, by its curators.")
NOT_SUGGESTED = Phrase("I may not write in this channel, so nobody would see it.")
SUGGESTION = Phrase("**{person} suggests an article** for the library\n{address}")
FOR_QUESTION = Phrase("-# asked: {question}")
DECLINED = Phrase("The suggestion was declined by {person}.")

THERE = Phrase("It is there: {where}")
"""What is noted as the reason, for whoever runs Newsdesk."""


def searched(articles: int, first: date | None, last: date | None, filters: str | None) -> str:
    days = ""
    if first and last:
        until = format_skeleton("yMMMM", last, locale=locale())
        days = ", " + SPAN(first=str(first.year), last=until)
    return SEARCHED(articles, days=days, filters=filters or NO_FILTER())
