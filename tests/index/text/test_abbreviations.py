import pytest

from index.text.sentences import split_sentences


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("en", "Ms. Roe vs. Mr. Poe went to court at 4.30 p.m. ET on Friday."),
        ("en", "No. 4 on the list is P. J. Somers of Acme Inc. of Ohio."),
        ("de", "Der Verband zahlt 2,1 Mio. Euro an die Fa. Huber, z. B. am 5. März, inkl. Zinsen."),
        ("nl", "Het kost ca. 3,5 mln. euro, o.a. omdat mevr. Prins huurt, d.w.z. nu."),
        ("nl", "Volgens dhr. A.W. de Groot is het 1 september a.s. klaar."),
        ("fr", "M. Dupont et Mme. Durand ont parlé au Dr. Petit à 5 h. du matin."),
        ("es", "El Sr. Gil y la Dra. Núñez llegaron a las 5 p. m. de EE. UU. a la núm. 3 de la lista."),
    ],
)
def test_an_abbreviation_ends_no_sentence(language: str, first: str) -> None:
    text = f"{first} Then it rained."
    assert [text[start:end] for start, end in split_sentences(text, language)] == [first, "Then it rained."]


def test_a_word_like_an_abbreviation_ends_one() -> None:
    text = "The answer was no. It rained at noon."
    assert len(split_sentences(text, "en")) == 2


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("nl", "De rederij ontkent dat.", "De man had gerust."),
        ("nl", "Dat bedrag betaalt bouwbedrijf Terhorst B.V.", "Het bedrijf spreekt dat tegen."),
        ("nl", "De hotels zitten vol.", "Ondernemers zijn blij."),
        ("de", "Den Kiosk führt der Bürgerbund e.V.", "Das Haus ist alt."),
        ("es", "El puerto lo hizo Norvial S.A.", "El alcalde calla."),
        ("fr", "Il a été jugé pour vol.", "Le musée a fermé."),
    ],
)
def test_a_firm_and_a_word_that_a_library_takes_for_an_abbreviation_end_one(
    language: str, first: str, second: str
) -> None:
    text = f"{first} {second}"
    assert [text[start:end] for start, end in split_sentences(text, language)] == [first, second]


@pytest.mark.parametrize(
    ("language", "text"), [("nl", "E.J. De Vries kwam."), ("nl", "Terhorst B.V. Oosterveen bouwt.")]
)
def test_a_name_goes_on_behind_initials_and_firms(language: str, text: str) -> None:
    assert len(split_sentences(text, language)) == 1
