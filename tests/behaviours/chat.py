"""How servers of chat models behave, after public threads of their users; each with what the asker must see.

The words of each error are those of the server named. ``answers``: the chat model's answer, without a note.
``says``: a pattern of the note; ``shows``: the whole sentences that came before are shown with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.behaviours.server import (
    Arrived,
    Handler,
    Piece,
    chunk,
    document,
    hang,
    in_a_circle,
    in_turn,
    page,
    refusal,
    streamed,
    unless,
)

NINE = "Nine ships are waiting outside the port of Varnogorsk"
MANY = "23 ships are waiting outside the port of Varnogorsk"
FIRST = "Nine ships are waiting, the harbour office says."
SECOND = "The union counts 23 ships."
WINDOW = 2048
"""Tokens that fit into the small models."""

BASE_URL = "NEWSDESK_CHAT_BASE_URL"
KEY = "NEWSDESK_CHAT_API_KEY"
MODEL = "NEWSDESK_CHAT_MODEL"


@dataclass(frozen=True)
class Behaviour:
    """``name`` begins with the server. ``calls``: how often the same may be asked for."""

    name: str
    handler: Handler
    says: str | None = None
    shows: bool = False
    calls: int = 4
    changes: dict[str, Any] = field(default_factory=dict)
    """Settings; "{base}" and "{root}" stand for the server's addresses."""


def sentences(arrived: Arrived) -> list[str]:
    """What an honest model writes of the passages that it is shown: two lines, or the one it has evidence for."""
    lines = []
    for quote, sentence in ((NINE, FIRST), (MANY, SECOND)):
        if found := re.search(
            rf'<passage key="(\w+)"[^>]*>(?:(?!</passage>).)*{quote}', arrived.prompt, re.DOTALL
        ):
            lines.append(f'{sentence} {{{found[1]} "{quote}"}}')
    return lines


def reply(arrived: Arrived) -> str:
    return "\n".join(sentences(arrived)) or "yes"


def tokens(text: str) -> list[Piece]:
    return [chunk({"content": text[at : at + 5]}) for at in range(0, len(text), 5)]


USAGE: dict[str, Any] = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}


def said(text: Callable[[Arrived], str] = reply, end: Sequence[Piece] = (), done: bool = True) -> Handler:
    """A reply that is streamed well; ``end`` instead of the usual end."""

    def pieces(arrived: Arrived) -> list[Piece]:
        usual: list[Piece] = [chunk({}, "stop"), {**chunk({}), "choices": [], "usage": USAGE}]
        return [chunk({"role": "assistant", "content": ""}), *tokens(text(arrived)), *(end or usual)]

    return streamed(pieces, done)


def ended(reason: str | None, text: Callable[[Arrived], str] = reply) -> Handler:
    return said(text, [chunk({}, reason)])


def first_and_half(arrived: Arrived) -> str:
    """The first sentence, and the beginning of the second."""
    first, second = sentences(arrived) or ("yes", "")
    return f"{first}\n{second[:20]}"


def completed(arrived: Arrived, **fields: Any) -> dict[str, Any]:
    message = {"role": "assistant", "content": reply(arrived)}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], **fields}


async def whole(arrived: Arrived) -> Any:
    """A reply in one piece, whatever was asked for."""
    return await document(completed(arrived, usage=USAGE))(arrived)


async def not_streamed(arrived: Arrived) -> Any:
    return await (said() if arrived.body.get("stream") else whole)(arrived)


def no(*options: str) -> Callable[[Arrived], bool]:
    return lambda arrived: not any(option in arrived.body for option in options)


def no_system(arrived: Arrived) -> bool:
    return arrived.roles == ["user"]


def fits(arrived: Arrived) -> bool:
    return len(arrived.prompt) // 4 < WINDOW - 200


def known_path(arrived: Arrived) -> bool:
    return arrived.path == "/v1/chat/completions"


def small(handler: Handler) -> Handler:
    return unless(fits, handler, said())


