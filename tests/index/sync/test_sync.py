from __future__ import annotations

import json
import os
import shutil
import sys
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from index.article import SHARED
from index.errors import ArticleError
from index.library import Library
from index.passages import split_passages
from index.sync.sync import SyncProgress
from tests.fakes.embeddings import WordEmbeddings
from tests.index.news import BRIDGE, FERRY, SCHOOL, found_ids, long_text, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "articles", bridge=BRIDGE, ferry=FERRY)


def assert_sound(library: Library, scope: str = SHARED) -> None:
    """Registry, vectors and full text hold exactly the passages that the articles are cut into."""
    expected = {
        passage.id
        for ref in library.articles([scope])
        if (article := library.article([scope], ref.id))
        for passage in split_passages(article, scope)
    }
    assert library.registry.passage_ids(scope) == expected
    assert library.disagreements() == set()


def test_indexing_twice_embeds_nothing(library: Library, words: WordEmbeddings, folder: Path) -> None:
    first = library.sync([str(folder)], SHARED)
    assert (first.added, first.embedded, first.failures) == (2, 2, ())
    second = library.sync([str(folder)], SHARED)
    assert (second.added, second.updated, second.unchanged, second.removed, second.embedded) == (0, 0, 2, 0, 0)
    assert len(words.embedded_of_articles) == 2
    assert_sound(library)


def test_one_source_named_twice_is_read_once(library: Library, folder: Path) -> None:
    assert library.sync([str(folder), f"{folder}/", str(folder / ".." / "articles")], SHARED).added == 2


def test_only_the_changed_passages_are_embedded(library: Library, words: WordEmbeddings, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", town=long_text("bridges", "ferries", "schools"))
    assert library.sync([str(folder)], SHARED).embedded == 3
    before = {passage.text[:14]: passage.id for passage in library.passages([SHARED], "town.txt")}
    write(folder, town=long_text("bridges", "windmills", "schools"))
    report = library.sync([str(folder)], SHARED)
    assert (report.updated, report.added, report.embedded) == (1, 0, 1)
    assert "windmills" in words.embedded[-1]
    after = {passage.text[:14]: passage.id for passage in library.passages([SHARED], "town.txt")}
    assert after["About bridges:"] == before["About bridges:"]
    assert before["About ferries:"] not in library.registry.passage_ids(SHARED)
    assert all("ferries" not in hit.passage.text for hit in library.search("ferries report", [SHARED]))
    assert_sound(library)


def test_a_touched_file_is_unchanged(library: Library, folder: Path) -> None:
    library.sync([str(folder)], SHARED)
    path = folder / "bridge.txt"
    path.write_text(path.read_text().replace("\n", "\r\n"))  # other bytes, the same article
    os.utime(path, (1, 1))
    assert library.sync([str(folder)], SHARED).unchanged == 2


def test_a_new_date_alone_counts(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"id": "a", "text": BRIDGE}))
    library.sync([str(path)], SHARED)
    path.write_text(json.dumps({"id": "a", "text": BRIDGE, "date": "2023-05-12T10:00:00Z"}))
    report = library.sync([str(path)], SHARED)
    assert (report.updated, report.embedded) == (1, 0)
    assert library.articles([SHARED])[0].published_at == datetime(2023, 5, 12, 10, tzinfo=UTC)


def test_the_day_of_a_change_alone_makes_no_new_version(
    library: Library, words: WordEmbeddings, tmp_path: Path
) -> None:
    path = tmp_path / "a.json"
    stated = {"id": "a", "text": BRIDGE, "date": "2023-05-12T10:00:00Z"}
    for changed, told in ((None, None), ("2023-05-14T10:00:00Z", 14), ("2023-05-15", 15), (None, None)):
        path.write_text(json.dumps(stated | {"updated": changed}))
        report = library.sync([str(path)], SHARED)
        assert report.added + report.updated == 1
        (ref,) = library.articles([SHARED])
        assert ref.updated_on == (date(2023, 5, told) if told else None)
        assert library.search("harbour bridge", [SHARED])[0].article == ref
    assert len(words.embedded_of_articles) == 1
    assert len(library.versions([SHARED], "a")) == 1
    assert library.sync([str(path)], SHARED).unchanged == 1
    assert_sound(library)


