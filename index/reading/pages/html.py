"""HTML -> the one article on the page: its own words, its own day, under the name of where it was fetched from."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

import lxml.etree  # type: ignore[import-untyped]
import lxml.html  # type: ignore[import-untyped]
import trafilatura

from index.errors import ArticleError
from index.reading.encoding.decode import declared_encoding, decode
from index.reading.extracted import Extracted
from index.reading.markup.beside import remove_beside
from index.reading.markup.hidden import remove_hidden
from index.reading.markup.tree import line_of, parse_html, weight
from index.reading.markup.words import block_text, plain_line, write_scripts
from index.reading.pages.bylines import byline_author
from index.reading.pages.content.block import block_of
from index.reading.pages.content.body import body_text
from index.reading.pages.content.comments import remove_comments
from index.reading.pages.content.edges import drop_boxes, drop_edges
from index.reading.pages.content.layout import undo_layout
from index.reading.pages.content.restored import notes_of, plain_lines, restored
from index.reading.pages.content.sections import why_a_list
from index.reading.pages.content.story import keep_story
from index.reading.pages.data import told_to_scripts
from index.reading.pages.days.dates import page_days
from index.reading.pages.following import MovedError, moved_to, next_page
from index.reading.pages.headline import mark_headline
from index.reading.pages.live import live_posts
from index.reading.pages.stated import bare_words, main_object, meta, stated_base
from index.reading.pages.walls import SHORTEST_ARTICLE, why_a_preview, why_no_article
from index.text.language import detect_language
from index.told import tell, words_of

_NO_ARTICLE = tell("No article was found in this page. Save the article's own page, or its text.")
_DEEPEST = 200
"""Elements inside each other; browsers show no more than a few hundred, and walking them takes the stack."""
_SITE_NAMES = ("og:site_name", "application-name", "al:android:app_name")
_LOST = 0.6
_SAMPLE = 2_000
"""Characters, in which a page that does not say its language shows it."""
_TITLE_PARTS = re.compile(r"\s(?:[|–—»·•-]|::)\s|(?<=[\u2e80-\uffef])[_|](?=[\u2e80-\uffef])")


def read_html(
    data: bytes, url: str | None = None, charset: str | None = None, asked: str | None = None
) -> Extracted:
    """The article on a page: one that was fetched from ``url``, where the address ``asked`` led, or a saved one.

    ``charset`` is what the server said that ``data`` is in. ``source`` is what the page calls its site, ``url``
    what it states as its own address. Raises ``ArticleError`` with what the page is if it is no article, and
    ``MovedError`` if it sends its readers on.
    """
    markup = decode(data, [charset, declared_encoding(data)])
    root = parse_html(markup)
    if root is None:
        raise ArticleError(tell("There is nothing in this page. Check the address."))
    if _is_too_deep(root):
        raise ArticleError(
            tell("This page nests its parts too deeply to be read: it is damaged, or made to do harm.")
        )
    following = next_page(root, url) if url else None
    moved = moved_to(root, url) if url else None
    try:
        found = _read(root, url, asked)
        if moved and weight(found.text) < SHORTEST_ARTICLE:
            raise ArticleError(_NO_ARTICLE)
        return replace(found, next_page=following)
    except ArticleError as error:
        if moved is None:
            raise
        raise MovedError(moved, words_of(error)) from None


def _read(root: Any, url: str | None, asked: str | None) -> Extracted:
    language = (root.get("lang") or meta(root, "og:locale", "content-language") or "")[:5] or None
    page_title = plain_line(root.findtext(".//title") or "")
    canonical = _canonical(root)
    site = meta(root, *_SITE_NAMES)
    remove_hidden(root)
    mark_headline(root, page_title)
    heading = _first_heading(root)
    listed = why_a_list(root, url)
    posts = live_posts(root)
    whole = _Whole(root)
    remove_comments(root)
    story = keep_story(root)
    title = _title(root, story, page_title)
    stated = main_object(whole.head, title)
    speech = (language or "")[:2] or detect_language(whole.text[:_SAMPLE])
    published, modified = page_days(root, story, title, stated, url or canonical, speech)
    writer = _author(stated) or byline_author(story)
    notes = notes_of(story)
    drop_boxes(story)
    remove_beside(story)  # what has a name that tells what it is; where the rest stands, tells that of it
    drop_edges(story, writer, published)
    undo_layout(story)
    if story.tag not in ("body", "html"):
        story.tag = "article"  # what holds a story is known to trafilatura by this, and by names of classes
    found, author = _text(root, story, _first_heading(story), notes) if posts is None else (posts, None)
    text, headings = found
    if weight(text) < SHORTEST_ARTICLE and (data := told_to_scripts(root, title)):
        text, headings, writer = data.text, data.headings, writer or data.author
        published, modified = published or data.published_at, modified or data.modified_at
    wall = why_no_article(
        asked, url, page_title, text if weight(text) >= SHORTEST_ARTICLE else whole.text, heading
    )
    wall = wall or (None if posts else listed) or why_a_preview(root, stated, text, fetched=url is not None)
    if wall or not text:
        raise ArticleError(wall or _NO_ARTICLE)
    return Extracted(
        text=text,
        title=title,
        url=canonical,
        source=site,
        author=writer or author,
        published_at=published,
        modified_at=modified,
        language=language,
        headings=headings,
    )


class _Whole:
    """What is asked of the page as it was, before its story was cut out of it."""

    def __init__(self, root: Any) -> None:
        self.head = root
        body = root.find("body")
        self.text = block_text(root if body is None else body)[0]


def _text(root: Any, story: Any, heading: str, notes: list[str]) -> tuple[tuple[str, tuple[str, ...]], str | None]:
    """The paragraphs below a story's ``heading``, and its headings, as trafilatura finds them, and the author."""
    write_scripts(root)
    for item in story.iter("li", "dd", "td"):
        for time in item.iter("time"):
            time.tag = "span"  # trafilatura leaves it out, as if it were the day of the story
    for body in root.iterfind(".//*[@property='articleBody']"):
        body.set("itemprop", "articleBody")  # as trafilatura knows it
    own = block_text(story)
    block = block_of(story)
    plain = plain_lines(block) if block is not None else set()
    document = trafilatura.bare_extraction(
        _alone(root, story),
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False},
    )
    if document is None or isinstance(document, dict):
        return (own if story.tag == "article" else ("", ())), None
    text, headings = body_text(document.body)
    if story.tag == "article" and len(text) < _LOST * len(own[0]):
        text, headings = own  # it took a part of the article for something else
    elif text:
        text = "\n\n".join(restored(text.split("\n\n"), own[0].split("\n\n"), heading, notes, plain))
    return (text, headings), document.author


