"""The sentences of articles that make a point: what is compared, and what a summary may quote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property, lru_cache

from bot.answer.engines.engine import Claim, Draft
from bot.answer.evidence.content import content_words
from bot.answer.evidence.quotes import long_enough
from bot.answer.evidence.speakers import speakers
from index.article import ArticleRef
from index.reading.cleaning.asides import asides
from index.reading.cleaning.boilerplate import is_boilerplate
from index.reading.cleaning.captions import captions
from index.search import Hit
from index.text.antecedents import is_quotation, is_within_quotation, leans
from index.text.calendar import without_dates, written_dates
from index.text.datelines import is_dateline
from index.text.languages import table
from index.text.numbers import Number, numbers
from index.text.sentences import Span as Range
from index.text.sentences import split_sentences

LONGEST_SENTENCE = 400
"""Characters; longer ones make no point where there are others."""
_SENTENCES = 1024
"""Sentences that are remembered: each is looked at when quotes are chosen, and when articles are compared."""
_CONTACT = re.compile(
    r"^[^\W\d_]+: (?=\d)|\S+@\S+\.\w+|\b(?:https?://|www\.)\S+|\b[a-z\d-]{3,}(?:\.[a-z]{2,})+\b|\d ?[ap]\.?m\b\.?"
)
"""Where and when one may come or write: "Details: 8 p.m.", "tarnsidemill.org"."""
_ADDRESS = re.compile(r"[^,:\d]+, (?:\d+\w? [^,:\d]+|[^,:\d]+ \d+\w?)(?:, (?:\d{4,5} )?[^,:\d]+)+")
"""Names and the number of a house: "Mill Hall, 12 Quay St., Tarnside."."""
_WORD = re.compile(r"[^\W\d_]\w*")
_ASKS = ("?", "؟", "？", "?”", "?»")


@dataclass(frozen=True)
class ArticleSentence:
    """A sentence of an article, with who says it; ``place`` is 0 where the article begins and 1 where it ends."""

    hit: Hit
    start: int
    text: str
    speaker: str | None
    place: float

    @property
    def article(self) -> ArticleRef:
        """The article it stands in."""
        return self.hit.article

    @property
    def published(self) -> datetime | None:
        """When the article came out."""
        return self.hit.article.published_at

    @property
    def order(self) -> tuple[float, str, int]:
        """By date, then by article, then as they stand there; articles without a date come last."""
        moment = self.published.timestamp() if self.published else float("inf")
        return moment, self.article.id, self.hit.passage.start + self.start

    @cached_property
    def words(self) -> frozenset[str]:
        """The stems of its content words."""
        return frozenset(content_words(self.text))

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers in it, apart from dates."""
        language = self.article.language
        return tuple(numbers(without_dates(self.text, written_dates(self.text, language)), language))

    @cached_property
    def figures(self) -> frozenset[float]:
        """The values that its numbers may have."""
        return frozenset(value for number in self.numbers for value in number.values)

    @cached_property
    def leans(self) -> bool:
        """Whether only the sentence before it tells what it points at, or who says it."""
        if leans(self.text, self.article.language):
            return True
        quoted = is_quotation(self.text) or is_within_quotation(self.hit.passage.text, self.start)
        return quoted and not self.speaker

    def draft(self, others: Sequence[ArticleSentence] = ()) -> Draft:
        """This sentence word for word, with ``others`` that state the same as further evidence."""
        claims = tuple(Claim(one.hit.passage.id, one.text) for one in (self, *others))
        return Draft(self.text, claims, self.speaker)


def statements(hits: Sequence[Hit]) -> list[ArticleSentence]:
    """The sentences of ``hits`` that make a point, in the order of the hits.

    What an article corrects in itself or says of itself makes none, nor does a heading, nor a sentence of more
    than 400 characters, nor a caption; but where there are only such ones, they are taken.
    """
    ends: dict[str, int] = {}
    for hit in hits:
        ends[hit.article.id] = max(ends.get(hit.article.id, 1), hit.passage.end)
    split = [split_sentences(hit.passage.text, hit.article.language) for hit in hits]
    found: list[ArticleSentence] = []
    for hit, spans in zip(hits, split, strict=True):
        text = hit.passage.text
        beside = asides(text)
        for (start, end), speaker in zip(spans, speakers(text, spans, hit.article.language), strict=True):
            if text.count("\n", 0, start) not in beside and _makes_a_point(text[start:end], hit.article.language):
                place = (hit.passage.start + start) / ends[hit.article.id]
                found.append(ArticleSentence(hit, start, text[start:end], speaker, place))
    shown = _captions(hits, split)
    told = [one for one in found if (one.article.id, one.hit.passage.start + one.start) not in shown]
    return [one for one in told if len(one.text) <= LONGEST_SENTENCE] or told or found


def _captions(hits: Sequence[Hit], split: Sequence[Sequence[Range]]) -> set[tuple[str, int]]:
    """The articles that captions stand in, and where: one caption is known by the others of its article."""
    articles: dict[ArticleRef, dict[int, tuple[str, Sequence[Range]]]] = {}
    for hit, spans in zip(hits, split, strict=True):
        articles.setdefault(hit.article, {})[hit.passage.start] = hit.passage.text, spans
    found: set[tuple[str, int]] = set()
    for article, passages in articles.items():
        told, placed = "", list[Range]()
        for start, (text, spans) in sorted(passages.items()):
            gap = start - len(told)  # one space where a paragraph goes on
            told += (" " if gap == 1 else "\n" * gap) + text
            placed += [(start + first, start + last) for first, last in spans]
        shown = captions(told, placed, article.language, article.published_on)
        found |= {(article.id, first) for first, _ in shown}
    return found


def _makes_a_point(sentence: str, language: str | None) -> bool:
    """Whether it tells something: no question, nothing of the article itself, more than names or an address."""
    told = _told(sentence)
    if not told or _earlier_version(language).search(sentence) or sentence.endswith(_ASKS):
        return False
    names_only = all(word[0].isupper() for word in _WORD.findall(told)) and not told.isupper()
    if names_only and not any(map(str.isdigit, told)):
        return False
    contact = _ADDRESS.fullmatch(sentence) and all(word[0].isupper() for word in _WORD.findall(sentence))
    return bool(content_words(_CONTACT.sub(" ", told))) and not contact


@cache
def _earlier_version(language: str | None) -> re.Pattern[str]:
    """How an article tells what it said before, which is not so any more."""
    return re.compile("|".join(table(language or "en", "roles").get("earlier_version", ["(?!)"])), re.IGNORECASE)


def says_something(sentence: str) -> bool:
    """Whether ``sentence`` is long enough to be quoted, more than a date, and the article's own."""
    return bool(content_words(_told(sentence)))


@lru_cache(_SENTENCES)
def _told(sentence: str) -> str:
    """``sentence`` without its dates; nothing if it is too short to be quoted, or not the article's own."""
    if is_boilerplate(sentence) or is_dateline(sentence) or not long_enough(sentence):
        return ""
    return without_dates(sentence, written_dates(sentence))
