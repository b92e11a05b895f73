"""Sentences that tell no news alone: the author in person, hardly more than a quotation, an item of a list."""

from __future__ import annotations

import re

from bot.answer.disagreement.statements import ArticleSentence
from index.text.antecedents import is_within_quotation, without_quotations
from index.text.languages import table
from index.text.tense import pattern

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]+[\"”“»]|‘[^’]+’(?!\w)|(?<!\w)'(?:[^']|(?<=\w)'(?=\w))+'(?!\w)")
_MOSTLY = 0.5
_ITEM = re.compile(
    r"(?:[A-Z]{3,}(?:['’]S)? ){2,}(?=[\"“‘']?[A-Z][a-z])|[(>•*·▪●■►–—-]"
    r"|(?P<label>[^\s.,;:!?\"“„«‘(][^.,;:!?\"“„«‘(]{1,39}):(?: (?![\s\"“„«‘'])|(?=[A-Z][a-z]))"
)
"""How an item begins: with a bullet, a parenthesis or a label ("MUST WATCH Floods", "Why she came: Fear")."""


def in_the_authors_voice(one: ArticleSentence) -> bool:
    """Whether whoever writes speaks of themselves in ``one``, outside of what it quotes: "when I asked"."""
    own = table(one.article.language or "en", "small").get("author", "").split()
    if is_within_quotation(one.hit.passage.text, one.start):
        return False
    told = _QUOTED.sub(" ", without_quotations(one.text))
    # "US" is a country
    return any(word.casefold().replace("’", "'") in own for word in _WORD.findall(told) if word != "US")


def is_item(one: ArticleSentence) -> bool:
    """Whether ``one`` begins as the item of a list or a form does, and says what only its heading explains."""
    if (found := _ITEM.match(one.text)) is None:
        return False
    says = pattern(one.article.language or "en", "saying")  # "Der Minister sagte: ..." is no label
    return not says.search(found["label"] or "")


def is_cut_off(one: ArticleSentence) -> bool:
    """Whether a quotation that ``one`` opens goes on behind it."""
    return is_within_quotation(f"{one.text} ", len(one.text)) or one.text.count('"') % 2 == 1


def is_bare_quote(one: ArticleSentence) -> bool:
    """Whether a sentence is hardly more than somebody's words: they are no event."""
    letters = sum(map(str.isalnum, one.text))
    quoted = sum(sum(map(str.isalnum, found[0])) for found in _QUOTED.finditer(one.text))
    return quoted > _MOSTLY * letters
