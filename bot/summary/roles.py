"""What a summary of an article must not leave out, and sentences that come with what they lean on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from bot.answer.disagreement.statements import LONGEST_SENTENCE, ArticleSentence
from index.text.languages import table
from index.text.sentences import split_sentences

_ROLES = ("verdict", "correction", "denial")
"""The verdict of a fact check, a correction, what the other side says; the first of them weighs most."""

_GO_ON = ("verdict", "correction")
"""Those that the sentence behind them belongs to: "We wrote six. It is five." """


def chosen_by_role(ranked: Sequence[ArticleSentence], count: int) -> list[ArticleSentence]:
    """The first ``count`` of ``ranked``, with the best sentence of each role that the article has.

    The first one always stays. Each sentence that leans on the one before it comes with it, or not at all.
    """
    chosen = list(ranked[:count])
    kept = chosen[:1]
    for role in _ROLES:
        having = [one for one in ranked if has_role(one, role)]
        if having and not any(one in chosen for one in having) and len(kept) < len(chosen):
            spare = next(one for one in reversed(chosen) if one not in kept)
            chosen[chosen.index(spare)] = having[0]
        kept += [one for one in having[:1] if one in chosen]
    spares = iter([one for one in ranked if one not in chosen and not one.leans])
    whole = [found for one in chosen if (found := _whole(one, chosen) or next(spares, None))]
    return [one for one in whole if not any(_within(one, other) for other in whole)]


def has_role(one: ArticleSentence, role: str) -> bool:
    """Whether a sentence has the ``role``, as the words of its language tell."""
    pattern = _pattern(one.article.language or "en", role)
    return bool(pattern and pattern.search(one.text))


@cache
def _pattern(language: str, role: str) -> re.Pattern[str] | None:
    phrases = table(language, "roles").get(role)
    return re.compile("|".join(phrases), re.IGNORECASE) if phrases else None


def with_the_next(one: ArticleSentence) -> ArticleSentence:
    """``one`` with the sentence behind it in its paragraph, if there is one, and room."""
    return _joined(one, 1) or one


def _whole(one: ArticleSentence, chosen: Sequence[ArticleSentence]) -> ArticleSentence | None:
    """``one`` with the sentences that it needs; None if these can't come with it."""
    if any(has_role(one, role) for role in _GO_ON):
        one = with_the_next(one)
    if not one.leans:
        return one
    before = _joined(one, -1)
    if before is None or before.leans:
        return one if any(_just_before(other, one) for other in chosen) else None
    return one if any(_within(other, before) and other.start == before.start for other in chosen) else before


def _joined(one: ArticleSentence, step: int) -> ArticleSentence | None:
    """``one`` with the sentence before (-1) or behind it (1) in its paragraph; None without one, or room."""
    text = one.hit.passage.text
    spans = split_sentences(text, one.article.language)
    end = one.start + len(one.text)
    number = next((n for n, (start, _) in enumerate(spans) if start == one.start), None)
    if number is None or not 0 <= number + step < len(spans):
        return None
    start, end = min(one.start, spans[number + step][0]), max(end, spans[number + step][1])
    joined = text[start:end]
    return None if "\n" in joined or len(joined) > LONGEST_SENTENCE else replace(one, start=start, text=joined)


def _within(one: ArticleSentence, other: ArticleSentence) -> bool:
    """Whether ``one`` is a part of ``other``."""
    same = one.hit.passage.id == other.hit.passage.id and one is not other
    inside = other.start <= one.start and one.start + len(one.text) <= other.start + len(other.text)
    return same and inside and one.text != other.text


def _just_before(other: ArticleSentence, one: ArticleSentence) -> bool:
    """Whether ``other`` ends where ``one`` begins, white space aside."""
    if other.hit.passage.id != one.hit.passage.id:
        return False
    return not one.hit.passage.text[other.start + len(other.text) : one.start].strip() and other.start < one.start
