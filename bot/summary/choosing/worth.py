"""How likely an editor would choose a sentence for a summary: a model of what can be told of it, fitted to that.

Editors chose up to five sentences in each of hundreds of articles; ``benchmarks/editors_choice.py`` fits the
weights to that, and tells how well it is met in articles that were not fitted. What a sentence does in its article
is told by its meaning (``Library.roles``); with an embedding model that doesn't, the other features alone decide.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.answer.disagreement.statements import ArticleSentence
from bot.summary.choosing.salience import Floats, shared_vocabulary, standardised
from bot.summary.choosing.voice import in_the_authors_voice, is_bare_quote, is_item
from index.embedding.roles import ROLES
from index.library import Library
from index.text.sentences import ends_sentence

FEATURES = (
    "place",
    "nearness to the beginning",
    "vocabulary of the article",
    "nearness to the title",
    "length",
    "length squared",
    "leans",
    "hardly more than a quotation",
    "figures",
    "ends as a sentence does",
    "whoever writes in person",
    "an item",
    "opens a paragraph",
    *ROLES,
)
WEIGHTS = np.array(
    [
        -1.095,
        -0.016,
        0.309,
        0.297,
        0.531,
        -0.060,
        -0.278,
        -1.067,
        0.223,
        1.653,
        -0.340,
        -0.010,
        0.410,
        0.379,
        -0.121,
        0.013,
        -0.083,
        -0.024,
        0.026,
        0.050,
        0.232,
        -0.057,
    ],
    np.float32,
)
WEIGHTS[FEATURES.index("vocabulary of the article")] += 0.5
"""The references of BBC's articles ask for more of it: ROUGE-1 is 56.2 and not 54.0, and of five sentences .51 are
those that editors chose, and not .52."""

_HUNDRED = 100
_LONG = 4.0
_MANY_FIGURES = 3
_STEEP = 20
"""How much more the first sentences are apart than the last: places of 0 to 1 count as logarithms of 1 to 21."""


def worth(library: Library, own: Sequence[ArticleSentence]) -> Floats:
    """How much each of an article's statements (in order) is worth, as log-odds up to a constant."""
    worths: Floats = features(library, own) @ WEIGHTS
    return worths


def features(library: Library, own: Sequence[ArticleSentence]) -> Floats:
    """``FEATURES`` of each of an article's statements (in order): (statements, features)."""
    texts = [one.text for one in own]
    title = library.vectors([own[0].article.title])[0]
    places = np.linspace(0, 1, len(own), dtype=np.float32)
    lengths = np.array([min(len(text) / _HUNDRED, _LONG) for text in texts], np.float32)
    columns = (
        places,
        -np.log1p(_STEEP * places),
        standardised(shared_vocabulary(texts)),
        standardised(library.vectors(texts) @ title),
        lengths,
        lengths**2,
        [one.leans for one in own],
        [is_bare_quote(one) for one in own],
        [min(len(one.figures), _MANY_FIGURES) for one in own],
        [ends_sentence(text) for text in texts],
        [in_the_authors_voice(one) for one in own],
        [is_item(one) for one in own],
        [_opens(one) for one in own],
    )
    plain = np.stack([np.asarray(column, np.float32) for column in columns], axis=1)
    return np.hstack([plain, library.roles(texts)])


def _opens(one: ArticleSentence) -> bool:
    """Whether a paragraph begins with a statement."""
    return one.start == 0 or one.hit.passage.text[one.start - 1] == "\n"
