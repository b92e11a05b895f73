"""Who says a sentence, where the sentence itself doesn't: read from the rest of its paragraph.

Careful rather than clever, since a wrong name is worse than none. A quotation has the speaker that stands at its
own end, or in the sentence before it; a sentence that reports by a pronoun has the one person named before it. In
both cases one name, and no other, must be tied to the words. Everything else stays without a speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.answer.evidence.evidence import Evidence
from bot.answer.evidence.lexicon import FUNCTION_WORDS, MONTHS, NEGATIONS, RELATIVE_DAYS, WEEKDAYS
from index.text.sentences import Span

_VERBS = (
    r"(?:said|says|say|wrote|writes|told|tells|added|adds|claimed|claims|claim|stated|states|announced|announces|"
    r"reported|reports|warned|warns|argued|argues|insisted|insists|denied|denies|explained|explains|acknowledged|"
    r"replied|replies|answered|countered|conceded|admitted|"
    r"zei|zegt|zeggen|zeiden|schreef|schrijft|meldde|meldt|stelde|stelt|vertelde|vertelt|"
    r"sagte|sagt|sagen|sagten|schrieb|schreibt|erklärte|erklärt|betonte|betont|"
    r"dijo|dice|dicen|dijeron|afirmó|afirma|declaró|declara|añadió)"
)
_ACCORDING = r"(?:[Aa]ccording to|[Vv]olgens|[Aa]ldus|[Ll]aut|[Nn]ach Angaben von|[Ss]egún)"
_SAYS = rf"(?:(?:has|had|have|also|later|then) )?\b{_VERBS}\b"
_REPORT = re.compile(rf"(?P<according>{_ACCORDING})(?= )|{_SAYS}")
# A capital, as far as a character class can tell; ``str.isupper`` tells the rest.
_NAME_WORD = r"[^\W\d_a-zß-öø-ÿ][\w'’-]+"
_NAME = rf"{_NAME_WORD}(?: (?:(?:van|von|de|der|den|di|da|al|el|bin|ten|of|the) ){{0,2}}{_NAME_WORD})*"
# "Igor Konashenkov, spokesman for the Defense Ministry, says": up to one aside between name and verb.
_NAME_BEFORE = re.compile(rf"(?<![\w'’-])(?P<name>{_NAME})(?:, [^,;:.\0]{{1,80}},|,)? ?$")
# "said sporting director Yann Brecourt in a statement"
_NAME_BEHIND = re.compile(
    rf" (?P<title>(?:[a-zß-öø-ÿ]+ ){{0,4}})(?P<name>{_NAME})(?P<rest>(?: [^\W\d_]+)?(?: [^\W\d_]+)?)"
)
_PRONOUN = (
    r"(?P<{0}>[Hh]e|[Ss]he|[Hh]im|[Hh]er|[Hh]ij|[Zz]ij|[Zz]e|[Hh]em|[Hh]aar|"
    r"[Ee]r|[Ss]ie|[Ii]hm|[Ii]hr|[Éé]l|[Ee]lla)"
)
_PRONOUN_REPORTS = re.compile(
    rf"\b{_PRONOUN.format('subject')} {_SAYS}|{_ACCORDING} {_PRONOUN.format('source')}\b"
    rf"|\0[,.]? ?{_VERBS} {_PRONOUN.format('inverted')}\b"
)
_STARTS_WITH_PRONOUN = re.compile(_PRONOUN.format("pronoun") + r"\b")
_FEMININE = frozenset("she her zij ze haar sie ihr ella".split())
_POINTS_BACK = re.compile(r"\0? ?(?:That|This|So|Thus|With th\w+|Das|Dies|So|Dat|Zo|Dit|Eso|Así)\b")
_ASIDE = re.compile(r", [^,;:.\0]{1,80},")
_PLACE = re.compile(
    rf"\b(?:in|near|at|around|across|outside|inside|bij|nabij|bei|en) (?:the |de |el |la )?(?:[^\W\d_]+ )?{_NAME}"
)
_ORGANISATION = re.compile(
    r"\b(?:Agency|Ministry|Union|Commission|Council|Police|Party|Government|Court|Company|Group|Association|Army|"
    r"University|Bank|Parliament|Senate|Kremlin|House|Inc|Ltd|Corp|Ministerie|Ministerium|Polizei|Gobierno)\b"
)
_CLOSING_MARKS = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«"}
_ANY_MARK = '"“”„«»'
_SINGLE_OPEN, _SINGLE_CLOSE = re.compile(r"(?<!\w)‘(?=\S)"), re.compile(r"(?<=[.,!?…])’(?!\w)")
_SINGLE_START = ("'", "‘", "’")

_ARTICLES = frozenset(
    "the a an his her its their our my de het een der die das ein eine el la los las un una su".split()
)
_FUNCTION_WORDS = frozenset().union(*FUNCTION_WORDS.values())
_LINKS = (_FUNCTION_WORDS - _ARTICLES) | {"what", "whose", "des", "van", "von", "del", "according"}
_JOINTS = frozenset("and but en maar und aber y pero".split())
_NO_NAMES = _FUNCTION_WORDS.union(
    MONTHS,
    WEEKDAYS,
    RELATIVE_DAYS,
    NEGATIONS,
    "meanwhile earlier later afterwards however instead again former even someone everyone everybody others one "
    "elsewhere separately asked speaking".split(),
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """``told`` is the sentence with each quotation as one NUL character; ``runs_on``: its last one isn't over."""

    told: str
    runs_on: bool
    single_quoted: bool

    @property
    def framed(self) -> bool:
        """Whether there are words outside the quotation marks."""
        return any(map(str.isalnum, self.told))


