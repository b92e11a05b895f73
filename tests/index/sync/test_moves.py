"""Files that stand elsewhere now: the same articles, nothing read or embedded anew, told as moved."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.article import SHARED
from index.library import Library
from tests.fakes.embeddings import WordEmbeddings
from tests.index.news import BRIDGE, FERRY, SCHOOL, write
from tests.index.sync.test_sync import assert_sound


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    write(folder / "spring", bridge=BRIDGE, ferry=FERRY)
    write(folder, school=SCHOOL)
    return folder


def ids(library: Library) -> set[str]:
    return {ref.id for ref in library.articles([SHARED])}


def test_a_renamed_folder_has_moved(library: Library, words: WordEmbeddings, folder: Path) -> None:
    library.sync([str(folder)], SHARED)
    before, embedded = ids(library), len(words.embedded)
    (folder / "spring").rename(folder / "march")
    report = library.sync([str(folder)], SHARED)
    assert (report.moved, report.added, report.removed, report.updated, report.unchanged) == (2, 0, 0, 0, 3)
    assert (report.embedded, len(words.embedded)) == (0, embedded)
    assert ids(library) == before
    assert library.history([SHARED])[0].counts.moved == 2
    again = library.sync([str(folder)], SHARED)
    assert (again.moved, again.unchanged, again.added, again.removed) == (0, 3, 0, 0)
    assert_sound(library)


def test_what_stands_where_something_moved_away_is_another_article(library: Library, folder: Path) -> None:
    library.sync([str(folder)], SHARED)
    (folder / "spring").rename(folder / "march")
    assert library.sync([str(folder)], SHARED).moved == 2
    write(folder / "spring", bridge="A heron was seen on the quay of Veldhoven on Sunday.")
    report = library.sync([str(folder)], SHARED)
    assert (report.moved, report.added, report.updated, report.removed) == (0, 1, 0, 0)
    assert len(ids(library)) == 4
    assert library.sync([str(folder)], SHARED).unchanged == 4
    assert_sound(library)


def test_a_copy_has_not_moved_and_a_changed_file_is_new(library: Library, folder: Path) -> None:
    library.sync([str(folder)], SHARED)
    shutil.copy(folder / "school.txt", folder / "copy.txt")
    (folder / "spring" / "ferry.txt").unlink()
    write(folder, ferry=f"{FERRY} And more.")
    report = library.sync([str(folder)], SHARED)
    assert (report.moved, report.added, report.removed) == (0, 2, 1)


def test_the_folder_of_a_source_has_moved(library: Library, words: WordEmbeddings, folder: Path) -> None:
    library.sync([str(folder)], SHARED)
    before, embedded = ids(library), len(words.embedded)
    renamed = folder.rename(folder.with_name("news"))
    report = library.sync([str(renamed)], SHARED)
    assert (report.moved, report.added, len(words.embedded)) == (3, 0, embedded)
    assert ids(library) == before
    (renamed / "school.txt").unlink()
    assert library.sync([str(renamed)], SHARED).removed == 1
    assert_sound(library)


def test_two_folders_that_are_both_there_have_articles_of_their_own(library: Library, folder: Path) -> None:
    library.sync([str(folder)], SHARED)
    copied = Path(shutil.copytree(folder, folder.with_name("copied")))
    report = library.sync([str(copied)], SHARED)
    assert (report.moved, report.added) == (0, 3)
