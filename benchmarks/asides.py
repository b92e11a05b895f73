"""``python -m benchmarks.asides EVAL``: how well the built-in model tells asides from an article's own words.

An aside is the site speaking to its readers: "Sign up", "Follow us", "Read more". Fitted is a logistic model of
a paragraph's vector and the mean vector of its tokens, on sentences in 16 languages that were written for it
(``sets/asides.toml``), on the articles in ``sets``, and on half of the news in the folder EVAL. Which of their
paragraphs are asides was told by hand (``sets/asides_news.jsonl``), unless a word list knows them. Asked are the
news of the other half, and the sentences of each language when none of that language was fitted; among these are
articles' own closing lines that are most like asides ("Reuters reports this"). What can be no aside by its form
counts as an article's own. ``--write`` puts the weights in force.
"""

from __future__ import annotations

import json
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
import typer

from benchmarks.gate import Numbers, fit
from index.article import digest
from index.embedding.e5 import DIMENSIONS, E5Embeddings
from index.embedding.e5.asides import ASIDE
from index.reading.cleaning.boilerplate import is_boilerplate
from index.reading.cleaning.credits import split_credit
from index.reading.cleaning.paragraphs import split_paragraphs
from index.sync.edges import FIRST, LAST, LONGEST, may_be_aside
from index.text.sentences import ends_sentence

SETS = Path(__file__).parent / "sets"
WEIGHTS = Path(__file__).parents[1] / "index" / "embedding" / "e5" / "asides.npy"

