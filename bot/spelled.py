"""Counts and spans of time in words."""

from __future__ import annotations

from datetime import timedelta


def counted(count: int, noun: str) -> str:
    """``1 article``, ``2 articles``."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def span(time: timedelta) -> str:
    """In days, hours or minutes, whichever comes out even."""
    minutes = int(time.total_seconds() // 60)
    if minutes % (24 * 60) == 0:
        return counted(minutes // (24 * 60), "day")
    return counted(minutes // 60, "hour") if minutes % 60 == 0 else counted(minutes, "minute")
