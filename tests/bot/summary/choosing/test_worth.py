"""What a sentence is worth to an editor."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from bot.summary.choosing.worth import FEATURES, WEIGHTS, features, worth
from tests.bot.summary.choosing.test_roles import listed
from tests.bot.summary.choosing.test_salience import vectors

FERRY = (
    "The ferry to Holm was cancelled on 12 of 30 days in March, the harbour office reported on Monday.\n\n"
    '"Nobody tells us what will become of the ferry. We wait at the quay of Holm for hours. '
    'The whole island is angry about it," a passenger said.'
)
"""A report, and a quotation of three sentences."""


def test_what_is_reported_with_its_figures_is_worth_more_than_what_is_quoted() -> None:
    own = listed(FERRY)
    about = vectors((1, 0.1), (0.9, 0.5))
    worths = worth(own, about, about[0])
    assert worths.argmax() == 0


def test_a_single_sentence_has_a_worth() -> None:
    (one,) = listed("The bridge of Holm was opened by the mayor.")
    assert np.isfinite(worth([one], vectors((1, 0)), vectors((1, 0))[0])).all()


def test_each_feature_has_a_weight_and_an_early_place_is_worth_more() -> None:
    own = listed("The bridge of Holm is open again. The bridge of Holm is open again!")
    about = vectors((1, 0), (1, 0))
    assert features(own, about, about[0]).shape == (2, len(FEATURES)) == (2, len(WEIGHTS))
    first, second = worth(own, about, about[0])
    assert first > second


def test_what_is_torn_out_of_a_quotation_leans_unless_its_speaker_is_told() -> None:
    _, quoted = listed(FERRY)
    torn = "We wait at the quay of Holm for hours."
    amid = replace(quoted, start=quoted.hit.passage.text.index(torn), text=torn)
    assert amid.leans
    assert not replace(amid, speaker="Maria Reyes").leans
    assert not listed(FERRY.replace('"', ""))[2].leans
