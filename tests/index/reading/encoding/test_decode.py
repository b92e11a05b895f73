"""Texts in the encodings of the world come back as they were, or are refused; none becomes other letters."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ArticleError
from index.reading.encoding.decode import decode
from tests.properties import examples

ENGLISH = (
    "The council met on Monday and agreed that the bridge should be closed until the spring, since it is narrow."
)
OLD = ("The café closed.", "It was 30° in May.", "It cost £310.", "Müller")
TEXTS = [
    (
        "Le marché couvert a rouvert vendredi ; la maire, Zoé Châtelain, s’est dite très émue après la fête.",
        "cp1252 iso8859_15 mac_roman cp850 latin_1",
    ),
    (
        "Der Bürgermeister eröffnete am Donnerstag die große Brücke über den Fluß; die Gäste fühlten sich wohl.",
        "cp1252 iso8859_15 mac_roman cp850 latin_1",
    ),
    (
        "W piątek otwarto nową przystań dla łodzi żaglowych. Mieszkańcy żądają jednak ścieżki wzdłuż rzeki.",
        "cp1250 iso8859_2 cp852 mac_latin2",
    ),
    (
        "Ve středu po čtyřech letech opět běžely věžní hodiny; hodinář Jiří Křemílek řekl, že chyběly díly.",
        "cp1250 iso8859_2 cp852 mac_latin2",
    ),
    (
        "В четверг в городе открыли новый мост через реку. Первыми по нему прошли школьники с оркестром.",
        "cp1251 koi8_r iso8859_5 cp866 mac_cyrillic",
    ),
    (
        "У середу знову запрацювала бібліотека, зачинена після повені. Її ремонт тривав два роки, їй радіють.",
        "cp1251 koi8_u iso8859_5",
    ),
    (
        "Νέο πλοίο συνδέει από την Παρασκευή το νησί με τη στεριά. Ο δήμαρχος δήλωσε ότι περίμεναν χρόνια.",
        "cp1253 iso8859_7",
    ),
    (
        "Belediye meclisi salı günü yeni köprünün yapımını onayladı. Başkan çalışmaların başlayacağını söyledi.",
        "cp1254 iso8859_9",
    ),
    (
        "افتتحت البلدية يوم الخميس جسرا جديدا للمشاة. وقال رئيس البلدية إن العمل استغرق ثلاث سنوات كاملة.",
        "cp1256",
    ),
    (
        "העירייה פתחה ביום חמישי גשר חדש להולכי רגל. ראש העיר אמרה שהעבודה נמשכה שלוש שנים תמימות.",
        "cp1255 iso8859_8",
    ),
    (
        "桜浜町は火曜日、百年前に建てられた灯台のレンズを新しいものに取り替えたと発表した。",
        "cp932 euc_jp iso2022_jp",
    ),
    (
        "海棠镇图书馆从周一起每晚开放到午夜，馆长在记者会上宣布了这一决定，读者都很高兴。",
        "gb18030 gbk",
    ),
    (
        "榕港渡輪公司宣布，七月起每晚加開三班渡輪，最後一班在午夜十二點開出，票價維持不變。",
        "big5",
    ),
    (
        "솔마루 마을 도서관이 지난해 홍수 이후 처음으로 월요일에 다시 문을 열었다고 관장이 밝혔다.",
        "cp949 euc_kr",
    ),
    (
        "เรือข้ามฟากเปิดให้บริการอีกครั้งในวันจันทร์หลังจากหยุดซ่อมนานสามเดือน ค่าโดยสารยังคงเท่าเดิม",
        "cp874 tis_620",
    ),
]
"""A text, and the encodings that it is written in."""
CASES = [(text, encoding) for text, encodings in TEXTS for encoding in encodings.split()]


@pytest.mark.parametrize(("text", "encoding"), CASES, ids=[encoding for _, encoding in CASES])
def test_round_trips_or_refusals(text: str, encoding: str) -> None:
    kept = text.encode(encoding, "ignore").decode(encoding)
    try:
        found = decode(text.encode(encoding, "ignore"))
    except ArticleError:
        found = kept  # a refusal is no mojibake
    assert found == kept
    assert decode(text.encode(encoding, "ignore"), [encoding]) == kept


@settings(deadline=None, max_examples=examples(60))
@given(st.sampled_from([text for text, _ in TEXTS]), st.integers(0, 10_000), st.integers(0x80, 0xFF))
def test_a_bad_byte_costs_a_letter_or_two(text: str, place: int, byte: int) -> None:
    data = bytearray((text * 3).encode())
    data[place % len(data)] = byte
    found = decode(bytes(data))
    assert len(set(found) - set(text)) <= 3
    assert found.count("\ufffd") <= 4


def test_a_header_that_lies_is_not_believed() -> None:
    text = next(text for text, _ in TEXTS if text.startswith("Ve středu"))
    assert decode(text.encode(), ["iso-8859-1"]) == text
    assert decode(text.encode("cp1250"), ["utf-8"]) == text
    russian = next(text for text, _ in TEXTS if text.startswith("В четверг"))
    assert decode(russian.encode("cp1251"), ["iso-8859-1"]) == russian


@pytest.mark.parametrize("encoding", ["iso8859_2", "cp1250", "iso8859_16"])
def test_romanian_is_read_whichever_mark_its_letters_have(encoding: str) -> None:
    text = "Școala plutitoare din deltă a primit luni elevi din trei sate. Învățătoarea spune că au venit toți."
    cedillas = text.translate(str.maketrans("șțȘȚ", "şţŞŢ"))
    written = (text if encoding == "iso8859_16" else cedillas).encode(encoding)
    assert decode(written) in (text, cedillas)


@pytest.mark.parametrize(
    "said",
    [
        "It sold for £310 at auction.",
        "“I did not,” he said.",
        "It’s done – he’s gone.",
        "‘No,’ she said.",
        "The naïve façade of the café",
        "It was 30° in May.",
        "Price: €40 and £20",
        "• one • two",
        "½ a mile",
    ],
)
def test_english_in_the_usual_encoding_is_read_though_it_has_few_letters_of_its_own(said: str) -> None:
    text = f"{ENGLISH} {said} {ENGLISH}"
    assert decode(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    ("said", "encoding"),
    [
        ("“I did not,” he said.", "mac_roman"),
        *((said, encoding) for said in OLD for encoding in ("mac_roman", "cp850")),
        ("½ a mile", "cp850"),
    ],
)
def test_english_in_an_old_encoding_becomes_no_other_signs(said: str, encoding: str) -> None:
    text = f"{ENGLISH} {said} {ENGLISH}"
    with suppress(ArticleError):  # refused is as good
        assert decode(text.encode(encoding)) == text
