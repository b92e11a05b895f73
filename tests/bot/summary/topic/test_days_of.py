"""The days of what the sentences of an article tell, given or not; and which sentences tell one event."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest

from bot.answer.answer import ResolvedDay
from bot.answer.disagreement.statements import ArticleSentence
from bot.summary.topic.main_day import EventDay, days_of
from bot.summary.topic.same_event import Telling, same_event
from tests.fakes.hits import hit

TUESDAY, WEDNESDAY = date(2026, 3, 10), date(2026, 3, 11)


MORNING = datetime(2026, 3, 11, 9, tzinfo=UTC)


def article(*texts: str, name: str = "one", published: datetime | None = MORNING) -> list[ArticleSentence]:
    found = hit(name, " ".join(texts), published_at=published)
    places = [found.passage.text.index(text) for text in texts]
    return [ArticleSentence(found, start, text, None, 0) for start, text in zip(places, texts, strict=True)]


def days(*texts: str) -> list[tuple[date, str] | None]:
    return [(one.day.first, one.given) if one else None for one in days_of(article(*texts))]


def test_a_sentence_without_a_day_is_on_the_one_that_its_article_begins_with() -> None:
    told = days("The roof of the mill fell in on Tuesday.", "Nobody was hurt.", "Three cars were crushed.")
    assert told == [(TUESDAY, "event"), (TUESDAY, "article"), (TUESDAY, "article")]


def test_a_beginning_that_gives_several_days_has_none_of_them_nor_that_of_its_article() -> None:
    assert days("Nils Borg was charged on 3 January and convicted on 28 February of fraud.") == [None]


def test_where_no_day_is_given_at_the_beginning_it_is_that_of_the_article() -> None:
    assert days("The roof of the mill has fallen in.", "Nobody was hurt.")[1] == (WEDNESDAY, "article")


def test_the_day_of_the_telling_is_one_where_no_other_is_given() -> None:
    assert days("Two more people have died, the hospital said on Tuesday.") == [(TUESDAY, "telling")]


def test_of_the_days_of_asides_the_last_one_of_the_week_counts() -> None:
    text = "The man who was shot on Monday after a row at the mill, which burned on Tuesday, is in a coma."
    assert days(text) == [(TUESDAY, "article")]


def test_what_tells_of_another_time_without_a_day_has_none() -> None:
    opening = ("The mill burned on Tuesday.", "It is closed.", "A crane came.")
    assert days(*opening, "It was sold last month.", "Two men were hurt.")[3:] == [None, (TUESDAY, "article")]


def test_a_page_that_was_gone_on_with_for_days_has_only_the_days_that_it_gives() -> None:
    assert days("The mill burned down on Friday.", "Nobody was hurt.") == [None, None]


def test_an_article_without_a_date_has_no_days() -> None:
    assert days_of(article("The mill burned.", published=None)) == [None]


@pytest.mark.parametrize(("day", "same"), [(WEDNESDAY, True), (date(2026, 3, 18), False)])
def test_what_is_told_alike_is_one_event_unless_each_gives_another_day(day: date, *, same: bool) -> None:
    def telling(name: str, on: date) -> Telling:
        (one,) = article("The council of Brack rejected the plan for the mill.", name=name)
        return Telling(one, EventDay(ResolvedDay("then", on, on), "event"), 0)

    (odds,) = same_event(telling("one", WEDNESDAY), [telling("two", day)], np.array([4.0], np.float32))
    assert bool(odds > 0) is same
