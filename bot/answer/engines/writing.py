"""Answers written by a chat model from the passages found, streamed sentence by sentence."""

from __future__ import annotations

import hmac
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from babel import Locale
from langchain_core.messages import BaseMessage

from bot.answer.engines.engine import Complaint, Draft, EngineAbstained
from bot.answer.engines.reply import NOT_IN_ARTICLES, ReplyReader
from bot.answer.question.question import Question
from bot.chat.failures import EMPTY_ANSWER, ChatError
from bot.chat.model import ChatModel
from bot.chat.usage import Tally
from bot.chat.window import stream_fitting
from index.article import digest
from index.search import Hit
from prompts import Prompt
from prompts.defuse import defused, defused_attribute, defused_line

MAX_PASSAGE_CHARACTERS = 12_000
"""What the passages may fill of the prompt: about 3,000 tokens of English, which small models can hold."""

_ITS_OWN = "the language of the question"
_KEY_ALPHABET = "abcdefghjmnpqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class GenerativeEngine:
    """An ``AnswerEngine`` that asks a chat model.

    What the model writes is not trusted: it comes as drafts, whose evidence is checked elsewhere
    (``citations.CitationBook``). ``prompt`` says what to write from the passages, ``retry_prompt`` how to write
    refused sentences again. ``secret`` makes the keys of the passages.
    """

    model: ChatModel
    prompt: Prompt
    retry_prompt: Prompt
    secret: bytes
    max_passage_characters: int = MAX_PASSAGE_CHARACTERS

    @property
    def name(self) -> str:
        """The name of the chat model."""
        return self.model.name

    async def write(
        self, question: Question, hits: Sequence[Hit], tally: Tally, complaints: Sequence[Complaint] = ()
    ) -> AsyncGenerator[Draft, None]:
        """See ``AnswerEngine.write``. The messages of its ``ChatError`` hold no key and no address."""
        prompt = self.retry_prompt if complaints else self.prompt
        keys = passage_keys(question.text, hits, self.secret)
        language = Locale(question.answer_in).english_name if question.answer_in else None
        values = {
            "question": defused(question.text),
            "not_in_articles": NOT_IN_ARTICLES,
            "language": language or _ITS_OWN,
        }
        if complaints:
            values["complaints"] = render_complaints(complaints)

        def messages(room: int) -> list[BaseMessage]:
            return prompt.messages(**values, passages=render_passages(keys, room))

        reader = ReplyReader({key: hit.passage.id for key, hit in keys.items()})
        wrote = False
        async with aclosing(stream_fitting(self.model, messages, self.max_passage_characters, tally)) as pieces:
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
            raise ChatError(EMPTY_ANSWER.given(name=self.name))


def passage_keys(question: str, hits: Sequence[Hit], secret: bytes) -> dict[str, Hit]:
    """A key for each passage, in the order of ``hits``; the same question and passages give the same keys.

    A key says nothing of its passage and differs from question to question. It takes the ``secret`` to compute one
    (HMAC, RFC 2104), so neither a model nor whoever writes an article can.
    """
    keys: dict[str, Hit] = {}
    space = 8 * len(_KEY_ALPHABET)
    for hit in list({hit.passage.id: hit for hit in hits}.values())[:space]:
        mac = hmac.digest(secret, digest(question, hit.passage.id).encode(), "sha256")
        number = int.from_bytes(mac[:4]) % space
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


def render_complaints(complaints: Sequence[Complaint]) -> str:
    """The refused sentences as the model reads them, one a line, each with what its evidence lacks."""
    return "\n".join(
        f"- {defused_line(complaint.text)}\n  Refused: {defused_line('; '.join(complaint.missing))}"
        for complaint in complaints
    )


def _render(key: str, hit: Hit, text: str) -> str:
    article, published = hit.article, hit.article.published_at
    facts = {
        "key": key,
        "outlet": article.source,
        "published": f"{published:%A} {published.day} {published:%B %Y}" if published else "unknown",
        "title": article.title,
        "section": hit.passage.section,
    }
    header = " ".join(f'{name}="{defused_attribute(value)}"' for name, value in facts.items() if value)
    return f"<passage {header}>\n{defused(text)}\n</passage>"
