from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.segmentation import line_breaks, words

SCRIPTS = st.sampled_from("aé1 .\n'東京カーへแล้วខ្មែរशर्मا😀𠀀\ud800가")


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It's state-of-the-art, l’état.", ["It", "s", "state", "of", "the", "art", "l", "état"]),
        ("डॉ. शर्मा ने कहा।", ["डॉ", "शर्मा", "ने", "कहा"]),
        ("😀 東京大学で勉強した", ["東京", "大学", "で", "勉強", "した"]),
        ("在2024年，排名第六", ["在", "2024", "年", "排名", "第六"]),
        ("เขาไปโรงเรียนใน กรุงเทพมหานคร", ["เขา", "ไป", "โรงเรียน", "ใน", "กรุงเทพมหานคร"]),
        ("គាត់មកពីភ្នំពេញ", ["គាត់", "មក", "ពី", "ភ្នំពេញ"]),
        ("قال الرئيس", ["قال", "الرئيس"]),
        ("그는 서울에서 왔다", ["그는", "서울에서", "왔다"]),
    ],
)
def test_words_of_any_script(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@given(st.text(alphabet=st.one_of(st.characters(), SCRIPTS), max_size=200))
def test_words_hold_every_letter_once(text: str) -> None:
    spans = words(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = {place for start, end in spans for place in range(start, end)}
    assert {place for place, character in enumerate(text) if character.isalpha()} <= covered


@given(st.text(alphabet=st.one_of(st.characters(), SCRIPTS), max_size=200))
def test_line_breaks_are_offsets_of_characters(text: str) -> None:
    breaks = line_breaks(text)
    assert breaks == sorted(set(breaks))
    assert breaks[-1:] == ([len(text)] if text else [])
