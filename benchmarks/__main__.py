"""``python -m benchmarks``: measures speed, memory, retrieval, gate, and prints it in Markdown."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from benchmarks import answers, busy, gate, indexing, inputs, memory, retrieval, sentences, startup, summaries
from benchmarks.corpora import SAMPLE, Corpus, read_corpora
from benchmarks.extraction import measure as extraction
from benchmarks.figure import Figure, table
from benchmarks.hostile import measure as hostile
from index.errors import ConfigurationError, NewsdeskError

PARTS: dict[str, Callable[[Corpus, Path], list[Figure]]] = {
    "startup": startup.measure,
    "answers": answers.measure,
    "busy": busy.measure,
    "memory": memory.measure,
    "retrieval": retrieval.measure,
    "sentences": sentences.measure,
    "summaries": summaries.measure,
}
"""What is measured on a store; indexing, which makes the store, comes before, and gate after."""

_FIRST_ONLY = ("startup", "answers", "busy", "memory", "summaries")

Folder = Annotated[
    Path | None,
    typer.Option("--eval", exists=True, file_okay=False, help="Folders of articles.jsonl and queries*.jsonl."),
]


def main(
    parts: Annotated[
        list[str] | None,
        typer.Argument(help=f"indexing, {', '.join(PARTS)}, gate; or extraction; or hostile."),
    ] = None,
    articles: Annotated[Path | None, typer.Option(exists=True, help="Articles to measure on.")] = None,
    queries: Annotated[Path | None, typer.Option(exists=True, help="Questions about them.")] = None,
    evaluation: Folder = None,
    work: Annotated[Path | None, typer.Option(help="Keep the stores here, and use those that are there.")] = None,
    wrong: Annotated[bool, typer.Option(help="extraction: also what differs, of the open half.")] = False,
) -> None:
    """Measure on the sample articles, on --articles and --queries, or on everything in the folder --eval."""
    if parts and parts[0] == "inputs":
        if len(parts) < 2 or not Path(parts[1]).is_dir():
            raise typer.BadParameter("Name the folder of inputs: inputs FOLDER [NAME...].")
        print(inputs.table(inputs.measure(Path(parts[1]), parts[2:])))
        return
    if parts == ["hostile"]:
        print(table(hostile.figures()))
        return
    if parts == ["extraction"]:
        rows = extraction.measure()
        print(extraction.table(rows))
        print("\n".join(line for row in rows if wrong and row.half == "open" for line in row.wrong))
        return
    if unknown := set(parts or ()) - {"indexing", "gate", *PARTS}:
        raise typer.BadParameter(f"There is no benchmark called {', '.join(sorted(unknown))}.")
    corpora = _corpora(articles, queries, evaluation)
    with tempfile.TemporaryDirectory() as temporary:
        folder = (work or Path(temporary)).resolve()
        _run(parts or ["indexing", *PARTS, "gate"], corpora, folder)


def _corpora(articles: Path | None, queries: Path | None, evaluation: Path | None) -> list[Corpus]:
    if evaluation:
        return read_corpora(evaluation)
    if articles and queries:
        return [Corpus(articles.stem, articles, {articles.stem: queries})]
    if articles or queries:
        raise ConfigurationError("--articles and --queries go together.")
    return [SAMPLE]


def _run(parts: Sequence[str], named: Sequence[Corpus], folder: Path) -> None:
    figures: list[Figure] = []
    corpora = [(corpus, folder / corpus.name) for corpus in named]
    for corpus, home in corpora:
        if not home.exists():
            figures += _index(corpus, home)
        elif "indexing" in parts:
            print(f"{corpus.name} is indexed already: its speed is not measured.", file=sys.stderr)
    for name, measure in PARTS.items():
        for corpus, home in corpora[:1] if name in _FIRST_ONLY else corpora:
            if name in parts:
                print(f"{name}, {corpus.name} ...", file=sys.stderr)
                figures += measure(corpus, home)
    if figures:
        print(table(figures))
    if "gate" in parts:
        print("gate ...", file=sys.stderr)
        print(f"\n{gate.report(corpora)}")


def _index(corpus: Corpus, home: Path) -> list[Figure]:
    print(f"indexing {corpus.name} ...", file=sys.stderr)
    return indexing.measure(corpus, home)


if __name__ == "__main__":
    try:
        typer.run(main)
    except NewsdeskError as error:
        sys.exit(f"benchmarks: {error}")
