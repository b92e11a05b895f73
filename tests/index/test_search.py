from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from index.article import SHARED, ArticleRef, Passage, searchable
from index.embedding.e5 import E5Embeddings
from index.library import Library
from index.search import Filters, Hit, collapse
from tests.conftest import MAX_BYTES
from tests.index.news import BRIDGE, FERRY, SCHOOL, dated, found_ids, long_text, write

SIEGE = "Heavy fighting went on in the streets of Bachmoet, the commander said on Tuesday."
PRICES = "Potatoes cost twice as much as a year ago, the farmers' union told reporters."


@pytest.fixture
def news(library: Library, tmp_path: Path) -> Library:
    """Five articles; "prices" has no date."""
    folder = tmp_path / "news"
    dated(folder, "bridge", BRIDGE, title="Bridge", date="2023-05-12", source="Courier")
    dated(folder, "ferry", FERRY, title="Ferry", date="2024-01-01", source="Post")
    dated(folder, "school", SCHOOL, title="School", date="2024-06-30", source="Courier")
    dated(folder, "siege", SIEGE, title="Siege", date="2023-05-13", source="Post")
    dated(folder, "prices", PRICES, title="Prices", source="Courier")
    library.sync([str(folder)], SHARED)
    return library


def test_hits_tell_why_they_were_found(news: Library) -> None:
    hits = news.search("Who reopened the harbour bridge?", [SHARED])
    best = hits[0]
    assert best.article == ArticleRef(
        "bridge.md", "Bridge", source="Courier", published_at=best.article.published_at, language="en"
    )
    assert best.passage.text == BRIDGE
    assert best.support == pytest.approx(best.dense + 0.1 * best.lexical)  # it is the whole article
    assert best.score == pytest.approx(1.2 * best.support)
    assert best.coverage == pytest.approx(1)
    assert best.lexical > 0
    assert hits == sorted(hits, key=lambda hit: -hit.score)
    assert all(hit.coverage < 1 for hit in hits[1:])


def test_the_title_counts_as_words_of_the_passage(library: Library, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", zeppelin="It landed safely in the evening.", ferry=FERRY)
    library.sync([str(folder)], SHARED)
    best = library.search("zeppelin", [SHARED])[0]
    assert best.article.id == "zeppelin.txt"
    assert best.coverage == pytest.approx(1)


@pytest.mark.parametrize("name", ["Bakhmut", "Bachmut", "Bachmoet", "Бахмут", "BAKHMUT"])
def test_a_town_is_found_in_any_spelling(news: Library, name: str) -> None:
    hits = news.search(f"Fighting in {name}?", [SHARED])
    best = max(hits, key=lambda hit: hit.lexical)
    assert best.article.id == "siege.md"
    assert best.coverage == pytest.approx(1)
    assert all(hit.coverage == 0 for hit in hits if hit != best)


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(), {"bridge", "ferry", "school", "siege", "prices"}),
        (Filters(since=date(2023, 5, 13)), {"siege", "ferry", "school"}),
        (Filters(until=date(2023, 5, 12)), {"bridge"}),
        (Filters(since=date(2024, 1, 1), until=date(2024, 6, 30)), {"ferry", "school"}),
        (Filters(source="Courier"), {"bridge", "school", "prices"}),
        (Filters(until=date(2100, 1, 1), source="Courier"), {"bridge", "school"}),
        (Filters(since=date(2025, 1, 1)), set()),
        (Filters(source="Gazette"), set()),
        (Filters(without=frozenset({"bridge.md", "ferry.md"})), {"school", "siege", "prices"}),
    ],
)
def test_filters(news: Library, filters: Filters, ids: set[str]) -> None:
    hits = news.search("harbour bridge ferry teachers Bakhmut potatoes", [SHARED], filters=filters)
    assert {hit.article.id.removesuffix(".md") for hit in hits} == ids


def test_as_many_as_asked_for_and_no_more(library: Library, tmp_path: Path) -> None:
    texts = {f"n{n}": f"{topic} were seen near the bridge." for n, topic in enumerate(_ANIMALS)}
    library.sync([str(write(tmp_path / "a", **texts))], SHARED)
    assert [len(library.search("bridge", [SHARED], k)) for k in (0, 1, 7, 1000)] == [0, 1, 7, len(_ANIMALS)]
    ids = [hit.passage.id for hit in library.search("bridge", [SHARED], 1000)]
    assert len(set(ids)) == len(ids)
    assert library.search("bridge", [SHARED], 7) == library.search("bridge", [SHARED], 1000)[:7]


_ANIMALS = [f"{colour} {animal}" for colour in ("Red", "White") for animal in ("foxes", "owls", "hares", "swans")]


