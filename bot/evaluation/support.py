"""Measures how well the sentences of an answer are supported, and whether its disagreements were shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.answer.answer import Answer, Citation
from bot.answer.evidence.comparison.fact_check import missing_facts
from bot.answer.evidence.comparison.ground import Ground
from bot.answer.evidence.evidence import Evidence, same_words, sentences_of
from bot.answer.evidence.overlap import Rarity
from bot.answer.evidence.quotes import Span
from bot.answer.evidence.statement import Statement
from index.article import SHARED
from index.library import Library
from index.search import Hit

_SOME = 0.4
"""The share of a sentence's words that its citations must have."""


def support_of(answer: Answer, library: Library) -> Iterator[tuple[str, bool]]:
    """The program's own check by rule, done again on a finished answer: a measure, and whether it is met.

    ``sentences_supported`` and ``citation_recall``: a sentence is supported by its citations together;
    ``citation_precision``: a citation supports its sentence alone, or adds what the others lack (Liu et al. 2023,
    Evaluating Verifiability in Generative Search Engines).
    """
    for sentence in answer.sentences:
        evidence = [_evidence(library, one) for one in answer.citations if one.n in sentence.citations]
        known = [one for one in evidence if one]
        supported = len(known) == len(evidence) and bool(known) and is_supported(sentence.text, known)
        yield "sentences_supported", supported
        yield "citation_recall", supported
        for one in known:
            others = [other for other in known if other is not one]
            needed = not others or not is_supported(sentence.text, others)
            yield "citation_precision", supported and (is_supported(sentence.text, [one]) or needed)


def _evidence(library: Library, citation: Citation) -> Evidence | None:
    passage = library.passage([SHARED], citation.passage_id)
    article = library.article([SHARED], citation.article_id)
    if passage is None or article is None:
        return None
    start = citation.start - passage.start
    span = Span(start, start + len(citation.quote), "exact")
    return Evidence(Hit(passage, article.ref, 0.0, 0.0, 0.0), span)


def is_supported(text: str, evidence: Sequence[Evidence]) -> bool:
    """Whether ``evidence`` supports a sentence as far as rules tell: word for word, or by facts and words."""
    if any(same_words(text, one.text) for one in evidence):
        return True
    hits = list({one.hit.passage.id: one.hit for one in evidence}.values())
    read = [Statement(hit.passage.text, hit.article.language) for hit in hits]
    sentence = Statement.of(text, next((one.language for one in read), None))
    if missing_facts(sentence, Ground(hits, read)):
        return False
    rarity = Rarity(one.statement for hit in hits for one in sentences_of(hit))
    return rarity.share(sentence, (one.widened.statement for one in evidence)) >= _SOME


def shows(answer: Answer, sides: Sequence[tuple[str, str]]) -> bool:
    """Whether one disagreement of ``answer`` holds the words of each of ``sides``, cited from its article."""
    cited = {citation.n: citation.article_id for citation in answer.citations}
    return any(
        all(
            any(
                words.casefold() in side.text.casefold() and article_id in {cited[n] for n in side.citations}
                for side in one.sides
            )
            for article_id, words in sides
        )
        for one in answer.disagreements
    )
