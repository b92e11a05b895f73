"""Sentences, articles and citations as lines and links."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from enum import Enum
from pathlib import Path
from urllib.parse import urlsplit

from bot.answer.answer import Citation, Sentence
from bot.discord.pages.markdown import escape, escape_within, isolated, one_line
from bot.discord.speech import figures
from bot.discord.words import answering
from index.article import ArticleRef, is_web

_URL_LIMIT = 512
_SPEAKER_LIMIT = 100
_TITLE_LIMIT = 140
_OUTLET_LIMIT = 60
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DIRECTIVES = ":~:"
"""What stands in an address before the words that a browser goes to."""

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
    speaker = f"**{_speaker(sentence)}:** " if sentence.speaker else ""
    text = one_line(sentence.text)
    return speaker + (escape(text) if limit is None else escape_within(text, limit))


def speaker_markdown(sentence: Sentence) -> str:
    """Who says it, in bold; empty if that isn't told."""
    return f"**{_speaker(sentence)}**" if _speaker(sentence) else ""


def article_title(article: ArticleRef | Citation) -> str:
    """The title, in bold."""
    return f"**{_title(article)}**"


def linked_title(article: ArticleRef | Citation) -> str:
    """The title, which opens the article if that has an address, else in bold."""
    url = usable_link(article.url)
    return linked(_title(article), url) if url else article_title(article)


def linked(markdown: str, url: str | None) -> str:
    """What opens ``url``, if there is one."""
    return f"[{markdown}]({_in_markdown(url)})" if url else markdown


def article_line(article: ArticleRef | Citation) -> str:
    """Title, and below it, smaller, outlet and day."""
    return f"{linked_title(article)}\n-# {origin(article)}"


def outlet(article: ArticleRef | Citation) -> str:
    """The outlet; empty if none is known."""
    return isolated(escape_within(one_line(article.source), _OUTLET_LIMIT)) if article.source else ""


def origin(article: ArticleRef | Citation) -> str:
    """The outlet and the day."""
    return " · ".join(filter(None, (outlet(article), published(article))))


def published(article: ArticleRef | Citation) -> str:
    """When it came out, and when it was changed if that was another day, as every reader's Discord writes days."""
    out = figures.stamp(article.published_at.date()) if article.published_at else answering.NO_DATE()
    changed = article.updated_on
    return f"{out} · {answering.UPDATED(day=figures.stamp(changed))}" if changed else out


class Linked(Enum):
    """What a mark opens: the cited words, their article, or, where there is no room for addresses, nothing."""

    QUOTES = "quotes"
    ARTICLES = "articles"
    NOTHING = "nothing"


class Marks:
    """The small numbers behind a sentence: one for each article cited, in the order in which it comes first."""

    def __init__(self, citations: Sequence[Citation], linked: Linked = Linked.QUOTES) -> None:
        self._known = {citation.n: citation for citation in citations}
        self._linked = linked
        self._articles: dict[str, int] = {}
        for citation in citations:
            self._articles.setdefault(citation.article_id, len(self._articles) + 1)

    def of(self, numbers: Iterable[int]) -> str:
        """The marks for the citations with these ``numbers``, each article's once."""
        return " ".join(self._mark(cited) for cited in self.by_article(numbers).values())

    def outlets(self, numbers: Iterable[int]) -> str:
        """The outlets of these citations, each of which opens the cited words, in place of marks."""
        groups = self.by_article(numbers).values()
        return ", ".join(linked(outlet(cited[0]) or _title(cited[0]), self.opened(cited)) for cited in groups)

    def by_article(self, numbers: Iterable[int]) -> dict[str, list[Citation]]:
        """The citations with these ``numbers``, by the ids of their articles, in the order of the numbers."""
        found: dict[str, list[Citation]] = {}
        for citation in (self._known[n] for n in numbers if n in self._known):
            found.setdefault(citation.article_id, []).append(citation)
        return found

    def opened(self, cited: Sequence[Citation]) -> str | None:
        """The address at which these words of one article are opened."""
        if self._linked is Linked.QUOTES:
            return usable_link(_at_all_words(cited), cited[0].link, cited[0].url)
        return self.article_of(cited[0])

    def article_of(self, article: ArticleRef | Citation) -> str | None:
        """The address of an article, where there is room for addresses."""
        return None if self._linked is Linked.NOTHING else usable_link(article.url)

    def article(self, citation: Citation) -> int:
        """The number of the article that is cited."""
        return self._articles[citation.article_id]

    def lines(self, numbers: Collection[int]) -> list[str]:
        """One line for each article among the citations with these ``numbers``."""
        cited = [self._known[n] for n in sorted(numbers) if n in self._known]
        first = {citation.article_id: citation for citation in reversed(cited)}
        ordered = sorted(first.values(), key=self.article)
        return [f"-# {self.article(one)} · {linked_title(one)} · {origin(one)}" for one in ordered]

    def _mark(self, cited: Sequence[Citation]) -> str:
        return linked(str(self.article(cited[0])).translate(_RAISED), self.opened(cited))


def _at_all_words(cited: Sequence[Citation]) -> str | None:
    """The address of an article at all of the cited words: a browser marks each of several text directives."""
    parted = [citation.link.partition(_DIRECTIVES) for citation in cited if citation.link]
    texts = dict.fromkeys(text for address, _, text in parted if address == parted[0][0] and text)
    return f"{parted[0][0]}{_DIRECTIVES}{'&'.join(texts)}" if texts else None


def _speaker(sentence: Sentence) -> str:
    return escape_within(one_line(sentence.speaker or ""), _SPEAKER_LIMIT)


def _title(article: ArticleRef | Citation) -> str:
    return isolated(escape_within(one_line(article.title), _TITLE_LIMIT)) or answering.UNTITLED()


def _in_markdown(url: str) -> str:
    """``url`` as it may stand in a link of Discord's markdown, which ends at a parenthesis."""
    return url.replace("(", "%28").replace(")", "%29").replace("\\", "%5C")
