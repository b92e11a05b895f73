"""What a request is about: its words without those of the request itself."""

from __future__ import annotations

from bot.answer.question.languages import codes, request_words
from bot.answer.question.spans import words_of


def subject_of(text: str, language: str | None) -> str:
    """The subject of a request for a summary or for news: "the latest news on the ferry" is about "ferry".

    Empty if it names none ("what's new?"). ``language``: that of the text, if it is known.
    """
    words = words_of(text)
    spoken = max(
        codes(),
        key=lambda code: sum(word.text in request_words(code) for word in words) + 0.5 * (code == language),
    )
    idle = request_words(spoken)
    telling = [word for word in words if word.text.strip("'") not in idle and word.text not in idle]
    return text[telling[0].start : telling[-1].end] if telling else ""
