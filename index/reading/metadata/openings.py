"""The day that an article states near its top, where nothing else tells it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from index.reading.extracted import Extracted
from index.reading.metadata.days import plausible_day, read_day
from index.reading.metadata.stamps import day_at_the_end
from index.reading.phrases import phrases
from index.text.dates import find_date, names_later_day
from index.text.language import detect_language, language_code

_NEAR_THE_TOP = 4
_FEW = 4
_LONGEST = 160
_PRINTED = 1990
"""Before it, papers were printed only."""
PARTS = re.compile(r"\s[•·|]\s|\n")
"""Between what a line tells of an article: its author, its day, how long it takes to read."""
_ISSUE = re.compile(r"^(?:(?:[^\W\d_]{1,12}\.?\s){1,3}\d{1,5},\s){1,2}")
"""Which one it is of a paper that is numbered: "Issue 62, 14 March 2026"."""
_ROW = " | "
_SAID = re.compile(r"^[\"“„«‘].*[.!?…]\W?$|[.!?…][\"”“»’]$")
_HAN = re.compile(
    r"(?:[\s\d/:：()（）、,.・|｜]|令和|平成|昭和|民[國国]|[元年月日時时分秒付曜火水木金土년월일시분]|[午上下前后後]{2})+"
)
"""No more than a day and a time, as Chinese, Japanese and Korean pages write them."""
_EAST = re.compile(
    r"(?:(?:令和|平成|昭和|民[國国])\s?[\d元]{1,3}|[\d〇零一二三四五六七八九]{4})\s?[年년]"
    r"\s?[\d一二三四五六七八九十]{1,2}\s?[月월]\s?[\d一二三四五六七八九十]{1,3}\s?[日일]"
)
_TELLS = re.compile(
    "[にのはがをもとまかへ]|、|，|,|에|은|는|의|까|부|이|在|于|於|起|至|以|召|举|舉|上|下|凌|晚|当|當|前"
)
"""What goes on to tell what happened on a day."""
_OTHER = re.compile(
    "[。！？!?〜～~「」『』]|日時|開催|会期|期間|締切|期限|会場|とき|时间|時間|期间|截止|일시|기간|마감"
)
"""A sentence, or days of something else."""
_PAPER = re.compile(
    "新[聞闻]|[日朝夕晩晚早晨时時周週月快電电]刊?[報报](?!告|酬|警|名)|[朝夕周週月旬季]刊|[号號]外|通[信訊讯]社|新[华華]社"
    "|[一-鿿]{1,4}面$|[^出]版|新報|新报|신문|일보|뉴스|통신|호외|[조석]간|기자|記者|记者"
)
"""What papers, agencies and editions are called, and who writes for them."""
_ISSUED = re.compile("配信|発行|发行|[发發]表|原[载載]|刊[登载載]|出典|[来來]源|출처|게재|^付")
"""That something came out, besides what sites say."""
_DAY_OF = re.compile(r"(?:日|日期|일|일자)\s*(?:[:：\s]|$)")
"""A label: the day of what it names."""
_LONGEST_NAMES = 24

_YEAR = re.compile(r"(?<![\d.,])[12]\d{3}(?!\d|[.,]\d)")
_SENTENCE = re.compile(r"[.!?…。！？][\"'”’»)\]]*$|[\"”»]$")
_LONGEST_TITLE = 200
CLOCKED = re.compile(r"\d[:.h]\d\d(?!\d|\.)")
"""A time: that of printing, or of an event."""


def with_day(found: Extracted) -> Extracted:
    """``found``, with the day that its head states beside the name of a paper or a writer, if it has none yet.

    For what was typed or scanned: a paper of any century. A line below the title counts that stands above the
    first sentence, and whose year is the latest in the text: other such lines tell of what it is about.
    """
    if found.published_at is not None:
        return found
    lines = [line.strip() for line in found.text.split("\n") if line.strip()]
    head: list[str] = []
    for line in lines[1 : 1 + _NEAR_THE_TOP]:
        if len(line) > _LONGEST or _SENTENCE.search(line):
            break
        if "|" not in line:  # the row of a table
            head.append(line)
    if not lines or len(lines[0]) > _LONGEST_TITLE or lines[0][:1] in '«„“"' or not any(map(_has_digit, head)):
        return found
    language = language_code(found.language) or detect_language(found.text)
    latest = max(map(int, _YEAR.findall(found.text)), default=0)
    days = {day for line in head if (day := named_day(line, language))}
    day = days.pop() if len(days) == 1 else None
    if day is None or day.year < latest or names_later_day(found.text.split("\n\n"), day):
        return found
    return replace(found, published_at=day)


def named_day(line: str, language: str | None) -> datetime | None:
    """The day at the end of ``line``, before which stand names or nothing; none of a change, none with a time."""
    if CLOCKED.search(line) or _tells_of_a_change(line):
        return None
    place = day_at_the_end(line, language)
    day = read_day(line[place:], language) if place is not None else None
    return day if day and (plausible_day(day) or day.year < _PRINTED) else None


def _has_digit(line: str) -> bool:
    return any(map(str.isdigit, line))


def opening_day(paragraphs: Sequence[str], language: str | None = None) -> datetime | None:
    """The day of publication that one of the first of ``paragraphs`` states and tells nothing else."""
    top = paragraphs[:_NEAR_THE_TOP]
    lines = [line for one in top for line in one[:_LONGEST].split("\n")]
    around = zip(["", *lines], lines, [*lines[1:], *paragraphs[_NEAR_THE_TOP:][:1], ""], strict=False)
    kept = [line for before, line, behind in around if _says(line) or not _is_of_a_part(before, line, behind)]
    parts = [(part, line) for line in kept for part in (line, *PARTS.split(line)[:_FEW], *_ISSUE.split(line)[1:])]
    for part, line in sorted(parts, key=lambda one: _tells_of_a_change(one[0])):
        day = plausible_day(find_date([part]))
        others = [one for one in paragraphs if line not in one and not _tells_of_a_change(one)]
        if day and (_says(line) or not names_later_day(others, day)):
            return day
    dated = (one for number, one in enumerate(lines) if _HAN.fullmatch(one) or _is_head(one, first=not number))
    return next(filter(None, (plausible_day(one, language) for one in dated)), None)


def _is_head(line: str, *, first: bool) -> bool:
    """Whether ``line`` names a paper or an edition besides a day, or says that it came out then.

    In Chinese, Japanese or Korean. A day beside any other name is that of what the article is about.
    """
    days = list(_EAST.finditer(line))
    if len(days) != 1 or (first and line[: days[0].start()].strip(" (（【[")):
        return False
    before, behind = line[: days[0].start()].strip(), line[days[0].end() :].strip()
    rest = f"{before}\n{behind}"
    if len(rest.strip()) > _LONGEST_NAMES or _TELLS.match(line, days[0].end()) or _OTHER.search(rest):
        return False
    issued = any(_ISSUED.search(part) or phrases("published").search(part) for part in (before, behind))
    is_named = _PAPER.search(rest) is not None and _DAY_OF.search(before) is None
    return (issued or is_named) and not _tells_of_a_change(rest)


def _says(line: str) -> bool:
    """Whether ``line`` begins with its day, or says that something came out then."""
    return line[:1].isdigit() or phrases("published").search(line) is not None


def _is_of_a_part(before: str, line: str, behind: str) -> bool:
    """Whether ``line`` is a row of a table, or tells who said what stands above it."""
    return (_ROW in line and (_ROW in before or _ROW in behind)) or is_who_said(before, line)


def is_who_said(before: str, line: str) -> bool:
    """Whether ``line`` tells who spoke the words in quotation marks ``before`` it, and when."""
    return _SAID.search(before) is not None and phrases("teller").match(line) is None


def _tells_of_a_change(part: str) -> bool:
    """Whether the day in ``part`` is that of a change, so far as its words before the day tell."""
    return phrases("changed").search(re.split(r"\d", part, maxsplit=1)[0]) is not None
