"""The day in a short line beside a headline that tells no more than when a story came out, and who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from index.reading.metadata.days import plausible_day
from index.reading.metadata.jalali import jalali_month
from index.reading.metadata.names import TOKEN, folded, months_of, words_beside
from index.reading.metadata.times import CLOCK
from index.reading.phrases import phrases

_LONGEST = 240
_LONGEST_PART = 120
_LONGEST_NAME = 6
_FEW = 2
_LONGEST_ZONE = 5
_LONGEST_JOINT = 3
_LONG = 6
"""Letters of a weekday's name to which Thai and Turkish add more."""
_BESIDE = frozenset(
    "น พศ คศ เวลา ที่ เมื่อ uhr uur h hrs kl klo ora ore ob st nd rd th er i r godz г р ч года року год ב as a".split()
)
"""What stands in a day and a time besides what CLDR knows."""
_PARTS = re.compile(r"\s*[•·|｜\n]\s*|\s[／/]\s")
_APART = re.compile(r"[,،、;()（）–—-]\s*$")
_VOWELS = re.compile("[\u0591-\u05bd\u05c1-\u05c7\u064b-\u0652]")
"""Signs that Hebrew and Arabic mostly leave out."""
_HALF = re.compile(r"\b([ap])\.\s?m\b\.?", re.IGNORECASE)
_LABEL = re.compile(r"\W*(?:[^\W\d_]+\s?){1,3}[:：]")
_CHANGE = phrases("changed")
_OUT = phrases("published")
_TELLS = phrases("teller")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day that a line states: of publication as its words say, of a change, or neither is said."""

    day: datetime
    published: bool = False
    changed: bool = False


def stamps(line: str, language: str | None = None) -> list[Stamp]:
    """The days in ``line``: those of its parts that are no sentence and name nothing else than a day and a writer.

    ``language`` (ISO 639-1) is that of the page.
    """
    text = "\n".join(" ".join(one.split()) for one in _HALF.sub(r"\1m", _VOWELS.sub("", line)).split("\n"))
    if not any(map(str.isdigit, text)) or len(text) > _LONGEST:
        return []
    parts = [part for whole in _PARTS.split(text) for part in _labelled(whole)]
    found = [stamp for part in parts if (stamp := _stamp(part, language))]
    if found and all(one.changed for one in found):  # beside it, a word that is not known says when it came out
        days = (plausible_day(part, language) for part in parts if _LABEL.match(part) and not _CHANGE.search(part))
        found += [Stamp(day, published=True) for day in days if day]
    return found


def day_told(found: Iterable[Stamp]) -> tuple[datetime | None, datetime | None]:
    """The days of publication and of a change among those ``found``.

    Of two that no words tell apart, the earlier is that of publication.
    """
    every = list(found)
    out = [one.day for one in every if one.published] or [one.day for one in every if not one.changed]
    return min(out, key=datetime.date, default=None), next((one.day for one in every if one.changed), None)


def day_at_the_end(line: str, language: str | None) -> int | None:
    """Where the day that ends ``line`` begins, if before it stand names, what joins names, or nothing; else None.

    Names have capitals, where a script has them; where it has none, one or two words are a name.
    """
    words = _words(line, language)
    first = len(words)
    while first and (words[first - 1].of_day or (first < len(words) and _joins(words[first - 1].text))):
        first -= 1
    while first < len(words) and not words[first].of_day:
        first += 1
    name = words[:first]
    if first == len(words) or re.search(r"[:：©\d]", line[: words[first].start]):
        return None
    if not name:
        return 0
    between = line[name[-1].start + len(name[-1].text) : words[first].start]
    sentence = words[first].text.islower() or (len(name) == 1 and name[0].text.isascii())  # "Rom am 3. Mai 1994"
    if name[-1].text.islower() or (sentence and not between.strip()):
        return None
    if not any(one.text.lower() != one.text.upper() for one in name):
        return words[first].start if len(name) <= _FEW else None
    capitals = [one for one in name if one.text[0].isupper()]
    joined = all(one.text[0].isupper() or _joins(one.text) for one in name)
    return words[first].start if joined and capitals and len(name) <= 2 * _LONGEST_NAME else None


def _joins(word: str) -> bool:
    """Whether ``word`` is one of the short ones between names: "de", "von", "i"."""
    return word.islower() and len(word) <= _LONGEST_JOINT


def _labelled(part: str) -> list[str]:
    """``part`` cut at each word that says what the day beside it is, which may stand before it or behind it."""
    found = sorted((one for pattern in (_CHANGE, _OUT) for one in pattern.finditer(part)), key=re.Match.start)
    kept: list[re.Match[str]] = []
    for one in found:
        if not kept or any(map(str.isdigit, part[kept[-1].end() : one.start()])):
            kept.append(one)
    if not kept:
        return [part]
    before, behind = part[: kept[0].start()], part[kept[-1].end() :]
    if not any(map(str.isdigit, behind)):
        ends = [one.end() for one in kept]
        return [part[start:end] for start, end in zip([0, *ends], [*ends[:-1], len(part)], strict=False)]
    starts = [one.start() for one in kept]
    if not any(map(str.isdigit, before)):
        starts[0] = 0
    elif starts[0]:
        starts.insert(0, 0)
    return [part[start:end] for start, end in zip(starts, [*starts[1:], len(part)], strict=True)]


def _stamp(part: str, language: str | None) -> Stamp | None:
    if len(part) > _LONGEST_PART or (day := plausible_day(part, language)) is None:
        return None
    if len(CLOCK.findall(part)) > 1:  # from when to when
        return None
    words = _words(part, language)
    changed, published = _CHANGE.search(part), _OUT.search(part)
    said = changed or published
    if not (_is_label(part, words, said.start()) if said else _tells_no_more(part, words)):
        return None
    return Stamp(day, published is not None and not changed, changed is not None)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    of_day: bool


def _is_label(part: str, words: Sequence[_Word], place: int) -> bool:
    """Whether what is said at ``place`` is no part of a sentence."""
    others = [one for one in words if not one.of_day]
    before = [one for one in others if one.start < place]
    return len(others) <= _LONGEST_NAME and (len(before) <= _FEW or bool(_APART.search(part[:place])))


def _tells_no_more(part: str, words: Sequence[_Word]) -> bool:
    """Whether ``part`` is a day and a time, perhaps behind a name or before who says it."""
    if teller := _TELLS.match(part):
        words = [one for one in words if one.start >= teller.end()]
    first = next((place for place, one in enumerate(words) if one.of_day), len(words))
    if first == len(words):
        return False
    name, behind = words[:first], part[: words[first].start]
    rest = [one for one in words[first:] if not one.of_day]
    if rest and not _TELLS.match(part, rest[0].start) and not _is_zone(part, rest):
        return False
    if not name or teller:
        return True
    small = [one for one in name if one.text[0].islower() and part[one.start - 1 : one.start] != "."]
    is_name = len(name) <= _LONGEST_NAME and not small
    return is_name and _APART.search(behind) is not None and not re.search("[:：©]", behind)


def _words(part: str, language: str | None) -> list[_Word]:
    found = list(TOKEN.finditer(part))
    names = [folded(one.group()) for one in found]
    pairs = [a + b for a, b in pairwise(names)]
    months = months_of((*names, *pairs), language)
    joined = {place + more for place, pair in enumerate(pairs) if pair in months for more in (0, 1)}
    return [
        _Word(
            one.group(),
            one.start(),
            name in months or place in joined or _is_of_day(name, language) or bool(jalali_month(one.group())),
        )
        for place, (one, name) in enumerate(zip(found, names, strict=True))
    ]


def _is_of_day(name: str, language: str | None) -> bool:
    known = words_beside(language)
    if name.isdigit() or name in known or name in _BESIDE:
        return True
    return any(name.startswith(one) for one in known if len(one) >= _LONG)


def _is_zone(part: str, words: Sequence[_Word]) -> bool:
    """Whether ``words`` are no more than the short name of a time zone behind everything else."""
    last = words[0]
    ends = not any(map(str.isalpha, part[last.start + len(last.text) :]))
    return len(words) == 1 and ends and last.text.isupper() and len(last.text) <= _LONGEST_ZONE
