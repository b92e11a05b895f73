"""Whether a question is a follow-up, told by its small words; the words and the names in a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.answer.evidence.lexicon import ANY_FUNCTION_WORD, FUNCTION_WORDS
from bot.answer.question.anaphora import (
    ABOUT,
    ANYBODY,
    AUXILIARIES,
    CONJUNCTIONS,
    COUNTING,
    COUNTING_PAIRS,
    DEFINITE,
    DEMONSTRATIVES,
    PERSONS,
    PLACES,
    POINTERS,
    PREPOSITIONS,
    QUESTION_WORDS,
    THINGS,
    TIMES,
)

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
END = " ?¿¡!.,;:"
"""What stands around a question and is no part of it."""

FEW = 2
"""Of this many words that carry meaning, a phrase says what it is about."""

_SHORT, _LONG = 3, 9


def words_of(text: str) -> list[str]:
    """The words of ``text``, without punctuation."""
    return WORD.findall(text)


def language_of(question: str, before: str) -> str:
    """The language whose small words are the most in ``question``; of those that tie, the one of ``before``."""
    now, then = ([word.lower() for word in words_of(text)] for text in (question, before))

    def score(language: str) -> tuple[int, int]:
        known = FUNCTION_WORDS[language] | QUESTION_WORDS[language] | CONJUNCTIONS[language]
        return sum(word in known for word in now), sum(word in known for word in then)

    return max(FUNCTION_WORDS, key=score)


def without_opening(question: str, language: str) -> tuple[str, bool]:
    """``question`` without "and", "what about" and the like, and whether there was such an opening."""
    bare, joined = question, False
    first = WORD.match(bare)
    if first and first[0].lower() in CONJUNCTIONS[language] and len(words_of(bare)) > 1:
        bare, joined = bare[first.end() :].strip(END), True
    for opening in ABOUT:
        if bare.lower().replace("’", "'").startswith(opening + " "):
            rest = bare[len(opening) :].strip(END)
            # "Was ist mit X verbunden?" is a whole question: only a noun, capitalised, ends the short form.
            return (bare, joined) if language == "de" and rest.split()[-1][0].islower() else (rest, True)
    return bare, joined


def is_fragment(bare: str, language: str) -> bool:
    """Whether it is a phrase and asks nothing by itself: "in Dnipro"."""
    asking = QUESTION_WORDS[language] | AUXILIARIES[language]
    return not any(word.lower() in asking for word in words_of(bare))


def points_back(bare: str, language: str, joined: bool) -> bool:
    """Whether a question lacks what was said before; ``joined``: it began with "and" or the like."""
    words = words_of(bare)
    lower = [word.lower() for word in words]
    names = names_of(bare)
    content = [word for word in lower if not is_small(word, language)]
    if _pronoun(lower, words, language) is not None:
        return True
    opening = pairwise(lower[:4])
    if any(one in DEMONSTRATIVES & FUNCTION_WORDS[language] and after not in TIMES for one, after in opening):
        return not names and len(content) <= _SHORT and not _explained(words, language)
    if names or any(character.isdigit() for character in bare):
        return False
    if any(word in ANYBODY[language] for word in lower) and len(content) <= _SHORT:
        return True
    if len(content) < FEW and not _defines(lower, language):
        return True
    counts = lower[0] in COUNTING or lower[:2] in COUNTING_PAIRS
    definite = any(word in DEFINITE[language] for word in lower)
    return (definite or joined or counts) and len(content) <= (_SHORT if joined else FEW)


def _defines(lower: Sequence[str], language: str) -> bool:
    """Whether it asks what a thing named without an article is: "What is photosynthesis?"."""
    return (
        len(lower) >= 3
        and lower[0] in QUESTION_WORDS[language]
        and lower[1] in AUXILIARIES[language]
        and not any(word in DEFINITE[language] for word in lower)
        and all(not is_small(word, language) for word in lower[2:])
        and not lower[-1].endswith("ed")
    )


def _pronoun(lower: Sequence[str], words: Sequence[str], language: str) -> int | None:
    """Where in the question a pronoun stands that nothing before it in the question explains."""
    for number, word in enumerate(lower):
        own = word in PERSONS[language] or word in THINGS[language]
        last = number == len(lower) - 1 and (word in POINTERS[language] or word in PLACES[language])
        if ((own and number and len(words) <= _LONG) or last) and not _explained(words[:number], language):
            return number
    return None


def _explained(words: Sequence[str], language: str) -> bool:
    """Whether ``words`` name anything that a pronoun behind them may stand for."""
    counted = len(words) > 1 and words[1].lower() in AUXILIARIES[language]
    things = [word for word in words if not is_small(word.lower(), language)]
    named = any(word[0].isupper() for word in words[1:])
    return named or len(things) > (FEW if counted else 1)


def is_small(word: str, language: str) -> bool:
    """Whether a word, in lower case, carries no meaning of its own."""
    return (
        word in FUNCTION_WORDS[language]
        or word in QUESTION_WORDS[language]
        or word in AUXILIARIES[language]
        or word in POINTERS[language]
        or word in THINGS[language]
        or word in PREPOSITIONS
        or len(word) == 1
    )


def names_of(text: str) -> list[str]:
    """Runs of capitalised words, without small words that begin a question."""
    found: list[str] = []
    end = -1
    for match in WORD.finditer(text):
        word = match[0]
        small = word.lower() in ANY_FUNCTION_WORD or any(word.lower() in one for one in QUESTION_WORDS.values())
        if (
            word[0].isupper()
            and not small
            and not (match.start() == 0 and not _capitalised_next(text, match.end()))
        ):
            if text[end : match.start()] == " " and found:
                found[-1] += " " + word
            else:
                found.append(word)
            end = match.end()
    return found


def _capitalised_next(text: str, end: int) -> bool:
    """Whether the first word is a name: nothing follows it, or another capital."""
    rest = text[end:].strip(END)
    return not rest or rest[0].isupper()
