"""From drafts to sentences that carry numbered, checked citations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from bot.answer.answer import Citation, Sentence
from bot.answer.engine import Claim, Draft
from bot.answer.links import text_fragment
from bot.answer.quotes import Span, locate, long_enough, normalise
from bot.answer.support import Support, shared_facts, shared_words, supports
from index.search import Hit
from index.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a passage that were found there."""

    hit: Hit
    span: Span

    @property
    def text(self) -> str:
        """The words, exactly as the passage has them."""
        return self.hit.passage.text[self.span.start : self.span.end]


def best_sentence(sentence: str, hit: Hit, question: str = "") -> Span | None:
    """The sentence of the hit's passage that supports ``sentence`` best, or two adjacent ones, or None.

    In another language than the passage's, at least a name or a number must tie the two together.
    """
    text = hit.passage.text
    singles = split_sentences(text, hit.article.language)
    pairs = [(first[0], second[1]) for first, second in pairwise(singles)]
    for spans in (singles, pairs):
        ranked = sorted(spans, key=lambda span: -shared_facts(sentence, text[span[0] : span[1]]))
        for start, end in ranked[:3]:
            span = Span(start, end, "chosen")
            if shared_facts(sentence, text[start:end]) and _check(sentence, [Evidence(hit, span)], question).ok:
                return span
    return None


class CitationBook:
    """Numbers the evidence of one answer: the same words of the same article always get the same number.

    ``left_out`` counts drafts dropped for want of support, ``fabricated`` quotes that stand in no passage,
    ``misattributed`` quotes that stand in another passage than the one they were given for.
    """

    def __init__(self, question: str, hits: Sequence[Hit]) -> None:
        """``hits`` are the passages that the engine was given, and the only ones that can be cited."""
        self.left_out = 0
        self.fabricated = 0
        self.misattributed = 0
        self._question = question
        self._hits = {hit.passage.id: hit for hit in hits}
        self._citations: dict[tuple[str, int, int], Citation] = {}
        self._written: set[str] = set()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations so far, by number."""
        return tuple(self._citations.values())

    def add(self, draft: Draft) -> Sentence | None:
        """The draft as a sentence with checked citations; None if nothing supports it, or it was said before."""
        key = normalise(draft.text).casefold()
        if key in self._written:
            return None
        evidence = self._supporting(draft.text, self._find(draft))
        if not evidence:
            self.left_out += 1
            return None
        self._written.add(key)
        return Sentence(draft.text, tuple(dict.fromkeys(self._cite(one) for one in evidence)), draft.speaker)

    def _find(self, draft: Draft) -> list[Evidence]:
        found: list[Evidence] = []
        for claim in draft.claims:
            evidence = self._locate(claim, draft.text)
            if evidence and evidence not in found:
                found.append(evidence)
        return found

    def _locate(self, claim: Claim, sentence: str) -> Evidence | None:
        named = self._hits.get(claim.passage_id)
        if claim.quote and long_enough(claim.quote):
            if named and (span := locate(claim.quote, named.passage.text)):
                return Evidence(named, span)
            for hit in self._hits.values():
                if span := locate(claim.quote, hit.passage.text):
                    self.misattributed += 1
                    return Evidence(hit, span)
            self.fabricated += 1
        # Without a usable quote, the passage itself may still say it: that is looked for, and checked, here.
        span = best_sentence(sentence, named, self._question) if named else None
        return Evidence(named, span) if named and span else None

    def _supporting(self, sentence: str, evidence: list[Evidence]) -> list[Evidence]:
        """The part of ``evidence`` that is needed to support ``sentence``; empty if all of it doesn't."""
        wide = [_whole_sentences(one) for one in evidence]
        for candidates in (evidence, wide):
            if not candidates or not _check(sentence, candidates, self._question).ok:
                continue
            return [one for one in candidates if _adds(sentence, one, candidates, self._question)]
        # One bad quote must not take the good ones with it.
        return [one for one in wide if _check(sentence, [one], self._question).ok]

    def _cite(self, evidence: Evidence) -> int:
        passage, article = evidence.hit.passage, evidence.hit.article
        start, end = passage.start + evidence.span.start, passage.start + evidence.span.end
        key = (article.id, start, end)
        if key not in self._citations:
            self._citations[key] = Citation(
                n=len(self._citations) + 1,
                passage_id=passage.id,
                article_id=article.id,
                title=article.title,
                quote=evidence.text,
                start=start,
                end=end,
                verified=True,
                url=article.url,
                link=text_fragment(article.url, evidence.text) if article.url else None,
                source=article.source,
                published_at=article.published_at,
            )
        return self._citations[key].n


def _check(sentence: str, evidence: Sequence[Evidence], question: str) -> Support:
    """``supports``, with what surrounds the evidence; a sentence that is one of the quotes supports itself."""
    if any(_same_words(sentence, one.text) for one in evidence):
        return Support(True)
    around: list[str] = []
    published: set[date] = set()
    for one in evidence:
        passage, article = one.hit.passage, one.hit.article
        around += [passage.text, passage.section or "", article.title, article.source or "", article.author or ""]
        if article.published_at:
            published.add(article.published_at.date())
    return supports(
        sentence, [one.text for one in evidence], around=around, question=question, published=published
    )


def _same_words(sentence: str, quote: str) -> bool:
    return normalise(sentence).strip(" .") == normalise(quote).strip(" .")


def _whole_sentences(evidence: Evidence) -> Evidence:
    """The evidence widened to the whole sentences it stands in."""
    text, span = evidence.hit.passage.text, evidence.span
    touched = [
        (start, end)
        for start, end in split_sentences(text, evidence.hit.article.language)
        if start < span.end and end > span.start
    ]
    start = min((start for start, _ in touched), default=span.start)
    end = max((end for _, end in touched), default=span.end)
    return replace(evidence, span=Span(min(start, span.start), max(end, span.end), span.found))


def _adds(sentence: str, one: Evidence, candidates: Sequence[Evidence], question: str) -> bool:
    """Whether ``one`` supports the sentence alone, or holds a part of it that no other evidence does."""
    others = [other for other in candidates if other is not one]
    if not others or _check(sentence, [one], question).ok or not _check(sentence, others, question).ok:
        return True
    return bool(
        shared_words(sentence, one.text) - shared_words(sentence, "\n".join(other.text for other in others))
    )
