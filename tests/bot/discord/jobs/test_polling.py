"""What the bot reads by itself: the operator's folder, what is due, what changed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.discord.jobs.polling import poll_next, read_changed, watch_folder
from index.article import SHARED
from index.errors import EmbeddingError, StoppedError, StoreError
from index.library import Library
from index.store.sql.sources import Outcome
from tests.index.news import BRIDGE, FERRY, SCHOOL, write

NOW = datetime.now(UTC) + timedelta(hours=1)


def locations(library: Library) -> list[str]:
    return [source.location for source in library.sources.listed([SHARED])]


def test_the_operators_folder_is_watched_until_another_is_set(library: Library, tmp_path: Path) -> None:
    first, second = write(tmp_path / "one", bridge=BRIDGE), write(tmp_path / "two", ferry=FERRY)
    library.add_source(SHARED, str(write(tmp_path / "mine", school=SCHOOL)), added_by="cli")
    for _ in range(2):  # as when the bot is started again
        watch_folder(library, first)
    assert locations(library) == [str(tmp_path / "mine"), str(first)]
    while poll_next(library, NOW):
        pass
    assert library.count([SHARED]) == 1
    watch_folder(library, second)
    assert locations(library) == [str(tmp_path / "mine"), str(second)]
    assert library.count([SHARED]) == 1  # what came from the first stays
    watch_folder(library, None)
    assert locations(library) == [str(tmp_path / "mine")]


def test_a_folder_that_the_operator_added_by_hand_keeps_its_interval(library: Library, tmp_path: Path) -> None:
    folder = write(tmp_path / "one", bridge=BRIDGE)
    library.add_source(SHARED, str(folder), interval=timedelta(hours=2), added_by="cli")
    watch_folder(library, folder)
    (source,) = library.sources.listed([SHARED])
    assert (source.interval, source.added_by) == (timedelta(hours=2), "cli")
    watch_folder(library, None)
    assert locations(library) == [str(folder)]


def test_what_changed_is_read_before_it_is_due(library: Library, tmp_path: Path) -> None:
    folder = write(tmp_path / "one", bridge=BRIDGE)
    watch_folder(library, folder)
    assert poll_next(library, NOW)
    assert poll_next(library, NOW) is None
    write(folder, ferry=FERRY)
    assert read_changed(library, NOW)
    assert library.count([SHARED]) == 1
    assert read_changed(library, NOW)
    assert library.count([SHARED]) == 2


def test_a_store_that_can_not_be_written_is_logged_and_tried_again(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    watch_folder(library, write(tmp_path / "one", bridge=BRIDGE))

    def full(*_: object, **__: object) -> None:
        raise StoreError("The store cannot be written: the disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(library._sync, "run", full)
        assert read_changed(library, NOW)
        assert not read_changed(library, NOW)
        assert poll_next(library, NOW) is None
    assert "the disk is full" in caplog.text
    assert read_changed(library, NOW)
    assert library.count([SHARED]) == 1


@pytest.mark.parametrize("error", [EmbeddingError("The model gave no vectors."), ZeroDivisionError()])
def test_a_source_that_can_not_be_stored_keeps_no_other_from_its_turn(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    for name, story in (("bad", FERRY), ("good", BRIDGE)):
        library.add_source(SHARED, str(write(tmp_path / name, story=story)), interval=timedelta(hours=1))
    embed = library._writer._cache.embed

    def broken(texts: Sequence[str]) -> object:
        if any("ferry" in text for text in texts):
            raise error
        return embed(texts)

    monkeypatch.setattr(library._writer._cache, "embed", broken)
    assert poll_next(library, NOW) is None
    report = poll_next(library, NOW)
    assert report
    assert report.added == 1
    (failing,) = library.sources.failing([SHARED], days=0)
    assert failing.location == str(tmp_path / "bad")
    assert str(failing.last_error) == "Reading it failed inside Newsdesk, whose log says why."


def test_a_reading_that_is_stopped_is_no_failure(library: Library, tmp_path: Path) -> None:
    watch_folder(library, write(tmp_path / "one", bridge=BRIDGE))

    def stop(_: object) -> None:
        raise StoppedError("The bot is being shut down.")

    assert poll_next(library, NOW, stop) is None
    assert not library.sources.failing([SHARED], days=0)
    assert poll_next(library, NOW)


def test_a_source_that_fails_for_days_is_logged_once(
    library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watch_folder(library, tmp_path / "nowhere")
    (source,) = library.sources.polled()

    def flags() -> int:
        return sum("has been failing since" in record.getMessage() for record in caplog.records)

    with caplog.at_level(logging.WARNING):
        assert poll_next(library, NOW)
        assert flags() == 0
        assert poll_next(library, NOW + timedelta(days=4))
        assert flags() == 1
        library.sources.record(source.pk, Outcome("There is no such folder."), NOW + timedelta(days=4))
        assert poll_next(library, NOW + timedelta(days=6))
        assert flags() == 1
