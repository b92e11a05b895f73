"""Makes a follow-up a question that stands on its own, by rule: from the small words in it, and the last turn.

The rules keep the follow-up's own words. A fragment ("And in Dnipro?") takes the place of its like in the last
question; a question that lacks its subject ("How many tanks?") gets that of the last question in parentheses;
"he", "she" and "there" become the name they stand for. Ellipsis and anaphora as in Dalton et al., TREC CAsT 2019.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.answer.anaphora import (
    ABOUT,
    ANYBODY,
    ARTICLES,
    AUXILIARIES,
    CONJUNCTIONS,
    COUNTING,
    COUNTING_PAIRS,
    DEFINITE,
    DEMONSTRATIVES,
    PERSONS,
    PLACE_PREPOSITIONS,
    PLACES,
    POINTERS,
    POSSESSIVES,
    PREPOSITIONS,
    QUESTION_WORDS,
    TELLING,
    THINGS,
    TIMES,
)
from bot.answer.answer import Answer
from bot.answer.lexicon import ANY_FUNCTION_WORD, FUNCTION_WORDS, MONTHS, WEEKDAYS

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_CONTEXT = re.compile(r"^(.*?)\s*\(([^()]*)\)$")
_END = " ?¿¡!.,;:"
_FEW, _SHORT, _LONG = 2, 3, 9
_LONGEST_CONTEXT = 16
_LONGEST_ANSWER = 600


@dataclass(frozen=True, slots=True)
class Turn:
    """A question asked, as it was searched for, and its answer's plain text, cut to some hundred characters.

    ``titles`` are those of the cited articles.
    """

    question: str
    standalone: str
    answer: str
    titles: tuple[str, ...] = ()


def turn_of(answer: Answer) -> Turn:
    """What a conversation keeps of a finished ``answer``."""
    text = " ".join(sentence.text for sentence in answer.sentences)[:_LONGEST_ANSWER]
    titles = tuple(dict.fromkeys(citation.title for citation in answer.citations))
    return Turn(answer.question, answer.standalone or answer.question, text, titles)


def standalone(question: str, turns: Sequence[Turn]) -> str | None:
    """The question as one who did not hear ``turns`` (oldest first) would have to be asked it.

    None if it stands on its own, or there is no turn to take anything from.
    """
    if not turns or not _words(question):
        return None
    last = turns[-1]
    language = _language(question, last.standalone)
    bare, joined = _without_opening(question.strip(_END), language)
    if not bare:
        return None
    if joined and _is_fragment(bare, language):
        rewritten = _substituted(bare, last.standalone.strip(_END), language)
    elif _points_back(bare, language, joined):
        rewritten = _completed(bare, last, language)
    else:
        return None
    rewritten = rewritten[:1].upper() + rewritten[1:] + "?"
    return ("¿" if language == "es" else "") + rewritten


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _language(question: str, before: str) -> str:
    """The language whose small words are the most in ``question``; of those that tie, the one of ``before``."""
    now, then = ([word.lower() for word in _words(text)] for text in (question, before))

    def score(language: str) -> tuple[int, int]:
        known = FUNCTION_WORDS[language] | QUESTION_WORDS[language] | CONJUNCTIONS[language]
        return sum(word in known for word in now), sum(word in known for word in then)

    return max(FUNCTION_WORDS, key=score)


def _without_opening(question: str, language: str) -> tuple[str, bool]:
    """``question`` without "and", "what about" and the like, and whether there was such an opening."""
    bare, joined = question, False
    first = _WORD.match(bare)
    if first and first[0].lower() in CONJUNCTIONS[language] and len(_words(bare)) > 1:
        bare, joined = bare[first.end() :].strip(_END), True
    for opening in ABOUT:
        if bare.lower().replace("’", "'").startswith(opening + " "):
            rest = bare[len(opening) :].strip(_END)
            # "Was ist mit X verbunden?" is a whole question: only a noun, capitalised, ends the short form.
            return (bare, joined) if language == "de" and rest.split()[-1][0].islower() else (rest, True)
    return bare, joined


def _is_fragment(bare: str, language: str) -> bool:
    asking = QUESTION_WORDS[language] | AUXILIARIES[language]
    return not any(word.lower() in asking for word in _words(bare))


def _points_back(bare: str, language: str, joined: bool) -> bool:
    words = _words(bare)
    lower = [word.lower() for word in words]
    names = _names(bare)
    content = [word for word in lower if not _is_small(word, language)]
    if _pronoun(lower, words, language) is not None:
        return True
    opening = pairwise(lower[:4])
    if any(one in DEMONSTRATIVES & FUNCTION_WORDS[language] and after not in TIMES for one, after in opening):
        return not names and len(content) <= _SHORT and not _explained(words, language)
    if names or any(character.isdigit() for character in bare):
        return False
    if any(word in ANYBODY[language] for word in lower) and len(content) <= _SHORT:
        return True
    if len(content) < _FEW and not _defines(lower, language):
        return True
    counts = lower[0] in COUNTING or lower[:2] in COUNTING_PAIRS
    definite = any(word in DEFINITE[language] for word in lower)
    return (definite or joined or counts) and len(content) <= (_SHORT if joined else _FEW)


def _defines(lower: Sequence[str], language: str) -> bool:
    """Whether it asks what a thing named without an article is: "What is photosynthesis?"."""
    return (
        len(lower) >= 3
        and lower[0] in QUESTION_WORDS[language]
        and lower[1] in AUXILIARIES[language]
        and not any(word in DEFINITE[language] for word in lower)
        and all(not _is_small(word, language) for word in lower[2:])
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
    things = [word for word in words if not _is_small(word.lower(), language)]
    named = any(word[0].isupper() for word in words[1:])
    return named or len(things) > (_FEW if counted else 1)


def _is_small(word: str, language: str) -> bool:
    return (
        word in FUNCTION_WORDS[language]
        or word in QUESTION_WORDS[language]
        or word in AUXILIARIES[language]
        or word in POINTERS[language]
        or word in THINGS[language]
        or word in PREPOSITIONS
        or len(word) == 1
    )


def _names(text: str) -> list[str]:
    """Runs of capitalised words, without small words that begin a question."""
    found: list[str] = []
    end = -1
    for match in _WORD.finditer(text):
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
    rest = text[end:].strip(_END)
    return not rest or rest[0].isupper()


def _substituted(fragment: str, last: str, language: str) -> str:
    """The last question with its phrase of the same kind replaced by ``fragment``."""
    head, context = _parted(last)
    words = fragment.split()
    preposition = words[0].lower() if words[0].lower() in PREPOSITIONS else None
    phrase = " ".join(words[1:]) if preposition else fragment
    time = _is_time(phrase)
    names = [name for name in _names(last) if _is_time(name) == time]
    old: str | None = None
    if time:
        found = re.search(r"\b(?:\w+ )?(?:\w+ )?\d{4}\b" if re.search(r"\d{4}", phrase) else _DAYS, last)
        old = found[0] if found else None
        if found and re.search(r"\d{4}", found[0]) and re.fullmatch(r"\d{4}", phrase):
            old = re.search(r"\d{4}", found[0])[0]  # type: ignore[index]  # it was just found
    elif _names(phrase) or phrase[:1].isupper():
        old = _alike(phrase, names, last, preposition)
    if old:
        return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: phrase, last, count=1)
    if preposition and (time or _names(phrase) or phrase[:1].isupper()):
        return f"{head} {fragment}" + (f" ({context})" if context else "")
    return f"{fragment} ({_shortened(last, language, keep_all=True)})"


_DAYS = r"(?i)\b(?:" + "|".join([*MONTHS, *WEEKDAYS, "yesterday", "today"]) + r")\b(?: \d{4}\b)?"


def _is_time(phrase: str) -> bool:
    words = [word.lower() for word in _words(phrase)]
    return any(re.fullmatch(r"\d{4}", word) or word in MONTHS or word in WEEKDAYS for word in words)


def _alike(phrase: str, names: Sequence[str], last: str, preposition: str | None) -> str | None:
    """The one of ``names`` that ``phrase`` most likely stands in for: behind the same preposition, or as long."""
    if preposition:
        for name in reversed(names):
            if re.search(rf"(?i)(?<!\w){preposition} (?:the )?{re.escape(name)}", last):
                return name
        if preposition in PLACE_PREPOSITIONS:
            return next((name for name in reversed(names) if _is_place(name, last)), None)
        return None
    size = len(_words(phrase)) > 1
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
    asked = last.standalone.strip(_END)
    context = _shortened(asked, language)
    persons, place = _stands_for(asked, last.answer)
    used = ""
    for match in _WORD.finditer(bare):
        word = match[0].lower()
        if word in PERSONS[language] and persons:
            possessive = word in POSSESSIVES and match.end() < len(bare) and word != "hers"
            used = persons + ("'s" if possessive and _WORD.match(bare[match.end() + 1 :]) else "")
        elif word in PLACES[language] and place and match.end() == len(bare):
            used = ("in " if language != "fr" else "à ") + place
        else:
            continue
        bare = bare[: match.start()] + used + bare[match.end() :]
        break
    extra = [] if used else _new_names(last)
    parts = [part for part in (context, *extra) if part and part.lower() not in bare.lower()]
    return f"{bare} ({', '.join(parts)})" if parts else bare


def _stands_for(asked: str, answer: str) -> tuple[str | None, str | None]:
    """The person and the place last named: by the last question, else by its answer."""
    names = [name for name in _names(asked) if not _is_time(name)]
    told = [name for name in _names(answer) if not _is_time(name) and name not in names]
    person = next((name for name in names if not _is_place(name, asked) and " " in name), None)
    person = person or next((name for name in told if " " in name and not _is_place(name, answer)), None)
    place = next((name for name in reversed(names) if _is_place(name, asked)), None)
    return person, place or next((name for name in told if _is_place(name, answer)), None)


def _new_names(last: Turn) -> list[str]:
    """The name that answered the last question, where it asked for one: it may be what "it" means."""
    asked = {word.lower() for word in _words(last.standalone)[:2]}
    wanted: Mapping[str, frozenset[str]] = QUESTION_WORDS
    if not any(asked & wanted[language] for language in wanted):
        return []
    names = [name for name in _names(last.answer) if not _is_time(name)]
    return [name for name in names if name.lower() not in last.standalone.lower()][:1]


def _shortened(asked: str, language: str, *, keep_all: bool = False) -> str:
    """What a question is about: without its question word, from its first article or name on if that's enough."""
    head, context = _parted(asked)
    if context and not keep_all:
        return context
    opening = next((one for one in TELLING if head.lower().startswith(f"{one} ")), "")
    words = head[len(opening) :].split()
    small = QUESTION_WORDS[language] | AUXILIARIES[language]
    while words and words[0].strip(_END).lower() in small:
        words.pop(0)
    for number, word in enumerate(words):
        named = word[0].isupper() or word.lower() in ARTICLES
        rest = [one for one in words[number:] if not _is_small(one.lower(), language)]
        if named and len(rest) >= _FEW and not keep_all:
            words = words[number:]
            break
    text = " ".join(words[:_LONGEST_CONTEXT])
    return f"{text}, {context}" if context else text
