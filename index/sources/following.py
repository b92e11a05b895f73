"""An article on several pages of its site, or at another address than the one asked for: read as one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from index.article import Article, Section
from index.errors import ArticleError
from index.fetch import Page
from index.parser import OnPage
from index.reading.metadata.outlets import same_site
from index.reading.pages.following import page_number
from index.told import tell

_MOST_PAGES = 10
_MOST_MOVES = 3
_PAGE_IN_TITLE = re.compile(r"\D{0,20}\d{1,2}\W*(?:\D{0,8}\d{1,2}\W*)?")
_MOVES_ON = tell("The page sends its readers from one address to the next. Use the one that a browser ends at.")


def follow(page: Page, read: Callable[[Page], OnPage], fetch: Callable[[str], Page]) -> tuple[Article, Page]:
    """The whole article that ``page`` begins or leads to, and the page that it begins on.

    Raises ``ArticleError`` if there is none, or one of its pages can't be fetched: half of it is not it.
    """
    first, found = page, read(page)
    for _ in range(_MOST_MOVES):
        if found.moved is None:
            break
        # What the first page is known by tells nothing of the one that it leads to.
        first = replace(fetch(found.moved), etag=None, last_modified=None)
        found = read(first)
    if found.article is None:
        raise ArticleError(_MOVES_ON)
    article, seen = found.article, {first.url}
    while found.next_page and len(seen) < _MOST_PAGES and page_number(first.url) == 1:
        following = fetch(found.next_page)
        if following.url in seen or not same_site(following.url, first.url):
            break
        seen.add(following.url)
        try:
            found = read(following)
        except ArticleError:  # it is a page of something else
            break
        more = _joined(article, found.article) if found.article else None
        if more is None:
            break
        article = more
    return article, first


def _joined(article: Article, following: Article) -> Article | None:
    """``article`` with what its page ``following`` adds; None if that is of another one, or adds nothing."""
    if not _is_title(following.title, article.title):
        return None
    known = set(article.text.split("\n\n"))
    paragraphs = following.text.split("\n\n")
    while paragraphs and paragraphs[0] in known:  # a summary that each page repeats
        paragraphs.pop(0)
    if not paragraphs:
        return None
    told = "\n\n".join(paragraphs)
    cut = len(following.text) - len(told)
    shift = len(article.text) + 2 - cut
    sections = tuple(
        Section(one.heading, max(one.start, cut) + shift, one.end + shift)
        for one in following.sections
        if one.end > cut
    )
    credits = tuple(dict.fromkeys((*article.credits, *following.credits)))
    return replace(
        article, text=f"{article.text}\n\n{told}", sections=article.sections + sections, credits=credits
    )


def _is_title(title: str, first: str) -> bool:
    """Whether ``title`` is the ``first`` one, or that with the number of a page behind it."""
    rest = title.casefold().removeprefix(first.casefold())
    return title.casefold().startswith(first.casefold()) and (
        not rest.strip() or bool(_PAGE_IN_TITLE.fullmatch(rest))
    )
