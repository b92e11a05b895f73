"""What answers and summaries have in common: cited sentences, disagreements, the sources below."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date

from rich.console import Console
from rich.text import Text

from bot.answer.answer import Citation, Disagreement, Sentence, in_own_words
from bot.cli.output.text import article_line, linked, opens_links, print_beside
from bot.spelled import byline, counted
from bot.spelled_days import ENGLISH, meanings
from index.article import ArticleRef
from index.told import Told, to_operator

NEAREST = "The nearest articles:"
LEFT_OUT = "Left out: {sentences} without support in the articles."
SOURCES = "Sources"
AS_OF = ", as of {day}"
TRANSLATED = "Translated by a machine: {text}"
SIDES = "The articles disagree:"
SUPERSEDED = "What was reported changed:"

_CLOSING = {'"': '"', "“": "”", "„": "”", "«": "»"}
_MARKS = frozenset('"“”„«»')


def sentence_line(sentence: Sentence, citations: Sequence[Citation]) -> Text:
    """The sentence with its numbers; in quotation marks if it is the article's own, word for word."""
    own = in_own_words(sentence, citations)
    text = Text(f"{sentence.speaker}: " if sentence.speaker else "", "bold")
    text.append(_in_quotes(sentence.text) if own else sentence.text, "not bold")
    for number in sentence.citations:
        text.append(f" [{number}]", "cyan not bold")
    if sentence.days:
        text.append(f" ({meanings(sentence.days, ENGLISH)})", "dim not bold")
    return text


def show_nearest(console: Console, heading: str, nearest: Sequence[ArticleRef]) -> None:
    """Articles that come close, below a heading; nothing if there are none."""
    if nearest:
        console.print(heading)
    for ref in nearest:
        print_beside(console, "  ", article_line(ref))


def show_disagreements(
    console: Console,
    disagreements: Sequence[Disagreement],
    citations: Sequence[Citation],
    told: Sequence[Sentence],
) -> None:
    """The sides of each disagreement; of one that was ``told`` above only who says it."""
    above = {sentence.text for sentence in told}
    known = {citation.n: citation for citation in citations}
    for one in disagreements:
        console.print(Text(SUPERSEDED if one.superseded else SIDES, "bold"))
        for side in one.sides:
            line = Text()
            if side.text in above:
                line.append("".join(f"[{n}] " for n in side.citations), "cyan")
            else:
                line.append(sentence_line(side, citations)).append(" ")
            cited = next((known[n] for n in side.citations if n in known), None)
            line.append(byline(_article_of(cited)) if cited else "", "dim not bold")
            print_beside(console, "  – ", line)


def show_footing(
    console: Console,
    told: Sequence[Sentence],
    citations: Sequence[Citation],
    left_out: int = 0,
    notes: Sequence[Told | str] = (),
    as_of: date | None = None,
) -> None:
    """What was left out and what went wrong, then the numbered sources with the quotes that weren't ``told``."""
    if left_out:
        console.print(LEFT_OUT.format(sentences=counted(left_out, "sentence")), style="dim")
    for note in notes:
        console.print(Text(to_operator(note), "yellow"))
    if citations:
        console.print(f"\n{SOURCES}{AS_OF.format(day=as_of) if as_of else ''}", style="bold")
    quoted = {sentence.text for sentence in told}
    by_article: dict[str, list[Citation]] = {}
    for citation in citations:
        by_article.setdefault(citation.article_id, []).append(citation)
    for cited in by_article.values():
        _show_source(console, cited, quoted)


def _show_source(console: Console, cited: Sequence[Citation], quoted: Container[str]) -> None:
    """An article on a line, with the numbers that cite it; below, the quotes not in ``quoted``, and links."""
    inline = opens_links(console)
    lead, article = Text(), article_line(_article_of(cited[0]))
    for citation in cited:
        number = Text(f"[{citation.n}]", "cyan")
        lead.append(linked(number, citation.link) if inline and citation.link else number).append(" ")
    if inline and cited[0].link:
        article = linked(article, cited[0].link)
    print_beside(console, lead, article)
    for citation in cited:
        indent = Text("    ").append(f"[{citation.n}] " if len(cited) > 1 else "", "cyan")
        if citation.quote not in quoted:
            print_beside(console, indent, Text(_in_quotes(citation.quote), "italic"))
        if citation.translation:
            print_beside(console, indent, Text(TRANSLATED.format(text=citation.translation), "dim"))
        if citation.link and not inline:
            # On one line however long it is: a link that is broken in two opens nothing.
            console.print(Text.assemble(indent, (citation.link, "dim")), soft_wrap=True)


def _article_of(citation: Citation) -> ArticleRef:
    return ArticleRef(
        citation.article_id,
        citation.title,
        citation.url,
        citation.source,
        published_at=citation.published_at,
        modified_at=citation.modified_at,
    )


def _in_quotes(text: str) -> str:
    """``text`` in quotation marks, if it has none of its own; a piece of a quotation gets the one it lacks."""
    marks = [character for character in text if character in _MARKS]
    if len(marks) == 1 and marks[0] == text[0]:
        return text + _CLOSING.get(text[0], "”")
    if len(marks) == 1 and marks[0] == text[-1]:
        return ('"' if text[-1] == '"' else "“") + text
    return text if text[0] in _CLOSING else f"“{text}”"
