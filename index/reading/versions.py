"""Which way of reading and cleaning made an article."""

CLEANING_VERSION = 18
"""Raised when articles are read or cleaned differently, so that unchanged files are read again."""
