"""Words for one thing: those that name the same count, and those that tell the same kind of event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.answer.evidence.facts import stem
from bot.answer.evidence.wording import find, pattern

SAME_COUNT = (
    frozenset(map(stem, "dead killed die died dies deaths fatalities lives bodies victims perished".split())),
    frozenset(map(stem, "injured wounded hurt injuries hospital hospitalised injuring".split())),
    frozenset(map(stem, "arrested detained custody arrests".split())),
    frozenset(map(stem, "missing unaccounted".split())),
    frozenset(map(stem, "rescued saved".split())),
    frozenset(map(stem, "trapped stuck".split())),
    frozenset(map(stem, "homes houses households properties dwellings".split())),
    frozenset(map(stem, "jobs workers employees staff posts positions".split())),
    frozenset(map(stem, "people persons residents visitors spectators guests attended attendance crowd".split())),
    frozenset(map(stem, "cost costs price budget paid spend bill worth fee".split())),
    frozenset(map(stem, "doden omgekomen gestorven slachtoffers dood gedood".split())),
    frozenset(map(stem, "tote getötet gestorben ums opfer toten".split())),
    frozenset(map(stem, "muertos fallecidos murieron víctimas muertas".split())),
)
EVENTS = tuple(
    {"en": pattern(listed)}
    for listed in (
        "clos*,shut*,shutdown",
        "resign*,step down,stepped down,steps down,stepping down,quit,quits,left office,leave office",
        "sack,sacks,sacked,fired,dismiss*,laid off,lay off,lays off,layoff*,redundan*",
        "arrest*,detain*,custody,jail*,imprison*,behind bars",
        "sue,sues,sued,suing,lawsuit*,court,claim*,legal action",
        "apolog*,sorry,regret*",
        "confirm*,verif*,acknowledg*,admit*,checked",
        "bought,buy,buys,buying,purchas*,acqui*,takeover,take over,took over,sold,sell*,sale,sales",
        "steal*,stole,stolen,theft*,thief,thieves,robb*,loot*",
        "evacuat*,fled,flee*,brought to safety,left their,leave their",
        "bankrupt*,insolven*,receivership",
        "strike*,striking,walkout*,walked out,stoppage*,work stop*",
        "explo*,blast*,blew up,blow up,detonat*,burst*",
        "collaps*,fell down,gave way,caved in,came down,bring down,brought down",
        "crash*,collid*,collision*,ran into,hit,hits,struck,derail*",
        "married,marri*,wed,weds,wedding",
        "elect,elects,elected,election*,vote*,voting,chosen",
        "vaccin*,jab,jabs,inject*,dose*,shot,shots",
        "negotiat*,talks,talk,bargain*",
        "sign,signs,signed,signature*,signing",
        "investigate,investigates,investigated,investigating,investigation*,inquir*,enquir*,prob*,looking into,"
        "look into,examin*",
        "appeal*,contest*",
    )
)
"""What happens, by the words that tell it. An event told in none of its words isn't told."""
_OF_TWO_MINDS = pattern(
    "dismiss*,hit,hits,struck,shot,shots,court,claim*,sale,sales,dose*,talk,talks,prob*,sign,signs,chosen,burst*"
)
"""Words that tell other things as well: they can stand for an event, but don't show that there is one."""


def groups(words: Iterable[str]) -> set[str]:
    """``words`` (stems), where those that name the same count are one."""
    return {_GROUPS.get(word, word) for word in words}


_GROUPS = {word: f"={number}" for number, group in reversed(list(enumerate(SAME_COUNT))) for word in group}
"""The first group of each word that is in one; names so short are taken for forms of no other (``story.kin``)."""
OUTCOMES = groups(
    map(
        stem, "dead injured arrested missing rescued trapped doden gewonden tote verletzte muertos heridos".split()
    )
)
"""What may become of people; who is told to be one isn't counted for another."""


def same_event(word: str, heard: str) -> bool:
    """Whether an English ``word`` tells an event that ``heard`` tells too, in whichever of its words."""
    return any(find(event, word, "en") and find(event, heard, "en") for event in EVENTS)


def untold_events(sentence: str, heard: str) -> Iterator[str]:
    """The events that an English ``sentence`` tells, and ``heard`` has no word for."""
    for event in EVENTS:
        told = [
            match.group() for match in find(event, sentence, "en") if not _OF_TWO_MINDS.fullmatch(match.group())
        ]
        if told and not find(event, heard, "en"):
            yield f"{told[0]} (the passage never tells of it)"
