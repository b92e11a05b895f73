"""Puts passages in the order in which they answer a question, as a chat model judges.

The whole list is judged at once (listwise reranking: Sun et al., "Is ChatGPT Good at Search?", 2023).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.answer.engines.marks import KEY
from bot.answer.engines.writing import passage_keys, render_passages
from bot.chat.model import ChatModel
from bot.chat.usage import Tally
from index.search import Hit
from prompts import Prompt
from prompts.defuse import defused

SECONDS = 8.0
"""How long the reader waits for a better order."""

_PASSAGE_CHARACTERS = 500
_ROOM = 20_000


@dataclass(frozen=True, slots=True)
class Reranker:
    """Orders passages with a chat model; if that fails, they keep the order they had.

    ``secret`` makes the keys of the passages; ``seconds``: how long the model may take in all.
    """

    model: ChatModel
    prompt: Prompt
    secret: bytes
    seconds: float = SECONDS

    async def rerank(self, question: str, hits: Sequence[Hit], tally: Tally) -> list[Hit]:
        """``hits``, the best first. Never raises; none is lost, and those that the model leaves out come last."""
        keys = passage_keys(question, hits, self.secret)
        if len(keys) < 2:
            return list(hits)
        messages = self.prompt.messages(
            question=defused(question),
            passages=render_passages({key: _shortened(hit) for key, hit in keys.items()}, _ROOM),
        )
        reply = await self.model.attempt(messages, tally, within=self.seconds) or ""
        named = [keys[key] for key in dict.fromkeys(re.findall(KEY, reply.casefold())) if key in keys]
        chosen = {hit.passage.id for hit in named}
        return [*named, *(hit for hit in hits if hit.passage.id not in chosen)]


def _shortened(hit: Hit) -> Hit:
    text = hit.passage.text
    if len(text) <= _PASSAGE_CHARACTERS:
        return hit
    shorter = text[:_PASSAGE_CHARACTERS].rpartition(" ")[0] + " ..."
    return replace(hit, passage=replace(hit.passage, text=shorter))
