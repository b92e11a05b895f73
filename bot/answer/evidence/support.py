"""Checks that evidence supports a sentence: fact by fact, so that a refusal can be explained.

The check is made to err on the side of refusing. It compares what can be compared without a model: numbers,
dates, names, negation, and words in common; who did what to whom it cannot see.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.answer.evidence.amounts import misused_numbers, rounded_numbers
from bot.answer.evidence.cues import ENDING, NEGATING
from bot.answer.evidence.facts import content_words, dates, denies, language_of, names, negated, numbers, stem
from bot.answer.evidence.figures import missing_dates, missing_numbers
from bot.answer.evidence.lexicon import SAME_NAMES
from bot.answer.evidence.meaning import HALF, altered, clauses, closest, opposites, unheard_of, unmatched_clauses
from bot.answer.evidence.roles import swapped_names, swapped_roles
from bot.answer.evidence.synonyms import groups, untold_events
from bot.answer.evidence.wording import find
from index.text.names import name_key

MIN_SHARED = 0.4
"""The share of a sentence's content words, names aside, that its evidence must hold in the same language.

Measured on the demo articles: of 4,906 pairs of different sentences of one article, 0.4 lets 23 pass.
"""

TOO_FEW = "too few words in common with the quote"

_PRIVATIVE = re.compile(r"\bun(?!der|ti|it|io|le|iq|iv|if)[a-z]{4,}\b", re.IGNORECASE)
"""Words like "unharmed" deny by how they begin."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Support:
    """Whether a sentence is supported, and if not, what its evidence lacks, in words for the one who wrote it.

    ``contrary``: the evidence says the opposite, which no wider quote can mend. ``lacks_words``: nothing is
    missing but words, for which the evidence may have others.
    """

    ok: bool
    missing: tuple[str, ...] = ()
    contrary: bool = False
    lacks_words: bool = False


def supports(
    sentence: str,
    evidence: Sequence[str],
    *,
    context: Sequence[str] = (),
    around: Sequence[str] = (),
    heads: Sequence[str] = (),
    question: str = "",
    published: Collection[date] = (),
    reworded: Collection[str] = (),
) -> Support:
    """Whether every fact of ``sentence`` is in ``evidence`` (the quotes behind it, together).

    Numbers, dates and negation must be in the quotes themselves. ``context`` are the whole sentences that the
    quotes stand in, whose "may", "most" and "not" a quote can't leave behind. Names may also stand in ``heads``
    (titles, outlets, authors), and in ``around`` (the passages the quotes come from) if the evidence speaks of
    somebody it doesn't name. A name that only the ``question`` uses counts if the evidence is in another
    language than the sentence, since names are spelled differently there; in one language it would let a
    leading question through. ``published`` are the days on which the evidence was published, against which
    "Friday" is read. ``reworded`` are the words of ``sentence`` that the evidence has in other words.
    """
    quoted = "\n".join(evidence)
    whole = "\n".join(context) or quoted
    language = language_of(sentence)
    translated = in_other_language(sentence, quoted)
    sentence_dates, undated = dates(sentence)
    rounded = rounded_numbers(sentence, quoted)
    missing = [
        *missing_dates(sentence, sentence_dates, quoted, published),
        *(one for one in missing_numbers(undated, language, quoted, published) if one not in rounded),
        *misused_numbers(sentence, quoted, whole),
        *_missing_names(undated, language, [quoted, whole, *heads], around, question if translated else ""),
        *_missing_negation(sentence, quoted, whole, translated),
        *altered(sentence, quoted, whole, translated),
        *(contrary := list(opposites(sentence, quoted))),
    ]
    named = names(undated, language)
    called = names("\n".join(around), language)  # a name at the head of a sentence is known by the passage
    words = set(content_words(undated)) - set(map(stem, [*named, *called, *_before_names(undated, named)]))
    lacking: list[str] = []
    if not (words or named or numbers(sentence, language)):
        missing.append("nothing in it can be checked")
    elif not translated:
        heard = "\n".join([whole, *heads, *around])
        missing += [*untold_events(sentence, heard), *swapped_roles(sentence, whole)]
        meant = set(content_words(" ".join(reworded)))
        shared = shared_words(sentence, quoted) & words
        if len(shared) < MIN_SHARED * len(words) and len(shared | meant & words) < HALF * len(words):
            lacking.append(TOO_FEW)
        known = content_words("\n".join([quoted, whole, *heads]))
        lacking += unmatched_clauses(sentence, known, map(stem, named), meant)
        lacking += unheard_of(sentence, heard, meant)
    elif swapped_names(sentence, whole):
        missing.append("who did what to whom")
    return Support(not (missing or lacking), (*missing, *lacking), bool(contrary), bool(lacking) and not missing)


def _before_names(sentence: str, named: Collection[str]) -> list[str]:
    """The capitalised words right before names, which their place in the sentence kept from counting as names."""
    words = _WORD.findall(sentence)
    return [one for one, other in pairwise(words) if other in named and one[0].isupper() and one not in named]


