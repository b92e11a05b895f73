"""Articles in files: one file, a folder, or a glob."""

from __future__ import annotations

import glob
import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path

from index.article import Article, digest, is_web
from index.errors import ArticleError
from index.parser import Parser
from index.reading.kinds import FEED_LISTS, KINDS, LINES, SINGLE, has_frame, kind_of, may_hold_several, saved_with
from index.reading.metadata.addresses import header_address, stated_address
from index.reading.versions import CLEANING_VERSION
from index.sources.beside import fields_beside, is_beside_a_text
from index.sources.records import list_articles, list_lines, too_large
from index.sources.source import Failure, Item, plain
from index.told import Told, tell, words_of

DEFAULT_MAX_BYTES = 20_000_000
_BEGINNING = 1_000
"""Bytes by which a kind is known."""
_KINDS = ", ".join(sorted(KINDS))
_FRAME = tell("It is a part of the page that it was saved with.")
_START = 262_144
"""Bytes at the beginning of a file in which its address is looked for."""
# What an article's number in its file is added to the file's name with.
_NUMBER = re.compile(r"#\d+$")


@dataclass(frozen=True, slots=True)
class FileSource:
    """The articles in a file, in a folder and its subfolders, or in the files that a glob matches.

    An article's id is its JSON ``id``, else the URL that its front matter or record or HTML states, else its path
    below the source's root (``path``, for a glob the part without wildcards). Hidden files are passed over, and
    so are files of other kinds, which are named. ``feeds`` are those that a list of feeds names, once it was read.
    """

    location: str
    path: Path
    pattern: str | None = None
    max_bytes: int = DEFAULT_MAX_BYTES
    parser: Parser = field(default_factory=Parser)
    partial: bool = False
    expected: int | None = None
    feeds: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, location: str, parser: Parser, *, max_bytes: int = DEFAULT_MAX_BYTES) -> FileSource:
        """The source at ``location``, which is made absolute so that each source has one name only."""
        try:
            path = root = Path(location).expanduser().absolute()
            if os.path.lexists(path) or not glob.has_magic(location):
                pattern = None
            else:
                while glob.has_magic(str(root)):
                    root = root.parent
                pattern = path.relative_to(root).as_posix()
            root = root.resolve()
        except (OSError, RuntimeError, ValueError) as error:
            raise ArticleError(
                tell("{location} is not a path: {error}.", location=plain(location[:200]), error=words_of(error))
            ) from None
        name = str(root / pattern) if pattern else str(root)
        if name != plain(name):
            raise ArticleError(
                tell("{name} has characters in its name that can't be printed. Rename it.", name=plain(name))
            )
        return cls(name, root, pattern, max_bytes, parser)

    @property
    def kind(self) -> str:
        """Pattern, folder or file."""
        if self.pattern:
            return "pattern"
        return "folder" if self.path.is_dir() else "file"

    def state(self) -> str:
        """A digest of the names, sizes and times of the files, which changes when they do.

        No file is opened but those whose names have no ending.
        """
        return digest(*(_look(place) for place in self._places() if isinstance(place, Failure) or _is_read(place)))

    def items(self) -> Iterator[Item | Failure]:
        """List the articles in a fixed order; of two with the same id, the first counts."""
        first_places: dict[str, str] = {}
        for place, item in self._found():
            if isinstance(item, Failure):
                yield item
            elif item.id in first_places:
                first = self._below(first_places[item.id])
                yield Failure(
                    place,
                    tell(
                        "It has the same id as {first} ({id}). Give one of them another id.",
                        first=first,
                        id=item.id,
                    ),
                )
            else:
                first_places[item.id] = place
                yield item

    def hides(self, failure: Failure, item_id: str) -> bool:
        """Whether what could not be read may be, or hold, the article ``item_id``.

        An id that is the name of a file tells which one; one that a record or a page states could be in any.
        """
        name = _NUMBER.sub("", item_id)
        if is_web(name) or Path(name).suffix.lower() not in KINDS:
            return True
        place = f"{self._root}{os.sep}{name}"
        failed = failure.location
        return failed == place or failed.startswith(f"{place}:") or place.startswith(f"{failed}{os.sep}")

    def _found(self) -> Iterator[tuple[str, Item | Failure]]:
        if self._is_one_file():
            yield from self._one_file()
            return
        for entry in self._places():
            if isinstance(entry, Failure):
                yield entry.location, entry
            elif _is_frame(entry):
                yield plain(str(entry)), Failure(plain(str(entry)), _FRAME, passed_over=True)
            elif _is_read(entry):
                yield from self._read(entry, plain(entry.relative_to(self.path).as_posix()))
            else:
                place = plain(str(entry))
                yield place, Failure(place, _other_kind(entry), passed_over=True)

    def _below(self, place: str) -> str:
        """``place`` as it is named below the source's root: where that is need not be everybody's business."""
        return place.removeprefix(f"{self._root}{os.sep}")

    @property
    def _root(self) -> Path:
        """What the names of articles are below of."""
        return self.path.parent if self._is_one_file() else self.path

    def _is_one_file(self) -> bool:
        return not self.pattern and not (os.path.lexists(self.path) and self.path.is_dir())

    def _places(self) -> Iterator[Path | Failure]:
        """The files, each once, and the folders that can't be read."""
        if self._is_one_file():
            yield self.path
            return
        # With ``**`` twice in a pattern there are several ways to one file.
        yield from dict.fromkeys(_walk(self.path, (self.pattern or "**").split("/")))

    def _one_file(self) -> Iterator[tuple[str, Item | Failure]]:
        if not os.path.lexists(self.path):
            reason = tell(
                "There is no such file or folder, or it is out of reach. Check the path and its permissions."
            )
            yield self.location, Failure(self.location, reason)
        elif self.path.suffix.lower() in FEED_LISTS:
            yield from self._feed_list()
        elif _is_read(self.path):
            yield from self._read(self.path, plain(self.path.name))
        else:
            reason = tell("Files of this kind cannot be read. The kinds that can are {kinds}.", kinds=_KINDS)
            yield self.location, Failure(self.location, reason)

    def _feed_list(self) -> Iterator[tuple[str, Item | Failure]]:
        try:
            found, others = self.parser.opml(self.path)
        except (ArticleError, OSError) as error:
            yield self.location, Failure(self.location, words_of(error))
            return
        self.feeds[:] = found
        for other in others:
            yield (
                self.location,
                Failure(self.location, tell("{other} is no address of a feed.", other=plain(other[:200]))),
            )

    def _read(self, path: Path, name: str) -> Iterator[tuple[str, Item | Failure]]:
        """The items in the file at ``path``, whose path below the root is ``name``, each with its place."""
        suffix, place = path.suffix.lower(), plain(str(path))
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise ArticleError(tell("This is not an ordinary file."))
            size = status.st_size
            if size == 0:
                raise ArticleError(tell("The file is empty."))
            if size > self.max_bytes and suffix not in LINES:
                raise ArticleError(too_large(size, self.max_bytes))
            if suffix in LINES:
                yield from list_lines(path, name, self.max_bytes, self.parser)
            elif suffix in SINGLE and not may_hold_several(suffix, path):
                yield place, _file_item(path, name, self.parser)
            else:
                yield from list_articles(path, name, self.parser)
        except ArticleError as error:
            yield place, Failure(place, words_of(error), passed_over=is_beside_a_text(path))
        except OSError as error:
            yield place, Failure(place, _unreadable(error))


