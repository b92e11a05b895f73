import pytest

from bot.answer.evidence.speakers import speakers
from index.text.sentences import split_sentences


def told(text: str, language: str = "en") -> list[str | None]:
    """Who says each sentence of ``text``."""
    return speakers(text, split_sentences(text, language), language)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We stay,” Chavlyk said. “Until there is a signature.”", [None, "Chavlyk"]),
        ('"We stay," Chavlyk said. "Until there is a signature."', [None, "Chavlyk"]),
        ("“It is sound,” said Mayor Jorun Tesk on Friday. “We looked.”", [None, "Mayor Jorun Tesk"]),
        ("“It is sound,” said sporting director Yann Brecourt. “We looked.”", [None, "Yann Brecourt"]),
        ("“It grew,” said the company's doctor, Stellan Wyre. “It grew fast.”", [None, None]),
        ("“We stay,” Hask, who was a minister, said. “Until Friday.”", [None, "Hask"]),
        ("Gerda Pellowin saw the river turn. “It leaned,” she said. “Over us.”", [None, None, "Gerda Pellowin"]),
        (
            "Igor Konashenkov, spokesman for the ministry, is calm. He says it is a move. “Forty tanks came.”",
            [None, None, "Igor Konashenkov"],
        ),
        ("“We hurry,” the Kestrian Medicines Agency said. “It is late.”", [None, None]),
    ],
)
def test_names_the_speaker_that_the_paragraph_ties_to_the_words(text: str, expected: list[str | None]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "„Wie beveelt, weet dat”, zei Marosj zondag op televisie. „Ik deed het niet.”", [None, "Marosj"]),
        ("de", "„Mais für neun Tage“, sagt Uwe Holt. „Dann stehen sie still.“", [None, "Uwe Holt"]),
        ("fr", "« Nous restons », a dit Ana Ruiz. « Jamais de la vie. »", [None, "Ana Ruiz"]),
        ("es", "“No sabemos nada”, dijo Ana Ruiz. “Seguimos aquí.”", [None, "Ana Ruiz"]),
    ],
)
def test_other_languages(language: str, text: str, expected: list[str | None]) -> None:
    assert told(text, language) == expected


def test_a_long_quotation_cut_into_sentences_keeps_its_speaker_in_each() -> None:
    sentence = "The inspectors must look at every machine before a single tablet leaves this plant again. "
    text = f"“{sentence * 5}That takes time,” said Stellan Wyre."
    found = told(text)
    assert len(found) == 6
    assert found == ["Stellan Wyre"] * 5 + [None]


def test_the_middle_of_a_quotation_belongs_to_its_speaker_though_it_has_no_marks() -> None:
    sentence = "Every one of the machines in that hall must be taken apart, cleaned, and put together again. "
    text = f"“We are sorry,” Stellan Wyre said. “{sentence * 5}Then we open.”"
    assert told(text) == [None] + ["Stellan Wyre"] * 6


@pytest.mark.parametrize(
    "text",
    [
        # Reported of somebody, not by somebody.
        "The agency said Pellan Pharma had known since May. “We told nobody.”",
        "The agency says New York will pay. “We are glad of it.”",
        "Marosh rejected what Hask said. “The minister has never rung a dam.”",
        "The log that Hask wrote is lost. “Page nine is missing.”",
        # Somebody near the name, not the name.
        "“Our books are open,” said a spokesman for Pellan Pharma. “Look at them.”",
        "A lawyer for Hask said the log was genuine. “It is signed on every page.”",
        "People close to Prigozhin said he was away. “He is resting there now.”",
        "“It just fell,” said Hask’s brother. “It fell on my foot.”",
        "El portavoz de Hask dijo que no. “No sabemos nada del asunto.”",
        "Hask and Marosh said they would meet. “We will talk on Monday.”",
        # A quote followed by another person's words.
        "“We will stay here.” Mayor Jorun Tesk said the town would rebuild.",
        "Hask said the call was logged. “We gave no order.” That is how Marosh put it.",
        # Another speaker without a name stands between.
        "Marosh said the sirens were sounded. “I heard nothing,” said a resident. “Not a thing.”",
        "Officials said the dam held. Hask disagreed. “It leaks at every joint.”",
        "Hask said the gates jammed, but the minister said they did not. “They moved freely.”",
        # Pronouns that may mean another.
        "Tobin Hask accused Ilena Marosh of lying. She said it was untrue.",
        "Prigozhin criticised Shoigu. Shoigu did not respond. He said the front was stable.",
        "Tesk toured the shelter. The caretaker opened the door. He said the roof leaked.",
        "The mayor praised Bob Hill. He said the town was grateful.",
        "L. left Northlane Software in October. He said he would testify.",
        "Jonna Peverell rang the plant. She heard a man cough. He said it was closed.",
        "Northlane Software Group was fined. He said it was unfair.",
        "Brackmoor Athletic were relegated. They said it was unfair.",
        # Words of a quotation are no framing.
        "Ilena Marosh resigned. “He said no such thing.” Nobody knew why.",
        "Ilena Marosh resigned. ‘She told me nothing about it.’",
        "Ilena Marosh resigned. 'She told me nothing about it,' a colleague said.",
        # Words that are capitalised for their place.
        "Nobody said anything. “We were afraid of the dogs.”",
        "Unfortunately said was said. “We were afraid of the dogs.”",
        "In Berlin Kanzler Scholz sagte nichts. „Wir warten ab und sehen dann.“",
        "“We were told,” said Tuesday's statement. “It was late.”",
        # The article's own words.
        "The dam has six gates. Four of them were opened on Friday.",
    ],
)
def test_names_nobody_in_doubt(text: str) -> None:
    names = [name for name in told(text) if name]
    assert names == []


def test_two_speakers_in_a_row_keep_their_own_words() -> None:
    text = "“We stay,” Chavlyk said. “Until Friday.” “They will go,” Dorsk said. “In a week.”"
    assert told(text) == [None, "Chavlyk", None, "Dorsk"]


def test_nothing_is_carried_over_from_another_paragraph() -> None:
    assert told("Tobin Hask said the call was logged.\n\n“We gave no order.”") == [None, None]
    assert told("Tobin Hask leads the union.\n\nHe said nothing more.") == [None, None]
    assert told("Minister Ilena Marosh said\n\n“We gave no order to open them.”") == [None, None]


def test_a_headline_between_paragraphs_names_nobody() -> None:
    text = "The gates were opened at night.\n\nHask: minister lied\n\n“It is not true at all.” Nobody agreed."
    assert told(text) == [None, None, None, None]


def test_a_sentence_that_names_its_speaker_gets_none() -> None:
    assert told("According to Prigozhin, the withdrawal is “panic and chaotic.”") == [None]
    assert told("“Our troops have advanced,” Deputy Minister Hanna Maljar wrote.") == [None]


def test_quotations_within_quotations() -> None:
    text = "Hask said it twice. “The log says “four gates” in ink.” “The 'no' came late,” Marosh said."
    assert told(text)[-1] is None
    assert "Marosh" not in told(text)


def test_every_sentence_gets_an_entry() -> None:
    assert speakers("", [], "en") == []
    text = "One sentence. Another one.\nA third."
    assert len(told(text)) == len(split_sentences(text, "en"))
