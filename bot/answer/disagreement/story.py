"""Whether two texts tell of one thing, as far as their names and words show it."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from itertools import pairwise

from bot.answer.evidence.facts import content_words, language_of, names, plain_letters, stem
from bot.answer.evidence.synonyms import groups
from index.text.names import name_key

_MOST = 0.7
"""The share of what a question asks, names aside, that an article about it has words for."""
_ENOUGH = 3
"""Words that a question must have for its names not to count."""
_IDLE = frozenset(
    map(stem, "many much long people persons viele wieviel hoeveel mensen menschen time personas".split())
)
_KIN = 4
"""Letters: words that begin alike are taken for forms of one word."""
_PREPOSITION = r"in|at|near|beside|off(?! from| by| to)|under|inside|outside|on|bei|op|bij|am|im|auf|en|sur"
_PLACE = re.compile(
    rf"\b(?:{_PREPOSITION})\s+"
    r"(?:(?:the|a|an|its|her|his|de|het|een|der|die|das|dem|den|el|la|los|las) )?"
    rf"(?P<filler>[^\W\d_][\w'’-]*(?:\s(?!(?:{_PREPOSITION})\b)[^\W\d_][\w'’-]*)?"
    r"(?:\s(?:of|de|van) [A-ZÀ-Þ][\w'’-]*)?)"
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def name_words(text: str) -> list[str]:
    """The names in ``text``, also the one it begins with where another follows it."""
    found = [name for name in names(text, language_of(text)) if not name.isupper()]
    first = _WORD.search(text)
    if first and first.group()[0].isupper() and re.match(r"\s[A-ZÀ-Þ]", text[first.end() : first.end() + 2]):
        found = [*found, first.group()]
    return found


@lru_cache(maxsize=256)  # many pairs of sentences are held against the same few articles
def name_keys(text: str) -> frozenset[str]:
    """The keys of the names in ``text``."""
    return frozenset(name_key(re.sub(r"['’]s?$", "", name)) for name in set(name_words(text)))


def places(text: str) -> list[str]:
    """What stands behind prepositions of place in ``text``, up to two words each."""
    return [match["filler"] for match in _PLACE.finditer(text)]


def kin(word: str, words: Collection[str]) -> bool:
    """Whether ``words`` (stems) hold a form of ``word``: "vote" and "voted", "winner" and "winning"."""
    return word in words or (len(word) >= _KIN and any(one[:_KIN] == word[:_KIN] for one in words))


def telling_words(question: str) -> list[str]:
    """The stems of what ``question`` asks, names aside."""
    named = set(names(question, language_of(question)))
    words = content_words(" ".join(word for word in _WORD.findall(question) if word not in named))
    return [word for word in words if word not in _IDLE]


def tells_of(question: str, text: str) -> bool:
    """Whether an article's ``text`` is about what ``question`` names.

    Of three names one may be missing. Any may be if the text has words for all that is asked.
    """
    runs = _name_runs(question)
    distinct = set(_WORD.findall(text))  # an article may be long
    keys = set(map(name_key, distinct)) if runs else set()
    if runs and sum(not _among(name_key(run[-1]), keys) for run in runs) <= len(runs) // 3:
        return True
    words, told = groups(telling_words(question)), groups(content_words(" ".join(distinct)))
    held = sum(kin(word, told) for word in words)
    if runs:
        return len(words) >= _ENOUGH and held == len(words)
    return held >= _MOST * len(words)


def of_another(question: str, sentence: str) -> bool:
    """Whether a sentence names something else that is called almost like what ``question`` names.

    "Norton Priory", where the question names Norton Abbey; or it happens in a place with another name.
    """
    runs = _name_runs(question)
    words = _WORD.findall(sentence)
    keys = {name_key(word) for word in words}
    if any(_among(name_key(run[-1]), keys) for run in runs):
        return False
    following = {name_key(one): two for one, two in pairwise(words) if one[0].isupper() and two[0].isupper()}
    return any(len(run) > 1 and name_key(run[0]) in following for run in runs)


def mentioned(words: Collection[str], text: str) -> bool:
    """Whether ``text`` has a form of one of ``words`` (stems)."""
    told = plain_letters(text)
    return any(re.search(rf"\b{re.escape(word[:_KIN])}", told) for word in words)


def _name_runs(question: str) -> list[list[str]]:
    """The names in ``question``; those that stand next to each other are one."""
    found: list[list[str]] = []
    known, end = set(names(question, language_of(question))), -1
    for match in _WORD.finditer(question):
        if match.group() not in known:
            continue
        if found and question[end : match.start()] == " ":
            found[-1].append(match.group())
        else:
            found.append([match.group()])
        end = match.end()
    return found


def _among(key: str, keys: Collection[str]) -> bool:
    """Whether ``keys`` hold ``key``, or it with an ending more or less."""
    longer = [one for one in keys if len(one) > _KIN]
    return key in keys or (len(key) > _KIN and any(one.startswith(key) or key.startswith(one) for one in longer))
