"""How answers and what was found look in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.text import Text

from bot.answer.answer import Answer, quotes_another_language
from bot.answer.question.question import Kind
from bot.cli.output.citations import NEAREST, sentence_line, show_disagreements, show_footing, show_nearest
from bot.cli.output.documents import answer_document, hit_document, print_json
from bot.cli.output.text import article_line, open_console, print_beside
from bot.spelled import counted
from index.search import Filters, Hit

UNDERSTOOD = "Understood as: {question}"
GOING_ON = "Going on from: {question}"
FILTERS = "Only articles {filters}"
CLAIMED = "What the articles say on this:"
CHATTER = {
    Kind.THANKS: "You are welcome.",
    Kind.GREETING: "Hello! Ask me anything about the articles in the library.",
    Kind.REMARK: "I answer from news articles only: ask a question, or tell me something to check.",
}
ABOUT_WHAT = "About what? Name it, for example by the title of an article:"
ABSTAINED = "The articles in the library do not answer this."
CLOSEST = "The closest words of the articles:"
LOOKED_FOR = "Looked for: {words}"
MISSING = "Not in the articles: {part}"
ORIGINAL = "Quoted in the language of the articles."
FORGOTTEN = "{questions} forgotten, with what was answered."
NONE_LOOKED_AT = "No article is of that outlet and of those days. `newsdesk articles` lists them all."
NOTHING_FOUND = "Nothing found."


def show_answer(answer: Answer, *, as_json: bool = False) -> None:
    """An answer: its sentences, then the numbered sources with their quotes."""
    if as_json:
        print_json(answer_document(answer))
        return
    console = open_console()
    if answer.kind.is_chatter:
        console.print(CHATTER[answer.kind])
        return
    if answer.kind is Kind.UNCLEAR:
        show_nearest(console, ABOUT_WHAT, answer.nearest)
        return
    if line := filters_line(answer.filters):
        console.print(Text(line, style="dim"))
    if answer.context:
        console.print(Text(GOING_ON.format(question=answer.context), style="dim"))
    elif answer.standalone:
        console.print(Text(UNDERSTOOD.format(question=answer.standalone), style="dim"))
    if answer.abstained:
        console.print(Text(ABSTAINED, style="bold"))
        if answer.looked_for:
            console.print(Text(LOOKED_FOR.format(words=", ".join(answer.looked_for)), "dim"))
        show_nearest(console, NEAREST, answer.nearest)
        if not answer.nearest:  # an empty library is told before
            console.print(NONE_LOOKED_AT)
    if answer.kind is Kind.CLAIM and answer.sentences:
        console.print(Text(CLAIMED, "bold"))
    elif answer.quoted:
        console.print(Text(CLOSEST, "dim"))
    for part, sentences in groupby(answer.sentences, lambda one: one.part):
        if part:
            console.print(Text(part, "bold"))
        for sentence in sentences:
            console.print(sentence_line(sentence, answer.citations))
    show_disagreements(console, answer.disagreements, answer.citations, answer.sentences)
    if answer.verbatim and quotes_another_language(answer):
        console.print(ORIGINAL, style="dim")
    for part in answer.missing:
        console.print(Text(MISSING.format(part=part), "yellow"))
    told = [*answer.sentences, *(side for one in answer.disagreements for side in one.sides)]
    show_footing(console, told, answer.citations, answer.left_out, answer.notes, answer.as_of)


def filters_line(filters: Filters) -> str:
    """The filters in force, in words; empty if there are none."""
    told = [f"since {filters.since}"] if filters.since else []
    told += [f"until {filters.until}"] if filters.until else []
    if filters.since and filters.since == filters.until:
        told = [f"of {filters.since}"]
    told += [f"by {filters.source}"] if filters.source else []
    return FILTERS.format(filters=", ".join(told)) if told else ""


def show_hits(hits: Sequence[Hit], *, as_json: bool = False) -> None:
    """Passages found, best first."""
    if as_json:
        print_json({"hits": [hit_document(hit) for hit in hits]})
        return
    console = open_console()
    for number, hit in enumerate(hits, 1):
        lead = f"{number}. "
        print_beside(console, lead, article_line(hit.article).append(f"  {hit.score:.3f}", "dim"))
        print_beside(console, " " * len(lead), Text(hit.passage.text))
        console.print()
    if not hits:
        console.print(NOTHING_FOUND)


def show_forgotten(turns: int, *, as_json: bool = False) -> None:
    """How many questions were forgotten, with their answers."""
    if as_json:
        print_json({"forgotten": turns})
        return
    open_console().print(FORGOTTEN.format(questions=counted(turns, "question")))
