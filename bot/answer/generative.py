"""Answers written by a chat model from the passages found, streamed sentence by sentence."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from typing import cast

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage

from bot.answer.engine import Draft, EngineAbstained, EngineError
from bot.answer.failures import explain_failure, explain_finish, finish_reason
from bot.answer.reply import NOT_IN_ARTICLES, ReplyReader
from index.article import digest
from index.search import Hit
from prompts import Prompt

MAX_PASSAGE_CHARACTERS = 12_000
"""What the passages may fill of the prompt: about 3,000 tokens of English, which small models can hold."""

_KEY_ALPHABET = "abcdefghjmnpqrstuvwxyz"
_TAG = re.compile(r"<(?=\s*/?\s*(?:passages?|question|think(?:ing)?|reasoning|\|))", re.IGNORECASE)
_log = logging.getLogger(__name__)


class GenerativeEngine:
    """An ``AnswerEngine`` that asks a chat model.

    What the model writes is not trusted: it comes as drafts, whose evidence is checked elsewhere
    (``citations.CitationBook``).
    """

    def __init__(
        self,
        model: BaseChatModel,
        name: str,
        *,
        prompt: Prompt,
        first_word_seconds: float,
        total_seconds: float,
        max_passage_characters: int = MAX_PASSAGE_CHARACTERS,
    ) -> None:
        """``name`` is what readers see, ``prompt`` says what to write from the passages.

        The time limits count only the time spent waiting for the model.
        """
        self._model = model
        self._name = name
        self._first_word_seconds = first_word_seconds
        self._total_seconds = total_seconds
        self._max_passage_characters = max_passage_characters
        self._prompt = prompt

    @property
    def name(self) -> str:
        """The name of the chat model."""
        return self._name

    async def write(self, question: str, hits: Sequence[Hit]) -> AsyncIterator[Draft]:
        """See ``AnswerEngine.write``. The messages of its ``EngineError`` hold no key and no address."""
        keys = passage_keys(question, hits)
        passages = render_passages(keys, self._max_passage_characters)
        messages = self._prompt.messages(
            question=_defanged(question), passages=passages, not_in_articles=NOT_IN_ARTICLES
        )
        reader = ReplyReader({key: hit.passage.id for key, hit in keys.items()})
        wrote = False
        async with aclosing(self._stream(messages)) as pieces:
            async for piece in pieces:
                for draft in reader.feed(piece):
                    wrote = True
                    yield draft
                if reader.abstained:
                    raise EngineAbstained
        for draft in reader.finish():
            wrote = True
            yield draft
        if reader.abstained:
            raise EngineAbstained
        if not wrote:
            raise EngineError(f"The chat model {self._name} gave an empty answer. Please ask again.")

    async def _stream(self, messages: list[BaseMessage]) -> AsyncGenerator[str, None]:
        """The pieces of the model's reply. Every failure becomes an ``EngineError``."""
        waited = 0.0
        begun = False
        finish: str | None = None
        replies = self._model.astream(messages)
        # Every chat model's astream is a generator; its type only promises an iterator, which can't be closed.
        async with aclosing(cast("AsyncGenerator[AIMessageChunk, None]", replies)) as stream:
            while True:
                limit = self._total_seconds if begun else min(self._first_word_seconds, self._total_seconds)
                started = time.monotonic()
                try:
                    async with asyncio.timeout(max(0.0, limit - waited)):
                        chunk = await anext(stream)
                except StopAsyncIteration:
                    break
                except Exception as error:
                    # The error itself may hold the key or the address, so only its kind is logged.
                    _log.warning("Chat model %s failed: %s", self._name, type(error).__name__)
                    raise EngineError(explain_failure(error, self._name, begun)) from None
                waited += time.monotonic() - started
                finish = finish_reason(chunk) or finish
                if text := chunk.text:
                    begun = True
                    yield text
        if problem := explain_finish(finish, self._name):
            raise EngineError(problem)


def passage_keys(question: str, hits: Sequence[Hit]) -> dict[str, Hit]:
    """A key for each passage, in the order of ``hits``; the same question and passages give the same keys.

    A key says nothing of its passage and differs from question to question, so neither a model nor the text of an
    article can guess one.
    """
    keys: dict[str, Hit] = {}
    space = 8 * len(_KEY_ALPHABET)
    for hit in list({hit.passage.id: hit for hit in hits}.values())[:space]:
        number = int(digest(question, hit.passage.id)[:8], 16) % space
        while (key := f"k{2 + number // len(_KEY_ALPHABET)}{_KEY_ALPHABET[number % len(_KEY_ALPHABET)]}") in keys:
            number = (number + 1) % space
        keys[key] = hit
    return keys


def render_passages(keys: Mapping[str, Hit], max_characters: int) -> str:
    """The passages as the model reads them, best first, as many as fit; the first is cut if it alone doesn't."""
    rendered: list[str] = []
    room = max_characters
    for key, hit in keys.items():
        passage = _render(key, hit, hit.passage.text)
        if len(passage) > room:
            if not rendered:
                spare = len(passage) - room
                shorter = hit.passage.text[: max(0, len(hit.passage.text) - spare)].rpartition(" ")[0]
                rendered.append(_render(key, hit, shorter))
            break
        rendered.append(passage)
        room -= len(passage)
    return "\n".join(rendered)


def _render(key: str, hit: Hit, text: str) -> str:
    article, published = hit.article, hit.article.published_at
    facts = {
        "key": key,
        "outlet": article.source,
        "published": f"{published:%A} {published.day} {published:%B %Y}" if published else "unknown",
        "title": article.title,
        "section": hit.passage.section,
    }
    header = " ".join(f'{name}="{_attribute(value)}"' for name, value in facts.items() if value)
    return f"<passage {header}>\n{_defanged(text)}\n</passage>"


def _attribute(value: str) -> str:
    return " ".join(_defanged(value).replace('"', "'").replace("<", "‹").replace(">", "›").split())


def _defanged(text: str) -> str:
    """``text`` without what would end its place in the prompt, or pass for evidence."""
    return _TAG.sub("‹", text).replace("{", "(").replace("}", ")")
