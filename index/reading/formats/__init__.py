"""One module a format: bytes -> the articles in them. May import index.reading and index.text."""
