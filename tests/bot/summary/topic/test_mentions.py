"""Which articles give a topic its points: those that begin with it, and those that tell the story of these."""

import json
from pathlib import Path

import pytest

from bot.summary.topic.material import gather
from bot.summary.topic.mentions import Candidates
from index.article import SHARED
from index.library import Library
from index.search import Filters

ARTICLES = {
    "sinks": (
        "Ferry sinks off Tollhaven",
        "A ferry sank off Tollhaven on Monday and nine people died in the sea.",
    ),
    "toll": ("Tollhaven ferry: toll rises", "Eleven people died when the ferry sank off Tollhaven, divers found."),
    "harbour": (
        "Harbour gets new cranes",
        "The harbour of Quill ordered three cranes for its ferry quay this spring.",
    ),
    "menu": ("Where to eat in spring", "Cooks in Quill serve asparagus, lamb and rhubarb from their own gardens."),
}
TOPIC = "ferry sank off Tollhaven"


@pytest.fixture
def stocked(library: Library, tmp_path: Path) -> Library:
    lines = [
        json.dumps({"id": key, "title": title, "text": text, "date": "2026-03-09", "language": "en"})
        for key, (title, text) in ARTICLES.items()
    ]
    (tmp_path / "news.jsonl").write_text("\n".join(lines), "utf-8")
    assert library.sync([str(tmp_path / "news.jsonl")], SHARED).failures == ()
    return library


def candidates(library: Library, topic: str) -> Candidates:
    refs = [ref for ref in library.articles([SHARED]) if ref.id in ARTICLES]
    return Candidates(library, topic, refs, {ref.id: library.passages([SHARED], ref.id) for ref in refs})


def test_what_begins_with_something_else_is_elsewhere(stocked: Library) -> None:
    assert candidates(stocked, TOPIC).elsewhere(set(ARTICLES)) == {"harbour", "menu"}


def test_also_where_most_articles_begin_with_something_else(stocked: Library) -> None:
    assert candidates(stocked, TOPIC).elsewhere({"toll", "harbour", "menu"}) == {"harbour", "menu"}


def test_where_none_is_surely_about_the_topic_the_best_one_stays(stocked: Library) -> None:
    away = candidates(stocked, "cranes, rhubarb, weddings and glaciers").elsewhere(set(ARTICLES))
    assert away < set(ARTICLES)


def test_where_none_is_in_the_language_of_the_topic_all_are_compared(stocked: Library) -> None:
    away = candidates(stocked, "Das Unglück der Fähre vor Tollhaven im März").elsewhere(set(ARTICLES))
    assert away == {"menu"}


def test_of_few_articles_all_passages_are_there(stocked: Library) -> None:
    found = gather(stocked, TOPIC, [SHARED], Filters())
    assert {ref.id for ref in found.articles} == {"sinks", "toll"}
    ids = {hit.passage.id for hit in found.hits}
    assert ids == {one.id for key in ("sinks", "toll") for one in stocked.passages([SHARED], key)}
