"""Takes thinking and a model's control words out of its reply while it streams in, cut anywhere.

Servers that know a model send its thinking apart; others leave it in the text, in the marks of its template.
"""

from __future__ import annotations

import re

_TAG = r"(?:\w+:)?(?:think|thinking|thought|reasoning)>"
_OPEN = rf"<{_TAG}|\[THINK\]|◁think▷|<\|channel\|>(?:analysis|commentary)[^<]{{0,40}}<\|message\|>"
_CLOSE = rf"</{_TAG}|\[/THINK\]|◁/think▷|<\|channel\|>final[^<]{{0,40}}<\|message\|>"
_CONTROL = (
    r"<\|start\|>assistant|<\|(?:im_end|im_start|eot_id|end|return|endoftext|end_of_text|end_of_turn)\|>"
    r"|</s>|<end_of_turn>|<\|?/?answer\|?>"
)
_MARK = re.compile(rf"(?P<open>{_OPEN})|(?P<close>{_CLOSE})|(?P<control>{_CONTROL})", re.IGNORECASE)
_BEGINNINGS = "<[◁"
_LONGEST = 80
"""Characters of the longest mark."""

_FENCED = re.compile(r"\s*```[\w-]*[ \t]*\n(.*?)\n?```\s*", re.DOTALL)
_OPENS_UNSAID = re.compile(r"think|reason|\bqwq|\br1\b|magistral", re.IGNORECASE)


class Thoughts:
    """Feed it a reply piece by piece; each call gives what is no thinking."""

    def __init__(self, *, begun: bool = False) -> None:
        """``begun``: the template may have opened the thinking already, so that only its end is in the reply."""
        self.unopened = False
        """Whether an end came of thinking that never began: all before it was thinking."""
        self._thinking = False
        self._held: list[str] | None = [] if begun else None
        self._rest = ""

    def feed(self, piece: str) -> str:
        """What of the reply is no thinking with ``piece``, and no beginning of a mark."""
        self._rest += piece
        seen: list[str] = []
        position = 0
        for mark in _MARK.finditer(self._rest):
            self._take(self._rest[position : mark.start()], seen)
            position = mark.end()
            if mark["open"]:
                self._thinking = True
            elif mark["close"]:
                self._close(seen)
        keep = len(self._rest)
        for beginning in _BEGINNINGS:
            at = self._rest.find(beginning, max(position, len(self._rest) - _LONGEST))
            keep = min(keep, at) if at >= 0 else keep
        self._take(self._rest[position:keep], seen)
        self._rest = self._rest[max(keep, position) :]
        return "".join(seen)

    def apart(self) -> str:
        """Thinking came apart from the text, which then holds none; gives what was held back for fear of it."""
        held, self._held = self._held or [], None
        return "".join(held)

    def finish(self) -> str:
        """What is left now that the reply is whole."""
        seen: list[str] = []
        self._take(self._rest, seen)
        self._rest = ""
        return self.apart() + "".join(seen)

    def _take(self, text: str, seen: list[str]) -> None:
        if text and not self._thinking:
            (seen if self._held is None else self._held).append(text)

    def _close(self, seen: list[str]) -> None:
        if not self._thinking and (self._held is None or any(map(str.strip, self._held))):
            self.unopened = True
            seen.clear()
        self._thinking, self._held = False, None


def opens_unsaid(name: str) -> bool:
    """Whether a model's name says that its template may open the thinking by itself."""
    return bool(_OPENS_UNSAID.search(name))


def unfenced(text: str) -> str:
    """``text`` without a fence around all of it."""
    match = _FENCED.fullmatch(text)
    return match[1] if match else text
