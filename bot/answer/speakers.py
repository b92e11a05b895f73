"""Who says a sentence, where the sentence itself doesn't: read from the sentences around it.

Careful rather than clever: a speaker is named only where the text ties a name to the words by a reporting
verb, "according to", or a pronoun that follows the name. Everything else stays without a speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_VERBS = (
    r"(?:said|says|say|wrote|writes|told|tells|added|adds|claimed|claims|stated|states|announced|announces|"
    r"reported|reports|warned|warns|argued|argues|insisted|insists|denied|denies|explained|explains|acknowledged|"
    r"zei|zegt|schreef|schrijft|meldde|meldt|stelde|stelt|sagte|sagt|schrieb|schreibt|erklärte|erklärt|"
    r"dijo|dice|afirmó|afirma|declaró|declara)"
)
_ACCORDING = r"(?:[Aa]ccording to|[Vv]olgens|[Ll]aut|[Nn]ach Angaben von|[Ss]egún)"
_NAME_WORD = r"[^\W\d_a-zà-ÿ][\w'’-]+"
_NAME = rf"{_NAME_WORD}(?: (?:(?:van|von|de|der|den|di|da|al|el|bin) )*{_NAME_WORD})+"
_SHORT_NAME = rf"{_NAME_WORD}(?: (?:(?:van|von|de|der|den|di|da|al|el|bin) )*{_NAME_WORD})*"
# "Igor Konashenkov, spokesman for the Defense Ministry, says": up to one aside between name and verb.
_NAME_THEN_VERB = re.compile(rf"(?P<name>{_SHORT_NAME})(?:, [^,.;:“”\"]{{1,80}},)? {_VERBS}\b")
_VERB_THEN_NAME = re.compile(rf"\b{_VERBS} (?:the |de |der |die |el |la )?(?P<name>{_NAME})")
_ACCORDING_TO = re.compile(rf"{_ACCORDING} (?P<name>{_SHORT_NAME})")
_PRONOUN = re.compile(
    rf"\b(?:He|She|he|she|They|they|Hij|Zij|hij|zij|ze|Er|Sie|er|sie|Él|Ella|él|ella) {_VERBS}\b"
    rf"|{_ACCORDING} (?:him|her|them|hem|haar|ihm|ihr|él|ella)\b"
    rf"|[”\"»“’'] ?{_VERBS} (?:he|she|hij|zij|er|sie)\b"
)
_SUBJECT = re.compile(rf"^(?P<name>{_NAME})\b")
_QUOTED = re.compile(r"^[\"“„«»‘']")
_PRONOUNS = frozenset(
    "He She They It We I You Hij Zij Er Sie Es Wir Ella The A An De Het Der Die Das El La This That".split()
)


def carries_speaker(sentence: str) -> bool:
    """Whether the sentence itself names who says it."""
    return _reporter(sentence) is not None


def speaker_of(sentences: Sequence[str], index: int) -> str | None:
    """Who says ``sentences[index]``, read from its neighbours in the same passage; None if they don't tell.

    None also for a sentence that names its speaker, and for one that is the article's own.
    """
    sentence = sentences[index]
    if carries_speaker(sentence):
        return None
    if _PRONOUN.search(sentence):
        return _person_before(sentences, index)
    if not _QUOTED.match(sentence):
        return None
    for before in reversed(range(index)):
        if reporter := _reporter(sentences[before]):
            # "Ukraine claims ...": a report of its own, from which a quotation need not go on.
            return reporter if " " in reporter or _QUOTED.match(sentences[before]) else None
        if _PRONOUN.search(sentences[before]):
            return _person_before(sentences, before)
        if not _QUOTED.match(sentences[before]):
            break
    after = index + 1
    return _reporter(sentences[after]) if after < len(sentences) else None


def _reporter(sentence: str) -> str | None:
    outside = re.sub(r"[“\"„«][^”\"»“]*[”\"»“]", " ", sentence)
    for pattern in (_ACCORDING_TO, _NAME_THEN_VERB, _VERB_THEN_NAME):
        for found in pattern.finditer(re.sub(r"\s+", " ", outside)):
            name = found["name"]
            if name.split()[0] not in _PRONOUNS:
                return name
    return None


def _person_before(sentences: Sequence[str], index: int) -> str | None:
    for before in reversed(range(index)):
        found = _SUBJECT.match(sentences[before])
        name = _reporter(sentences[before]) or (found["name"] if found else None)
        if name and name.split()[0] not in _PRONOUNS:
            return name
    return None
