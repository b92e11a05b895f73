from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import ArticleError
from index.sources import open_source
from index.sources.files import FileSource
from index.sources.source import Failure, Item
from tests.index.sources.test_web import PARSER

TEXT = "The council approved the new bridge on Friday, the mayor said."


def found(location: Path | str, max_bytes: int = 1_000_000) -> tuple[list[Item], list[Failure]]:
    entries = list(open_source(str(location), max_bytes=max_bytes, parser=PARSER).items())
    failures = [e for e in entries if isinstance(e, Failure) and not e.passed_over]
    return [e for e in entries if isinstance(e, Item)], failures


def failure(location: Path | str, max_bytes: int = 1_000_000) -> Failure:
    items, failures = found(location, max_bytes)
    assert items == []
    assert len(failures) == 1
    return failures[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.md", "sub/c.txt", "sub/.hidden.txt", ".git/d.txt", "sub/picture.png", "e.HTML"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{name}: {TEXT}", encoding="utf-8")
    return tmp_path


def test_a_folder_lists_its_articles_in_order(folder: Path) -> None:
    items, failures = found(folder)
    assert [item.id for item in items] == ["a.md", "b.txt", "e.HTML", "sub/c.txt"]
    assert failures == []
    assert items[0].load().text.endswith(TEXT)


def test_a_glob_lists_what_it_matches(folder: Path) -> None:
    items, _ = found(folder / "**" / "*.txt")
    assert [item.id for item in items] == ["b.txt", "sub/c.txt"]


def test_a_glob_keeps_its_name_wherever_it_is_named_from(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "sub")
    source = open_source("../*.txt", max_bytes=1000)
    assert source.location == open_source(str(folder / "*.txt"), max_bytes=1000).location
    assert [item.id for item in source.items() if isinstance(item, Item)] == ["b.txt"]


def test_a_folder_whose_name_looks_like_a_glob(tmp_path: Path) -> None:
    odd = tmp_path / "[2023]"
    odd.mkdir()
    (odd / "a.txt").write_text(TEXT)
    assert [item.id for item in found(odd)[0]] == ["a.txt"]


def test_a_single_file_goes_by_its_name(folder: Path) -> None:
    assert [item.id for item in found(folder / "sub/c.txt")[0]] == ["c.txt"]


def test_the_fingerprint_follows_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    first = found(path)[0][0].fingerprint
    assert found(path)[0][0].fingerprint == first
    path.write_text(TEXT + "!")
    assert found(path)[0][0].fingerprint != first


