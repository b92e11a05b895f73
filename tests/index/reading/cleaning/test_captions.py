"""Sentences that describe a picture are known by their shape; what only looks like them is not taken."""

from datetime import date

import pytest

from index.reading.cleaning.captions import captions
from index.text.sentences import split_sentences

_DAY = date(2024, 3, 9)


def _shown(text: str, language: str = "en") -> list[str]:
    found = captions(text, split_sentences(text, language), language, _DAY)
    return [text[start:end] for start, end in sorted(found)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "The mill at Tarnside closed on Monday. Farewell: Ada Reed (left) hands over the keys. "
            "She had run it for years. Old friends: Ada Reed and her miller in the yard.",
            [
                "Farewell: Ada Reed (left) hands over the keys.",
                "Old friends: Ada Reed and her miller in the yard.",
            ],
        ),
        (
            "The mill closed on Monday. Strain: The miller has aged. It had stood for years. It made flour. "
            "Last sacks: The flour is sold. Nobody came. The owner wept. Empty yard: Weeds have grown.",
            ["Strain: The miller has aged.", "Last sacks: The flour is sold.", "Empty yard: Weeds have grown."],
        ),
        (
            "The mill closed.\n\nA woman sits outside a house that was flooded on March 8.\n\nIt rained.",
            ["A woman sits outside a house that was flooded on March 8."],
        ),
        (
            "The mill closed.\n\nAda Reed waves to guests in Tarnside on March 8.",
            ["Ada Reed waves to guests in Tarnside on March 8."],
        ),
        (
            "The mill closed.\n\nAda Reed and her miller light candles in Tarnside, Friday, March 8, 2024.",
            ["Ada Reed and her miller light candles in Tarnside, Friday, March 8, 2024."],
        ),
        (
            "The mill closed.\n\nWorkers carry the last sacks. Jo Hale/Post",
            ["Workers carry the last sacks.", "Jo Hale/Post"],
        ),
        (
            "The mill closed. It was sold.\n\nThe yard. Hide Caption 2 of 9 The wheel is old.",
            ["The yard.", "Hide Caption 2 of 9 The wheel is old."],
        ),
        (
            "The mill closed. Mayor Jo Hale, right, looks at the wheel.",
            ["Mayor Jo Hale, right, looks at the wheel."],
        ),
        (
            'The mill closed. Josephine "Jo" Hale, right, looks at the wheel.',
            ['Josephine "Jo" Hale, right, looks at the wheel.'],
        ),
    ],
)
def test_captions_are_known_by_their_shape(text: str, shown: list[str]) -> None:
    assert _shown(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        # Sections and lists have labels, too.
        "Background: The mill is old.\n\nWhy it matters: It feeds Tarnside.\n\nWhat is next: A sale is planned.",
        # A fact check's are what it has to say.
        "It was shared. Claim: The mill is sold. It is old. It stands. Facts: It is let. Nobody bid. "
        "It is quiet. Verdict: The claim is false.",
        # Speakers are no labels.
        "They met. Ada Reed: It is sold. Jo Hale: It is let. Sam Orr: It is shut. All left. It rained.",
        # What is to come, began on a day, or was said in the present.
        "The mill closed.\n\nThe mill reopens to guests in Tarnside on March 12.",
        "The mill closed.\n\nOn March 8, Ada Reed waves to guests in Tarnside.",
        "The mill closed.\n\nThe talk comes after the mill was flooded on March 8.",
        "The mill closed.\n\nAda Reed says she left in haste on March 8.",
        "The mill closed.\n\nAda Reed broadcast her farewell in Tarnside on March 8.",
        # It points at a picture, and tells what happened.
        "The mill closed. Ada Reed, left, was fined for it.",
        "The mill closed.\n\nThree of them stayed on. Ada Reed. Jo Hale. Sam Orr.",
    ],
)
def test_what_only_looks_like_a_caption_is_none(text: str) -> None:
    assert _shown(text) == []
