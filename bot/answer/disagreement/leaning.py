"""Which sentences only the one before explains: "It opens on Monday"; "A welder by training, he warned of it"."""

from __future__ import annotations

import re
from functools import cache

from index.text.calendar import month_names, weekday_names
from index.text.languages import table

# "It is raining", "There were floods" and "This week" lean on nothing; "It is the second crossing" does.
_STANDS = re.compile(
    r"(?:it (?:is|was|will)(?! (?:be )?(?:the|a|an|its|his|her|their|one|another|now|also|still|not)\b)"
    r"|there (?:is|are|was|were|will)|both [^\W\d_]+ and|il (?:y a|faut))\b"
    r"|(?:this|dit|deze|diese[rsn]?|est[ea]|ce|cet|cette) (?:day|week|month|year|morning|evening|summer|winter|"
    r"spring|autumn|jaar|maand|woche|monat|jahr|semana|mes|año|semaine|mois|année)\b",
    re.IGNORECASE,
)
_ENDS_POINTING = re.compile(r"\b(?:this|that|dit|dat|das|dies|esto|eso|cela|ça)[.!?]?$", re.IGNORECASE)
_OPENING_MARKS = "\"“„«‘'( "
_QUOTATION = re.compile(r'"[^"]*(?:"|$)|“[^”]*(?:”|$)|„[^“”]*(?:[“”]|$)|«[^»]*(?:»|$)')
_WORD = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(
    r"\b(?:the|an?|d[eo]r|die|das|de[nms]|ein\w*|de|het|een|l[aeo]s?|une?|el|un[ao]s?)\b", re.IGNORECASE
)
_OPENING = re.compile(r"[^,;:.!?\"“„«]{2,60}")
_AFTER_THE_VERB = 5
"""Words of an opening, and its verb, behind which the person stands: "Im Januar hatte sie"."""


def leans(sentence: str, language: str | None) -> bool:
    """Whether ``sentence`` points at something that only the one before it explains.

    It begins or ends with such a word; or a person is meant, before anybody is named, by whom or of whom it tells.
    """
    if _ENDS_POINTING.search(sentence):
        return True
    text = sentence.lstrip(_OPENING_MARKS)
    first = re.match(r"[^\W\d_]*", text)
    if first and first.group().lower() in _words(language, "leaning"):
        return not _STANDS.match(text)
    return _says_somebody(sentence, language) or _of_somebody(text, language)


def _says_somebody(sentence: str, language: str | None) -> bool:
    """Whether all that it has beside a quotation is "he added", or a verb alone."""
    if not _QUOTATION.match(sentence):
        return False
    around = _WORD.findall(_QUOTATION.sub(" ", sentence))
    if not around or not around[0][0].islower():
        return False
    who = around[1:3] if around[1:2] == ["t"] else around[1:2]  # ajoute-t-elle
    return len(around) == 1 or bool({around[0], *who} & _words(language, "persons"))


def _of_somebody(text: str, language: str | None) -> bool:
    """Whether a person stands right behind an opening in which nobody and nothing else is named."""
    persons, openers = _words(language, "persons"), _words(language, "openers")
    found = _OPENING.match(text)
    if not found:
        return False
    if openers:
        words = found[0].split()[: _AFTER_THE_VERB + 1]
        place = next((n for n, word in enumerate(words) if n > 1 and word in persons), None)
        opening = " ".join(words[:place])
        if place is None or words[0].lower() not in openers:
            return False
    else:
        opening = found[0]
        behind = text[found.end() :]
        person = _WORD.match(behind.removeprefix(", ")) if behind.startswith(", ") else None
        if not person or person[0] not in persons or _STANDS.match(behind[2:]):
            return False
    return not _names_something(opening, language)


def _names_something(opening: str, language: str | None) -> bool:
    """Whether an opening has an article behind its first word, or a name, in a language that shows names."""
    first, _, rest = opening.partition(" ")
    if _ARTICLE.search(rest):
        return True
    calendar = {*month_names(language), *weekday_names(language)}
    named = (word for word in _WORD.findall(rest) if word[0].isupper() and word.casefold() not in calendar)
    return language != "de" and any(named)


@cache
def _words(language: str | None, name: str) -> frozenset[str]:
    return frozenset((table(language, "small") or table("en", "small")).get(name, "").split())