def test_the_url_in_the_front_matter_is_the_id(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\nurl: https://courier.example/a\n---\n{TEXT}")
    item = found(tmp_path)[0][0]
    assert item.id == item.load().id == "https://courier.example/a"


def test_an_id_that_a_terminal_would_obey_is_refused(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text(json.dumps([{"id": "x\x1b[31m", "text": TEXT}]))
    items, failures = found(tmp_path)
    assert items == []
    assert "can't be printed" in str(failures[0].reason)


def test_json_ids(tmp_path: Path) -> None:
    url = "https://courier.example/a"
    records = [
        {"id": "x1", "url": url, "text": TEXT},
        {"url": url, "text": TEXT},
        {"text": TEXT},
        {"id": 7, "text": TEXT},
    ]
    (tmp_path / "list.json").write_text(json.dumps(records))
    (tmp_path / "one.json").write_text(json.dumps({"text": TEXT, "title": ""}))
    items, failures = found(tmp_path)
    assert [item.id for item in items] == ["x1", url, "list.json#3", "7", "one.json"]
    assert failures == []
    assert items[4].load().title == TEXT.removesuffix(".")


@pytest.mark.parametrize("ending", ["jsonl", "ndjson", "jl"])
def test_a_broken_line_does_not_stop_the_others(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"news.{ending}"
    lines = [
        json.dumps({"id": "a", "text": TEXT}),
        '{"id": "b", "text": ',
        "[1]",
        "",
        '{"id": "c"}',
        '{"text": "Да."}',
    ]
    path.write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    items, failures = found(path)
    assert [item.id for item in items] == ["a", f"news.{ending}#6"]
    assert [item.load().text for item in items] == [TEXT, "Да."]
    assert [failure.location for failure in failures] == [f"{path}:{line}" for line in (2, 3, 5)]
    assert [str(failure.reason) for failure in failures] == [
        "Line 2: not valid JSON (Expecting value at character 20).",
        'Line 3: not an object. Write {"title": …, "text": …}.',
        'Line 5: It has no text. Give each article a "text" with its words.',
    ]


def test_a_jsonl_file_is_limited_by_the_line(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    long = json.dumps({"id": "long", "text": TEXT * 100})
    path.write_text(
        "\n".join([json.dumps({"id": f"a{n}", "text": TEXT}) for n in range(50)] + [long, '{"text": "x"}'])
    )
    items, failures = found(path, max_bytes=2000)
    assert len(items) == 51
    assert items[-1].load().text == "x"
    assert [failure.location for failure in failures] == [f"{path}:51"]
    assert "too large" in str(failures[0].reason)


def test_a_line_that_moved_meanwhile_is_not_taken_for_another(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text('{"id": "a", "text": "One."}\n{"id": "b", "text": "Two."}\n')
    items, _ = found(path)
    path.write_text('{"id": "b", "text": "Two."}\n{"id": "a", "text": "One."}\n')
    with pytest.raises(ArticleError, match="changed while it was being read"):
        items[0].load()


def test_the_second_of_two_with_one_id_is_named_with_the_first(tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text(json.dumps({"id": "x", "text": TEXT}))
    items, failures = found(tmp_path)
    assert [item.id for item in items] == ["x"]
    assert failures[0].location == str(tmp_path / "b.json")
    assert str(failures[0].reason).startswith("It has the same id as a.json (x).")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("empty.jsonl", b"\n\n", "every line is blank"),
        ("a.xlsx", b"PK", "The kinds that can are .atom, .csv, .docx, .eml, .enex, .epub, .htm"),
        ("a.json", b"{", "not valid JSON"),
        ("a.json", b"[]", "list of articles in it is empty"),
        ("a.json", b'"text"', "not an object"),
        ("a.json", b'{"title": "x"}', "no text"),
        ("a.json", b'{"id": [1], "text": "x"}', "must be a word or a number"),
        ("a.json", b"[" * 100_000, "not valid JSON"),
    ],
)
def test_files_that_cannot_be_listed(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert reason in str(failure(path).reason)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x01\x02", "not a text file"),
        ("blank.txt", b" \n\n ", "no text"),
        ("credits.txt", "© AP\n\nPhoto: Ada Roe".encode(), "besides credits"),
        ("a.pdf", b"%PDF-1.7", "damaged"),
    ],
)
def test_files_that_cannot_be_loaded(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ArticleError, match=reason):
        found(path)[0][0].load()


def test_a_large_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)
    started = time.thread_time()  # what others take of the machine doesn't count
    assert "2000.0 MB, and the limit is 1 MB" in str(failure(path).reason)
    assert time.thread_time() - started < 1


def test_places_that_hold_nothing(tmp_path: Path) -> None:
    assert "no such file or folder" in str(failure(tmp_path / "missing.txt").reason)
    assert "no such file or folder" in str(failure(tmp_path / ("long" * 1000)).reason)
    assert "No such file or directory" in str(failure(tmp_path / "missing" / "*.txt").reason)
    assert "not an ordinary file" in str(failure(_pipe(tmp_path / "pipe.txt")).reason)


def test_an_empty_folder_lists_nothing(tmp_path: Path) -> None:
    assert found(tmp_path) == found(tmp_path / "**" / "*.txt") == ([], [])


@pytest.mark.parametrize(
    ("pattern", "ids"),
    [
        ("*", ["a.md", "b.txt", "e.HTML"]),
        ("**", ["a.md", "b.txt", "e.HTML", "sub/c.txt"]),
        ("*/*.txt", ["sub/c.txt"]),
        ("s?b/**/[a-c].*", ["sub/c.txt"]),
        ("**/sub/**/*", ["sub/c.txt"]),
        ("**/.*.txt", ["sub/.hidden.txt"]),
        (".g*/*.txt", [".git/d.txt"]),
    ],
)
def test_patterns(folder: Path, pattern: str, ids: list[str]) -> None:
    items, failures = found(folder / pattern)
    assert [item.id for item in items] == ids
    assert failures == []


def test_a_link_to_itself_is_named_and_the_rest_is_read(folder: Path) -> None:
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    items, failures = found(folder)
    assert len(items) == 4
    assert [failure.location for failure in failures] == [str(folder / "loop.txt")]


@pytest.mark.parametrize("location", ["a\0b", "~nobody-of-that-name/articles"])
def test_what_is_no_path(location: str) -> None:
    with pytest.raises(ArticleError, match="is not a path"):
        open_source(location, max_bytes=1000)


def _pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder anyone may enter, seen by a user who owns nothing: root may read everything."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    yield folder
    os.seteuid(was)
    shutil.rmtree(folder)


def test_what_may_not_be_read(as_nobody: Path) -> None:
    user = os.geteuid()
    os.seteuid(os.getuid())
    for path in (as_nobody / "a.txt", as_nobody / "shut" / "b.txt", as_nobody / "c.txt"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT)
    (as_nobody / "a.txt").chmod(0)
    (as_nobody / "shut").chmod(0)
    os.seteuid(user)
    items, failures = found(as_nobody)
    by_pattern = found(as_nobody / "**" / "*.txt")[1]
    os.seteuid(os.getuid())
    (as_nobody / "shut").chmod(0o755)
    os.seteuid(user)
    assert [item.id for item in items] == ["c.txt"]
    assert [failure.location for failure in failures] == [str(as_nobody / "a.txt"), str(as_nobody / "shut")]
    assert by_pattern == failures
    assert all("permission" in str(failure.reason) for failure in failures)


def test_a_folder_linked_into_itself_ends(folder: Path) -> None:
    (folder / "sub" / "up").symlink_to(folder)
    assert len(found(folder)[0]) == 4


def test_an_address_no_source_reads() -> None:
    with pytest.raises(ArticleError, match="name a file, a folder or a glob"):
        open_source("ftp://courier.example/a", max_bytes=1000)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        (
            '<link rel="canonical" href="https://courier.example/ferry?utm_source=x#top">',
            "https://courier.example/ferry",
        ),
        ("<LINK href='https://courier.example/a?b=1&amp;c=2' rel=canonical>", "https://courier.example/a?b=1&c=2"),
        ('<link rel="canonical" href="https://courier.example/ferry?amp=1">', "https://courier.example/ferry"),
        ('<link rel="canonical" href="/ferry">', None),
        ('<link rel="canonical" href="https://courier.example/">', None),
        ('<link rel="canonical" href="http://[::1">', None),
        ('<link rel="alternate" href="https://courier.example/ferry">', None),
        ("", None),
    ],
)
def test_an_html_file_is_known_by_its_canonical_address(tmp_path: Path, link: str, address: str | None) -> None:
    body = "".join(
        f"<p>The ferry company sells two of its boats, part {part} of its letter says.</p>" for part in "abcdef"
    )
    page = f"<html><head><title>Ferry</title>{link}</head><body><article>{body}</article></body></html>"
    (tmp_path / "ferry.html").write_text(page)
    (item,) = open_source(str(tmp_path), max_bytes=1_000_000, parser=PARSER).items()
    assert isinstance(item, Item)
    assert item.id == (address or "ferry.html")
    assert item.load().id == item.id


