from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from index.errors import ArticleError
from index.parser import Parser
from index.reading.cleaning.clean import clean
from index.reading.encoding.decode import decode
from index.reading.extracted import Extracted
from index.reading.metadata.fields import read_fields
from index.reading.metadata.frontmatter import split_front_matter
from index.reading.pages.html import read_html
from index.reading.read import read
from index.sources.files import FileSource
from index.sources.source import Item

PAGE = """<!doctype html><html lang="nl-NL"><head><title>The Courier | Bridge approved</title>
<meta charset="{charset}"><link rel="canonical" href="https://courier.example/bridge">
<meta property="og:title" content="Bridge approved"><meta property="og:site_name" content="The Courier">
<meta name="author" content="Ada Roe">
<meta property="article:published_time" content="2023-05-12T10:30:00+02:00"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Bridge approved</h1>
<p>The council <b>approved</b> the <a href="/x">new bridge</a> on Friday,
at a café, f***ing late, after a debate.</p>
<h2>What it costs: a guess</h2>
<p>The bridge costs eleven million, the treasurer said.<br>Nobody had asked before.</p>
<figure><img src="a.jpg"><figcaption>The river in May.</figcaption></figure>
<ul><li>Two lanes</li><li>One cycle path</li></ul>
<blockquote><p>We are pleased with this result.</p></blockquote></article>
<footer>Contact us</footer></body></html>"""


def extract(data: bytes, suffix: str) -> Extracted:
    """The one article in a file."""
    ((_, found),) = read(data, f"article{suffix}")
    assert isinstance(found, Extracted), found
    return found


def pdf(*pages: list[str], title: str = "", password: str | None = None) -> bytes:
    drawn = BytesIO()
    canvas = Canvas(drawn, pagesize=A4)
    canvas.setTitle(title)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 770 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    if password is None:
        return drawn.getvalue()
    writer = PdfWriter(clone_from=PdfReader(drawn))
    writer.encrypt(password, algorithm="AES-256")
    locked = BytesIO()
    writer.write(locked)
    return locked.getvalue()


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Größe 😀"),
        ("utf-8-sig", "Größe"),
        ("utf-16", "Größe"),
        ("latin-1", "El señor Pérez dijo que mañana habrá más café en España."),
        ("cp1252", "Der Präsident sagte, die „Stadt“ sei zurückerobert – endlich."),
        ("cp1252", "The café’s owner said “no” to everybody."),
        ("cp1251", "Президент заявив, що місто звільнено. Росіяни відступають."),
        ("cp1250", "Prezydent powiedział, że żołnierze odzyskali część miasta."),
        ("koi8-r", "Портовый совет одобрил новую паромную линию во вторник."),
    ],
)
def test_decodes(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\x00\x00", b"abc\x01\x02\x03\x04", b"\x1b\x02\x03\xff\xfe" * 9]
)
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(ArticleError, match="not a text file"):
        decode(data)


def test_front_matter() -> None:
    article = extract(
        b"---\ntitle: Bridge approved\nurl: https://courier.example/bridge\nsource: The Courier\n"
        b"author: [Ada Roe, Bo Lee]\ndate: 2023-05-12\nlanguage: en\n---\n\nThe council met.\n",
        ".txt",
    )
    assert article.text == "The council met."
    assert (article.title, article.url) == ("Bridge approved", "https://courier.example/bridge")
    assert (article.source, article.author, article.language) == ("The Courier", "Ada Roe, Bo Lee", "en")
    assert article.published_at == datetime(2023, 5, 12)


def test_a_rule_at_the_top_is_not_front_matter() -> None:
    text = "---\nThe council met.\n---\nIt approved the bridge."
    assert split_front_matter(text) == ({}, text)


def test_a_colon_in_a_title_is_no_harm() -> None:
    assert extract(b"---\ntitle: Bridge: approved\n---\nText.", ".md").title == "Bridge: approved"


def test_broken_front_matter_says_what_to_do() -> None:
    with pytest.raises(ArticleError, match="put a value with a colon in quotes"):
        extract(b"---\ntitle: [Bridge\n---\nText.", ".md")


def test_only_web_addresses_become_links() -> None:
    assert read_fields({"text": "x", "url": "javascript:alert(1)"}).url is None
    assert read_fields({"text": "x", "url": "https://courier.example/a"}).url == "https://courier.example/a"


@pytest.mark.parametrize("record", [{}, {"text": ""}, {"text": "  \n"}, {"text": 5}, {"text": []}])
def test_a_record_needs_text(record: dict[str, object]) -> None:
    with pytest.raises(ArticleError, match="no text"):
        read_fields(record)


