"""Words reduced to what is looked up in the full text: one analysis for articles and questions."""

from __future__ import annotations

import unicodedata
from functools import cache

import tantivy
from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

from index.text.segmentation import unspaced, words

_SNOWBALL = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
_OTHERS = "english"
"""How words are stemmed whose language no stemmer knows, or nobody: names stay alike, whatever is around them."""


def stemmer_of(language: str | None) -> str:
    """The name of the stemmer (Snowball) for texts in ``language`` (ISO 639-1)."""
    return _SNOWBALL.get(language or "", _OTHERS)


def plain_words(text: str) -> list[str]:
    """The words of ``text`` as they are written; of scripts without spaces, those of ICU's dictionaries."""
    text = unicodedata.normalize("NFC", text)
    return [text[start:end] for start, end in words(text)]


def bigrams(text: str) -> list[str]:
    """Every two characters of ``text`` that stand together in a script without spaces.

    A name that no dictionary knows is found by these.
    """
    runs = unspaced(unicodedata.normalize("NFC", text))
    return [run[place : place + 2] for run in runs for place in range(len(run) - 1)]


def tokens(text: str) -> list[str]:
    """What of ``text`` is looked up: its words, then its bigrams."""
    return plain_words(text) + bigrams(text)


def stems(text: str, stemmer: str) -> list[str]:
    """The stems of the ``tokens`` of ``text``."""
    return _analyzer(stemmer).analyze(" ".join(tokens(text)) if unspaced(text) else text)


def stem(token: str, stemmer: str) -> str:
    """The stem of one of the ``tokens`` of a text."""
    return " ".join(_analyzer(stemmer).analyze(token))


@cache
def _analyzer(stemmer: str) -> tantivy.TextAnalyzer:
    # In its patterns, too, vowel signs belong to their words.
    builder = TextAnalyzerBuilder(Tokenizer.regex(r"\w+")).filter(Filter.lowercase())
    if stemmer == _OTHERS:  # of a text whose language is not known, accents say less than they confuse
        return builder.filter(Filter.ascii_fold()).filter(Filter.stemmer(stemmer)).build()
    return builder.filter(Filter.stemmer(stemmer)).filter(Filter.ascii_fold()).build()
