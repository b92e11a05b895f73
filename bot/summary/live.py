"""Live blogs: posts under their times, of which the newest tells how things stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answer.disagreement.statements import ArticleSentence, statements
from bot.answer.engines.engine import Draft
from bot.summary.choosing.standing import joint
from bot.summary.quoting import Point, choose_in_article
from index.library import Library
from index.search import Hit

_FEWEST = 3
_NOON = 12
_TIME = re.compile(
    r"^(?P<hour>[01]?\d|2[0-3]) ?[.:h] ?(?P<minute>[0-5]\d)(?!\d)"
    r"(?: ?(?:(?P<half>[ap])\.? ?m\b\.?|uhr\b|uur\b|h\b))?(?: [A-Z]{2,4}\b)?",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class _Post:
    """What was posted at a time, as it is written there; ``minutes`` since midnight."""

    time: str
    minutes: int
    told: tuple[ArticleSentence, ...]


def live_drafts(library: Library, text: str, hits: Sequence[Hit], count: int) -> list[Draft]:
    """The newest post of a live blog, and the other posts' points, the newest first; empty if it is none.

    ``text`` is the article's, where a time may stand as a heading. Each point stands under its time, which is put
    in front in brackets where the sentence doesn't begin with it.
    """
    posts = _posts(text, hits)
    if len(posts) < _FEWEST or not any(post.told for post in posts):
        return []
    if posts[0].minutes < posts[-1].minutes:
        posts.reverse()
    newest, *older = (post for post in posts if post.told)
    first, *following = newest.told
    beside = tuple(one for one in following[:1] if joint(first, one))
    points = (
        choose_in_article(library, [one for post in older for one in post.told], count - 1) if count > 1 else []
    )
    drafts = [_under(newest.time, Point(first, beside=beside))]
    for post in older:
        drafts += [_under(post.time, point) for point in points if _stands_in(point.statement, post)]
    return drafts


def _posts(text: str, hits: Sequence[Hit]) -> list[_Post]:
    """The posts in their order; what stands before the first is none."""
    times = list(_TIME.finditer(text))
    listed = [(one.hit.passage.start + one.start, one) for one in statements(hits)]
    ends = [*(found.start() for found in times[1:]), len(text)][: len(times)]
    return [
        _Post(found[0].strip(), _minutes(found), tuple(one for at, one in listed if found.start() <= at < end))
        for found, end in zip(times, ends, strict=True)
    ]


def _minutes(time: re.Match[str]) -> int:
    hour, half = int(time["hour"]), (time["half"] or "").lower()
    if half:
        hour = hour % _NOON + _NOON * (half == "p")
    return 60 * hour + int(time["minute"])


def _stands_in(one: ArticleSentence, post: _Post) -> bool:
    return any(one.hit.passage.id == other.hit.passage.id and one.start == other.start for other in post.told)


def _under(time: str, point: Point) -> Draft:
    draft = point.draft
    return draft if draft.text.startswith(time) else replace(draft, text=f"[{time}] {draft.text}")
