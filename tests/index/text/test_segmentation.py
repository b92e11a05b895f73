from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.segmentation import words


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("It's 3,500.5 km, he said.", "en", ["It's", "3,500.5", "km", "he", "said"]),
        ("L'été à Genève", "fr", ["L'été", "à", "Genève"]),
        ("中国人民银行宣布", "zh", ["中国", "人民", "银行", "宣布"]),
        ("ขอบคุณครับ", "th", ["ขอบคุณ", "ครับ"]),
        ("😀 мир 🇺🇦 открыт", "ru", ["мир", "открыт"]),
        ("हिन्दी में", "hi", ["हिन्दी", "में"]),
        ("", None, []),
    ],
)
def test_words_of_any_script(text: str, language: str | None, found: list[str]) -> None:
    assert [text[start:end] for start, end in words(text, language)] == found


@given(st.text())
def test_words_are_in_order_and_miss_no_letter(text: str) -> None:
    spans = words(text)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    inside = {place for start, end in spans for place in range(start, end)}
    assert all(place in inside for place, character in enumerate(text) if character.isalnum())
