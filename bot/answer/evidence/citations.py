"""From drafts to sentences that carry numbered citations, each in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.answer.answer import Citation, ResolvedDay, Sentence, Unsupported
from bot.answer.engines.engine import Complaint, Draft
from bot.answer.evidence.days import relative_days
from bot.answer.evidence.evidence import Evidence, same_words
from bot.answer.evidence.locating import NOTHING_FOUND, Found, Locator
from bot.answer.evidence.overlap import stems
from bot.answer.evidence.quotes import normalise
from bot.answer.evidence.speakers import speaker_of
from bot.answer.evidence.statement import Statement
from bot.answer.links import text_fragment
from index.search import Hit

LEANS = "it is not understood without the sentence before it: name who or what is meant"

_Key = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A sentence that is shown: a draft, or words of the articles in its place."""

    found: Found
    text: str
    evidence: tuple[Evidence, ...]
    speaker: str | None = None

    @property
    def is_quoted(self) -> bool:
        """Whether it is whole sentences of an article, word for word."""
        return any(same_words(self.text, one.widened.text) for one in self.evidence)


class CitationBook:
    """The evidence of one answer. The same words of the same article have one number, in reading order."""

    def __init__(self, hits: Sequence[Hit], citations: Sequence[Citation] = ()) -> None:
        """``hits`` are the passages that the engine was given, and the only ones that can be cited.

        ``citations`` were numbered before, and keep their numbers.
        """
        self._locator = Locator(hits)
        self._numbered_before = citations
        self._cited: dict[Evidence, Citation] = {}
        self._kept: dict[int, tuple[_Kept, ...]] = {}
        self._apart: list[Evidence] = []
        self._pending: set[str] = set()
        self._refused: dict[int, Complaint] = {}
        self._asked_again: dict[int, Statement] = {}
        self._places = 0

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences that are supported, in reading order."""
        numbers = self._numbers
        return tuple(
            replace(_sentence(one.text, one.evidence, one.speaker, numbers), part=one.found.draft.part)
            for one in self._shown
        )

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations so far, by number."""
        found = {_place_of(one): one for one in self._numbered_before}
        for one in (*(one for kept in self._shown for one in kept.evidence), *self._apart):
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

    @property
    def fabricated(self) -> int:
        """How many quotes stand in no passage."""
        return self._locator.fabricated

    @property
    def misattributed(self) -> int:
        """How many quotes stand in another passage than the one they were given for."""
        return self._locator.misattributed

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
        sentence = self._locator.read(draft)
        return self._locator.find(self._place(sentence), draft, sentence)

    def keep(self, found: Found, *, speaker: bool = False) -> None:
        """Show the draft in its place; ``speaker``: with the one whose claim it is in front, if it doesn't say."""
        evidence = tuple(dict.fromkeys(self._locator.narrowed(found.sentence, one) for one in found.evidence))
        who = found.draft.speaker or (speaker_of(found.sentence.text, evidence) if speaker else None)
        self._refused.pop(found.place, None)
        self._kept[found.place] = (_Kept(found, found.draft.text, evidence, who),)

    def quote_instead(self, found: Found) -> None:
        """Show in the place of the draft the sentences that its evidence stands in, each once in an answer."""
        shown = [one for kept in self._shown if kept.is_quoted for one in kept.evidence]
        wholes = [whole for one in found.evidence for whole in self._locator.narrowed(found.sentence, one).wholes]
        quoted = [one for one in dict.fromkeys(wholes) if not any(_overlap(one, other) for other in shown)]
        self._refused.pop(found.place, None)
        if quoted:
            told = (_Kept(found, one.text, (one,), speaker_of(one.text, (one,))) for one in quoted)
            self._kept[found.place] = tuple(told)

    def leave_out(self, found: Found, reasons: Sequence[str]) -> None:
        """Don't show the draft. One that was written again stays refused for what was wrong first."""
        self._pending.discard(normalise(found.draft.text).casefold())
        self._refused.setdefault(found.place, Complaint(found.draft.text, tuple(reasons)))

    def add(self, draft: Draft) -> Sentence | None:
        """A draft in articles' own words, as a sentence; None if they stand nowhere, or were said before."""
        found = self.find(draft)
        if found is None:
            return None
        if found.missing or not found.in_own_words:
            self.leave_out(found, found.missing or (NOTHING_FOUND,))
            return None
        self.keep(found, speaker=True)
        return next(one for one in self.sentences if one.text == draft.text)

    def lead_with(self, draft: Draft) -> None:
        """Put a draft in articles' own words in front, if the first was refused and no other cites these."""
        lead = self._locator.located(draft)
        cited = [one for kept in self._shown for one in kept.evidence]
        if 1 not in self._refused or any(_overlap(one, other) for one in lead for other in cited):
            return
        found = self.find(draft)
        if found and found.in_own_words and not found.missing:
            self.keep(replace(found, place=0), speaker=True)

    def leave_out_leaning(self, leans: Callable[[str, str | None], bool]) -> None:
        """Leave out each sentence that ``leans`` on the one before it where that is not shown."""
        for place, some in sorted(self._kept.items()):
            found = some[0].found
            written = some[0].text == found.draft.text
            if written and place - 1 not in self._kept and leans(some[0].text, found.sentence.language):
                del self._kept[place]
                self.leave_out(found, (LEANS,))

    def quote(self, draft: Draft) -> Sentence | None:
        """As ``add``, beside the answer and not in it, whether or not it was said before."""
        evidence = tuple(self._locator.located(draft))
        if not evidence:
            return None
        self._apart += evidence
        who = draft.speaker or speaker_of(draft.text, evidence)
        return _sentence(draft.text, evidence, who, self._numbers)

    @property
    def _shown(self) -> Iterator[_Kept]:
        return (one for _, some in sorted(self._kept.items()) for one in some)

    @property
    def _numbers(self) -> dict[_Key, int]:
        return {_place_of(one): one.n for one in self.citations}

    def _place(self, sentence: Statement) -> int:
        """A new place, or that of the refused sentence which ``sentence`` has most words in common with."""
        if not self._asked_again:
            self._places += 1
            return self._places
        place = max(self._asked_again, key=lambda one: len(stems(sentence) & stems(self._asked_again[one])))
        del self._asked_again[place]
        return place

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
                modified_at=article.modified_at,
                language=article.language,
            )
        return self._cited[evidence]


