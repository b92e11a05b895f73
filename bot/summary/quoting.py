"""Chooses the sentences of one or many articles that say the most together, each fact once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from bot.answer.disagreement.statements import ArticleSentence
from bot.answer.engines.engine import Claim, Draft
from bot.summary.choosing.introductions import introduced
from bot.summary.choosing.roles import chosen_by_role, other_side
from bot.summary.choosing.salience import Floats, by_words, diverse, salience, standardised
from bot.summary.choosing.standing import joint
from bot.summary.choosing.worth import worth
from index.library import Library

# Sentences whose vectors are compared: embedding them is what takes the time.
_COMPARED = 64
# In the standard deviations of salience: closeness to the topic, and what a sentence loses that leans on another.
_TOPIC = 1.5
_LEANS = 2.0
_SALIENCE = 1.5
"""What a standard deviation of salience adds to an editor's log-odds. With more of it the ROUGE of BBC summaries
is higher, and less is chosen as editors do."""
_CORROBORATING = 2
_FIRST = 6
"""The best of so many statements at the beginning of an article is told first, whatever else is worth."""


_SAME_WORDS = 0.7
_SOME_WORDS = 0.4
_SAME_MEANING = 6.5
"""Spreads above texts that have nothing to do with each other: a cosine of .94 or so with the built-in model."""


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence chosen, those of other articles that state the same, and what is to be told beside it."""

    statement: ArticleSentence
    others: tuple[ArticleSentence, ...] = ()
    beside: tuple[ArticleSentence, ...] = ()

    @property
    def draft(self) -> Draft:
        """The sentence, and what stands beside it, with the evidence, that of other articles included."""
        told = [self.statement]
        for one in self.beside:
            if gap := joint(told[-1], one):
                told[-1] = replace(told[-1], text=told[-1].text + gap + one.text)
            else:
                told.append(one)
        claims = tuple(Claim(one.hit.passage.id, one.text) for one in (*told, *self.others))
        return Draft(" ".join(one.text for one in told), claims, self.statement.speaker)


def choose_in_article(library: Library, listed: Sequence[ArticleSentence], count: int) -> list[Point]:
    """How the article begins and what says most of the rest, each fact once, in its order: ``count`` sentences.

    See ``chosen_by_role``.
    """
    if not listed:
        return []
    worths = worth(library, listed)
    lead = listed[int(worths[:_FIRST].argmax())]
    ranked = _once(library, [lead, *(one for one in _ranked(library, listed, worths) if one is not lead)])
    answer = other_side(library, listed, lead)
    chosen = introduced(listed, chosen_by_role(ranked, count, answer), ranked, answer)
    return [Point(one) for one in sorted(chosen, key=lambda one: one.order)]


def _once(library: Library, ranked: Sequence[ArticleSentence]) -> list[ArticleSentence]:
    """``ranked`` without what tells nothing that those before it don't."""
    vectors = library.vectors([one.text for one in ranked])
    alike = library.calibration().apart.standards(vectors @ vectors.T)
    kept: list[int] = []
    for number, one in enumerate(ranked):
        if not any(same_fact(ranked[other], one, alike[number, other]) for other in kept):
            kept.append(number)
    return [ranked[number] for number in kept]


def rank_in_article(library: Library, listed: Sequence[ArticleSentence]) -> Iterator[ArticleSentence]:
    """The sentences of one article, that which is worth the most first, each next one adding the most to it."""
    if listed:
        yield from _ranked(library, listed, worth(library, listed))


def _ranked(library: Library, listed: Sequence[ArticleSentence], worths: Floats) -> Iterator[ArticleSentence]:
    texts = [one.text for one in listed]
    vectors = library.vectors(texts)
    said = salience(texts, vectors, np.linspace(0, 1, len(texts), dtype=np.float32))
    said -= _LEANS * np.array([one.leans for one in listed], np.float32)
    for index in diverse(worths + _SALIENCE * standardised(said), vectors):
        yield listed[index]


def choose_on_topic(
    library: Library,
    topic: str,
    listed: Sequence[ArticleSentence],
    count: int,
    known: Sequence[ArticleSentence] = (),
) -> list[Point]:
    """Up to ``count`` facts on ``topic``, by date; none that ``known`` sentences state."""
    chosen = islice(rank_on_topic(library, topic, listed, known), count)
    return sorted(chosen, key=lambda point: point.statement.order)


def rank_on_topic(
    library: Library, topic: str, listed: Sequence[ArticleSentence], known: Sequence[ArticleSentence] = ()
) -> Iterator[Point]:
    """The facts on ``topic``, the most telling first; none that ``known`` sentences state.

    Each fact is quoted once, from the article that says it best, with the other articles that say it.
    """
    listed, known = shortlist(topic, listed), shortlist(topic, known)
    if not listed:
        return
    texts = [one.text for one in listed]
    vectors = library.vectors(texts)
    apart = library.calibration().apart
    spreads = apart.standards(vectors @ vectors.T)
    to_known = apart.standards(vectors @ library.vectors([one.text for one in known]).T) if known else None
    scores = salience(texts, vectors, np.array([one.place for one in listed], np.float32))
    scores += _TOPIC * standardised(np.array(library.similarities(topic, texts), np.float32))
    scores -= _LEANS * np.array([one.leans for one in listed], np.float32)
    told: list[int] = []
    for index in diverse(scores, vectors):
        one = listed[index]
        if any(same_fact(listed[other], one, spreads[index, other]) for other in told):
            continue
        if to_known is not None and any(same_fact(old, one, to_known[index, n]) for n, old in enumerate(known)):
            continue
        told.append(index)
        yield Point(one, _others(one, listed, spreads[index]))


def _others(
    one: ArticleSentence, listed: Sequence[ArticleSentence], spreads: Floats
) -> tuple[ArticleSentence, ...]:
    """Sentences of other articles that state the same, the closest first, one of an article."""
    same = [
        (float(like), other)
        for other, like in zip(listed, spreads, strict=True)
        if other.article.id != one.article.id and same_fact(one, other, like) and same_fact(other, one, like)
    ]
    closest = {other.article.id: other for _, other in sorted(same, key=lambda pair: pair[0])}
    return tuple(reversed(closest.values()))[:_CORROBORATING]


def shortlist(topic: str, listed: Sequence[ArticleSentence]) -> list[ArticleSentence]:
    """The sentences worth comparing: those that words and places speak for, and of each article its best one."""
    if len(listed) <= _COMPARED:
        return list(listed)
    places = np.array([one.place for one in listed], np.float32)
    asked = frozenset(word.casefold() for word in topic.split())
    scores = by_words([one.text for one in listed], places)
    scores += [len(asked & {word.casefold() for word in one.text.split()}) - _LEANS * one.leans for one in listed]
    ranked = [listed[index] for index in np.argsort(-scores, kind="stable")]
    firsts = {one.article.id: one for one in reversed(ranked)}
    best = [one for one in ranked if firsts[one.article.id] is one]
    rest = [one for one in ranked if firsts[one.article.id] is not one]
    return (best + rest)[:_COMPARED]


def same_fact(one: ArticleSentence, other: ArticleSentence, spreads: float) -> bool:
    """Whether ``other`` tells nothing that ``one`` doesn't: with another number it is another fact.

    ``spreads``: how like they are, on the scale ``Calibration.apart``.
    """
    if one.figures != other.figures and not (other.figures < one.figures):
        return False
    shorter = min(len(one.words), len(other.words)) or 1
    shared = len(one.words & other.words) / shorter
    return shared >= _SAME_WORDS or (spreads >= _SAME_MEANING and shared >= _SOME_WORDS)
