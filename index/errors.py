"""Errors meant for people: each says what is wrong and what to do next."""


class NewsdeskError(Exception):
    """Base of all errors whose message is written for the person using Newsdesk."""


class ConfigurationError(NewsdeskError):
    """A setting, or an argument, cannot be used as it is."""


class ArticleError(NewsdeskError):
    """One article cannot be read; the others are not affected."""


class ParserError(NewsdeskError):
    """The process that reads articles doesn't start, so that none can be read."""


class StoreError(NewsdeskError):
    """The store cannot be opened, read or written."""


class EmbeddingError(NewsdeskError):
    """The embedding model gave no vectors."""


class StoppedError(NewsdeskError):
    """Whoever watches asked for the end of what goes on. Nothing is wrong."""


class StoreLockedError(StoreError):
    """Another process owns the embedded store."""
