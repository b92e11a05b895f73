"""What stands on single pages of PDFs beside the text: mastheads, advertisements in frames, the printer's line."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.index.reading.test_formats import only

STORY = [
    "The council of Halm decided on Monday that the bridge",
    "over the bay will be built from 2027 on, said the mayor.",
    "It costs 40 million and takes three years to be built.",
    "Ships of less than nine metres go below it at low tide.",
    "The ferry goes on until then, with a third boat at noon.",
    "Her council had asked for it in 1998 for the first time.",
    "The island has 4,100 people, most of whom were in favour.",
]
WIDTH, HEIGHT = A4


def drawn(beside: Callable[[Canvas], None], title: str = "Halm gets its bridge") -> str:
    """The text of a page with a story, and what ``beside`` draws on it."""
    written = BytesIO()
    canvas = Canvas(written, pagesize=A4)
    canvas.setFont("Times-Bold", 22)
    canvas.drawString(60, 740, title)
    canvas.setFont("Times-Roman", 11)
    for number, line in enumerate(STORY):
        canvas.drawString(60, 700 - 14 * number, line)
    beside(canvas)
    canvas.save()
    return only(written.getvalue(), "a.pdf").text


def put(canvas: Canvas, y: float, *words: str, size: float = 8, x: float = 60) -> None:
    canvas.setFont("Helvetica", size)
    for number, one in enumerate(words):
        canvas.drawString(x + 200 * number, y, one)


def framed(canvas: Canvas, *lines: str, top: float = 420) -> None:
    canvas.rect(60, top - 16 * len(lines) - 14, 400, 16 * len(lines) + 20)
    for number, line in enumerate(lines):
        put(canvas, top - 14 - 16 * number, line, size=12, x=80)


@pytest.mark.parametrize(
    ("beside", "words"),
    [
        (lambda canvas: put(canvas, 800, "THE HALM ADVERTISER", "NEWS 5"), "ADVERTISER"),
        (lambda canvas: put(canvas, 800, "Halmer Bote Nachrichten Sport Kultur Abo ab neun Euro"), "Nachrichten"),
        (lambda canvas: put(canvas, 40, "Printed by Halm Web Offset Ltd"), "Offset"),
        (
            lambda canvas: framed(canvas, "Carpets fitted free", "Harker & Sons, Mill Street. Tel. 555 0142"),
            "Carpets",
        ),
        (lambda canvas: framed(canvas, "REKLAMA", "Okna na wymiar z montażem w tydzień. Zadzwoń dziś."), "Okna"),
        (lambda canvas: framed(canvas, "ANZEIGE", "Teppiche zum halben Preis."), "Teppiche"),
    ],
)
def test_what_stands_beside_a_text_is_left_out(beside: Callable[[Canvas], None], words: str) -> None:
    text = drawn(beside)
    assert words not in text
    assert text.startswith("Halm gets its bridge")
    assert "most of whom were in favour." in text


@pytest.mark.parametrize(
    ("beside", "words"),
    [
        (
            lambda canvas: put(canvas, 800, "The ferry to Halm is to stop, says a paper of the council."),
            "is to stop",
        ),
        (lambda canvas: put(canvas, 780, "After forty years of waiting", size=16), "forty years"),
        (lambda canvas: put(canvas, 40, "* The council published the costs in May."), "in May"),
        (lambda canvas: put(canvas, 588, "Said in Halm", size=8), "Said in Halm"),
        (
            lambda canvas: framed(
                canvas, "What it costs", "The bridge costs 40 million, a third of it for piers."
            ),
            "piers",
        ),
        (lambda canvas: framed(canvas, "Opening", "2030", top=800), "Opening"),
    ],
)
def test_what_the_text_tells_stays(beside: Callable[[Canvas], None], words: str) -> None:
    assert words in drawn(beside)


def test_frames_beside_each_other_are_a_table() -> None:
    def table(canvas: Canvas) -> None:
        for row, cells in enumerate((("Stage", "Term"), ("Piers", "2028"), ("Road", "2029"))):
            for column, cell in enumerate(cells):
                canvas.rect(60 + 150 * column, 400 - 20 * row, 150, 20)
                put(canvas, 406 - 20 * row, cell, size=11, x=66 + 150 * column)

    text = drawn(table)
    assert all(word in text for word in ("Stage", "Piers", "2029"))


def test_a_headline_of_two_lines_is_one() -> None:
    text = drawn(
        lambda canvas: (canvas.setFont("Times-Bold", 22), canvas.drawString(60, 764, "After forty years"))[0]
    )
    assert text.startswith("After forty years Halm gets its bridge\n\n")