OPTIONS = [
    Behaviour(
        "OpenAI o-series: temperature",
        unless(
            no("temperature"),
            refusal(
                400,
                "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) is "
                "supported.",
                param="temperature",
                code="unsupported_value",
            ),
            said(),
        ),
    ),
    Behaviour(
        "Anthropic behind a gateway: temperature",
        unless(no("temperature"), refusal(400, "`temperature` is deprecated for this model."), said()),
    ),
    Behaviour(
        "LiteLLM: temperature",
        unless(
            no("temperature"),
            refusal(400, "litellm.UnsupportedParamsError: bedrock does not support parameters: ['temperature']"),
            said(),
        ),
    ),
    Behaviour(
        "older server: stream_options",
        unless(
            no("stream_options"), refusal(400, "Unrecognized request argument supplied: stream_options"), said()
        ),
    ),
    Behaviour(
        "FastAPI server: stream_options, 422 with a list",
        unless(
            no("stream_options"),
            document(
                {
                    "detail": [
                        {"loc": ["body", "stream_options"], "msg": "Extra inputs are not permitted", "input": {}}
                    ]
                },
                422,
            ),
            said(),
        ),
    ),
    Behaviour(
        "two options, one after the other",
        unless(
            no("stream_options"),
            refusal(400, "stream_options is not supported"),
            unless(no("temperature"), refusal(400, "Unsupported parameter: temperature"), said()),
        ),
    ),
    Behaviour("vLLM: system role", unless(no_system, refusal(400, "System role not supported"), said())),
    Behaviour(
        "llama.cpp: system role, 500 out of the template",
        unless(
            no_system,
            refusal(500, "Jinja Exception: System role not supported", code=500, type="server_error"),
            said(),
        ),
    ),
    Behaviour(
        "Gemini: gemma has no system role",
        unless(no_system, refusal(400, "Developer instruction is not enabled for models/gemma-3-27b-it"), said()),
    ),
    Behaviour(
        "vLLM: roles must alternate",
        unless(
            no_system,
            refusal(400, "Conversation roles must alternate user/assistant/user/assistant/..."),
            said(),
        ),
    ),
    Behaviour(
        "Mistral template: only user and assistant",
        unless(no_system, refusal(400, "Only user and assistant roles are supported!"), said()),
    ),
    Behaviour(
        "OpenAI: no streaming before verification",
        unless(
            lambda arrived: not arrived.body.get("stream"),
            refusal(
                400,
                "Your organization must be verified to stream this model.",
                param="stream",
                code="unsupported_value",
            ),
            whole,
        ),
    ),
    Behaviour(
        "a gateway without streaming",
        unless(
            lambda arrived: not arrived.body.get("stream"),
            refusal(400, "Streaming is not supported for this deployment"),
            whole,
        ),
    ),
    *(
        Behaviour(
            f"no streaming: {words}",
            unless(lambda arrived: not arrived.body.get("stream"), refusal(400, words), whole),
        )
        for words in (
            "Unsupported parameter: 'stream'",
            "stream must be false",
            "This model does not support streaming.",
            "Streaming is disabled here",
            "stream=true cannot be used: not supported",
        )
    ),
    Behaviour(
        "a server that doesn't say which option",
        unless(no("temperature"), refusal(400, "Bad request"), said()),
        calls=5,
    ),
    Behaviour(
        "a server that says nothing, and has no system role",
        unless(no_system, refusal(422), said()),
        calls=5,
    ),
]