def _file_item(path: Path, name: str, parser: Parser) -> Item:
    with path.open("rb") as file:
        start = file.read(_START)
        file.seek(0)
        content = hashlib.file_digest(file, "sha256").hexdigest()
    beside = fields_beside(path)
    fingerprint = digest(content, str(CLEANING_VERSION), *((beside.hex(),) if beside else ()))
    article_id = _stated_url(start, path.suffix.lower()) or name

    def load() -> Article:
        try:
            article = parser.article(path, name, fields_beside(path))
        except OSError as error:
            raise ArticleError(_unreadable(error)) from None
        return replace(article, id=article_id)

    return Item(article_id, fingerprint, load, place=plain(str(path)))


def _stated_url(start: bytes, suffix: str) -> str | None:
    """The URL that an HTML file, or the header of a text, states. What is wrong is told on loading it."""
    if suffix in (".html", ".htm", ".xhtml"):
        return stated_address(start)
    return header_address(start) if suffix in (".txt", ".text", ".md", ".markdown") else None


def _is_read(path: Path) -> bool:
    """Whether its kind is one that is read: by its name, or, without an ending, by what it begins with."""
    if path.suffix:
        return path.suffix.lower() in KINDS
    try:
        if not path.is_file():  # to open a pipe would be to wait for who writes to it
            return False
        with path.open("rb") as file:
            return kind_of(path.name, file.read(_BEGINNING)) != ""
    except OSError:
        return False


def _is_frame(path: Path) -> bool:
    """Whether a browser saved the file at ``path`` as a part of a page beside its folder."""
    for page in saved_with(path):
        try:
            if has_frame(Path(page).read_bytes(), path):
                return True
        except OSError:
            continue
    return False


def _other_kind(path: Path) -> Told:
    if path.suffix.lower() in FEED_LISTS:
        return tell("It lists feeds. Index it by its own name to add them.")
    return tell("Files of this kind are not read.")


def _walk(folder: Path, pattern: Sequence[str]) -> Iterator[Path | Failure]:
    """The files below ``folder`` that match ``pattern``, a glob cut at its slashes, in a fixed order.

    Like ``glob``, but a folder out of reach is a ``Failure``: the articles in it are not gone. Hidden names
    match only a part that begins with a dot, and ``**`` follows no links, which may lead back up.
    """
    part, rest = pattern[0], pattern[1:]
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(plain(str(folder)), _unreadable(error))
        return
    entries = [entry for entry in entries if not entry.name.startswith(".") or part.startswith(".")]
    if part == "**":
        yield from _walk(folder, rest or ["*"])
        for entry in entries:
            if _is_folder(entry) and not entry.is_symlink():
                yield from _walk(Path(entry.path), pattern)
        return
    for entry in entries:
        if fnmatch(entry.name, part):
            if rest and _is_folder(entry):
                yield from _walk(Path(entry.path), rest)
            elif not rest and not _is_folder(entry):
                yield Path(entry.path)


def _look(place: Path | Failure) -> str:
    if isinstance(place, Failure):
        return f"{place.location}: {place.reason}"
    try:
        status = place.stat()
    except OSError as error:
        return f"{place}: {error.errno}"
    # The time of the last change tells also of new permissions, and of files moved here with their old times.
    return f"{place}: {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # reading it says what is wrong with it


def _unreadable(error: OSError) -> Told:
    if isinstance(error, PermissionError):
        return tell("It may not be read. Give the account that runs Newsdesk permission to read it.")
    return tell("It cannot be read: {error}.", error=str(error.strerror or error))
