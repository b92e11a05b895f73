"""The parts that ask a chat model, built from the settings; each is imported only where there is a model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from bot.answer.engines.engine import AnswerEngine
from bot.answer.similarity import Likeness
from bot.memory.memory import Memory
from bot.settings import NO_JUDGE, Settings
from index.library import Library

if TYPE_CHECKING:
    from bot.answer.disagreement.finder import ContrastFinder
    from bot.answer.evidence.judging.judge import Judge
    from bot.answer.question.model_reading import ModelReader
    from bot.answer.rerank import Reranker
    from bot.answer.translate import Translator
    from bot.chat.model import ChatModel


def generative_engine(model: ChatModel | None, prompt: str, key: bytes) -> AnswerEngine | None:
    if model is None:
        return None
    from bot.answer.engines.writing import GenerativeEngine  # slow to import, and only needed with a chat model
    from prompts import load_prompt

    return GenerativeEngine(model, load_prompt(prompt), load_prompt("retry"), key)


def model_reader(model: ChatModel | None) -> ModelReader | None:
    if model is None:
        return None
    from bot.answer.question.model_reading import ModelReader
    from prompts import load_prompt

    return ModelReader(model, load_prompt("read"))


def reranker_of(model: ChatModel | None, key: bytes) -> Reranker | None:
    if model is None:
        return None
    from bot.answer.rerank import Reranker
    from prompts import load_prompt

    return Reranker(model, load_prompt("rerank"), key)


def translator_of(model: ChatModel | None, library: Library) -> Translator | None:
    if model is None:
        return None
    from bot.answer.translate import Translator
    from prompts import load_prompt

    return Translator(model, load_prompt("translate"), Likeness(library))


def judge_of(settings: Settings, memory: Memory) -> Judge | None:
    """The judge, which rests on its own when it fails, so that the chat model goes on writing."""
    name = settings.judge_model or settings.chat_model
    if not settings.chat_model or name is None or name == NO_JUDGE:
        return None
    from bot.answer.evidence.judging.judge import ModelJudge, YesNoJudge
    from prompts import load_prompt

    model = _chat_model(settings, memory, name, settings.judge_seconds, settings.judge_seconds)
    if settings.judge_style == "yes-no":
        return YesNoJudge(model, load_prompt("judge_yes_no"), settings.judge_calls)
    return ModelJudge(model, load_prompt("judge"), load_prompt("judge_again"), settings.judge_calls)


def finder_of(model: ChatModel | None, key: bytes) -> ContrastFinder | None:
    if model is None:
        return None
    from bot.answer.disagreement.finder import ContrastFinder
    from prompts import load_prompt

    return ContrastFinder(model, load_prompt("disagreements"), key)


def chat_models(settings: Settings, memory: Memory) -> Callable[[str | None], ChatModel | None]:
    """The chat model of a name, one for all parts that ask it: it rests for all of them when it fails."""

    @cache
    def chat_model(name: str | None) -> ChatModel | None:
        if name is None:
            return None
        return _chat_model(settings, memory, name, settings.chat_first_word_seconds, settings.chat_total_seconds)

    return chat_model


def _chat_model(
    settings: Settings, memory: Memory, name: str, first_word_seconds: float, total_seconds: float
) -> ChatModel:
    from bot.chat.build import build_chat_model
    from bot.chat.model import ChatModel, ReplyCache

    kept = timedelta(days=settings.chat_cache_days)
    return ChatModel(
        build_chat_model(settings, name),
        name,
        first_word_seconds=first_word_seconds,
        total_seconds=total_seconds,
        cache=ReplyCache(memory.replies, kept) if kept else None,
        window=settings.chat_window,
    )
