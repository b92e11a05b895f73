"""How fast articles come in: read, cleaned, cut, embedded, written to all three stores and checked."""

from __future__ import annotations

from pathlib import Path

from benchmarks.corpora import Corpus, settings_for
from benchmarks.figure import Figure
from bot.app import open_library
from index.article import SHARED
from index.errors import ConfigurationError


def measure(corpus: Corpus, home: Path) -> list[Figure]:
    """Index ``corpus`` into the new folder ``home``, then once more with nothing changed.

    Raises ``ConfigurationError`` if an article could not be indexed.
    """
    with open_library(settings_for(home)) as library:
        report = library.sync([str(corpus.articles)], SHARED)
        again = library.sync([str(corpus.articles)], SHARED)
    if report.failures:
        raise ConfigurationError(f"{len(report.failures)} articles of {corpus.articles} could not be indexed.")
    name = f"{corpus.name}, {report.added} articles, {report.embedded} passages"
    return [
        Figure(f"indexing {name}", report.embedded / report.seconds, "passages/s", 25, at_least=True),
        Figure(f"indexing {corpus.name} again, nothing changed", again.seconds, "s"),
    ]
