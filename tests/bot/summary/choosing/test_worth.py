"""What a sentence is worth to an editor."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.summary.choosing.worth import FEATURES, WEIGHTS, features, worth
from index.embedding.e5 import E5Embeddings
from index.library import Library
from tests.bot.summary.choosing.test_roles import listed
from tests.conftest import MAX_BYTES

FERRY = (
    "The ferry to Holm was cancelled on 12 of 30 days in March, the harbour office reported on Monday.\n\n"
    '"Nobody tells us what will become of the ferry. We wait at the quay of Holm for hours. '
    'The whole island is angry about it," a passenger said.'
)
"""A report, and a quotation of three sentences."""


def test_what_is_reported_with_its_figures_is_worth_more_than_what_is_quoted(library: Library) -> None:
    assert worth(library, listed(FERRY)).argmax() == 0


def test_a_single_sentence_has_a_worth(library: Library) -> None:
    assert np.isfinite(worth(library, listed("The bridge of Holm was opened by the mayor."))).all()


def test_each_feature_has_a_weight_and_an_early_place_is_worth_more(library: Library) -> None:
    own = listed("The bridge of Holm is open again. The bridge of Holm is open again!")
    assert features(library, own).shape == (2, len(FEATURES)) == (2, len(WEIGHTS))
    first, second = worth(library, own)
    assert first > second


@pytest.mark.slow
@pytest.mark.parametrize(
    "aside",
    [
        "Sign up for The Quay, our letter on the islands, and have it in your inbox each morning.",
        "Abonnieren Sie unseren täglichen Newsletter mit den Nachrichten von den Inseln.",
        "Suivez notre direct sur la grève des ferries entre Holm et Brack.",
    ],
)
def test_what_a_page_says_to_its_readers_is_worth_less_in_whatever_language(
    home: Path, e5: E5Embeddings, aside: str
) -> None:
    own = listed(
        f"{FERRY.partition(chr(10))[0]}\n\n{aside}\n\nThe harbour office of Brack has hired a second ferry."
    )
    with Library(home, "e5-small", e5, max_bytes=MAX_BYTES) as library:
        assert worth(library, own).argmin() == 1


def test_what_is_torn_out_of_a_quotation_leans_unless_its_speaker_is_told() -> None:
    _, quoted = listed(FERRY)
    torn = "We wait at the quay of Holm for hours."
    amid = replace(quoted, start=quoted.hit.passage.text.index(torn), text=torn)
    assert amid.leans
    assert not replace(amid, speaker="Maria Reyes").leans
    assert not listed(FERRY.replace('"', ""))[2].leans
