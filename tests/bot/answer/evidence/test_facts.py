import pytest

from bot.answer.evidence.facts import CalendarDate, dates, language_of, names, numbers


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("twenty six and thirty-one", "en", [{26}, {31}]),
        ("a hundred and five men, two thousand women", "en", [{105}, {2000}]),
        ("3.5 million, 2bn, 26 000", "en", [{3_500_000}, {2_000_000_000}, {26_000}]),
        ("1,250,000.5 and 1.250.000,5", "en", [{1_250_000.5}, {1_250_000.5}]),
        ("3.500 or 3,500", "en", [{3500, 3.5}, {3500, 3.5}]),
        ("at 10:30", "en", [{10}, {30}]),
        ("tweeëntwintig, drieëntwintig en zesentachtig", "nl", [{22}, {23}, {86}]),
        ("ten westen van elf dorpen", "nl", [{11}]),
        ("einundzwanzig und zwei Millionen", "de", [{21}, {2_000_000}]),
        ("treinta y seis, dos mil, veintidós", "es", [{36}, {2000}, {22}]),
        ("nothing to count", "en", []),
    ],
)
def test_numbers_in_digits_and_words(text: str, language: str, values: list[set[float]]) -> None:
    assert [set(number.values) for number in numbers(text, language)] == values


def test_dates_in_four_languages_and_the_text_without_them() -> None:
    text = "12 May 2023, May 3rd, 3. Mai, el 4 de mayo de 2023, juni 2024, 2024-01-02; he may 15 times go"
    found, rest = dates(text)
    assert {(one.day, one.month, one.year) for one in found} >= {
        (12, 5, 2023),
        (3, 5, None),
        (4, 5, 2023),
        (None, 6, 2024),
        (2, 1, 2024),
    }
    assert len(rest) == len(text)
    assert "2023" not in rest


def test_an_impossible_iso_date_is_read_without_harm() -> None:
    assert dates("2024-19-42")[0] == [CalendarDate("2024-19-42", 2024, 19, 42)]


@pytest.mark.parametrize("month", ["APRİL", "Aprıl", "ApriL"])
def test_a_month_is_known_by_any_i(month: str) -> None:
    assert dates(f"3 {month} 2024")[0] == [CalendarDate(f"3 {month} 2024", 2024, 4, 3)]


def test_names_are_capitals_that_position_does_not_explain() -> None:
    assert names("Yesterday Igor Konashenkov said: “They left Bakhmut.” Then I saw the NATO men.", "en") == [
        "Igor",
        "Konashenkov",
        "Bakhmut",
        "NATO",
    ]
    assert names("Die Straße nach Bachmut ist offen, sagte Igor Konaschenkow der NATO.", "de") == [
        "Konaschenkow",
        "NATO",
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The road is open again.", "en"),
        ("De weg is weer open.", "nl"),
        ("Die Straße ist wieder offen.", "de"),
        ("La carretera está abierta otra vez.", "es"),
        ("Бахмут", None),
    ],
)
def test_function_words_tell_the_language(text: str, language: str | None) -> None:
    assert language_of(text) == language
