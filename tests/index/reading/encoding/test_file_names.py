"""The names of files in archives, as the systems of their places wrote them."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from index.reading.encoding.file_names import decode_names
from index.reading.read import read


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        (["новости_1999.txt"], "cp866"),
        (["отчёт о паводке.txt", "мост.txt"], "cp866"),
        (["Новая папка/статья 2.docx"], "cp1251"),
        (["昭和の橋.txt"], "cp932"),
        (["EU首脳会議.txt", "ニュース.txt"], "cp932"),
        (["北京新闻.txt"], "gb18030"),
        (["한국 뉴스.txt"], "cp949"),
        (["Ειδήσεις Αθήνα.txt"], "cp737"),
        (["ข่าววันนี้.txt"], "cp874"),
        (["Łódź i Święta.txt"], "cp852"),
        (["Příliš žluťoučký kůň.txt"], "cp1250"),
        (["Krönika om ån.txt"], "cp850"),
        (["contrôle à la frontière.html"], "cp850"),
        (["São Paulo.txt"], "cp850"),
        (["œuvre d’été.txt"], "cp1252"),
        (["Übersicht für März.txt"], "cp1252"),
        (["Übersicht für März.txt", "昭和の橋.txt"], "utf-8"),
    ],
)
def test_names_are_read_as_they_were_written(names: list[str], encoding: str) -> None:
    assert decode_names([name.encode(encoding) for name in names]) == names


def test_names_in_utf8_stand_beside_others() -> None:
    assert decode_names(["мост.txt".encode(), "новости.txt".encode("cp866")]) == ["мост.txt", "новости.txt"]


@pytest.mark.parametrize(
    ("name", "encoding"), [("昭和の橋.txt", "cp932"), ("новости.txt", "cp866"), ("ån.txt", "cp850")]
)
def test_the_names_in_an_archive(name: str, encoding: str) -> None:
    written = name.encode(encoding)
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("x" * len(written), "The bridge at Halm opens on Monday.")
    data = packed.getvalue().replace(b"x" * len(written), written)  # as programs have it that know no Unicode
    assert [label for label, _ in read(data, "a.zip")] == [f"/{name}"]
