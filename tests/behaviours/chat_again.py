"""Further behaviours of servers of chat models, of kinds that were met later; read them as those in ``chat``."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from tests.behaviours.chat import (
    BASE_URL,
    KEY,
    MODEL,
    Behaviour,
    ended,
    no,
    no_system,
    said,
    small,
    whole,
)
from tests.behaviours.server import Arrived, Handler, document, in_turn, page, refusal, streamed, unless

_ALTERNATE = "Conversation roles must alternate user/assistant/user/assistant/..."
_TOO_LONG = {"message": "the request exceeds the available context size", "type": "exceed_context_size_error"}
_VERIFY = "Your organization must be verified to stream this model."
_DENIED = {"type": "extra_forbidden", "msg": "Extra inputs are not permitted"}


def at(path: str) -> Callable[[Arrived], bool]:
    return lambda arrived: arrived.path == path


def unstreamed(arrived: Arrived) -> bool:
    return not arrived.body.get("stream")


def gemini(status: int, message: str) -> Handler:
    """Gemini's errors in OpenAI's protocol: a list of one."""
    return document([{"error": {"code": status, "message": message, "status": "INVALID_ARGUMENT"}}], status)


def extra(name: str, body: Callable[[dict[str, Any]], object]) -> Handler:
    """Mistral's refusal of an option, in one of the forms that it has had."""
    return unless(no(name), document(body({**_DENIED, "loc": ["body", name], "input": {}}), 422), said())


async def camel_case(arrived: Arrived) -> web.StreamResponse:
    """xAI refuses one option after the other, each by another name than it was sent by."""
    names = {"stream_options": "streamOptions", "temperature": "temperature"}
    for name, shown in names.items():
        if name in arrived.body:
            message = f"Model grok-4-1-fast-reasoning does not support parameter {shown}."
            body = {"code": "Client specified an invalid argument", "error": message}
            return await document(body, 400)(arrived)
    return await said()(arrived)


def in_stream(event: object) -> Handler:
    return streamed(lambda _: [f"data: {json.dumps(event)}\n\n"])


ADDRESSES = [
    Behaviour(
        "Groq: no /v1 behind a path",
        unless(
            at("/openai/v1/chat/completions"), document({"error": {"message": "Unknown request URL"}}, 404), said()
        ),
        changes={"chat_base_url": "{root}/openai"},
    ),
    Behaviour(
        "vLLM: no /v1, and a wrong key",
        unless(
            at("/v1/chat/completions"),
            document({"detail": "Not Found"}, 404),
            refusal(401, "Incorrect API key provided"),
        ),
        KEY,
        changes={"chat_base_url": "{root}", "chat_api_key": "very-secret"},
    ),
    Behaviour(
        "LM Studio: no /v1, and no streaming",
        unless(
            at("/v1/chat/completions"),
            document({"error": "Unexpected endpoint or method. (POST /chat/completions)"}),
            unless(unstreamed, refusal(400, "streaming is not supported"), whole),
        ),
        changes={"chat_base_url": "{root}"},
        calls=5,
    ),
    Behaviour(
        "Open WebUI: its API is elsewhere",
        unless(at("/api/chat/completions"), document({"detail": "Method Not Allowed"}, 405), said()),
        BASE_URL,
        changes={"chat_base_url": "{root}"},
    ),
    Behaviour(
        "Cloudflare: could not route",
        document(
            {"success": False, "errors": [{"code": 7003, "message": "Could not route to /client/v4/x"}]}, 404
        ),
        BASE_URL,
    ),
]

KEYS = [
    Behaviour(
        "Cloudflare AI gateway: an error that is a list",
        document({"success": False, "error": [{"code": 2009, "message": "Unauthorized"}]}, 401),
        KEY,
    ),
    Behaviour(
        "xAI: 400 for a wrong key",
        document(
            {"code": "Client specified an invalid argument", "error": "Incorrect API key provided: xa***z."}, 400
        ),
        KEY,
    ),
    Behaviour(
        "Gemini: a list for a wrong key", gemini(400, "API key not valid. Please pass a valid API key."), KEY
    ),
    Behaviour("openresty: a page with 401", page("<html><title>401</title>401 Authorization</html>", 401), KEY),
]

