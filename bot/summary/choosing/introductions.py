"""People are introduced before they are called by their surname alone: "Maria Reyes, the mayor", then "Reyes"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from bot.answer.disagreement.statements import ArticleSentence
from bot.answer.evidence.content import function_words
from bot.summary.choosing.standing import just_before, with_the_one_before
from bot.summary.choosing.voice import is_bare_quote
from index.text.languages import table

_WORD = r"\p{Lu}[\p{L}\p{M}'’-]*\p{Ll}(?![\p{L}\p{M}])"
_GIVEN = rf"(?<![\p{{L}}'’-])(?P<given>{_WORD}) (?:\p{{Lu}}\.? )?"
_SURNAME = rf"(?P<surname>(?:(?:van|von|de|der|den|di|la) )*{_WORD})(?! \p{{Lu}})"
_NAMED = regex.compile(_GIVEN + _SURNAME)
_ARTICLE = regex.compile(
    r"the|an?|d[eo]r|die|das|de[nms]|[iv]om|im|am|zu[mr]|beim|ein\w*|de|het|een|l[aeo]s?|du|des|une?|el|del|al|un[ao]s?",
    regex.IGNORECASE,
)
_OF_THEIRS = regex.compile(r"['’]s\b")
_INITIAL = regex.compile(r"\p{Lu}\.")
_OPENS = 60
"""Characters behind which what is somebody's ("the policy of Reyes's party") needs no introduction."""
_GOOD = 15
"""So many of the sentences that are worth the most may take another's place to introduce somebody."""
_TELLS = 6
"""Content words of a sentence that tells more than a name and what its bearer does."""
_SHORT = 4
"""Letters: before a surname, so short a word with a capital is a title as often as a name."""


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    surname: str
    introduced: ArticleSentence

    @property
    def introduces(self) -> bool:
        """Whether the sentence that has the name stands alone, and tells more than the name or what is quoted."""
        one = self.introduced
        return not (one.leans or is_bare_quote(one)) and len(one.words) >= _TELLS


def introduced(
    own: Sequence[ArticleSentence],
    chosen: Sequence[ArticleSentence],
    ranked: Sequence[ArticleSentence],
    kept: Sequence[ArticleSentence] = (),
) -> list[ArticleSentence]:
    """``chosen`` (the best first) in which nobody is called by a surname before the full name is told.

    The sentence with the full name comes along, in the place of the last one that may go; or else the next one
    ``ranked`` stands for that with the surname. The first one stays, and what holds any of ``kept``.
    ``own``: the article's statements in order.
    """
    people = list(_people(own))
    told = list(chosen)
    next_best = (each for each in ranked if not any(each.text in other.text for other in told) and not each.leans)
    for one in sorted(chosen, key=lambda each: each.order):
        unknown = _unknown(one, people, _until(one, told)) if one in told else []
        for person in unknown[:1]:
            spare = [each for each in told[1:] if each != one and not any(k.text in each.text for k in kept)]
            if just_before(person.introduced, one) and (both := with_the_one_before(one)):
                told[told.index(one)] = both
            elif spare and person.introduces and person.introduced in ranked[:_GOOD] and len(unknown) == 1:
                told[told.index(spare[-1])] = person.introduced
            elif one is not told[0] and not any(k.text in one.text for k in kept):
                others = (
                    each
                    for each in next_best
                    if each is not person.introduced and not _unknown(each, people, _until(each, told))
                )
                told[told.index(one)] = next(others, told[0])
    return list(dict.fromkeys(told))


def calls_unknown(one: ArticleSentence, own: Sequence[ArticleSentence], told: Sequence[ArticleSentence]) -> bool:
    """Whether ``one`` calls somebody by a surname whom its article ``own`` names in full, but nothing ``told``."""
    return bool(_unknown(one, list(_people(own)), told))


def introducing(
    one: ArticleSentence, own: Sequence[ArticleSentence], told: Sequence[ArticleSentence]
) -> list[ArticleSentence]:
    """What introduces whom ``one`` calls by a surname in its article ``own``, if nothing ``told`` has the name.

    Only those that stand alone, and tell more than the name.
    """
    unknown = _unknown(one, list(_people(own)), told)
    return list(dict.fromkeys(person.introduced for person in unknown if person.introduces))


def _people(own: Sequence[ArticleSentence]) -> Iterator[_Person]:
    """Who is named in full, where that is the first time that the surname is told."""
    seen: set[str] = set()
    for one in own:
        titles = table(one.article.language or "en", "abbreviations").get("titles", ())
        for found in _NAMED.finditer(one.text):
            given, surname = found["given"].casefold(), _OF_THEIRS.sub("", found["surname"])
            if surname not in seen and given not in function_words() and f"{given}." not in titles:
                seen.add(surname)
                yield _Person(_OF_THEIRS.sub("", found[0]), surname, one)


def _unknown(one: ArticleSentence, people: Sequence[_Person], told: Sequence[ArticleSentence]) -> list[_Person]:
    """Those whom ``one`` calls by their surname alone, though nothing ``told`` has the name."""
    until = " ".join([one.article.title, *(each.text for each in (*told, one))])
    return [
        person
        for person in people
        if person.introduced.order < one.order
        and not (person.name in until or _names(one.article.title, person.surname))
        and _alone(person.surname, one.text)
    ]


def _until(one: ArticleSentence, told: Sequence[ArticleSentence]) -> list[ArticleSentence]:
    return [each for each in told if each.order <= one.order]


def _names(text: str, surname: str) -> bool:
    return bool(regex.search(rf"(?<![\p{{L}}-]){regex.escape(surname)}(?![\p{{L}}-])", text))


def _alone(surname: str, text: str) -> bool:
    """Whether ``surname`` stands in ``text`` as a name does that is known: alone, or behind a title."""
    for found in regex.finditer(rf"(?<![\p{{L}}-]){regex.escape(surname)}(?![\p{{L}}-])(?! \p{{Lu}})", text):
        before = text[: found.start()].split()[-1:]
        word = before[0] if before and text[: found.start()].endswith(" ") else ""
        named = word[:1].isupper() and len(word) > _SHORT and word.casefold() not in function_words()
        owns = found.start() > _OPENS and _OF_THEIRS.match(text, found.end())
        if not (named or owns or _INITIAL.fullmatch(word) or _ARTICLE.fullmatch(word)):
            return True
    return False
