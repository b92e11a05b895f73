"""Where articles are kept: SQL (the truth), vectors, full text; the writer, the journal, locks, care."""
