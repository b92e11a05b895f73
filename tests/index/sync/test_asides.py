"""What the model takes for asides goes, and everything else stands where it stood."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import SHARED, Article, Section
from index.library import Library
from index.sync.asides import without_asides
from tests.conftest import MAX_BYTES
from tests.fakes.embeddings import WordEmbeddings

FERRY = "The ferry to Holm was cancelled on 12 of 30 days in March, the harbour office reported on Monday."
ICE = "Ice had damaged the quay of Brack in February, and nobody had the parts to mend it."
TOLD = [f"{number} boats were tied up at the quay of Holm." for number in range(5)]
SIGN_UP, FOLLOW = "Sign up for The Quay.", "You also find us on Pixelpost."


class Told(WordEmbeddings):
    """A model that tells the asides named to it, and remembers what it was asked."""

    def __init__(self, *told: str) -> None:
        super().__init__()
        self.told = set(told)
        self.asked: list[str] = []

    def asides(self, paragraphs: Sequence[str]) -> list[bool]:
        self.asked += paragraphs
        return [paragraph in self.told for paragraph in paragraphs]


def article(*paragraphs: str, headings: Sequence[str] = ()) -> Article:
    """An article of ``paragraphs``, parted at the ``headings`` among them."""
    sections: list[Section] = []
    heading, start, position = None, None, 0
    for paragraph in paragraphs:
        if paragraph in headings:
            if start is not None:
                sections.append(Section(heading, start, position - 2))
            heading, start = paragraph, None
        elif start is None:
            start = position
        position += len(paragraph) + 2
    if start is not None:
        sections.append(Section(heading, start, position - 2))
    return Article("a", "Ferry", "\n\n".join(paragraphs), sections=tuple(sections))


def test_asides_above_and_below_go() -> None:
    left = without_asides(article(SIGN_UP, FERRY, *TOLD, ICE, FOLLOW, SIGN_UP), Told(SIGN_UP, FOLLOW))
    assert left == article(FERRY, *TOLD, ICE)


@given(st.lists(st.sampled_from([FERRY, ICE, SIGN_UP, FOLLOW, "The quay", "The ice"]), min_size=1, max_size=9))
def test_sections_hold_what_they_held(paragraphs: list[str]) -> None:
    headings = ["The quay", "The ice"]
    before = article(*paragraphs, headings=headings)
    model = Told(SIGN_UP, FOLLOW)
    left = without_asides(before, model)

    def bodies(one: Article) -> list[tuple[str | None, list[str]]]:
        return [(part.heading, one.text[part.start : part.end].split("\n\n")) for part in one.sections]

    if left != before:
        kept = [one for one in paragraphs if one not in model.told]
        assert [one for one in left.text.split("\n\n") if one not in model.told] == kept
        own = [(heading, [one for one in body if one not in model.told]) for heading, body in bodies(before)]
        told = [(heading, [one for one in body if one not in model.told]) for heading, body in bodies(left)]
        assert [one for one in told if one[1]] == [one for one in own if one[1]]


def test_only_short_paragraphs_at_the_edges_are_asked_for() -> None:
    model = Told()
    long = "word " * 100
    text = article("The quay", "- mail us", FERRY, *TOLD, "1. Sign up", long, SIGN_UP, ICE, headings=["The quay"])
    assert without_asides(text, model) is text
    assert model.asked == [SIGN_UP, ICE]


def test_an_article_of_nothing_but_asides_stays_whole() -> None:
    text = article(SIGN_UP, FOLLOW)
    assert without_asides(text, Told(SIGN_UP, FOLLOW)) is text


def test_what_a_library_leaves_out_is_neither_stored_nor_lost_in_silence(
    home: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "index.sync.asides")
    file = tmp_path / "ferry.txt"
    file.write_text(f"Ferry cancelled\n\n{FERRY}\n\n{ICE}\n\n{FOLLOW}\n", "utf-8")
    with Library(home, "words", Told(FOLLOW), max_bytes=MAX_BYTES) as library:
        library.sync([str(file)], SHARED)
        (ref,) = library.articles([SHARED])
        stored = library.article([SHARED], ref.id)
        assert stored is not None
        assert ICE in stored.text
        assert FOLLOW not in stored.text
        assert all(FOLLOW not in passage.text for passage in library.passages([SHARED], ref.id))
        assert library.sync([str(file)], SHARED).unchanged == 1
    assert f"Not part of ferry.txt: {FOLLOW}" in caplog.messages


def test_a_model_that_tells_none_leaves_everything(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "ferry.txt"
    file.write_text(f"Ferry cancelled\n\n{FERRY}\n\n{ICE}\n\n{FOLLOW}\n", "utf-8")
    library.sync([str(file)], SHARED)
    (ref,) = library.articles([SHARED])
    stored = library.article([SHARED], ref.id)
    assert stored is not None
    assert FOLLOW in stored.text
