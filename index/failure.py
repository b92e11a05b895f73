"""Why something at a source did not become an article."""

from __future__ import annotations

from dataclasses import dataclass

from index.told import Told


@dataclass(frozen=True, slots=True)
class Failure:
    """Something at a source that could not become an article, and why.

    ``gone`` means that the site says there is no such page (any more), ``host_failed`` that the whole site
    could not be asked. ``item_id`` is the article that was read there before, where that is known.
    ``passed_over``: nobody would take it for an article, such as a picture in a folder; it is told, and nothing
    has failed.
    """

    location: str
    reason: Told | str
    gone: bool = False
    host_failed: bool = False
    item_id: str | None = None
    passed_over: bool = False