def speakers(text: str, spans: Sequence[Span]) -> list[str | None]:
    """For each of the sentences ``spans`` of ``text``, who says it if only its paragraph tells.

    None for a sentence that names its speaker, for one that is the article's own, and in every case of doubt.
    """
    named: list[str | None] = []
    for _, paragraph in groupby(spans, key=lambda span: text.count("\n", 0, span[0])):
        sentences = _read(text, list(paragraph))
        named += [_speaker(sentences, index) for index in range(len(sentences))]
    return named


def speaker_of(sentence: str, evidence: Sequence[Evidence]) -> str | None:
    """The person or organisation whose claim all of ``evidence`` is; None if ``sentence`` names them.

    The passage must name them as speaking: at the words themselves, or in their paragraph.
    """
    named = {_named(one) for one in evidence}
    who = named.pop() if len(named) == 1 else None
    return who if who and who.split()[-1].casefold() not in sentence.casefold() else None


def _named(evidence: Evidence) -> str | None:
    if not evidence.touched:
        return None
    first = evidence.touched[0]
    start, end = evidence.sentences[first]
    told = _read(evidence.hit.passage.text, [(start, end)])[0].told
    cut = evidence.span.end < end or evidence.span.start > start
    return (_reporter(told) if cut else None) or speakers(evidence.hit.passage.text, evidence.sentences)[first]


def _speaker(sentences: Sequence[_Sentence], index: int) -> str | None:
    if sentences[index].framed:
        return _person_meant(sentences, index)
    last = index
    while sentences[last].runs_on and last + 1 < len(sentences):
        last += 1
        if sentences[last].framed:
            return _reporting(sentences, last)
    if last + 1 < len(sentences) and _POINTS_BACK.match(sentences[last + 1].told):
        return None
    before = next((before for before in reversed(range(index)) if sentences[before].framed), None)
    return None if before is None else _reporting(sentences, before)


def _reporting(sentences: Sequence[_Sentence], index: int) -> str | None:
    """Who says what ``sentences[index]`` reports."""
    return _reporter(sentences[index].told) or _person_meant(sentences, index)


def _reporter(told: str) -> str | None:
    """The one name that reports in a sentence; None if there is another report, with or without a name."""
    reports = list(_REPORT.finditer(told))
    if len(reports) != 1:
        return None
    report = reports[0]
    before, behind = told[: report.start()], told[report.end() :]
    if report["according"] or re.search(r"\0[,.]? ?$", before):
        return _name_behind(behind)
    found = _NAME_BEFORE.search(before)
    if not found:
        return None
    clause = re.split(r"[,;:–—\0]", before[: found.start()])[-1]
    return _bare_name(found["name"]) if _is_title(clause) else None  # not "a lawyer for Hask", "what Hask"


