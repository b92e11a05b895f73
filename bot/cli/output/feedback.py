"""How ratings of answers look in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from bot.cli.output.documents import print_json
from bot.cli.output.text import open_console
from bot.memory.ratings import Rated

NOTHING = "No answer of the last 30 days was rated. In Discord, Helpful and Wrong below an answer do that."


def show_feedback(rated: Sequence[Rated], *, as_json: bool = False) -> None:
    """The answers that people rated, a line for each, the newest first."""
    if as_json:
        print_json({"feedback": [_document(one) for one in rated]})
        return
    console = open_console()
    if not rated:
        console.print(NOTHING)
        return
    table = Table("day", "question", "answered", "helpful", "not helpful", "why not")
    for one in rated:
        answered = "no" if one.answer.abstained else "yes"
        counts = str(one.helpful), str(one.unhelpful)
        table.add_row(
            str(one.given.date()), escape(one.answer.question), answered, *counts, escape("; ".join(one.reasons))
        )
    console.print(table)


def _document(one: Rated) -> dict[str, object]:
    return {
        "question": one.answer.question,
        "given": one.given,
        "abstained": one.answer.abstained,
        "answer": one.answer.text,
        "article_ids": list(dict.fromkeys(citation.article_id for citation in one.answer.citations)),
        "helpful": one.helpful,
        "unhelpful": one.unhelpful,
        "reasons": list(one.reasons),
    }
