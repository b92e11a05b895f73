"""The order in which an article's sentences are taken: each once, and none that only left-out ones explain.

Sentences that say again what those before them, or the title, have said are left out: of the pairs that editors
chose for one summary (``benchmarks/editors_choice.py``), 2.8 in a hundred have more words in common than may be.
A word that the article has brought up before, in a sentence that is not told, is one that the reader doesn't
know. Neither costs anything of what editors chose. What they choose last stands at .70 of an article, and what the
weights take last at .43: so what is far from those taken is worth more, and what opens a paragraph. Together that
brings .46 of what editors chose instead of .44, and .057 of what they ruled out instead of .065, under
cross-validation, the last at .50.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from bot.answer.disagreement.statements import ArticleSentence
from bot.answer.evidence.content import content_words
from bot.summary.choosing.salience import Floats
from index.library import Library

_SHARED = 0.4
"""The share of the shorter one's words that two points have in common at most."""
_TOLD = 0.5
"""The share of a point's words which the title and all points before it have at most."""
_UNKNOWN = 4.0
"""What a sentence loses, in log-odds, all of whose words left-out sentences have brought up."""
_SPREAD = 2.0
"""What a sentence gains, in log-odds, that stands the whole article away from those taken."""
_OPENS = 0.6
"""What a sentence gains that opens a paragraph: it leans less often on what stands before."""
_SAME_WORDS = 0.7
_SOME_WORDS = 0.4
_SAME_MEANING = 6.5
"""Spreads above texts that have nothing to do with each other: a cosine of .94 or so with the built-in model."""


def in_turn(
    library: Library, own: Sequence[ArticleSentence], worths: Floats, lead: ArticleSentence, count: int
) -> list[ArticleSentence]:
    """``own`` (an article's statements in order), ``lead`` and then that which is worth the most with those taken.

    What tells hardly more than the title and the first ``count`` is left out.
    """
    vectors = library.vectors([one.text for one in own])
    alike = library.calibration().apart.standards(vectors @ vectors.T)
    title = frozenset(content_words(own[0].article.title))
    brought = _brought_up(own)
    gains = [worth + _OPENS * _opens(one) for worth, one in zip(worths, own, strict=True)]
    left = [int(number) for number in (-worths).argsort(kind="stable")]
    taken = [own.index(lead)]
    left.remove(taken[0])
    while left:
        first = taken[:count]
        told = title.union(*(own[number].words for number in first))
        left = [number for number in left if not _again(own, number, first, told, alike)]
        if len(taken) >= count or not left:
            break
        unknown = {number: _unknown(own, number, first, title, brought) for number in left}
        apart = {number: min(abs(number - other) for other in taken) / len(own) for number in left}
        best = max(left, key=lambda number: gains[number] - _UNKNOWN * unknown[number] + _SPREAD * apart[number])
        taken.append(best)
        left.remove(best)
    return [own[number] for number in (*taken, *left)]


def _opens(one: ArticleSentence) -> bool:
    """Whether a paragraph begins with a statement."""
    return one.start == 0 or one.hit.passage.text[one.start - 1] == "\n"


def _again(
    own: Sequence[ArticleSentence], number: int, told: Sequence[int], words: AbstractSet[str], alike: Floats
) -> bool:
    """Whether a statement tells hardly more than those ``told``, or than all their ``words``."""
    before = [own[other] for other in told]
    return says_again(own[number], before, words) or any(
        same_fact(each, own[number], alike[number, other]) for each, other in zip(before, told, strict=True)
    )


def says_again(one: ArticleSentence, told: Sequence[ArticleSentence], words: AbstractSet[str]) -> bool:
    """Whether ``one`` has hardly other words than one of those ``told``, or than ``words``, all that are told."""
    return len(one.words & words) > _TOLD * len(one.words) or any(
        len(one.words & each.words) > _SHARED * min(len(one.words), len(each.words)) for each in told
    )


def _unknown(
    own: Sequence[ArticleSentence],
    number: int,
    told: Sequence[int],
    title: frozenset[str],
    brought: Sequence[frozenset[str]],
) -> float:
    """The share of a statement's words that were brought up before it, in none of those ``told``."""
    known = title.union(*(own[other].words for other in told if other < number))
    return len(brought[number] - known) / (len(own[number].words) or 1)


def _brought_up(own: Sequence[ArticleSentence]) -> list[frozenset[str]]:
    """Of each statement, the words that the statements before it have had."""
    before: frozenset[str] = frozenset()
    found = []
    for one in own:
        found.append(one.words & before)
        before |= one.words
    return found


def same_fact(one: ArticleSentence, other: ArticleSentence, spreads: float) -> bool:
    """Whether ``other`` tells nothing that ``one`` doesn't: with another number it is another fact.

    ``spreads``: how like they are, on the scale ``Calibration.apart``.
    """
    if one.figures != other.figures and not (other.figures < one.figures):
        return False
    shorter = min(len(one.words), len(other.words)) or 1
    shared = len(one.words & other.words) / shorter
    return shared >= _SAME_WORDS or (spreads >= _SAME_MEANING and shared >= _SOME_WORDS)