ADDRESSES = [
    Behaviour("a proxy: sent in a circle", in_a_circle, BASE_URL, calls=6),
    Behaviour(
        "nginx: no /v1, an HTML page with 404",
        unless(known_path, page("<html><center><h1>404 Not Found</h1></center>nginx</html>", 404), said()),
        changes={"chat_base_url": "{root}"},
    ),
    Behaviour(
        "vLLM: no /v1, 404",
        unless(known_path, document({"detail": "Not Found"}, 404), said()),
        changes={"chat_base_url": "{root}"},
    ),
    Behaviour(
        "LM Studio: no /v1, 200 with an error",
        unless(known_path, document({"error": "Unexpected endpoint or method. (POST /chat/completions)"}), said()),
        changes={"chat_base_url": "{root}"},
    ),
    Behaviour(
        "Ollama: no /v1, 404 in plain text",
        unless(known_path, page("404 page not found", 404, "text/plain"), said()),
        changes={"chat_base_url": "{root}"},
    ),
    Behaviour(
        "a web server: 405",
        unless(known_path, document({"detail": "Method Not Allowed"}, 405), said()),
        BASE_URL,
        changes={"chat_base_url": "{root}/api"},
    ),
    Behaviour(
        "Open WebUI: a page of its own with 200",
        unless(known_path, page("<!doctype html><html><body>Sign in</body></html>"), said()),
        changes={"chat_base_url": "{root}"},
    ),
    Behaviour(
        "the whole address of the endpoint",
        unless(known_path, document({"detail": "Not Found"}, 404), said()),
        changes={"chat_base_url": "{base}/chat/completions"},
    ),
    Behaviour(
        "blanks and a slash around the address",
        unless(known_path, document({"detail": "Not Found"}, 404), said()),
        changes={"chat_base_url": " {base}/ \n"},
    ),
    Behaviour("no scheme", said(), BASE_URL, changes={"chat_base_url": "127.0.0.1:1/v1"}),
    Behaviour("a port that is none", said(), BASE_URL, changes={"chat_base_url": "http://127.0.0.1:99999/v1"}),
    Behaviour(
        "http where https is spoken",
        page("Client sent an HTTP request to an HTTPS server.", 400, "text/plain"),
        f"{BASE_URL} should begin with https://",
    ),
    Behaviour(
        "nginx: http where https is spoken",
        page("<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>", 400),
        f"{BASE_URL} should begin with https://",
    ),
    Behaviour(
        "https where http is spoken", said(), rf"https.*{BASE_URL}", changes={"chat_base_url": "https{rest}"}
    ),
    Behaviour(
        "nothing listens there",
        said(),
        rf"(?i)refused|nothing listens.*{BASE_URL}",
        changes={"chat_base_url": "http://127.0.0.1:1/v1"},
    ),
    Behaviour(
        "no such host",
        said(),
        rf"(?i)host.*{BASE_URL}",
        changes={"chat_base_url": "http://no-such-host.invalid/v1"},
    ),
]

KEYS = [
    Behaviour("OpenAI: 401", refusal(401, "Incorrect API key provided: sk-very-secret."), KEY),
    Behaviour("a proxy: 401 without a body", refusal(401), KEY),
    Behaviour(
        "Gemini: 400 for a wrong key",
        document(
            [{"error": {"code": 400, "message": "API key not valid. Please pass a valid API key."}}], status=400
        ),
        KEY,
    ),
    Behaviour("403 permission", refusal(403, "You have insufficient permissions for this operation."), KEY),
    Behaviour(
        "OpenAI: 403 for the country",
        refusal(
            403,
            "Country, region, or territory not supported",
            code="unsupported_country_region_territory",
        ),
        "(?i)country|region",
    ),
    Behaviour(
        "a line end behind the key",
        unless(lambda arrived: arrived.headers["Authorization"] == "Bearer sk-1", refusal(401, "No"), said()),
        changes={"chat_api_key": "sk-1\n"},
    ),
    Behaviour(
        "quotation marks around the key, as docker's --env-file leaves them",
        unless(lambda arrived: arrived.headers["Authorization"] == "Bearer sk-1", refusal(401, "No"), said()),
        changes={"chat_api_key": '"sk-1"'},
    ),
    Behaviour(
        "quotation marks of a word processor around the key",
        unless(lambda arrived: arrived.headers["Authorization"] == "Bearer sk-1", refusal(401, "No"), said()),
        changes={"chat_api_key": "“sk-1”", "chat_base_url": "„{base}“"},
    ),
    Behaviour(
        "Cloudflare AI gateway: headers of its own",
        unless(
            lambda one: one.headers.get("cf-aig-authorization") == "Bearer very-secret" and "X-Two" in one.headers,
            document({"success": False, "error": [{"code": 2009, "message": "Unauthorized"}]}, 401),
            said(),
        ),
        changes={"chat_headers": "cf-aig-authorization: Bearer very-secret, X-Two: 2"},
    ),
    Behaviour(
        "a header that the server repeats",
        refusal(403, "X-Api-Key very-secret is not allowed"),
        r"may not be used.*\(403 from http.*/completions: “X-Api-Key \*\*\* is not allowed”; .*CHAT_HEADERS\)",
        changes={"chat_headers": "X-Api-Key: very-secret"},
    ),
    Behaviour("a line end in the key", said(), KEY, changes={"chat_api_key": "sk-1\nsk-2"}),
    Behaviour("a dash out of a word processor in the key", said(), KEY, changes={"chat_api_key": "sk–1"}),
    Behaviour(
        "blanks around the model",
        unless(lambda arrived: arrived.body["model"] == "small", refusal(404, "model not found"), said()),
        changes={"chat_model": " small \n"},
    ),
]

