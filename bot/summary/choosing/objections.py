"""How likely a sentence tells the other side, or a limit of what its article tells: by what it means."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.answer.disagreement.statements import ArticleSentence
from bot.summary.choosing.salience import Floats
from index.embedding.roles import ROLES
from index.library import Library

_AGAINST = [ROLES.index(role) for role in ("other side", "limit")]


def objecting(library: Library, own: Sequence[ArticleSentence]) -> Floats:
    """How much each of an article's statements is such a sentence: log-odds above the mean of its article.

    So languages and subjects make no difference. Always 0 with an embedding model that tells no roles.
    """
    odds = library.roles([one.text for one in own])[:, _AGAINST]
    either = np.logaddexp(odds[:, 0], odds[:, 1])
    found: Floats = either - either.mean()
    return found
