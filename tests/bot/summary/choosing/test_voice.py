"""Sentences that tell no news alone."""

import pytest

from bot.answer.disagreement.statements import ArticleSentence
from bot.summary.choosing.voice import in_the_authors_voice, is_bare_quote, is_cut_off, is_item
from tests.fakes.hits import hit


def sentence(text: str, language: str = "en") -> ArticleSentence:
    return ArticleSentence(hit("one", text, language=language), 0, text, None, 0)


@pytest.mark.parametrize(
    ("text", "language", "own"),
    [
        ("The harbour didn't answer when I asked about the crane.", "en", True),
        ("We’ve asked the harbour about the crane.", "en", True),
        ("“I asked about the crane,” the mayor of Brack said.", "en", False),
        ("The mayor said: ‘We saw the crane fall.’", "en", False),
        ("The US navy has sent a crane to Brack.", "en", False),
        ("Der Hafen hat uns nicht geantwortet.", "de", True),
        ("Der Hafen hat nicht geantwortet.", "de", False),
        ("Le port ne nous a pas répondu.", "fr", True),
        ("De haven heeft ons niet geantwoord.", "nl", True),
        ("El puerto no nos ha respondido.", "es", True),
    ],
)
def test_whoever_writes_speaks_of_themselves(text: str, language: str, own: bool) -> None:
    assert in_the_authors_voice(sentence(text, language)) is own


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Why she marched: To be heard in Brack.", True),
        ("MUST WATCH Harbour of Brack is closed.", True),
        ("HARBOUR TO CLOSE:Brack waits for a crane.", True),
        ("FOLLOW MONDAY'S LIVE UPDATES Harbour of Brack is closed.", True),
        ("The mayor said: The harbour is closed.", False),
        ("• The harbour of Brack is closed.", True),
        ("The mayor of Brack said: “The harbour is closed.”", False),
        ("The harbour closes at 8:30 on Monday.", False),
        ("NATO and the EU have sent a crane to Brack.", False),
    ],
)
def test_how_items_begin(text: str, item: bool) -> None:
    assert is_item(sentence(text)) is item


def test_what_somebody_says_behind_a_colon_is_no_item() -> None:
    assert not is_item(sentence("Der Minister sagte: Der Hafen von Brack bleibt zu.", "de"))
    assert is_item(sentence("Warum er zu ist: Der Kran ist umgefallen.", "de"))


def test_pieces_of_quotations() -> None:
    assert is_cut_off(sentence("“The harbour is closed, the mayor said."))
    assert is_cut_off(sentence('The mayor said: "The harbour is closed.'))
    assert is_cut_off(sentence("Der Bürgermeister sagte: „Der Hafen ist zu."))
    assert not is_cut_off(sentence("“The harbour is closed,” the mayor said."))
    assert not is_cut_off(sentence("„Der Hafen ist zu“, sagte der Bürgermeister."))
    assert not is_cut_off(sentence("„Порт закрито”, — сказав мер."))


def test_hardly_more_than_a_quotation() -> None:
    assert is_bare_quote(sentence("'It's a sad day for all of us in Brack,' she said."))
    assert not is_bare_quote(sentence("The mayor of Brack called the fall of the crane a 'sad day'."))
