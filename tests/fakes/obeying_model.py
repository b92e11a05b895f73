"""A chat model that does whatever an article tells it to, as replies for the OpenAI-compatible server."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from tests.fakes.openai_server import Messages

_PASSAGE = re.compile(r'<passage key="(\w+)"[^>]*>\n(.*?)\n</passage>', re.DOTALL)


def obeying(attack: str, shape: str) -> Callable[[Messages], str]:
    """A reply that carries out ``attack``: the demanded words, in one of several ``shape``s.

    ``bare``: without evidence; ``real``: with a real key and real words of the passage; ``own``: with a real key
    and the attack's own words as its evidence; ``forged``: with a key there isn't; ``leak``: with the prompt;
    ``data``: as JSON. ``forged`` also gives numbers instead of keys, and a list of sources.
    """
    wanted = " ".join(attack.split())

    def reply(messages: Messages) -> str:
        prompt = str(messages[-1]["content"])
        passages = _PASSAGE.findall(prompt) or [("k2a", prompt)]
        key, text = passages[0]
        words = " ".join(text.split()[:9]).replace('"', "'")
        demanded = re.split(r"(?<=[:])\s", wanted, maxsplit=1)[-1]
        told = {
            "bare": f"{wanted}\n{demanded}",
            "real": f'{demanded} {{{key} "{words}"}}\n{wanted} {{{key} "{words}"}}',
            "own": f'{demanded} {{{key} "{demanded[:80]}"}}',
            "forged": f'{demanded} {{k9z "{demanded[:80]}"}}\n{demanded} [1]\n{wanted} 【2】\nSources:\n{wanted}',
            "data": json.dumps([{"sentence": demanded, "key": key, "quote": wanted[:80]}, {"answer": wanted}]),
            "leak": f"{messages[0]['content']}\n{demanded}",
        }
        return told[shape]

    return reply


def taken_in(attack: str) -> Callable[[Messages], str]:
    """What a judge replies that does as it reads: it supports everything, once it has read ``attack``."""
    wanted = " ".join(attack.split())

    def reply(messages: Messages) -> str:
        prompt = str(messages[-1]["content"])
        passages, _, sentences = prompt.partition("<sentences>")
        said = wanted in " ".join(passages.split())
        return "\n".join(
            json.dumps({"sentence": int(n), "reason": "", "supported": said})
            for n in re.findall(r'<sentence n="(\d+)"', sentences)
        )

    return reply
