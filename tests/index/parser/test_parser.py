"""HTML and PDF read in a child process: the same as without, within limits, whatever they are made to do."""

from __future__ import annotations

import os
import signal
import threading
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.article import SHARED, Article
from index.errors import ArticleError, ParserError
from index.library import Library
from index.parser import Parser, ParserLimits
from index.reading.cleaning.clean import clean
from index.reading.extracted import Extracted
from index.reading.read import read
from tests.index.news import write
from tests.index.reading.test_extract import PAGE, pdf
from tests.index.sources.test_web import PARAGRAPHS, PARSER, html

SMALL = ParserLimits(seconds=6, memory=400_000_000, text=100_000)
PATIENT = replace(SMALL, seconds=300)
"""For what ends by itself, however slow the machine."""


@pytest.fixture
def small() -> Iterator[Parser]:
    """A parser with little memory and room."""
    parser = Parser(PATIENT)
    yield parser
    parser.close()


def one_page(content: bytes, *, pages: int = 1) -> bytes:
    """A PDF of pages that share one compressed stream of drawing commands."""
    packed = zlib.compress(content)
    kids = " ".join(f"{number + 5} 0 R" for number in range(pages))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {pages}/Kids[{kids}]>>".encode(),
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *[page] * pages,
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size,
        table,
        size,
        len(body),
    )


ENDLESS = one_page(b"0 0 m 9 9 l S " * 100_000, pages=1000)
"""Takes a long time on any machine, and no more memory from page to page."""


def child(parser: Parser) -> int:
    assert parser._child
    return parser._child._process.pid


def extract(parser: Parser, data: bytes, suffix: str) -> Article:
    """The one article in a file."""
    (reading,) = parser.file(data, f"article{suffix}")
    if reading.load is None:
        raise ArticleError(reading.reason)
    return reading.load()


def test_reads_the_same_as_without_a_child() -> None:
    for data, suffix in (
        (PAGE.format(charset="utf-8").encode(), ".html"),
        (pdf(["The council met.", "It approved."]), ".pdf"),
    ):
        ((_, found),) = read(data, f"article{suffix}")
        assert isinstance(found, Extracted)
        assert extract(PARSER, data, suffix) == clean(found, found.url or f"article{suffix}")
    russian = html(*["Мост открыт, сказал мэр города в пятницу."] * 4).encode("cp1251")
    assert "Мост открыт" in extract(PARSER, russian, ".html").text


def test_what_is_wrong_with_an_article_is_told() -> None:
    with pytest.raises(ArticleError, match="This PDF is damaged"):
        extract(PARSER, b"%PDF-1.7", ".pdf")
    with pytest.raises(ArticleError, match="almost no text"):
        extract(PARSER, b"<html></html>", ".html")


def test_no_child_is_started_for_nothing(small: Parser, tmp_path: Path) -> None:
    assert small._child is None
    with pytest.raises(FileNotFoundError):
        small.file(tmp_path / "missing.txt", "missing.txt")
    assert small._child is None