BLOCKED = [
    Behaviour(name, page(text, status, kind), f"(?i)firewall.*{BASE_URL}")
    for name, text, status, kind in (
        ("Cloudflare: 1010", "error code: 1010", 403, "text/plain"),
        ("Cloudflare: a page to wait on", "<html><title>Just a moment...</title></html>", 403, "text/html"),
        ("a company's filter", "<html>Access to this site is blocked by your company</html>", 403, "text/html"),
        ("a long page with 403", f"<html>{'.' * 1_000_000}</html>", 403, "text/html"),
        ("F5: 406", "The requested URL was rejected. Your support ID is: 12", 406, "text/html"),
        ("Cloudflare: 429", "<html>Attention Required! You have been blocked</html>", 429, "text/html"),
    )
]

MODELS = [
    Behaviour(
        "OpenAI: model_not_found",
        refusal(404, "The model `small` does not exist or you do not have access to it.", code="model_not_found"),
        MODEL,
    ),
    Behaviour("Ollama: a model for vectors", refusal(400, '"small" does not support chat'), MODEL),
    Behaviour("one-api: 503", refusal(503, "No available channel for model small under group default"), MODEL),
    Behaviour("Hugging Face", document({"error": "Model small is not supported by any provider"}, 400), MODEL),
    Behaviour("Open WebUI: 400", document({"detail": "Model not found"}, 400), MODEL),
    Behaviour(
        "OpenRouter: no providers",
        refusal(404, "No allowed providers are available for the selected model.", code=404),
        MODEL,
    ),
    Behaviour("Ollama: pull it first", refusal(404, 'model "small" not found, try pulling it first'), MODEL),
    Behaviour("DeepSeek: 400", refusal(400, "Model Not Exist", type="invalid_request_error"), MODEL, calls=1),
    Behaviour("OpenRouter: 400", refusal(400, "small is not a valid model ID", code=400), MODEL, calls=1),
    Behaviour(
        "LiteLLM: 400",
        refusal(400, "/chat/completions: Invalid model name passed in model=small. Call `/v1/models` to view"),
        MODEL,
        calls=1,
    ),
    Behaviour(
        "Azure: DeploymentNotFound",
        refusal(404, "The API deployment for this resource does not exist.", code="DeploymentNotFound"),
        MODEL,
    ),
    Behaviour("LM Studio: none loaded", refusal(404, "No models loaded. Please load a model."), MODEL),
    Behaviour(
        "OpenAI: no chat model",
        refusal(404, "This is not a chat model and thus not supported in the v1/chat/completions endpoint."),
        MODEL,
    ),
    Behaviour(
        "Groq: decommissioned",
        refusal(400, "The model `small` has been decommissioned.", code="model_decommissioned"),
        MODEL,
        calls=1,
    ),
    Behaviour(
        "OpenRouter: no endpoints",
        refusal(404, "No endpoints found matching your data policy.", code=404),
        MODEL,
    ),
    Behaviour(
        "vLLM: 404 as an object",
        document(
            {"object": "error", "message": "The model `small` does not exist.", "type": "NotFoundError"}, 404
        ),
        MODEL,
    ),
]

