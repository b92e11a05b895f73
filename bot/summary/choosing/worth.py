"""How likely an editor would choose a sentence for a summary: a logistic model of what can be told of it.

Editors chose up to five sentences in each of 120 articles; ``benchmarks/editors_choice.py`` fits the weights to
that, and tells how well it is met in articles that were not fitted. A sentence is compared with its own article,
in standard deviations, so that the weights hold for any embedding model and any language.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.answer.disagreement.statements import ArticleSentence
from bot.summary.choosing.opening import is_bare_quote
from bot.summary.choosing.salience import Floats, shared_vocabulary, standardised
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
)
WEIGHTS = np.array([-0.155, 0.408, 0.161, 0.233, 1.774, -0.33, -0.683, -0.948, 0.29, 1.633], np.float32)

_HUNDRED = 100
_LONG = 4.0
_MANY_FIGURES = 3
_STEEP = 20
"""How much more the first sentences are apart than the last: places of 0 to 1 count as logarithms of 1 to 21."""


def worth(own: Sequence[ArticleSentence], vectors: Floats, title: Floats) -> Floats:
    """How much each of an article's statements (in order) is worth, as log-odds up to a constant.

    ``vectors``: one of length 1 a statement, (statements, dimensions); ``title``: that of the article's title.
    """
    worths: Floats = features(own, vectors, title) @ WEIGHTS
    return worths


def features(own: Sequence[ArticleSentence], vectors: Floats, title: Floats) -> Floats:
    """``FEATURES`` of each statement: (statements, features). Arguments are those of ``worth``."""
    places = np.linspace(0, 1, len(own), dtype=np.float32)
    lengths = np.array([min(len(one.text) / _HUNDRED, _LONG) for one in own], np.float32)
    columns = (
        places,
        -np.log1p(_STEEP * places),
        standardised(shared_vocabulary([one.text for one in own])),
        standardised(vectors @ title),
        lengths,
        lengths**2,
        [one.leans for one in own],
        [is_bare_quote(one) for one in own],
        [min(len(one.figures), _MANY_FIGURES) for one in own],
        [ends_sentence(one.text) for one in own],
    )
    return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)
