"""The names of files in an archive that does not say what they are in: UTF-8, or letters of DOS or Windows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from index.reading.encoding.letters import expected

_CYRILLIC = ("ru", "uk", "be", "bg", "sr", "mk")
_FOREIGN = {
    "cp866": _CYRILLIC,
    "cp1251": _CYRILLIC,
    "cp737": ("el",),
    "cp1253": ("el",),
    "cp862": ("he",),
    "cp1255": ("he",),
    "cp1256": ("ar", "fa", "ur"),
    "cp932": ("ja",),
    "cp949": ("ko",),
    "gb18030": ("zh",),
    "big5hkscs": ("zh",),
    "cp874": ("th",),
}
"""What systems write names in where letters are not Latin; of one script, what Windows uses in archives first."""
_LATIN = ("pl", "cs", "sk", "hu", "ro", "sl", "hr")
_CENTRAL = {"cp852": _LATIN, "cp1250": _LATIN, "cp857": ("tr",), "cp1254": ("tr",)}
_ESZETT = 0xE1
_HAN = "\u2e80-\uffef"
_OF_TWO_SCRIPTS = re.compile(
    rf"[A-Za-z][\u0370-\u0e7f]|[\u0370-\u0e7f][A-Za-z]|[\uff00-\uff5a]|(?<![{_HAN}])[{_HAN}](?=[A-Za-z])"
    rf"|(?<=[A-Za-z])[{_HAN}](?![{_HAN}])"
)
"""Latin letters and others in a word: two letters of which one has an accent look like one sign of Chinese."""
_WORD = re.compile(rf"[\u0370-\u0e7f]{{3}}|[{_HAN}]{{2}}")
_SMALL = "a-z\u00df-\u00f6\u00f8-\u00ff\u03ac-\u03ce\u0430-\u045f"
_CAPITAL_INSIDE = re.compile(rf"(?<=[{_SMALL}])[^\W\d_a-z]|(?<=[^\W\d_])[^\W\d_A-Za-z](?=[{_SMALL}])")
_QUOTES = frozenset("“”„‘’‚–—…«»¿¡ªº·°")


def decode_names(names: Sequence[bytes]) -> list[str]:
    """``names`` as text: each as UTF-8 if it is that, the others in what one system would write them all in."""
    encoding = _encoding(b"\n".join(name for name in names if not _is_utf8(name)))
    return [name.decode("utf-8" if _is_utf8(name) else encoding, "replace") for name in names]


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _encoding(names: bytes) -> str:
    """DOS has its letters with accents where Windows has quotation marks, and Windows where DOS has boxes."""
    western = ["cp850", "cp1252"]
    if any(byte >= 0xC0 and byte != _ESZETT for byte in names):
        western.reverse()
    found = (one for one, languages in _FOREIGN.items() if _is_foreign(_read(names, one, languages)))
    latin = (one for one in western if _is_latin(names.decode(one, "replace")))
    central = (one for one, languages in _CENTRAL.items() if _is_latin(_read(names, one, languages)))
    return next(chain(found, latin, central), western[0])


def _read(names: bytes, encoding: str, languages: Sequence[str]) -> str:
    """``names`` in ``encoding``, if all their letters are those of one of ``languages``; else nothing."""
    try:
        text = names.decode(encoding)
    except UnicodeDecodeError:
        return ""
    beyond = _beyond(text)
    return text if any(all(expected(one, language) for one in beyond) for language in languages) else ""


def _is_foreign(text: str) -> bool:
    """Whether what was read makes words, and none of them of two scripts."""
    return bool(_WORD.search(text)) and not _OF_TWO_SCRIPTS.search(text) and not _has_capital_inside(text)


def _is_latin(text: str) -> bool:
    letters = all(one.isalpha() or one in _QUOTES for one in _beyond(text))
    return bool(text) and letters and not _has_capital_inside(text)


def _has_capital_inside(text: str) -> bool:
    return any(one[0].isupper() for one in _CAPITAL_INSIDE.findall(text))


def _beyond(text: str) -> list[str]:
    return [character for character in text if character > "\x7f"]