MONEY = [
    Behaviour("DeepSeek: 402", refusal(402, "Insufficient Balance"), "(?i)account"),
    Behaviour(
        "OpenRouter: 402",
        refusal(402, "This request requires more credits, or fewer max_tokens.", code=402),
        "(?i)account",
    ),
    Behaviour(
        "OpenAI: insufficient_quota",
        refusal(429, "You exceeded your current quota, please check your plan.", code="insufficient_quota"),
        "(?i)account",
        calls=1,
    ),
    Behaviour(
        "Anthropic: 400",
        refusal(400, "Your credit balance is too low to access the Anthropic API."),
        "(?i)account",
        calls=1,
    ),
    *(
        Behaviour(f"a gateway's money: {words}", refusal(status, words, code=code), "(?i)account")
        for status, words, code in (
            (400, "Budget has been exceeded! Current cost: 1.2, Max budget: 1.0", "400"),
            (403, "user quota is not enough", "insufficient_user_quota"),
            (429, "ExceededBudget: User has exceeded their budget", "429"),
            (403, "Insufficient credits for this organization", None),
            (400, "Access denied, please make sure your account is in good standing. Arrearage", "Arrearage"),
        )
    ),
    Behaviour("xAI: 403", refusal(403, "Your team doesn't have any credits yet."), "(?i)account"),
]

FILTERS = [
    Behaviour(f"a filter: {words[:24]}", refusal(status, words, code=code), "(?i)filter")
    for status, words, code in (
        (400, "Input data may contain inappropriate content.", "data_inspection_failed"),
        (400, "Content Exists Risk", "invalid_request_error"),
        (403, "Your chosen model requires moderation and your input was flagged", 403),
        (400, "The response was filtered due to the prompt triggering our policy", "content_filter"),
        (400, "Your prompt was flagged as potentially violating our usage policy", "invalid_prompt"),
    )
]

BUSY = [
    Behaviour("Groq: 498", refusal(498, "Flex tier capacity exceeded", code="capacity_exceeded"), "(?i)again"),
    Behaviour("a queue", refusal(400, "The queue is full, come again"), "(?i)again"),
    Behaviour("429, then well", in_turn(refusal(429, "Slow down", {"Retry-After": "0"}), said())),
    Behaviour("429 for a minute", refusal(429, "Slow down", {"Retry-After": "60"}), "60 seconds"),
    Behaviour(
        "Groq: 429 with the pause in words",
        refusal(429, "Rate limit reached for model `small`: Please try again in 4m12s."),
        "(?i)too many requests",
    ),
    Behaviour(
        "llama.cpp: loading, then well",
        in_turn(refusal(503, "Loading model", code=503, type="unavailable_error"), said()),
    ),
    Behaviour("llama.cpp: loading", refusal(503, "Loading model", code=503), "(?i)load|start"),
    Behaviour("529 overloaded", refusal(529, "Overloaded"), "(?i)again"),
    Behaviour("a proxy: 502, then well", in_turn(page("<h1>502 Bad Gateway</h1>", 502), said())),
    Behaviour("a proxy: 504", page("<h1>504 Gateway Time-out</h1>", 504), "(?i)again"),
    Behaviour("500", refusal(500, "Internal server error"), "(?i)again"),
]

MEMORY = [
    Behaviour(name, refusal(500, words), f"(?i)memory.*{MODEL}")
    for name, words in (
        ("Ollama: memory", "model requires more system memory (5.6 GiB) than is available (3.1 GiB)"),
        ("vLLM: memory of the card", "CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 7.79 GiB total)"),
        ("llama.cpp: memory", "llama_kv_cache_init: failed to allocate buffer for kv cache"),
        ("LM Studio: memory", "Failed to load model: insufficient system resources. Not enough memory."),
        ("Ollama: memory of the card", "llama runner process has terminated: cudaMalloc failed: out of memory"),
    )
]