def _name_behind(text: str) -> str | None:
    found = _NAME_BEHIND.match(text)
    if not found or not _is_title(found["title"]):
        return None
    first, _, second = found["rest"].strip().partition(" ")
    if first and first.casefold() not in _NO_NAMES and second[:1].isupper():
        return None  # "said Pellan spokesman Wyre"
    return _bare_name(found["name"])


def _is_title(words: str) -> bool:
    """Whether ``words`` before a name may be its title ("the medical director"), or are none at all."""
    title = words.casefold().split()
    return len(title) <= 4 and not any(
        word in _LINKS or (place and word in _ARTICLES) for place, word in enumerate(title)
    )


def _bare_name(name: str) -> str | None:
    """``name`` without what only its place in the sentence made part of it; None if nothing sure is left."""
    words = name.split()
    article = False
    while words and (words[0].casefold() in _NO_NAMES or words[0].endswith("ly")):
        first = words.pop(0).casefold()
        if words and first in _LINKS - _JOINTS:
            return None  # "In Berlin Hask said"
        article = first in _ARTICLES
    sure = words and words[0][0].isupper() and not re.search(r"['’]s?$", words[-1])
    return " ".join(words) if sure and not (article and len(words) == 1) else None


def _person_meant(sentences: Sequence[_Sentence], index: int) -> str | None:
    """The person behind a pronoun that reports in ``sentences[index]``: the one name in what comes before it."""
    told = sentences[index].told
    found = _PRONOUN_REPORTS.search(told)
    if not found or sentences[index].single_quoted or (found.start() and len(_REPORT.findall(told)) > 1):
        return None
    feminine = _is_feminine(found["subject"] or found["source"] or found["inverted"])
    for sentence in reversed(sentences[:index]):
        if sentence.single_quoted:
            return None
        starts = _STARTS_WITH_PRONOUN.match(sentence.told)
        if sentence.framed and not (starts and _is_feminine(starts["pronoun"]) == feminine):
            return _only_person(sentence.told)
    return None


def _is_feminine(pronoun: str) -> bool:
    return pronoun.casefold() in _FEMININE


def _only_person(told: str) -> str | None:
    """The subject of a sentence, if it names nobody else; places and asides don't count."""
    plain = _PLACE.sub("", _ASIDE.sub(",", told, count=1))
    found = [(match.start(), _bare_name(match[0])) for match in re.finditer(rf"(?<![\w'’-]){_NAME}", plain)]
    names = [(start, name) for start, name in found if name]
    if len(names) != 1:
        return None
    start, name = names[0]
    # A single word that begins a sentence may be any word; what stands further on may be an object.
    subject = (start == 0 and " " in name) or _reporter(told) == name
    return name if subject and not _ORGANISATION.search(name) else None


def _read(text: str, spans: Sequence[Span]) -> list[_Sentence]:
    """The sentences of one paragraph."""
    base, end = spans[0][0], spans[-1][1]
    quotations = [(base + start, base + stop) for start, stop in _quotations(text[base:end])]
    sentences = []
    for start, stop in spans:
        told, position = "", start
        for first, last in quotations:
            if first < stop and last > start:
                told += text[position : max(first, start)] + "\0"
                position = min(last, stop)
        told = re.sub(r"\s+", " ", told + text[position:stop]).strip()
        runs_on = any(first < stop < last for first, last in quotations)
        sentences.append(_Sentence(told, runs_on, text[start:stop].startswith(_SINGLE_START)))
    return sentences


def _quotations(paragraph: str) -> list[Span]:
    """Where quotations stand, marks included; one that is never closed goes on to the end."""
    quotations: list[Span] = []
    position = 0
    while position < len(paragraph):
        end = _end_of_quotation(paragraph, position)
        if end is None:
            position += 1
        else:
            quotations.append((position, end))
            position = end
    return quotations


def _end_of_quotation(paragraph: str, start: int) -> int | None:
    """Where the quotation that opens at ``start`` ends; None if none opens there."""
    if closing := _CLOSING_MARKS.get(paragraph[start]):
        for marks in (closing, _ANY_MARK):  # copied text mixes its marks
            if found := re.compile(f"[{marks}]").search(paragraph, start + 1):
                return found.end()
        return len(paragraph)
    found = _SINGLE_OPEN.match(paragraph, start) and _SINGLE_CLOSE.search(paragraph, start)
    return found.end() if found else None
