"""The passages behind an answer -> pages, the quoted words in bold. Pure functions."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Mapping, Sequence

from bot.answer.answer import Answer, Citation, Sentence
from bot.discord.pages.heads import part_heading
from bot.discord.pages.markdown import escape, escape_within, one_line
from bot.discord.pages.page import PAGE_LIMIT, Block, Link, Mood, Page
from bot.discord.pages.sources import Marks, article_title, origin, sentence_markdown, usable_link
from bot.discord.speech.phrase import locale
from bot.discord.words import answering, labels
from bot.spelled_days import meanings
from index.article import Passage

_BLOCKS_A_PAGE = 6
_PASSAGE_LIMIT = 1200
_AROUND_QUOTE = 200
_SENTENCE_LIMIT = 1500
_QUOTES_SHOWN = 20
_MARKS_SHOWN = 4


def passage_pages(
    answer: Answer,
    passages: Mapping[str, Passage | None],
    whole: bool,
    changed: Collection[str] = (),
    gone: Collection[str] = (),
) -> list[Page]:
    """The passages that ``answer`` cites, each once, as one or more pages.

    ``passages`` maps their ids to what is stored now; None stands for what isn't there any more. ``whole``: put
    the whole answer in front, because its message could not hold it. ``changed``: the ids of passages that their
    articles don't hold any more, shown as they were kept. ``gone``: the ids of articles whose pages vanished.
    """
    marks = Marks(answer.citations)
    blocks = _answer_blocks(answer, marks) if whole else []
    cited: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        cited.setdefault(citation.passage_id, []).append(citation)
    blocks += [
        _passage_block(group, marks, passages.get(passage_id), passage_id in changed, group[0].article_id in gone)
        for passage_id, group in cited.items()
    ]
    pages = _paginate(blocks)
    if len(pages) == 1:
        return [Page(Mood.DONE, pages[0])]
    return [
        Page(Mood.DONE, (*page, Block(answering.page_number(number, len(pages)))))
        for number, page in enumerate(pages, 1)
    ]


def _answer_blocks(answer: Answer, marks: Marks) -> list[Block]:
    heading = f"{answering.WHOLE_ANSWER()}\n{answering.CLOSEST()}" if answer.quoted else answering.WHOLE_ANSWER()
    blocks, part = [Block(heading)], ""
    for sentence in answer.sentences:
        told = _told(sentence, marks)
        if sentence.part == part:
            blocks.append(Block(told, apart=not part))
        else:
            part = sentence.part
            blocks.append(Block(f"{part_heading(part)}\n{told}"))
    known = {citation.n: citation for citation in answer.citations}
    for disagreement in answer.disagreements:
        heading = (answering.SUPERSEDED() if disagreement.superseded else answering.SIDES()) + "\n"
        for side in disagreement.sides:
            outlets = [f"\n-# {origin(known[n])}" for n in side.citations if n in known]
            blocks.append(Block(heading + _told(side, marks) + "".join(outlets[:1])))
            heading = ""
    return blocks


def _told(sentence: Sentence, marks: Marks) -> str:
    told = f"{sentence_markdown(sentence, _SENTENCE_LIMIT)} {marks.of(sentence.citations[:_MARKS_SHOWN])}"
    return f"{told}\n-# {escape(meanings(sentence.days, locale()))}" if sentence.days else told


def _passage_block(
    citations: Sequence[Citation], marks: Marks, passage: Passage | None, changed: bool, gone: bool
) -> Block:
    first = citations[0]
    details = origin(first)
    if passage and passage.section:
        details += " · " + escape_within(one_line(passage.section), 80)
    lines = [
        f"{marks.article(first)} · {article_title(first)}",
        f"-# {details}",
    ]
    if passage is None:
        lines += ["> " + escape_within(one_line(citation.quote), 500) for citation in citations[:3]]
        lines.append(answering.PASSAGE_GONE())
    else:
        quotes = [_find_quote(citation, passage) for citation in citations[:_QUOTES_SHOWN]]
        lines.append("> " + _with_bold(passage.text, [quote for quote in quotes if quote]))
        if None in quotes:
            lines.append(answering.NOT_VERBATIM())
        if changed:
            lines.append(answering.PASSAGE_GONE())
    if gone:
        lines.append(answering.PAGE_GONE())
    if translations := [one.translation for one in citations[:3] if one.translation]:
        lines += [answering.TRANSLATED(), *("> " + escape_within(one_line(text), 500) for text in translations)]
    url = usable_link(first.link, first.url)
    return Block("\n".join(lines), Link(labels.OPEN(), url) if url else None)


def _find_quote(citation: Citation, passage: Passage) -> tuple[int, int] | None:
    """Where the quote stands in the passage's text; None if it isn't there word for word."""
    start = citation.start - passage.start
    if start < 0 or not passage.text.startswith(citation.quote, start):
        start = passage.text.find(citation.quote)
    return (start, start + len(citation.quote)) if citation.quote and start >= 0 else None


def _with_bold(text: str, quotes: Sequence[tuple[int, int]]) -> str:
    """``text`` escaped and in one line, ``quotes`` in bold; a long text is cut around them."""
    begin = 0
    if len(text) > _PASSAGE_LIMIT and quotes:
        begin = max(0, min(start for start, _ in quotes) - _AROUND_QUOTE)
    end = min(len(text), begin + _PASSAGE_LIMIT)
    borders = {begin, end, *(at for quote in quotes for at in quote if begin < at < end)}
    cuts = sorted(borders)
    pieces: list[tuple[bool, str]] = []
    for left, right in itertools.pairwise(cuts):
        bold = any(start <= left and right <= stop for start, stop in quotes)
        if pieces and pieces[-1][0] == bold:
            pieces[-1] = (bold, pieces[-1][1] + text[left:right])
        else:
            pieces.append((bold, text[left:right]))
    shown = "".join(_bold(piece) if bold else _plain(piece) for bold, piece in pieces).strip()
    return ("… " if begin else "") + shown + (" …" if end < len(text) else "")


def _plain(text: str) -> str:
    return escape(re.sub(r"\s+", " ", text))


def _bold(text: str) -> str:
    """In bold, white space at the ends left outside: Discord would show the asterisks otherwise."""
    inner = text.strip()
    if not inner:
        return " "
    before, after = (" " if text[0].isspace() else ""), (" " if text[-1].isspace() else "")
    return f"{before}**{_plain(inner)}**{after}"


def _paginate(blocks: Sequence[Block]) -> list[tuple[Block, ...]]:
    room = PAGE_LIMIT - len(answering.page_number(999, 999))
    pages: list[tuple[Block, ...]] = [()]
    for block in blocks:
        page = pages[-1]
        used = sum(len(other.text) for other in page)
        if page and (len(page) == _BLOCKS_A_PAGE or used + len(block.text) > room):
            pages.append((block,))
        else:
            pages[-1] = (*page, block)
    return pages