SIZE = [
    Behaviour(
        "llama.cpp: n_ctx",
        small(
            refusal(
                400,
                "the request exceeds the available context size, try increasing it",
                type="exceed_context_size_error",
                n_prompt_tokens=3400,
                n_ctx=WINDOW,
                code=400,
            )
        ),
    ),
    Behaviour(
        "vLLM: maximum context length",
        small(
            refusal(
                400,
                f"This model's maximum context length is {WINDOW} tokens. However, you requested 3400 tokens in "
                "the messages, Please reduce the length of the messages.",
            )
        ),
    ),
    Behaviour(
        "llama-cpp-python: requested tokens",
        small(refusal(400, f"Requested tokens (3400) exceed context window of {WINDOW}")),
    ),
    Behaviour(
        "Groq: 413, tokens a minute",
        small(
            refusal(
                413,
                "Request too large for model `small` on tokens per minute (TPM): Limit 2048, Requested 3400, "
                "please reduce your message size and try again.",
                code="rate_limit_exceeded",
                type="tokens",
            )
        ),
    ),
    Behaviour(
        "ik_llama.cpp: 500",
        small(refusal(500, "the request exceeds the available context size", type="server_error")),
    ),
    Behaviour(
        "LM Studio: an error event",
        small(
            streamed(
                lambda _: [
                    'event: error\ndata: {"error": {"message": "Trying to keep the first 3400 tokens when context '
                    'the overflows. However, the model is loaded with context length of only 2048 tokens."}}\n\n'
                ]
            )
        ),
    ),
    Behaviour(
        "LiteLLM: ContextWindowExceededError",
        small(refusal(400, "litellm.ContextWindowExceededError: OpenAIException - too long")),
    ),
    Behaviour(
        "Anthropic: prompt is too long",
        small(refusal(400, f"prompt is too long: 3400 tokens > {WINDOW} maximum")),
    ),
    Behaviour("nginx: 413", small(page("<h1>413 Request Entity Too Large</h1>", 413))),
    Behaviour(
        "Gemini: input token count",
        small(
            refusal(
                400,
                f"The input token count (3400) exceeds the maximum number of tokens allowed ({WINDOW}).",
            )
        ),
    ),
    Behaviour(
        "vLLM: no room for the reply",
        small(refusal(400, "max_tokens must be at least 1, got -1352.")),
    ),
    Behaviour(
        "DashScope: range of length",
        small(refusal(400, "Range of input length should be [1, 2048]", code="invalid_parameter_error")),
    ),
    Behaviour(
        "TGI: tokens and new tokens",
        small(
            document(
                {"error": "`inputs` tokens + `max_new_tokens` must be <= 2048. Given: 3500 `inputs` tokens"}, 422
            )
        ),
    ),
    Behaviour(
        "TGI: 422",
        small(
            refusal(
                422,
                "Input validation error: `inputs` must have less than 2048 tokens. Given: 3400",
                type="Input validation error",
            )
        ),
    ),
]

