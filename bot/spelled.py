"""Counts, spans of time, and where an article is from, in words."""

from __future__ import annotations

from datetime import timedelta

from index.article import ArticleRef

UPDATED = "updated {day}"


def counted(count: int, noun: str) -> str:
    """``1 article``, ``2 articles``."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def span(time: timedelta) -> str:
    """In days, hours or minutes, whichever comes out even."""
    minutes = int(time.total_seconds() // 60)
    if minutes % (24 * 60) == 0:
        return counted(minutes // (24 * 60), "day")
    return counted(minutes // 60, "hour") if minutes % 60 == 0 else counted(minutes, "minute")


def byline(article: ArticleRef) -> str:
    """The outlet, the day of publication, and that of a later change, as far as they are known."""
    parts = [article.source, article.published_at.date().isoformat() if article.published_at else None]
    parts.append(UPDATED.format(day=article.updated_on) if article.updated_on else None)
    return ", ".join(filter(None, parts))
