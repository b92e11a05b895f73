"""What the model takes for asides goes, and everything else stands where it stood."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import SHARED, Article, Section
from index.library import Library
from index.sync.edges import has_site, may_be_aside, without_asides
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


def saved_page(folder: Path) -> Path:
    file = folder / "ferry.html"
    body = "".join(f"<p>{paragraph}</p>" for paragraph in (FERRY, ICE, *TOLD, FOLLOW))
    file.write_text(f"<html><body><article><h1>Ferry cancelled</h1>{body}</article></body></html>", "utf-8")
    return file


def test_asides_above_and_below_go() -> None:
    left = without_asides(article(SIGN_UP, FERRY, *TOLD, ICE, FOLLOW, SIGN_UP), Told(SIGN_UP, FOLLOW))
    assert left == replace(article(FERRY, *TOLD, ICE), credits=(SIGN_UP, FOLLOW, SIGN_UP))


@given(st.lists(st.sampled_from([FERRY, ICE, SIGN_UP, FOLLOW, "The quay", "The ice"]), min_size=1, max_size=9))
def test_sections_hold_what_they_held(paragraphs: list[str]) -> None:
    headings = ["The quay", "The ice"]
    before = article(*paragraphs, headings=headings)
    model = Told(SIGN_UP, FOLLOW)
    left = without_asides(before, model)

    def bodies(one: Article) -> list[tuple[str | None, list[str]]]:
        return [(part.heading, one.text[part.start : part.end].split("\n\n")) for part in one.sections]

    if left != before:
        kept = [one for one in paragraphs if one not in model.told and one not in headings]
        now = left.text.split("\n\n")
        assert [one for one in now if one not in model.told and one not in headings] == kept
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
    caplog.set_level(logging.DEBUG, "index.sync.edges")
    file = saved_page(tmp_path)
    with Library(home, "words", Told(FOLLOW), max_bytes=MAX_BYTES) as library:
        library.sync([str(file)], SHARED)
        (ref,) = library.articles([SHARED])
        stored = library.article([SHARED], ref.id)
        assert stored is not None
        assert ICE in stored.text
        assert FOLLOW not in stored.text
        assert stored.credits == (FOLLOW,)
        assert all(FOLLOW not in passage.text for passage in library.passages([SHARED], ref.id))
        assert library.sync([str(file)], SHARED).unchanged == 1
    assert f"Not part of ferry.html: {FOLLOW}" in caplog.messages


def test_a_model_that_tells_none_leaves_everything(library: Library, tmp_path: Path) -> None:
    file = saved_page(tmp_path)
    library.sync([str(file)], SHARED)
    (ref,) = library.articles([SHARED])
    stored = library.article([SHARED], ref.id)
    assert stored is not None
    assert FOLLOW in stored.text


@pytest.mark.parametrize(
    "line",
    [
        "Helpline: 116 123",
        "Call the helpline free of charge on 0800 111 0 111, day and night",
        "Telefon zaufania: 116 111",
        "Anmeldung unter info@verein.example bis Freitag um zwölf",
        "The whole programme is on www.museum.example from today",
        "Karten gibt es auf theater.example",
        "Wer Hilfe braucht, chattet auf hilfe.example.",
        "Our rating: Mostly false",
        "Wertung: 4 von 5 Sternen",
        "★★★★☆",
        "4/5 stars",
        "Source: Eurostat",
        "Source : Insee",
        "来源：国家统计局",
    ],
)
def test_numbers_addresses_ratings_sources_and_verdicts_are_an_articles_own(line: str) -> None:
    model = Told(line)
    text = article(FERRY, *TOLD, ICE, line)
    assert without_asides(text, model) is text


@pytest.mark.parametrize(
    "line", [SIGN_UP, FOLLOW, "© 2019-2023 The Quay", "Follow us:", "Listen, 6 minutes", "Sign up.Now"]
)
def test_other_lines_may_be_asides(line: str) -> None:
    assert may_be_aside(line)


def test_what_leads_to_text_that_stays_is_an_articles_own() -> None:
    opens = "Read the full statement that the harbour office sent:"
    text = article(*TOLD, ICE, opens, FERRY)
    assert without_asides(text, Told(opens)) is text
    left = without_asides(article(*TOLD, ICE, "Follow us:", FOLLOW), Told("Follow us:", FOLLOW))
    assert left.text == article(*TOLD, ICE).text


def test_headings_that_are_left_with_nothing_below_go() -> None:
    headings = ["More", "Follow us", "The quay"]
    left = without_asides(
        article("Follow us", FOLLOW, "The quay", *TOLD, ICE, "More", "Follow us", SIGN_UP, headings=headings),
        Told(SIGN_UP, FOLLOW),
    )
    assert left.text == article("The quay", *TOLD, ICE).text
    assert [left.text[part.start : part.end] for part in left.sections] == [article(*TOLD, ICE).text]


def test_headings_that_had_nothing_below_before_stay() -> None:
    text = article(
        SIGN_UP, *TOLD, ICE, "More", "The quay", FERRY, "The ice", headings=["More", "The quay", "The ice"]
    )
    left = without_asides(text, Told(SIGN_UP))
    assert left.text == "\n\n".join((*TOLD, ICE, "More", "The quay", FERRY, "The ice"))


class Counted(tuple[Section, ...]):
    """Sections that count how often one is looked at."""

    looks = 0

    def __iter__(self) -> Iterator[Section]:
        for section in super().__iter__():
            Counted.looks += 1
            yield section


def test_sections_are_walked_along_once() -> None:
    parts = [part for number in range(400) for part in (f"Part {number}", FERRY)]
    text = article(*parts, headings=[*parts[::2]])
    without_asides(replace(text, sections=Counted(text.sections)), Told())
    assert 400 <= Counted.looks <= 4 * 400


def test_a_site_speaks_in_pages_mails_and_what_has_an_address() -> None:
    typed, fetched = article(FERRY), replace(article(FERRY), url="https://quay.example/ferry")
    assert has_site(fetched, "https://quay.example/ferry")
    assert has_site(fetched, "/news/export.json:3")
    assert all(has_site(typed, f"/news/a{suffix}") for suffix in (".html", ".mhtml", ".eml", ".mbox:2"))
    assert not any(has_site(typed, f"/news/a{suffix}") for suffix in (".txt", ".md", ".json:3", ".csv:1"))
    assert not any(has_site(fetched, f"/news/a{suffix}") for suffix in (".txt", ".md:2"))


def test_typed_texts_and_records_without_an_address_are_left_as_they_are(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("\n\n".join(["# Ferry", FERRY, *TOLD, ICE, FOLLOW]), "utf-8")
    record = {"title": "Ferry", "text": "\n\n".join([FERRY, *TOLD, ICE, SIGN_UP])}
    (tmp_path / "b.json").write_text(json.dumps([record]), "utf-8")
    model = Told(FOLLOW, SIGN_UP)
    with Library(home, "words", model, max_bytes=MAX_BYTES) as library:
        library.sync([str(tmp_path)], SHARED)
        texts = [one.text for ref in library.articles([SHARED]) if (one := library.article([SHARED], ref.id))]
    assert any(FOLLOW in text for text in texts)
    assert any(SIGN_UP in text for text in texts)
    assert not model.asked


class Behind(Told):
    """A model on this machine that counts its copies for bulk work."""

    copies = 0

    def background(self) -> Behind:
        self.copies += 1
        return self


def test_a_library_shares_one_model_for_bulk_work(home: Path) -> None:
    model = Behind()
    with Library(home, "words", model, max_bytes=MAX_BYTES):
        assert model.copies == 1
