"""Causes, names and places: what a sentence answers to why, who and where, and whether two answers differ.

Other words are not yet another answer, so each article must say nothing of what the other one gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answer.attribution import sources
from bot.answer.facts import content_words, is_negation, language_of, plain_letters
from bot.answer.lexicon import MONTHS
from bot.answer.meaning import clauses
from bot.answer.statements import Statement
from bot.answer.story import kin, mentioned, name_words, places, telling_words
from bot.answer.synonyms import groups
from bot.answer.wording import classes, find
from index.names import name_key

_CAUSING = classes(
    en="caused,causes,triggered,sparked,made,killed,led to,brought down,brought about,was the cause,is to blame,"
    "was to blame,are to blame,was behind,is behind",
    nl="veroorzaakte,leidde tot,was de oorzaak,is de oorzaak",
    de="verursachte,löste,auslöste,hat den,war die ursache,ist die ursache,war der grund",
    es="causó,provocó,ha causado,ha provocado,fue la causa,es la causa",
)
"""The cause stands before."""
_CAUSED_BY = classes(
    en="because of,because,due to,owing to,caused by,triggered by,sparked by,killed by,died of,died from,"
    "as a result of,on account of,blamed on,brought down by,for reasons of,thanks to",
    nl="omdat,doordat,vanwege,wegens,veroorzaakt door,als gevolg van,door",
    de="weil,wegen,aufgrund,infolge,verursacht durch,ausgelöst durch,durch",
    es="porque,debido a,a causa de,por culpa de,causado por,causada por,provocado por,provocada por",
)
"""The cause stands behind."""
_ON_PURPOSE = classes(
    en="on purpose,deliberate,deliberately,intentional*,arson,sabotage*",
    nl="opzettelijk,met opzet,aangestoken,brandstichting,sabotage",
    de="absichtlich,vorsätzlich,gelegt,brandstiftung,sabotage",
    es="intencionad*,a propósito,provocado,sabotaje",
)
_BY_ACCIDENT = classes(
    en="an accident,accidental*,by mistake,technical fault,technical defect",
    nl="een ongeluk,per ongeluk,technisch defect",
    de="ein unfall,versehentlich,technischer defekt",
    es="un accidente,accidental*,por error",
)
_HOSTING = classes(
    en="host,hosts,hosted,to host", nl="ontvangt,gastheer van", de="richtet,gastgeber", es="acoge*,acogerá,sede"
)
"""The place stands before."""
REJECTING = classes(
    en="reject*,dismiss*,contradict*,disput*,rumour*,nonsense",
    nl="verwerp*,verwierp*,tegensprak,spreekt tegen,gerucht*,onzin",
    de="weist*,wies,zurückgewiesen,widersprach,widerspricht,gerücht*,unsinn",
    es="rechaz*,desmiente*,desmintió,rumor*",
)
"""Words about somebody else's claim, which then isn't the sentence's own."""
_SAME_CAUSE = 0.87
"""Cosine of multilingual-e5-small from which two causes may be one: "heavy rain", "the downpour"."""
_NEAR = 4
"""Words that make up an answer."""
_NAMED, _PLACED = 1 / 3, 1 / 4
"""The least share of what is asked that a sentence must have words for, to say who or where."""
_BY = re.compile(r"\b(?:by|door|von|por)\s(?P<who>(?:[\w'’-]+ ?){1,4})")
_SENTENCE = re.compile(r"[^.!?\n]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Articles:
    """The texts of the two articles that values are from, and how close texts are in meaning."""

    here: str
    there: str
    cosine: Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a sentence that answer a question, and what they are recognised by in another text."""

    text: str
    words: frozenset[str]


def cause(question: str, one: Statement) -> Phrase | None:
    """What a sentence gives as a cause: the words before "caused", behind "because of"."""
    asked = content_words(question)
    language = language_of(one.text)
    for clause in clauses(one.text):
        for cues, behind in ((_CAUSED_BY, True), (_CAUSING, False)):
            for cue in find(cues, clause, language):
                part = clause[cue.end() :] if behind else clause[: cue.start()]
                words = [word for word in _WORD.findall(part) if _tells(word, asked)]
                near = words[:_NEAR] if behind else words[-_NEAR:]
                if near:
                    return Phrase(" ".join(near), frozenset(content_words(" ".join(near))))
    for meant in (_ON_PURPOSE, _BY_ACCIDENT):
        if found := find(meant, one.text, language):
            return Phrase(found[0].group(), frozenset(content_words(found[0].group())))
    return None


def _tells(word: str, asked: Sequence[str]) -> bool:
    return bool(content_words(word)) and not kin(content_words(word)[0], asked)


def other_cause(one: Phrase, other: Phrase, articles: Articles) -> bool | None:
    """``other_phrase`` for causes, which must not mean the same either."""
    if articles.cosine(one.text, other.text) >= _SAME_CAUSE:
        return None
    return other_phrase(one, other, articles)


def name(question: str, one: Statement) -> Phrase | None:
    """Whom a sentence names as the one that the question asks for: a name, or who else does it."""
    asked = telling_words(question)
    if not _speaks_of(asked, one.text, _NAMED):
        return None
    known = {name_key(word) for word in _WORD.findall(question)}
    named = [name for name in name_words(one.text) if name_key(name) not in known | said_by(one.text)]
    if named:
        return Phrase(" ".join(named), frozenset(map(plain_letters, named)))
    for match in _WORD.finditer(one.text):
        stems = content_words(match.group())
        if not stems or not kin(stems[0], asked[:2]):
            continue
        by = _BY.search(one.text, match.end())
        before = clauses(one.text[: match.start()])[-1:]
        near = _WORD.findall(by["who"]) if by else _WORD.findall(before[0] if before else "")
        doer = [word for word in near if _tells(word, content_words(question))][-_NEAR:]
        if doer:
            return Phrase(" ".join(doer), frozenset(content_words(" ".join(doer))))
        return None
    return None


def _speaks_of(asked: Sequence[str], text: str, share: float) -> bool:
    """Whether a sentence has words for that ``share`` of what is asked, names aside."""
    words = groups(content_words(text))
    return sum(kin(word, words) for word in groups(asked)) >= share * len(asked)


def place(question: str, one: Statement) -> Phrase | None:
    """Where a sentence says that something is."""
    asked = content_words(question)
    if not _speaks_of(asked, one.text, _PLACED):
        return None
    found = [word for where in places(one.text) for word in _WORD.findall(where) if _tells(word, asked)]
    found = [word for word in found if word.casefold() not in MONTHS]
    if hosting := find(_HOSTING, one.text, language_of(one.text)):
        found += [name for name in name_words(f". {one.text[: hosting[0].start()]}")[-1:] if _tells(name, asked)]
    return Phrase(" ".join(found), frozenset(content_words(" ".join(found)))) if found else None


def other_phrase(one: Phrase, other: Phrase, articles: Articles) -> bool | None:
    """Whether neither article has a word of what the other gives; not, if both give the same."""
    if one.words & other.words:
        return False
    return not (_told(one.words, articles.there) or _told(other.words, articles.here)) or None


def _told(words: frozenset[str], text: str) -> bool:
    """Whether ``text`` says one of ``words`` (stems) itself: not where it denies it, or tells what others say."""
    return any(
        mentioned(words, sentence)
        and not any(map(is_negation, _WORD.findall(sentence)))
        and not sources(sentence)
        and not find(REJECTING, sentence, language_of(sentence))
        for sentence in _SENTENCE.findall(text)
    )


def said_by(text: str) -> set[str]:
    """The keys of the names of those who say it."""
    return {word for source in sources(text) for word in source.words}
