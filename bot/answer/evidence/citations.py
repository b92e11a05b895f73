"""From drafts to sentences that carry numbered citations, each in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise

from bot.answer.answer import Citation, ResolvedDay, Sentence, Unsupported
from bot.answer.engines.engine import Claim, Complaint, Draft
from bot.answer.evidence.days import relative_days
from bot.answer.evidence.evidence import Evidence, same_words, sentences_of
from bot.answer.evidence.fact_check import Missing, missing_facts
from bot.answer.evidence.ground import Ground, heads_of
from bot.answer.evidence.overlap import Rarity, stems
from bot.answer.evidence.quotes import Span, locate_all, long_enough, normalise
from bot.answer.evidence.speakers import speaker_of
from bot.answer.evidence.statement import Statement
from bot.answer.links import text_fragment
from index.search import Hit

LONG_QUOTE = 160
"""Characters; a longer quote of several sentences is cut to those that share words with the sentence."""

NOTHING_FOUND = "the quoted words stand in none of the passages"
NO_EVIDENCE = "no passage is named that says it"
NOT_THERE = "not in the passage: {facts}"
LEANS = "it is not understood without the sentence before it: name who or what is meant"


@dataclass(frozen=True)
class Found:
    """A draft and the evidence found for it, before its meaning is judged.

    ``missing`` says what is wrong with it by rule; ``lacking`` are the facts that its passages don't have, if that
    is what is wrong.
    """

    place: int
    draft: Draft
    sentence: Statement
    evidence: tuple[Evidence, ...]
    ground: Ground
    missing: tuple[str, ...] = ()
    lacking: tuple[Missing, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether it can't be shown whatever a judge says of it."""
        return bool(self.missing) and (not self.lacking or any(one.sure for one in self.lacking))

    @cached_property
    def verbatim(self) -> bool:
        """Whether the sentence is whole sentences of a passage, word for word."""
        return any(same_words(self.sentence.text, one.widened.text) for one in self.evidence)

    @property
    def pieced(self) -> bool:
        """Whether it is whole sentences of several places, one behind the other, word for word."""
        told = accumulate((one.widened.text for one in self.evidence), "{} {}".format)
        return any(same_words(self.sentence.text, one) for one in told)


