"""Bytes -> article: HTML, PDF, Markdown, JSON, feeds, sitemaps; clean, credits, headings, walls.

May import index.text.
"""
