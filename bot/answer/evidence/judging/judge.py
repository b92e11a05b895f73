"""Asks a chat model whether passages support sentences, apart from the one that wrote them.

The judge sees passage, title, outlet and date, never the quote alone. Its verdict is one JSON object for each
sentence, with a reason; or Yes or No, from models made for nothing else (Tang et al. 2024, MiniCheck).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from pydantic import BaseModel, ValidationError

from bot.chat.model import ChatModel
from bot.chat.objects import objects_in
from bot.chat.usage import Tally
from index.search import Hit
from prompts import Prompt
from prompts.defuse import defused, defused_attribute, defused_line


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence is supported; if not, ``reason`` says what is wrong with it, as the judge put it."""

    supported: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, and the passages that are to support it.

    ``doubts``: words of it that were not found there by rule. ``asked``: how often it was judged before; it is put
    otherwise each time. ``objection``: what was found wrong with it, where verdicts differ.
    """

    sentence: str
    hits: tuple[Hit, ...]
    doubts: tuple[str, ...] = ()
    asked: int = 0
    objection: str = ""


class Judge(Protocol):
    """Judges whether sentences follow from passages.

    ``calls``: how many calls may be under way at once; ``room`` keeps them to that, for all answers together.
    """

    calls: int
    room: asyncio.Semaphore

    async def judge(self, cases: Sequence[Case], tally: Tally) -> Sequence[Verdict | None]:
        """A verdict for each of ``cases``, None for one that came to none. Never raises.

        All of them are asked for the first time, or none. What it cost is counted in ``tally``.
        """
        ...


class ModelJudge:
    """A ``Judge`` that asks a chat model about several sentences in one call."""

    def __init__(self, model: ChatModel, prompt: Prompt, again: Prompt, calls: int) -> None:
        """``prompt`` asks first, ``again`` from then on; ``model`` has the time limit of a call."""
        self._model = model
        self._prompts = {False: prompt, True: again}
        self.calls = calls
        self.room = asyncio.Semaphore(calls)

    async def judge(self, cases: Sequence[Case], tally: Tally) -> Sequence[Verdict | None]:
        """See ``Judge.judge``."""
        numbers = {hit.passage.id: number for number, hit in enumerate(_passages(cases), 1)}
        messages = self._prompts[cases[0].asked > 0].messages(
            passages="\n".join(_passage(number, hit) for number, hit in enumerate(_passages(cases), 1)),
            sentences="\n".join(_sentence(number, case, numbers) for number, case in enumerate(cases, 1)),
        )
        return read_verdicts(await self._model.attempt(messages, tally) or "", len(cases))


class YesNoJudge:
    """A ``Judge`` for models that only say Yes or No to "Document: ... Claim: ..."."""

    def __init__(self, model: ChatModel, prompt: Prompt, calls: int) -> None:
        """``model`` has the time limit of a call."""
        self._model = model
        self._prompt = prompt
        self.calls = calls
        self.room = asyncio.Semaphore(calls)

    async def judge(self, cases: Sequence[Case], tally: Tally) -> Sequence[Verdict | None]:
        """See ``Judge.judge``. Each sentence is a call; asked again, heads stand behind, then on both sides."""
        return await asyncio.gather(*(self._ask(case, tally) for case in cases))

    async def _ask(self, case: Case, tally: Tally) -> Verdict | None:
        told = ((_head(hit), defused(hit.passage.text), _head(hit)) for hit in case.hits)
        order = (slice(0, 2), slice(1, 3), slice(0, 3))[case.asked]  # one passage has no other order
        document = "\n\n".join("\n".join(one[order]) for one in told)
        messages = self._prompt.messages(document=document, claim=defused_line(case.sentence))
        said = re.match(r"\W*(yes|no)\b", await self._model.attempt(messages, tally) or "", re.IGNORECASE)
        return Verdict(said[1].casefold() == "yes") if said else None


class _Said(BaseModel):
    sentence: int
    supported: bool
    reason: Any = None


def read_verdicts(reply: str, count: int) -> list[Verdict | None]:
    """The verdicts on sentences 1 to ``count`` in a judge's reply; None where it gives none, or two.

    Objects are read wherever they stand: one a line, in a list, in a fence.
    """
    found: dict[int, list[Verdict]] = {}
    for one in objects_in(reply):
        with suppress(ValidationError):
            said = _Said.model_validate({"sentence": 1} | one if count == 1 else one)
            found.setdefault(said.sentence, []).append(Verdict(said.supported, str(said.reason or "").strip()))
    verdicts = (found.get(number, []) for number in range(1, count + 1))
    return [one[0] if len({verdict.supported for verdict in one}) == 1 else None for one in verdicts]


def _passages(cases: Sequence[Case]) -> list[Hit]:
    return list({hit.passage.id: hit for case in cases for hit in case.hits}.values())


def _passage(number: int, hit: Hit) -> str:
    head = defused_attribute(_head(hit))
    return f'<passage n="{number}" article="{head}">\n{defused(hit.passage.text)}\n</passage>'


def _head(hit: Hit) -> str:
    article, published = hit.article, hit.article.published_at
    day = f"{published:%A} {published.day} {published:%B %Y}" if published else None
    return ". ".join(filter(None, (defused_line(article.title), article.source, day)))


def _sentence(number: int, case: Case, numbers: Mapping[str, int]) -> str:
    cited = " ".join(str(numbers[hit.passage.id]) for hit in case.hits)
    doubts = f' not_found="{defused_attribute(", ".join(case.doubts))}"' if case.asked and case.doubts else ""
    objection = f' objection="{defused_attribute(case.objection)}"' if case.objection else ""
    return f'<sentence n="{number}" passages="{cited}"{doubts}{objection}>{defused_line(case.sentence)}</sentence>'
