"""When a scheduled digest is due: on the clock of its own time zone, whatever daylight saving does to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from bot.summary.summary import SummaryError
from index.told import tell

_DAYS_AHEAD = 9
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

NO_ZONE = tell("'{name}' is no time zone. Choose one from the list, such as Europe/Amsterdam.")


@dataclass(frozen=True, slots=True)
class Schedule:
    """Every day at ``hour`` (0..23) in ``zone`` (an IANA name), or on one ``weekday`` (Monday is 0) only."""

    hour: int
    zone: str
    weekday: int | None = None

    def after(self, moment: datetime) -> datetime:
        """The first time, in UTC, after ``moment`` (with a time zone).

        An hour that the clock skips is taken as what it would have been: an hour later on the new clock. Of one
        that comes twice, the first counts (PEP 495, fold 0).
        """
        zone = ZoneInfo(self.zone)
        today = moment.astimezone(zone).date()
        for days in range(_DAYS_AHEAD):
            day = today + timedelta(days)
            if self.weekday not in (None, day.weekday()):
                continue
            due = datetime.combine(day, time(self.hour), tzinfo=zone).astimezone(UTC)
            if due > moment:
                return due
        raise AssertionError("a week has every weekday")


def checked_zone(name: str) -> str:
    """``name`` as an IANA time zone; raises ``SummaryError`` if there is no such zone."""
    known = {zone.casefold(): zone for zone in available_timezones()}
    if zone := known.get(name.strip().casefold()):
        return zone
    raise SummaryError(NO_ZONE.given(name=name))
