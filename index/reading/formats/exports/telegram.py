"""What Telegram Desktop exports of channels: an article a message, its text in pieces with the form of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from index.reading.extracted import Extracted, Refused
from index.reading.metadata.days import read_day
from index.told import tell

_LINKS = ("link", "text_link", "mention", "hashtag", "bot_command")
_NO_TEXT = tell('It has no text. Give each article a "text" with its words.')
Piece = tuple[str, str]
"""What a piece of text is (plain, bold, link) and what it says."""


def telegram_chats(content: object) -> list[dict[str, Any]]:
    """The chats in an export, of one chat or of all; none if ``content`` is something else."""
    if not isinstance(content, dict):
        return []
    inner = content.get("chats")
    listed = inner.get("list") if isinstance(inner, dict) else [content]
    chats = [chat for chat in listed if isinstance(chat, dict)] if isinstance(listed, list) else []
    return [chat for chat in chats if any("date_unixtime" in one for one in _messages(chat))]


def read_chat(chat: dict[str, Any]) -> Iterator[Extracted | Refused]:
    """What each message tells; pictures without words, and what happened to the chat itself, are left out."""
    for message in _messages(chat):
        pieces = _without_links_below(_pieces(message.get("text")))
        text = "".join(words for _, words in pieces).strip()
        if message.get("type") != "message" or not text:
            yield Refused(_NO_TEXT, left_out=True)
            continue
        title = _title(pieces)
        yield Extracted(
            text=text.removeprefix(title).strip() or text,
            title=title,
            source=str(message.get("forwarded_from") or message.get("from") or chat.get("name") or "") or None,
            published_at=read_day(str(message.get("date"))),
            id=_id(chat.get("id"), message.get("id")),
        )


def _id(chat: object, message: object) -> str | None:
    """What tells a message from those of all chats; None where either has no number: many would be one."""
    return None if chat is None or message is None else f"{chat}/{message}"


def _messages(chat: dict[str, Any]) -> list[dict[str, Any]]:
    messages = chat.get("messages")
    return [one for one in messages if isinstance(one, dict)] if isinstance(messages, list) else []


def _pieces(text: object) -> list[Piece]:
    """``text`` is plain, or a list of plain pieces and of objects with a type."""
    parts = text if isinstance(text, list) else [text]
    told = [("plain", part) if isinstance(part, str) else _piece(part) for part in parts]
    return [piece for piece in told if piece[1]]


def _piece(part: object) -> Piece:
    return (str(part.get("type")), str(part.get("text") or "")) if isinstance(part, dict) else ("", "")


def _without_links_below(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Without the links that stand alone at the end: to the page, to the channel."""
    end = len(pieces)
    while end and (pieces[end - 1][0] in _LINKS or not pieces[end - 1][1].strip()):
        end -= 1
    above, below = ("".join(words for _, words in part) for part in (pieces[:end], pieces[end:]))
    return pieces[:end] if above.endswith("\n") and len(below) < len(above) else pieces


def _title(pieces: Sequence[Piece]) -> str:
    """The bold line that a message begins with."""
    if len(pieces) < 2 or pieces[0][0] != "bold" or not pieces[1][1].startswith("\n"):
        return ""
    line = pieces[0][1].strip()
    return "" if "\n" in line else line
