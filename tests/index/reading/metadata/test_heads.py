"""The day in the head of what was typed or scanned, in any language and of any century; or none."""

from __future__ import annotations

import pytest

from index.reading.extracted import Extracted
from index.reading.metadata.frontmatter import split_front_matter
from index.reading.metadata.openings import opening_day, with_day

_TOLD = {
    "pt": "O barco não saiu do porto na segunda-feira, e ninguém sabia por quê.",
    "ko": "나룻배는 월요일에 항구를 떠나지 않았고, 아무도 그 이유를 몰랐다.",
    "cs": "Přívoz v pondělí nevyplul a nikdo v přístavu nevěděl, proč tomu tak je.",
    "es": "El barco no salió del puerto el lunes, y nadie sabía por qué razón.",
    "de": "Die Fähre lief am Montag nicht aus, und niemand im Hafen wusste, warum.",
    "en": "The ferry did not leave on Monday, and nobody in the harbour knew why.",
}


def day_of(language: str, *head: str, told: str = "") -> str | None:
    text = "\n\n".join(["A title", *head, _TOLD[language], told])
    found = with_day(Extracted(text=text, language=language)).published_at
    return found.date().isoformat() if found else None


@pytest.mark.parametrize(
    ("language", "line", "day"),
    [
        ("pt", "Texto de Rui Falcato — Diário da Costa, 19 de agosto de 2012", "2012-08-19"),
        ("ko", "남해일보 2011년 5월 20일", "2011-05-20"),
        ("cs", "Zprávy, 3. září 1956", "1956-09-03"),
        ("es", "EL ECO DE LA SIERRA Domingo 14 de junio de 1987", "1987-06-14"),
        ("de", "18. März 1904", "1904-03-18"),
        ("en", "The Times, Friday 3 May 1912", "1912-05-03"),
    ],
)
def test_names_and_a_day_below_the_title(language: str, line: str, day: str) -> None:
    assert day_of(language, line) == day


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Der Bürgermeister am 3. Mai 1994"),
        ("en", "Founded | 12 May 1968"),
        ("en", "Updated 3 May 1954"),
        ("en", "Photo: AP, 3 May 1955"),
        ("en", "Town Hall, 3 May 1955, 10:30"),
        ("en", "The mayor spoke on 3 May 1955"),
    ],
)
def test_lines_that_tell_something_else(language: str, line: str) -> None:
    assert day_of(language, line) is None


def test_a_day_is_that_of_the_text_only_before_its_sentences_and_with_no_later_year() -> None:
    line = "Bataclan, Paris – 13 November 1955"
    assert day_of("en", line) == "1955-11-13"
    assert day_of("en", line, told="It opened again in 1956.") is None
    assert day_of("en", "“We can do it.”", "Anna Roe, 31 August 1955") is None
    assert day_of("en", _TOLD["en"], line) is None


def test_a_head_of_labels_in_any_language() -> None:
    head = "Název:   Mlátička\nNoviny:  Zpravodaj\nDatum:   3. září 1996\nStrana:  4"
    fields, text = split_front_matter(f"{head}\n\nPrvní odstavec.\n\nDruhý.")
    assert (fields["title"], fields["date"]) == ("Mlátička", "3. září 1996")
    assert text == "Noviny:  Zpravodaj\nStrana:  4\n\nPrvní odstavec.\n\nDruhý."


@pytest.mark.parametrize(
    "head",
    [
        "Titel: Konzert\nDatum: 3. Mai 2026\nBeginn: 19:30 Uhr",
        "Wann: 3. Mai 2026\nWo: Rathaus\nWas: Konzert",
        "Titel: Konzert\nDatum: 3. Mai 2026",
        "Titel: Konzert\nDatum: 3. Mai 2026\nEin Satz.",
    ],
)
def test_an_event_is_no_head(head: str) -> None:
    assert split_front_matter(f"{head}\n\nEin Absatz.") == ({}, f"{head}\n\nEin Absatz.")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2026年5月20日　遠見新聞　社会面", "2026-05-20"),
        ("（2026年4月3日配信）", "2026-04-03"),
        ("出典：湖北日報（電子版）　令和8年2月17日", "2026-02-17"),
        ("二〇二六年五月二十日　夕刊", "2026-05-20"),
        ("2026년 5월 20일 한빛신문", "2026-05-20"),
        ("2026年5月20日に開かれた会議", None),
        ("2026年5月20日在北京召开会议", None),
        ("2026년 5월 20일에 열린 회의", None),
        ("期間 2026年5月20日〜6月2日", None),
        ("更新：2026年5月20日", None),
        ("湖北日报 2026年5月20日 第4版", "2026-05-20"),
        ("来源：新华社 2026年5月20日", "2026-05-20"),
        ("발행 2026년 5월 20일", "2026-05-20"),
        ("2026年5月20日付　遠見新報", "2026-05-20"),
        ("発売日 2023年6月3日", None),
        ("発売日 2023年6月3日 遠見新聞出版", None),
        ("演出日期：2025年6月3日", None),
        ("公演日 2025年6月3日", None),
        ("공연일 2025년 6월 3일", None),
        ("判決 2019年3月4日 最高裁", None),
        ("故人 田中太郎 2020年1月1日 逝去", None),
        ("2008年5月12日 汶川", None),
        ("2014년 4월 16일 진도 앞바다", None),
        ("開業 2021年4月1日 遠見駅", None),
        ("生於 2001年2月3日 臺北", None),
    ],
)
def test_a_paper_and_a_day_in_chinese_japanese_and_korean(line: str, day: str | None) -> None:
    found = opening_day(["灯台の郵便局", line, "岬の突端にある遠見灯台の郵便局が、営業を再開した。"])
    assert (found.date().isoformat() if found else None) == day


@pytest.mark.parametrize(
    "line",
    ["2008年5月12日 汶川", "2014년 4월 16일 진도 앞바다", "判決 2019年3月4日"],
)
def test_a_place_and_a_day_above_all_are_what_it_tells_of(line: str) -> None:
    assert opening_day([line, "岬の突端にある遠見灯台の郵便局が、営業を再開した。"]) is None


NOTION = "# Der Leuchtturm\n\n{}\n\nErster Absatz.\n\nZweiter: mit Punkt."


@pytest.mark.parametrize(
    "head",
    [
        "Publisher: Der Bote\nURL: https://bote.example/a\nPublished: September 3, 2026\nStatus: To read",
        "URL: https://bote.example/a\nCreated: September 9, 2026 8:14 AM\nTags: Küste\nPublisher: Der Bote",
        "Fuente: Der Bote\nEnlace: https://bote.example/a\nFecha: 3 de septiembre de 2026",
    ],
)
def test_properties_below_a_heading_are_the_articles(head: str) -> None:
    fields, text = split_front_matter(NOTION.format(head))
    assert fields["url"] == "https://bote.example/a"
    assert fields["source"] == "Der Bote"
    assert text == "# Der Leuchtturm\n\nErster Absatz.\n\nZweiter: mit Punkt."


@pytest.mark.parametrize(
    "head",
    [
        "Men: Anna Berg\nWomen: Ole Holm\nTeam: Bergen",
        "When: 3 May 2026\nWhere: the hall\nPrice: 3 pounds",
        "Autor: Anna Berg\nURL: https://bote.example/a",
        "Publisher: Der Bote\nURL: https://bote.example/a\nIt opened on Monday.",
    ],
)
def test_other_lines_below_a_heading_stay(head: str) -> None:
    assert split_front_matter(NOTION.format(head)) == ({}, NOTION.format(head))
