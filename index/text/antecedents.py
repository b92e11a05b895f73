"""Which sentences only the one before explains: "It opens on Monday"; "A welder by training, he warned of it"."""

from __future__ import annotations

import re
from functools import cache

from index.text.calendar import month_names, weekday_names
from index.text.languages import table

_NOW = (
    r"(?:this|dit|deze|diese[rsn]?|est[ea]|ce|cet|cette) (?:day|week|month|year|morning|evening|summer|winter|"
    r"spring|autumn|jaar|maand|woche|monat|jahr|semana|mes|año|semaine|mois|année)\b"
)
_OF_NOW = re.compile(_NOW, re.IGNORECASE)
# "It is raining", "There were floods" and "This week" lean on nothing; "It is the second crossing" does.
_STANDS = re.compile(
    r"(?:it(?: is|['’]s| was| will)(?! (?:be )?(?:the|a|an|its|his|her|their|one|another|now|also|still|not)\b)"
    r"|there (?:is|are|was|were|will)|both [^\W\d_]+ and|il (?:y a|faut))\b"
    rf"|{_NOW}",
    re.IGNORECASE,
)
_ENDS_POINTING = re.compile(r"\b(?:this|that|dit|dat|das|dies|esto|eso|cela|ça)[.!?]?$", re.IGNORECASE)
_BEGINS_SMALL = re.compile(r"[a-zß-öø-ÿ][a-zß-öø-ÿ’']*[\s,;]")
"""A sentence that an unmeant full stop cut: "help of her dog." But "iPhones" and "e.on" are names."""
_OPENING_MARKS = "\"“„«‘'( "
_QUOTATION = re.compile(r'"[^"]*(?:"|$)|“[^”]*(?:”|$)|„[^“”]*(?:[“”]|$)|«[^»]*(?:»|$)')
_WORD = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(
    r"\b(?:the|an?|d[eo]r|die|das|de[nms]|ein\w*|de|het|een|l[aeo]s?|une?|el|un[ao]s?)\b", re.IGNORECASE
)


def leans(sentence: str, language: str | None) -> bool:
    """Whether ``sentence`` points at something that only the one before it explains.

    It begins or ends with such a word, or is the rest of a sentence; or a person is meant by whom or of whom it
    tells, before anybody is named.
    """
    if _ENDS_POINTING.search(sentence) or _BEGINS_SMALL.match(sentence):
        return True
    text = sentence.lstrip(_OPENING_MARKS)
    first = re.match(r"[^\W\d_]*", text)
    if first and first.group().lower() in _words(language, "leaning"):
        return not _STANDS.match(text)
    return _says_somebody(sentence, language) or _of_somebody(text, language)


def points_back(text: str, language: str | None) -> bool:
    """Whether a word of ``text`` may mean something that was told before: "it", "their", "that"."""
    return not _words(language, "leaning").isdisjoint(word.casefold() for word in _WORD.findall(text))


def is_of_now(text: str) -> bool:
    """Whether ``text`` begins with "this week" or the like, which needs no sentence before it."""
    return bool(_OF_NOW.match(text))


def is_quotation(sentence: str) -> bool:
    """Whether ``sentence`` has no word beside what it quotes."""
    return not _WORD.search(without_quotations(sentence))


def without_quotations(sentence: str) -> str:
    """``sentence`` with nothing in place of what it quotes."""
    return _QUOTATION.sub(" ", sentence)


def is_within_quotation(text: str, start: int) -> bool:
    """Whether a quotation that its paragraph opens before goes on where ``start`` stands in ``text``."""
    begins, end = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    paragraph = text[begins : end if end >= 0 else len(text)]
    return any(
        found.start() < start - begins < found.end()
        for found in _QUOTATION.finditer(paragraph)
        if found[0][0] != '"' or found[0][1:].endswith('"')  # a mark of inches opens nothing
    )


def _says_somebody(sentence: str, language: str | None) -> bool:
    """Whether all that it has beside a quotation is "he added", or a verb alone."""
    if not _QUOTATION.match(sentence):
        return False
    around = _WORD.findall(without_quotations(sentence))
    if not around or not around[0][0].islower():
        return False
    who = around[1:3] if around[1:2] == ["t"] else around[1:2]  # ajoute-t-elle
    return len(around) == 1 or bool({around[0], *who} & _words(language, "persons"))


def _of_somebody(text: str, language: str | None) -> bool:
    """Whether a person stands right behind an opening in which nobody and nothing else is named."""
    found = _person_behind(language).match(text)
    if not found or _STANDS.match(text, found.start("person")) or _ARTICLE.search(found["opening"]):
        return False
    calendar = {*month_names(language), *weekday_names(language)}
    named = (
        word for word in _WORD.findall(found["opening"]) if word[0].isupper() and word.casefold() not in calendar
    )
    return language == "de" or not any(named)  # where all nouns have capitals, these show no name


@cache
def _person_behind(language: str | None) -> re.Pattern[str]:
    """An opening (apart from its first word) with the person behind it: "In 2019, she", "Im Januar hatte sie"."""
    persons, openers = ("|".join(_words(language, name)) or "(?!)" for name in ("persons", "openers"))
    if _words(language, "openers"):  # the verb stands before the person
        return re.compile(rf"(?i:{openers})(?P<opening>(?: [^\s,;:.!?\"“„«]+){{1,4}}?) (?P<person>{persons})\b")
    return re.compile(rf"\w+(?P<opening>[^,;:.!?\"“„«]{{0,60}}), (?P<person>{persons})\b")


@cache
def _words(language: str | None, name: str) -> frozenset[str]:
    return frozenset((table(language, "small") or table("en", "small")).get(name, "").split())
