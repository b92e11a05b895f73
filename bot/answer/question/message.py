"""A message as somebody typed it, without what is no words of theirs: mentions, channels, emoji, addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Discord's own marks (https://docs.discord.com/developers/reference, "Message Formatting"): users, roles,
# channels, commands, times, guild navigation, custom emoji. The others are typed by hand.
_MARK = re.compile(r"<(?:@[!&]?\d+|#\d+|/[^<>\n]+:\d+|t:-?\d+(?::\w)?|id:\w+|a?:\w+:\d+)>")
_MENTION = re.compile(r"(?<![\w./])@[\w.-]*\w|(?<![\w&/])#[a-z0-9_-]*[a-z][a-z0-9_-]*|(?<!\w):[a-z0-9_+-]+:(?!\w)")
# The bot's own mention is cut off before; by hand people write it with "bot" somewhere in the name.
_TO_SOMEBODY = re.compile(r"\s*(?:<@!?\d+>|@(?!\w*bot)(?!everyone|here)\w+)", re.IGNORECASE)
_LINK = re.compile(r"<?(https?://[^\s<>]+)>?")
_ENDING = ".,;:!?)]}'\"*"
# Pictographs and what joins or colours them (Unicode 16, emoji-data.txt, in broad ranges).
_EMOJI = re.compile("[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3\U0001f000-\U0001faff]+")


@dataclass(frozen=True, slots=True)
class Message:
    """The words of a message on one line, and the addresses in it.

    ``wordless``: it has none of either, but marks or emoji. ``to_somebody``: it begins with a mention of a person.
    """

    words: str
    links: tuple[str, ...]
    wordless: bool = False
    to_somebody: bool = False


def clean_message(text: str) -> Message:
    """``text`` without marks, mentions and emoji; empty ``words`` if nothing else is in it."""
    links: list[str] = []

    def keep(match: re.Match[str]) -> str:
        address = match[1].rstrip(_ENDING)
        links.append(address)
        return " " + match[1][len(address) :] + " "

    bare = _LINK.sub(keep, _MARK.sub(" ", text))
    for noise in (_MENTION, _EMOJI):
        bare = noise.sub(" ", bare)
    words = " ".join(bare.split())
    if not any(map(str.isalnum, words)):
        words = ""
    marked = bool(_MARK.search(text) or _MENTION.search(text) or _EMOJI.search(text))
    begins = _TO_SOMEBODY.match(text)
    return Message(words, tuple(dict.fromkeys(links)), marked and not words and not links, bool(begins))
