"""CSV: one article a row, with a column for its text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from index.errors import ArticleError
from index.reading.encoding.decode import decode
from index.reading.extracted import Extracted, Refused
from index.reading.metadata.fields import has_text, read_fields
from index.told import tell, words_of

_MOST = 20_000
_LONGEST_CELL = 5_000_000
_TOLD_DELIMITER = re.compile(r'\ufeff?"?sep=([,;\t|:^~])"?[ ,;\t]*\r?\n', re.IGNORECASE)
_NO_COLUMN = tell(
    'No column holds the text of the articles. Name it "text" in the first row; others may be title, url, source, '
    "author, date and language."
)


def read_table(data: bytes) -> Iterator[Extracted | Refused]:
    """An article for each row. Raises ``ArticleError`` if the first row names no column of texts."""
    text, delimiter = _told_delimiter(decode(data))
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter or _delimiter(text), restkey="")
    try:
        if not has_text(dict.fromkeys(rows.fieldnames or (), "text")):
            raise ArticleError(_NO_COLUMN)
        for number, row in enumerate(rows, start=1):
            if number > _MOST:
                raise ArticleError(tell("There are more than {most} rows in it. Split it.", most=_MOST))
            try:
                yield read_fields(row)
            except ArticleError:
                yield Refused(tell("Row {number}: its text is empty.", number=number))
    except csv.Error as error:
        raise ArticleError(
            tell(
                "It is not a table as CSV has it ({error}). Export it again as CSV in UTF-8.",
                error=words_of(error),
            )
        ) from None


def _told_delimiter(text: str) -> tuple[str, str | None]:
    """The table below a first line "sep=;", and the delimiter that this states, as Excel has it."""
    told = _TOLD_DELIMITER.match(text)
    return (text[told.end() :], told[1]) if told else (text, None)


def _delimiter(text: str) -> str:
    """What parts the names of the columns; spreadsheets differ with the language of their owner."""
    first = text[:10_000].split("\n", 1)[0]
    return max(",;\t|", key=first.count)
