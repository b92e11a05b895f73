"""Why a URL could not be read."""

from index.errors import ArticleError
from index.told import Told

# Request Timeout, Too Early, Too Many Requests.
_SOON_OVER = (408, 425, 429)


class FetchError(ArticleError):
    """A URL was refused, or reading it failed; the message says which, and what to do.

    ``status`` is the HTTP status that the site answered with, where it answered at all. ``unreachable`` means
    that the host could not be talked to, ``forbidden`` that its robots.txt says no.
    """

    def __init__(
        self, message: Told | str, status: int | None = None, *, unreachable: bool = False, forbidden: bool = False
    ) -> None:
        super().__init__(message)
        self.status = status
        self.unreachable = unreachable
        self.forbidden = forbidden

    @property
    def gone(self) -> bool:
        """The site says that there is no such page (404) or no longer (410)."""
        return self.status in (404, 410)

    @property
    def withdrawn(self) -> bool:
        """The site says that the page is no longer to be had (410), not just that there is none."""
        return self.status == 410

    @property
    def lasting(self) -> bool:
        """Asking again soon would bring the same: the site says no, or that there is no such page."""
        return self.forbidden or (400 <= (self.status or 0) < 500 and self.status not in _SOON_OVER)

    @property
    def host_failed(self) -> bool:
        """The site as a whole doesn't answer, has a fault or is busy: its other pages would fare no better."""
        return self.unreachable or self.status == 429 or (self.status or 0) >= 500
