"""What ``--json`` prints: the command line's contract with scripts."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.answer.answer import Answer, Disagreement, Sentence
    from bot.summary import Digest, Summary, Timeline
    from index.search import Hit


def answer_document(answer: Answer) -> dict[str, Any]:
    """An answer as the command line's JSON contract has it."""
    return {
        "question": answer.question,
        "standalone": answer.standalone,
        "context": answer.context,
        "kind": answer.kind,
        "filters": {name: getattr(answer.filters, name) for name in ("since", "until", "source")},
        "subject": answer.subject,
        "answer": answer.text,
        "abstained": answer.abstained,
        "as_of": answer.as_of,
        "engine": answer.engine,
        "sentences": [_sentence_document(sentence) for sentence in answer.sentences],
        "citations": [plain_document(citation) for citation in answer.citations],
        "disagreements": [_disagreement_document(one) for one in answer.disagreements],
        "missing": list(answer.missing),
        "looked_for": list(answer.looked_for),
        "nearest": [plain_document(ref) for ref in answer.nearest],
        "notes": [str(note) for note in answer.notes],
        "left_out": [plain_document(one) for one in answer.unsupported],
        "fabricated": answer.fabricated,
        "misattributed": answer.misattributed,
        "usage": plain_document(answer.usage),
        "calls": {"count": answer.calls, **plain_document(answer.usage)},
        "timings": {name: round(seconds, 4) for name, seconds in answer.timings.items()},
    }


def summary_document(summary: Summary) -> dict[str, Any]:
    """A summary as the command line's JSON contract has it; ``article`` is null for a topic's."""
    return {
        "title": summary.title,
        "article": plain_document(summary.article) if summary.article else None,
        "headline": summary.headline,
        "style": summary.style,
        "abstained": summary.abstained,
        "summary": summary.text,
        "points": [_sentence_document(point) for point in summary.points],
        "citations": [plain_document(citation) for citation in summary.citations],
        "disagreements": [_disagreement_document(one) for one in summary.disagreements],
        "articles": [plain_document(ref) for ref in summary.articles],
        "outlets": list(summary.outlets),
        "as_of": summary.as_of,
        "new_since": summary.new_since,
        "unused": [{"article": plain_document(one.article), "reason": str(one.reason)} for one in summary.unused],
        "nearest": [plain_document(ref) for ref in summary.nearest] if summary.abstained else [],
        "engine": summary.engine,
        "notes": [str(note) for note in summary.notes],
        "left_out": [plain_document(one) for one in summary.unsupported],
        "usage": plain_document(summary.usage),
    }


def timeline_document(timeline: Timeline) -> dict[str, Any]:
    """A timeline as ``newsdesk timeline --json`` prints it."""
    return {
        "topic": timeline.topic,
        "abstained": timeline.abstained,
        "events": [
            {
                "first": event.first,
                "last": event.last,
                "written": event.written,
                "published": event.published,
                **_sentence_document(event.sentence),
            }
            for event in timeline.events
        ],
        "citations": [plain_document(citation) for citation in timeline.citations],
        "articles": [plain_document(ref) for ref in timeline.articles],
        "outlets": list(timeline.outlets),
        "as_of": timeline.as_of,
        "more": timeline.more,
        "nearest": [plain_document(ref) for ref in timeline.nearest] if timeline.abstained else [],
    }


def digest_document(digest: Digest) -> dict[str, Any]:
    """A digest as ``newsdesk digest --json`` prints it."""
    return {
        "since": digest.since,
        "until": digest.until,
        "topics": list(digest.topics),
        "sources": list(digest.sources),
        "stories": [
            {
                "headline": story.headline,
                "points": [_sentence_document(point) for point in story.points],
                "articles": [plain_document(ref) for ref in story.articles],
                "outlets": list(story.outlets),
            }
            for story in digest.stories
        ],
        "citations": [plain_document(citation) for citation in digest.citations],
        "articles": digest.articles,
        "outlets": list(digest.outlets),
        "as_of": digest.as_of,
        "more": digest.more,
        "newest": [plain_document(ref) for ref in digest.newest],
    }


def hit_document(hit: Hit) -> dict[str, Any]:
    """A hit as the command line's JSON contract has it."""
    return {
        "passage_id": hit.passage.id,
        "article_id": hit.article.id,
        "title": hit.article.title,
        "url": hit.article.url,
        "source": hit.article.source,
        "published_at": hit.article.published_at,
        "modified_at": hit.article.modified_at,
        "section": hit.passage.section,
        "text": hit.passage.text,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "score": round(hit.score, 6),
        "also_in": [ref.id for ref in hit.twins],
    }


def _sentence_document(sentence: Sentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "speaker": sentence.speaker,
        "part": sentence.part,
        "citations": list(sentence.citations),
        "days": [plain_document(day) for day in sentence.days],
    }


def _disagreement_document(disagreement: Disagreement) -> dict[str, Any]:
    return {
        "superseded": disagreement.superseded,
        "sides": [_sentence_document(side) for side in disagreement.sides],
    }


def plain_document(value: Any) -> dict[str, Any]:
    """A dataclass as it is, field by field."""
    return dataclasses.asdict(value)


def print_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document on stdout."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2, default=_iso)
    sys.stdout.write("\n")


def _iso(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
