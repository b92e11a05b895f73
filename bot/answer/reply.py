"""Reads a chat model's reply while it streams in: sentences, each with the passages and quotes behind it.

The format asked for (prompts/answer.md) is ``A sentence. {key "quote"}``, one on each line. Models keep to it more
or less: other brackets or none, several sentences a line, evidence on a line of its own, lists, thinking aloud.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from bot.answer.engine import Claim, Draft
from index.sentences import split_sentences

NOT_IN_ARTICLES = "NOT_IN_ARTICLES"
"""What the prompt asks the model to write if the passages don't answer the question."""

KEY = r"\bk[2-9][a-z]\b"
"""What the key of a passage looks like: no word of any language."""

MAX_LINE = 4000
"""Characters; a model that writes on without a line end is read as if it had ended the line here."""

_MARKS = '"“”„«»'
_CLOSERS = {"{": "}", "[": "]", "(": ")"}
_ABSTAINS = re.compile(r"^\W*not[_ ]in[_ ]articles\b", re.IGNORECASE)
_THINKING = re.compile(r"<(?:think|thinking|reasoning)>", re.IGNORECASE)
_THOUGHT = re.compile(r"</(?:think|thinking|reasoning)>", re.IGNORECASE)
_LONGEST_TAG = len("</reasoning>")
_LIST_MARK = re.compile(r"^\s*(?:(?:[-*+•–]|#{1,6}|>|\d{1,2}[.)])\s+)+")
_EVIDENCE = re.compile(rf"\{{|[\[(](?=\s*{KEY})|{KEY}(?=\s*:?\s*[{_MARKS}])|{KEY}(?=[\s.!?]*$)", re.IGNORECASE)
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
    sentence without evidence comes without claims, and so does one that holds a URL, a mention or a passage's
    key: only claims make a sentence visible.
    """

    def __init__(self, passage_ids: Mapping[str, str]) -> None:
        """``passage_ids``: the passage behind each key that the model was shown."""
        self.abstained = False
        self._passage_ids = passage_ids
        self._hidden = ""
        self._buffer = ""
        self._thinking = False
        self._text = ""
        self._claims: list[Claim] = []
        self._wrote = False

    def feed(self, piece: str) -> Iterator[Draft]:
        """The sentences that are complete with ``piece``."""
        self._hidden += piece
        yield from self._read(self._uncover())

    def finish(self) -> Iterator[Draft]:
        """The sentences that are complete now that the reply is."""
        rest = "" if self._thinking else self._hidden
        yield from self._read(rest + "\n")
        if not self.abstained:
            yield from self._flush()

    def _uncover(self) -> str:
        """What of ``_hidden`` is no thinking, and no beginning of a tag that the next piece may complete."""
        seen = ""
        while tag := (_THOUGHT if self._thinking else _THINKING).search(self._hidden):
            seen += "" if self._thinking else self._hidden[: tag.start()]
            self._hidden, self._thinking = self._hidden[tag.end() :], not self._thinking
        keep = self._hidden.rfind("<", max(0, len(self._hidden) - _LONGEST_TAG))
        if not self._thinking:
            seen += self._hidden if keep < 0 else self._hidden[:keep]
        self._hidden = "" if keep < 0 else self._hidden[keep:]
        return seen

    def _read(self, text: str) -> Iterator[Draft]:
        self._buffer += text
        while not self.abstained and ("\n" in self._buffer or len(self._buffer) > MAX_LINE):
            line = self._buffer[:MAX_LINE].partition("\n")[0]
            self._buffer = self._buffer[len(line) :].removeprefix("\n")
            yield from self._read_line(line)

    def _read_line(self, line: str) -> Iterator[Draft]:
        if _THOUGHT.search(line):  # some servers swallow the opening tag
            line, self._text, self._claims = _THOUGHT.split(line)[-1], "", []
        if _ABSTAINS.match(line):
            self.abstained = not self._wrote
            return
        for text, claims in _parts(_LIST_MARK.sub("", line), self._passage_ids):
            if any(map(str.isalnum, text)):
                yield from self._flush()
                self._text = text
            self._claims += claims
        if self._claims:
            yield from self._flush()

    def _flush(self) -> Iterator[Draft]:
        """What was read of the last sentence; a line that only announces others is none."""
        text, claims = _plain(self._text), tuple(dict.fromkeys(self._claims))
        self._text, self._claims = "", []
        if not claims and text.endswith(":"):
            return
        if _FORBIDDEN.search(text) or any(key.lower() in self._passage_ids for key in re.findall(KEY, text)):
            claims = ()
        # Evidence behind several sentences is offered to each: each is checked for itself.
        for start, end in split_sentences(text, None):
            sentence = text[start:end].replace("@", "")
            if any(map(str.isalnum, sentence)):
                self._wrote = True
                yield Draft(_ended(sentence), claims)


def _parts(line: str, passage_ids: Mapping[str, str]) -> Iterator[tuple[str, list[Claim]]]:
    """The line as (text, the claims that follow it)."""
    position = 0
    while position < len(line):
        match = _EVIDENCE.search(line, position)
        if not match:
            yield line[position:], []
            return
        end = _evidence_end(line, match)
        yield line[position : match.start()], _claims(line[match.start() : end], passage_ids)
        position = end


def _evidence_end(line: str, opening: re.Match[str]) -> int:
    """Where the evidence that starts at ``opening`` ends: behind its bracket, or its quotation if it has none."""
    closer = _CLOSERS.get(opening.group())
    quotation = _quotation(closer)
    position = opening.end()
    if closer is None:
        match = quotation.search(line, position)
        return match.end() if match else len(line)
    while position < len(line):
        if line[position] == closer:
            return position + 1
        match = quotation.match(line, position)
        position = match.end() if match else position + 1
    return len(line)


def _quotation(closer: str | None) -> re.Pattern[str]:
    """A quotation, which may hold quotation marks: it ends at the mark that has the right thing behind it."""
    behind = re.escape(closer) if closer else r"[.!?]?\s+[^\W\d_a-z]|[.!?]?\s*[\[({]"
    next_claim = rf"[,;]?\s*(?:and\s+)?{KEY}|[,;]?\s*[{_MARKS}]|[,;]\s*\w{{1,10}}\s*:?\s*[{_MARKS}]"
    return re.compile(
        rf"[{_MARKS}]([^\n]*?)[{_MARKS}](?=\s*(?:{behind}|{next_claim}|[,;.!?]?\s*$))",
        re.IGNORECASE if closer else 0,
    )


def _claims(evidence: str, passage_ids: Mapping[str, str]) -> list[Claim]:
    """The claims in one piece of evidence; those with a key that no passage has are dropped."""
    closer = _CLOSERS.get(evidence[0], "}")
    body = evidence.lstrip("".join(_CLOSERS)).removesuffix(closer).rstrip()
    other = rf"(?:^|(?<=[,;]))\s*\w{{1,10}}(?=\s*:?\s*[{_MARKS}])"
    tokens = list(re.finditer(rf"(?P<key>{KEY}|{other})|{_quotation(closer).pattern}", body, re.IGNORECASE))
    found: list[Claim] = []
    for index, token in enumerate(tokens):
        if not token["key"]:
            continue
        passage_id = passage_ids.get(token["key"].strip().lower())
        later = next((other.start() for other in tokens[index + 1 :] if other["key"]), len(body))
        quotes = [other[2] for other in tokens[index + 1 :] if not other["key"] and other.start() < later]
        if not quotes:
            quotes = [body[token.end() : later].strip(f"\t .:,;=-'‘’`{_MARKS}")]
        if passage_id:
            found += [Claim(passage_id, quote.strip() or None) for quote in quotes]
    return found


def _plain(text: str) -> str:
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    return " ".join(text.split())


def _ended(sentence: str) -> str:
    return sentence if unicodedata.category(sentence[-1]).startswith("P") else f"{sentence}."
