"""How what a message asks for, other than an answer, looks in the terminal: a summary, or what is new."""

from __future__ import annotations

from bot.answer.answer import Answer
from bot.cli.output.answers import filters_line, show_answer
from bot.cli.output.documents import answer_document, print_json
from bot.cli.output.summaries import show_digest, show_summary
from bot.cli.output.text import open_console
from bot.summary import Digest, Summary
from bot.summary.request import fulfilled_answer


def show_request(asked: Answer, told: Summary | Digest | None, *, as_json: bool = False) -> None:
    """An answer, or the summary or the digest that was ``asked`` for; as JSON they have the form of an answer."""
    if told is None:
        show_answer(asked, as_json=as_json)
        return
    if as_json:
        print_json(answer_document(fulfilled_answer(asked, told)))
        return
    if line := filters_line(asked.filters):
        open_console().print(line, style="dim")
    if isinstance(told, Digest):
        show_digest(told)
    else:
        show_summary(told)
