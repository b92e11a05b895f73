"""Summaries of topics, timelines and digests, over invented stories and with the real embedding model."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn

import pytest

from bot.answer.answer import Citation, last_of
from bot.app import App, open_app
from bot.settings import Settings
from bot.summary import Style, Summary, SummaryError
from bot.summary.headline import choose_headline
from index.article import SHARED
from index.embedding.e5 import E5Embeddings
from index.errors import EmbeddingError
from index.search import Filters

pytestmark = pytest.mark.slow

STORIES = Path(__file__).parents[3] / "benchmarks" / "sets" / "stories.articles.jsonl"
FERRY = "Tollhaven ferry accident"


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory, e5: E5Embeddings) -> Iterator[App]:
    """An app over the invented stories."""
    settings = Settings(_env_file=None, home=tmp_path_factory.mktemp("news"))  # type: ignore[call-arg]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.app.build_embeddings", lambda *_, **__: e5)
        with open_app(settings) as app:
            assert app.library.sync([str(STORIES)], SHARED).failures == ()
            yield app


def about(
    app: App,
    topic: str,
    filters: Filters = Filters(),
    style: Style = Style.BULLETS,
    length: int | None = None,
    new_since: date | None = None,
) -> Summary:
    return asyncio.run(last_of(app.summariser.summarise_topic(topic, [SHARED], filters, style, length, new_since)))


def assert_exact(app: App, citations: tuple[Citation, ...]) -> None:
    assert citations
    for citation in citations:
        article = app.library.article([SHARED], citation.article_id)
        assert article
        assert article.text[citation.start : citation.end] == citation.quote


def test_every_point_is_whole_sentences_of_articles(news: App) -> None:
    summary = about(news, FERRY)
    assert len(summary.points) == Style.BULLETS.usual_length
    assert_exact(news, summary.citations)
    quotes = {citation.n: " ".join(citation.quote.split()) for citation in summary.citations}
    assert all(point.citations for point in summary.points)
    assert all(
        " ".join(quotes[n] for n in point.citations).startswith(point.text.rstrip(".")) for point in summary.points
    )
    assert summary.finished
    assert not summary.abstained


def test_the_latest_point_comes_first(news: App) -> None:
    summary = about(news, FERRY)
    cited = {citation.n: citation for citation in summary.citations}
    days = [cited[point.citations[0]].published_at for point in summary.points]
    assert all(days)
    assert days == sorted((day for day in days if day), reverse=True)
    assert days[0] == max(ref.published_at for ref in summary.articles if ref.published_at)


def test_a_copied_report_counts_once_and_its_outlet_is_named(news: App) -> None:
    summary = about(news, FERRY)
    assert {"Norland Press", "Tollhaven Courier"} <= set(summary.outlets)
    texts = [point.text for point in summary.points]
    assert len(set(texts)) == len(texts)
    quoted = {citation.article_id for citation in summary.citations}
    assert not {"ferry-wire", "ferry-copy"} <= quoted
    reasons = {one.article.id: str(one.reason) for one in summary.unused}
    assert "another article" in reasons["ferry-copy"]


def test_articles_that_do_not_name_the_topic_but_tell_its_story_belong_to_it(news: App) -> None:
    assert "recount-2" in {ref.id for ref in about(news, "Kessing mayoral election").articles}


def test_what_is_not_about_the_topic_is_not_used(news: App) -> None:
    assert not any(ref.id.startswith("noise") for ref in about(news, FERRY).articles)


def test_the_headline_is_a_title(news: App) -> None:
    summary = about(news, "Norvale hospital data breach")
    assert summary.headline in {ref.title for ref in summary.articles}
    assert summary.as_of == date(2026, 6, 23)


@pytest.mark.parametrize("topic", ["volcano eruption in Iceland", "the stock market"])
def test_too_little_is_said_of_a_topic(news: App, topic: str) -> None:
    summary = about(news, topic)
    assert summary.abstained
    assert summary.finished
    assert summary.points == ()
    assert summary.citations == ()


@pytest.mark.parametrize("topic", ["", " ?! "])
def test_a_topic_without_words_is_refused(news: App, topic: str) -> None:
    with pytest.raises(SummaryError, match="Name a topic"):
        about(news, topic)


@pytest.mark.parametrize("length", [0, 31, -1])
def test_a_length_out_of_bounds_is_refused(news: App, length: int) -> None:
    with pytest.raises(SummaryError, match="from 1 to 30"):
        about(news, FERRY, length=length)


def test_lengths_and_styles(news: App) -> None:
    assert len(about(news, FERRY, length=3).points) == 3
    assert len(about(news, FERRY, style=Style.BRIEF).points) == 2


def test_only_articles_within_the_filters_are_used(news: App) -> None:
    summary = about(news, FERRY, Filters(until=date(2026, 3, 10)))
    assert {ref.id for ref in summary.articles} == {"ferry-wire", "ferry-copy", "ferry-2"}


def test_what_is_new_since_a_day_is_not_told_by_older_articles(news: App) -> None:
    summary = about(news, FERRY, new_since=date(2026, 4, 1))
    assert summary.points
    assert {citation.article_id for citation in summary.citations} <= {"ferry-4", "ferry-5"}
    assert {one.article.id for one in summary.unused} >= {"ferry-2", "ferry-3"}


def test_where_nothing_is_new_it_is_said(news: App) -> None:
    summary = about(news, FERRY, new_since=date(2026, 5, 1))
    assert summary.points == ()
    assert "Nothing is told since 2026-05-01" in str(summary.notes[0])


def test_a_timeline_has_both_days_and_is_in_order(news: App) -> None:
    timeline = asyncio.run(news.summariser.timeline(FERRY, [SHARED]))
    days = [event.first for event in timeline.events]
    assert days == sorted(days)
    resumed = next(event for event in timeline.events if "resumed" in event.sentence.text)
    assert (resumed.first, resumed.written) == (date(2026, 3, 23), "23 March")
    assert resumed.published.date() == date(2026, 4, 8)
    assert_exact(news, timeline.citations)


def test_a_day_without_an_hour_stands_beside_one_with_hour_and_zone(news: App, tmp_path: Path) -> None:
    (tmp_path / "hour.md").write_text(
        "---\ntitle: Lighthouse of Orn burns\ndate: 2026-05-05T21:30:00+02:00\n---\n\n"
        "The lighthouse of Orn burned down on 4 May. Its keeper Bo Lind was asleep.\n"
    )
    (tmp_path / "day.md").write_text(
        "---\ntitle: Keeper of Orn questioned\ndate: 2026-05-06\n---\n\n"
        "Police questioned Bo Lind, the keeper of the lighthouse of Orn, for six hours on 4 May.\n"
    )
    news.library.sync([str(tmp_path)], "orn")
    timeline = asyncio.run(news.summariser.timeline("lighthouse of Orn", ["orn"]))
    assert [event.published.day for event in timeline.events] == [5, 6]


def test_articles_that_only_ask_have_no_timeline_and_no_error(news: App, tmp_path: Path) -> None:
    asking = "Who burned the brewery of Elm Quay? Did the owner of the brewery of Elm Quay do it?"
    (tmp_path / "asks.md").write_text(f"---\ntitle: The brewery of Elm Quay\ndate: 2026-03-02\n---\n\n{asking}\n")
    news.library.sync([str(tmp_path / "asks.md")], "asks")
    assert asyncio.run(news.summariser.timeline("brewery of Elm Quay", ["asks"])).events == ()


def test_a_correction_stands_once_in_a_timeline(news: App, tmp_path: Path) -> None:
    report = (
        "The Leden flooded the quarry of Dray on 4 May.\n\nThe quarry of Dray lost 1,410 tons of sand.\n\n"
        "The manager of the quarry of Dray was arrested on 5 May.\n\nThe quarry of Dray was closed on 6 May."
    )
    righted = "Correction: Our report of 6 May gave the loss of the quarry of Dray as 1,410 tons. It is 1,140."
    for name, day, text in (("report", 6, report), ("righted", 8, righted)):
        head = f"---\ntitle: The quarry of Dray\ndate: 2026-05-0{day}\n---\n\n"
        (tmp_path / f"{name}.md").write_text(head + text)
    news.library.sync([str(tmp_path)], "dray")
    told = [
        event.sentence.text for event in asyncio.run(news.summariser.timeline("quarry of Dray", ["dray"])).events
    ]
    assert sum("1,140" in text for text in told) == 1


def test_what_articles_tell_behind_their_beginning_has_a_place_in_a_timeline(news: App, tmp_path: Path) -> None:
    (tmp_path / "fire.md").write_text(
        "---\ntitle: Brewery of Elm Quay burns down\ndate: 2026-05-05T08:30:00+02:00\n---\n\n"
        "The brewery of Elm Quay burned down on Monday night, and two of its workers were killed.\n\n"
        "Nils Borg, the owner of the brewery of Elm Quay, was arrested on Tuesday, police said.\n\n"
        "The brewery was known for its dark beer.\n"
    )
    news.library.sync([str(tmp_path)], "elm")
    timeline = asyncio.run(news.summariser.timeline("brewery of Elm Quay", ["elm"]))
    assert [(event.first.day, event.sentence.text.split()[0]) for event in timeline.events] == [
        (4, "The"),
        (5, "Nils"),
    ]


def test_an_event_of_several_days(news: App) -> None:
    timeline = asyncio.run(news.summariser.timeline("Norvale hospital data breach", [SHARED]))
    copied = next(event for event in timeline.events if "copied" in event.sentence.text)
    assert (copied.first, copied.last) == (date(2026, 6, 2), date(2026, 6, 6))


def test_a_timeline_of_few_events_counts_the_others(news: App) -> None:
    timeline = asyncio.run(news.summariser.timeline(FERRY, [SHARED], length=2))
    assert len(timeline.events) == 2
    assert timeline.more > 0


def test_a_timeline_of_nothing(news: App) -> None:
    timeline = asyncio.run(news.summariser.timeline("volcano eruption in Iceland", [SHARED]))
    assert timeline.abstained
    assert timeline.events == ()


def test_a_digest_groups_articles_into_stories(news: App) -> None:
    digest = asyncio.run(news.summariser.digest([SHARED], datetime(2026, 3, 1, tzinfo=UTC)))
    groups = [{ref.id.split("-")[0] for ref in story.articles} for story in digest.stories]
    assert all(len(group) == 1 for group in groups)
    ferry = next(story for story in digest.stories if story.articles[0].id.startswith("ferry"))
    assert len(ferry.outlets) >= 3
    assert ferry.headline in {ref.title for ref in ferry.articles}
    assert all(1 <= len(story.points) <= 2 for story in digest.stories)
    assert_exact(news, digest.citations)
    numbers = [n for story in digest.stories for point in story.points for n in point.citations]
    assert set(numbers) == {citation.n for citation in digest.citations}


def test_a_headline_is_the_nearest_whole_title(news: App) -> None:
    told = "A ferry sank off Tollhaven on Monday and nine people died."
    cut, roundup = "A ferry sank off Tollhaven on Monday and ...", "5 things to know: A ferry sank off Tollhaven"
    titles = [cut, roundup, "Mayor opens new library", "Nine die as ferry sinks off Tollhaven"]
    assert choose_headline(news.library, told, titles) == titles[-1]
    assert choose_headline(news.library, told, [cut]) == cut
    assert choose_headline(news.library, told, []) == ""


def test_a_summary_keeps_a_headline_where_nothing_can_be_compared(
    news: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> NoReturn:
        raise EmbeddingError("The server is away.")

    monkeypatch.setattr(news.library, "similarities", fails)
    assert (
        choose_headline(news.library, "Nine died.", ["Nine die as ferry sinks", "Mayor"])
        == "Nine die as ferry sinks"
    )


def test_the_story_of_most_outlets_comes_first(news: App) -> None:
    digest = asyncio.run(news.summariser.digest([SHARED], datetime(2025, 1, 1, tzinfo=UTC)))
    counts = [len(story.outlets) for story in digest.stories]
    assert counts == sorted(counts, reverse=True)


def test_a_digest_of_topics_and_of_outlets(news: App) -> None:
    since = datetime(2025, 1, 1, tzinfo=UTC)
    of_topic = asyncio.run(news.summariser.digest([SHARED], since, topics=["Kessing mayoral election"]))
    assert {ref.id.split("-")[0] for story in of_topic.stories for ref in story.articles} == {"recount"}
    of_outlet = asyncio.run(news.summariser.digest([SHARED], since, sources=["Byteline"]))
    assert of_outlet.outlets == ("Byteline",)


def test_a_digest_is_empty_when_nothing_is_new(news: App) -> None:
    digest = asyncio.run(news.summariser.digest([SHARED], datetime(2026, 7, 1, tzinfo=UTC)))
    assert digest.empty
    assert digest.articles == 0


def test_another_scope_sees_nothing(news: App) -> None:
    digest = asyncio.run(news.summariser.digest(["another server"], datetime(2025, 1, 1, tzinfo=UTC)))
    assert digest.empty
    summary = asyncio.run(last_of(news.summariser.summarise_topic(FERRY, ["another server"])))
    assert summary.abstained


def test_a_summary_is_kept_and_made_anew_when_an_article_changes(app: App, tmp_path: Path) -> None:
    def index(text: str) -> None:
        record = {"id": "one", "title": "Bridge at Orm closed", "text": text, "date": "2026-03-01"}
        (tmp_path / "one.jsonl").write_text(json.dumps(record), encoding="utf-8")
        app.library.sync([str(tmp_path / "one.jsonl")], SHARED)

    def summarise() -> Summary:
        return asyncio.run(last_of(app.summariser.summarise("one", [SHARED])))

    index("The old bridge at Orm was closed on Sunday because of rust.")
    first = summarise()
    assert summarise() == first
    index("The old bridge at Orm will be torn down in the autumn.")
    assert [point.text for point in summarise().points] == [
        "The old bridge at Orm will be torn down in the autumn."
    ]
