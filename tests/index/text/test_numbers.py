"""Numbers in digits and in words, in any language."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icu4py.messageformat import MessageFormat

from index.text.numbers import Number, numbers, same_number
from index.text.numbers.words import SPELLED
from tests.properties import examples


def read(text: str, language: str | None) -> list[tuple[float, str | None]]:
    return [(number.value, number.unit) for number in numbers(text, language)]


def only(text: str, language: str | None = "en") -> Number:
    (number,) = numbers(text, language)
    return number


def spelled(number: int, language: str) -> str:
    """A number in words as ICU writes it, the soft hyphens between its parts left out."""
    return str(MessageFormat("{n, spellout}", language).format({"n": number})).replace("\u00ad", "")


@given(number=st.integers(2, 10**6), language=st.sampled_from(sorted(SPELLED)))
@settings(max_examples=examples(400), deadline=None)
def test_what_icu_spells_out_is_read_whole(number: int, language: str) -> None:
    text = f"({spelled(number, language)})"
    (found,) = numbers(text, language)
    assert (found.value, found.end) == (number, len(text) - 1)
    assert found.start == 1 or number == 10**6  # "eine Million", "un million": the article is no number


@pytest.mark.parametrize("language", sorted(SPELLED))
def test_every_number_below_two_thousand(language: str) -> None:
    words = {number: spelled(number, language) for number in range(2, 2000)}
    assert {
        number: text
        for number, text in words.items()
        if [found.value for found in numbers(text, language)] != [number]
    } == {}


@given(number=st.integers(0, 10**9), language=st.sampled_from(["zh", "ja"]))
@settings(max_examples=examples(200), deadline=None)
def test_han_numerals(number: int, language: str) -> None:
    written = spelled(number, language)
    if len(written) > 1 and written not in ("千万", "万一"):
        assert [found.value for found in numbers(written, language)] == [number]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "1.234,5", 1234.5),
        ("fr", "1 234,5", 1234.5),
        ("fr", "1\u202f234\u202f567", 1234567),
        ("en", "1,234.5", 1234.5),
        ("en", "1,234,567", 1234567),
        ("de", "1.234.567", 1234567),
        ("de", "1’234’567.80", 1234567.8),
        ("hi", "१२,३४,५६७", 1234567),
        ("ar", "١٬٢٣٤٫٥", 1234.5),
        ("fa", "۳٫۵", 3.5),
        ("ja", "１，２３４", 1234),
        ("en", "0.125", 0.125),
        ("nl", "0,125", 0.125),
        ("en", "2½", 2.5),
    ],
)
def test_digits_of_all_forms(language: str, text: str, value: float) -> None:
    found = only(text, language)
    assert (found.value, found.start, found.end) == (value, 0, len(text))


def test_what_may_be_thousands_or_decimals_may_be_both() -> None:
    assert only("2.500", "de").values == (2500, 2.5)
    assert only("2,500", "de").values == (2.5, 2500)
    assert only("2,500", "en").values == (2500, 2.5)
    assert only("2.000", "de").values == (2000,)


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "a deal worth £750m, $1.2bn of it debt", [(750e6, "GBP"), (1.2e9, "USD")]),
        ("en", "3.5 million people, 10 per cent of them in half a dozen towns",
         [(3.5e6, None), (10, "percent"), (6, None)]),
        ("de", "anderthalb Millionen Euro, 3 Mrd. Dollar und zweieinhalb Jahre",
         [(1.5e6, "EUR"), (3e9, "USD"), (2.5, "year")]),
        ("nl", "drieënhalf miljoen kippen, een derde van de boeren", [(3.5e6, None), (1 / 3, "fraction")]),
        ("fr", "une centaine de vaches, une heure et demie, 45 M€", [(100, None), (1.5, "hour"), (45e6, "EUR")]),
        ("es", "20 mil millones de euros, tres horas y media, la mitad de los barcos",
         [(20e9, "EUR"), (3.5, "hour"), (0.5, "fraction")]),
        ("it", "due milioni e mezzo di euro, centottantuno case", [(2.5e6, "EUR"), (181, None)]),
        ("pt", "na segunda-feira chegaram vinte e um navios", [(21, None)]),
        ("da", "halvanden million kroner", [(1.5e6, "SEK")]),
        ("uk", "3,5 мільйона гривень, 20 тис. людей, 12 відсотків",
         [(3.5e6, "UAH"), (20000, None), (12, "percent")]),
        ("pl", "1,2 mln złotych i 300 km", [(1.2e6, "PLN"), (300, "kilometer")]),
        ("zh", "3万5000人，百分之三十，第三次，12亿元，一些人",
         [(35000, None), (30, "percent"), (3, "ordinal"), (12e8, "CNY")]),
        ("hi", "10 करोड़ लोग, 30 प्रतिशत", [(10e7, None), (30, "percent")]),
        ("en", "The 21st man, the second boat, her first win", [(21, "ordinal"), (2, "ordinal"), (1, "ordinal")]),
        ("en", "minus twelve degrees, then -3°C", [(-12, "degree"), (-3, "celsius")]),
        ("de", "5 Grad unter null, auf dem 3. Platz die Hälfte",
         [(-5, "degree"), (3, "ordinal"), (0.5, "fraction")]),
        ("en", "a quarter million, a third million-euro deal", [(250000, None), (3, "ordinal"), (1e6, "EUR")]),
        ("de", "eine Viertelmillion Menschen", [(250000, None)]),
        ("en", "a quarter of a million, 2m people, 10m tall", [(250000, None), (2e6, None), (10, "meter")]),
        ("en", "between 15 and 18 euros, 3 to 4 million", [(15, "EUR"), (18, "EUR"), (3e6, None), (4e6, None)]),
        ("en", "a couple of hundred thousand fans, two-thirds of them women",
         [(200000, None), (2 / 3, "fraction")]),
        ("en", "five-year-old trees, 12 stone walls, 10km", [(5, "year"), (12, None), (10, "kilometer")]),
    ],
)  # fmt: skip
def test_scales_units_and_parts(language: str, text: str, found: list[tuple[float, str | None]]) -> None:
    expected: list[tuple[object, str | None]] = [(pytest.approx(value), unit) for value, unit in found]
    assert read(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Nobody came, no one called, and several hundred wrote."),
        ("en", "An F-16, the G7, Covid-19 and flight MH17."),
        ("en", "Hundreds of swans and thousands of geese."),
        ("de", "Ein Mann und einige Tausend Menschen, Hunderte davon Kinder."),
        ("nl", "Een paar honderd mensen en duizenden vogels."),
        ("fr", "Un homme et des centaines de chiens."),
        ("zh", "一些人一般在千万不要的时候。"),
    ],
)
def test_what_is_no_number(language: str, text: str) -> None:
    assert numbers(text, language) == []


def test_a_number_is_known_in_other_words() -> None:
    assert same_number(only("3 km"), only("3,000 metres"))
    assert same_number(only("1.2bn"), only("1,200 million"))
    assert same_number(only("fell 5%"), only("-5%"))
    assert same_number(only("zwölfhundert", "de"), only("1,200 people"))
    assert not same_number(only("3 km"), only("3 hours"))
    assert not same_number(only("5 euros"), only("5%"))
    assert not same_number(only("3,400 people"), only("3,500 people"))


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=60),
    st.sampled_from([*sorted(SPELLED), "zh", "uk", "xx", None]),
)
@settings(max_examples=examples(300), deadline=None)
def test_any_text_can_be_read(text: str, language: str | None) -> None:
    for found in numbers(text, language):
        assert 0 <= found.start < found.end <= len(text)