def test_markdown_becomes_plain_paragraphs() -> None:
    article = extract(
        b"# Bridge *approved*\n\nThe **council** met, see [the minutes](https://courier.example/m) `now`.\n\n"
        b"## What it costs:\n\nEleven &amp; a half million.\n\n- Two lanes\n- One cycle path\n\n"
        b"1. First\n2. Second\n\n"
        b"> We are pleased.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<div>Left <b>over</b></div>\n",
        ".md",
    )
    assert article.text.split("\n\n") == [
        "Bridge approved",
        "The council met, see the minutes now.",
        "What it costs:",
        "Eleven & a half million.",
        "- Two lanes",
        "- One cycle path",
        "1. First",
        "2. Second",
        "We are pleased.",
        "a | b",
        "1 | 2",
        "Left over",
    ]
    assert article.title == "Bridge approved"
    cleaned = clean(article, "a")
    assert [section.heading for section in cleaned.sections] == [None, "What it costs:"]


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_html(charset: str) -> None:
    article = extract(PAGE.format(charset=charset).encode(charset), ".html")
    assert article.text.split("\n\n") == [
        "Bridge approved",
        "The council approved the new bridge on Friday, at a café, f***ing late, after a debate.",
        "What it costs: a guess",
        "The bridge costs eleven million, the treasurer said.\nNobody had asked before.",
        "- Two lanes",
        "- One cycle path",
        "We are pleased with this result.",
    ]
    assert article.headings == ("Bridge approved", "What it costs: a guess")
    assert (article.title, article.source, article.author) == ("Bridge approved", "The Courier", "Ada Roe")
    assert (article.url, article.language) == ("https://courier.example/bridge", "nl-NL")
    assert article.published_at == datetime(2023, 5, 12, 10, 30, tzinfo=timezone(timedelta(hours=2)))


@pytest.mark.parametrize("page", [b"<html></html>", b"<html><body><script>let a = 1</script></body></html>", b" "])
def test_a_page_without_an_article(page: bytes) -> None:
    with pytest.raises(ArticleError, match=r"nothing in this page|almost no text"):
        read_html(page)


@pytest.mark.parametrize(
    ("heads", "day"),
    [
        (("The Courier · Friday, 12 May 2023", "The Courier · Friday, 12 May 2023"), "2023-05-12"),
        (("12. Mai 2023 Lokales", "12. Mai 2023 Lokales"), "2023-05-12"),
        (("12/05/2023, 17:03 The bridge", "12/05/2023, 17:03 The bridge"), None),
        (("13 May 2023, 5:03 PM The bridge", "13 May 2023, 5:03 PM The bridge"), None),
        (("The Courier, 12 May 2023", "The Courier, 13 May 2023"), None),
        (("The Courier", "The Courier"), None),
        (("Approved For Release 2003/05/12 : B-79", "Approved For Release 2003/05/12 : B-79"), None),
        (("Downloaded from the library on 12 May 2023",) * 2, None),
    ],
)
def test_the_day_in_the_running_heads_of_a_paper(heads: tuple[str, str], day: str | None) -> None:
    told = [
        "The council approved a new bridge over the river,",
        "the mayor said after the meeting.",
        "Work begins soon.",
    ]
    more = [
        "It will take two years and cost twelve million,",
        "of which the state pays half.",
        "Others were against it.",
    ]
    ((_, found),) = read(pdf([heads[0], *told], [heads[1], *more]), "a.pdf")
    assert isinstance(found, Extracted)
    assert (found.published_at.date().isoformat() if found.published_at else None) == day


def test_pdf_lines_become_paragraphs_without_page_furniture() -> None:
    head = "The Courier, 12 May 2023"
    data = pdf(
        [
            head,
            "The council approved the new bridge over the river on Friday after a long de-",
            "bate about its cost. The well-known treasurer had warned that it would be",
            "dear.",
            "Residents of the old town had asked for the bridge for years and years, and were",
            "pleased. A second vote",
            "1",
        ],
        [
            head,
            "follows in June, the mayor said, when the plans have been drawn by the engineers",
            "of the town.",
            "2",
        ],
        [head, "Work begins next year.", "3"],
        title="Bridge approved",
    )
    article = extract(data, ".pdf")
    assert article.title == "Bridge approved"
    text = clean(article, "a").text
    assert "long debate about its cost" in text
    assert "well-known treasurer" in text
    assert "Work begins next year." in text
    assert head not in text
    assert "\n\nResidents of the old town" in text


def test_a_file_name_is_no_title() -> None:
    data = pdf(["The council approved the new bridge on Friday."], title="Microsoft Word - bridge.docx")
    assert extract(data, ".pdf").title == ""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (lambda: pdf(["The council met."], password="secret"), "protected by a password"),
        (lambda: pdf([]), "OCR"),
        (lambda: pdf(["The council met."])[:300], "damaged"),
        (lambda: b"%PDF-1.7 nothing else", "damaged"),
    ],
)
def test_pdfs_that_cannot_be_read(data: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(ArticleError, match=reason):
        extract(data(), ".pdf")


def test_a_pdf_locked_against_printing_only_can_be_read() -> None:
    assert "The council met." in extract(pdf(["The council met."], password=""), ".pdf").text


@pytest.mark.parametrize("fields", ["date: 2024-02-30", "date: 0000-00-00", "title: [" + "[" * 2000])
def test_front_matter_that_breaks_its_reader_concerns_its_own_file(tmp_path: Path, fields: str) -> None:
    for name, head in (("bad.md", fields), ("good.md", "date: 2024-02-29")):
        (tmp_path / name).write_text(f"---\n{head}\n---\nThe council met on the pier and talked about boats.\n")
    found = list(FileSource.at(str(tmp_path), Parser()).items())
    good = found[-1]
    assert isinstance(good, Item)
    assert good.load().published_at == datetime(2024, 2, 29)
    if fields.startswith("date"):
        assert isinstance(found[0], Item)
        assert found[0].load().published_at is None
