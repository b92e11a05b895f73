"""OpenAI's protocol with two things that ``ChatOpenAI`` drops from a stream: refusals, and thinking."""

from __future__ import annotations

from typing import Any

from langchain_core.outputs import ChatGenerationChunk
from langchain_openai import ChatOpenAI

_FIELDS = {
    "refusal": "refusal",
    "reasoning_content": "reasoning_content",  # llama.cpp, vLLM, DeepSeek
    "reasoning": "reasoning_content",  # Ollama, OpenRouter
}
"""What a server calls it, and its name in ``additional_kwargs``."""


class OpenAIChat(ChatOpenAI):
    """``ChatOpenAI`` whose chunks hold refusals and thinking in ``additional_kwargs``.

    The method is the one that LangChain's own packages for compatible servers extend.
    """

    def _convert_chunk_to_generation_chunk(
        self, chunk: dict[str, Any], default_chunk_class: type, base_generation_info: dict[str, Any] | None
    ) -> ChatGenerationChunk | None:
        converted = super()._convert_chunk_to_generation_chunk(chunk, default_chunk_class, base_generation_info)
        choices = chunk.get("choices")
        if converted and choices:
            delta = choices[0].get("delta") or {}
            converted.message.additional_kwargs |= {
                name: delta[field] for field, name in _FIELDS.items() if isinstance(delta.get(field), str)
            }
        return converted
