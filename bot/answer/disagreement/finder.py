"""Asks a chat model where passages exclude each other; what it says is shown only as far as it stands in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answer.disagreement.comparing import Contrast
from bot.answer.disagreement.statements import ArticleSentence, statements
from bot.answer.engines.writing import passage_keys, render_passages
from bot.answer.evidence.quotes import locate, normalise
from bot.chat.model import ChatModel
from bot.chat.objects import objects_in
from bot.chat.usage import Tally
from index.search import Hit
from index.text.names import keys_of, names_in
from prompts import Prompt
from prompts.defuse import defused

SECONDS = 20.0
"""How long the sides may take; the answer stands meanwhile."""

_ROOM = 20_000
_NONE = "NONE"


@dataclass(frozen=True, slots=True)
class ContrastFinder:
    """Finds contrasts with one call of a chat model.

    ``secret`` makes the keys of the passages; ``seconds``: how long the model may take in all.
    """

    model: ChatModel
    prompt: Prompt
    secret: bytes
    seconds: float = SECONDS

    async def find(self, question: str, hits: Sequence[Hit], tally: Tally) -> list[Contrast] | None:
        """Where ``hits`` exclude each other on ``question``; None if the model gave no readable answer.

        Each side is a sentence of a passage that holds the words the model quoted, and all are of passages that
        share a name. What the call cost is counted in ``tally``. Never raises.
        """
        keys = passage_keys(question, hits, self.secret)
        if len(keys) < 2:
            return []
        messages = self.prompt.messages(question=defused(question), passages=render_passages(keys, _ROOM))
        reply = await self.model.attempt(messages, tally, within=self.seconds)
        return None if reply is None else read_contrasts(reply, keys)


def read_contrasts(reply: str, keys: Mapping[str, Hit]) -> list[Contrast] | None:
    """The contrasts that a model's ``reply`` states and its passages bear out; None if it can't be read."""
    stated = [one for one in objects_in(reply) if "sides" in one]
    if not stated:
        return [] if _NONE in reply.upper() else None
    found = []
    for one in stated:
        given = [_side(side, keys) for side in one["sides"]] if isinstance(one["sides"], list) else []
        sides = list({normalise(side.text): side for side in given if side}.values())
        if len(sides) > 1 and _share_a_subject(sides):
            sides.sort(key=lambda side: side.order)
            later = sides[0].order[0] < sides[-1].order[0]
            found.append(Contrast(tuple((side,) for side in sides), later and one.get("changed") is True))
    return found


def _side(stated: object, keys: Mapping[str, Hit]) -> ArticleSentence | None:
    """The sentence that holds the words quoted; None if they don't stand in the passage named."""
    if not isinstance(stated, dict):
        return None
    hit = keys.get(str(stated.get("passage", "")).strip().casefold())
    span = locate(str(stated.get("quote", "")), hit.passage.text) if hit else None
    if hit is None or span is None:
        return None
    within = [one for one in statements([hit]) if one.start <= span.start < one.start + len(one.text)]
    return within[0] if within else None


def _share_a_subject(sides: Sequence[ArticleSentence]) -> bool:
    """Whether all passages name something that the first one names, too."""
    named = [set(keys_of(names_in(f"{side.article.title}. {side.hit.passage.text}"))) for side in sides]
    return all(named[0] & other for other in named[1:])