def test_articles_of_a_list_stay_packed_until_they_are_stored(tmp_path: Path) -> None:
    """Unpacked, thousands of small articles take six times the room of their file."""
    path = tmp_path / "many.json"
    path.write_text(
        json.dumps([{"title": f"Bridge {n}", "text": f"The boat {n} came in. " * 12} for n in range(2000)])
    )
    source = FileSource.at(str(path), PARSER)
    list(source.items())  # what is imported and started for the first is no part of it
    tracemalloc.start()
    items = list(source.items())
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    last = items[-1]
    assert isinstance(last, Item)
    assert last.load().title == "Bridge 1999"
    assert held < 3.5 * path.stat().st_size


def test_files_of_one_article_may_hold_several_or_none(tmp_path: Path) -> None:
    documents = "".join(f"Document {n} of 2\n\nTitle: Part {n}\n\nFull text: {TEXT}\n\n" for n in (1, 2))
    (tmp_path / "exported.TXT").write_text(documents)
    (tmp_path / "plain.txt").write_text(f"{TEXT}\n\n-----\n\n{TEXT} At last.")
    mail = f"Content-Type: message/rfc822\n\nSubject: Part\n\n{TEXT}\n"
    head = "Subject: Two\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
    (tmp_path / "two.eml").write_text(f"{head}--x\n{mail}--x\n{mail}--x--\n")
    fields = "id: 0a1f33c2d4e5f60718293a4b5c6d7e8f\ntype_: {}"
    (tmp_path / "folder.md").write_text(f"Clippings\n\n{fields.format(2)}")
    (tmp_path / "note.md").write_text(f"Ferry\n\n{TEXT}\n\n{fields.format(1)}")
    (tmp_path / "Inbox").write_text(f"From - Mon Mar 03 06:10:00 2025\nSubject: Ferry\n\n{TEXT}\n")
    (tmp_path / "Inbox.msf").write_text("// <!-- <mdb:mork:z v=1.4/> -->")
    (tmp_path / "LICENSE").write_text("From here on")
    items, failures = found(tmp_path)
    names = ["Inbox", "exported.TXT#1", "exported.TXT#2", "note.md", "plain.txt", "two.eml#1", "two.eml#2"]
    assert ([item.id for item in items], failures) == (names, [])
    assert [item.load().title for item in items][:4] == ["Ferry", "Part 1", "Part 2", "Ferry"]


@pytest.mark.parametrize(("end", "encoding"), [("Einde van het document", "utf-8"), ("End of Document", "utf-16")])
def test_files_of_several_are_known_by_any_mark(tmp_path: Path, end: str, encoding: str) -> None:
    (tmp_path / "exported.txt").write_text(f"{TEXT}\n\n{end}\n\n{TEXT} At last.\n\n{end}\n", encoding)
    items, failures = found(tmp_path)
    assert ([item.id for item in items], failures) == (["exported.txt#1", "exported.txt#2"], [])


