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
    "question",
    [
        "When will the McRib be back?",
        "When will the bridge that was closed in May reopen?",
        "In which year will the bridge be rebuilt?",
        "When is the new bridge to be opened?",
        "When are the dockers going to end the strike?",
        "Wann wird die Brücke über den Fluss wieder geöffnet?",
        "In welchem Jahr wird die neue Brücke fertig sein?",
        "Quand le pont sera-t-il construit ?",
        "Quand la gare de la ville va-t-elle rouvrir ?",
        "Quand rouvrira la grande gare de la ville ?",
        "À quelle date la gare de la ville fermera-t-elle ?",
        "¿Cuándo será la próxima elección presidencial?",
        "¿En qué año se reabrirá el puente de la ciudad?",
        "¿Cuándo van a abrir el nuevo puente de la ciudad?",
        "Wanneer zal de nieuwe brug over de rivier open zijn?",
    ],
)
def test_an_earlier_year_is_no_answer_to_when_something_will_be(question: str) -> None:
    asked = expected(Part(question))
    assert not asked.counts("In 2022 they stopped, as they did in May 2021.", "en", 2024)
    assert asked.counts("They will stop in 2025.", "en", 2024)
    assert asked.counts("They will stop on 3 March.", "en", 2024)


@pytest.mark.parametrize(
    "question",
    [
        "When did the strike end?",
        "Since when have the dockers been on strike?",
        "Since what year is the harbour closed to ships?",
        "When does the castle date from?",
        "When does the castle that will be torn down date from?",
        "When is the oldest manuscript said to be written?",
        "When was it announced that the bridge will be rebuilt?",
        "What year is the harbour bridge from?",
        "Seit wann steht die Brücke über den Fluss?",
        "Seit wann wird in der Stadt Bier gebraut?",
        "Aus welchem Jahr stammt die Burg, die abgerissen wird?",
        "Wann wird die Stadt am Fluss erstmals erwähnt?",
        "Quand le pont a-t-il été construit ?",
        "Quand le pont de la ville s'effondra-t-il ?",
        "Quand le peintre Diego Rivera est-il né ?",
        "De quand date le pont qui sera démoli ?",
        "Depuis quand le pont est-il fermé ?",
        "Depuis quand va-t-on voter dans cette école ?",
        "¿Desde cuándo está cerrado el puente de la ciudad?",
        "¿De qué año es el castillo que será restaurado?",
        "¿Cuándo se anunció que el puente será reabierto?",
        "Uit welk jaar stamt het kasteel van de stad?",
        "Sinds wanneer is de brug over de rivier dicht?",
        "Wanneer is de brug over de rivier gebouwd?",
        "In che anno risale il castello della città?",
    ],
)
def test_an_earlier_year_may_answer_all_that_is_not_surely_to_come(question: str) -> None:
    asked = expected(Part(question))
    assert not asked.future
    assert asked.type is not AnswerType.DAY or asked.counts("It was built in 1931.", "en", 2024)


def test_nothing_counts_where_nothing_of_the_kind_is_asked_for() -> None:
    asked = expected(Part("Why did the dockers chain the gates?"))
    assert not asked.counts("There were 23 of them.", "en")
