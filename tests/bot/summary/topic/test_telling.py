"""Which sentence tells an article's news."""

from __future__ import annotations

from datetime import date

from bot.answer.disagreement.statements import statements
from bot.summary.choosing.worth import worth
from bot.summary.topic.telling import news_days, telling
from index.library import Library
from tests.fakes.hits import hit

# The article came out on Friday, 12 May 2023.
TEXT = (
    "The harbour of Tarnside has been a place of dreams for people of the town for many years, and it still is. "
    "The council of Tarnside sold the harbour of Tarnside on Thursday to a company from Delft for 3 million. "
    "The harbour of Tarnside was opened on 3 June 1904 by the queen, who came by train from the capital for it."
)


def test_the_day_of_the_news_is_that_of_its_article_or_right_before_it() -> None:
    own = statements([hit("one", TEXT)])
    assert [news_days(one) for one in own] == [frozenset(), {date(2023, 5, 11)}, frozenset()]
    undated = statements([hit("one", TEXT, published_at=None)])
    assert not any(map(news_days, undated))


def test_the_news_is_more_telling_than_a_scene_before_it(library: Library) -> None:
    own = statements([hit("one", TEXT, title="Harbour of Tarnside")])
    assert telling(library, "harbour of Tarnside", own, worth(library, own)).argmax() == 1
