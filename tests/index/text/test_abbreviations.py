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
