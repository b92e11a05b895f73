"""Which way of reading and cleaning made an article."""

CLEANING_VERSION = 17
"""Raised when articles are read or cleaned differently, so that unchanged files are read again."""
