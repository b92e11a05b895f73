"""Lists of feeds (OPML 2.0), as readers of feeds exchange them."""

from __future__ import annotations

import lxml.etree  # type: ignore[import-untyped]

from index.errors import ArticleError
from index.reading.feeds.xml import declares_entities
from index.reading.metadata.fields import web_address
from index.told import tell, words_of

MOST = 200
"""Feeds of one list that are added."""


def read_opml(body: bytes) -> tuple[list[str], list[str]]:
    """The addresses of the feeds in a list, and what in it is no web address.

    Raises ``ArticleError`` if it can't be read, or holds no feed.
    """
    if declares_entities(body):
        raise ArticleError(
            tell("The list of feeds declares XML entities, which none needs and which can do harm.")
        )
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = lxml.etree.fromstring(body, parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise ArticleError(
            tell("The list of feeds can't be read: {error}. Export it again.", error=words_of(error))
        ) from None
    stated = [] if root is None else [one.get("xmlUrl") or "" for one in root.iter("outline") if one.get("xmlUrl")]
    feeds = list(dict.fromkeys(address for one in stated if (address := web_address(one))))
    if not stated:
        raise ArticleError(tell("There is no feed in this list: none of its outlines has an xmlUrl."))
    if len(feeds) > MOST:
        raise ArticleError(
            tell("The list has {feeds} feeds, more than {most} at once. Split it.", feeds=len(feeds), most=MOST)
        )
    return feeds, [one for one in stated if not web_address(one)]
