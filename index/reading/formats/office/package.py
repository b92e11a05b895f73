"""Zip files, as archives and as the packages that office documents and e-books are: opened, within limits."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from typing import Any

import lxml.etree  # type: ignore[import-untyped]

from index.errors import ArticleError
from index.reading.feeds.xml import declares_entities
from index.told import Told, tell, words_of

LARGEST = 50_000_000
"""Bytes, unpacked, of all that is read of one package."""
MOST = 5_000
"""Files in one package."""

_TOO_LARGE = tell(
    "Unpacked it holds more than {largest} MB or {most} files: more than is read. Unpack it, and index the "
    "folder.",
    largest=LARGEST // 1_000_000,
    most=MOST,
)


def open_package(data: bytes, damaged: Told, room: int = LARGEST) -> zipfile.ZipFile:
    """The zip file in ``data``. Raises ``ArticleError`` (with ``damaged``) if it is none or too large."""
    try:
        package = zipfile.ZipFile(BytesIO(data))
        infos = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise ArticleError(damaged) from None
    if len(infos) > MOST or sum(info.file_size for info in infos) > room:
        raise ArticleError(_TOO_LARGE)
    return package


def read_member(package: zipfile.ZipFile, name: str | zipfile.ZipInfo) -> bytes:
    """What is in one file of ``package``, whatever its directory says of its size.

    Raises ``KeyError`` if there is no such file, ``ArticleError`` if it is damaged, locked or too large.
    """
    try:
        with package.open(name) as file:
            content = file.read(LARGEST + 1)
    except KeyError:
        raise
    except RuntimeError:
        raise ArticleError(tell("It is protected by a password. Unpack it first.")) from None
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, EOFError):
        raise ArticleError(tell("It is damaged: it can't be unpacked.")) from None
    if len(content) > LARGEST:
        raise ArticleError(_TOO_LARGE)
    return content


def read_tree(data: bytes) -> Any:
    """The root of a part that is XML, of which nothing outside is read. Raises ``lxml.etree.LxmlError``."""
    return lxml.etree.fromstring(
        data, lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    )


def read_document(data: bytes) -> Any:
    """The root of a file that is XML. Raises ``ArticleError`` if it is damaged, or declares entities."""
    if declares_entities(data):
        raise ArticleError(tell("It declares XML entities, which no export needs and which can do harm."))
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = lxml.etree.fromstring(data, parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise ArticleError(
            tell("The export can't be read: {error}. Export it again.", error=words_of(error))
        ) from None
    if root is None:
        raise ArticleError(tell("The export can't be read: {error}. Export it again.", error="XML"))
    return root