OPTIONS = [
    Behaviour(
        "OpenRouter: what OpenAI said stands in a text",
        unless(
            unstreamed,
            document(
                {
                    "error": {
                        "message": "Provider returned error",
                        "code": 400,
                        "metadata": {"raw": json.dumps({"error": {"message": _VERIFY, "param": "stream"}})},
                    }
                },
                400,
            ),
            whole,
        ),
    ),
    Behaviour(
        "Bedrock: unsupported for streaming",
        unless(unstreamed, document({"detail": "The model is unsupported for streaming"}, 400), whole),
    ),
    Behaviour(
        "a server of one's own: 501 to streaming",
        unless(unstreamed, page("Streaming is not implemented", 501, "text/plain"), whole),
    ),
    Behaviour("xAI: options in camel case", camel_case),
    Behaviour(
        "Mistral: extra_forbidden below the message",
        extra("stream_options", lambda wrong: {"object": "error", "message": {"detail": [wrong]}}),
    ),
    Behaviour(
        "Mistral: extra_forbidden in two lists",
        extra(
            "temperature", lambda wrong: {"object": "Error", "detail": [wrong], "message": [wrong], "code": 3001}
        ),
    ),
    Behaviour(
        "Mistral: extra_forbidden in a text",
        extra("temperature", lambda wrong: {"object": "error", "message": json.dumps({"detail": [wrong]})}),
    ),
    Behaviour(
        "Gemini: an unknown name",
        unless(no("stream_options"), gemini(400, 'Unknown name "stream_options": Cannot find field.'), said()),
    ),
    Behaviour(
        "llama.cpp: roles must alternate, 500",
        unless(
            no_system, refusal(500, f"\n------\nWhile executing\n Error: Jinja Exception: {_ALTERNATE}"), said()
        ),
    ),
    Behaviour(
        "LM Studio: roles must alternate, within the stream",
        unless(
            no_system,
            in_stream({"error": {"message": f'Error rendering prompt with jinja template: "{_ALTERNATE}"'}}),
            said(),
        ),
    ),
    Behaviour(
        "TGI: roles must alternate, 422",
        unless(no_system, document({"error": f"Template error: syntax error: {_ALTERNATE}"}, 422), said()),
    ),
]

SIZE = [
    Behaviour(
        "SGLang: longer than its context length",
        small(
            document(
                {
                    "object": "error",
                    "message": "The input (2900 tokens) is longer than the model's context length (2048 tokens).",
                    "code": 400,
                },
                400,
            )
        ),
    ),
    Behaviour(
        "LiteLLM: Anthropic's sum",
        small(
            refusal(400, "input length and `max_tokens` exceed context limit: 2300 + 256 > 2048, decrease input")
        ),
    ),
    Behaviour(
        "text-generation-webui: too long, with 200",
        small(in_stream({"error": {"code": 400, **_TOO_LONG, "n_prompt_tokens": 2900, "n_ctx": 2048}})),
    ),
    Behaviour(
        "OpenRouter: too long, within the stream",
        small(
            in_stream({"choices": [], "error": {"code": 400, "message": "prompt is too long: 2900 tokens > 2048"}})
        ),
    ),
    Behaviour(
        "a gateway: too long, in fields of its own",
        small(
            in_stream(
                {
                    "choices": None,
                    "error_code": 400,
                    "error_message": "This model's maximum context length is 2048 tokens, your request has 2900.",
                }
            )
        ),
    ),
    Behaviour(
        "Groq: 413, with the address of a page on billing",
        small(
            refusal(
                413,
                "Request too large on tokens per minute (TPM): Limit 2048, Requested 2900, please reduce your "
                "message size. Need more tokens? Upgrade at https://console.groq.example/settings/billing",
                code="rate_limit_exceeded",
            )
        ),
    ),
    Behaviour(
        "OpenAI: 429, and too large for any minute",
        small(
            refusal(429, "Request too large on tokens per min (TPM): Limit 2048, Requested 2900.", type="tokens")
        ),
    ),
]

MODELS = [
    Behaviour(
        "Together: not serverless",
        refusal(400, "Unable to access non-serverless model x", code="model_not_available"),
        MODEL,
    ),
    Behaviour(
        "Fireworks: 404 without an error field",
        document({"message": "Model not found, inaccessible, and/or not deployed", "code": "NOT_FOUND"}, 404),
        MODEL,
    ),
    Behaviour(
        "Azure: OperationNotSupported",
        refusal(400, "The chatCompletion operation does not work with the specified model, gpt-4o-mini."),
        MODEL,
    ),
    Behaviour(
        "LocalAI: could not load", refusal(500, "could not load model: rpc error: code = Unavailable"), MODEL
    ),
]

BUSY = [
    Behaviour(
        "Groq: 429 to the first call, and a pause of a second",
        in_turn(refusal(429, "Rate limit reached. Please try again in 1.2s.", {"Retry-After": "1"}), said()),
    ),
    Behaviour(
        "KoboldCpp: busy, then well",
        in_turn(document({"detail": {"msg": "Server is busy; please try again later."}}, 503), said()),
    ),
    Behaviour(
        "KoboldCpp: busy",
        document({"detail": {"msg": "Server is busy; please try again later."}}, 503),
        "too many requests",
    ),
    Behaviour("Gemini: overloaded", gemini(503, "The model is overloaded."), "too many requests"),
    Behaviour(
        "Anthropic: 529", document({"type": "error", "error": {"message": "Overloaded"}}, 529), "too many requests"
    ),
    Behaviour(
        "Ollama: its runner has stopped",
        refusal(500, "model runner has unexpectedly stopped"),
        "problem of its own",
    ),
    Behaviour("mistral.rs: 500 without a word", refusal(500), "problem of its own"),
    Behaviour(
        "vLLM: its engine is dead",
        in_stream({"error": {"message": "EngineCore encountered an issue.", "code": 500}}),
        "problem of its own",
    ),
]

ENDS = [
    Behaviour("Gemini: error as its reason, and nothing else", ended("error", lambda _: ""), "broke off"),
    Behaviour(
        "Azure: its policy, of the prompt",
        refusal(
            400,
            "The response was filtered due to Azure OpenAI's content management policy.",
            code="content_filter",
        ),
        "content filter",
    ),
]

AGAIN = [*ADDRESSES, *KEYS, *OPTIONS, *SIZE, *MODELS, *BUSY, *ENDS]
