"""Reads a chat model's reply while it streams in: sentences, each with the passages and quotes behind it.

The format asked for (prompts/answer.md) is ``A sentence. {key "quote"}``, one on each line. Models keep to it more
or less: other marks (marks.py), JSON and tables (records.py), several sentences a line, evidence on a line of its
own or in a list at the end, thinking aloud.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from bot.answer.engines.engine import Claim, Draft
from bot.answer.engines.marks import KEY, citing, parts
from bot.answer.engines.records import first_object, is_rule, may_open, row
from index.text.sentences import split_sentences

NOT_IN_ARTICLES = "NOT_IN_ARTICLES"
"""What the prompt asks the model to write if the passages don't answer the question."""

MAX_LINE = 4000
"""Characters; a model that writes on without a line end is read as if it had ended the line here."""

_ABSTAINS = re.compile(r"^\W*not[_ ]in[_ ]articles\b", re.IGNORECASE)
_THOUGHT = "</think>"
"""The end of thinking that never began, as ``ChatModel`` tells it."""
_LIST_MARK = re.compile(r"^\s*(?:(?:[-*+•–]|#{1,6}|>|\d{1,2}[.)])\s+)+")
_LINE_END = re.compile(
    r"\n|\}[.!?]?[ \t]+(?=[^\W\d_a-zß-öø-ÿ])"
    r"|(?<=[\w.!?\"”’)\]])[ ]?(?:\[\^?\d{1,2}\]|【[^】\n]*】)[.!?]?[ \t]+(?=[^\W\d_a-zß-öø-ÿ])"
)
"""A sentence that begins behind evidence begins a line, so that the one before needn't wait for a line end."""
_SOURCES = re.compile(rf"[\W_]*{citing('sources')}[*_]*\s*(?::|$)", re.IGNORECASE)
_NO_SENTENCE = re.compile(
    rf"\s*(?:```\w*\s*$|(?:\[\^?\d{{1,2}}\]|\d{{1,2}}[.)])(?::|\s*(?:{KEY}|https?:)))", re.IGNORECASE
)
"""A fence around code, or a note at the foot."""
_HEADING = re.compile(r"\s*#{1,6}\s")
_ENDS = (".", "!", "?", "…", ":")
_MARKUP = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\*\*|__|~~|\|\||`+"), ""),
    (re.compile(r"(?<!\w)([*_])(?=\S)(.+?)(?<=\S)\1(?!\w)"), r"\2"),
    (re.compile(r"</?(?:[bius]|em|strong|p|br|sup|sub|cite|mark)\s*/?>", re.IGNORECASE), ""),
)
_FORBIDDEN = re.compile(r"\w+://|\bwww\.|\bdiscord\.gg\b|<[@#:/!&at]|@(?:everyone|here)\b", re.IGNORECASE)


class ReplyReader:
    """Feed it the reply piece by piece, cut anywhere; each call gives the sentences that became complete.

    ``abstained`` turns true when the model says, before its first sentence, that the passages don't answer. A
    sentence without evidence comes with an open claim, whose words are looked for. One that holds a URL, a mention
    or a passage's key comes without claims: only claims make a sentence visible.
    """

    def __init__(self, passage_ids: Mapping[str, str]) -> None:
        """``passage_ids``: the passage behind each key that the model was shown, in the order shown."""
        self.abstained = False
        self._keys = frozenset(passage_ids)
        self._passage_ids = {
            **passage_ids,
            **{str(number): passage_id for number, passage_id in enumerate(passage_ids.values(), 1)},
        }
        self._buffer = ""
        self._text = ""
        self._claims: list[Claim] = []
        self._wrote = False
        self._at_sources = False
        self._in_table = False

    def feed(self, piece: str) -> Iterator[Draft]:
        """The sentences that are complete with ``piece``."""
        yield from self._read(piece)

    def finish(self) -> Iterator[Draft]:
        """The sentences that are complete now that the reply is."""
        yield from self._read("", last=True)
        if not self.abstained:
            yield from self._flush()

    def _read(self, text: str, *, last: bool = False) -> Iterator[Draft]:
        self._buffer += text
        while self._buffer and not self.abstained:
            head = self._buffer[:MAX_LINE]
            if found := first_object(head):
                lines, end = found
            elif may_open(head) and len(self._buffer) <= MAX_LINE and not last:
                return
            elif match := _LINE_END.search(head):
                lines, end = [head[: match.end()]], match.end()
            elif len(self._buffer) > MAX_LINE or last:
                lines, end = [head], len(head)
            else:
                return
            self._buffer = self._buffer[end:]
            for line in lines:
                if not self.abstained:
                    yield from self._read_line(line.rstrip("\n"))

    def _read_line(self, line: str) -> Iterator[Draft]:
        if _THOUGHT in line:
            line, self._text, self._claims = line.rpartition(_THOUGHT)[2], "", []
        if _ABSTAINS.match(line):
            self.abstained = not self._wrote
            return
        cells = row(line)
        if self._at_sources or _NO_SENTENCE.match(line) or is_rule(line) or (cells and not self._in_table):
            self._in_table = is_rule(line)  # what stands above the rule is the head of the table
            return
        self._in_table = bool(cells)
        found = list(parts(_LIST_MARK.sub("", cells or line), self._passage_ids))
        claimed = any(claims for _, claims in found)
        if label := _SOURCES.match(line):
            self._at_sources = not line[label.end() :].strip(" *_")
            found = [("", claims) for _, claims in found]
        elif _HEADING.match(line) and not claimed:
            return
        for text, claims in found:
            if any(map(str.isalnum, text)):
                if self._goes_on(text):
                    self._text += text
                else:
                    yield from self._flush()
                    self._text = text
            self._claims += claims
        if self._claims:
            yield from self._flush()

    def _goes_on(self, text: str) -> bool:
        """Whether ``text`` goes on with the sentence that evidence was put into."""
        return bool(self._claims) and text.lstrip()[:1].islower() and not self._text.rstrip().endswith(_ENDS)

    def _flush(self) -> Iterator[Draft]:
        """What was read of the last sentence; a line that only announces others is none."""
        text, claims = _plain(self._text), tuple(dict.fromkeys(self._claims))
        self._text, self._claims = "", []
        if not claims and text.endswith(":"):
            return
        spans = split_sentences(text, None)
        if _FORBIDDEN.search(text) or any(key.lower() in self._keys for key in re.findall(KEY, text)):
            claims = ()
        elif not claims or len(spans) > 1:
            # Evidence behind several sentences is offered to each, but each may have its own.
            claims = (*claims, Claim())
        for start, end in spans:
            sentence = text[start:end].replace("@", "")
            if any(map(str.isalnum, sentence)):
                self._wrote = True
                yield Draft(_ended(sentence), claims)


def _plain(text: str) -> str:
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    return " ".join(text.split())


def _ended(sentence: str) -> str:
    return sentence if unicodedata.category(sentence[-1]).startswith("P") else f"{sentence}."
