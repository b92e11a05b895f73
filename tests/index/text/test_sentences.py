from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.sentences import asks, ends_sentence, split_sentences


def sentences(text: str, language: str | None = "en") -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, language)]


def test_offsets_are_exact_beyond_ascii() -> None:
    text = "😀 Es regnet — ja. Місто звільнено. 👩‍⚕️ Она ушла.\n\nÉtait-ce fini? 我们走。好。"
    assert sentences(text, "uk") == [
        "😀 Es regnet — ja.",
        "Місто звільнено.",
        "👩‍⚕️ Она ушла.",
        "Était-ce fini?",
        "我们走。",
        "好。",
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Gen. Hall met Mr. Roe. No. 5 won.", ["Gen. Hall met Mr. Roe.", "No. 5 won."]),
        ("en", "He wore a casual. navy shirt. It fit.", ["He wore a casual. navy shirt.", "It fit."]),
        ("en", "It shut. eBay won. it is late.", ["It shut.", "eBay won.", "it is late."]),
        ("en", "Hello. what did Roe say?", ["Hello.", "what did Roe say?"]),
        ("de", "Er kam am 3. Mai. Dann ging er.", ["Er kam am 3. Mai.", "Dann ging er."]),
        ("uk", "«Так. Ні.» — сказав він. Усі мовчали.", ["«Так. Ні.» — сказав він.", "Усі мовчали."]),
        ("en", "“Stop!” the mayor said. He left.", ["“Stop!” the mayor said.", "He left."]),
        ("en", "“Stop!” Zelensky said. He left.", ["“Stop!” Zelensky said.", "He left."]),
        ("en", '"We won. We lost." he said. Then.', ['"We won. We lost." he said.', "Then."]),
        ("en", "1. Like Mike. It won at 5 p.m. ET. Done.", ["1. Like Mike.", "It won at 5 p.m. ET.", "Done."]),
        ("en", '"It\'s new," Roe said. "We were four."', ['"It\'s new," Roe said.', '"We were four."']),
        ("en", "It starts at 5 p.m. ET on Friday. Then.", ["It starts at 5 p.m. ET on Friday.", "Then."]),
        ("de", "Es gibt z.B. Brot. Dr. Weiß kam.", ["Es gibt z.B. Brot.", "Dr. Weiß kam."]),
        ("nl", "Dhr. Jansen kwam. Prof. dr. Bakker ging.", ["Dhr. Jansen kwam.", "Prof. dr. Bakker ging."]),
        ("fr", "M. Dupont est le no. 4 ici. Il dort.", ["M. Dupont est le no. 4 ici.", "Il dort."]),
        ("es", "EE. UU. ganó. D. Juan vino.", ["EE. UU. ganó.", "D. Juan vino."]),
        ("hi", "डॉ. शर्मा आए। वे गए।", ["डॉ. शर्मा आए।", "वे गए।"]),
        ("ja", "「行こう。」と彼は言った。彼は去った。", ["「行こう。」と彼は言った。", "彼は去った。"]),
        ("zh", "他说：“我们走。”他走了。很好！", ["他说：“我们走。”", "他走了。", "很好！"]),
        ("ar", "هل جاء؟ نعم.", ["هل جاء؟", "نعم."]),
        ("km", "គាត់មក។ នាងទៅ។", ["គាត់មក។", "នាងទៅ។"]),
    ],
)
def test_keeps_together_what_belongs_together(language: str, text: str, expected: list[str]) -> None:
    assert sentences(text, language) == expected


def test_a_short_quotation_of_several_sentences_stays_whole() -> None:
    text = "“They lost the war in their minds. We push them. They leave.” It went on."
    assert sentences(text) == ["“They lost the war in their minds. We push them. They leave.”", "It went on."]


def test_a_long_quotation_is_split_and_keeps_its_attribution() -> None:
    text = "“" + "The river rose again and the bridge would not hold. " * 10 + "We left!” Roe said. Next."
    found = sentences(text)
    assert found[0] == "“The river rose again and the bridge would not hold."
    assert found[-2:] == ["We left!” Roe said.", "Next."]
    assert max(map(len, found)) < 100


def test_a_line_end_ends_a_sentence() -> None:
    assert sentences("A heading\n\nA sentence. Another.\nA line", None) == [
        "A heading",
        "A sentence.",
        "Another.",
        "A line",
    ]


def test_a_paragraph_in_a_script_without_sentence_ends_is_cut_between_phrases() -> None:
    phrase = "นายกรัฐมนตรีกล่าวว่ารัฐบาลจะเปิดสะพานใหม่ในเดือนหน้าเพื่อช่วยเหลือประชาชนในพื้นที่"
    found = sentences(" ".join([phrase] * 6), "th")
    assert found == [phrase] * 6
    assert sentences(f"{phrase} 3.5 ล้านบาท ต่อปี", "th") == [f"{phrase} 3.5 ล้านบาท ต่อปี"]


@pytest.mark.parametrize("end", [".", "!”", "…", "。", "。」", "।", "॥", "۔", "።", "။", ".»", "?"])
def test_ends_of_sentences_in_any_script(end: str) -> None:
    assert ends_sentence(f"A sentence{end}")
    assert not ends_sentence("A heading")
    assert not ends_sentence("As follows:")


@pytest.mark.parametrize(
    ("text", "asked"), [("Who?", True), ("谁？」", True), ("كم؟", True), ("He asked.", False)]
)
def test_questions_in_any_script(text: str, asked: bool) -> None:
    assert asks(text) == asked


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(".!? \n“”\"'«»Ab")), max_size=400))
def test_every_word_is_in_exactly_one_sentence(text: str) -> None:
    spans = split_sentences(text, "en")
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(text[start:end].strip() == text[start:end] for start, end in spans)
