"""What may be asked."""

from __future__ import annotations

import re

from index.errors import NewsdeskError
from index.told import tell

NO_QUESTION = tell("There is no question. Ask in a sentence, for example: What did the minister announce?")
TOO_LONG = tell(
    "The question is {length} characters long; at most {longest} are read. Ask one thing at a time, in a sentence "
    "or two."
)


class QuestionError(NewsdeskError):
    """The question can't be answered as it is."""


def clean_question(text: str, longest: int) -> str:
    """The question as one line of at most ``longest`` characters; raises ``QuestionError`` if it can't be."""
    question = re.sub(r"\s+", " ", text).strip()
    if not re.search(r"\w", question):
        raise QuestionError(NO_QUESTION)
    if len(question) > longest:
        raise QuestionError(TOO_LONG.given(length=len(question), longest=longest))
    return question
