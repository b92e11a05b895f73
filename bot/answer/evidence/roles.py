"""Tells "A beat B" from "B beat A": who stands before a verb, and who behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answer.evidence.facts import content_words, stem
from bot.answer.evidence.lexicon import IRREGULAR, MUTUAL, REPORTING
from index.text.names import name_key

_CLAUSE = re.compile(r"[,;:](?=\s)|[.!?](?=\s|$)|\b(?:and|but|while|which)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_REACH = 4
"""Content words before and behind a verb that are looked at."""
_BE = frozenset("was were is are been being be werd werden wordt worden wurde wurden wird fue fueron".split())
_AUXILIARY = frozenset("has have had will would can could may might must did does to".split())
_VERB = re.compile(rf"\w{{3,}}ed|{'|'.join(word for word in IRREGULAR if not word.endswith('s'))}", re.IGNORECASE)
_BY = frozenset("by door von por".split())
_ASIDE = re.compile(r", ((?:[^\s,;:.!?]+ ){0,3}[^\s,;:.!?]+),")
_RELATIVE = re.compile(r", (?:who|which)(?! (?:the|a|an|its|his|her|their|he|she|they|it|we)\b)", re.IGNORECASE)
_BEFORE_NOUNS = frozenset(
    "the a an its his her their our this that in of on at for with de het een der die das dem den ein eine el "
    "la los las "
    "un una del en van von im am".split()
)
_FROM_TO = re.compile(
    r"\b(?:from|van|von|aus|de|desde)\s+(?:the\s+)?(?P<source>[\w.,%]*\w)(?:\s+\w+){0,2}?\s+"
    r"(?:to|naar|nach|a|hasta)\s+(?:the\s+)?(?P<target>[\w.,%]*\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Roles:
    """What stands on the side of the doer and of the done-to of a verb, as stems."""

    verb: str
    doers: frozenset[str]
    others: frozenset[str]
    surely: bool
    """Whether the form of the word tells that it is a verb; English only."""


def swapped_roles(sentence: str, quoted: str) -> Iterator[str]:
    """The verbs on whose sides the two texts have the same parties the other way round, or another doer."""
    theirs, told = list(_roles(quoted)), set(content_words(quoted))
    for mine in _roles(sentence):
        for other in theirs:
            if mine.verb != other.verb:
                continue
            doers = (mine.doers & other.others) - other.doers - mine.others
            done_to = (mine.others & other.doers) - other.others - mine.doers
            if (doers and done_to) or _exchanged(mine, other, told):
                yield f"who did what to whom ({mine.verb})"
                return
    for mine_way in _FROM_TO.finditer(sentence):
        for way in _FROM_TO.finditer(quoted):
            if _plain(mine_way["source"]) == _plain(way["target"]) and _plain(mine_way["target"]) == _plain(
                way["source"]
            ):
                yield f"{mine_way.group()} (the quote has it the other way round)"


def _exchanged(mine: _Roles, other: _Roles, told: set[str]) -> bool:
    """Whether the doer isn't the quote's but another that it tells of; what is done is the quote's."""
    return bool(
        mine.surely
        and not mine.doers & other.doers
        and mine.doers
        and other.doers
        and mine.doers <= told
        and mine.others & (other.others | other.doers)
    )


def _plain(word: str) -> str:
    return stem(word) if word.isalpha() else word


def _roles(text: str) -> Iterator[_Roles]:
    for clause in _CLAUSE.split(_ASIDE.sub(r" \1 ", _RELATIVE.sub(" ", text))):
        words = _WORD.findall(clause)
        content = [(place, stems[0]) for place, word in enumerate(words) if (stems := content_words(word))]
        for index, (place, verb) in enumerate(content):
            word = words[place]
            if not 0 < index < len(content) - 1 or verb in MUTUAL or not _may_be_verb(words, place):
                continue
            parties = [
                (at, name)
                for at, name in content
                if not (words[at].endswith("ly") or words[at].casefold() in _PREPOSITIONS)
            ]
            before = frozenset([name for at, name in parties if at < place and not _adjunct(words, at)][-_REACH:])
            behind = frozenset([name for at, name in parties if at > place][:_REACH])
            lower = [other.casefold() for other in words]
            by = bool(_BY & set(lower[place + 1 : place + 3]))
            if not by and _BE & set(lower[max(0, place - 2) : place]) and not word.endswith("ing"):
                continue  # "the road was cleared": nobody is named who did it
            passive = by and bool(_BE & set(lower[:place]))
            surely = bool(_VERB.fullmatch(word)) or bool(_AUXILIARY & set(lower[max(0, place - 2) : place]))
            yield _Roles(verb, *((behind, before) if passive else (before, behind)), surely)


def _adjunct(words: list[str], place: int) -> bool:
    """Whether a preposition governs the word at ``place``: "in March", "from the yard"."""
    while place > 0 and (words[place - 1].casefold() in _DETERMINERS or words[place - 1].isdigit()):
        place -= 1
    return place > 0 and words[place - 1].casefold() in _PREPOSITIONS


def _may_be_verb(words: list[str], place: int) -> bool:
    word = words[place]
    noun = word[0].isupper() or word.endswith(("'s", "’s")) or words[place - 1].casefold() in _BEFORE_NOUNS
    return not noun and word.casefold() not in REPORTING


def swapped_names(sentence: str, quoted: str) -> bool:
    """Whether the first two names that both texts have stand in opposite order; for texts in two languages.

    Names behind a preposition are places as often as parties and don't count.
    """
    ours, theirs = _parties(sentence), _parties(quoted)
    common = [one for one in ours if any(_same_name(one, other) for other in theirs)]
    order = [next(place for place, other in enumerate(theirs) if _same_name(one, other)) for one in common]
    passive = [bool(_BE & words and _BY & words) for words in (_lowered(sentence), _lowered(quoted))]
    return len(order) == 2 and (order[0] > order[1]) != (passive[0] != passive[1])


def _parties(text: str) -> list[frozenset[str]]:
    """The names in ``text`` that no preposition stands before, each run of capitals as one."""
    runs: list[frozenset[str]] = []
    for match in _RUN.finditer(text):
        before = re.findall(r"\w+", text[: match.start()])[-1:]
        key = frozenset(name_key(word) for word in _WORD.findall(match.group()))
        if not (before and before[0].casefold() in _PREPOSITIONS) and key not in runs:
            runs.append(key)
    return runs


def _same_name(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one & other)


def _lowered(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(text)}


_RUN = re.compile(r"[^\W\d_a-zß-öø-ÿ][\w'’-]+(?: [^\W\d_a-zß-öø-ÿ][\w'’-]+)*")
_DETERMINERS = frozenset("the a an its his her their de het een der die das dem den el la los las un una".split())
_PREPOSITIONS = frozenset(
    "vanaf seit sinds since during after before in at on of from to near for with into off by bij te op naar "
    "uit van voor met aus bei nach von im am zu für mit "
    "en a del desde hasta con por para".split()
)
