"""Where a report was filed and by whom, in front of its first sentence: "GENEVA (AP) —", "DUINRAND - Door ..."."""

from __future__ import annotations

import regex

_PLACE = r"\p{Lu}[\p{Lu}'’.-]+(?: \p{Lu}[\p{Lu}'’.-]+){0,3}"
_CAPITALS = r"\p{Lu}{5}|\p{Lu}{3} \p{Lu}{3}"
_NAMES = r"\p{Lu}[\w'’.-]*(?: (?:de|del|la|of|am|an|der|den|and|und|en|et|y)?\s?\p{Lu}[\w'’.-]*){0,3}"
_DAY = (
    r"(?:, (?:\p{L}{3,9}\.? \d{1,2}|\d{1,2}(?:\.|er|º)? (?:de )?\p{L}{3,10}\.?)"
    r"(?:,? (?:de )?\d{4})?(?= \(\p{Lu}))?"
)
_AGENCY = r"\(\p{L}[\w./ -]{1,30}\)"
_DASH = r"\s?(?:--|[-‒–—―−])(?=\s|$)"
_KNOWN = r"(?:CNN(?: Business)?|AP|Reuters|REUTERS|AFP|dpa|DPA|ANP|EFE|Belga)"
_DATELINE = regex.compile(
    rf"(?:(?:{_PLACE}|{_NAMES})(?:, {_NAMES})?{_DAY} {_AGENCY}\.?{_DASH}"  # GRÜNFELS, Germany, May 6 (Worldwire) -
    rf"|(?={_CAPITALS})(?:{_PLACE})(?:, {_NAMES})?{_DASH}(?=\s*(?:\p{{Lu}}|$))"  # DUINRAND - Door
    rf"|{_NAMES} \(\p{{Ll}}{{2,5}}\)\.(?=\s)"  # Grünfels (abc). Der
    rf"|\({_KNOWN}\)(?:{_DASH})?(?=\s)"  # (CNN)
    rf"|{_NAMES}(?:, {_NAMES})? \({_KNOWN}\)(?=\s+[\"“]?\p{{Lu}}|\s*$)"  # New York (CNN Business) Shoppers
    rf"|{_NAMES}, {_NAMES}{_DASH}(?=\s*$)"  # Harlow, England —
    rf"|(?:{_NAMES}(?:, {_NAMES})? )?{_KNOWN}{_DASH})\s*"  # London CNN —
)
_BYLINE = regex.compile(
    r"(?i:by|von|van|door|par|por|di)(?: (?i:onze|our|unserem?|notre|nuestro) [\w ]{3,40}?)?"
    r"(?: \p{Lu}[\w.'’-]*| [’']t| (?i:van|von|der|den|de|la|del)){1,6}"
    # "By Monday, the army had left": behind one word and a comma a byline goes on with another name.
    r"(?:(?: ?[|/–—-]|(?<= \S+ \S+),|,(?= \p{Lu})).*[^.!?…])?"
)


def dateline_end(line: str) -> int:
    """Where the dateline that begins ``line`` ends; 0 if there is none."""
    found = _DATELINE.match(line)
    return found.end() if found else 0


def is_dateline(sentence: str) -> bool:
    """Whether ``sentence`` is no more than a dateline, a byline, or both."""
    rest = sentence[dateline_end(sentence) :].strip()
    return (not rest and bool(sentence.strip())) or bool(_BYLINE.fullmatch(rest))
