"""The kinds of files that hold articles, by the endings of their names."""

from __future__ import annotations

SINGLE = frozenset(
    (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".odt", ".eml")
)
"""One article each."""
SEVERAL = frozenset((".json", ".csv", ".tsv", ".epub", ".mbox", ".xml", ".rss", ".atom", ".rdf"))
"""One article or more."""
INSIDE = SINGLE | SEVERAL
"""Those that are also read where they lie in an archive."""
LINES = frozenset((".jsonl", ".ndjson", ".jl"))
"""An article a line, read line by line."""
KINDS = INSIDE | {".zip"} | LINES
FEED_LISTS = frozenset((".opml",))
"""Lists of feeds, which are added when they are named themselves."""
