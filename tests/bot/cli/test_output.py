import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.console import Console
from rich.text import Text

from bot.answer.answer import Answer, Citation, Sentence
from bot.answer.question.question import Kind
from bot.cli.output.answers import CLOSEST, show_answer
from bot.cli.output.citations import show_footing
from bot.cli.output.documents import answer_document
from bot.cli.output.text import open_console, print_beside

WORDS = ("The ferry was repaired in May.", "It sails again from Monday.")


def answer(question: str, engine: str = "extractive") -> Answer:
    """Two sentences of one English article."""
    citations = tuple(
        Citation(n, f"p{n}", "ferry", "Ferry repaired", text, 0, len(text), True, language="en")
        for n, text in enumerate(WORDS, 1)
    )
    sentences = tuple(Sentence(text, (n,)) for n, text in enumerate(WORDS, 1))
    return Answer(question, sentences=sentences, citations=citations, engine=engine, finished=True)


def test_an_article_that_is_cited_again_is_named_once(capsys: pytest.CaptureFixture[str]) -> None:
    show_answer(answer("When was the ferry repaired?"))
    lines = capsys.readouterr().out.splitlines()
    assert "[1] [2] Ferry repaired" in lines
    assert len([line for line in lines if "Ferry repaired" in line]) == 1


@pytest.mark.parametrize(
    ("question", "engine", "told"),
    [
        ("Wanneer is de veerboot gerepareerd?", "extractive", True),
        ("Wanneer is de veerboot gerepareerd?", "a chat model", False),
        ("When was the ferry repaired?", "extractive", False),
    ],
)
def test_quotes_in_another_language_are_told_as_such(
    question: str, engine: str, told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    quoting = answer(question, "extractive")
    written = replace(quoting.sentences[0], text="De veerboot is in mei gerepareerd.")
    show_answer(replace(quoting, engine=engine, sentences=(*quoting.sentences[1:], written)))
    assert ("language of the articles" in capsys.readouterr().out) is told
    show_answer(replace(quoting, engine=engine))  # whoever chose them
    assert ("language of the articles" in capsys.readouterr().out) is question.startswith("Wanneer")


def test_what_is_quoted_is_called_the_closest_words(capsys: pytest.CaptureFixture[str]) -> None:
    told = answer("How long is the ferry?")
    show_answer(told)
    assert capsys.readouterr().out.splitlines()[0].rstrip() == CLOSEST
    for other in (replace(told, engine="small-1"), replace(told, kind=Kind.SUMMARY)):
        show_answer(other)
        assert CLOSEST not in capsys.readouterr().out


def cited(console: Console) -> None:
    link = "https://harbour.example/a#:~:text=The%20ferry"
    citation = Citation(1, "p1", "ferry", "Ferry repaired", WORDS[0], 0, 5, True, link=link)
    show_footing(console, [Sentence(WORDS[0], (1,))], [citation])


def test_a_source_is_a_link_where_the_terminal_opens_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("TERM_PROGRAM", raising=False)
    terminal = Console(file=io.StringIO(), force_terminal=True, color_system="256", width=80)
    cited(terminal)
    told = terminal.file.getvalue()  # type: ignore[attr-defined]  # it is a StringIO
    assert re.search(r"\x1b\]8;[^;]*;https://harbour\.example/a#:~:text=The%20ferry\x1b\\", told)
    assert "\n    https://" not in told
    monkeypatch.setenv("TERM_PROGRAM", "Apple_Terminal")
    plain = Console(file=io.StringIO(), force_terminal=True, color_system="256", width=80)
    cited(plain)
    told = plain.file.getvalue()  # type: ignore[attr-defined]
    assert "\x1b]8;" not in told
    assert "https://harbour.example/a#:~:text=The%20ferry" in told


def test_what_a_program_reads_is_neither_wrapped_nor_coloured(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    console = open_console()
    print_beside(console, Text("✗ ", "red"), Text("word " * 100, "bold"))
    console.print("word " * 100)
    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()] == [
        f"✗ {'word ' * 100}".rstrip(),
        ("word " * 100).rstrip(),
    ]


def test_a_change_on_another_day_is_told_beside_the_day_of_publication(
    capsys: pytest.CaptureFixture[str],
) -> None:
    published, modified = datetime(2026, 5, 4, tzinfo=UTC), datetime(2026, 5, 7, tzinfo=UTC)
    told = answer("When was the ferry repaired?")
    dated = [replace(one, published_at=published, modified_at=modified) for one in told.citations]
    show_answer(replace(told, citations=tuple(dated)))
    assert "Ferry repaired (2026-05-04, updated 2026-05-07)" in capsys.readouterr().out
    assert answer_document(replace(told, citations=tuple(dated)))["citations"][0]["modified_at"] == modified
