"""``newsdesk eval``."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import LOADING, Json, told_meanwhile, whole_app


def evaluate(
    queries: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A file of questions, one JSON object a line.")
    ] = None,
    summaries: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A file of summaries to compare with, instead.")
    ] = None,
    answers: Annotated[bool, typer.Option(help="Also answer each question, and measure the answers.")] = True,
    without_relevant: Annotated[
        bool, typer.Option("--without-relevant", help="Look in all articles but each question's right ones.")
    ] = False,
    compare: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What --json printed before, to compare with.")
    ] = None,
    json: Json = False,
) -> None:
    """Measure retrieval and answers on questions whose right articles are known, or summaries on people's."""
    with told_meanwhile(LOADING):
        from bot.cli.output.evaluation import show_evaluation
        from bot.cli.output.progress import progress
        from bot.evaluation.questions import evaluate as evaluate_answers
        from bot.evaluation.questions import read_queries
        from bot.evaluation.report import differences, read_measured
        from bot.evaluation.summaries import evaluate_summaries, read_references
        from bot.operator.work import needs_articles

    if (queries is None) == (summaries is None):
        raise typer.BadParameter("Name a file of questions, or one of --summaries.")
    if without_relevant and (queries is None or not answers):
        raise typer.BadParameter("--without-relevant is about answers to questions: name a file of them.")
    before = read_measured(compare) if compare else {}
    if queries is None:
        references = read_references(summaries or Path())
        with whole_app() as app, progress(quiet=json) as update:
            report = asyncio.run(evaluate_summaries(app, references, update))
        report = replace(report, differences=differences(report.measured, before))
        show_evaluation(report, "summaries", as_json=json)
        return
    listed = read_queries(queries)
    # What is measured is what answering takes, not what remembering saves.
    with whole_app(chat_cache_days=0) as app, progress(quiet=json) as update:
        needs_articles(app.library)
        report = asyncio.run(
            evaluate_answers(app, listed, answers=answers, without_relevant=without_relevant, progress=update)
        )
    report = replace(report, differences=differences(report.measured, before))
    show_evaluation(report, as_json=json)