def _sentence(
    text: str, evidence: Sequence[Evidence], speaker: str | None, numbers: Mapping[_Key, int]
) -> Sentence:
    cited = tuple(dict.fromkeys(numbers[_key(one)] for one in evidence))
    return Sentence(text, cited, speaker, _days(text, evidence))


def _days(text: str, evidence: Sequence[Evidence]) -> tuple[ResolvedDay, ...]:
    """What the relative dates of a sentence mean, if all articles behind it came out on one day.

    An article that was changed on another day may have got the words then: what they mean has to be the same.
    """
    articles = [one.hit.article for one in evidence]
    published = {article.published_on for article in articles}
    day = published.pop() if len(published) == 1 else None
    days = relative_days(text, day, articles[0].language) if day else []
    for changed in {article.updated_on for article in articles}:
        if days and changed:
            then = relative_days(text, changed, articles[0].language)
            days = [one for one in days if one in then]
    return tuple(days)


def _key(evidence: Evidence) -> _Key:
    start = evidence.hit.passage.start
    return evidence.hit.article.id, start + evidence.span.start, start + evidence.span.end


def _place_of(citation: Citation) -> _Key:
    return citation.article_id, citation.start, citation.end


def _overlap(one: Evidence, other: Evidence) -> bool:
    (article, start, end), (its, its_start, its_end) = _key(one), _key(other)
    return article == its and start < its_end and its_start < end
