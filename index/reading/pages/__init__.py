"""Web pages: the one story on a page, or why there is none. May import index.reading and index.text."""
