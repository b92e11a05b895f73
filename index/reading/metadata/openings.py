"""The day that an article states near its top, where nothing else tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from index.reading.metadata.days import plausible_day
from index.text.dates import find_date

_NEAR_THE_TOP = 4
_HAN = re.compile(
    r"(?:[\s\d/:：()（）、,.・|｜]|令和|平成|昭和|民[國国]|[元年月日時时分秒付曜火水木金土년월일시분]|[午上下前后後]{2})+"
)
"""No more than a day and a time, as Chinese, Japanese and Korean pages write them."""


def opening_day(paragraphs: Sequence[str], language: str | None = None) -> datetime | None:
    """The day of publication that one of the first of ``paragraphs`` states and tells nothing else."""
    found = plausible_day(find_date(list(paragraphs)))
    dated = (one for one in paragraphs[:_NEAR_THE_TOP] if _HAN.fullmatch(one))
    return found or next(filter(None, (plausible_day(one, language) for one in dated)), None)
