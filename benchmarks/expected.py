"""In what the articles that came out of an input differ from those expected."""

from __future__ import annotations

from typing import Any

from index.article import Article
from index.report import SyncReport


def differences(
    expect: dict[str, Any], articles: list[Article], report: SyncReport, feeds: list[str]
) -> list[str]:
    """What is wrong, a line each; ``feeds`` are the sources that were added."""
    named = len(report.failures) + len(getattr(report, "passed_over", ()))
    failed = named if expect.get("passed_over_counts") else len(report.failures)
    reasons = [f"{one.location[-40:]}: {str(one.reason)[:150]}" for one in report.failures][:4]
    if not articles and ((expect.get("refusal_ok") and named) or expect.get("empty_ok")):
        return []
    wrong: list[str] = []
    rest = list(articles)
    for one in expect["articles"]:
        found = max(rest, key=lambda article: _likeness(one, article), default=None)
        if found is None or _likeness(one, found) == 0:
            if not (expect.get("each_or_failure") and report.failures):
                wrong.append(f"missing: {one.get('title_contains') or one['must_contain'][:1]} {reasons}")
            continue
        rest.remove(found)
        wrong += _unlike(one, found)
    if rest and not expect.get("more_ok"):
        wrong += [f"too many: {one.title[:60]!r} {one.url or one.id}: {one.text[:80]!r}" for one in rest[:3]]
    if failed < expect.get("failures_min", 0):
        wrong.append(f"{failed} failures instead of {expect['failures_min']}")
    if "entries" in expect and len(articles) + len(report.failures) != expect["entries"]:
        wrong.append(
            f"{len(articles)} articles + {len(report.failures)} failures of {expect['entries']} {reasons}"
        )
    if not expect["articles"] and not expect["failures_min"] and not expect.get("more_ok") and articles:
        wrong.append("an article, where none is")
    for feed in expect.get("feeds", ()):
        if feed not in feeds:
            wrong.append(f"feed not added: {feed} ({feeds})")
    for bad in expect.get("title_must_not_contain", ()):
        wrong += [f"title holds {bad!r}: {one.title!r}" for one in articles if bad in one.title]
    if longest := expect.get("title_max"):
        wrong += [f"title of {len(one.title)} characters" for one in articles if len(one.title) > longest]
    return wrong


def _likeness(expected: dict[str, Any], article: Article) -> float:
    words = _flat(f"{article.title}\n{article.text}")
    must = expected.get("must_contain") or []
    title = expected.get("title_contains")
    score = sum(_flat(part) in words for part in must) / max(1, len(must))
    return score + (0.5 if title and _flat(title) in _flat(article.title) else 0)


def _unlike(expected: dict[str, Any], article: Article) -> list[str]:
    words = _flat(f"{article.title}\n{article.text}")
    wrong = [f"lost: {part!r}" for part in expected.get("must_contain") or [] if _flat(part) not in words]
    wrong += [
        f"holds: {part!r}" for part in expected.get("must_not_contain") or [] if _holds(part, words, article)
    ]
    wrong = wrong[:4] + ([f"title {article.title[:60]!r}, text {article.text[:300]!r}"] if wrong else [])
    title = expected.get("title_contains")
    if title and _flat(title) not in _flat(article.title):
        wrong.append(f"title {article.title[:80]!r} instead of {title!r}")
    wrong += [f"title holds {bad!r}" for bad in expected.get("title_must_not_contain", ()) if bad in article.title]
    day = article.published_at.date().isoformat() if article.published_at else None
    allowed = expected.get("published_any") or ([expected["published"]] if "published" in expected else [day])
    if day not in [one[:10] if one else None for one in allowed]:
        wrong.append(f"published {day} instead of {allowed}")
    outlet = (article.source or "").partition(":")[0]
    if "outlet" in expected and outlet != expected["outlet"].partition(":")[0]:
        wrong.append(f"outlet {article.source!r} instead of {expected['outlet']!r}")
    wrong += [f"outlet {outlet!r}" for bad in expected.get("outlet_must_not_contain", ()) if bad in outlet]
    if "url" in expected and article.url != expected["url"]:
        wrong.append(f"url {article.url} instead of {expected['url']}")
    bad_urls = expected.get("url_must_not_contain", ())
    return wrong + [f"url {article.url}" for bad in bad_urls if bad in (article.url or "")]


def _holds(part: str, words: str, article: Article) -> bool:
    flat = _flat(part)
    return flat in words if flat else part in f"{article.title}\n{article.text}"


def _flat(text: str) -> str:
    return " ".join(text.split())
