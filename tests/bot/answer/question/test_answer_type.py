import pytest

from bot.answer.question.answer_type import AnswerType, expected
from bot.answer.question.question import Part


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many ships are waiting outside the port?", AnswerType.NUMBER),
        ("What was the record high average price of a ton of grain?", AnswerType.NUMBER),
        ("Hoeveel schepen wachten er voor de haven?", AnswerType.NUMBER),
        ("Wie viele Schiffe warten vor dem Hafen?", AnswerType.NUMBER),
        ("¿Cuántos barcos esperan delante del puerto?", AnswerType.NUMBER),
        ("Combien de navires attendent devant le port ?", AnswerType.NUMBER),
        ("When did the strike begin?", AnswerType.DAY),
        ("In which year was the pier built?", AnswerType.DAY),
        ("Wann begann der Streik der Hafenarbeiter?", AnswerType.DAY),
        ("Who chained the gates of the terminal?", AnswerType.OTHER),
        ("Why did the dockers chain the gates?", AnswerType.OTHER),
        ("What happens when the gates stay closed?", AnswerType.OTHER),
    ],
)
def test_what_a_question_asks_for(question: str, kind: AnswerType) -> None:
    assert expected(Part(question)).type is kind


def test_a_number_that_the_question_holds_is_no_answer() -> None:
    asked = expected(Part("How many of the 23 ships have left?"))
    assert not asked.counts("The 23 ships are still there.", "en")
    assert asked.counts("Of the 23 ships, nine have left.", "en")


def test_a_day_answers_when() -> None:
    asked = expected(Part("When did the strike begin?"))
    assert asked.counts("It began on Monday.", "en")
    assert asked.counts("It began on 3 March.", "en")
    assert not asked.counts("It began at dawn, the dockers say.", "en")


def test_what_is_counted_tells_no_day() -> None:
    asked = expected(Part("When did the strike begin?"))
    assert not asked.counts("It has five demands.", "en")
    assert asked.counts("It began in 1980.", "en")
    assert asked.counts("It began in the 19th century.", "en")
    assert asked.counts("It began at 14:20.", "en")


@pytest.mark.parametrize(
    ("question", "earlier"),
    [
        ("When does the strike end?", False),
        ("Wann endet der Streik der Hafenarbeiter?", False),
        ("When did the strike end?", True),
    ],
)
def test_an_earlier_year_is_no_answer_unless_the_past_is_asked_for(question: str, earlier: bool) -> None:
    asked = expected(Part(question))
    assert asked.counts("In 2022 they stopped, as they did in May 2021.", "en", 2024) is earlier
    assert asked.counts("They will stop in 2025.", "en", 2024)
    assert asked.counts("They will stop on 3 March.", "en", 2024)


def test_nothing_counts_where_nothing_of_the_kind_is_asked_for() -> None:
    asked = expected(Part("Why did the dockers chain the gates?"))
    assert not asked.counts("There were 23 of them.", "en")
