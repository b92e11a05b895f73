"""Which letters a language is written with, to tell a text from one that was read in a wrong encoding.

The letters beyond A to Z are those of CLDR's main exemplar sets; of Chinese, Japanese and Korean it is asked
whether a character is among the common ones, which their standards (GB 2312, Big5, JIS X 0208, KS X 1001) list
first.
"""

from __future__ import annotations

from functools import cache

PUNCTUATION = frozenset("“”„‟‘’‚‛«»‹›–—―…·•°§€£¥©®™№¿¡\xa0\xad½¼¾²³ªº\u200b\u200c\u200d\u200e\u200f\ufeff")

_LATIN = {
    "en": "éèêëáàâäãåçñóòôöøúüïîíæœ",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "de": "äöüßé",
    "es": "áéíñóúüç",
    "it": "àèéìòóùîí",
    "pt": "áâãàçéêíóôõúü",
    "nl": "áäéëíïóöúüèêç",
    "ca": "àçéèíïóòúü",
    "da": "æøåéü",
    "no": "æøåéèêóòôü",
    "nb": "æøåéèêóòôü",
    "nn": "æøåéèêóòôü",
    "sv": "åäöéàü",
    "fi": "åäöšžé",
    "is": "áðéíóúýþæö",
    "pl": "ąćęłńóśźż",
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "hu": "áéíóöőúüű",
    "ro": "ăâîșțşţ",
    "sl": "čšžćđ",
    "hr": "čćđšž",
    "bs": "čćđšž",
    "tr": "çğıöşüâîûİ",
    "az": "çəğıöşüİ",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "et": "äõöüšž",
    "vi": "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ\u0300\u0301\u0303\u0309\u0323",
    "eo": "ĉĝĥĵŝŭ",
    "mt": "ċġħżàèìòù",
}
_CYRILLIC = {
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
}
_RANGES = {
    "el": ((0x386, 0x3CE),),
    "he": ((0x591, 0x5F4),),
    "ar": ((0x60C, 0x652), (0x660, 0x669)),
    "fa": ((0x60C, 0x652), (0x67E, 0x6F9)),
    "ur": ((0x60C, 0x652), (0x679, 0x6F9)),
    "th": ((0xE01, 0xE5B),),
}
_KANA = range(0x3041, 0x30FF)
_WIDE_PUNCTUATION = frozenset("、。〈〉《》「」『』【】〔〕・ー！？，．：；（）％～　")


def expected(character: str, language: str) -> bool:
    """Whether a text in ``language`` may well hold ``character``, which is none of ASCII."""
    if character in PUNCTUATION:
        return True
    if language in ("zh", "ja", "ko"):
        return _is_common(character, language)
    code = ord(character)
    if ranges := _RANGES.get(language):
        return any(first <= code <= last for first, last in ranges)
    return character in _letters(language)


@cache
def _letters(language: str) -> frozenset[str]:
    letters = _LATIN.get(language) or _CYRILLIC.get(language) or ""
    return frozenset(letters + letters.upper())


def _is_common(character: str, language: str) -> bool:
    code = ord(character)
    if character in _WIDE_PUNCTUATION or 0xFF10 <= code <= 0xFF5A:
        return True
    if language == "ko":
        return 0xAC00 <= code <= 0xD7A3 and _lead(character, "euc_kr") is not None
    if language == "ja":
        lead = _lead(character, "euc_jp")
        return code in _KANA or (lead is not None and 0xB0 <= lead <= 0xCF)
    simplified, traditional = _lead(character, "gb2312"), _lead(character, "big5")
    return (simplified is not None and 0xB0 <= simplified <= 0xD7) or (
        traditional is not None and 0xA4 <= traditional <= 0xC6
    )


def _lead(character: str, encoding: str) -> int | None:
    """The first byte of ``character`` in ``encoding``; the common ones come first there."""
    try:
        return character.encode(encoding)[0]
    except UnicodeEncodeError:
        return None
