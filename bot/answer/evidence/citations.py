"""From drafts to sentences that carry numbered, checked citations."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from bot.answer.answer import Citation, ResolvedDay, Sentence
from bot.answer.engines.engine import Claim, Complaint, Draft
from bot.answer.evidence.attribution import sources
from bot.answer.evidence.check import Check, Model, heads_of, same_words
from bot.answer.evidence.days import relative_days
from bot.answer.evidence.evidence import Evidence
from bot.answer.evidence.quotes import Span, locate_all, long_enough, normalise
from bot.answer.evidence.support import shared_facts, shared_words
from bot.answer.links import text_fragment
from index.search import Hit
from index.text.sentences import split_sentences

LONG_QUOTE = 160
"""Characters; a longer quote, or one of several sentences, is narrowed to the part that supports the sentence."""

_NOTHING_FOUND = "the quoted words stand in none of the passages"
_NO_EVIDENCE = "no passage is named that says it"


class CitationBook:
    """Numbers the evidence of one answer: the same words of the same article always get the same number.

    ``fabricated`` counts quotes that stand in no passage, ``misattributed`` quotes that stand in another passage
    than the one they were given for.
    """

    def __init__(
        self,
        question: str,
        hits: Sequence[Hit],
        model: Model | None = None,
        citations: Sequence[Citation] = (),
    ) -> None:
        """``hits`` are the passages that the engine was given, and the only ones that can be cited.

        ``model`` compares meanings; without it only words are compared, as is enough for quoting.
        ``citations`` were numbered before, and keep their numbers.
        """
        self.fabricated = 0
        self.misattributed = 0
        self._hits = {hit.passage.id: hit for hit in hits}
        self._check = Check(question, model)
        self._citations = {(one.article_id, one.start, one.end): one for one in citations}
        self._written: set[str] = set()
        self._refused: list[Complaint] = []
        self._retrying = False
        self._recovered = 0

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations so far, by number."""
        return tuple(self._citations.values())

    @property
    def complaints(self) -> tuple[Complaint, ...]:
        """The drafts of the first try that were refused, and why."""
        return tuple(self._refused)

    @property
    def left_out(self) -> int:
        """How many drafts were dropped for want of support; one that came back supported doesn't count."""
        return max(0, len(self._refused) - self._recovered)

    def retry(self) -> tuple[Complaint, ...]:
        """The complaints; what is added from now on are these drafts, written again."""
        self._retrying = True
        return self.complaints

    def add(self, draft: Draft) -> Sentence | None:
        """The draft as a sentence with checked citations; None if nothing supports it, or it was said before."""
        key = normalise(draft.text).casefold()
        if key in self._written:
            return None
        evidence, missing = self._supporting(draft)
        if not evidence:
            if not self._retrying:
                self._refused.append(Complaint(draft.text, missing))
            return None
        self._written.add(key)
        self._recovered += self._retrying
        return self._sentence(draft, evidence)

    def quote(self, draft: Draft) -> Sentence | None:
        """The draft, word for word an article's, with its citations, whether or not it was said before.

        None if it stands in none of the passages.
        """
        evidence, _ = self._supporting(draft)
        return self._sentence(draft, evidence) if evidence else None

    def _sentence(self, draft: Draft, evidence: Sequence[Evidence]) -> Sentence:
        numbers = tuple(dict.fromkeys(self._cite(one) for one in evidence))
        return Sentence(
            draft.text, numbers, draft.speaker or _speaker(draft.text, evidence), _days(draft, evidence)
        )

    def _supporting(self, draft: Draft) -> tuple[list[Evidence], tuple[str, ...]]:
        """The evidence that supports the draft, no more than needed; or none, and what is missing."""
        found = self._find(draft)
        wide = list(dict.fromkeys(one.widened for one in found))
        missing: tuple[str, ...] = ()
        for candidates in (found, wide) if found else ():
            support = self._check(draft.text, candidates)
            if support.ok:
                needed = [one for one in candidates if self._adds(draft.text, one, candidates)]
                return [self._narrowed(draft.text, one, needed) for one in needed], ()
            missing = support.missing
            if support.contrary:
                return [], missing
        # One bad quote must not take the good ones with it.
        for one in wide:
            if len(wide) > 1 and self._check(draft.text, [one]).ok:
                return [one], ()
        if any(self._is_open(claim) for claim in draft.claims) and (
            best := self._best_sentence(draft.text, self._hits.values())
        ):
            return [self._narrowed(draft.text, best, [best])], ()
        quoted = any(claim.quote for claim in draft.claims)
        return [], missing or (_NOTHING_FOUND if quoted else _NO_EVIDENCE,)

    def _is_open(self, claim: Claim) -> bool:
        """Whether the words may stand in any passage: none were given, nor a passage that isn't there."""
        return claim.quote is None and (claim.passage_id is None or claim.passage_id in self._hits)

    def _find(self, draft: Draft) -> list[Evidence]:
        located = [one for claim in draft.claims for one in self._locate(claim, draft.text)]
        return list(dict.fromkeys(one for one in located if not one.is_bare))

    def _locate(self, claim: Claim, sentence: str) -> list[Evidence]:
        named = [self._hits[claim.passage_id]] if claim.passage_id in self._hits else []
        if claim.quote and long_enough(claim.quote):
            for hit in (*named, *self._hits.values()):
                if spans := locate_all(claim.quote, hit.passage.text):
                    self.misattributed += claim.passage_id not in (None, hit.passage.id)
                    return [Evidence(hit, span) for span in spans]
            self.fabricated += not any(_heads(hit, claim.quote) for hit in self._hits.values())
        # Without a usable quote, the passage itself may still say it: that is looked for, and checked, here.
        best = self._best_sentence(sentence, named)
        return [best] if best else []

    def _best_sentence(self, sentence: str, hits: Collection[Hit]) -> Evidence | None:
        """The sentence of the hits' passages that supports ``sentence`` best, or two adjacent ones, or None.

        In another language than the passage's, at least a name or a number must tie the two together.
        """
        singles = [
            Evidence(hit, Span(start, end, "chosen"))
            for hit in hits
            for start, end in split_sentences(hit.passage.text, hit.article.language)
        ]
        pairs = [
            Evidence(one.hit, Span(one.span.start, other.span.end, "chosen"))
            for one, other in pairwise(singles)
            if one.hit is other.hit
        ]
        for candidates in (singles, pairs):
            for one in sorted(candidates, key=lambda one: -shared_facts(sentence, one.text))[:3]:
                if shared_facts(sentence, one.text) and not one.is_bare and self._check(sentence, [one]).ok:
                    return one
        return None

    def _adds(self, sentence: str, one: Evidence, candidates: Sequence[Evidence]) -> bool:
        """Whether ``one`` supports the sentence alone, or holds a part of it that no other evidence does."""
        others = [other for other in candidates if other is not one]
        if not others or self._check(sentence, [one]).ok or not self._check(sentence, others).ok:
            return True
        return bool(
            shared_words(sentence, one.text) - shared_words(sentence, "\n".join(other.text for other in others))
        )

    def _narrowed(self, sentence: str, one: Evidence, needed: Sequence[Evidence]) -> Evidence:
        """``one``, if it is long, cut to the shortest part of it that has as many words in common and supports."""
        if same_words(sentence, one.text) or (len(one.text) <= LONG_QUOTE and len(one.touched) == 1):
            return one
        shared = shared_facts(sentence, one.text)
        others = [other for other in needed if other is not one]
        for part in one.parts():
            if shared_facts(sentence, part.text) >= shared and self._check(sentence, [part, *others]).ok:
                return part
        return one

    def _cite(self, evidence: Evidence) -> int:
        passage, article = evidence.hit.passage, evidence.hit.article
        start, end = passage.start + evidence.span.start, passage.start + evidence.span.end
        key = (article.id, start, end)
        if key not in self._citations:
            around = passage.text[: evidence.span.start], passage.text[evidence.span.end :]
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
                link=text_fragment(article.url, evidence.text, *around) if article.url else None,
                source=article.source,
                published_at=article.published_at,
                language=article.language,
            )
        return self._citations[key].n


def _heads(hit: Hit, quote: str) -> bool:
    """Whether ``quote`` is a title or a heading: real words, though no evidence."""
    return any(normalise(quote).casefold() == normalise(head).casefold() for head in heads_of(hit))


def _days(draft: Draft, evidence: Sequence[Evidence]) -> tuple[ResolvedDay, ...]:
    """What the relative dates of the draft mean, if all articles behind it came out on one day."""
    published = {one.hit.article.published_at.date() if one.hit.article.published_at else None for one in evidence}
    day = published.pop() if len(published) == 1 else None
    return tuple(relative_days(draft.text, day, evidence[0].hit.article.language)) if day else ()


def _speaker(sentence: str, evidence: Sequence[Evidence]) -> str | None:
    """Whose claim the evidence is, where ``sentence`` doesn't say whose."""
    said_by = {one.source.shown for one in evidence if one.source}
    shown = said_by.pop() if len(said_by) == 1 else None
    if not shown or sources(sentence):
        return None
    words = shown.casefold().split()
    return None if words[-1] in sentence.casefold() else shown
