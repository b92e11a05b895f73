"""The chat model that the settings name."""

from __future__ import annotations

from typing import Any

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel

from bot.chat.openai_chat import OpenAIChat
from bot.settings import Settings
from index.errors import ConfigurationError

_NO_KEY = "none"
"""What a server of one's own gets as its key if none is set, so that no key meant for OpenAI is sent to it."""


def build_chat_model(settings: Settings, name: str | None = None) -> BaseChatModel:
    """The model ``name``, or the one in ``settings.chat_model``; at ``chat_base_url``, if that is set.

    Temperature 0 where the model takes one; a request may take ``chat_total_seconds``, and isn't repeated: that is
    for ``ChatModel``, which knows when. Streams report their tokens. Nothing is sent yet. Raises
    ``ConfigurationError`` if no model is set, the provider is unknown or not installed, or its key is missing.
    """
    model = name or settings.chat_model
    if not model:
        raise ConfigurationError("No chat model is set. Set NEWSDESK_CHAT_MODEL, e.g. openai:gpt-5-mini.")
    options: dict[str, Any] = {
        "temperature": 0,
        "timeout": settings.chat_total_seconds,
        "max_retries": 0,
    }
    if settings.chat_api_key:
        options["api_key"] = settings.chat_api_key.get_secret_value()
    # Every server with a base URL speaks OpenAI's protocol, and "qwen2.5:7b" is a model, not a provider.
    openai = bool(settings.chat_base_url) or model.startswith("openai:")
    if settings.chat_base_url:
        options |= {"base_url": settings.chat_base_url, "stream_usage": True}
        options.setdefault("api_key", _NO_KEY)
    try:
        if openai:
            return OpenAIChat(model=model.removeprefix("openai:"), **options)
        chat: BaseChatModel = init_chat_model(model, **options)
        return chat
    except ImportError as error:
        raise ConfigurationError(
            f"The provider of chat model {model!r} is not installed ({error.name or 'its package'} is missing). "
            "Install it, or choose another NEWSDESK_CHAT_MODEL."
        ) from None
    except Exception as error:
        # Each provider has its own errors, and some repeat the key: only what kind it was is told.
        raise ConfigurationError(
            f"Chat model {model!r} cannot be set up ({type(error).__name__}). Check that NEWSDESK_CHAT_MODEL "
            "reads provider:model and that NEWSDESK_CHAT_API_KEY is set."
        ) from None
