"""Days and spans of time, as the language that is spoken writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from babel.dates import format_date

from bot.discord.speech.phrase import locale


def stamp(when: date) -> str:
    """A day as every reader's Discord writes it; at noon, so that it is the same day nearly everywhere."""
    return f"<t:{int(datetime.combine(when, time(12), UTC).timestamp())}:D>"


def moment(when: datetime, style: str = "R") -> str:
    """A moment as every reader's Discord writes it: how long ago, or till then, or with ``F`` in full."""
    return f"<t:{int(when.timestamp())}:{style}>"


def weekday(number_of_day: int) -> str:
    """The name of a day of the week, 0 for Monday."""
    return format_date(date(2024, 1, 1) + timedelta(number_of_day), "EEEE", locale=locale())
