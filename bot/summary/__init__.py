"""Summaries of articles and topics, timelines and digests: every point with the passage that says it."""

from bot.summary.summariser import Summariser
from bot.summary.summary import (
    Digest,
    Estimate,
    Event,
    LeftOut,
    Story,
    Style,
    Summary,
    SummaryCache,
    SummaryError,
    Timeline,
)

__all__ = [
    "Digest",
    "Estimate",
    "Event",
    "LeftOut",
    "Story",
    "Style",
    "Summariser",
    "Summary",
    "SummaryCache",
    "SummaryError",
    "Timeline",
]
