"""Bytes -> text: rightly decoded, or refused. Nothing is guessed that does not fit a language's own letters."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.errors import ArticleError
from index.reading.encoding.letters import expected
from index.text.language import language_ranks
from index.told import tell

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = "en fr de es it pt nl ca da no nb nn sv fi is".split()
_CENTRAL = "pl cs sk hu ro sl hr bs de".split()
_CYRILLIC = "ru uk be bg sr mk".split()
_LANGUAGES: dict[str, list[str]] = {
    "cp1252": _WESTERN,
    "iso8859_15": _WESTERN,
    "mac_roman": _WESTERN,
    "cp850": _WESTERN,
    "cp1250": _CENTRAL,
    "iso8859_2": _CENTRAL,
    "mac_latin2": _CENTRAL,
    "cp852": _CENTRAL,
    "cp1251": _CYRILLIC,
    "koi8_u": _CYRILLIC,
    "koi8_r": _CYRILLIC,
    "iso8859_5": _CYRILLIC,
    "cp866": _CYRILLIC,
    "mac_cyrillic": _CYRILLIC,
    "cp1253": ["el"],
    "iso8859_7": ["el"],
    "cp1254": ["tr", "az"],
    "iso8859_3": ["eo", "mt"],
    "cp1255": ["he"],
    "iso8859_8": ["he"],
    "cp1256": ["ar", "fa", "ur"],
    "iso8859_6": ["ar"],
    "cp1257": ["lt", "lv", "et"],
    "iso8859_13": ["lt", "lv", "et"],
    "iso8859_4": ["lt", "lv", "et"],
    "iso8859_16": ["ro"],
    "cp1258": ["vi"],
    "cp874": ["th"],
    "cp932": ["ja"],
    "euc_jp": ["ja"],
    "cp949": ["ko"],
    "gb18030": ["zh"],
    "big5hkscs": ["zh"],
}
"""The 8-bit and double-byte encodings that are tried, with the languages that are written in them."""
_MEANT = {
    **dict.fromkeys(("ascii", "iso8859-1", "latin_1"), "cp1252"),
    **dict.fromkeys(("iso8859-9",), "cp1254"),
    **dict.fromkeys(("iso8859-11", "tis-620"), "cp874"),
    **dict.fromkeys(("gb2312", "gbk", "hz"), "gb18030"),
    **dict.fromkeys(("shift_jis",), "cp932"),
    **dict.fromkeys(("euc_kr",), "cp949"),
    **dict.fromkeys(("big5", "cp950"), "big5hkscs"),
}
"""What is meant by a name that is used for more than it stands for (WHATWG, Encoding Standard, 4.2)."""

_SAMPLE = 60_000
_SURE, _STATED = 0.97, 0.85
"""Shares of the letters beyond ASCII that belong to the language: for a guess, and for what is declared."""
_GOOD_PER_BAD = 4
_USUAL = "cp1252"
"""What a text of Western Europe is in if it reads as well in others (WHATWG, Encoding Standard, 4.2)."""
_CEDILLA = str.maketrans("şţŞŢ", "șțȘȚ")
"""Romanian has a comma below these letters, for which most encodings give it the cedilla."""
# What stands where it never stands was read in a wrong encoding: a capital that ASCII doesn't have amid a word
# ("cafÈ"), a sign or a low quotation mark amid or behind one ("sch”n", "caf‚"), an accented letter in the place of
# a quotation mark or of the sign of a currency or degree ("ìI", ",Ó ", "ú310", "30ø"), one that is no word alone
# ("Ç"), an opening mark that opens nothing ("30¡"), yens without a number; Latin letters amid those of others; the
# sigma of a word's end inside it; a Thai mark above or below at a word's beginning, or the Thai sign of
# abbreviation inside.
_MISPLACED = re.compile(
    "(?<=[a-z\u00df-\u00f6\u00f8-\u00ff\u0430-\u045f\u03ac-\u03ce])"
    "[\u00c0-\u00d6\u00d8-\u00de\u0400-\u042f\u0386-\u03ab]"
    "|(?<=[A-Za-z])[‘“”„‚‛«»‹›…•°§€£¥©®¿¡½¼¾²³](?=[a-z])|(?<=[a-z])[‚„](?!\\w)|(?<![0-9])€(?=[a-z])"
    "|[\u00c0-\u00ff\u0152\u0153](?=[A-Z]{1,2}[a-z ]|[0-9])|(?<=[,.!?])[\u00c0-\u00ff](?=\\s|$)"
    "|(?<=[0-9])[ø¢§ß](?!\\w)"
    "|(?<!\\w)[ÇÛÕÑÃÂ](?!\\w)|[¡¿](?![\\w«“\"'‘¡¿])|¥(?!\\s?[0-9])"
    "|\u03c2(?=[\u03ac-\u03ce])|(?<=[A-Za-z])[\u0370-\u06ff\u0e01-\u0e4e]"
    "|(?<![\u0e01-\u0e4e])[\u0e30-\u0e3a\u0e45-\u0e4e]|\u0e2f(?=[\u0e01-\u0e4e])"
)
_CESU = re.compile(rb"\xed([\xa0-\xaf])([\x80-\xbf])\xed([\xb0-\xbf])([\x80-\xbf])")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_META = re.compile(
    rb"<meta[^>]{0,200}charset=[\"']?\s*([\w:.-]{1,40})|<\?xml[^>]{0,100}encoding=[\"']([\w:.-]{1,40})", re.I
)
_NOT_TEXT = tell(
    "This is not a text file. Save it as plain text (UTF-8), or give it the ending of its real format."
)
_NOT_KNOWN = tell(
    "What encoding this text is in can't be told: its letters fit no language surely enough. "
    "Open it in an editor that shows it rightly and save it as UTF-8."
)


@dataclass(frozen=True, slots=True)
class _Reading:
    encoding: str
    text: str
    share: float
    certainty: float


def decode(data: bytes, declared: Iterable[str | None] = ()) -> str:
    """The text in ``data``; ``declared`` are the encodings that a header or the text itself names, if any.

    A byte order mark decides; then UTF-8, also with a few bad bytes, each of which becomes U+FFFD. Other encodings
    count as far as what comes out is written in the letters of its language, what is declared before what is not.
    Raises ``ArticleError`` if it is no text, or if its encoding can't be told.
    """
    bom = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    if bom:
        text = _utf8(data) if bom == "utf-8" else data.decode(bom, "replace")
        return _checked(text.removeprefix("\ufeff"))
    if wide := _wide(data):
        return _checked(data.decode(wide, "replace"))
    if b"\0" in data:
        raise ArticleError(_NOT_TEXT)
    if b"\x1b$" in data[:_SAMPLE] or b"\x1b(" in data[:_SAMPLE]:
        try:
            return _checked(data.decode("iso2022_jp_2"))
        except UnicodeDecodeError:
            pass
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        if _is_mostly_utf8(data):
            return _checked(_utf8(data))
    _checked(data[:10_000].decode("latin-1"))
    return _checked(_eight_bit(data, [name for name in map(known_encoding, declared) if name]))


def declared_encoding(data: bytes) -> str | None:
    """What an HTML or XML document says in its first lines that it is in."""
    found = _META.search(data[:4096])
    return (found[1] or found[2]).decode("ascii", "replace") if found else None


def known_encoding(name: str | None) -> str | None:
    """Python's name for the encoding that ``name`` stands for on the web; None if there is none to be decoded."""
    try:
        known = codecs.lookup((name or "").strip()).name
    except (LookupError, ValueError):
        return None
    return _MEANT.get(known, known.replace("-", "_") if known.replace("-", "_") in _LANGUAGES else known)


