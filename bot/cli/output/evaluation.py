"""How measurements look in the terminal."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from bot.cli.output.documents import plain_document, print_json
from bot.cli.output.text import open_console
from bot.evaluation.report import Evaluation

_MISSED_NAMED = 20


def show_evaluation(report: Evaluation, what: str = "questions", *, as_json: bool = False) -> None:
    """Metrics with their 95% intervals, what changed, then the questions whose article was not found.

    ``what`` was measured, if not questions.
    """
    if as_json:
        print_json(plain_document(report))
        return
    table = Table("Metric", "Value", "95% interval", box=None, pad_edge=False)
    for name, value in report.metrics.items():
        interval = report.intervals.get(name)
        table.add_row(name, f"{value:.3f}", f"{interval[0]:.3f} to {interval[1]:.3f}" if interval else "")
    console = open_console()
    console.print(f"{report.queries} {what}")
    console.print(table)
    if report.differences:
        table = Table(
            "Compared with before", "Change", "95% interval", what.capitalize(), box=None, pad_edge=False
        )
        for name, one in report.differences.items():
            low, high = one.interval
            table.add_row(name, f"{one.mean:+.3f}", f"{low:+.3f} to {high:+.3f}", str(one.queries))
        console.print(table)
    for question in report.missed[:_MISSED_NAMED]:
        console.print(Text("  not found: ", "dim").append(question))
