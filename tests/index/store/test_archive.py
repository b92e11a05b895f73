"""What is exported comes back whole: ids, sources, kept versions."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from index.article import SHARED
from index.errors import ArticleError
from index.library import Library
from index.store import changes
from tests.conftest import MAX_BYTES
from tests.fakes.embeddings import WordEmbeddings
from tests.index.news import BRIDGE, FERRY, SCHOOL, dated, found_ids, long_text, write


@pytest.fixture
def filled(library: Library, tmp_path: Path) -> Library:
    folder = write(tmp_path / "a", town=long_text("bridges", "ferries"), ferry=FERRY)
    days = {"date": "2024-05-01", "updated": "2024-05-03"}
    dated(folder, "dated", f"# Head\n\n{BRIDGE}", title="Brücke", author="Ada Roe", language="en", **days)
    library.add_source(SHARED, str(folder), interval=timedelta(hours=1), added_by="ada")
    library.sync([str(folder)], SHARED)
    library.sync([str(write(tmp_path / "b", ferry=SCHOOL))], "guild:1")
    write(folder, town=long_text("bridges", "windmills"))
    library.sync([str(folder)], SHARED)
    changes.mark_gone(library.registry.engine, SHARED, ["ferry.txt"])
    return library


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "other", "words", WordEmbeddings(), max_bytes=MAX_BYTES) as library:
        yield library


def exported(library: Library, scopes: list[str] | None = None) -> list[str]:
    file = io.StringIO()
    library.export(file.write, scopes)
    return file.getvalue().splitlines(keepends=True)


def without_imports(lines: list[str]) -> list[str]:
    """``lines`` without the first, which has a date, and what importing itself added to the history."""
    return [line for line in lines[1:] if json.loads(line).get("what") != "import"]


def test_what_is_exported_comes_back(filled: Library, other: Library, tmp_path: Path) -> None:
    report = other.import_(exported(filled))
    assert (report.added, report.failures) == (4, ())
    for scope in (SHARED, "guild:1"):
        assert other.articles([scope]) == filled.articles([scope])
        for ref in filled.articles([scope]):
            assert other.versions([scope], ref.id) == filled.versions([scope], ref.id)
            assert other.passages([scope], ref.id) == filled.passages([scope], ref.id)
    assert other.gone([SHARED]) == filled.gone([SHARED])
    (source,) = other.sources.listed([SHARED])
    assert (source.added_by, source.interval, source.articles) == ("ada", timedelta(hours=1), 3)
    assert other.disagreements() == set()
    assert found_ids(other, "ferry company boats")[0] == "ferry.txt"
    assert without_imports(exported(other)) == exported(filled)[1:]
    assert other.history([SHARED])[1:] == filled.history([SHARED])
    assert other.history(["guild:1"])[1:] == filled.history(["guild:1"])
    again = other.sync([str(tmp_path / "a")], SHARED)
    assert (again.unchanged, again.added, again.embedded) == (3, 0, 0)
    (old,) = [version for version in filled.versions([SHARED], "town.txt") if not version.live]
    assert "ferries" in old.article.text


def test_an_old_citation_opens_after_an_import(library: Library, other: Library, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", ferry=FERRY)
    library.sync([str(folder)], SHARED)
    (passage,) = library.passages([SHARED], "ferry.txt")
    library.remove(SHARED, "ferry.txt")
    other.import_(exported(library))
    assert other.passage([SHARED], passage.id) == passage


def test_importing_twice_changes_nothing(filled: Library, other: Library) -> None:
    lines = exported(filled)
    other.import_(lines)
    report = other.import_(lines)
    assert (report.added, report.updated, report.unchanged, report.embedded) == (0, 0, 4, 0)
    assert without_imports(exported(other)) == lines[1:]
    assert other.history([SHARED])[0].what == "import"


def test_what_is_left_of_a_removed_source_is_exported(library: Library, other: Library, tmp_path: Path) -> None:
    library.sync([str(write(tmp_path / "a", ferry=FERRY))], "guild:1")
    (passage,) = library.passages(["guild:1"], "ferry.txt")
    library.remove_source("guild:1", str(tmp_path / "a"), articles=True)
    other.import_(exported(library))
    assert other.passage(["guild:1"], passage.id) == passage
    assert [run.what for run in other.history(["guild:1"])] == ["import", "remove", "index"]


def test_one_scope_can_be_exported(filled: Library, other: Library) -> None:
    other.import_(exported(filled, ["guild:1"]))
    assert other.count([SHARED]) == 0
    assert found_ids(other, "teachers classrooms", "guild:1") == ["ferry.txt"]


def test_lines_that_cannot_be_used_are_told(filled: Library, other: Library) -> None:
    lines = exported(filled)
    lines.insert(1, "{broken\n")
    lines.insert(2, json.dumps({"type": "article", "scope": SHARED}) + "\n")
    report = other.import_(lines)
    assert [failure.location for failure in report.failures] == ["line 2", "line 3"]
    assert "fingerprint" in str(report.failures[1].reason)
    assert report.added == 4


@pytest.mark.parametrize("first", ["", "[]\n", "{}\n", '{"newsdesk": 99}\n', "no JSON\n"])
def test_what_is_no_export_is_refused(other: Library, first: str) -> None:
    with pytest.raises(ArticleError, match="no export of a Newsdesk library"):
        other.import_([first, '{"type": "source"}\n'])


def test_an_older_export_does_not_say_of_which_source_an_article_was_taken_out(
    library: Library, other: Library, tmp_path: Path
) -> None:
    folder = write(tmp_path / "a", ferry=FERRY, school=SCHOOL)
    library.add_source(SHARED, str(folder), interval=timedelta(hours=1))
    library.sync([str(folder)], SHARED)
    library.remove(SHARED, "ferry.txt")
    lines = [json.loads(line) for line in exported(library)]
    older = [
        {key: value for key, value in line.items() if line.get("type") != "removal" or key != "location"}
        for line in lines
    ]
    assert older != lines
    other.import_(json.dumps(line) for line in older)
    (source,) = other.sources.polled()
    assert other.poll(source).unchanged == 1


def test_an_older_export_does_not_say_when_an_article_was_changed(filled: Library, other: Library) -> None:
    lines = [json.loads(line) for line in exported(filled)]
    assert [line["modified_at"][:10] for line in lines if line.get("modified_at")] == ["2024-05-03"]
    older = [{key: value for key, value in line.items() if key != "modified_at"} for line in lines]
    report = other.import_(json.dumps(line) for line in older)
    assert (report.added, report.failures) == (4, ())
    assert not any(ref.modified_at for ref in other.articles([SHARED]))
