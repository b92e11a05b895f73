import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.answer.evidence.quotes import DASHES, QUOTATION_MARKS, locate, locate_all, long_enough, normalise

PASSAGE = (
    "The mercenary boss says the main road from the west to Bachmut is now in the hands of Ukraine again. “The "
    "enemy has completely cleared the road we had blocked – so they can now use it again…” It’s a well-known café."
)


def shown(quote: str, passage: str = PASSAGE) -> str | None:
    span = locate(quote, passage)
    return passage[span.start : span.end] if span else None


def found(quote: str, passage: str = PASSAGE) -> str | None:
    span = locate(quote, passage)
    return span.found if span else None


def test_the_very_words_are_found_exactly() -> None:
    assert shown("has completely cleared the road") == "has completely cleared the road"
    assert found("has completely cleared the road") == "exact"


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ('"The enemy  has\ncompletely cleared', "The enemy has completely cleared"),
        ("we had blocked - so they can", "we had blocked – so they can"),
        ("we had blocked—so they can", "we had blocked – so they can"),
        ("can now use it again...", "can now use it again…"),
        ("It's a well‑known", "It’s a well-known"),
        ("a well-known cafe\u0301", "a well-known café"),
        ("has com\u00adpletely cleared", "has completely cleared"),
    ],
)
def test_typography_makes_no_difference_and_the_passage_is_shown(quote: str, words: str) -> None:
    assert shown(quote) == words
    assert found(quote) == "normalised"


def test_a_passage_that_is_not_composed_is_pointed_into_at_the_right_place() -> None:
    passage = "Le cafe\u0301 est ouvert, le re\u0301sume\u0301 aussi."
    assert shown("le résumé aussi", passage) == "le re\u0301sume\u0301 aussi"


def test_a_slip_of_a_word_is_repaired_to_what_the_passage_says() -> None:
    assert shown("says the main road from the west to Bakhmut is now in the hands of Ukraine") == (
        "says the main road from the west to Bachmut is now in the hands of Ukraine"
    )
    assert found("the Enemy has completely cleared the road") == "repaired"


@pytest.mark.parametrize(
    "quote",
    [
        "the enemy was beaten and left the road to us",
        "the road has cleared completely the enemy blocked we",
        "again Ukraine of hands the in now is",
        "The main road is again in the hands of the enemy",
    ],
)
def test_other_words_are_not_found(quote: str) -> None:
    assert locate(quote, PASSAGE) is None


def test_words_are_not_cut() -> None:
    assert locate("in road from the west", "The main road from the western front") is None


def test_a_short_quote_is_no_evidence() -> None:
    assert locate("the road", PASSAGE) is None
    assert locate('"… – …"', PASSAGE) is None
    assert locate("", PASSAGE) is None
    assert locate("has completely cleared the road", "") is None


def test_scripts_without_spaces_are_found() -> None:
    assert shown(
        "敌人已经完全清理了我们封锁的道路", "他说：“敌人已经完全清理了我们封锁的道路，现在可以使用。”"
    ) == ("敌人已经完全清理了我们封锁的道路")


def test_long_texts_take_no_long_time() -> None:
    begin = time.thread_time()  # what others take of the machine doesn't count
    passage = "the road is open and the city is held by the army " * 20_000
    assert locate("the road was closed and a town was left by an army of men", passage) is None
    assert locate("a " * 200_000, passage) is None
    assert time.thread_time() - begin < 20


word = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Z"]), min_size=2, max_size=10)
mark = st.sampled_from(["-", " – ", "—", "“", "”", '"', "'", "’", "…", "...", "-well"])
spaces = st.sampled_from([" ", "  ", "\n", "\n\n", "\u00a0", "\t"])


@st.composite
def passages_and_quotes(draw: st.DrawFn) -> tuple[str, str]:
    """A passage, and a slice of its words with the typography changed."""
    words = draw(st.lists(st.one_of(word, mark), min_size=6, max_size=30))
    passage = "".join(piece + draw(spaces) for piece in words)
    pieces = passage.split()
    start = draw(st.integers(0, len(pieces) // 3))
    end = draw(st.integers(start + 1, len(pieces)))
    while end < len(pieces) and not long_enough("".join(pieces[start:end])):
        end += 1
    quote = " ".join(pieces[start:end])
    altered = [
        draw(st.sampled_from(QUOTATION_MARKS))
        if character in QUOTATION_MARKS
        else draw(st.sampled_from(DASHES))
        if character in DASHES
        else draw(spaces)
        if character == " "
        else character
        for character in quote
    ]
    return passage, "".join(altered)


@given(passages_and_quotes())
def test_any_words_of_a_passage_are_found_whatever_their_typography(drawn: tuple[str, str]) -> None:
    passage, quote = drawn
    assume(long_enough(quote))
    span = locate(quote, passage)
    assert span is not None
    assert normalise(passage[span.start : span.end]) == normalise(quote)


@given(st.text(max_size=200), st.text(max_size=400))
def test_a_span_always_lies_in_the_passage(quote: str, passage: str) -> None:
    span = locate(quote, passage)
    if span:
        assert 0 <= span.start < span.end <= len(passage)


@pytest.mark.parametrize("gap", ["...", " … ", " [...] ", " (…) "])
def test_a_quote_that_leaves_words_out_is_found_in_its_parts(gap: str) -> None:
    spans = locate_all(f"says the main road{gap}is now in the hands of Ukraine", PASSAGE)
    assert [PASSAGE[span.start : span.end] for span in spans] == [
        "says the main road",
        "is now in the hands of Ukraine",
    ]


def test_parts_in_another_order_or_with_one_missing_are_not_found() -> None:
    assert locate_all("is now in the hands of Ukraine ... says the main road", PASSAGE) == []
    assert locate_all("says the main road ... was lost to the enemy", PASSAGE) == []
    assert len(locate_all("they can now use it again…", PASSAGE)) == 1
