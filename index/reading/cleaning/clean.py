"""Extracted -> Article: tidy paragraphs, each once, with credits, captions and boilerplate taken out."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from index.article import Article, Section
from index.errors import ArticleError
from index.reading.cleaning.boilerplate import is_boilerplate, leads_to_others
from index.reading.cleaning.credits import split_credit
from index.reading.cleaning.headings import find_headings, looks_like_heading
from index.reading.cleaning.paragraphs import normalise, split_paragraphs
from index.reading.extracted import Extracted
from index.reading.metadata.days import plausible_change
from index.reading.metadata.openings import opening_day
from index.text.datelines import dateline_end, is_dateline
from index.text.language import detect_language, language_code
from index.text.sentences import ends_sentence, split_sentences
from index.told import tell

_SHORTEST_TITLE, _LONGEST_TITLE = 20, 90
_SHORTEST_REPEAT = 40
"""Characters; shorter paragraphs ("Panic and chaotic") may well stand twice."""

_LONGEST_LINE, _LONGEST_NAME, _LONGEST_CREDIT = 500, 200, 300
"""Characters of a title or heading, of an outlet or author, and of a credit; the rest is cut."""
_LONGEST_PARAGRAPH = 8_000
"""Characters; longer ones are parted between sentences or words, since what reads them may take the square."""
_LONGEST_HEADLINE, _FEWEST_WORDS, _MOST_OTHERS = 160, 4, 5
"""Characters and words of a headline, and headlines, of other stories that end a text."""
_LISTED = re.compile(r"[()（）【\[\]:：]|(?<!\d)\d{4}(?!\d)|\d[.h]\d\d")
_FEW_WORDS, _MOST_SAID = 3, 6
"""Words before the title and between it and the site, where a feed's last line names both."""
_MOST_CREDITS = 100
_TOP = 2_000
"""Characters at whose lines a day is looked for."""

_MARKS = re.compile(r"[\s\"“”„‟«»‹›‘’‚‛'`´.,;:!?…()\[\]‐‑‒–—―−-]+")


def clean(extracted: Extracted, article_id: str) -> Article:
    """The article with id ``article_id`` that ``extracted`` holds.

    Raises ``ArticleError`` if no text is left. Cleaning a cleaned article again changes nothing.
    """
    whole = _without_others([part for paragraph in split_paragraphs(extracted.text) for part in _parts(paragraph)])
    paragraphs, credits = _take_credits([part for part in whole if not is_boilerplate(part)])
    paragraphs = _without_repeats(paragraphs)
    if not paragraphs:
        raise ArticleError(
            tell("There is no text in it besides credits and captions: nothing to search or quote.")
        )
    # Lines that were typed below each other make one paragraph, but the day stands in one of them.
    typed = [line.strip() for line in extracted.text[:_TOP].split("\n") if line.strip()]
    published = extracted.published_at or opening_day(paragraphs) or opening_day(typed)
    declared = language_code(extracted.language)
    language = declared or detect_language("\n".join(paragraphs))
    title, is_above = _title(cut(_one_line(extracted.title), _LONGEST_LINE), paragraphs, language)
    while is_above and len(paragraphs) > 1 and _key(paragraphs[0]) == _key(title):
        paragraphs.pop(0)
    while len(paragraphs) > 1 and _says_where_from(paragraphs[-1], extracted):
        paragraphs.pop()
    marked = {_one_line(heading) for heading in extracted.headings}
    return Article(
        id=article_id,
        title=title,
        text="\n\n".join(paragraphs),
        url=extracted.url,
        source=cut(_one_line(extracted.source), _LONGEST_NAME) or None,
        author=cut(_one_line(extracted.author), _LONGEST_NAME) or None,
        published_at=published,
        language=language,
        modified_at=plausible_change(extracted.modified_at, published),
        credits=tuple(cut(credit, _LONGEST_CREDIT) for credit in credits[:_MOST_CREDITS]),
        sections=_sections(paragraphs, find_headings(paragraphs, marked)),
    )


def _without_others(paragraphs: list[str]) -> list[str]:
    """Without the few headlines of other stories that end a text, below a heading that says what they are."""
    half, below, others = sum(map(len, paragraphs)) / 2, 0, 0
    for number in range(len(paragraphs) - 1, -1, -1):
        paragraph = paragraphs[number]
        below += len(paragraph)
        if below > half or others > _MOST_OTHERS:
            break
        if others and leads_to_others(paragraph):
            return paragraphs[:number]
        if is_boilerplate(paragraph) or paragraph.startswith("©"):
            continue
        if not _is_headline(paragraph):
            break
        others += 1
    return paragraphs


