import pytest

from index.text.datelines import dateline_end, is_dateline
from index.text.sentences import split_sentences


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("GRÜNFELS, Germany (Worldwire) - Hellmig will not rebuild.", "Hellmig will not rebuild."),
        ("HARLOW, March 19 (Northwire) - A court sat.", "A court sat."),
        ("HARLOW QUAY, England, Jan. 5, 2026 (Northwire) — A court sat.", "A court sat."),
        ("Ribalta, 13 mar (EFE).- El puente cayó.", "El puente cayó."),
        ("GRENOVILLE, 6 mai 2026 (AFP) - Le pont est fermé.", "Le pont est fermé."),
        ("Grünfels (abc). Der Rat tagt.", "Der Rat tagt."),
        ("KYIV, Ukraine (AP) — The town fell.", "The town fell."),
        ("Grünfels (dpa) - Die Feuerwehr kam.", "Die Feuerwehr kam."),
        ("(CNN) The park may open.", "The park may open."),
        ("London CNN — The bank waited.", "The bank waited."),
        ("New York (CNN Business) Shoppers stayed at home.", "Shoppers stayed at home."),
        ("WASHINGTON — The vote was close.", "The vote was close."),
        ("NEW YORK – The vote was close.", "The vote was close."),
        ("WASHINGTON ― The vote was close.", "The vote was close."),
        ("WASHINGTON − The vote was close.", "The vote was close."),
    ],
)
def test_a_dateline_is_no_part_of_the_first_sentence(line: str, rest: str) -> None:
    assert line[dateline_end(line) :] == rest
    assert [line[start:end] for start, end in split_sentences(line, "en")][1:] == [rest]


@pytest.mark.parametrize(
    "line",
    [
        "HARLOW QUAY (Northern Wire) —",
        "DUINRAND - Door onze verslaggever B. van 't Hof",
        "Por R. Ibáñez | Ribalta | 13 mar. 2025 - 19:05 h",
        "By Tessa Lund",
        "By Tessa Lund, for the Post",
        "By Tessa, Bay Post",
        "Harlow, England (CNN)",
        "Harlow and Duinrand, England CNN —",
        "Harlow, England —",
    ],
)
def test_a_line_that_is_no_more(line: str) -> None:
    assert is_dateline(line)


@pytest.mark.parametrize(
    "line",
    [
        "NATO - the alliance - met on Monday.",
        "On Monday, March 19 (a holiday) - shops were shut.",
        "By Monday, the army had left the town",
        "Peter Lang (gest.) war Maler.",
        "USA - EU talks failed.",
        "COVID-19 — a virus — spread.",
        "By Friday the town was empty.",
        "By Monday, 40% of the homes were left without water.",
        "The man (CEO) - he left - was rich.",
        "Von Montag an fahren keine Züge mehr.",
    ],
)
def test_what_only_looks_like_one(line: str) -> None:
    assert dateline_end(line) == 0
    assert not is_dateline(line)
