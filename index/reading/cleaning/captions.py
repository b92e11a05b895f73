"""Which sentences describe a picture that isn't there any more: captions left in a text without their marks.

They stay in the article, for they may tell something; but nobody would choose them to tell its news.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.reading.phrases import phrases
from index.text.calendar import WrittenDate, written_dates
from index.text.languages import table
from index.text.tense import tells_of_the_past

_LONGEST = 300
"""Characters; nothing longer describes a picture."""

_LABEL = re.compile(r"[\"'“‘„]?([^\W\d_]+(?:[ -][^\W\d_]+){0,3})[!?]?[\"'”’“]?: (?=[^\s\"'“‘„«»])")
_MOST_ALIKE = 2
"""How often a label stands where it is no heading of a list, and nobody who speaks in an interview."""
_FEWEST = 3
"""Labels amid one paragraph that are captions though none of them points at its picture."""

_CREDIT = re.compile(r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}(?:/[A-Z][\w.'’ /-]+)?(?<!\.)")
_TOLD = re.compile(r"[\"“”„«»]|\bsa(?:ys|id)\b")
"""What somebody says or said is no picture."""
_NICKNAME = re.compile(r"[\"“„«]\w+[\"”“»] ")
_CLAUSE = re.compile(r"\b(?:who|which|that|as|after|when|while|before|where|during|since)\b")
_DAYS = re.compile(r"(?:\S+ ){3,}(?:on|in) $")
"""What stands before the day; no sentence opens with it, as in a list of what happened when."""
_AGENCY = re.compile(r"(?:\S+ ){3,}(?:on )?[A-Z]\w+day, $")
"""What stands before the day with its year at the end of an agency's caption: "in Quito, Friday, May 20, 2022"."""
_IS = re.compile(r"\b(?:is|are)\b")
_ACTS = re.compile(r"[A-Z][\w’'-]+(?:,[^,]{1,40},)? [a-z]+(?<![su])s\b")
"""A name does something: "Jane Roe waves"."""
_SCENE = re.compile(
    r"(?:An? (?:\w+ ){1,4}?\w+(?<![su])s|[A-Z]\w+ (?!\w+(?:s|ed|ing)\b)\w+) (?:on |up |down |out )?"
    r"(?:near|outside|inside|besides?|around|next to|past|through|amid|in|at|on|for|by|with|along|under|from"
    r"|behind)\b"
)
"""Somebody does something somewhere: "A girl stands near", "Children sit in"."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    span: tuple[int, int]
    text: str

    @property
    def label(self) -> str | None:
        """What stands before its colon, if that is no name and nobody who speaks."""
        found = _LABEL.match(self.text) if len(self.text) <= _LONGEST else None
        return found[1] if found and found[1][0].isupper() and found[1][1:].islower() else None

    @property
    def points(self) -> bool:
        """Whether it points at its picture: "(left)", "pictured here"."""
        return len(self.text) <= _LONGEST and bool(phrases("picture").search(self.text))


def captions(
    text: str, spans: Sequence[tuple[int, int]], language: str | None, published: date | None
) -> set[tuple[int, int]]:
    """Which of ``spans``, the sentences of ``text``, are captions, in an article that was ``published`` then.

    A gallery counts its pictures ("12 of 49"). Else a caption has a label ("Strain: ..."), and others have other
    labels; or it is in the present tense and points at its picture; or it is a paragraph with a credit at its
    end, or one that tells of a past day in the present tense.
    """
    paragraphs = _paragraphs(text, spans)
    sentences = [one for paragraph in paragraphs for one in paragraph]
    found = _labelled(paragraphs, language) + _pointing(sentences[1:], language)
    for paragraph in paragraphs:
        if _is_gallery(paragraph) or (language == "en" and _is_picture(paragraph, published)):
            found += paragraph
    return {one.span for one in found}


def _paragraphs(text: str, spans: Sequence[tuple[int, int]]) -> list[list[_Sentence]]:
    found: list[list[_Sentence]] = []
    before = 0
    for start, end in spans:
        if not found or "\n" in text[before:start]:
            found.append([])
        found[-1].append(_Sentence((start, end), text[start:end]))
        before = end
    return found


def _labelled(paragraphs: Sequence[Sequence[_Sentence]], language: str | None) -> list[_Sentence]:
    """The sentences with labels, where the labels are those of captions.

    One of them points at its picture; or some stand amid a paragraph, into which a page's captions have run.
    """
    sentences = [one for paragraph in paragraphs for one in paragraph]
    labels = Counter(one.label for one in sentences)
    labelled = {one for one in sentences if one.label and labels[one.label] <= _MOST_ALIKE}
    pairs = zip(sentences, [*sentences[1:], *sentences[-1:]], strict=True)
    if any(one in labelled and (one.points or behind.points) for one, behind in pairs):
        return list(labelled)
    amid = [[one for one in paragraph[1:] if one in labelled] for paragraph in paragraphs]
    run_in = [
        one
        for told, paragraph in zip(amid, paragraphs, strict=True)
        for one in told
        if _FEWEST <= len(told) <= len(paragraph) / 2
    ]
    return [] if _checks(labelled, language) else run_in


def _checks(labelled: set[_Sentence], language: str | None) -> bool:
    """Whether labels are those of a fact check: "Claim: ..." and "Verdict: ..." are what it has to say."""
    verdicts = "|".join(table(language or "en", "roles").get("verdict", ["(?!)"]))
    return any(re.search(verdicts, one.text, re.IGNORECASE) for one in labelled)


def _pointing(sentences: Sequence[_Sentence], language: str | None) -> list[_Sentence]:
    """The sentences that point at their picture and tell nothing of the past in their main clause."""
    return [
        one
        for one in sentences
        if one.points
        and not _TOLD.search(_NICKNAME.sub("", one.text))
        and not tells_of_the_past(_main_clause(phrases("picture").sub(" ", one.text)), language or "en")
    ]


def _main_clause(sentence: str) -> str:
    return _CLAUSE.split(sentence, maxsplit=1)[0]


def _is_gallery(paragraph: Sequence[_Sentence]) -> bool:
    """Whether the pictures of a gallery are counted in a paragraph."""
    return any(phrases("counted").search(one.text) for one in paragraph)


def _is_picture(paragraph: Sequence[_Sentence], published: date | None) -> bool:
    """Whether an English paragraph has a credit behind its sentence, or tells of a past day in the present."""
    told = " ".join(one.text for one in paragraph)
    if len(told) > _LONGEST or ":" in told or _TOLD.search(told):
        return False
    if len(paragraph) > 1:
        return bool(_CREDIT.fullmatch(paragraph[-1].text))
    return bool(published and _is_of_a_past_day(told, published))


def _is_of_a_past_day(sentence: str, published: date) -> bool:
    last = written_dates(sentence, "en")[-1:]
    if any(one.year and _AGENCY.search(sentence[: one.start]) and sentence[one.end :] == "." for one in last):
        return _is_before(last[0], published) and not tells_of_the_past(sentence, "en")
    dated = [one for one in written_dates(sentence, "en") if _DAYS.search(sentence[: one.start])]
    if not any(_is_before(one, published) for one in dated):
        return False
    # Where the verb tells that somebody is somewhere, the story behind the picture may follow.
    if (scene := _SCENE.match(sentence)) and not sentence[dated[-1].end :].strip(" ."):
        return not tells_of_the_past(scene[0], "en")
    acts = _ACTS.search(_main_clause(sentence)) and not _IS.search(sentence)
    return bool(acts) and not tells_of_the_past(sentence, "en")


def _is_before(one: WrittenDate, published: date) -> bool:
    """Whether a written date is that of ``published`` or before; without its year, of a month just past."""
    if one.year:
        return (one.year, one.month, one.day or 0) <= (published.year, published.month, published.day)
    months = (published.month - one.month) % 12
    return bool(one.day) and (months == 1 or (months == 0 and one.days[-1] <= published.day))
