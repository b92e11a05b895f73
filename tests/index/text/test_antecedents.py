import pytest

from index.text.antecedents import leans


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "They left the harbour on Monday."),
        ("en", "In 2019, she had closed two of the mills."),
        ("en", "A welder by training, he warned of the crack for years."),
        ("en", '"Nobody listened to us that night," she said.'),
        ("en", "help of her dog, a black hound named Joy."),
        ("de", "Im Januar hatte sie noch zwei Mühlen."),
        ("nl", "In januari had hij nog twee molens."),
        ("fr", "«\u202fPersonne ne nous a écoutés\u202f», ajoute-t-elle."),
        ("es", "«Nadie nos escuchó», añadió él."),
    ],
)
def test_only_the_sentence_before_tells_who_it_is(language: str, sentence: str) -> None:
    assert leans(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "After the mayor left, she was replaced by the council."),
        ("en", "When Ada Quill came, she closed two of the mills."),
        ("en", "For most people, it is cold in the valley."),
        ("en", '"Nobody listened to us that night," Ada Quill said.'),
        ("en", "iPhones were sold out in the town."),
        ("nl", "'s Avonds kwam de burgemeester naar de dijk."),
        ("de", "Im Januar hatte die Gemeinde noch zwei Mühlen, und sie lagen still."),
        ("nl", "In januari had de gemeente nog twee molens."),
        ("fr", "Il faut deux heures pour traverser la vallée."),
    ],
)
def test_it_stands_alone(language: str, sentence: str) -> None:
    assert not leans(sentence, language)