def test_a_repeated_passage_is_one_hit_with_twins(library: Library, tmp_path: Path) -> None:
    copy = BRIDGE.replace("Friday after", "Friday - after")
    folder = write(tmp_path / "a", first=BRIDGE, second=BRIDGE, third=copy, other=FERRY)
    library.sync([str(folder)], SHARED)
    library.sync([str(folder)], "guild:1")
    hits = library.search("harbour bridge reopened", [SHARED, "guild:1"])
    assert len(hits) == 2
    bridge = {hits[0].article.id, *(twin.id for twin in hits[0].twins)}
    assert bridge == {"first.txt", "second.txt", "third.txt"}
    assert len(hits[0].twins) == 2
    assert hits[1].twins == ()


def test_another_passage_of_the_article_that_comes_close_counts(library: Library, tmp_path: Path) -> None:
    other = f"{long_text('windmills')}\n\n{BRIDGE}"
    same = f"{long_text('harbour bridge')}\n\n{BRIDGE}"
    folder = write(tmp_path / "a", alone=other, supported=same, ferry=FERRY)
    library.sync([str(folder)], SHARED)
    hits = {
        hit.article.id: hit
        for hit in library.search("harbour bridge reopened", [SHARED])
        if BRIDGE in hit.passage.text
    }
    assert set(hits) == {"supported.txt"}  # the other's is told as its twin
    assert hits["supported.txt"].support > 0
    assert hits["supported.txt"].twins[0].id == "alone.txt"


def test_a_question_without_words(news: Library) -> None:
    for question in ("", "?!", "the", "\u0000"):
        hits = news.search(question, [SHARED], 3)
        assert len(hits) == 3
        assert all(hit.lexical == hit.coverage == 0 for hit in hits)


def _hit(article: str, text: str) -> Hit:
    return Hit(Passage(f"{article}/{text}", article, text, 0, len(text)), ArticleRef(article, article), 1, 1, 1)


def test_collapsing_keeps_the_first_and_names_the_others() -> None:
    long = "one two three four five six seven eight nine ten"
    hits = [
        _hit("a", long),
        _hit("b", "two three four five six seven"),
        _hit("a", long),
        _hit("c", "one two three"),
    ]
    kept = collapse(hits, 5)
    assert [hit.article.id for hit in kept] == ["a", "c"]
    assert [twin.id for twin in kept[0].twins] == ["b"]
    assert collapse([], 5) == collapse(hits, 0) == []
    late = collapse([*hits, _hit("d", long)], 1)
    assert [twin.id for twin in late[0].twins] == ["b", "d"]


def test_what_is_searchable() -> None:
    passage = Passage("1", "a", "It reopened.", 0, 12, section="Harbour")
    assert searchable("Bridge", passage) == "Bridge\nHarbour\nIt reopened."
    assert searchable("", Passage("1", "a", "It reopened.", 0, 12)) == "It reopened."


# Meaning, with the real model


@pytest.fixture
def real_news(home: Path, tmp_path: Path, e5: E5Embeddings) -> Iterator[Library]:
    folder = write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY, school=SCHOOL, siege=SIEGE, prices=PRICES)
    write(folder, town=long_text("windmills", "gardens"))
    with Library(home, "e5-small", e5, max_bytes=MAX_BYTES) as library:
        library.sync([str(folder)], SHARED)
        yield library


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("Wie heeft de brug in de haven heropend?", "bridge"),
        ("Warum streiken die Lehrer?", "school"),
        ("¿Cuánto cuestan ahora las patatas?", "prices"),
        ("Хто продає кораблі?", "ferry"),
        ("Що сталося в Бахмуті?", "siege"),
        ("How expensive is food now?", "prices"),
    ],
)
def test_a_question_finds_what_is_meant_in_any_language(real_news: Library, question: str, article: str) -> None:
    assert found_ids(real_news, question)[0] == f"{article}.txt"


@pytest.mark.slow
def test_words_are_matched_in_meaning_where_languages_differ(real_news: Library) -> None:
    hits = real_news.search("Wie heeft de brug in de haven heropend?", [SHARED])
    assert hits == sorted(hits, key=lambda hit: -hit.score)
    aligned = [hit.alignment or 0.0 for hit in hits]
    assert max(aligned) == aligned[0] > 0.5
    best = hits[0]
    assert best.score == pytest.approx(1.2 * best.support + aligned[0])
    assert real_news.search("Wie heeft de brug in de haven heropend?", [SHARED], 1) == hits[:1]


@pytest.mark.slow
def test_words_are_not_matched_in_meaning_within_a_language(real_news: Library) -> None:
    hits = real_news.search("Who reopened the harbour bridge after the work?", [SHARED])
    assert {hit.alignment for hit in hits} == {None}