@pytest.mark.parametrize("name", ["ferry.json", "ferry.txt.json"])
def test_what_a_file_of_fields_beside_a_text_states(tmp_path: Path, name: str) -> None:
    fields = {"id": 5, "title": "Ferry approved", "date": "2009-04-17", "newspaper": "Bay Post", "page": 4}
    (tmp_path / "ferry.txt").write_text(TEXT)
    items, _ = found(tmp_path)
    (tmp_path / name).write_text(json.dumps(fields))
    (item,), failures = found(tmp_path)
    article = item.load()
    assert (article.title, article.source, article.text, failures) == ("Ferry approved", "Bay Post", TEXT, [])
    assert article.published_at is not None
    assert article.published_at.date().isoformat() == "2009-04-17"
    assert item.id == items[0].id
    (tmp_path / name).write_text(json.dumps(fields | {"page": 5}))
    (changed,), _ = found(tmp_path)
    assert len({items[0].fingerprint, item.fingerprint, changed.fingerprint}) == 3


def test_what_a_list_beside_the_folder_of_a_text_states(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "ferry-1a.md").write_text(TEXT)
    fields = {"title": "Ferry approved", "url": "https://bay.example/f", "publishedAt": "2009-04-17T00:00:00.000Z"}
    records = [{"slug": "other", "title": "Other"}, {"slug": "ferry-1a", **fields}]
    (tmp_path / "metadata_0_to_2.json").write_text(json.dumps(records))
    (item,), failures = found(tmp_path)
    article = item.load()
    assert (article.title, article.url) == ("Ferry approved", "https://bay.example/f")
    assert article.published_at is not None
    assert article.published_at.date().isoformat() == "2009-04-17"
    assert all(failure.passed_over for failure in failures)
    (tmp_path / "content" / "ferry-1a.md").rename(tmp_path / "ferry-1a.md")
    assert [one.load().url for one in found(tmp_path)[0]] == [None]


def test_a_line_between_paragraphs_does_not_part_a_text_from_its_fields(tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(f"{TEXT}\n\n-----\n\n{TEXT} At last.")
    (tmp_path / "ferry.json").write_text(json.dumps({"title": "Ferry approved", "date": "2009-04-17"}))
    (item,), failures = found(tmp_path)
    assert (item.load().title, failures) == ("Ferry approved", [])


def test_a_record_beside_a_page_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(f"Title: Mine\nDate: 4 May 2026\n\n{TEXT}")
    (tmp_path / "ferry.json").write_text(
        json.dumps({"title": "Bay", "text": f"{TEXT} Again.", "date": "2009-04-17"})
    )
    items, failures = found(tmp_path)
    assert ([item.load().title for item in items], failures) == (["Bay", "Mine"], [])
    (tmp_path / "ferry.txt").write_text(TEXT)
    items, _ = found(tmp_path)
    assert [item.load().title for item in items][1:] != ["Bay"]
    assert [item.load().published_at for item in items][1:] == [None]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("_posts/2024-05-23-ferry.md", "2024-05-23"),
        ("_posts/news/2024-05-23-ferry.md", "2024-05-23"),
        ("clippings/2024-05-23-ferry.md", None),
        ("_posts/ferry.md", None),
    ],
)
def test_a_post_of_jekyll_has_its_day_in_its_name(tmp_path: Path, name: str, day: str | None) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(f"# Ferry\n\n{{% comment %}}\nhidden\n{{% endcomment %}}\n{TEXT}\n\n{{% include ad.html %}}\n")
    items, _ = found(tmp_path)
    articles = [item.load() for item in items]
    assert [one.published_at and one.published_at.date().isoformat() for one in articles] == [day]
    assert all(one.text.endswith(TEXT) for one in articles)
    alone = [item.load() for item in found(path.parent)[0]] + [item.load() for item in found(path)[0]]
    assert [one.published_at and one.published_at.date().isoformat() for one in alone] == [day, day]


def test_a_page_takes_away_no_article_that_it_links_to(tmp_path: Path) -> None:
    (tmp_path / "sport-2023").mkdir()
    (tmp_path / "sport-2023" / "final.html").write_text(f"<h1>Final</h1><p>{TEXT}</p>")
    (tmp_path / "sport.html").write_text(f'<h1>Sport</h1><p>{TEXT}</p><a href="sport-2023/final.html">Final</a>')
    assert len(found(tmp_path)[0]) == 2
    (tmp_path / "sport.html").write_text(f'<h1>Sport</h1><p>{TEXT}</p><iframe src="sport-2023/final.html">')
    assert len(found(tmp_path)[0]) == 1