ENDS = [
    Behaviour("no finish reason", said(end=[chunk({})])),
    Behaviour("no finish reason, no [DONE]", said(end=[chunk({})], done=False)),
    Behaviour("llama.cpp: eos", ended("eos")),
    Behaviour("Anthropic behind a gateway: end_turn", ended("end_turn")),
    Behaviour("Gemini behind a gateway: STOP", ended("STOP")),
    Behaviour("OpenRouter: error", ended("error", first_and_half), "(?i)broke off|cut", shows=True),
    Behaviour("vLLM: abort", ended("abort", first_and_half), "(?i)broke off|cut", shows=True),
    Behaviour("Azure: content_filter", ended("content_filter", first_and_half), "(?i)filter", shows=True),
    Behaviour("Gemini: RECITATION", ended("RECITATION", first_and_half), "(?i)broke off|cut|filter", shows=True),
    Behaviour(
        "DeepSeek: insufficient_system_resource",
        ended("insufficient_system_resource", first_and_half),
        "(?i)broke off|cut",
        shows=True,
    ),
    Behaviour(
        "Gemini: an error between the events",
        said(
            lambda arrived: f"{reply(arrived)}\n",
            ['{\n  "error": {"code": 503, "message": "Overloaded"}\n}\n'],
            done=False,
        ),
        "(?i)broke off",
        shows=True,
    ),
    Behaviour(
        "MiniMax: no money, with 200",
        document({"id": "1", "choices": None, "base_resp": {"status_msg": "insufficient balance"}}),
        "money",
        calls=2,
    ),
    Behaviour(
        "TGI: too long, within the stream",
        small(streamed(lambda _: [{"error": f"`inputs` tokens + `max_new_tokens` must be <= {WINDOW}"}], False)),
    ),
    Behaviour("length, and nothing written", ended("length", lambda _: ""), "no room.*NEWSDESK_CHAT_WINDOW"),
    Behaviour("length", ended("length", first_and_half), "(?i)too long|cut", shows=True),
    Behaviour("an error as the end of a whole reply", ended("error"), "(?i)broke off|cut", shows=True),
    Behaviour("the connection is dropped", said(first_and_half, [None]), "(?i)broke off|cut", shows=True),
    Behaviour(
        "OpenRouter: an error event amid the reply",
        said(
            first_and_half,
            [{**chunk({"content": ""}, "error"), "error": {"code": 502, "message": "Provider disconnected"}}],
        ),
        "(?i)broke off|cut",
        shows=True,
    ),
    Behaviour(
        "OpenRouter: an error event and no choices",
        streamed(
            lambda _: [{"id": "c", "choices": [], "error": {"code": 502, "message": "Worker limit reached"}}]
        ),
        "(?i)again",
    ),
    *(
        Behaviour(
            f"an error event in a form of its own: {words[:16]}",
            streamed(lambda _, words=words: [f"event: error\ndata: {words}\n\n"]),  # type: ignore[misc]
            "(?i)problem of its own|too many requests",
        )
        for words in (
            '{"message": "overloaded"}',
            '{"detail": "the queue is full"}',
            '{"object": "error", "message": "Too many", "code": 429}',
            '{"code": "1302", "msg": "too busy"}',
            '{"type": "error", "message": "shut down", "choices": []}',
        )
    ),
    Behaviour(
        "an error in a form of its own amid the reply",
        said(first_and_half, ['data: {"message": "worker died"}\n\n']),
        "(?i)broke off",
        shows=True,
    ),
    Behaviour(
        "a line that isn't JSON amid the reply",
        said(first_and_half, ["data: Internal Server Error\n\n"]),
        "(?i)broke off",
        shows=True,
    ),
    Behaviour("a line that isn't JSON", streamed(lambda _: ["data: Internal Server Error\n\n"]), "(?i)read"),
    *(
        Behaviour(
            f"an error that only sounds like one of streaming: {words}",
            streamed(lambda _, words=words: [f'data: {{"error": "{words}"}}\n\n']),  # type: ignore[misc]
            "(?i)problem of its own",
        )
        for words in (
            "unexpected EOF",
            "stream error: not ready",
            "no healthy upstream",
            "upstream did not answer",
            "stream unexpectedly ended",
        )
    ),
    Behaviour("nothing at all", said(lambda _: ""), "(?i)empty"),
    Behaviour("a stream without an event", streamed(lambda _: []), "(?i)empty|nothing"),
    Behaviour("hangs before it answers", hang, "(?i)in time"),
    Behaviour(
        "hangs before its first word", streamed(lambda _: [chunk({"role": "assistant"}), 60.0]), "(?i)in time"
    ),
    Behaviour("hangs amid the reply", said(first_and_half, [60.0]), "(?i)too long|broke off|cut", shows=True),
    Behaviour(
        "a refusal apart from the text",
        streamed(lambda _: [chunk({"refusal": "I can't help with that."}), chunk({}, "stop")]),
        "(?i)declined",
    ),
    Behaviour(
        "a call of a tool",
        streamed(
            lambda _: [
                chunk(
                    {"tool_calls": [{"index": 0, "id": "t", "function": {"name": "search", "arguments": "{}"}}]}
                ),
                chunk({}, "tool_calls"),
            ]
        ),
        "(?i)tool",
    ),
]