_SHORTEST = 8
_RIDGE = 0.04
_KINDS = {"asides": "sentences", "own": "sentences", "closing": "closing lines"}
_SHARES = {"sentences": 1.0, "closing lines": 3.0, "sets": 0.4, "news": 0.4}
_ASIDES_WEIGH = 3.0
_BETWEEN = 3
"""One in so many paragraphs of the news between the edges is fitted."""
_RULED_OUT = 0.01
"""The share of the asides told as such that may be missed since their words alone rule them out."""
_ROUNDING = 0.01
"""The weights are kept in half of the precision in which they are fitted."""
_LOST = (0.002, 0.005, 0.02)


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph; ``kind`` is where it is from, ``language`` that of a sentence written for this."""

    text: str
    aside: bool
    kind: str
    fitted: bool
    edge: bool = False
    language: str = ""


def main(
    folder: Annotated[Path, typer.Argument(help="The folder EVAL.")],
    models: Annotated[Path | None, typer.Option(help="The folder of the built-in model.")] = None,
    write: Annotated[bool, typer.Option(help="Write the weights into the package.")] = False,
) -> None:
    """Fit, report, and write the weights if asked to."""
    pieces = [*sentences(), *sets(), *news(folder / "news" / "articles.jsonl")]
    with tempfile.TemporaryDirectory() as temporary:
        model = E5Embeddings(models or Path(temporary))
        examples = model.words_and_meaning([piece.text for piece in pieces]).astype(np.float64)
    fitted = np.array([piece.fitted for piece in pieces])
    weights = _fitted(pieces, examples, fitted)
    scores = _ruled(pieces, examples @ weights[:-1] + weights[-1])
    asked = np.array([piece.kind == "news" and piece.edge and not piece.fitted for piece in pieces])
    typer.echo(_table("edges of the other news", pieces, scores, asked))
    crossed, others = _by_language(pieces, examples, fitted)
    closing = np.array([piece.kind == "closing lines" for piece in pieces])
    typer.echo(_table("sentences of a language not fitted", pieces, crossed, others & ~closing))
    typer.echo(f"\n{closing.sum()} closing lines, not fitted in their language: from {ASIDE} lost")
    typer.echo(f"{(crossed > ASIDE)[closing].sum()}, the highest {np.sort(crossed[closing])[-3:].round(2)}")
    words = examples[:, :DIMENSIONS] @ weights[:DIMENSIONS]
    least = np.quantile(words[fitted & _asides(pieces) & (scores > ASIDE)], _RULED_OUT) - _ROUNDING
    own, told, likely = asked & ~_asides(pieces), scores > ASIDE, words > least
    found = likely[asked & _asides(pieces) & told]
    typer.echo(f"\nfrom {ASIDE}: own paragraphs lost {told[own].mean():.4f}, read whole {likely[own].mean():.3f};")
    typer.echo(f"asides that their words rule out {1 - found.mean():.3f}")
    if write:
        parts = [[*weights[:DIMENSIONS], -least], [*weights[DIMENSIONS:-1], weights[-1] + least]]
        np.save(WEIGHTS, np.array(parts, np.float32))


def sentences() -> Iterator[Piece]:
    """The sentences written for fitting."""
    for language, told in tomllib.loads((SETS / "asides.toml").read_text("utf-8")).items():
        for kind, texts in told.items():
            for text in texts:
                yield Piece(text, kind == "asides", _KINDS[kind], True, language=language)


def sets() -> Iterator[Piece]:
    """The short paragraphs of the articles in ``sets``: all their own."""
    for path in sorted(SETS.glob("*.articles.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            for text in split_paragraphs(json.loads(line)["text"]):
                if _SHORTEST <= len(text) <= LONGEST:
                    yield Piece(text, False, "sets", True)


def news(path: Path) -> Iterator[Piece]:
    """The short paragraphs of news; credits, and what is neither a sentence nor a known aside, tell nothing."""
    lines = (SETS / "asides_news.jsonl").read_text("utf-8").splitlines()
    labels = {label["id"]: label for label in map(json.loads, lines)}
    for line in path.read_text("utf-8").splitlines():
        article = json.loads(line)
        label = labels.get(article["id"], {"asides": [], "unsure": []})
        paragraphs = split_paragraphs(article["text"])
        for number, text in enumerate(paragraphs):
            name = digest(text)[:12]
            aside = is_boilerplate(text) or name in label["asides"]
            sure = aside or (split_credit(text)[0] and ends_sentence(text) and name not in label["unsure"])
            if sure and _SHORTEST <= len(text) <= LONGEST:
                edge = number < FIRST or number >= len(paragraphs) - LAST
                half = int(digest(article["id"]), 16) % 2 == 0
                if edge or not half or number % _BETWEEN == 0:
                    yield Piece(text, aside, "news", half, edge)


def _asides(pieces: Sequence[Piece]) -> npt.NDArray[np.bool_]:
    return np.array([piece.aside for piece in pieces])


def _fitted(pieces: Sequence[Piece], examples: Numbers, chosen: npt.NDArray[np.bool_]) -> Numbers:
    shares = np.array([_SHARES[piece.kind] * (_ASIDES_WEIGH if piece.aside else 1) for piece in pieces])
    return fit(examples[chosen], _asides(pieces)[chosen].astype(np.float64), shares[chosen], _RIDGE)


def _by_language(
    pieces: Sequence[Piece], examples: Numbers, fitted: npt.NDArray[np.bool_]
) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """The scores of the sentences, each by weights that were fitted without its language, and which they are."""
    languages = np.array([piece.language for piece in pieces])
    scores = np.zeros(len(pieces))
    for language in sorted(set(languages) - {""}):
        weights = _fitted(pieces, examples, fitted & (languages != language))
        scores[languages == language] = examples[languages == language] @ weights[:-1] + weights[-1]
    return _ruled(pieces, scores), ~np.isin(languages, ["", "en"])


def _ruled(pieces: Sequence[Piece], scores: Numbers) -> Numbers:
    """``scores``, with none for what can be no aside by its form."""
    return np.where([may_be_aside(piece.text) for piece in pieces], scores, -np.inf)


def _table(name: str, pieces: Sequence[Piece], scores: Numbers, asked: npt.NDArray[np.bool_]) -> str:
    asides, own = asked & _asides(pieces), asked & ~_asides(pieces)
    listed = np.array([is_boilerplate(piece.text) for piece in pieces])
    lines = [
        f"\n{name}: {asides.sum()} asides, lists tell {listed[asides].mean():.2f}; {own.sum()} own paragraphs\n",
        "| own paragraphs lost | from | asides told by meaning | by both |",
        "|---|---|---|---|",
    ]
    for lost in _LOST:
        bound = np.quantile(scores[own], 1 - lost)
        told = scores > bound
        lines.append(
            f"| {lost:.3f} | {bound:.2f} | {told[asides].mean():.2f} | {(told | listed)[asides].mean():.2f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    typer.run(main)
