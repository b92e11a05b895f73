"""Makes a follow-up a question that stands on its own, by rule: from the small words in it, and the last turn.

The rules keep the follow-up's own words. A fragment ("And in Dnipro?") takes the place of its like in the last
question; a question that lacks its subject ("How many tanks?") gets that of the last question in parentheses;
"he", "she" and "there" become the name they stand for. Ellipsis and anaphora as in Dalton et al., TREC CAsT 2019.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.answer.answer import Answer
from bot.answer.evidence.lexicon import MONTHS, WEEKDAYS
from bot.answer.question.anaphora import (
    ARTICLES,
    AUXILIARIES,
    PERSONS,
    PLACE_PREPOSITIONS,
    PLACES,
    POSSESSIVES,
    PREPOSITIONS,
    QUESTION_WORDS,
    TELLING,
)
from bot.answer.question.follow_up import (
    END,
    FEW,
    WORD,
    is_fragment,
    is_small,
    language_of,
    names_of,
    points_back,
    without_opening,
    words_of,
)
from bot.answer.question.turn import Turn

_CONTEXT = re.compile(r"^(.*?)\s*\(([^()]*)\)$")
_LONGEST_CONTEXT = 16
_LONGEST_ANSWER = 600


def turn_of(answer: Answer) -> Turn | None:
    """What a conversation keeps of a finished ``answer``; nothing of chatter, which nobody goes on from."""
    if not answer.is_rated:
        return None
    text = " ".join(sentence.text for sentence in answer.sentences)[:_LONGEST_ANSWER]
    titles = tuple(dict.fromkeys(citation.title for citation in answer.citations))
    return Turn(answer.question, answer.standalone or answer.subject or answer.question, text, titles)


def standalone(question: str, turns: Sequence[Turn]) -> str | None:
    """The question as one who did not hear ``turns`` (oldest first) would have to be asked it.

    None if it stands on its own, or there is no turn to take anything from.
    """
    if not turns or not words_of(question):
        return None
    language = language_of(question, turns[-1].standalone)
    bare, joined = without_opening(question.strip(END), language)
    if not bare or not ((joined and is_fragment(bare, language)) or points_back(bare, language, joined)):
        return None
    return completed(question, turns[-1])


def completed(question: str, last: Turn) -> str:
    """``question``, known to lack something, with what it lacks of the turn before it."""
    language = language_of(question, last.standalone)
    bare, joined = without_opening(question.strip(END), language)
    if joined and is_fragment(bare, language):
        rewritten = _substituted(bare, last.standalone.strip(END), language)
    else:
        rewritten = _completed(bare or question.strip(END), last, language)
    rewritten = rewritten[:1].upper() + rewritten[1:] + "?"
    return ("¿" if language == "es" else "") + rewritten


def _substituted(fragment: str, last: str, language: str) -> str:
    """The last question with its phrase of the same kind replaced by ``fragment``."""
    head, context = _parted(last)
    words = fragment.split()
    preposition = words[0].lower() if words[0].lower() in PREPOSITIONS else None
    phrase = " ".join(words[1:]) if preposition else fragment
    time = _is_time(phrase)
    names = [name for name in names_of(last) if _is_time(name) == time]
    old: str | None = None
    if time:
        found = re.search(_pattern_of_time(phrase), last)
        old = found[0] if found else None
    elif names_of(phrase) or phrase[:1].isupper():
        old = _alike(phrase, names, last, preposition)
    if old:
        return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: phrase, last, count=1)
    if preposition and (time or names_of(phrase) or phrase[:1].isupper()):
        return f"{head} {fragment}" + (f" ({context})" if context else "")
    return f"{fragment} ({_shortened(last, language, keep_all=True)})"


_DAYS = r"(?i)\b(?:" + "|".join([*MONTHS, *WEEKDAYS, "yesterday", "today"]) + r")\b(?: \d{4}\b)?"


def _is_time(phrase: str) -> bool:
    words = [word.lower() for word in words_of(phrase)]
    return any(re.fullmatch(r"\d{4}", word) or word in MONTHS or word in WEEKDAYS for word in words)


def _pattern_of_time(phrase: str) -> str:
    """What a time such as ``phrase`` looks like: a year, a date with its year, a day or a month."""
    if re.fullmatch(r"\d{4}", phrase):
        return r"\b\d{4}\b"
    return r"\b(?:\w+ )?(?:\w+ )?\d{4}\b" if re.search(r"\d{4}", phrase) else _DAYS


def _alike(phrase: str, names: Sequence[str], last: str, preposition: str | None) -> str | None:
    """The one of ``names`` that ``phrase`` most likely stands in for: behind the same preposition, or as long."""
    if preposition:
        for name in reversed(names):
            if re.search(rf"(?i)(?<!\w){preposition} (?:the )?{re.escape(name)}", last):
                return name
        if preposition in PLACE_PREPOSITIONS:
            return next((name for name in reversed(names) if _is_place(name, last)), None)
        return None
    size = len(words_of(phrase)) > 1
    same = [name for name in names if (len(name.split()) > 1) == size]
    return next(reversed(same or names), None)


def _is_place(name: str, text: str) -> bool:
    before = re.search(rf"(\w+)(?: the| de| der)? {re.escape(name)}", text)
    return bool(before and before[1].lower() in PLACE_PREPOSITIONS)


def _parted(question: str) -> tuple[str, str]:
    match = _CONTEXT.match(question)
    return (match[1], match[2]) if match else (question, "")


def _completed(bare: str, last: Turn, language: str) -> str:
    """``bare`` with its pronoun replaced, and what it lacks of the last question in parentheses."""
    asked = last.standalone.strip(END)
    context = _shortened(asked, language)
    persons, place = _stands_for(asked, last.answer)
    used = ""
    for match in WORD.finditer(bare):
        word = match[0].lower()
        if word in PERSONS[language] and persons:
            possessive = word in POSSESSIVES and match.end() < len(bare) and word != "hers"
            used = persons + ("'s" if possessive and WORD.match(bare[match.end() + 1 :]) else "")
        elif word in PLACES[language] and place and match.end() == len(bare):
            used = ("in " if language != "fr" else "à ") + place
        else:
            continue
        bare = bare[: match.start()] + used + bare[match.end() :]
        break
    extra = [] if used or language == "de" else _new_names(last)  # in German every noun has a capital
    parts = [part for part in (context, *extra) if part and part.lower() not in bare.lower()]
    return f"{bare} ({', '.join(parts)})" if parts else bare


def _stands_for(asked: str, answer: str) -> tuple[str | None, str | None]:
    """The person and the place last named: by the last question, else by its answer."""
    names = [name for name in names_of(asked) if not _is_time(name)]
    told = [name for name in names_of(answer) if not _is_time(name) and name not in names]
    person = next((name for name in names if not _is_place(name, asked) and " " in name), None)
    person = person or next((name for name in told if " " in name and not _is_place(name, answer)), None)
    place = next((name for name in reversed(names) if _is_place(name, asked)), None)
    return person, place or next((name for name in told if _is_place(name, answer)), None)


def _new_names(last: Turn) -> list[str]:
    """The name that answered the last question, where it asked for one: it may be what "it" means."""
    asked = {word.lower() for word in words_of(last.standalone)[:2]}
    wanted: Mapping[str, frozenset[str]] = QUESTION_WORDS
    if not any(asked & wanted[language] for language in wanted):
        return []
    names = [name for name in names_of(last.answer) if not _is_time(name)]
    return [name for name in names if name.lower() not in last.standalone.lower()][:1]


def _shortened(asked: str, language: str, *, keep_all: bool = False) -> str:
    """What a question is about: without its question word, from its first article or name on if that's enough."""
    head, context = _parted(asked)
    if context and not keep_all:
        return context
    opening = next((one for one in TELLING if head.lower().startswith(f"{one} ")), "")
    words = head[len(opening) :].split()
    small = QUESTION_WORDS[language] | AUXILIARIES[language]
    while words and words[0].strip(END).lower() in small:
        words.pop(0)
    for number, word in enumerate(words):
        named = word[0].isupper() or word.lower() in ARTICLES
        rest = [one for one in words[number:] if not is_small(one.lower(), language)]
        if named and len(rest) >= FEW and not keep_all:
            words = words[number:]
            break
    text = " ".join(words[:_LONGEST_CONTEXT])
    return f"{text}, {context}" if context else text
