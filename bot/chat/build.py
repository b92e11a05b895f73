"""The chat model that the settings name."""

from __future__ import annotations

import os
import warnings
from typing import Any

import langsmith
from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from pydantic import SecretStr

from bot.chat.openai_chat import OpenAIChat, http_client
from bot.settings import Settings, read_headers
from index.errors import ConfigurationError
from index.network import NO_HEADERS, unreadable_certificates

_NO_KEY = "none"
"""What a server of one's own gets as its key if none is set, so that no key meant for OpenAI is sent to it."""

_OPENAI = "https://api.openai.com/v1"
EXTRAS = {
    "anthropic": "anthropic",
    "azure_openai": None,
    "google_genai": "google",
    "mistralai": "mistral",
    "ollama": "ollama",
}
"""LangChain's providers that are tried with Newsdesk, and the extra that installs each (None: none is needed)."""

_ADDRESS = {"azure_openai": "azure_endpoint"}
"""What a provider's package calls the address of its server, if not ``base_url``."""


def build_chat_model(settings: Settings, name: str | None = None) -> BaseChatModel:
    """The model ``name``, or the one in ``settings.chat_model``; at ``chat_base_url``, if that is set.

    Temperature 0 where the model takes one; a request may take ``chat_total_seconds``, and isn't repeated: that is
    for ``ChatModel``, which knows when. Streams report their tokens. Nothing is sent yet. Raises
    ``ConfigurationError`` if no model is set, the provider is unknown or not installed, or its key is missing.
    """
    model = name or settings.chat_model
    if not model:
        raise ConfigurationError("No chat model is set. Set NEWSDESK_CHAT_MODEL, e.g. openai:gpt-5-mini.")
    # LangChain sends prompts and replies to LangSmith as soon as its variables are in the environment.
    langsmith.configure(enabled=None if settings.tracing else False)
    # Mistral's content in parts is read, but OpenAI's package warns of each piece.
    warnings.filterwarnings("ignore", "Pydantic serializer warnings", UserWarning)
    options: dict[str, Any] = {"temperature": 0, "timeout": settings.chat_total_seconds, "max_retries": 0}
    if settings.chat_api_key:
        options["api_key"] = settings.chat_api_key.get_secret_value()
    provider = model.partition(":")[0]
    own_protocol = provider in EXTRAS or not (settings.chat_base_url or provider == "openai")
    if own_protocol and settings.chat_headers:
        raise ConfigurationError(NO_HEADERS.format(name="NEWSDESK_CHAT_HEADERS", model=model))
    try:
        # A server with a base URL speaks OpenAI's protocol, unless a provider is named that has its own:
        # "qwen2.5:7b" is a model.
        if not own_protocol:
            return _openai(settings, model, options)
        if settings.chat_base_url:
            options[_ADDRESS.get(provider, "base_url")] = settings.chat_base_url
        chat: BaseChatModel = init_chat_model(model, **options)
        return chat
    except ImportError as error:
        raise ConfigurationError(_missing(model, provider, error)) from None
    except Exception as error:
        # Each provider has its own errors, and some repeat the key: only what kind it was is told.
        raise ConfigurationError(_unusable(model, error)) from None


def _openai(settings: Settings, model: str, options: dict[str, Any]) -> BaseChatModel:
    if settings.chat_base_url:
        options |= {"base_url": settings.chat_base_url, "stream_usage": True, "use_responses_api": False}
        options.setdefault("api_key", _NO_KEY)
    else:
        options["base_url"] = _OPENAI  # whatever address other programs' variables name
    headers = read_headers(settings.chat_headers)
    options["http_async_client"] = http_client(options["base_url"], headers)
    along = tuple(map(SecretStr, headers.values()))
    return OpenAIChat(model=model.removeprefix("openai:"), sent_along=along, **options)


def _missing(model: str, provider: str, error: ImportError) -> str:
    if "socks" in str(error).lower():
        return f"The proxy in the environment needs a package: {error}"
    extra = EXTRAS.get(provider)
    step = f"Install it with: pip install 'newsdesk[{extra}]'" if extra else "Install it"
    return (
        f"The provider of chat model {model!r} is not installed ({error.name or 'its package'} is missing). "
        f"{step}, or choose another NEWSDESK_CHAT_MODEL."
    )


def _unusable(model: str, error: Exception) -> str:
    if unread := unreadable_certificates(error):
        return f"Chat model {model!r} cannot be asked: the certificates in {unread} cannot be read."
    if "proxy" in str(error).lower():
        names = [one for one in os.environ if one.upper() in ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY")]
        return (
            f"Chat model {model!r} cannot be asked through the proxy in {', '.join(names) or 'the environment'}: "
            "its address must begin with http://, https://, socks5:// or socks5h://."
        )
    return (
        f"Chat model {model!r} cannot be set up ({type(error).__name__}). Check that NEWSDESK_CHAT_MODEL "
        "reads provider:model and that NEWSDESK_CHAT_API_KEY is set."
    )
