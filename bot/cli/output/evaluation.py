"""How measurements look in the terminal."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from bot.cli.output.documents import plain_document, print_json
from bot.cli.output.text import open_console
from bot.evaluation.questions import Evaluation

_MISSED_NAMED = 20


def show_evaluation(report: Evaluation, what: str = "questions", *, as_json: bool = False) -> None:
    """Metrics with their 95% intervals, then the questions (or ``what`` was asked) whose article was not found."""
    if as_json:
        print_json(plain_document(report))
        return
    table = Table("Metric", "Value", "95% interval", box=None, pad_edge=False)
    for name, value in report.metrics.items():
        low, high = report.intervals.get(name, (value, value))
        table.add_row(name, f"{value:.3f}", f"{low:.3f} to {high:.3f}" if name in report.intervals else "")
    console = open_console()
    console.print(f"{report.queries} {what}")
    console.print(table)
    for question in report.missed[:_MISSED_NAMED]:
        console.print(Text("  not found: ", "dim").append(question))