def in_other_language(sentence: str, evidence: str) -> bool:
    """Whether the two are plainly in different languages, or in different scripts."""
    one, other = language_of(sentence), language_of(evidence)
    if one and other:
        return one != other
    return _latin(sentence) != _latin(evidence)


def shared_share(sentence: str, evidence: str) -> float:
    """The share (0..1) of the content words of ``sentence`` that ``evidence`` has too."""
    return len(shared_words(sentence, evidence)) / max(1, len(set(content_words(sentence))))


def shared_words(sentence: str, evidence: str) -> set[str]:
    """The stems of the content words of ``sentence`` that ``evidence`` has too."""
    told = groups(content_words(evidence))
    return {word for word in content_words(sentence) if groups([word]) & told}


def shared_facts(sentence: str, evidence: str) -> float:
    """How much of ``sentence`` is in ``evidence``, 0..1: its content words, and doubly its numbers and names."""
    words = set(content_words(sentence))
    named = set(names(sentence, language_of(sentence)))
    spelled = _keys(_WORD.findall(evidence)) if named else set()
    counted = numbers(sentence, language_of(sentence))
    told = numbers(evidence, language_of(evidence)) if counted else []
    values = {value for number in told for value in number.values}
    points = (
        len(shared_words(sentence, evidence))
        + 2 * sum(_known(name, spelled) for name in named)
        + 2 * sum(bool(number.values & values) for number in counted)
    )
    return points / max(1, len(words) + 2 * len(named) + 2 * len(counted))


def _missing_names(
    sentence: str, language: str | None, texts: Sequence[str], around: Sequence[str], question: str
) -> Iterable[str]:
    known = _keys(word for text in (*texts, question) for word in _WORD.findall(text))
    wanted = list(dict.fromkeys(names(sentence, language)))
    missing = [name for name in wanted if not _known(name, known)]
    if missing and _leaves_somebody_unnamed(sentence, texts[0]):
        known |= _keys(word for text in around for word in _WORD.findall(text))
    yield from (name for name in missing if not _known(name, known))


def _leaves_somebody_unnamed(sentence: str, quoted: str) -> bool:
    """Whether ``quoted`` says "he", or names nobody else: then whom it is about stands elsewhere."""
    own = _keys(_WORD.findall(sentence))
    return bool(_PRONOUN.search(quoted)) or all(_known(name, own) for name in names(quoted, language_of(quoted)))


_PRONOUN = re.compile(
    r"\b(?:he|she|it|they|his|her|its|their|him|them|we|our|us|i|my|hij|zij|ze|hun|zijn|haar|wij|ons|onze|er|sie|ihr|"
    r"ihre|sein|seine|wir|unser|él|ella|ellos|su|sus|nuestro)\b",
    re.IGNORECASE,
)


def _keys(words: Iterable[str]) -> set[str]:
    keys = {name_key(_bare(word)) for word in words} - {""}
    for group in _SAME_KEYS:
        if keys & group:
            keys |= group
    return keys


def _known(name: str, keys: Collection[str]) -> bool:
    """Whether a name, or another form of it (Ukraine, Ukrainian), is among ``keys``."""
    key = name_key(_bare(name))
    return not key or key in keys or any(_inflected(key, other) for other in keys)


def _inflected(key: str, other: str) -> bool:
    shorter, longer = sorted((key, other), key=len)
    root = max(4, round(0.6 * len(longer)))
    return len(shorter) >= root and shorter[:root] == longer[:root]


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word)


_SAME_KEYS = tuple(frozenset(map(name_key, group)) for group in SAME_NAMES)


def _missing_negation(sentence: str, quoted: str, whole: str, translated: bool) -> Iterable[str]:
    """What one of the two denies and the other doesn't."""
    denying, denied = denies(sentence), denies(quoted) and not _denies_elsewhere(sentence, quoted)
    otherwise = find(NEGATING, quoted, language_of(quoted)) or _PRIVATIVE.search(quoted)
    if denying and not denied and not _ends(quoted, sentence) and not otherwise:
        yield "the quote denies nothing"
    if denying or find(NEGATING, sentence, language_of(sentence)):
        return
    words = set(content_words(sentence))
    scopes = [scope for scope in negated(whole) if scope]
    if any(sum(word in words for word in scope) * 2 > len(scope) for scope in scopes) or (translated and denied):
        yield "the quote denies it"


def _denies_elsewhere(sentence: str, quoted: str) -> bool:
    """Whether what ``sentence`` denies is told in a clause of ``quoted`` that denies nothing."""
    theirs = clauses(quoted)
    for clause in filter(denies, clauses(sentence)):
        near = closest(clause, theirs)
        if near and len(shared_words(clause, near)) > 1 and not denies(near):
            return True
    return False


def _ends(quoted: str, sentence: str) -> bool:
    """Whether ``quoted`` tells by a verb ("cancelled") what ``sentence`` tells by a denial ("no crossings")."""
    theirs = {word.group().casefold() for word in find(ENDING, quoted, language_of(quoted))}
    return bool(theirs) and not find(ENDING, sentence, language_of(sentence))


def _latin(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum(character < "\u0250" for character in letters) * 2 >= len(letters)
