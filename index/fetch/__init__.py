"""The one guarded way to read a URL: every request to the outside goes through ``Fetcher``."""

from index.fetch.client import Fetcher
from index.fetch.errors import FetchError
from index.fetch.manners import Clock
from index.fetch.page import Limits, Page

__all__ = ["Clock", "FetchError", "Fetcher", "Limits", "Page"]
