"""Words of a passage as evidence: what they stand in, who says them, and how few of them are enough."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.answer.evidence.attribution import Source, source_of
from bot.answer.evidence.facts import names
from bot.answer.evidence.quotes import Span, long_enough, normalise
from index.reading.credits import split_credit
from index.reading.headings import looks_like_heading
from index.search import Hit
from index.text.sentences import Span as Range
from index.text.sentences import split_sentences

_BYLINE = re.compile(r"(?:by|from|von|door|par|por|text|story|words|reporting)\b[^.!?]{2,60}", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:–—]\s+")


@dataclass(frozen=True)
class Evidence:
    """Words of a passage that were found there."""

    hit: Hit
    span: Span

    @property
    def text(self) -> str:
        """The words, exactly as the passage has them."""
        return self.hit.passage.text[self.span.start : self.span.end]

    @cached_property
    def sentences(self) -> list[Range]:
        """The sentences of the passage."""
        return split_sentences(self.hit.passage.text, self.hit.article.language)

    @cached_property
    def touched(self) -> list[int]:
        """The numbers of the sentences that the words stand in."""
        return [
            number
            for number, (start, end) in enumerate(self.sentences)
            if start < self.span.end and end > self.span.start
        ]

    @cached_property
    def widened(self) -> Evidence:
        """The whole sentences that the words stand in."""
        start = min([self.span.start, *(self.sentences[number][0] for number in self.touched)])
        end = max([self.span.end, *(self.sentences[number][1] for number in self.touched)])
        return Evidence(self.hit, Span(start, end, self.span.found))

    @cached_property
    def neighbours(self) -> str:
        """The sentences that the words stand in, the two before and the one behind."""
        if not self.touched:
            return self.text
        first, last = max(0, self.touched[0] - 2), min(len(self.sentences) - 1, self.touched[-1] + 1)
        return self.hit.passage.text[self.sentences[first][0] : self.sentences[last][1]]

    @property
    def antecedent(self) -> str:
        """The last sentence before the words that holds a name, which a pronoun in them may stand for."""
        text = self.hit.passage.text
        before = self.sentences[: self.touched[0]] if self.touched else []
        named = [text[start:end] for start, end in before if names(text[start:end], self.hit.article.language)]
        return named[-1] if named else ""

    @cached_property
    def source(self) -> Source | None:
        """Who says the words, if they are somebody's."""
        return source_of(self.hit.passage.text, self.sentences, self.span.start)

    @property
    def is_bare(self) -> bool:
        """Whether the words are no more than a heading, a byline or a credit, which say nothing."""
        text = self.hit.passage.text
        start = text.rfind("\n", 0, self.span.start) + 1
        end = text.find("\n", self.span.end)
        line = text[start : end if end >= 0 else None].strip()
        heads = {normalise(head) for head in (self.hit.article.title, self.hit.passage.section) if head}
        if normalise(self.text) in heads or normalise(line) in heads:
            return True
        if "\n" in line:
            return False
        alone = start > 0 or end >= 0
        return bool((alone and looks_like_heading(line)) or not split_credit(line)[0] or _BYLINE.fullmatch(line))

    def parts(self) -> Iterator[Evidence]:
        """Shorter evidence within the words, the shortest first: its sentences, its clauses, two of them."""
        start, end = self.span.start, self.span.end
        within = [
            (max(first, start), min(last, end)) for first, last in map(self.sentences.__getitem__, self.touched)
        ]
        shorter = {*within, *((one[0], other[1]) for one, other in pairwise(within))}
        for first, last in within:
            cuts = [
                first,
                *(first + cut.end() for cut in _CLAUSE.finditer(self.hit.passage.text[first:last])),
                last,
            ]
            shorter |= {(one, other) for one, other in pairwise(cuts)}
        for first, last in sorted(shorter, key=lambda part: part[1] - part[0]):
            words = self.hit.passage.text[first:last].rstrip(" ,;:–—")
            if last - first < end - start and long_enough(words):
                yield Evidence(self.hit, Span(first, first + len(words), self.span.found))
