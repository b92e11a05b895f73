"""Words of a passage as evidence: where they stand, and whether they say anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from bot.answer.evidence.quotes import Span, normalise
from bot.answer.evidence.statement import Statement
from index.reading.cleaning.boilerplate import is_boilerplate
from index.reading.cleaning.credits import split_credit
from index.reading.cleaning.headings import looks_like_heading
from index.search import Hit
from index.text.sentences import Span as Range
from index.text.sentences import asks, ends_sentence, split_sentences

_BYLINE = re.compile(r"(?:by|from|von|door|par|por|text|story|words|reporting)\b[^.!?]{2,60}", re.IGNORECASE)


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
    def statement(self) -> Statement:
        """The words, parsed in the language of their article."""
        return Statement(self.text, self.hit.article.language)

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

    @property
    def wholes(self) -> list[Evidence]:
        """The sentences that the words stand in, each by itself."""
        spans = map(self.sentences.__getitem__, self.touched)
        return [one for span in spans if not (one := Evidence(self.hit, Span(*span, "chosen"))).is_bare]

    @property
    def is_bare(self) -> bool:
        """Whether the words are only a heading, a byline, a credit or the site speaking, which say nothing."""
        text = self.hit.passage.text
        start = text.rfind("\n", 0, self.span.start) + 1
        end = text.find("\n", self.span.end)
        line = text[start : end if end >= 0 else None].strip()
        heads = {normalise(head) for head in (self.hit.article.title, self.hit.passage.section) if head}
        # A title that ends as a sentence was made of one, where the article had none.
        if normalise(line) in heads and not (ends_sentence(line) and not asks(line)):
            return True
        if is_boilerplate(self.text):
            return True
        if "\n" in line:
            return False
        alone = start > 0 or end >= 0
        return bool((alone and looks_like_heading(line)) or not split_credit(line)[0] or _BYLINE.fullmatch(line))


def sentences_of(hit: Hit) -> list[Evidence]:
    """The sentences of a passage, each as evidence."""
    spans = split_sentences(hit.passage.text, hit.article.language)
    return [Evidence(hit, Span(start, end, "chosen")) for start, end in spans]


def same_words(sentence: str, quote: str) -> bool:
    """Whether the two are one text, typography and the final full stop aside."""
    return normalise(sentence).strip(" .") == normalise(quote).strip(" .")