def _is_headline(paragraph: str) -> bool:
    """Whether ``paragraph`` is a headline's; what is listed has names, times or years beside it."""
    wide = sum(character >= "\u2e80" for character in paragraph)
    if len(paragraph) > _LONGEST_HEADLINE or len(paragraph.split()) + wide < _FEWEST_WORDS:
        return False
    return not (ends_sentence(paragraph) or _LISTED.search(paragraph))


def cut(text: str, longest: int) -> str:
    """``text``, at most ``longest`` characters of it."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _parts(paragraph: str) -> Iterator[str]:
    """``paragraph``, parted if it is too long for one."""
    start = 0
    while len(paragraph) - start > _LONGEST_PARAGRAPH:
        limit = start + _LONGEST_PARAGRAPH
        sentence = max(
            paragraph.rfind(mark, start + _LONGEST_PARAGRAPH // 2, limit) for mark in (". ", "! ", "? ", "。")
        )
        end = sentence + 1 if sentence >= 0 else paragraph.rfind(" ", start + 1, limit)
        end = end if end > start else limit
        yield paragraph[start:end].strip()
        start = end
    if rest := paragraph[start:].strip():
        yield rest


def _one_line(text: str | None) -> str:
    return " ".join(normalise(text or "").split())


def _take_credits(paragraphs: list[str]) -> tuple[list[str], list[str]]:
    kept: list[str] = []
    credits: list[str] = []
    for paragraph in paragraphs:
        text, credit = split_credit(paragraph)
        taken = []
        while credit:
            taken.append(credit)
            text, credit = split_credit(text)
        credits += reversed(taken)
        if text:
            kept.append(text)
    return kept, list(dict.fromkeys(credits))


def _without_repeats(paragraphs: Iterable[str]) -> list[str]:
    """Each paragraph once, the first time; copies that differ only in case or punctuation count as the same."""
    seen: set[str] = set()
    kept: list[str] = []
    for paragraph in paragraphs:
        key = _key(paragraph)
        if len(key) >= _SHORTEST_REPEAT:
            if key in seen:
                continue
            seen.add(key)
        kept.append(paragraph)
    return kept


def _key(paragraph: str) -> str:
    """``paragraph`` without what copies of it differ in: case, quotation marks, dashes, spaces, punctuation."""
    return _MARKS.sub(" ", paragraph.casefold()).strip() or paragraph


def _says_where_from(paragraph: str, extracted: Extracted) -> bool:
    """Whether ``paragraph`` is what feeds add, in any language: "The post TITLE appeared first on SITE"."""
    title, site = _key(_one_line(extracted.title)), _key(_one_line(extracted.source))
    before, found, behind = f" {_key(paragraph)} ".partition(f" {title} ")
    if not found or len(title) < _SHORTEST_TITLE or not site or not f" {behind}".endswith(f" {site} "):
        return False
    return 0 < len(before.split()) <= _FEW_WORDS and 0 < len(behind.split()) - len(site.split()) <= _MOST_SAID


def _title(stated: str, paragraphs: list[str], language: str | None) -> tuple[str, bool]:
    """The title, and whether it may stand above the text as well: what is ``stated``, else a heading.

    For an article without either, it is the first sentence, cut. "CNN —" and "By Jane Roe" say where a report
    comes from, not what it is about.
    """
    if stated[dateline_end(stated) :]:
        return stated, True
    told = [line[dateline_end(line) :] for line in paragraphs if not is_dateline(line)] or paragraphs
    if looks_like_heading(told[0]):
        return told[0], True
    return _made_title(told, language), False


def _made_title(paragraphs: list[str], language: str | None) -> str:
    paragraph = next((p for p in paragraphs if len(p) >= _SHORTEST_TITLE), paragraphs[0])[: 4 * _LONGEST_TITLE]
    start, end = split_sentences(paragraph, language)[0]
    sentence = paragraph[start:end]
    if len(sentence) <= _LONGEST_TITLE:
        return sentence.removesuffix(".")
    return (
        textwrap.shorten(sentence, _LONGEST_TITLE, placeholder="…")
        if " " in sentence[:_LONGEST_TITLE]
        else (sentence[: _LONGEST_TITLE - 1] + "…")
    )


def _sections(paragraphs: list[str], headings: set[int]) -> tuple[Section, ...]:
    sections: list[Section] = []
    heading: str | None = None
    start: int | None = None
    offset = 0
    for number, paragraph in enumerate(paragraphs):
        if number in headings:
            if start is not None:
                sections.append(Section(heading, start, offset - 2))
            heading, start = cut(paragraph, _LONGEST_LINE), None
        elif start is None:
            start = offset
        offset += len(paragraph) + 2
    if start is not None:
        sections.append(Section(heading, start, offset - 2))
    return tuple(sections)