class CitationBook:
    """The evidence of one answer. The same words of the same article have one number, in reading order.

    ``fabricated`` counts quotes that stand in no passage, ``misattributed`` quotes that stand in another passage
    than the one they were given for.
    """

    def __init__(self, hits: Sequence[Hit], citations: Sequence[Citation] = ()) -> None:
        """``hits`` are the passages that the engine was given, and the only ones that can be cited.

        ``citations`` were numbered before, and keep their numbers.
        """
        self.fabricated = 0
        self.misattributed = 0
        self._hits = {hit.passage.id: hit for hit in hits}
        self._read: dict[str, Statement] = {}
        self._numbered_before = citations
        self._cited: dict[Evidence, Citation] = {}
        self._kept: dict[int, tuple[Found, str | None]] = {}
        self._apart: list[Evidence] = []
        self._pending: set[str] = set()
        self._refused: dict[int, Complaint] = {}
        self._asked_again: dict[int, Statement] = {}
        self._places = 0

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences that are supported, in reading order."""
        numbers = {(one.article_id, one.start, one.end): one.n for one in self.citations}
        return tuple(_sentence(found, speaker, numbers) for _, (found, speaker) in sorted(self._kept.items()))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations so far, by number."""
        found = {(one.article_id, one.start, one.end): one for one in self._numbered_before}
        kept = [one for _, (found_, _) in sorted(self._kept.items()) for one in found_.evidence]
        for one in (*kept, *self._apart):
            found.setdefault(_key(one), replace(self._citation(one), n=len(found) + 1))
        return tuple(found.values())

    @property
    def complaints(self) -> tuple[Complaint, ...]:
        """The drafts that were refused, in their order, and why."""
        return tuple(complaint for _, complaint in sorted(self._refused.items()))

    @property
    def unsupported(self) -> tuple[Unsupported, ...]:
        """The sentences that were refused and did not come back supported, each with the reason."""
        return tuple(Unsupported(one.text, "; ".join(one.missing)) for one in self.complaints)

    def ask_again(self) -> tuple[Complaint, ...]:
        """The complaints; what is found from now on are these drafts, written again, and takes their places."""
        self._asked_again = {place: Statement.of(one.text) for place, one in self._refused.items()}
        return self.complaints

    def find(self, draft: Draft) -> Found | None:
        """The draft with its evidence and its place; None if it was said before."""
        key = normalise(draft.text).casefold()
        if key in self._pending:
            return None
        self._pending.add(key)
        sentence = Statement.of(
            draft.text, next(iter(self._hits.values())).article.language if self._hits else None
        )
        place = self._place(sentence)
        groups = list(self._groups(draft, sentence))
        lacking_some: list[Found] = []
        for evidence in groups:
            ground = self._ground(evidence)
            found = Found(place, draft, sentence, tuple(evidence), ground)
            lacking = [] if found.verbatim else missing_facts(sentence, ground)
            if not lacking:
                return found
            missing = NOT_THERE.format(facts=", ".join(one.fact for one in lacking))
            lacking_some.append(replace(found, missing=(missing,), lacking=tuple(lacking)))
        if lacking_some:
            return min(lacking_some, key=lambda one: one.refused)
        quoted = any(claim.quote for claim in draft.claims)
        return Found(place, draft, sentence, (), Ground((), ()), (NOTHING_FOUND if quoted else NO_EVIDENCE,))

    def keep(self, found: Found, *, speaker: bool = False) -> None:
        """Show the draft in its place; ``speaker``: with the one whose claim it is in front, if it doesn't say."""
        self._refused.pop(found.place, None)
        evidence = tuple(dict.fromkeys(self._narrowed(found.sentence, one) for one in found.evidence))
        who = found.draft.speaker or (speaker_of(found.sentence.text, evidence) if speaker else None)
        self._kept[found.place] = replace(found, evidence=evidence), who

    def leave_out(self, found: Found, reasons: Sequence[str]) -> None:
        """Don't show the draft. One that was written again stays refused for what was wrong first."""
        self._pending.discard(normalise(found.draft.text).casefold())
        self._refused.setdefault(found.place, Complaint(found.draft.text, tuple(reasons)))

    def add(self, draft: Draft) -> Sentence | None:
        """A draft in articles' own words, as a sentence; None if they stand nowhere, or were said before."""
        found = self.find(draft)
        if found is None:
            return None
        if found.missing or not (found.verbatim or found.pieced):
            self.leave_out(found, found.missing or (NOTHING_FOUND,))
            return None
        self.keep(found, speaker=True)
        return next(one for one in self.sentences if one.text == draft.text)

    def lead_with(self, draft: Draft) -> None:
        """Put a draft in an article's own words in front, if the first was refused and no other cites these."""
        lead = self._located(draft)
        if 1 not in self._refused or any(_overlap(one, kept) for one in lead for kept in self._shown):
            return
        found = self.find(draft)
        if found and (found.verbatim or found.pieced) and not found.missing:
            self.keep(replace(found, place=0), speaker=True)

    def leave_out_leaning(self, leans: Callable[[str, str | None], bool]) -> None:
        """Leave out each sentence that ``leans`` on the one before it where that is not shown."""
        for place, (found, _) in sorted(self._kept.items()):
            if place - 1 not in self._kept and leans(found.draft.text, found.sentence.language):
                del self._kept[place]
                self.leave_out(found, (LEANS,))

    @property
    def _shown(self) -> Iterator[Evidence]:
        """The evidence of the sentences kept."""
        return (one for found, _ in self._kept.values() for one in found.evidence)

    def quote(self, draft: Draft) -> Sentence | None:
        """As ``add``, beside the answer and not in it, whether or not it was said before."""
        evidence = self._located(draft)
        if not evidence:
            return None
        self._apart += evidence
        numbers = {(one.article_id, one.start, one.end): one.n for one in self.citations}
        found = Found(0, draft, Statement.of(draft.text), tuple(evidence), Ground((), ()))
        return _sentence(found, draft.speaker or speaker_of(draft.text, evidence), numbers)

    def reading(self, hit: Hit) -> Statement:
        """A passage, parsed once."""
        if hit.passage.id not in self._read:
            self._read[hit.passage.id] = Statement(hit.passage.text, hit.article.language)
        return self._read[hit.passage.id]

    @cached_property
    def rarity(self) -> Rarity:
        """What words weigh among the sentences of all passages."""
        return Rarity(
            Statement(one.text, one.hit.article.language)
            for hit in self._hits.values()
            for one in sentences_of(hit)
        )

    def _place(self, sentence: Statement) -> int:
        """A new place, or that of the refused sentence which ``sentence`` has most words in common with."""
        if not self._asked_again:
            self._places += 1
            return self._places
        place = max(self._asked_again, key=lambda one: len(stems(sentence) & stems(self._asked_again[one])))
        del self._asked_again[place]
        return place

    def _ground(self, evidence: Iterable[Evidence]) -> Ground:
        hits = list({one.hit.passage.id: one.hit for one in evidence}.values())
        articles = {hit.article.id for hit in hits}
        around = [hit for hit in self._hits.values() if hit.article.id in articles]
        return Ground(hits, [self.reading(hit) for hit in hits], around)

    def _groups(self, draft: Draft, sentence: Statement) -> Iterator[list[Evidence]]:
        """What may support the draft, the likeliest first: its own words; the quotes; the passages named; any."""
        located = self._located(draft)
        if own := self._own_words(draft, located):
            yield [own]
        if located:
            yield located
        named = [self._hits[claim.passage_id] for claim in draft.claims if claim.passage_id in self._hits]
        if named and (best := self._best(sentence, named)):
            yield best
        if any(self._is_open(claim) for claim in draft.claims) and (
            best := self._best(sentence, self._hits.values(), _ALIKE)
        ):
            yield best

    def _is_open(self, claim: Claim) -> bool:
        """Whether the words may stand in any passage: none were given, nor a passage that isn't there."""
        return claim.quote is None and (claim.passage_id is None or claim.passage_id in self._hits)

    def _own_words(self, draft: Draft, located: Sequence[Evidence]) -> Evidence | None:
        """Where a draft with evidence stands word for word, if what was quoted for it is another place."""
        text = draft.text.strip().rstrip(".")
        if not draft.claims or not long_enough(text) or any(text in one.text for one in located):
            return None
        places = ((hit, span) for hit in self._hits.values() for span in locate_all(text, hit.passage.text)[:1])
        exact = (Evidence(hit, span) for hit, span in places if span.found != "repaired")
        return next((one for one in exact if not one.is_bare), None)

    def _located(self, draft: Draft) -> list[Evidence]:
        located = [one for claim in draft.claims for one in self._locate(claim)]
        return list(dict.fromkeys(one for one in located if not one.is_bare))

    def _locate(self, claim: Claim) -> list[Evidence]:
        if not claim.quote or not long_enough(claim.quote):
            return []
        named = [self._hits[claim.passage_id]] if claim.passage_id in self._hits else []
        for hit in (*named, *self._hits.values()):
            if spans := locate_all(claim.quote, hit.passage.text):
                self.misattributed += claim.passage_id not in (None, hit.passage.id)
                return [Evidence(hit, span) for span in spans]
        self.fabricated += not any(_heads(hit, claim.quote) for hit in self._hits.values())
        return []

    def _best(self, sentence: Statement, hits: Iterable[Hit], least: float = 0.0) -> list[Evidence]:
        """The sentence of ``hits`` with most of the words of ``sentence``, and another that has more of them.

        ``least``: the share of them that must stand there if both are in one language.
        """
        ranked = sorted(
            (one for hit in hits for one in sentences_of(hit) if not one.is_bare),
            key=lambda one: -self._share(sentence, [one]),
        )
        if not ranked or len(stems(sentence) & stems(_read(ranked[0]))) < _ENOUGH:
            return []
        best = ranked[0]
        if best.hit.article.language == sentence.language and self._share(sentence, [best]) < least:
            return []
        more = max(ranked[1:6], key=lambda one: self._share(sentence, [best, one]), default=best)
        gain = self._share(sentence, [best, more]) - self._share(sentence, [best])
        return [best, more] if gain >= _WORTH_CITING else [best]

    def _share(self, sentence: Statement, evidence: Sequence[Evidence]) -> float:
        return self.rarity.share(sentence, map(_read, evidence))

    def _narrowed(self, sentence: Statement, one: Evidence) -> Evidence:
        """``one``, if it is long, without the sentences at its ends that share no more words than others do."""
        same_language = one.hit.article.language == sentence.language
        if len(one.text) <= LONG_QUOTE or len(one.touched) < 2 or not same_language:
            return one
        ranges = [
            (max(start, one.span.start), min(end, one.span.end))
            for start, end in map(one.sentences.__getitem__, one.touched)
        ]
        whole = self._share(sentence, [one])
        parts = [*ranges, *((first[0], second[1]) for first, second in pairwise(ranges))]
        for start, end in sorted(parts, key=lambda part: part[1] - part[0]):
            part = Evidence(one.hit, Span(start, end, one.span.found))
            if long_enough(part.text) and self._share(sentence, [part]) >= whole - 0.01:
                return part
        return one

    def _citation(self, evidence: Evidence) -> Citation:
        if evidence not in self._cited:
            passage, article = evidence.hit.passage, evidence.hit.article
            around = passage.text[: evidence.span.start], passage.text[evidence.span.end :]
            self._cited[evidence] = Citation(
                n=0,
                passage_id=passage.id,
                article_id=article.id,
                title=article.title,
                quote=evidence.text,
                start=passage.start + evidence.span.start,
                end=passage.start + evidence.span.end,
                verified=True,
                url=article.url,
                link=text_fragment(article.url, evidence.text, *around) if article.url else None,
                source=article.source,
                published_at=article.published_at,
                language=article.language,
            )
        return self._cited[evidence]