def _checked(text: str) -> str:
    sample = text[:10_000]
    if len(_CONTROL.findall(sample)) > len(sample) / 200:
        raise ArticleError(_NOT_TEXT)
    return text


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of a Latin text is zero."""
    sample = data[:2000]
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = sample[first::2]
        if len(half) > 20 and half.count(0) > 0.4 * len(half) and sample[1 - first :: 2].count(0) == 0:
            return name
    return None


def _utf8(data: bytes) -> str:
    """UTF-8 with what is bad replaced; letters beyond U+FFFF may be written as pairs (CESU-8), or mixed in as
    Latin 1."""
    return _CESU.sub(_joined, data).decode("utf-8", "replace")


def _joined(pair: re.Match[bytes]) -> bytes:
    return pair[0].decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16").encode()


def _is_mostly_utf8(data: bytes) -> bool:
    text = _utf8(data)
    bad = text.count("\ufffd")
    good = sum(character > "\x7f" for character in text) - bad
    return good >= _GOOD_PER_BAD * bad


def _eight_bit(data: bytes, declared: list[str]) -> str:
    sample = data[:_SAMPLE]
    stated = [reading for name in declared if (reading := _read(sample, name))]
    best = max(stated, key=lambda one: one.share, default=None)
    if best and best.share >= _SURE:
        return data.decode(best.encoding, "replace")
    guesses = sorted(_guesses(sample), key=lambda one: (one.share, one.certainty), reverse=True)
    if guesses and guesses[0].share >= _SURE:
        if _stands_out(guesses):
            return data.decode(guesses[0].encoding, "replace")
        if _is_as_good(guesses, _USUAL):
            return data.decode(_USUAL, "replace")
    if best and best.share >= _STATED:
        return data.decode(best.encoding, "replace")
    raise ArticleError(_NOT_KNOWN)


def _guesses(sample: bytes) -> Iterator[_Reading]:
    for name in _LANGUAGES:
        if reading := _read(sample, name):
            yield reading


def _stands_out(guesses: list[_Reading]) -> bool:
    """Whether the best guess is better than any that reads differently, cedillas apart."""
    best = guesses[0]
    read = best.text.translate(_CEDILLA)
    others = [one for one in guesses[1:] if one.text.translate(_CEDILLA) != read]
    return all(one.share < best.share or one.certainty < best.certainty / 2 for one in others)


def _is_as_good(guesses: list[_Reading], encoding: str) -> bool:
    """Whether a text reads no worse in ``encoding`` than in any other: its letters and its language fit."""
    best = guesses[0]  # of those that fit alike it is the one whose language is surest
    return any(
        one.encoding == encoding and (one.share, one.certainty) == (best.share, best.certainty) for one in guesses
    )


def _read(sample: bytes, encoding: str) -> _Reading | None:
    """``sample`` in ``encoding``, and how well it fits a language that is written in it."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except (UnicodeDecodeError, LookupError):
        return None
    beyond = [character for character in text if character > "\x7f"]
    if not beyond:
        return None
    ranks = language_ranks(text)
    languages = _LANGUAGES.get(encoding, list(ranks))
    language = max(languages, key=lambda one: ranks.get(one, 0.0))
    odd = sum(not expected(character, language) for character in beyond) + len(_MISPLACED.findall(text))
    odd += ("«" in beyond) != ("»" in beyond)  # such a mark is one of a pair
    share = 1 - odd / len(beyond)
    return _Reading(encoding, text, share, ranks.get(language, 0.0))
