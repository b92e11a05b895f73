"""The catalogues of translations: one file a language, as translators' tools edit them (gettext's PO)."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ENGLISH = "en"
LANGUAGES = (ENGLISH, "de", "nl", "es", "fr", "uk")


@cache
def catalogue(language: str) -> GNUTranslations:
    """What is said in a language. Compiled when it is first needed: that takes some hundredths of a second."""
    compiled = BytesIO()
    with files("bot.discord").joinpath("locales", language, "newsdesk.po").open("rb") as written:
        write_mo(compiled, read_po(written, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def known(locale: str | None) -> str:
    """The language of one of Discord's locales, such as ``es-419``; English where there is no catalogue for it."""
    language = (locale or "").partition("-")[0]
    return language if language in LANGUAGES else ENGLISH