_ENOUGH = 2
"""The words that a sentence must share with one for which no quote was given."""
_ALIKE = 0.35
"""The share of a sentence's words that must stand in one of any passage: whoever names none mostly copies one."""
_WORTH_CITING = 0.25
"""The part of a sentence's words that a second quote must add, where none was given."""


def _sentence(found: Found, speaker: str | None, numbers: dict[tuple[str, int, int], int]) -> Sentence:
    cited = tuple(dict.fromkeys(numbers[_key(one)] for one in found.evidence))
    return Sentence(found.draft.text, cited, speaker, _days(found.draft, found.evidence))


def _read(evidence: Evidence) -> Statement:
    return Statement(evidence.text, evidence.hit.article.language)


def _key(evidence: Evidence) -> tuple[str, int, int]:
    start = evidence.hit.passage.start
    return evidence.hit.article.id, start + evidence.span.start, start + evidence.span.end


def _overlap(one: Evidence, other: Evidence) -> bool:
    (article, start, end), (its, its_start, its_end) = _key(one), _key(other)
    return article == its and start < its_end and its_start < end


def _heads(hit: Hit, quote: str) -> bool:
    """Whether ``quote`` is a title or a heading: real words, though no evidence."""
    return any(normalise(quote).casefold() == normalise(head).casefold() for head in heads_of(hit))


def _days(draft: Draft, evidence: Sequence[Evidence]) -> tuple[ResolvedDay, ...]:
    """What the relative dates of the draft mean, if all articles behind it came out on one day."""
    published = {one.hit.article.published_at.date() if one.hit.article.published_at else None for one in evidence}
    day = published.pop() if len(published) == 1 else None
    return tuple(relative_days(draft.text, day, evidence[0].hit.article.language)) if day else ()