FORMS = [
    Behaviour(
        "choices null beside the usage",
        said(end=[chunk({}, "stop"), {**chunk({}), "choices": None, "usage": USAGE}]),
    ),
    Behaviour("delta null at the end", said(end=[chunk(None, "stop")])),
    Behaviour(
        "an empty finish reason in each piece",
        streamed(lambda arrived: [chunk({"content": f"{reply(arrived)}"}, ""), chunk({}, "stop")]),
    ),
    Behaviour(
        "Mistral: parts instead of a text",
        streamed(
            lambda arrived: [
                chunk({"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]}]}),
                chunk({"content": [{"type": "text", "text": reply(arrived)}]}),
                chunk({}, "stop"),
            ]
        ),
    ),
    Behaviour(
        "the role in each piece",
        streamed(
            lambda arrived: [
                *[chunk({"role": "assistant", "content": word + " "}) for word in reply(arrived).split(" ")],
                chunk({}, "stop"),
            ]
        ),
    ),
    Behaviour(
        "OpenRouter: comments while it waits",
        streamed(
            lambda arrived: [": OPENROUTER PROCESSING\n\n"] * 3 + [*tokens(reply(arrived)), chunk({}, "stop")]
        ),
    ),
    Behaviour("one document though a stream was asked for", whole),
    Behaviour(
        "an error with 200", document({"error": {"message": "model is busy", "code": 503}}), "(?i)again|reason"
    ),
    Behaviour(
        "Azure: an event without choices first",
        streamed(
            lambda arrived: [
                {**chunk({}), "choices": [], "prompt_filter_results": []},
                *tokens(reply(arrived)),
                chunk({}, "stop"),
            ]
        ),
    ),
    Behaviour(
        "pieces without id, model and object",
        streamed(
            lambda arrived: [
                {"choices": [{"delta": {"content": reply(arrived)}}]},
                {"choices": [{"delta": {}, "finish_reason": "stop"}]},
            ]
        ),
    ),
    Behaviour(
        "lines that end in CR LF",
        streamed(
            lambda arrived: [
                f'data: {{"choices": [{{"index": 0, "delta": {{"content": {_quoted(reply(arrived))}}}, '
                '"finish_reason": "stop"}]}\r\n\r\n'
            ]
        ),
    ),
    Behaviour(
        "all that was written, in each piece",
        streamed(
            lambda arrived: [
                *[chunk({"content": reply(arrived)[:end]}) for end in (*range(6, len(reply(arrived)), 9), None)],
                chunk({}, "stop"),
            ]
        ),
    ),
    Behaviour("thinking in tags", said(lambda arrived: f"<think>Two {{counts}}?\nSo:</think>\n{reply(arrived)}")),
    Behaviour(
        "thinking without its first tag",
        said(
            lambda arrived: f"Okay, ships are waiting. Two counts.\n\nI list both.\n</think>\n\n{reply(arrived)}"
        ),
        changes={"chat_model": "qwen3-thinking"},
    ),
    Behaviour(
        "thinking apart",
        streamed(
            lambda arrived: [
                *[chunk({"reasoning_content": word}) for word in ("Two ", "counts.")],
                *tokens(reply(arrived)),
                chunk({}, "stop"),
            ]
        ),
    ),
    Behaviour(
        "Ollama: thinking apart, under its other name",
        streamed(
            lambda arrived: [chunk({"reasoning": "Two counts."}), *tokens(reply(arrived)), chunk({}, "stop")]
        ),
    ),
    Behaviour(
        "Magistral: thinking in brackets", said(lambda arrived: f"[THINK]Two counts.[/THINK]{reply(arrived)}")
    ),
    Behaviour(
        "gpt-oss without a parser: channels",
        said(
            lambda arrived: (
                "<|channel|>analysis<|message|>Two counts of ships.<|end|><|start|>assistant<|channel|>"
                f"final<|message|>{reply(arrived)}<|return|>"
            )
        ),
    ),
    Behaviour("thinking and nothing else", said(lambda _: "<think>Two counts.</think>"), "(?i)empty"),
    Behaviour(
        "thinking until it is too long", ended("length", lambda _: "<think>Two counts."), "(?i)too long|cut"
    ),
    Behaviour("a fence around the reply", said(lambda arrived: f"```text\n{reply(arrived)}\n```")),
    Behaviour("a stop word left in", said(lambda arrived: f"{reply(arrived)}<|im_end|>")),
    Behaviour("Llama: a stop word left in", said(lambda arrived: f"{reply(arrived)}<|eot_id|>")),
]

CHAT = [*OPTIONS, *ADDRESSES, *KEYS, *BLOCKED, *MODELS, *MONEY, *FILTERS, *BUSY, *MEMORY, *SIZE, *ENDS, *FORMS]


def _quoted(text: str) -> str:
    import json

    return json.dumps(text)
