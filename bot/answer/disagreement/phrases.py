"""Causes, names and places: what a sentence answers to why, who and where, and whether two answers differ.

Other words are not yet another answer, so each article must say nothing of what the other one gives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.answer.disagreement.statements import Statement
from bot.answer.disagreement.story import kin, mentioned, name_words, places, telling_words
from bot.answer.evidence.attribution import sources
from bot.answer.evidence.facts import content_words, is_negation, language_of, plain_letters
from bot.answer.evidence.lexicon import MONTHS, RELATIVE_DAYS, WEEKDAYS
from bot.answer.evidence.meaning import clauses
from bot.answer.evidence.synonyms import groups
from bot.answer.evidence.wording import classes, find
from index.text.names import name_key

_CAUSING = classes(
    en="caused,causes,triggered,sparked,set off,knocked out,made it necessary,and so,made,killed,led to,"
    "brought down,brought about,was the cause,is to blame,"
    "was to blame,are to blame,was behind,is behind",
    nl="veroorzaakte,leidde tot,was de oorzaak,is de oorzaak",
    de="verursachte,löste,auslöste,hat den,war die ursache,ist die ursache,war der grund",
    es="causó,provocó,ha causado,ha provocado,fue la causa,es la causa",
)
"""The cause stands before."""
_CAUSED_BY = classes(
    en="because of,because,due to,owing to,caused by,triggered by,sparked by,killed by,died of,died from,"
    "as a result of,on account of,blamed on,started in,started with,broke out in,stems from,attributed to,down to,"
    "the reason is,the reason was,the cause is,the cause was,brought down by,for reasons of,thanks to",
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
_SAME_CAUSE = 0.92
"""Cosine of multilingual-e5-small from which two causes may be one: "heavy rain", "the downpour"."""
_NEAR = 4
"""Words that make up an answer."""
_TIMES = frozenset(
    {*MONTHS, *WEEKDAYS, *RELATIVE_DAYS}
    | set(
        "morning afternoon evening night midnight noon weekend weekends day days hour hours week weeks month "
        "months year years time supper end".split()
    )
)
_DOES, _NAMED = 0.04, 0.1
"""How much closer a sentence counts that has a word for what is asked; that names a place."""
_NAMES = re.compile(
    r"(?P<of>\b(?:[Tt]he|[Aa]n?|[Dd]e|[Hh]et|[Dd]er|[Dd]ie|[Dd]as|[Ee]l|[Ll]a) "
    r"(?=(?:[A-ZÀ-Þ][\w'’-]* )+[a-zß-ÿ]))?"
    r"(?P<name>[A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+)*)"
)
"""A run of names; ``of``: it tells of which kind something is, as in "the Tern ferry"."""
_ON = re.compile(r"\b(?:on|op|auf|am) (?=[A-ZÀ-Þ])")
"""The choice may fall on somebody."""
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


def causes_given(question: str, one: Statement) -> list[tuple[Phrase, float]]:
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
                    return [(Phrase(" ".join(near), frozenset(content_words(" ".join(near)))), 0.0)]
    for meant in (_ON_PURPOSE, _BY_ACCIDENT):
        if found := find(meant, one.text, language):
            return [(Phrase(found[0].group(), frozenset(content_words(found[0].group()))), 0.0)]
    return []


def _tells(word: str, asked: Sequence[str]) -> bool:
    return bool(content_words(word)) and not kin(content_words(word)[0], asked)


def same_cause(one: Phrase, other: Phrase, articles: Articles) -> bool | None:
    """``same_phrase`` for causes, which can't be compared if they may mean the same."""
    return None if articles.cosine(one.text, other.text) >= _SAME_CAUSE else same_phrase(one, other, articles)


def names_given(question: str, one: Statement) -> list[tuple[Phrase, float]]:
    """Whom a sentence names as the one that the question asks for: names, or who else does it."""
    fit = _DOES * _tells_of_the_deed(question, one.text)
    known = {name_key(word) for word in _WORD.findall(question)} | said_by(one.text)
    told = _ON.sub(" ", one.text)
    located = {name_key(word) for where in places(told) for word in _WORD.findall(where)}
    written = set(name_words(one.text))
    runs = [match for match in _NAMES.finditer(one.text) if set(match["name"].split()) <= written]
    people = [
        match["name"].split()
        for match in runs
        if not match["of"] and not {name_key(word) for word in match["name"].split()} & (known | located)
    ]
    if people:
        return [(Phrase(" ".join(words), frozenset(map(plain_letters, words[-1:]))), fit) for words in people]
    asked = telling_words(question)
    for match in _WORD.finditer(one.text):
        stems = content_words(match.group())
        if not stems or not kin(stems[0], asked[:2]):
            continue
        by = _BY.search(one.text, match.end())
        before = clauses(one.text[: match.start()])[-1:]
        near = _WORD.findall(by["who"]) if by else _WORD.findall(before[0] if before else "")
        told_of = [word for word in near if word.casefold() not in _TIMES]
        doer = [word for word in told_of if _tells(word, content_words(question))][-_NEAR:]
        if doer:
            return [(Phrase(" ".join(doer), frozenset(content_words(" ".join(doer)))), fit)]
    return []


def _tells_of_the_deed(question: str, text: str) -> bool:
    """Whether a sentence has a word for what is asked: "won", where the question is who wins."""
    words = groups(content_words(text))
    return any(kin(word, words) for word in groups(telling_words(question)[:2]))


def places_given(question: str, one: Statement) -> list[tuple[Phrase, float]]:
    """Where a sentence says that something is: the places with a name, or else any."""
    asked = [*content_words(question), *said_by(one.text)]
    found = [word for where in places(one.text) for word in _WORD.findall(where) if _tells(word, asked)]
    found = [word for word in found if word.casefold() not in _TIMES]
    if hosting := find(_HOSTING, one.text, language_of(one.text)):
        found = name_words(f". {one.text[: hosting[0].start()]}")[-1:]
    named = [word for word in found if word[0].isupper()]
    if not found:
        return []
    fit = _DOES * _tells_of_the_deed(question, one.text) + _NAMED * bool(named)
    words = frozenset(content_words(" ".join(named or found)))
    return [(Phrase(" ".join(named or found), words), fit)] if words else []


def same_phrase(one: Phrase, other: Phrase, articles: Articles) -> bool | None:
    """Whether both give the same; None if they don't, but an article has words of what the other one gives."""
    if one.words & other.words:
        return True
    return None if _told(one.words, articles.there) or _told(other.words, articles.here) else False


def _told(words: frozenset[str], text: str) -> bool:
    """Whether ``text`` says one of ``words`` (stems) itself: not where it denies it, or tells what others say."""
    return any(
        mentioned(words, sentence)
        and not any(map(is_negation, _WORD.findall(sentence)))
        and not find(REJECTING, sentence, language_of(sentence))
        for sentence in _SENTENCE.findall(text)
    )


def said_by(text: str) -> set[str]:
    """The keys of the names of those who say it."""
    return {word for source in sources(text) for word in source.words}
