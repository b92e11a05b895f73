"""Sentences that stand alone: with the one that they lean on, and with the one that turns against them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answer.disagreement.statements import LONGEST_SENTENCE, ArticleSentence
from index.text.datelines import is_dateline
from index.text.languages import table
from index.text.sentences import split_sentences

_FIRST_WORD = re.compile(r"[^\W\d_]+")


def joint(one: ArticleSentence, following: ArticleSentence) -> str:
    """The white space between two statements that stand in one paragraph, one behind the other; else nothing."""
    if one.hit.passage.id != following.hit.passage.id:
        return ""
    between = one.hit.passage.text[one.start + len(one.text) : following.start]
    return between if between.isspace() and "\n" not in between else ""


def with_the_next(one: ArticleSentence) -> ArticleSentence:
    """``one`` with the sentence behind it in its paragraph, if there is one, and room."""
    return _joined(one, 1) or one


def with_the_one_before(one: ArticleSentence) -> ArticleSentence | None:
    """``one`` with the sentence before it in its paragraph; None if there is none, or no room."""
    return _joined(one, -1)


def whole(one: ArticleSentence, chosen: Sequence[ArticleSentence], needed: bool) -> ArticleSentence | None:
    """``one`` with the sentences that it needs; None if these can't come with it.

    What is ``needed`` whatever else says more comes with the sentence behind it, too.
    """
    following = _joined(one, 1)
    if following and (needed or turns_against(following.text[len(one.text) :], one.article.language)):
        one = following
    if not one.leans or _begins(one):
        return one
    before = _joined(one, -1)
    if needed and before and before.leans and not _begins(before):
        before = _joined(before, -1)
    if before is None or (before.leans and not _begins(before)):
        return one if any(just_before(other, one) for other in chosen) else None
    return one if any(within(other, before) and other.start == before.start for other in chosen) else before


def _joined(one: ArticleSentence, step: int) -> ArticleSentence | None:
    """``one`` with the sentence before (-1) or behind it (1) in its paragraph; None without one, or room."""
    text = one.hit.passage.text
    spans = split_sentences(text, one.article.language)
    end = one.start + len(one.text)
    number = next((n for n, (start, _) in enumerate(spans) if start == one.start), None)
    if number is None or not 0 <= number + step < len(spans):
        return None
    if is_dateline(text[slice(*spans[number + step])]):
        return None
    start, end = min(one.start, spans[number + step][0]), max(end, spans[number + step][1])
    both = text[start:end]
    if "\n" in both or len(both) > LONGEST_SENTENCE:
        return None
    named = one.speaker is not None and one.speaker in both
    return replace(one, start=start, text=both, speaker=None if named else one.speaker)


def _begins(one: ArticleSentence) -> bool:
    """Whether its article begins with it: what it points at comes behind."""
    return one.hit.passage.start + one.start == 0


def turns_against(text: str, language: str | None) -> bool:
    """Whether ``text`` begins as what limits the sentence before it does: "But ...", "Nevertheless ..."."""
    first = _FIRST_WORD.search(text)
    return bool(first and first[0].casefold() in table(language or "en", "small").get("turning", "").split())


def within(one: ArticleSentence, other: ArticleSentence) -> bool:
    """Whether ``one`` is a part of ``other``."""
    same = one.hit.passage.id == other.hit.passage.id and one is not other
    inside = other.start <= one.start and one.start + len(one.text) <= other.start + len(other.text)
    return same and inside and one.text != other.text


def just_before(other: ArticleSentence, one: ArticleSentence) -> bool:
    """Whether ``other`` ends where ``one`` begins, white space aside."""
    if other.hit.passage.id != one.hit.passage.id:
        return False
    return not one.hit.passage.text[other.start + len(other.text) : one.start].strip() and other.start < one.start