def test_one_child_reads_many(small: Parser) -> None:
    page = html(*PARAGRAPHS).encode()
    extract(small, page, ".html")
    first = child(small)
    threads = [threading.Thread(target=extract, args=(small, page, ".html")) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (child(small), small._child and small._child.asked) == (first, 6)


def test_a_pdf_bomb_is_given_up_for_its_memory() -> None:
    bomb = one_page(b"BT/F 12 Tf" + b"(aaaaaaaaaaaaaaaaaaaa)Tj " * 2_500_000 + b"ET")
    assert len(bomb) < 500_000
    parser = Parser(ParserLimits(seconds=300, memory=400_000_000))
    with pytest.raises(ArticleError, match="more than 400 MB of memory"):
        extract(parser, bomb, ".pdf")
    assert "met" in extract(parser, pdf(["The council met."]), ".pdf").text
    parser.close()


def test_a_pdf_that_never_ends_is_given_up_for_its_time(small: Parser) -> None:
    small._limits = SMALL
    with pytest.raises(ArticleError, match="more than 6 seconds and was given up"):
        extract(small, ENDLESS, ".pdf")
    small._limits = PATIENT
    assert "met" in extract(small, pdf(["The council met."]), ".pdf").text


def test_a_pdf_with_more_text_than_an_article_is_refused() -> None:
    """Its lines are all on one page: what stands on several at the same height would be no text."""
    parser = Parser(ParserLimits(text=10_000))
    book = one_page(b"BT/F 1 Tf 1 TL 10 780 Td" + (b"(" + b"aaaaaaaaaa " * 16 + b")Tj T* ") * 70 + b"ET")
    with pytest.raises(ArticleError, match="more text than an article can have"):
        extract(parser, book, ".pdf")
    assert "met" in extract(parser, pdf(["The council met."]), ".pdf").text
    parser.close()


def test_html_nested_too_deeply_is_a_failure(small: Parser) -> None:
    with pytest.raises(ArticleError, match="nests its parts too deeply"):
        extract(small, b"<div>" * 300_000 + html(*PARAGRAPHS).encode(), ".html")
    assert PARAGRAPHS[0] in extract(small, html(*PARAGRAPHS).encode(), ".html").text


def test_a_child_that_is_killed_is_replaced(small: Parser) -> None:
    page = html(*PARAGRAPHS).encode()
    extract(small, page, ".html")
    os.kill(child(small), signal.SIGKILL)
    with pytest.raises(ArticleError, match="broke the process"):
        extract(small, page, ".html")
    assert extract(small, page, ".html").text


@pytest.mark.parametrize("program", ["/bin/false", "/no/such/program"])
def test_a_child_that_does_not_start_ends_the_run(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    """Each of a thousand files would try again, and fail for a reason that is not its own."""
    folder = write(tmp_path / "in", one=PARAGRAPHS[0], two=PARAGRAPHS[1])
    library._opener._parser = Parser(PATIENT)
    with monkeypatch.context() as broken:
        broken.setattr("sys.executable", program)
        with pytest.raises(ParserError, match=r"doesn't start .*Make room in memory"):
            library.sync([str(folder)], SHARED)
    assert "doesn't start" in str(library.history([SHARED])[0].failures[0].reason)
    assert library.sync([str(folder)], SHARED).added == 2


def test_the_child_ends_with_its_parser(small: Parser) -> None:
    extract(small, html(*PARAGRAPHS).encode(), ".html")
    process = child(small)
    small.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_child_that_rests_reads_on(small: Parser) -> None:
    page = html(*PARAGRAPHS).encode()
    extract(small, page, ".html")
    first = child(small)
    small.rest()
    extract(small, page, ".html")
    assert child(small) == first
    assert small._resting is None


def test_a_child_that_rests_long_ends(small: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.parser.parser._REST_SECONDS", 0.01)
    small.rest()
    assert small._resting is None
    extract(small, html(*PARAGRAPHS).encode(), ".html")
    process = child(small)
    small.rest()
    ended = small._resting
    assert ended
    ended.join()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    assert small._child is None


def test_the_child_knows_no_secrets(small: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_CHAT_API_KEY", "sk-secret")
    extract(small, html(*PARAGRAPHS).encode(), ".html")
    environment = Path(f"/proc/{child(small)}/environ")
    if not environment.exists():
        pytest.skip("this system doesn't show the environment of a process")
    assert b"sk-secret" not in environment.read_bytes()


def test_one_bad_file_is_a_failure_and_the_others_are_indexed(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "bad.pdf").write_bytes(ENDLESS)
    (folder / "good.pdf").write_bytes(pdf(["The council met on Monday in the town hall."]))
    (folder / "good.html").write_text(html(*PARAGRAPHS))
    library._opener._parser = Parser(SMALL)
    report = library.sync([str(folder)], SHARED)
    library._opener._parser.close()
    assert report.added == 2
    [failure] = report.failures
    assert failure.location == str(folder / "bad.pdf")
    assert "given up" in str(failure.reason)