def _alone(root: Any, story: Any) -> Any:
    """A page with the head of ``root`` and nothing but ``story``."""
    if story.tag in ("body", "html"):
        return root
    page = lxml.html.Element("html", dict(root.attrib))
    page.extend(deepcopy(one) for one in root.iterfind("head"))
    body = lxml.html.Element("body")
    page.append(body)
    body.append(deepcopy(story))
    return page


def _title(root: Any, story: Any, page_title: str) -> str:
    """The headline: the story's own, as long as the page's title has it; else what the page states."""
    first = _first_heading(story) or _first_heading(root)
    stated = plain_line(meta(root, "og:title", "twitter:title", "headline") or "")
    own, said, page = map(bare_words, (first, stated, page_title))
    if _names_site(own, said, page):
        return stated
    if first and (not page_title or own in page or own == said or not stated):
        return first
    return stated or _TITLE_PARTS.split(page_title)[0]


def _names_site(heading: str, stated: str, page_title: str) -> bool:
    """Whether ``heading`` is the site's name: the page's title is made of it and the article's stated one."""
    apart = heading not in stated and stated not in heading
    return bool(heading and stated) and apart and page_title in (f"{stated} {heading}", f"{heading} {stated}")


def _first_heading(element: Any) -> str:
    heading = next((one for one in element.iter("h1") if "".join(one.itertext()).strip()), None)
    return line_of(heading) if heading is not None else ""


def _canonical(root: Any) -> str | None:
    """The address that the page calls its own, as its own ``base`` would have it."""
    base = stated_base(root)
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and (
            address := (link.get("href") or "").strip()
        ):
            try:
                return str(urljoin(base, address))
            except ValueError:
                return None
    return None


def _author(stated: dict[str, Any]) -> str | None:
    author = stated.get("author")
    people = author if isinstance(author, list) else [author]
    names = [one.get("name") if isinstance(one, dict) else one for one in people[:10]]
    return ", ".join(plain_line(name) for name in names if isinstance(name, str)) or None


def _is_too_deep(root: Any) -> bool:
    depth = 0
    for event, _ in lxml.etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return True
    return False
