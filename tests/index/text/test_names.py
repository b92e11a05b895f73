from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.names import keys_of, name_key, names_in, similar_keys


@pytest.mark.parametrize(
    "spellings",
    [
        ("Bakhmut", "Bachmut", "Bachmoet", "Бахмут"),
        ("Kharkiv", "Charkiv", "Charkiw", "Харків"),
        ("Putin", "Poetin", "Poutine", "Путин"),
        ("Shevchenko", "Schewtschenko", "Sjevtsjenko", "Szewczenko", "Шевченко"),
        ("Gaddafi", "Ghaddafi", "Khadafi"),
        ("Tchaikovsky", "Tschaikowski", "Tsjaikovski"),
        ("Zürich", "Zurich"),
    ],
)
def test_spellings_of_one_name(spellings: tuple[str, ...]) -> None:
    keys = {name_key(spelling) for spelling in spellings}
    first = name_key(spellings[0])
    alike = {key for key, _ in similar_keys(first, sorted(keys))}
    assert keys <= alike | {first}


@pytest.mark.parametrize("names", [("Berlin", "Bergen"), ("Iran", "Irak"), ("Minsk", "Murmansk"), ("Ada", "Ida")])
def test_different_names_stay_apart(names: tuple[str, str]) -> None:
    one, other = map(name_key, names)
    assert one != other
    assert similar_keys(one, [other]) == []


def test_likeness_is_ranked_and_needs_length() -> None:
    found = similar_keys("selenski", ["selenska", "selenski", "salami"])
    assert [key for key, _ in found] == ["selenski", "selenska"]
    assert found[0][1] == 1
    assert similar_keys("abc", ["abc"]) == []
    assert len(similar_keys("aaaa", ["aaaa", "aaaab", "aaaac", "aaaad"], limit=2)) == 2


def test_what_could_be_a_name() -> None:
    assert names_in("In Bakhmut on the Boeing-737, said McDonald of NATO; Москва, 北海道の知事.") == [
        "Bakhmut",
        "Boeing",
        "McDonald",
        "NATO",
        "Москва",
        "北海道",
    ]
    assert names_in("") == []


def test_keys_are_distinct_and_long_enough() -> None:
    assert keys_of(["Bakhmut", "Bachmut", "Yy", "---"]) == ["bahmut"]


@given(st.text())
def test_any_word_has_a_key_of_plain_letters(word: str) -> None:
    key = name_key(word)
    assert key.isascii()
    assert key == "" or (key.isalpha() and key.islower())
    assert name_key(word) == key
