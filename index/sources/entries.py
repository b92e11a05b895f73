"""What a feed itself says of its articles: all of them, or what their pages leave out."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from index.article import Article
from index.errors import ArticleError
from index.parser import Parser
from index.reading.clean import clean
from index.reading.feeds import Entry, Feed
from index.sources.addresses import canonical_address

_WHOLE = 600
"""Characters; a feed's own text of this length is the article, a shorter one is a teaser."""


def told_by_feed(entry: Entry, feed: Feed, parser: Parser) -> Article | None:
    """The article out of the feed itself, if the feed holds the whole of it."""
    title = entry.title or ""
    markup = (
        f"<html><head><title>{escape(title)}</title></head>"
        f"<body><article><h1>{escape(title)}</h1>{entry.content}</article></body></html>"
    )
    try:
        address = canonical_address(entry.url)
        found = parser.html(markup.encode(), address)
        if len(found.text) < _WHOLE:
            return None
        stated = replace(
            found,
            title=title,
            url=address,
            source=feed.title,
            author=entry.author,
            published_at=entry.published_at,
            language=feed.language,
        )
        return clean(stated, address)
    except (ArticleError, ValueError):
        return None


def completed(article: Article, entry: Entry | None) -> Article:
    """``article`` with what only the feed says about it."""
    if entry is None:
        return article
    return replace(
        article,
        author=article.author or entry.author,
        published_at=article.published_at or entry.published_at,
    )
