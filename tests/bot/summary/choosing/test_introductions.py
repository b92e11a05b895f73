"""Nobody is called by a surname before the full name is told."""

import pytest

from bot.answer.disagreement.statements import ArticleSentence, statements
from bot.summary.choosing.introductions import calls_unknown, introduced
from bot.summary.quoting import Point
from bot.summary.topic.state import told_more
from tests.fakes.hits import hit

LEAD = "The bridge of Holm is to be closed to lorries from May on."
MAYOR = "Maria Reyes, the mayor, wants to have it painted in green before the summer."
SAID = "Lorries make the old arches tremble every night, Reyes said."
COST = "The work costs two million crowns, half of which the county pays."
TITLE = "Holm's bridge"


def listed(*paragraphs: str, language: str = "en", title: str = TITLE) -> list[ArticleSentence]:
    return statements([hit("one", "\n\n".join(paragraphs), language=language, title=title)])


def told(own: list[ArticleSentence], *chosen: int) -> list[str]:
    found = introduced(own, [own[number] for number in chosen], own)
    return [one.text for one in sorted(found, key=lambda one: one.order)]


def test_the_sentence_with_the_full_name_comes_along() -> None:
    assert told(listed(LEAD, MAYOR, SAID, COST), 0, 2, 3) == [LEAD, MAYOR, SAID]


def test_it_is_joined_where_it_stands_right_before() -> None:
    assert told(listed(LEAD, f"{MAYOR} {SAID}", COST), 0, 2, 3) == [LEAD, f"{MAYOR} {SAID}", COST]


def test_where_it_tells_nothing_but_the_name_another_sentence_is_taken() -> None:
    assert told(listed(LEAD, "Maria Reyes is the mayor.", SAID, COST), 0, 2) == [LEAD, COST]


@pytest.mark.parametrize(
    "own",
    [
        listed(LEAD, MAYOR, SAID, COST, title="Maria Reyes on the bridge"),
        listed(LEAD, MAYOR, "The lorries make the Reyes bridge tremble.", COST, title="A bridge"),
        listed(LEAD, SAID, MAYOR, COST),
    ],
    ids=["the title names her", "no person is meant", "her name is told later"],
)
def test_what_needs_no_introduction_stays_as_it_is(own: list[ArticleSentence]) -> None:
    third = 1 if own[1].text == SAID else 2
    assert told(own, 0, third, 3) == [own[0].text, own[third].text, own[3].text]


def test_a_title_before_a_surname_is_no_name() -> None:
    own = listed(LEAD, MAYOR, "Lorries make the old arches tremble, Mrs Reyes added.", COST)
    assert told(own, 0, 2, 3) == [LEAD, MAYOR, own[2].text]


def test_who_is_named_in_full_by_what_is_told_is_known() -> None:
    own = listed(LEAD, MAYOR, SAID, COST)
    assert calls_unknown(own[2], own, [own[0]])
    assert not calls_unknown(own[2], own, [own[0], own[1]])


def test_in_a_topic_nobody_unknown_is_named_and_nothing_is_told_again() -> None:
    own = listed(LEAD, MAYOR, SAID, COST)
    lead, mayor, said, cost = (Point(one) for one in own)
    articles = {own[0].article.id: own}
    assert told_more([said, cost], [lead], articles) == [cost]
    assert told_more([mayor, said, cost], [lead], articles) == [mayor, said, cost]
    assert told_more([lead, cost], [lead], articles) == [cost]
