"""Quotes in the asker's language, beside the original: a chat model translates them, and is not trusted."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from babel import Locale

from bot.answer.answer import Answer, Citation
from bot.answer.evidence.quotes import normalise
from bot.answer.similarity import Likeness
from bot.chat.model import ChatModel
from bot.chat.usage import Tally
from index.text.language import detect_language, question_language
from index.text.languages import table
from index.text.numbers import Number, numbers, same_number
from prompts import Prompt
from prompts.defuse import defused_line

SECONDS = 15.0
"""How long the reader of a finished answer waits for translations."""
QUOTES = 8
CHARACTERS = 4000
"""How much of one answer is translated: so many quotes, and so many characters of them together."""

_LINE = re.compile(r"^\s*[\[(]?(\d{1,2})[\])]?\s*[:.]\s+(\S.*?)\s*$", re.MULTILINE)
_UNWANTED = re.compile(r"://|www\.|@|[<>`{}|]|\]\(|\w\.\w+/", re.IGNORECASE)
"""What addresses, mentions and markup are made of."""
_SAME_MEANING = 3.0
"""Spreads above texts that have nothing to do with each other: a cosine of .85 or so with the built-in model."""
_LONGER = 2.5
_SPARE_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Translator:
    """Translates the quotes of an answer where the asker's language is another one than the article's.

    ``likeness`` compares a translation's meaning with its quote's; ``seconds``: how long all may take.
    """

    model: ChatModel
    prompt: Prompt
    likeness: Likeness
    seconds: float = SECONDS

    async def translate(self, answer: Answer, tally: Tally, language: str | None = None) -> Answer:
        """``answer``, its foreign quotes with their translations, where one can be had. Never raises.

        ``language``: that which whoever reads wants; None: that of the question.
        """
        into = f"{Locale(language).english_name} ({language})" if language else None
        language = language or _language_asked(answer)
        foreign = _foreign(answer.citations, language)
        if not language or not foreign:
            return answer
        messages = self.prompt.messages(
            question=defused_line(answer.question),
            language=into or f"the language of that question ({language})",
            quotes="\n".join(f'<quote n="{one.n}">{defused_line(one.quote)}</quote>' for one in foreign),
        )
        reply = await self.model.attempt(messages, tally, within=self.seconds) or ""
        written = {int(n): text for n, text in _LINE.findall(reply)}
        kept = await asyncio.to_thread(self._checked, foreign, written, language)
        citations = tuple(replace(one, translation=kept.get(one.n)) for one in answer.citations)
        return replace(answer, citations=citations)

    def _checked(self, quotes: Sequence[Citation], written: dict[int, str], language: str) -> dict[int, str]:
        """The translations that say what their quotes say, as far as a program can tell."""
        kept = {}
        for one in quotes:
            text = written.get(one.n, "").strip('"“”„«»')
            if not text or not faithful(one.quote, text, one.language, language):
                continue
            if self.likeness.of_texts(one.quote, [text]) >= _SAME_MEANING:
                kept[one.n] = text
        return kept


def faithful(quote: str, translation: str, language: str | None, asked: str) -> bool:
    """Whether ``translation`` has the numbers of ``quote``, no link, mention or markup, and a like length.

    Numbers in words count where both languages' words are known.
    """
    if _UNWANTED.search(translation):
        return False
    if len(translation) > _LONGER * len(quote) + _SPARE_CHARACTERS or normalise(translation) == normalise(quote):
        return False
    in_words = bool(table(language, "numbers") and table(asked, "numbers"))
    given, found = _numbers(quote, language, in_words), _numbers(translation, asked, in_words)
    return _all_among(given, found) and _all_among(found, given)


def _numbers(text: str, language: str | None, in_words: bool) -> list[Number]:
    """The numbers that must stand in both texts: "one" is an article in many languages."""
    return [
        one
        for one in numbers(text, language)
        if any(map(str.isdigit, text[one.start : one.end])) or (in_words and one.value != 1.0)
    ]


def _all_among(some: Sequence[Number], others: Sequence[Number]) -> bool:
    return all(any(same_number(one, other) for other in others) for one in some)


def _language_asked(answer: Answer) -> str | None:
    """The language of the question; of a short one, that of the answer, if it was written and not quoted."""
    if language := question_language(answer.question):
        return language
    quotes = {normalise(one.quote) for one in answer.citations}
    own = " ".join(one.text for one in answer.sentences if normalise(one.text) not in quotes)
    return detect_language(own)


def _foreign(citations: Sequence[Citation], asked: str | None) -> list[Citation]:
    """The quotes in other languages, as many as are translated, each with its language."""
    found: list[Citation] = []
    room = CHARACTERS
    for one in citations:
        language = one.language or detect_language(one.quote)
        if language is None or language == asked:
            continue
        room -= len(one.quote)
        if room < 0 or len(found) == QUOTES:
            break
        found.append(replace(one, language=language))
    return found