def test_what_left_the_folder_leaves_the_library(library: Library, folder: Path) -> None:
    library.sync([str(folder)], SHARED)
    (folder / "ferry.txt").unlink()
    report = library.sync([str(folder)], SHARED)
    assert (report.removed, report.unchanged) == (1, 1)
    assert [ref.id for ref in library.articles([SHARED])] == ["bridge.txt"]
    assert found_ids(library, "ferry company boats") == ["bridge.txt"]
    assert_sound(library)


def test_an_emptied_folder_empties_its_part(library: Library, folder: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other", school=SCHOOL)
    library.sync([str(folder), str(other)], SHARED)
    shutil.rmtree(folder)
    folder.mkdir()
    report = library.sync([str(folder)], SHARED)
    assert (report.removed, report.failures) == (2, ())
    assert [ref.id for ref in library.articles([SHARED])] == ["school.txt"]
    again = library.sync([str(folder)], SHARED)
    assert again.removed == 0
    assert str(again.failures[0].reason).startswith("There are no articles here.")


def test_an_empty_pattern_empties_its_part(library: Library, folder: Path) -> None:
    pattern = str(folder / "*.txt")
    library.sync([pattern], SHARED)
    for path in folder.iterdir():
        path.unlink()
    assert library.sync([pattern], SHARED).removed == 2


def test_a_folder_that_never_held_articles_is_a_failure(library: Library, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for location in (tmp_path / "empty", tmp_path / "empty" / "*.md"):
        (failure,) = library.sync([str(location)], SHARED).failures
        assert failure.location == str(location)
        assert str(failure.reason).startswith("There are no articles here. Check the path or the pattern")


@pytest.mark.parametrize("gone", ["folder", "pattern", "file"])
def test_what_is_out_of_reach_keeps_its_articles(library: Library, folder: Path, gone: str) -> None:
    location = {"folder": folder, "pattern": folder / "*.txt", "file": folder / "bridge.txt"}[gone]
    library.sync([str(location)], SHARED)
    count = library.count([SHARED])
    shutil.rmtree(folder)
    report = library.sync([str(location)], SHARED)
    assert (report.removed, len(report.failures)) == (0, 1)
    assert "o such file or" in str(report.failures[0].reason)
    assert library.count([SHARED]) == count > 0


def test_an_article_that_fails_now_is_kept(library: Library, folder: Path) -> None:
    library.sync([str(folder)], SHARED)
    (folder / "bridge.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x01\x02")
    (folder / "ferry.txt").write_bytes(b"")
    report = library.sync([str(folder)], SHARED)
    assert (report.removed, report.updated) == (0, 0)
    assert {Path(failure.location).name for failure in report.failures} == {"bridge.txt", "ferry.txt", "articles"}
    assert "1 article is no longer listed here" in str(report.failures[-1].reason)
    assert "it was kept" in str(report.failures[-1].reason)
    assert found_ids(library, "harbour bridge mayor")[0] == "bridge.txt"
    assert library.count([SHARED]) == 2
    write(folder, bridge=SCHOOL, ferry=FERRY)
    assert library.sync([str(folder)], SHARED).updated == 1


def test_a_broken_file_keeps_no_others_that_are_gone(library: Library, folder: Path) -> None:
    """Only what may be in what can't be read is kept: the file of that name, and what records state."""
    (folder / "news.jsonl").write_text(json.dumps({"id": "school", "text": SCHOOL}))
    library.sync([str(folder)], SHARED)
    (folder / "ferry.txt").unlink()
    write(folder, boats=FERRY)
    (folder / "bridge.txt").write_bytes(b"")
    report = library.sync([str(folder)], SHARED)
    assert (report.added, report.removed, len(report.failures)) == (1, 1, 2)
    (folder / "news.jsonl").write_text("{")
    report = library.sync([str(folder)], SHARED)
    assert "2 articles are no longer listed here" in str(report.failures[-1].reason)
    assert {ref.id for ref in library.articles([SHARED])} == {"boats.txt", "bridge.txt", "school"}
    (folder / "news.jsonl").unlink()
    (folder / "bridge.txt").unlink()
    assert library.sync([str(folder)], SHARED).removed == 2
    assert_sound(library)


@pytest.mark.skipif(sys.platform == "darwin", reason="names are always UTF-8 there")
def test_names_that_can_not_be_printed(library: Library, folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9\n.txt")).write_text(SCHOOL)
    Path(os.fsdecode(os.fsencode(folder) + b"/bad\xe9.json")).write_text("{")
    report = library.sync([str(folder)], SHARED)
    assert report.added == 3
    assert [failure.location for failure in report.failures] == [str(folder / "bad\ufffd.json")]
    assert "caf\ufffd\ufffd.txt" in {ref.id for ref in library.articles([SHARED])}
    with pytest.raises(ArticleError, match=r"can't be printed\. Rename it"):
        library.sync([str(folder / "caf\udce9.txt")], SHARED)


def test_a_broken_article_does_not_stop_the_others(library: Library, folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    report = library.sync([str(folder)], SHARED)
    assert report.added == 2
    assert [failure.location for failure in report.failures] == [str(folder / "broken.pdf")]


def test_half_a_surrogate_pair_is_no_obstacle(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"id": "a", "title": "Odd \\ud83d", "text": "The harbour \\udc00 bridge was opened."}')
    report = library.sync([str(path)], SHARED)
    assert (report.added, report.failures) == (1, ())
    assert found_ids(library, "harbour \ud800 bridge") == ["a"]


def test_two_sources_keep_articles_of_the_same_name(library: Library, tmp_path: Path) -> None:
    here, there = write(tmp_path / "here", news=BRIDGE), write(tmp_path / "there", news=FERRY)
    assert library.sync([str(here), str(there)], SHARED).added == 2
    first, second = sorted((ref.id for ref in library.articles([SHARED])), key=len)
    assert first == "news.txt"
    assert second.startswith("there-")
    assert second.endswith("/news.txt")
    assert found_ids(library, "ferry company boats")[0] == second
    assert library.sync([str(there), str(here)], SHARED).unchanged == 2
    (here / "news.txt").unlink()
    assert library.sync([str(here), str(there)], SHARED).removed == 1
    assert [ref.id for ref in library.articles([SHARED])] == [second]
    assert_sound(library)


def test_other_sources_are_left_alone(library: Library, folder: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other", school=SCHOOL)
    library.sync([str(folder)], SHARED)
    assert library.sync([str(other)], SHARED).removed == 0
    assert library.count([SHARED]) == 3


def test_an_address_that_no_source_reads(library: Library) -> None:
    with pytest.raises(ArticleError, match="name a file, a folder or a glob"):
        library.sync(["ftp://courier.example/a"], SHARED)


def test_articles_are_cut_anew_when_passages_are_cut_otherwise(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.sync([str(folder)], SHARED)
    before = library.registry.passage_ids(SHARED)
    monkeypatch.setattr("index.sync.loading.CHUNKER_VERSION", 999)
    report = library.sync([str(folder)], SHARED)
    assert (report.updated, report.embedded) == (2, 0)
    assert library.registry.passage_ids(SHARED) == before  # what is cut as before keeps its id, and its links
    assert_sound(library)


def test_progress_never_passes_the_total(library: Library, folder: Path) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7")
    seen: list[SyncProgress] = []
    library.sync([str(folder)], SHARED, seen.append)
    assert seen[-1] == SyncProgress(done=3, total=3, failed=1)
    assert [step.done for step in seen] == sorted(step.done for step in seen)


def test_two_syncs_at_once_wait_for_each_other(library: Library, folder: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other", **{f"n{number}": f"{SCHOOL} {number}" for number in range(70)})
    threads = [
        threading.Thread(target=library.sync, args=([str(location)], scope))
        for location in (folder, other)
        for scope in (SHARED, "guild")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert library.count([SHARED]) == library.count(["guild"]) == 72
    assert_sound(library)
    assert_sound(library, "guild")
