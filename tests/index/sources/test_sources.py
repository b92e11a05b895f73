"""Sources: when they are due, how they rest after failures, what is written of their runs."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from aiohttp.web import BaseRequest, Response

from index.article import SHARED, digest
from index.errors import ArticleError
from index.fetch import Fetcher, Limits
from index.library import Library
from index.reading.feeds.entries import Entry
from index.sources.memory import PageMemory
from index.sources.refusals import refusal
from index.store.sql import runs
from index.store.sql.registry import Registry
from index.store.sql.sources import Outcome, Sources
from index.sync.sync import SyncProgress
from index.told import Told, tell, words_of
from tests.conftest import MAX_BYTES
from tests.fakes.embeddings import WordEmbeddings
from tests.fakes.web_server import WebServer
from tests.index.news import BRIDGE, FERRY, SCHOOL, found_ids, write

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = "https://courier.example/feed"


@pytest.fixture
def sources(tmp_path: Path) -> Iterator[Sources]:
    registry = Registry(f"sqlite:///{tmp_path / 'registry.sqlite'}")
    yield Sources(registry.engine)
    registry.close()


def due(sources: Sources, now: datetime) -> list[str]:
    return [source.location for source in sources.due(now)]


def test_a_source_is_due_at_once_and_then_at_its_interval(sources: Sources) -> None:
    added = sources.add(SHARED, FEED, kind="feed", interval=HOUR, added_by="ada", now=NOW)
    assert (added.kind, added.interval, added.added_by, added.added_at) == ("feed", HOUR, "ada", NOW)
    assert due(sources, NOW) == [FEED]
    sources.record(added.pk, Outcome(), NOW)
    assert due(sources, NOW + timedelta(minutes=59)) == []
    assert due(sources, NOW + HOUR) == [FEED]


def test_what_waited_longest_comes_first(sources: Sources) -> None:
    for minute, location in enumerate(("https://b.example/", "https://a.example/")):
        sources.add(SHARED, location, interval=HOUR, now=NOW + timedelta(minutes=minute))
    assert due(sources, NOW + HOUR) == ["https://b.example/", "https://a.example/"]


def test_on_demand_sources_are_never_due(sources: Sources) -> None:
    sources.add(SHARED, "/srv/articles", now=NOW)
    assert due(sources, NOW + 1000 * HOUR) == []
    assert [source.location for source in sources.listed([SHARED])] == ["/srv/articles"]
    assert sources.listed(["guild:1"]) == sources.listed([]) == []


def test_paused_sources_rest_until_resumed(sources: Sources) -> None:
    pk = sources.add(SHARED, FEED, interval=HOUR, now=NOW).pk
    sources.pause(pk)
    assert due(sources, NOW + 1000 * HOUR) == []
    assert sources.listed([SHARED])[0].paused
    sources.pause(pk, paused=False)
    assert due(sources, datetime.now(UTC)) == [FEED]


def test_failures_make_a_source_rest_longer_each_time(sources: Sources) -> None:
    pk = sources.add(SHARED, FEED, interval=timedelta(minutes=5), now=NOW).pk
    rests = []
    moment = NOW
    for _ in range(14):
        sources.record(pk, Outcome("The feed can't be read."), moment)
        source = sources.find(SHARED, FEED)
        assert source
        assert source.next_poll_at
        rests.append(source.next_poll_at - moment)
        moment = source.next_poll_at
    assert source
    minutes = [rest.total_seconds() / 60 for rest in rests]
    assert minutes[:6] == [5, 5, 8, 16, 32, 64]
    assert minutes[-1] == 24 * 60
    assert source.failing_since == NOW
    assert source.last_error == "The feed can't be read."
    assert source.failing_for(NOW + 100 * HOUR) == 100 * HOUR
    sources.record(pk, Outcome(), moment)
    source = sources.find(SHARED, FEED)
    assert source
    assert (source.failures, source.failing_since, source.last_error) == (0, None, None)
    assert source.next_poll_at == moment + timedelta(minutes=5)
    assert source.failing_for() == timedelta()


def test_the_sources_of_a_failing_host_rest_together(sources: Sources) -> None:
    pk = sources.add(SHARED, FEED, interval=timedelta(minutes=1), now=NOW).pk
    sources.add("guild:1", "https://courier.example/sport", interval=HOUR, now=NOW)
    sources.add("guild:1", "https://herald.example/feed", interval=HOUR, now=NOW)
    sources.record(pk, Outcome("courier.example can't be reached.", host_failed=True), NOW)
    minute = timedelta(minutes=1)
    assert due(sources, NOW + minute) == ["https://herald.example/feed"]
    assert "https://courier.example/sport" in due(sources, NOW + 2 * minute)
    sources.record(pk, Outcome("courier.example can't be reached.", host_failed=True), NOW + 2 * minute)
    assert "https://courier.example/sport" not in due(sources, NOW + 5 * minute)
    sources.record(pk, Outcome(), NOW + 5 * minute)
    assert "https://courier.example/sport" in due(sources, NOW + 5 * minute)


def test_a_source_that_fails_for_days_is_flagged(sources: Sources) -> None:
    pk = sources.add(SHARED, FEED, interval=HOUR, now=NOW).pk
    sources.record(pk, Outcome("no"), NOW)
    assert sources.failing([SHARED], now=NOW + 71 * HOUR) == []
    assert [source.location for source in sources.failing([SHARED], now=NOW + 72 * HOUR)] == [FEED]
    assert sources.failing(["guild:1"], now=NOW + 72 * HOUR) == []
    assert [source.location for source in sources.failing([SHARED], days=1, now=NOW + 25 * HOUR)] == [FEED]


# In a library


def test_a_folder_is_added_polled_and_removed(library: Library, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY)
    library.add_source(SHARED, str(folder), interval=HOUR, added_by="ada")
    (source,) = library.sources.due()
    library.sync([source.location], source.scope)
    (source,) = library.sources.listed([SHARED])
    assert (source.kind, source.articles, source.failures) == ("folder", 2, 0)
    assert source.next_poll_at
    assert library.sources.due() == []
    assert library.remove_source("guild:1", str(folder), articles=True) is None
    assert library.remove_source(SHARED, str(folder), articles=True) == 2
    assert library.sources.listed([SHARED], on_demand=True) == []
    assert library.articles([SHARED]) == []
    assert library.disagreements() == set()


def test_a_source_can_go_and_its_articles_stay(library: Library, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", bridge=BRIDGE)
    library.add_source(SHARED, str(folder), interval=HOUR)
    library.sync([str(folder)], SHARED)
    assert library.remove_source(SHARED, str(folder), articles=False) == 0
    assert library.sources.listed([SHARED]) == library.sources.due(datetime.now(UTC) + 1000 * HOUR) == []
    assert found_ids(library, "harbour bridge") == ["bridge.txt"]
    library.add_source(SHARED, str(folder), interval=HOUR)
    assert library.sync([str(folder)], SHARED).unchanged == 1


def test_every_run_is_written_down(library: Library, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY)
    missing = tmp_path / "missing"
    library.sync([str(folder), str(missing)], SHARED)
    write(folder, ferry=SCHOOL)
    library.sync([str(folder)], SHARED)
    library.remove(SHARED, "bridge.txt")
    removal, second, failed, first = library.history([SHARED])
    assert (first.what, first.location) == ("index", str(folder))
    assert (first.counts.added, first.counts.embedded, first.failures) == (2, 2, ())
    assert first.seconds is not None
    assert failed.location == str(missing)
    assert "There is no such file or folder" in str(failed.failures[0].reason)
    assert (second.counts.updated, second.counts.unchanged, second.counts.added) == (1, 1, 0)
    assert (removal.what, removal.location, removal.counts.removed) == ("remove", "bridge.txt", 1)
    assert library.history([SHARED], limit=1) == [removal]
    assert library.history([SHARED], location=str(missing)) == [failed]
    assert library.history(["guild:1"]) == []


# On the web


def page(text: str) -> str:
    body = "".join(
        f"<p>{text} The council said so in part {part} of its letter to the town.</p>" for part in "abcdefgh"
    )
    return f"<html lang=en><head><title>Ferry line</title></head><body><article>{body}</article></body></html>"


@pytest.fixture
def web(home: Path) -> Iterator[Library]:
    fetcher = Fetcher(allow_hosts=["127.0.0.1"], limits=Limits(pause=0, attempts=1))
    with Library(home, "words", WordEmbeddings(), max_bytes=MAX_BYTES) as library:
        library._opener.__dict__["_web"] = (fetcher, PageMemory(home / "pages.json"))  # no pause between requests
        yield library


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server


def test_the_oldest_runs_are_forgotten_not_those_before_an_import(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "a", bridge=BRIDGE)
    library.sync([str(folder)], SHARED)
    with io.StringIO() as file:
        library.export(file.write)
        imported = file.getvalue().replace(f'"started_at": "{datetime.now(UTC):%Y}', '"started_at": "2001')
    library.import_(imported.splitlines())
    assert [run.what for run in library.history([SHARED])] == ["import", "index", "index"]
    monkeypatch.setattr(runs, "RUNS_KEPT", 3)
    library.sync([str(folder)], SHARED)
    assert [run.what for run in library.history([SHARED])] == ["index", "import", "index"]
    assert all(run.started_at.year > 2001 for run in library.history([SHARED]))


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_vanishes_is_kept_and_marked(web: Library, server: WebServer, status: int) -> None:
    url = server.add("/ferry", page(FERRY))
    web.add_source(SHARED, url, interval=HOUR)
    assert web.sync([url], SHARED).added == 1
    server.add("/ferry", "no such page", status=status)
    report = web.sync([url], SHARED)
    assert (report.gone, report.removed) == (1, 0)
    assert f"answered {status}" in str(report.failures[0].reason)
    assert list(web.gone([SHARED])) == [url]
    assert web.gone(["guild:1"]) == {}
    assert set(found_ids(web, "ferry company boats")) == {url}
    assert web.sync([url], SHARED).gone == 0
    assert web.sources.listed([SHARED])[0].failures == 2
    assert web.history([SHARED])[1].counts.gone == 1
    server.add("/ferry", page(FERRY))
    assert web.sync([url], SHARED).unchanged == 1
    assert web.gone([SHARED]) == {}
    assert web.sources.listed([SHARED])[0].failures == 0


def feed(*urls: str) -> str:
    items = "".join(f"<item><title>News</title><link>{url}</link></item>" for url in urls)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Courier</title>{items}</channel></rss>'


def test_what_drops_off_a_feed_stays_and_what_vanishes_is_marked(web: Library, server: WebServer) -> None:
    ferry, school = server.add("/ferry", page(FERRY)), server.add("/school", page(SCHOOL))
    location = server.add("/feed", feed(ferry, school))
    assert web.sync([location], SHARED).added == 2
    server.add("/school", "gone", status=410)
    assert web.sync([location], SHARED).gone == 1
    server.add("/feed", feed(ferry))
    report = web.sync([location], SHARED)
    assert (report.removed, report.unchanged, report.failures) == (0, 1, ())
    assert list(web.gone([SHARED])) == [school]
    assert web.count([SHARED]) == 2


def test_one_address_is_one_article_whatever_leads_to_it(web: Library, server: WebServer) -> None:
    url = server.add("/ferry", page(FERRY))
    location = server.add("/feed", feed(server.add("/ferry?utm_source=feed", page(FERRY))))
    assert web.sync([location], SHARED).added == 1
    report = web.sync([url + "#top"], SHARED)
    assert (report.added, report.unchanged, report.failures) == (0, 1, ())
    assert [ref.id for ref in web.articles([SHARED])] == [url]
    server.add("/ferry", page(BRIDGE))
    assert web.sync([url], SHARED).updated == 1
    assert web.sync([location], SHARED).added == 0
    assert web.count([SHARED]) == 1


def test_a_host_that_does_not_answer_makes_its_sources_rest(web: Library, server: WebServer) -> None:
    location = server.add("/feed", "busy", status=500)
    other = server.add("/other", feed(server.add("/ferry", page(FERRY))))
    web.add_source(SHARED, location, interval=HOUR)
    web.add_source(SHARED, other, interval=HOUR)
    web.sync([location], SHARED)
    assert web.sources.due() == []
    web.sync([other], SHARED)
    (again,) = web.sources.failing([SHARED], days=0)
    assert again.location == location


def test_a_page_that_programs_may_not_read_makes_no_other_source_rest(web: Library, server: WebServer) -> None:
    server.add("/robots.txt", "User-agent: *\nDisallow: /hidden", "text/plain")
    hidden, other = server.add("/hidden", page(FERRY)), server.add("/open", page(BRIDGE))
    for location in (hidden, other):
        web.add_source(SHARED, location, interval=HOUR)
    (failure,) = web.sync([hidden], SHARED).failures
    assert "robots.txt" in str(failure.reason)
    assert [source.location for source in web.sources.due()] == [other]


def test_a_site_that_hangs_holds_up_no_other_source(web: Library, server: WebServer, tmp_path: Path) -> None:
    """Also not where the page was read before for another scope, and has to be asked for once more."""
    hangs = threading.Event()
    reached = threading.Event()

    async def hanging(_: BaseRequest) -> Response:
        reached.set()
        while hangs.is_set():
            await asyncio.sleep(0.01)
        return Response(text=page(FERRY), content_type="text/html", headers={"ETag": "1"})

    url = server.handle("/ferry", hanging)
    assert web.sync([url], "guild:1").added == 1
    for again in (url, server.add("/feed", feed(url))):
        hangs.set()
        reached.clear()
        waiting = threading.Thread(target=web.sync, args=([again], SHARED))
        waiting.start()
        assert reached.wait(30)
        folder = write(tmp_path / digest(again), **{digest(again): BRIDGE})
        assert web.sync([str(folder)], SHARED).added == 1
        assert waiting.is_alive()
        hangs.clear()
        waiting.join(30)
    assert web.count([SHARED]) == 3


def test_a_feed_tells_how_far_it_is(web: Library, server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.sync.sync._TELL_SECONDS", -1)
    urls = [server.add(f"/{number}", page(f"{FERRY} {number}")) for number in range(3)]
    location = server.add("/feed", feed(*urls))
    steps: list[SyncProgress] = []
    web.sync([server.add("/other", page(BRIDGE)), location], SHARED, steps.append)
    second = [step for step in steps if step.source == 2]
    assert [(step.done, step.total) for step in second if step.finding] == [(1, 3), (2, 3), (3, 3)]
    assert second[-1] == SyncProgress(3, 3, 0, False, 2, 2)


def test_a_folder_that_is_suddenly_empty_keeps_its_articles(library: Library, tmp_path: Path) -> None:
    """A disk that is not connected looks just so. Only somebody who asks for it makes the library empty, too."""
    folder = write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY)
    source = library.add_source(SHARED, str(folder), interval=HOUR)
    assert library.poll(source).added == 2
    for path in folder.iterdir():
        path.unlink()
    (failure,) = library.poll(source).failures
    assert "2 articles came from it. In case a disk is not connected, they are kept" in str(failure.reason)
    assert library.count([SHARED]) == 2
    (told,) = library.sources.failing([SHARED], days=0)
    assert told.last_error == failure.reason
    assert library.sync([str(folder)], SHARED).removed == 2
    assert not library.sources.failing([SHARED], days=0)


def test_what_was_taken_out_comes_back_only_when_asked_for(library: Library, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", bridge=BRIDGE, ferry=FERRY)
    source = library.add_source(SHARED, str(folder), interval=HOUR)
    library.poll(source)
    assert library.remove(SHARED, "ferry.txt")
    write(folder, school=SCHOOL)
    assert library.poll(source).added == 1
    assert library.poll(source).unchanged == 2
    with io.StringIO() as file:
        library.export(file.write)
        lines = file.getvalue().splitlines()
    with Library(tmp_path / "other", "words", WordEmbeddings(), max_bytes=MAX_BYTES) as other:
        other.import_(lines)
        (copied,) = other.sources.polled()
        assert other.poll(copied).unchanged == 2
    assert library.sync([str(folder)], SHARED).added == 1
    assert library.remove(SHARED, "bridge.txt")
    assert library.poll(source).unchanged == 2
    assert {ref.id for ref in library.articles([SHARED])} == {"ferry.txt", "school.txt"}


def test_a_file_of_the_same_name_at_another_source_is_not_taken_out(library: Library, tmp_path: Path) -> None:
    one, other = write(tmp_path / "one", story=BRIDGE), write(tmp_path / "other", story=FERRY)
    sources = [library.add_source(SHARED, str(folder), interval=HOUR) for folder in (one, other)]
    for source in sources:
        library.poll(source)
    assert library.remove(SHARED, "story.txt")
    write(other, story=SCHOOL)
    assert library.sync([str(other)], SHARED).updated == 1
    assert [library.poll(source).unchanged for source in sources] == [0, 1]
    assert library.count([SHARED]) == 1
    third = write(tmp_path / "third", story=FERRY)
    assert library.poll(library.add_source(SHARED, str(third), interval=HOUR)).added == 1


def test_an_address_that_was_taken_out_is_out_of_every_source(web: Library, server: WebServer) -> None:
    url = server.add("/ferry", page(FERRY))
    for path in ("/feed", "/other"):
        source = web.add_source(SHARED, server.add(path, feed(url)), interval=HOUR)
        if path == "/feed":
            assert web.poll(source).added == 1
            assert web.remove(SHARED, url)
        assert web.poll(source).added == 0
    assert web.sync([source.location], SHARED).added == 1
    assert web.remove(SHARED, url)
    web.sync([url], SHARED)
    assert web.remove_source(SHARED, url, articles=True) == 1
    assert web.poll(source).added == 1  # asked for once, it is out no more


def amp(url: str, text: str) -> str:
    """A page that calls ``url`` the address of its article."""
    return page(text).replace("<head>", f'<head><link rel="canonical" href="{url}">')


def test_a_copy_and_its_original_are_one_article_that_keeps_still(web: Library, server: WebServer) -> None:
    original = server.add("/ferry", page(FERRY))
    copy = server.add("/amp/ferry", amp(original, f"{FERRY} Read more in our app."))
    sources = [web.add_source(SHARED, url, interval=HOUR) for url in (copy, original)]
    assert [web.poll(source).added for source in sources] == [1, 0]
    for _ in range(2):
        assert [web.poll(source).unchanged for source in sources] == [1, 1]
    article = web.article([SHARED], original)
    assert article
    assert "our app" not in article.text
    assert len(web.versions([SHARED], original)) == 2
    server.add("/ferry", page(SCHOOL))
    assert [web.poll(source).updated for source in sources] == [0, 1]
    server.add("/amp/ferry", "gone", status=410)
    web.poll(sources[0])
    assert web.gone([SHARED]) == {}
    assert web.count([SHARED]) == 1


def test_an_entry_that_is_a_copy_gives_way_to_the_article_itself(web: Library, server: WebServer) -> None:
    original = server.add("/ferry", page(FERRY))
    copy = server.add("/amp/ferry", amp(original, f"{FERRY} Read more in our app."))
    source = web.add_source(SHARED, server.add("/feed", feed(original)), interval=HOUR)
    assert web.poll(source).added == 1
    server.add("/feed", feed(copy, original + "?amp=1", original))
    for _ in range(2):
        report = web.poll(source)
        assert (report.unchanged, report.updated, report.failures) == (1, 0, ())


def test_an_article_that_moved_is_known_by_its_new_address_only(web: Library, server: WebServer) -> None:
    old, other = server.add("/ferry", page(FERRY)), server.add("/school", page(SCHOOL))
    source = web.add_source(SHARED, server.add("/feed", feed(old, other)), interval=HOUR)
    assert web.poll(source).added == 2
    (cited, *_) = web.passages([SHARED], old)
    new = server.add("/2026/ferry", page(FERRY))
    server.redirect("/ferry", "/2026/ferry", 301)
    server.add("/maintenance", page("The site is being repaired and will be back in the afternoon."))
    server.redirect("/school", "/maintenance", 302)
    report = web.poll(source)
    assert (report.added, report.removed) == (2, 1)
    # What does not say the same is another article.
    assert {ref.id for ref in web.articles([SHARED])} == {new, other, f"{server.url}/maintenance"}
    assert web.passage([SHARED], cited.id) == cited  # an old citation still opens
    server.redirect("/school", "/2026/school", 301)
    server.add("/2026/school", page(SCHOOL))
    assert web.remove(SHARED, other)
    assert web.poll(source).added == 0  # it was taken out, wherever it is now


def test_what_is_remembered_of_a_refusal_can_be_said_in_any_language() -> None:
    why = tell("{host} answered {status} instead of a page. Check the address.", host="a.example", status=418)
    entry = Entry("https://courier.example/a")
    kept = refusal(ArticleError(why), entry, None)
    assert kept
    with pytest.raises(ArticleError) as rests:
        kept.check(entry)
    told = words_of(rests.value)
    assert isinstance(told, Told)
    assert dict(told.values)["reason"] == why


def test_what_was_refused_is_not_asked_for_at_every_reading(
    web: Library, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.add("/robots.txt", "User-agent: *\nDisallow: /hidden", "text/plain")
    ferry, hidden = server.add("/ferry", page(FERRY)), server.add("/hidden", page(BRIDGE))
    wall = server.add("/wall", page("Subscribe to continue reading."))
    source = web.add_source(SHARED, server.add("/feed", feed(ferry, hidden, wall)), interval=HOUR)

    def poll() -> tuple[int, list[str]]:
        """How often the page behind the wall was asked for, and why what failed did."""
        before = server.paths().count("/wall")
        report = web.poll(source)
        return server.paths().count("/wall") - before, sorted(str(failure.reason) for failure in report.failures)

    asked, reasons = poll()
    assert asked == 1
    assert "robots.txt" in reasons[0]
    assert "without a subscription" in reasons[1]
    asked, again = poll()
    assert asked == 0
    assert all(
        told.startswith(f"{reason} It is asked for again after 2")
        for told, reason in zip(again, reasons, strict=True)
    )
    assert sorted(str(failure.reason) for failure in web.history([SHARED])[0].failures) == again
    assert len(web.sync([source.location], SHARED).failures) == 2  # asked for by somebody
    assert server.paths().count("/wall") == 2
    assert poll()[0] == 0
    server.add("/feed", feed(ferry, wall).replace("News", "Corrected news"))
    assert poll()[0] == 1
    monkeypatch.setattr("index.sources.refusals.datetime", Later)
    assert poll()[0] == 1
    server.add("/wall", page(SCHOOL))
    monkeypatch.setattr(Later, "by", timedelta(days=2))
    assert web.poll(source).added == 1
    assert web.poll(source).unchanged == 2


class Later(datetime):
    """A clock that is ahead."""

    by = timedelta(hours=20)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Later:
        return super().now(tz) + cls.by


def test_what_may_soon_be_over_is_asked_for_at_every_reading(web: Library, server: WebServer) -> None:
    server.add("/busy", "busy", status=429)
    source = web.add_source(SHARED, server.add("/feed", feed(server.url + "/busy")), interval=HOUR)
    for _ in range(2):
        web.poll(source)
    assert server.paths().count("/busy") == 2


def test_what_was_read_from_its_page_is_not_replaced_by_what_its_feed_says(
    web: Library, server: WebServer
) -> None:
    ferry = server.add("/ferry", page(FERRY))
    whole = f"<![CDATA[<p>{'The council said that the ferry will run. ' * 20}</p>]]>"
    told = feed(ferry).replace("<title>News</title>", f"<title>News</title><description>{whole}</description>")
    source = web.add_source(SHARED, server.add("/feed", told), interval=HOUR)
    assert web.poll(source).added == 1
    server.add("/ferry", "busy", status=503)
    report = web.poll(source)
    assert (report.updated, len(report.failures)) == (0, 1)
