"""What becomes of a story, over eight articles in two languages, and with the real embedding model."""

import asyncio
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.answer.answer import last_of
from bot.app import App, open_app
from bot.settings import Settings
from bot.summary import Style, Summary, Timeline
from index.article import SHARED
from index.embedding.e5 import E5Embeddings

pytestmark = pytest.mark.slow

STORIES = Path(__file__).parents[4] / "benchmarks" / "sets" / "developments" / "open" / "stories.jsonl"
TOPIC = "the grounding of the ferry Marijke off Schelland"
CLAIM = "was al zestien uur in dienst"
ANSWER = "Duinlijn ontkent dat. De man had de nacht ervoor tien uur gerust, zei directeur Karel Vos."


@pytest.fixture(scope="module")
def grounding(tmp_path_factory: pytest.TempPathFactory, e5: E5Embeddings) -> Iterator[App]:
    """An app over one story of the set."""
    home = tmp_path_factory.mktemp("grounding")
    articles = json.loads(STORIES.read_text("utf-8").splitlines()[0])["articles"]
    (home / "articles.jsonl").write_text("\n".join(map(json.dumps, articles)), "utf-8")
    settings = Settings(_env_file=None, home=home / "home")  # type: ignore[call-arg]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.app.build_embeddings", lambda *_, **__: e5)
        with open_app(settings) as app:
            assert app.library.sync([str(home / "articles.jsonl")], SHARED).failures == ()
            yield app


@pytest.fixture(scope="module")
def told(grounding: App) -> Summary:
    return asyncio.run(last_of(grounding.summariser.summarise_topic(TOPIC, [SHARED])))


@pytest.fixture(scope="module")
def line(grounding: App) -> Timeline:
    return asyncio.run(grounding.summariser.timeline(TOPIC, [SHARED]))


def test_the_latest_development_comes_first_with_its_paragraph_and_its_headline(told: Summary) -> None:
    assert told.points[0].text.startswith("De inspectie heeft donderdag de vergunning")
    assert "Wadlijn neemt de dienst" in told.points[0].text
    assert told.headline.startswith("Rederij Duinlijn verliest vergunning")
    assert len(told.points) == Style.BULLETS.usual_length


def test_each_event_is_one_point_whatever_its_language(told: Summary) -> None:
    cited = {citation.n: citation.article_id for citation in told.citations}
    articles = [cited[point.citations[0]] for point in told.points]
    assert len(set(articles)) == len(articles)
    assert {one.language for one in told.citations} == {"nl", "en"}


def test_beside_a_claim_stands_the_answer(told: Summary) -> None:
    point = next(one for one in told.points if CLAIM in one.text)
    assert point.text.endswith(ANSWER)


def test_a_correction_stands_whole_beside_what_it_corrects(told: Summary) -> None:
    point = next(one for one in told.points if "30 ton" in one.text)
    assert point.text.endswith("Het is 40 ton.")
    assert "About 30 tonnes have reached a bank" in point.text


def test_round_ups_and_what_only_mentions_the_topic_give_no_point(told: Summary) -> None:
    cited = {citation.article_id for citation in told.citations}
    assert not cited & {"dv-ferry-04", "dv-ferry-07"}
    assert told.as_of == date(2025, 5, 15)


def test_a_timeline_has_the_turning_points_on_their_days(line: Timeline) -> None:
    told = [(event.first, event.sentence.text) for event in line.events]
    for day, words in ((5, "zandbank gelopen"), (6, "begun to leak fuel"), (7, CLAIM), (15, "vergunning")):
        assert any(first == date(2025, 5, day) and words in text for first, text in told)


def test_a_correction_is_no_event_and_stands_with_what_it_corrects(line: Timeline) -> None:
    leak = next(event for event in line.events if "begun to leak fuel" in event.sentence.text)
    assert leak.sentence.text.endswith("Het is 40 ton.")
    assert not any(event.first == date(2025, 5, 9) for event in line.events)


def test_quotes_and_plans_that_are_over_are_no_events(line: Timeline) -> None:
    texts = [event.sentence.text for event in line.events]
    assert not any("al jaren onwettig" in text or "spring tide" in text for text in texts)
    assert any("pulled free at high tide" in text for text in texts)


def test_an_event_without_a_day_of_its_own_is_on_the_day_of_its_report(line: Timeline) -> None:
    claim = next(event for event in line.events if CLAIM in event.sentence.text)
    assert (claim.written, claim.first) == ("", date(2025, 5, 7))
