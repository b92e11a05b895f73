"""How what a message asks for, other than an answer, looks in the terminal: a summary, or what is new."""

from __future__ import annotations

from bot.answer.answer import Answer
from bot.cli.output.answers import filters_line
from bot.cli.output.documents import answer_document, print_json
from bot.cli.output.summaries import show_digest, show_summary
from bot.cli.output.text import open_console
from bot.summary import Digest, Summary
from bot.summary.request import digest_answer, summary_answer


def show_request(asked: Answer, told: Summary | Digest, *, as_json: bool = False) -> None:
    """The summary or the digest that ``asked`` wanted; as JSON it has the form of an answer."""
    if as_json:
        fulfilled = digest_answer(asked, told) if isinstance(told, Digest) else summary_answer(asked, told)
        print_json(answer_document(fulfilled))
        return
    if line := filters_line(asked.filters):
        open_console().print(line, style="dim")
    if isinstance(told, Digest):
        show_digest(told)
    else:
        show_summary(told)
