"""Zipped folders: what each file in them holds, told by its path in there."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import PurePath, PurePosixPath

from index.errors import ArticleError
from index.reading.encoding.file_names import decode_names
from index.reading.extracted import Extracted, Refused
from index.reading.formats.office.package import LARGEST, open_package, read_member
from index.reading.kinds import has_frame, kind_of, saved_with
from index.told import tell, words_of

_DAMAGED = tell("This zip file is damaged. Make it anew, or unpack it and index the folder.")
_UTF8 = 0x800
Reader = Callable[[bytes, str], Iterator[tuple[str, Extracted | Refused]]]


def read_archive(
    data: bytes, read: Reader, kinds: frozenset[str], room: int | None = None
) -> Iterator[tuple[str, Extracted | Refused]]:
    """What ``read`` finds in each file of one of ``kinds``, with its path; of the others, that they were left out.

    So it is with an archive in it, for which ``room`` is left, in bytes; one that lies deeper is left out.

    Nothing is written anywhere: a path that leads out of the folder is a name and no more. Raises ``ArticleError``
    if the archive is damaged or holds too much.
    """
    package = open_package(data, _DAMAGED, LARGEST if room is None else room)
    left = LARGEST - sum(info.file_size for info in package.infolist())
    found = False
    infos = package.infolist()
    paths = [PurePosixPath(name.replace("\\", "/")) for name in _names(infos)]
    members: dict[PurePath, zipfile.ZipInfo] = dict(zip(paths, infos, strict=True))
    for info, path in zip(infos, paths, strict=True):
        if info.is_dir() or any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts):
            continue
        found = True
        name = "/".join(part for part in path.parts if part not in ("/", ".."))
        if _is_frame(package, members, path):
            yield name, Refused(tell("It is a part of the page that it was saved with."), left_out=True)
        elif path.suffix.lower() == ".zip" and room is None:
            left -= yield from _inner(package, info, name, read, kinds, left)
        elif _kind(package, info, name) not in kinds:
            yield name, Refused(tell("Files of this kind are not read."), left_out=True)
        else:
            yield from _entry(package, info, name, read)
    if not found:
        raise ArticleError(tell("There is no file in this archive."))


def _inner(
    package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, read: Reader, kinds: frozenset[str], room: int
) -> Generator[tuple[str, Extracted | Refused], None, int]:
    """What is in an archive in an archive; returns how many bytes that is, unpacked."""
    try:
        data = read_member(package, info)
        for label, one in read_archive(data, read, kinds, room):
            yield f"{name}/{label}", one
        return sum(one.file_size for one in open_package(data, _DAMAGED).infolist())
    except ArticleError as error:
        yield name, Refused(words_of(error))
        return 0


def _names(infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The names of files, also where they are not marked as UTF-8; some programs state them in Unicode besides."""
    written = [b"" if info.flag_bits & _UTF8 else _bytes(info.filename) for info in infos]
    read = decode_names(written)
    return [name if data else info.filename for info, data, name in zip(infos, written, read, strict=True)]


def _bytes(name: str) -> bytes:
    """What stands in the archive for ``name``, which was read as the first DOS would have it."""
    try:
        return name.encode("cp437")
    except UnicodeEncodeError:
        return b""


def _is_frame(package: zipfile.ZipFile, members: Mapping[PurePath, zipfile.ZipInfo], path: PurePosixPath) -> bool:
    """Whether a browser saved the file at ``path`` as a part of a page beside its folder."""
    for page in saved_with(path):
        try:
            if page in members and has_frame(read_member(package, members[page]), path):
                return True
        except ArticleError:
            continue
    return False


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
