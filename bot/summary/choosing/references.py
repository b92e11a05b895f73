"""What the opening of a sentence points back at: "The ruling", "On the same day", "She also", a denial.

Editors chose such sentences hardly less often than others (``benchmarks/editors_choice.py``), and what they chose
is hard to read for it: so they are not marked down, but told behind the sentence that explains them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, takewhile

from bot.answer.disagreement.statements import ArticleSentence
from bot.answer.evidence.content import content_words
from bot.summary.choosing.roles import has_role
from bot.summary.choosing.voice import is_bare_quote
from index.text.antecedents import is_of_now
from index.text.calendar import month_names
from index.text.languages import table
from index.text.sentences import ends_sentence

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_NEAR = 8
"""Words of an opening that are looked at."""
_OPENS = 3
"""Words within which the noun begins that a sentence opens with: "Part of the money"."""
_NOUN = 2
"""Words of that noun that are looked for: the second is often the verb."""
_BRIEF = 6
"""Content words of a denial that hardly says what is denied."""


@dataclass(frozen=True, slots=True)
class Opening:
    """``goes_on``: with the sentence before. ``noun``: the stems of what is taken as known, if it is one."""

    goes_on: bool
    noun: frozenset[str] = frozenset()


def opening_of(one: ArticleSentence) -> Opening:
    """What the first words of ``one`` take as known, as the closed-class words of its language tell."""
    language = one.article.language
    words = [found[0] for found in islice(_WORD.finditer(one.text), _NEAR)]
    small = [word.casefold() for word in words]
    brief = has_role(one, "denial") and len(one.words) <= _BRIEF
    if one.leans or brief:
        return Opening(True)
    pointing, definite = _words(language, "demonstrative"), _words(language, "definite")
    for place, word in enumerate(small[:_OPENS]):
        if word in pointing | definite and not is_of_now(" ".join(small[place:])):
            behind = words[place + 1 :]
            if behind and behind[0].casefold() in _words(language, "comparing"):
                return Opening(True)
            noun = _noun(behind, language)
            return Opening(word in pointing and bool(noun), noun)
    return Opening(False)


def _noun(words: Sequence[str], language: str | None) -> frozenset[str]:
    """The stems of the noun that ``words`` begin with; empty for a name, and where a phrase behind explains it."""
    known = _words(language, "words")
    names = language != "de"  # where all nouns have capitals, these show no name
    noun = list(takewhile(lambda word: word.casefold() not in known, words))
    explained = any(word.casefold() in _words(language, "explaining") for word in words[len(noun) :][:1])
    is_name = names and any(word[0].isupper() for word in noun[:_NOUN])
    is_month = any(word.casefold() in month_names(language) for word in noun[:1])
    return frozenset() if explained or is_name or is_month else frozenset(content_words(" ".join(noun[:_NOUN])))


def needed_before(
    one: ArticleSentence, own: Sequence[ArticleSentence], told: Sequence[ArticleSentence]
) -> ArticleSentence | None:
    """The sentence that has to be told before ``one`` for its opening to be understood; None if there is none.

    It is the last that has the noun; or the one right before, as where a noun stands for what that tells ("the
    killing"). ``own``: the statements of its article in order; ``told``: what is told before.
    """
    place = next((n for n, each in enumerate(own) if each.order == one.order), 0)
    opening = opening_of(one)
    if not place or any(own[place - 1].text in each.text for each in told):
        return None
    known = frozenset(content_words(one.article.title)).union(*(each.words for each in told))
    if not opening.noun.isdisjoint(known):
        return None
    if not (opening.goes_on or opening.noun):
        return None
    having = [] if opening.goes_on else [each for each in own[:place] if opening.noun & each.words]
    before = having[-1] if having else own[place - 1]
    return before if _explains(before) and (having or _next_to(before, one)) else None


def points_back(one: ArticleSentence, known: frozenset[str] = frozenset()) -> bool:
    """Whether ``one`` opens on what it takes as known, and neither the title nor ``known`` words tell."""
    opening = opening_of(one)
    told = known.union(content_words(one.article.title))
    return opening.goes_on or bool(opening.noun and opening.noun.isdisjoint(told))


def goes_on_alone(one: ArticleSentence, own: Sequence[ArticleSentence], told: Sequence[ArticleSentence]) -> bool:
    """Whether ``one`` goes on with the sentence before it in its article ``own``, and that is not ``told``."""
    place = next((n for n, each in enumerate(own) if each.order == one.order), 0)
    return bool(place) and opening_of(one).goes_on and not any(own[place - 1].text in each.text for each in told)


def _explains(one: ArticleSentence) -> bool:
    """Whether a sentence can be told in front of another: it is whole, stands alone, and isn't mere speech."""
    return ends_sentence(one.text) and not (one.leans or is_bare_quote(one))


def _next_to(one: ArticleSentence, following: ArticleSentence) -> bool:
    """Whether nothing but white space is between two statements: a heading, for one, begins another matter."""
    text, end = one.hit.passage.text, one.start + len(one.text)
    if one.hit.passage.id == following.hit.passage.id:
        return not text[end : following.start].strip()
    return not text[end:].strip() and not following.start


@cache
def _words(language: str | None, name: str) -> frozenset[str]:
    return frozenset((table(language, "small") or table("en", "small")).get(name, "").split())
