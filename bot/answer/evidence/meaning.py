"""Finds where a sentence says more, less or the opposite of its evidence: the checks on words that turn a claim.

Each check names what is wrong, or nothing. They look at the clause that a word stands in, since a long sentence
may well hold both "rose" and "fell".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from bot.answer.evidence.contrasts import KINDS, OPPOSITES
from bot.answer.evidence.cues import (
    ALL,
    CAUSE,
    FIRM,
    FUTURE,
    FUTURE_TOO,
    GROUNDS,
    INTENDED,
    MOST,
    NEGATING,
    ONLY,
    PAST,
    SOME,
    SUPERLATIVE,
    UNCERTAIN,
)
from bot.answer.evidence.facts import content_words, is_negation, language_of, plain_letters, weekdays
from bot.answer.evidence.lexicon import GENERIC
from bot.answer.evidence.synonyms import groups, same_event
from bot.answer.evidence.wording import Classes, find, has

CLAUSE_END = re.compile(
    r"(?<!\d)[,:](?!\d)|[;–—.!?](?=\s|$)|\b(?:and|but|while|whereas|en|maar|terwijl|und|aber|während|y|pero|mientras"
    r"|et|mais)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
HALF = 0.5
"""The share of words that must be known where some are known in other words only."""
_SCOPE = 4
"""Content words behind a word like "may" that it is taken to govern."""
_VERB_SECOND = ("de", "nl")
"""Languages where what a verb governs stands before it as well."""
_FORBIDS = re.compile(r"may (?:not|no longer)\b", re.IGNORECASE)
_DEFINITE = re.compile(r"\b(?:the|de|het|die|der|den|los|las)\s+$", re.IGNORECASE)


def clauses(text: str) -> list[str]:
    """The clauses of ``text``, roughly: what stands between commas, semicolons and conjunctions."""
    return [clause.strip() for clause in CLAUSE_END.split(text) if clause.strip()]


def altered(sentence: str, quoted: str, context: str, translated: bool) -> Iterator[str]:
    """What ``sentence`` makes of its evidence that the evidence doesn't say.

    ``quoted`` are the quotes, ``context`` the whole sentences that they stand in, whose hedges count too.
    ``translated``: the two are in different languages, so that words can't be matched one by one.
    """
    own, its = language_of(sentence), language_of(context)
    yield from _hedges(sentence, quoted, context, own, its, translated)
    yield from _quantifiers(sentence, quoted, context, own, its)
    denies = find(NEGATING, sentence, own) or any(map(is_negation, _WORD.findall(sentence)))
    if not denies and not translated and _governed(NEGATING, sentence, context, its):
        yield "the quote denies it"
    causes = [
        one for one in find(CAUSE, sentence, own) if not (one.group() == "due to" and has(FUTURE, context, its))
    ]
    if causes and not has(GROUNDS, context, its):
        yield "the quote gives no cause"
    if find(SUPERLATIVE, sentence, own) and not has(SUPERLATIVE, context, its):
        yield f"the quote doesn't say {find(SUPERLATIVE, sentence, own)[0].group()}"
    if find(FIRM, sentence, own) and not has(FIRM, context, its):
        yield f"the quote doesn't say {find(FIRM, sentence, own)[0].group()}"


def opposites(sentence: str, quoted: str) -> Iterator[str]:
    """The first word of ``sentence`` that excludes one of the quote.

    What counts is the clause of the quote that is closest to the one of the sentence; the rest of the quote only
    if it has one side alone ("rose after it had fallen" has both).
    """
    own, its = language_of(sentence), language_of(quoted)
    denied = any(is_negation(word) for text in (sentence, quoted) for word in _WORD.findall(text))
    theirs = clauses(quoted)
    for clause in clauses(sentence):
        near = closest(clause, theirs)
        # "Did not rise" and "fell" may go together.
        for sides in KINDS if denied else (*OPPOSITES, *KINDS):
            for side in sides:
                if not (said := find(side, clause, own)):
                    continue
                if (near and not find(side, near, its) and (other := _other_side(sides, side, near, its))) or (
                    not find(side, quoted, its)
                    and (other := _other_side(sides, side, quoted, its))
                    and not _other_side(sides, side, sentence, own)
                ):
                    yield f"the quote says {other}, not {said[0].group()}"


def _other_side(sides: Sequence[Classes], but: Classes, text: str, language: str | None) -> str | None:
    return next(
        (found[0].group() for side in sides if side is not but and (found := find(side, text, language))), None
    )


def closest(clause: str, others: Sequence[str]) -> str | None:
    """Of ``others`` the clause with the most words in common, if there is one that has more than all the rest."""
    words = _anchors(clause)
    ranked = sorted(((len(words & _anchors(other)), other) for other in others), reverse=True)
    if not ranked or not ranked[0][0] or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _anchors(clause: str) -> set[str]:
    return {*content_words(clause), *map(str, weekdays(clause))}


def _hedges(
    sentence: str, quoted: str, context: str, own: str | None, its: str | None, translated: bool
) -> Iterator[str]:
    uncertain = has(UNCERTAIN, sentence, own)
    if translated:
        meant = has(INTENDED, sentence, own) or has(FUTURE, sentence, own)
        unsure = [one for one in find(UNCERTAIN, quoted, its) if not (meant and FUTURE_TOO.fullmatch(one.group()))]
        if not uncertain and unsure:
            yield "the quote only says that it may be so"
        if find(ONLY, quoted, its) and not any(has(one, sentence, own) for one in (ONLY, SOME)):
            yield f"the quote says {find(ONLY, quoted, its)[0].group()}"
        return
    if not uncertain and _governed(UNCERTAIN, sentence, context, its):
        yield "the quote only says that it may be so"
    if not uncertain and _conditional(sentence, context, its):
        yield "the quote says so only under a condition"
    meant = uncertain or has(INTENDED, sentence, own) or has(FUTURE, sentence, own)
    if not meant and _governed(INTENDED, sentence, context, its):
        yield "the quote only says that somebody means it to be so"
    if not meant and has(PAST, sentence, own) and _governed(FUTURE, sentence, context, its):
        yield "the quote says that it is yet to happen"
    for match in find(FUTURE, sentence, own):
        verb = _WORD.search(sentence, match.end())
        if verb and not has(FUTURE, context, its) and not has(INTENDED, context, its):
            stems = content_words(verb.group())
            past = [word for word in _WORD.findall(quoted) if word.endswith("ed") and content_words(word) == stems]
            if past:
                yield f"the quote says that it has happened: {past[0]}"


def _governed(classes: Classes, sentence: str, text: str, language: str | None) -> bool:
    """Whether ``text`` puts what ``sentence`` says under a word of ``classes``: most of what follows it there."""
    words = set(content_words(sentence))
    for match in find(classes, text, language):
        if classes is NEGATING and is_negation((_WORD.findall(text[: match.start()]) or [""])[-1]):
            continue  # "would not rule out"
        if classes is UNCERTAIN and _FORBIDS.match(text, match.start()) and _none_of(sentence):
            continue  # "may not" is "not allowed to"
        behind = re.split(r"[,;:.!?](?=\s|$)", text[match.end() :], maxsplit=1)[0]
        before = re.split(r"[,;:.!?]\s", text[: match.start()])[-1]
        governed, above = content_words(behind)[:_SCOPE], content_words(before)[-_SCOPE:]
        scopes = [governed or above, *([above + governed] if language in _VERB_SECOND else [])]
        if any(sum(word in words for word in scope) * 2 > len(scope) for scope in scopes):
            return True
    return False


def _conditional(sentence: str, text: str, language: str | None) -> bool:
    """Whether most of what English ``text`` says under a condition is what ``sentence`` says."""
    words = set(content_words(sentence))
    for match in _CONDITION.finditer(text) if language == "en" else ():
        scope = set(content_words(match["behind"] or match["before"] or ""))
        if len(scope) > 1 and len(scope & words) * 2 > len(scope):
            return True
    return False


_CONDITION = re.compile(
    r"(?:^|[.;:,]\s+(?:that,?\s)?|\b(?:but|that),?\s|[\"“])"
    r"(?:if|unless|should (?=(?:the|an?|no|he|she|it|they|this|that)\b))[^,.;]*,(?P<behind>[^.;]*)"
    r"|(?:^|[.;:,]\s+)(?P<before>[^.;:,]*?)\s(?:only if|unless|provided that|on condition that)\b",
    re.IGNORECASE,
)


def _quantifiers(sentence: str, quoted: str, context: str, own: str | None, its: str | None) -> Iterator[str]:
    for classes in (ALL, MOST):
        said = [one for one in find(classes, sentence, own) if not _at_all(sentence, one)]
        if said and not has(classes, context, its) and not (classes is ALL and _none_of(context)):
            yield f"the quote doesn't say {said[0].group()}"
    limited = any(has(classes, sentence, own) for classes in (MOST, SOME, ONLY))
    if limited:
        return
    for match in find(MOST, context, its):
        if _follows(match, context, sentence):
            yield f"the quote says {match.group()}"
    for match in find(SOME, quoted, its):
        definite = has(ALL, sentence, own) or _told_of_all(match, quoted, sentence)
        if definite and _follows(match, quoted, sentence):
            yield f"the quote says {match.group()}"
    words, told = set(content_words(quoted)), set(content_words(sentence))
    for match in find(ONLY, quoted, its):
        behind = _WORD.search(quoted, match.end())
        if (
            behind
            and not behind.group()[0].isdigit()
            and 2 * len(words & told) >= len(words)
            and not _none_of(sentence)
        ):
            yield f"the quote says {match.group()}"


def _at_all(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start()].casefold()
    return (match.group() == "all" and before.endswith(("at ", "above ", "after "))) or (
        match.group() == "most" and before.endswith("at ")
    )


def _none_of(text: str) -> bool:
    """A denial speaks of all as well: "no crossings", "all crossings are cancelled"."""
    return any(map(is_negation, _WORD.findall(text)))


def _follows(match: re.Match[str], text: str, sentence: str) -> bool:
    """Whether the sentence has the first content words behind ``match``; a number there limits itself."""
    behind = text[match.end() :]
    first = _WORD.search(behind)
    if first is None or first.group()[0].isdigit():
        return False
    scope = content_words(behind)[:2]
    words = set(content_words(sentence))
    return bool(scope) and scope[0] in words


def _told_of_all(match: re.Match[str], text: str, sentence: str) -> bool:
    """Whether the sentence speaks of "the residents" where the quote has only some."""
    scope = content_words(text[match.end() :])[:1]
    return any(
        content_words(word.group()) == scope and _DEFINITE.search(sentence[: word.start()])
        for word in _WORD.finditer(sentence)
        if scope
    )


def unmatched_clauses(
    sentence: str, known: Iterable[str], names: Iterable[str], meant: Collection[str] = ()
) -> Iterator[str]:
    """The clauses that hardly share a word with ``known`` (stems), though the sentence as a whole may.

    ``names`` (stems) are checked elsewhere and count neither way. ``meant`` (stems) are known in other words; a
    clause that rests on them must be known by half.
    """
    words, apart = groups(known), set(names)
    parts = clauses(sentence)
    for clause in parts if len(parts) > 1 else ():
        own = groups(word for word in content_words(clause) if word not in apart)
        told = own & words
        if len(own) > 1 and len(told) * 3 < len(own) and len(told | own & groups(meant)) < HALF * len(own):
            yield clause


def unheard_of(sentence: str, heard: str, meant: Collection[str] = ()) -> Iterator[str]:
    """The things that ``sentence`` has ("two helicopters", "the hall") and that ``heard`` never mentions.

    ``heard`` are the passage and its titles: what they never mention isn't a thing they tell of. Their words are
    compared by how they begin, also within a compound ("school" in "basisschool"). ``meant`` (stems) are told of
    in other words.
    """
    told = plain_letters(heard)
    for match in _THING.finditer(sentence):
        first, *rest = match["words"].split()
        if first[0].isupper() or first.casefold() in GENERIC or not content_words(first):
            continue
        things = content_words(first) + [
            stem for word in rest if word not in GENERIC for stem in content_words(word)
        ]
        known = any(thing[:4] in told or thing in meant for thing in things) or same_event(first, heard)
        if not known and not any(word.casefold() in GENERIC for word in rest):
            yield f"{first} (the passage never mentions it)"


_THING = re.compile(
    r"\b(?:the|an?|two|three|four|five|six|seven|eight|nine|ten|\d[\d.,]*|de|het|een|der|die|das|ein|eine|el|la|los|las|"
    r"un|una)\s+(?!per cent)(?=(?P<words>[^\W\d_]+(?: [^\W\d_]+)?))",
    re.IGNORECASE,
)
