"""Zipped folders: what each file in them holds, told by its path in there."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from index.errors import ArticleError
from index.reading.extracted import Extracted, Refused
from index.reading.formats.package import open_package, read_member
from index.reading.kinds import kind_of
from index.told import tell, words_of

_DAMAGED = tell("This zip file is damaged. Make it anew, or unpack it and index the folder.")
Reader = Callable[[bytes, str], Iterator[tuple[str, Extracted | Refused]]]


def read_archive(data: bytes, read: Reader, kinds: frozenset[str]) -> Iterator[tuple[str, Extracted | Refused]]:
    """What ``read`` finds in each file of one of ``kinds``, with its path; of the others, that they were left out.

    Nothing is written anywhere: a path that leads out of the folder is a name and no more. Raises ``ArticleError``
    if the archive is damaged or holds too much.
    """
    package = open_package(data, _DAMAGED)
    found = False
    for info in package.infolist():
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if info.is_dir() or any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts):
            continue
        found = True
        name = "/".join(part for part in path.parts if part not in ("/", ".."))
        if _kind(package, info, name) not in kinds:
            yield name, Refused(tell("Files of this kind are not read."), left_out=True)
            continue
        yield from _entry(package, info, name, read)
    if not found:
        raise ArticleError(tell("There is no file in this archive."))


def _kind(package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> str:
    """What ``name`` is by its ending, or, without one, by what it begins with."""
    try:
        return kind_of(name, b"" if PurePosixPath(name).suffix else read_member(package, info))
    except ArticleError:
        return ""


def _entry(
    package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, read: Reader
) -> Iterator[tuple[str, Extracted | Refused]]:
    try:
        for label, one in read(read_member(package, info), name):
            yield f"{name}{label}", one
    except ArticleError as error:
        yield name, Refused(words_of(error))
