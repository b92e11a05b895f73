"""Why a URL could not be read."""

from index.errors import ArticleError


class FetchError(ArticleError):
    """A URL was refused, or reading it failed; the message says which, and what to do.

    ``status`` is the HTTP status that the site answered with, where it answered at all. ``unreachable`` means
    that the host could not be talked to.
    """

    def __init__(self, message: str, status: int | None = None, *, unreachable: bool = False) -> None:
        super().__init__(message)
        self.status = status
        self.unreachable = unreachable

    @property
    def gone(self) -> bool:
        """The site says that there is no such page (404) or no longer (410)."""
        return self.status in (404, 410)

    @property
    def host_failed(self) -> bool:
        """The site as a whole doesn't answer, has a fault or is busy: its other pages would fare no better."""
        return self.unreachable or self.status == 429 or (self.status or 0) >= 500
