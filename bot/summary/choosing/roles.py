"""What a summary of an article must not leave out.

The other side has a paragraph of its own in the news. It opens with a party that the claim has named, it quotes,
it speaks of the same thing, and it may deny in so many words: no one of these signs is enough, and none is needed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby

from bot.answer.disagreement.statements import ArticleSentence
from bot.answer.similarity import likenesses
from bot.summary.choosing.standing import whole, within
from bot.summary.choosing.voice import is_bare_quote
from index.library import Library
from index.text.languages import table
from index.text.names import keys_of, names_in
from index.text.sentences import split_sentences

_ROLES = ("verdict", "correction")
"""The verdict of a fact check, a correction. The sentence behind belongs to them: "We wrote six. It is five." """

# What each sign adds, and the least that makes a paragraph an answer. With 2.25, as long as made-up stories alone
# told, two in three real articles had one, and editors chose a third of them (benchmarks/editors_choice.py).
_NAMED = 1.0
_QUOTED = 1.0
_DENIED = 2.0
_LIKENESS = 1 / 3
_MOST_LIKE = 6.0
_LEAST = 3.0

_OPENS = 60
"""Characters within which a paragraph names who speaks in it."""
_TOLD = 2
"""Sentences of the answer: the first may only say that it is denied, and the second what is so instead."""
_REPEATED = 0.6
"""The share of a sentence's words which a point of two has that tells the same."""
_QUOTATION_MARKS = re.compile(r"[\"“”„«»]")


def chosen_by_role(
    ranked: Sequence[ArticleSentence], count: int, answer: Sequence[ArticleSentence] = ()
) -> list[ArticleSentence]:
    """The first ``count`` of ``ranked``, with the best sentence of each role that the article has.

    ``answer`` is how that of the other side opens. The first one always stays. Each sentence that leans on the one
    before it comes with it, or not at all.
    """
    chosen = list(ranked[:count])
    kept = chosen[:1]
    roles = [[one for one in ranked if has_role(one, role)] for role in _ROLES]
    for having in (*roles, answer):
        wanted = having[:1] if having is answer else having  # an answer is told from where it opens
        if wanted and not any(one in chosen for one in wanted) and len(kept) < len(chosen):
            there = [one for one in chosen if one in having]
            spare = next(one for one in reversed([*chosen, *there]) if one not in kept)
            chosen[chosen.index(spare)] = wanted[0]
        kept += [one for one in having[:1] if one in chosen]
    spares = iter([one for one in ranked if one not in chosen and not one.leans])
    needed = [one for one in chosen if one in answer[:1] or any(has_role(one, role) for role in _ROLES)]
    told = [found for one in chosen if (found := whole(one, chosen, one in needed) or next(spares, None))]
    pairs = [one for one in told if len(split_sentences(one.text, one.article.language)) > 1]
    for one in [each for each in told[1:] if each not in needed and any(_repeats(each, pair) for pair in pairs)]:
        told[told.index(one)] = next(spares, told[0])
    return [one for one in dict.fromkeys(told) if not any(within(one, other) for other in told)]


def _repeats(one: ArticleSentence, pair: ArticleSentence) -> bool:
    """Whether ``pair``, which came with a sentence beside it, tells what ``one`` does."""
    shared = len(one.words & pair.words)
    return one is not pair and one.figures <= pair.figures and shared >= _REPEATED * len(one.words)


def has_role(one: ArticleSentence, role: str) -> bool:
    """Whether a sentence has the ``role``, as the words of its language tell."""
    pattern = _pattern(one.article.language or "en", role)
    return bool(pattern and pattern.search(one.text))


@cache
def _pattern(language: str, role: str) -> re.Pattern[str] | None:
    phrases = table(language, "roles").get(role)
    return re.compile("|".join(phrases), re.IGNORECASE) if phrases else None


def other_side(library: Library, own: Sequence[ArticleSentence], claim: ArticleSentence) -> list[ArticleSentence]:
    """How the answer to ``claim`` opens, in a paragraph behind it; ``own``: the article's statements in order.

    Where no paragraph is one, it is a sentence that denies in so many words, else one that tells who says nothing.
    Empty if nobody answers.
    """
    behind = [list(group) for _, group in groupby(own[own.index(claim) + 1 :], key=_paragraph)]
    paragraph = _answering(library, claim, own, [one for one in behind if _paragraph(one[0]) != _paragraph(claim)])
    if paragraph:
        return _from_the_first(paragraph, "denial") or paragraph[:_TOLD]
    answers = (_from_the_first(told, role) for role in ("denial", "no_comment") for told in behind)
    return next(filter(None, answers), [])


def _from_the_first(told: Sequence[ArticleSentence], role: str) -> list[ArticleSentence]:
    """Of a paragraph, the first sentence that has the ``role``, and what is told with it."""
    opens = next((number for number, one in enumerate(told) if has_role(one, role)), len(told))
    return list(told[opens : opens + _TOLD])


def _answering(
    library: Library,
    claim: ArticleSentence,
    own: Sequence[ArticleSentence],
    paragraphs: Sequence[list[ArticleSentence]],
) -> list[ArticleSentence]:
    """That of ``paragraphs`` which has the most signs of an answer, if they are enough.

    One that begins with hardly more than a quotation, or leans on what is told before, is none: of 18 such ones
    editors chose 2 (``benchmarks/editors_choice.py``).
    """
    paragraphs = [each for each in paragraphs if not (each[0].leans or is_bare_quote(each[0]))]
    claimed = [one.text for one in own if _paragraph(one) == _paragraph(claim)]
    named = _names(" ".join([claim.article.title, *claimed]))
    if not paragraphs:
        return []
    near = iter(likenesses(library, claim.text, [one.text for each in paragraphs for one in each]))
    signs = [_signs(each, named, max(next(near) for _ in each)) for each in paragraphs]
    best = max(range(len(paragraphs)), key=signs.__getitem__)
    return paragraphs[best] if signs[best] >= _LEAST else []


def _signs(paragraph: Sequence[ArticleSentence], named: frozenset[str], likeness: float) -> float:
    return (
        _NAMED * bool(_names(paragraph[0].text[:_OPENS]) & named)
        + _QUOTED * any(map(_QUOTATION_MARKS.search, (one.text for one in paragraph)))
        + _DENIED * any(has_role(one, "denial") for one in paragraph)
        + _LIKENESS * min(likeness, _MOST_LIKE)
    )


def _paragraph(one: ArticleSentence) -> tuple[str, int]:
    return one.hit.passage.id, one.hit.passage.text.count("\n", 0, one.start)


def _names(text: str) -> frozenset[str]:
    return frozenset(keys_of(names_in(text)))
