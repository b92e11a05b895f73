"""The catalogues of translations: complete, without leftovers, with the places of the English words."""

from __future__ import annotations

import re
from gettext import c2py
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.discord.speech.catalogues import ENGLISH, LANGUAGES

ROOT = Path(__file__).parents[4]
LOCALES = ROOT / "bot" / "discord" / "locales"
TRANSLATED = [language for language in LANGUAGES if language != ENGLISH]
CALLS = {"Phrase": None, "Plural": (1, 2), "tell": None, "tell_count": (1, 2)}
"""What is called with English words; ``make words`` looks for the same."""

Words = tuple[str, ...]
"""Some words, or those of one thing and those of many."""


@pytest.fixture(scope="module")
def said() -> set[Words]:
    """The English words in the code."""
    found = (extract_from_dir(str(ROOT / name), keywords=CALLS) for name in ("bot", "index"))
    return {forms(message) for one in found for _, _, message, _, _ in one}


def forms(words: str | tuple[str, ...] | list[str] | None) -> Words:
    return (words or "",) if isinstance(words, str | None) else tuple(words)


def written(language: str) -> Catalog:
    with (LOCALES / language / "newsdesk.po").open("rb") as file:
        return read_po(file, locale=language)


def translations(language: str) -> dict[Words, Words]:
    return {forms(one.id): forms(one.string) for one in written(language) if one.id}


def places(words: str) -> set[str]:
    """The names of what stands within braces."""
    return set(re.findall(r"\{(\w+)\}", words))


def test_there_is_a_catalogue_for_each_language() -> None:
    assert sorted(folder.name for folder in LOCALES.iterdir()) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_missing_and_none_are_left_over(language: str, said: set[Words]) -> None:
    told = translations(language)
    assert said - told.keys() == set(), "missing: make words adds them, untranslated"
    assert told.keys() - said == set(), "unused: make words removes them"


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_word_is_translated(language: str) -> None:
    catalog = written(language)
    told = translations(language)
    assert [english for english, words in told.items() if not all(words)] == []
    assert [one.id for one in catalog if one.id and one.fuzzy] == []
    assert {len(words) for english, words in told.items() if len(english) == 2} <= {catalog.num_plurals}


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_have_the_places_of_the_english_words(language: str) -> None:
    which = c2py(written(language).plural_expr)
    of_one_alone = max(n for n in range(200) if which(n) == 0) == 1  # that form may do without the number
    for english, words in translations(language).items():
        for number, form in enumerate(words):
            missing = places(english[-1]) - places(form)
            assert places(form) <= places(english[-1]), form
            assert missing <= ({"count"} if len(words) > 1 and number == 0 and of_one_alone else set()), form


def test_english_is_said_as_it_stands_in_the_code() -> None:
    assert [words for words in translations(ENGLISH).values() if any(words)] == []
