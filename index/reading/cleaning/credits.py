"""Which words are a credit or a caption: they stand beside the article and are not part of what it says."""

from __future__ import annotations

import re

_LONGEST_CAPTION = 300
"""Characters; a longer paragraph that ends in a credit loses the credit only."""
_TAIL = 160
"""Characters at the end of a paragraph in which a credit is looked for."""

_AGENCIES = (
    "AP|AP Photo|Associated Press|The Associated Press|AFP|Agence France-Presse|REUTERS|Reuters|Getty Images|Getty"
    "|EPA|EPA-EFE|EFE|ANP|dpa|DPA|Bloomberg|Shutterstock|Alamy|Alamy Stock Photo|iStock|iStockphoto|Adobe Stock"
    "|ISW|Xinhua|TASS|ITAR-TASS|PA|PA Images|PA Wire|PA Media|Anadolu|Anadolu Agency|NurPhoto|UPI|AAP|Belga"
    "|Ritzau|Scanpix|NTB|Lehtikuva|Kyodo|Kyodo News|picture alliance|picture-alliance|IMAGO|Imago|imago"
    "|imago images|Keystone|Ukrinform|UNIAN|ZUMA|ZUMA Press|Zuma|Hollandse Hoogte|Wikimedia Commons|Wikimedia"
    "|Unsplash|Pexels|Pixabay|Укрінформ|УНІАН|РИА Новости|ТАСС|Рейтер"
)
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶŁŃŇŌŐŘŚŞŠŤŪŮŰŹŻŽА-ЯЁІЇЄҐΑ-Ω"
_NAME = rf"(?:[{_UPPER}]\.|[{_UPPER}][\w'’-]*)"
_SMALL = "van|der|den|de|von|el|al|of|the|for|via|di|da|y|and|und|en"
_NAMES = rf"(?:{_NAME}(?: (?:(?:{_SMALL}) )*{_NAME}){{0,5}})"
_PART = rf"(?:{_AGENCIES}|{_NAMES})"
_CHAIN = rf"(?:{_PART}(?:(?: ?[/|,] ?| via | for ){_PART}){{0,5}}(?: ?[/,] ?(?:FILE|file|File|Pool))?)"
_HOLDER = rf"(?:(?:\d{{4}} )?{_CHAIN}|[\w.@'-]{{2,40}})"

_PHOTO = (
    "photos?|photograph|photographer|photographie|fotos?|fotografía|fotografie|fotograf|fot|zdjęcie|фото|світлина"
    "|beeld|bild|bildquelle|bildnachweis|fotocredit|fotoquelle|image|picture|imagen|зображення|изображение"
    "|(?:photo|image|picture|video) ?(?:credits?|source|courtesy)|crédits?(?: photos?| image)?"
    "|crédito(?: de (?:la )?(?:imagen|foto))?|foto ?(?:credits?|bron)|(?:джерело|автор) фото"
)
_CAPTIONED = (
    "image source|image credit|image caption|media caption|photo caption|photo credit|photo source|picture source"
    "|fuente de la imagen|pie de foto|legenda da foto|crédit photo|автор фото|підпис до фото|джерело зображення"
    "|источник изображения|подпись к фото|file photo"
)

_RIGHTS = r"(?:\. (?i:all rights reserved|alle rechten voorbehouden|alle rechte vorbehalten))?\.?"

_WHOLE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\(?© ?{_HOLDER}{_RIGHTS}\)?",
        rf"\(?(?:\([cC]\)|[Cc]opyright ?©?) ?(?:\d{{4}}(?:-\d{{4}})? ?{_CHAIN}?|{_AGENCIES}){_RIGHTS}\)?",
        rf"(?i:{_PHOTO}) ?: ?(?:© ?)?{_HOLDER}\.?",
        rf"(?i:{_PHOTO}) (?:© ?)?(?:{_AGENCIES})(?: ?/ ?{_PART}){{0,4}}",
        rf"(?i:photos?|photographs?|pictures?|fotos?|bild|фото) (?i:by|courtesy of|von|door|por|par|via) {_CHAIN}",
        r"(?i:photo|foto|фото) ?: \S[^\n]{0,120}",
        rf"(?i:{_CAPTIONED}) ?[,:] ?[^\n]{{1,200}}",
        rf"\(?(?:{_AGENCIES})(?: via (?:{_AGENCIES}))?\)?",
    )
)
_BRACKETED = re.compile(
    rf"\((?:(?i:{_PHOTO}|{_CAPTIONED}) ?(?:[:/,]|(?i:by|courtesy|via|credit|von|door|por|par)\b)"
    rf"|(?:{_AGENCIES}) ?/ ?{_PART}|© ?)[^()]{{0,120}}\)\.?$"
)
_MARKED = re.compile(
    rf"(?:^|(?<=\s))(?:© ?{_HOLDER}|(?i:{_PHOTO}) ?: ?(?:© ?)?{_CHAIN}|(?i:photos? by) {_CHAIN})$"
)
_PATH = re.compile(rf"(?:^|(?<=\s)){_PART}(?: ?/ ?{_PART}){{1,6}}(?: via {_PART}| for {_PART})?$")
_BARE = re.compile(rf"(?<=[.!?…\"”»’)\]] )(?:{_AGENCIES}|(?:Courtesy|Credit|Photo)(?: of|:)? {_CHAIN})$")
_INSIDE = re.compile(rf"/ ?(?:{_AGENCIES})(?= [{_UPPER}])")
_AGENCY = re.compile(rf"(?:{_AGENCIES})(?: for .*)?", re.IGNORECASE)
_AFTER_A_SENTENCE = re.compile(r"[.!?…)\]][\"”“»’')\]]*\s*$")


def split_credit(paragraph: str) -> tuple[str, str | None]:
    """What of ``paragraph`` is the article's own text, and what is credit or caption.

    A paragraph that is a credit, a short one that ends in a credit (a caption), and a row of captions are all
    credit. From a long
    one only the credit at its end is taken.
    """
    if len(paragraph) <= _LONGEST_CAPTION and any(pattern.fullmatch(paragraph) for pattern in _WHOLE):
        return "", paragraph
    if len(_INSIDE.findall(paragraph)) >= max(2, len(paragraph) / _LONGEST_CAPTION):
        return "", paragraph  # a gallery: one caption after another
    start = _credit_at_the_end(paragraph)
    if start is None:
        return paragraph, None
    if len(paragraph) <= _LONGEST_CAPTION:
        return "", paragraph
    if _AFTER_A_SENTENCE.search(paragraph[max(0, start - _TAIL) : start]):
        return paragraph[:start].rstrip(), paragraph[start:]
    return paragraph, None


def _credit_at_the_end(paragraph: str) -> int | None:
    """Where the credit that ends ``paragraph`` begins."""
    offset = max(0, len(paragraph) - _TAIL)
    tail = paragraph[offset:]
    if found := (_BRACKETED.search(tail) or _BARE.search(tail)):
        return offset + found.start()
    if (found := _MARKED.search(tail)) and (_names_agency(found[0]) or _stands_alone(tail, found)):
        return offset + found.start()
    if (found := _PATH.search(tail)) and _names_agency(found[0]):
        return offset + found.start()
    return None


def _stands_alone(tail: str, found: re.Match[str]) -> bool:
    return found.start() == 0 or bool(_AFTER_A_SENTENCE.search(tail[: found.start()]))


def _names_agency(credit: str) -> bool:
    parts = re.split(r" ?[/|,:©] ?| via ", credit)
    return any(_AGENCY.fullmatch(part.strip()) for part in parts)
