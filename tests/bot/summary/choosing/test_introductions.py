"""Nobody is called by a surname before the full name is told."""

import pytest

from bot.answer.disagreement.statements import ArticleSentence, statements
from bot.summary.choosing.introductions import calls_unknown, introduced
from bot.summary.quoting import Point
from bot.summary.topic.further import told_more
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


def test_a_name_behind_words_with_capitals_is_found_whole() -> None:
    mayor = "The bridge is to be green before the summer, Holm's Acting Mayor Maria Reyes has told the county."
    assert told(listed(LEAD, mayor, SAID, COST), 0, 2, 3) == [LEAD, mayor, SAID]


def test_a_name_in_the_genitive_is_the_same_name() -> None:
    mayor = "Maria Reyes's plan as the mayor is to have it painted in green before the summer."
    assert told(listed(LEAD, mayor, SAID, COST), 0, 2, 3) == [LEAD, mayor, SAID]


def test_who_is_only_quoted_is_not_introduced_by_that() -> None:
    mayor = '"We will have all of the old bridge painted in green before the summer," said Maria Reyes, the mayor.'
    assert told(listed(LEAD, mayor, SAID, COST, "Painters are hard to find."), 0, 2, 3)[1] != mayor


def test_a_sentence_with_two_unknown_names_goes() -> None:
    other = "Tomas Okoro of the lorry drivers wants the old bridge to stay open all year."
    both = "Okoro and Reyes met in the town hall on Monday, for the first time since May."
    assert told(listed(LEAD, MAYOR, other, both, COST), 0, 3, 4) != [LEAD, both, COST]
    assert both not in told(listed(LEAD, MAYOR, other, both, COST), 0, 3, 4)


def test_it_is_joined_where_it_stands_right_before() -> None:
    assert told(listed(LEAD, f"{MAYOR} {SAID}", COST), 0, 2, 3) == [LEAD, f"{MAYOR} {SAID}", COST]


def test_where_it_tells_nothing_but_the_name_another_sentence_is_taken() -> None:
    assert told(listed(LEAD, "Maria Reyes is the mayor.", SAID, COST), 0, 2) == [LEAD, COST]


@pytest.mark.parametrize(
    "own",
    [
        listed(LEAD, MAYOR, SAID, COST, title="Maria Reyes on the bridge"),
        listed(LEAD, MAYOR, SAID, COST, title="Reyes on the bridge"),
        listed(LEAD, MAYOR, "The lorries make the Reyes bridge tremble.", COST, title="A bridge"),
        listed(LEAD, SAID, MAYOR, COST),
    ],
    ids=["the title names her", "the title has her surname", "no person is meant", "her name is told later"],
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


def test_in_a_topic_what_points_back_comes_with_what_it_points_at() -> None:
    own = listed(LEAD, "A ship without lights hit the northern pier on Sunday night.", "This blow broke a beam.")
    lead, ship, blow = (Point(one) for one in own)
    articles = {own[0].article.id: own}
    assert told_more([blow], [lead], articles) == [Point(own[1], beside=(own[2],))]
    assert told_more([ship, blow], [lead], articles) == [ship, blow]
    quoted = listed(LEAD, '"We heard it at the mill and ran," a woman said.', "This blow broke a beam.")
    assert told_more([Point(quoted[2])], [Point(quoted[0])], {quoted[0].article.id: quoted}) == []
