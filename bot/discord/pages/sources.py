"""Sentences, articles and citations as lines and links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from bot.answer.answer import Citation, Sentence
from bot.discord.pages import words
from bot.discord.pages.markdown import escape, escape_within, isolated, one_line
from bot.discord.pages.page import MAX_LINKS, Link
from index.article import ArticleRef, is_web

_URL_LIMIT = 512
_SPEAKER_LIMIT = 100
_MARKS_ON_A_BUTTON = 5
_URL = re.compile(r"https?://[^\s<>\"'|)\]]+")


def links_in(text: str) -> list[str]:
    """The web addresses in a message, without the marks that end a sentence or a bold word."""
    return [link.rstrip(".,;:!?*_~…’”\"'") for link in _URL.findall(text)]


def usable_link(*urls: str | None) -> str | None:
    """The first of ``urls`` that Discord takes on a button: http(s), a full host name, 512 characters at most.

    One that it doesn't take would make it refuse the whole message.
    """
    for url in urls:
        if not url or len(url) > _URL_LIMIT or re.search(r"[\s<>\"\x00-\x1f]", url):
            continue
        try:
            parts = urlsplit(url)
            host = parts.hostname or ""
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and "." in host.strip("."):
            return url
    return None


def place_name(location: str) -> str:
    """An address as it is, a file by its name alone: where it is kept is nobody's business."""
    return location if is_web(location) else Path(location).name


def sentence_markdown(sentence: Sentence, limit: int | None = None) -> str:
    """The words, within ``limit`` characters, and in front of them their speaker, who is no part of the quote."""
    speaker = f"**{escape_within(one_line(sentence.speaker), _SPEAKER_LIMIT)}:** " if sentence.speaker else ""
    text = one_line(sentence.text)
    return speaker + (escape(text) if limit is None else escape_within(text, limit))


def article_title(article: ArticleRef | Citation) -> str:
    """The title, in bold."""
    return f"**{isolated(escape_within(one_line(article.title), 140)) or words.UNTITLED}**"


def article_details(article: ArticleRef | Citation) -> str:
    """The outlet and the day."""
    day = words.day(article.published_at.date()) if article.published_at else words.NO_DATE
    return f"{isolated(escape_within(one_line(article.source), 60))} · {day}" if article.source else day


def article_line(article: ArticleRef | Citation) -> str:
    """Title, and below it, smaller, outlet and day."""
    return f"{article_title(article)}\n-# {article_details(article)}"


def marks(numbers: Iterable[int]) -> str:
    """``[1] [2]``."""
    return " ".join(f"[{n}]" for n in numbers)


def source_lines(citations: Iterable[Citation]) -> list[str]:
    """One line an article, with the numbers of all its citations in front."""
    by_article: dict[str, list[Citation]] = {}
    for citation in citations:
        by_article.setdefault(citation.article_id, []).append(citation)
    return [f"{marks(c.n for c in group)} {article_line(group[0])}" for group in by_article.values()]


def citation_links(citations: Iterable[Citation]) -> tuple[Link, ...]:
    """A button for each place cited; citations of one place share it."""
    numbers: dict[str, list[int]] = {}
    for citation in citations:
        if url := usable_link(citation.link, citation.url):
            numbers.setdefault(url, []).append(citation.n)
    links = (Link(marks(cited[:_MARKS_ON_A_BUTTON]), url) for url, cited in numbers.items())
    return tuple(links)[:MAX_LINKS]


def article_links(articles: Sequence[ArticleRef]) -> tuple[Link, ...]:
    """A button for each article of a list that has a link, with its place in the list on it."""
    links = ((n, usable_link(article.url)) for n, article in enumerate(articles, 1))
    return tuple(Link(str(n), url) for n, url in links if url)
