"""Folders whose files changed are noticed, when the files keep still."""

from __future__ import annotations

import os
import shutil
import time
from datetime import timedelta
from pathlib import Path

import pytest

from index.article import SHARED
from index.library import Library
from index.parser import Parser
from index.sources.files import FileSource
from index.sources.watch import Watch
from tests.index.news import BRIDGE, FERRY, SCHOOL, write

PARSER = Parser()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "articles", bridge=BRIDGE, ferry=FERRY)


def state(location: Path | str) -> str:
    return FileSource.at(str(location), PARSER).state()


def test_the_state_changes_with_the_files(folder: Path) -> None:
    seen = [state(folder)]

    def changed() -> bool:
        seen.append(state(folder))
        return seen[-1] not in seen[:-1]

    assert not changed()
    write(folder, school=SCHOOL)
    assert changed()
    (folder / "school.txt").rename(folder / "lessons.txt")
    assert changed()
    (folder / "below").mkdir()
    write(folder / "below", more=SCHOOL)
    assert changed()
    times = (folder / "bridge.txt").stat()
    (folder / "bridge.txt").write_text(BRIDGE[::-1])  # as long as before, and with its old time
    os.utime(folder / "bridge.txt", ns=(times.st_atime_ns, times.st_mtime_ns))
    assert changed()
    (folder / "ferry.txt").unlink()
    assert changed()
    (folder / "picture.png").write_bytes(b"no article")
    (folder / ".hidden.txt").write_text("no article either")
    assert not changed()
    shutil.rmtree(folder)
    assert changed()


def test_one_file_and_a_pattern_have_a_state(folder: Path) -> None:
    before = state(folder / "bridge.txt"), state(folder / "*.txt")
    write(folder, bridge=SCHOOL)
    assert state(folder / "bridge.txt") != before[0]
    assert state(folder / "*.txt") != before[1]
    assert state(folder / "nothing.txt") == state(folder / "nothing.txt")


def test_files_that_are_being_written_are_waited_for(folder: Path) -> None:
    source, watch = FileSource.at(str(folder), PARSER), Watch()
    assert [watch.changed(source) for _ in range(2)] == [False, True]  # nobody has read it yet
    watch.note_read(source.location, watch.last_look(source.location))
    assert not watch.changed(source)
    with (folder / "long.txt").open("w") as file:
        for _ in range(3):
            file.write(SCHOOL)
            file.flush()
            assert not watch.changed(source)
    assert watch.changed(source)
    assert watch.changed(source)  # until it is read
    watch.note_read(source.location, watch.last_look(source.location))
    assert not watch.changed(source)


def test_what_was_read_half_is_read_again_when_it_is_whole(library: Library, folder: Path) -> None:
    library.add_source(SHARED, str(folder), interval=timedelta(days=1))
    (folder / "record.json").write_text('{"title": "Mast", "text": "The mast of the')

    def look() -> list[str]:
        reasons = []
        for _ in range(2):
            for source in library.changed_files():
                reasons += [str(failure.reason) for failure in library.poll(source).failures]
        return reasons

    assert "not valid JSON" in look()[0]
    assert library.count([SHARED]) == 2
    assert look() == []
    (folder / "record.json").write_text('{"title": "Mast", "text": "The mast of the ship broke on Monday."}')
    assert look() == []
    assert library.count([SHARED]) == 3


def test_what_changes_while_it_is_read_is_read_again(library: Library, folder: Path) -> None:
    source = library.add_source(SHARED, str(folder), interval=timedelta(days=1))
    assert [library.changed_files() == [], len(library.changed_files())] == [True, 1]
    library.poll(source)

    def meanwhile(_: object) -> None:
        write(folder, school=SCHOOL)
        library.changed_files()

    library.poll(source, meanwhile)
    assert library.count([SHARED]) == 2
    assert [one.location for one in library.changed_files()] == [source.location]


def test_what_is_read_on_demand_is_not_watched(library: Library, folder: Path) -> None:
    library.sync([str(folder)], SHARED)
    library.add_source(SHARED, "https://courier.example/feed", interval=timedelta(hours=1))
    paused = library.add_source(SHARED, str(write(folder / "paused", a=SCHOOL)), interval=timedelta(hours=1))
    library.sources.pause(paused.pk)
    assert [library.changed_files() for _ in range(3)] == [[], [], []]


def test_looking_costs_little(tmp_path: Path) -> None:
    folder = write(tmp_path / "many", **{f"n{number}": SCHOOL for number in range(600)})
    started = time.thread_time()  # what others take of the machine doesn't count
    state(folder)
    assert time.thread_time() - started < 1  # about 10 ms on an idle machine
