"""Why a URL could not be read."""

from index.errors import ArticleError


class FetchError(ArticleError):
    """A URL was refused, or reading it failed; the message says which, and what to do.

    ``status`` is the HTTP status that the site answered with, where it answered at all.
    """

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status

    @property
    def gone(self) -> bool:
        """The site says that there is no such page (404) or no longer (410)."""
        return self.status in (404, 410)
