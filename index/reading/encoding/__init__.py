"""Bytes -> text, by what a header, the file and its letters say."""
