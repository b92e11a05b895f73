"""What a summary holds whatever else says more, and sentences that come with what they lean on."""

import pytest

from bot.answer.disagreement.statements import ArticleSentence, statements
from bot.summary.choosing.roles import chosen_by_role, has_role
from index.text.antecedents import leans
from tests.fakes.hits import hit

CLAIM = (
    "The union accuses the harbour of Brack of hiding the spill. Oil ran into the water for two days. It reached "
    "the beach of Holm. The harbour rejected the accusation.\n\nFishermen stayed at home in all towns that day."
)


def listed(text: str, language: str = "en") -> list[ArticleSentence]:
    return statements([hit("one", text, language=language)])


def texts(chosen: list[ArticleSentence]) -> list[str]:
    return [one.text for one in sorted(chosen, key=lambda one: one.order)]


def test_the_other_side_is_in_and_the_first_stays() -> None:
    answer = next(one for one in listed(CLAIM) if has_role(one, "denial"))
    assert texts(chosen_by_role(listed(CLAIM), 2, [answer])) == [
        "The union accuses the harbour of Brack of hiding the spill.",
        "The harbour rejected the accusation.",
    ]


def test_an_answer_is_told_from_where_it_opens() -> None:
    claim, denial, quoted, other = listed(
        "The union accuses the harbour of Brack of hiding the spill.\n\nThe harbour rejected the accusation. “We "
        "told everybody within an hour,” said Ann Lee, who leads the harbour.\n\nFishermen stayed at home."
    )
    told = texts(chosen_by_role([claim, quoted, other], 3, [denial, quoted]))
    assert any(one.startswith(denial.text) for one in told)


def test_a_correction_is_whole() -> None:
    text = (
        "The school of Holm is to close in May. Pupils go to Brack. We wrote on Monday that six close. It is five."
    )
    assert "We wrote on Monday that six close. It is five." in texts(chosen_by_role(listed(text), 2))


def test_a_sentence_that_leans_comes_with_the_one_before_it() -> None:
    ranked = listed(CLAIM)
    leaning = [ranked[0], ranked[2]]
    assert texts(chosen_by_role(leaning, 2)) == [
        "The union accuses the harbour of Brack of hiding the spill.",
        "Oil ran into the water for two days. It reached the beach of Holm.",
    ]


def test_an_answer_comes_with_all_that_it_leans_on() -> None:
    ranked = listed(
        "The dairy of Holm has sued 45 banks over its loans.\n\nAmong them are Brack Bank and Vara Trust. "
        "It has also sued its auditor. They have all denied any wrongdoing."
    )
    assert texts(chosen_by_role(ranked, 2, ranked[3:]))[1].startswith(
        "Among them are Brack Bank and Vara Trust. It"
    )


def test_a_quotation_leans_where_nobody_is_known_to_say_it() -> None:
    (_, quoted) = listed(
        'The bridge of Holm is shut since Monday.\n\n"It had been a long and cold night for all."'
    )
    assert quoted.leans


def test_one_that_leans_on_another_paragraph_is_left_out() -> None:
    first, engineers, leaning = listed(
        "The bridge of Holm was closed on Monday.\n\nEngineers are on their way.\n\nThey asked Brack for help."
    )
    assert texts(chosen_by_role([first, leaning, engineers], 2)) == [
        "The bridge of Holm was closed on Monday.",
        "Engineers are on their way.",
    ]


@pytest.mark.parametrize(
    ("language", "role", "sentence"),
    [
        ("de", "denial", "Der Verband wies die Vorwürfe am Montag zurück."),
        ("de", "correction", "Am Mittwoch haben wir geschrieben, sechs Menschen seien verletzt worden."),
        ("nl", "denial", "Dat bedrijf spreekt tegen dat het schuld heeft."),
        ("nl", "verdict", "Ons oordeel: onwaar."),
        ("fr", "denial", "La laiterie dément toute faute."),
        ("es", "denial", "El alcalde niega haber cobrado."),
        ("en", "verdict", "Our verdict: misleading."),
    ],
)
def test_roles_in_five_languages(language: str, role: str, sentence: str) -> None:
    assert has_role(listed(sentence, language)[0], role)


@pytest.mark.parametrize(
    ("sentence", "leaning"),
    [
        ("It is the second crossing in the town to shut this month.", True),
        ("It was his third defeat in a row.", True),
        ("It is raining in the hills above the town.", False),
        ("It was cold in the valley on Monday.", False),
        ("There were floods in the valley on Monday.", False),
    ],
)
def test_what_it_is_tells_whether_a_sentence_leans(sentence: str, leaning: bool) -> None:
    assert leans(sentence, "en") is leaning


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The map shows Vara as large as Holm. But in reality Holm is four times larger."),
        ("de", "Die Karte zeigt Vara so groß wie Holm. Dennoch hat Holm viermal mehr Fläche."),
        ("nl", "De kaart toont Vara zo groot als Holm. Toch heeft Holm vier keer meer grond."),
    ],
)
def test_what_turns_against_a_sentence_comes_with_it(language: str, text: str) -> None:
    assert texts(chosen_by_role(listed(text, language)[:1], 1)) == [text]


def test_a_sentence_that_leans_comes_with_the_one_before() -> None:
    own = listed(
        "It looks as if it would sting. But this jellyfish is harmless. Ten were seen at the beach of Holm."
    )
    assert texts(chosen_by_role([own[1]], 1)) == ["It looks as if it would sting. But this jellyfish is harmless."]
