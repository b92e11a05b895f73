"""How servers of embedding models behave, after public threads of their users; each with what must come of it.

``embeds``: all passages get their vectors, after ``calls`` requests at most. ``says``: a pattern of the error.
``loses``: the passages that can't be embedded.
"""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.behaviours.server import Arrived, Handler, document, hang, in_a_circle, in_turn, page, refusal, unless

DIMENSION = 8
BAD = "unlucky"
"""A word that some servers can't embed."""

BASE_URL = "NEWSDESK_EMBEDDING_BASE_URL"
KEY = "NEWSDESK_EMBEDDING_API_KEY"
MODEL = "NEWSDESK_EMBEDDING"


@dataclass(frozen=True)
class Behaviour:
    """``name`` begins with the server; ``options`` are those of ``build_embeddings``."""

    name: str
    handler: Handler
    says: str | None = None
    loses: int = 0
    calls: int = 400
    options: dict[str, Any] = field(default_factory=dict)


def vector_of(text: str, dimension: int = DIMENSION) -> list[float]:
    """A vector that depends on the text alone."""
    return [byte - 127.5 for byte in hashlib.shake_256(text.encode()).digest(dimension)]


def items(arrived: Arrived, dimension: int = DIMENSION) -> list[dict[str, Any]]:
    return [
        {"object": "embedding", "index": index, "embedding": vector_of(text, dimension)}
        for index, text in enumerate(arrived.texts)
    ]


def listed(data: Callable[[Arrived], Any]) -> Handler:
    async def handle(arrived: Arrived) -> web.StreamResponse:
        return web.json_response({"object": "list", "data": data(arrived), "model": "m"})

    return handle


WELL = listed(items)
NOWHERE = document({"detail": "Not Found"}, 404)
BARE = {"base_url": "{root}"}


def known_path(arrived: Arrived) -> bool:
    return arrived.path == "/v1/embeddings"


def at_most(count: int, otherwise: Handler) -> Handler:
    return unless(lambda arrived: len(arrived.texts) <= count, otherwise, WELL)


def without_bad(otherwise: Handler) -> Handler:
    return unless(lambda arrived: not any(BAD in text for text in arrived.texts), otherwise, WELL)


def in_base64(arrived: Arrived) -> Any:
    packed = [struct.pack(f"<{DIMENSION}f", *item["embedding"]) for item in items(arrived)]
    return [{"index": index, "embedding": base64.b64encode(one).decode()} for index, one in enumerate(packed)]


def with_nan(arrived: Arrived) -> Any:
    return [
        item | ({"embedding": [float("nan")] * DIMENSION} if BAD in text else {})
        for item, text in zip(items(arrived), arrived.texts, strict=True)
    ]


async def nan_unquoted(arrived: Arrived) -> web.StreamResponse:
    return web.Response(text=json.dumps({"data": with_nan(arrived)}), content_type="application/json")


EMBEDDINGS = [
    Behaviour("well", WELL, calls=2),
    Behaviour(
        "DashScope: ten at once",
        at_most(10, refusal(400, "batch size is invalid, it should not be larger than 10.: input.contents")),
        calls=30,
    ),
    Behaviour(
        "TEI: 32 at once, 422",
        at_most(
            32, document({"error": "batch size 64 > maximum allowed batch size 32", "type": "Validation"}, 422)
        ),
        calls=12,
    ),
    Behaviour(
        "SiliconFlow: 413 without a number",
        at_most(16, page("<h1>413 Request Entity Too Large</h1>", 413)),
        calls=40,
    ),
    Behaviour(
        "Azure of old: one at once", at_most(1, refusal(400, "Too many inputs. The max number of inputs is 1."))
    ),
    Behaviour("a server that fails on many: 500", at_most(8, refusal(500, "out of memory")), calls=120),
    Behaviour(
        "OpenAI: tokens a request",
        unless(
            lambda arrived: sum(map(len, arrived.texts)) < 3000,
            refusal(400, "Requested 400000 tokens, max 300000 tokens per request"),
            WELL,
        ),
        calls=120,
    ),
    Behaviour(
        "no encoding_format",
        unless(
            lambda arrived: "encoding_format" not in arrived.body,
            refusal(400, "Unknown parameter: encoding_format"),
            WELL,
        ),
        calls=6,
    ),
    Behaviour("base64, whatever is asked for", listed(in_base64), calls=3),
    Behaviour("out of order, with their index", listed(lambda arrived: items(arrived)[::-1]), calls=3),
    Behaviour(
        "without an index",
        listed(lambda arrived: [{"embedding": item["embedding"]} for item in items(arrived)]),
        calls=3,
    ),
    Behaviour(
        "the same index for each", listed(lambda one: [item | {"index": 0} for item in items(one)]), calls=3
    ),
    Behaviour(
        "an index that begins at 1",
        listed(lambda one: [item | {"index": item["index"] + 1} for item in items(one)]),
        calls=3,
    ),
    *(
        Behaviour(f"one text refused: {status}", without_bad(refusal(status, "Inference failed")), loses=1)
        for status in (406, 409, 415, 424, 499)
    ),
    Behaviour(
        "no key, and none needed", unless(lambda one: "Authorization" not in one.headers, refusal(401), WELL)
    ),
    Behaviour(
        "a key of one's own",
        unless(lambda one: one.headers.get("Authorization") == "Bearer mine", refusal(401), WELL),
        options={"api_key": "mine"},
    ),
    Behaviour(
        "one vector too few",
        unless(lambda one: len(one.texts) == 1, listed(lambda arrived: items(arrived)[1:]), WELL),
    ),
    Behaviour("always one too few", listed(lambda arrived: items(arrived)[1:]), MODEL),
    Behaviour("Ollama: NaN, told with 500", without_bad(refusal(500, "json: unsupported value: NaN")), loses=1),
    Behaviour("NaN in the vectors", nan_unquoted, loses=1),
    Behaviour(
        "null for a vector",
        listed(
            lambda arrived: [
                item | ({"embedding": None} if BAD in text else {})
                for item, text in zip(items(arrived), arrived.texts, strict=True)
            ]
        ),
        loses=1,
    ),
    Behaviour("one text refused: 400", without_bad(refusal(400, "input contains invalid characters")), loses=1),
    Behaviour(
        "llama.cpp: one text too long, 500",
        unless(
            lambda arrived: all(len(text) < 400 for text in arrived.texts),
            refusal(500, "input is too large to process. increase the physical batch size"),
            WELL,
        ),
    ),
    Behaviour(
        "only zeros", listed(lambda one: [{"embedding": [0.0] * DIMENSION} for _ in one.texts]), f"zeros.*{MODEL}"
    ),
    Behaviour(
        "llama.cpp: one a token",
        listed(lambda one: [{"embedding": [vector_of(text)] * 3} for text in one.texts]),
        f"token.*{MODEL}.*pooling",
    ),
    Behaviour(
        "two dimensions",
        listed(lambda arrived: items(arrived, 4 if arrived.number % 2 else 8)),
        "(?i)numbers",
    ),
    Behaviour("401", refusal(401, "Incorrect API key provided: sk-very-secret"), KEY, calls=1),
    Behaviour("404 for the model", refusal(404, "model not found, try pulling it first"), MODEL, calls=1),
    Behaviour("vLLM: no /v1", unless(known_path, NOWHERE, WELL), calls=3, options=BARE),
    Behaviour("Ollama: no /v1", unless(known_path, page("404 page not found", 404), WELL), calls=3, options=BARE),
    Behaviour(
        "LM Studio: no /v1",
        unless(known_path, document({"error": "Unexpected endpoint or method. (POST /embeddings)"}), WELL),
        calls=3,
        options=BARE,
    ),
    Behaviour(
        "no /v1, and a wrong key",
        unless(known_path, NOWHERE, refusal(401, "Invalid API key")),
        KEY,
        options=BARE,
    ),
    Behaviour("neither with /v1 nor without", NOWHERE, BASE_URL, calls=2, options=BARE),
    Behaviour(
        "Gemini: a list, at most so many",
        at_most(4, document([{"error": {"code": 400, "message": "at most 4 requests can be in one batch"}}], 400)),
        calls=20,
    ),
    Behaviour(
        "SiliconFlow: 413 without an error field",
        at_most(8, document({"code": 20042, "message": "batch size 64 > maximum allowed batch size 8"}, 413)),
        calls=12,
    ),
    Behaviour(
        "DeepInfra: 422 with a list",
        at_most(8, document({"detail": [{"loc": ["body", "inputs"], "msg": "has at most 8 items"}]}, 422)),
        calls=12,
    ),
    Behaviour(
        "llama.cpp: 500 for one that is too large",
        without_bad(refusal(500, "input (992 tokens) is too large to process. increase the physical batch size")),
        loses=1,
    ),
    Behaviour(
        "Voyage: 429 until there is a payment method",
        document({"detail": "Without a payment method you have reduced rate limits of 3 RPM."}, 429),
        "(?i)account",
    ),
    Behaviour("LocalAI: could not load", refusal(500, "could not load model: EOF"), f"no such.*{MODEL}"),
    Behaviour(
        "Azure: OperationNotSupported",
        refusal(400, "The embeddings operation does not work with the specified model, gpt-4o."),
        f"no such.*{MODEL}",
    ),
    Behaviour("404 for the path", NOWHERE, BASE_URL, calls=1),
    Behaviour(
        "LM Studio: 200 with an error",
        document({"error": "Unexpected endpoint or method. (POST /embeddings)"}),
        BASE_URL,
    ),
    Behaviour("a page with 200", page("<html>Sign in</html>"), BASE_URL),
    Behaviour("400 for everything", refusal(400, "Bad request"), MODEL, calls=3),
    *(
        Behaviour(f"no embeddings: {status}", refusal(status, words), f"{MODEL}, and whether the server")
        for status, words in (
            (501, "This server does not support embeddings. Start it with `--embeddings`"),
            (400, "The model does not support Embeddings API"),
            (500, "embedding endpoint is disabled"),
            (422, "small is not an embedding model"),
            (404, "Embeddings are not enabled on this server"),
        )
    ),
    Behaviour(
        "http where https is spoken",
        page("Client sent an HTTP request to an HTTPS server.", 400, "text/plain"),
        f"{BASE_URL} must begin with https://",
    ),
    Behaviour(
        "NVIDIA: input_type",
        unless(
            lambda one: one.body.get("input_type") in ("query", "passage"),
            refusal(400, "'input_type' parameter is required"),
            WELL,
        ),
        calls=3,
    ),
    Behaviour(
        "Cohere: input_type",
        unless(
            lambda one: one.body.get("input_type") in ("search_query", "search_document"),
            refusal(400, "invalid request: valid input_type must be provided with the provided model"),
            WELL,
        ),
        calls=4,
    ),
    Behaviour(
        "Portkey: a header",
        unless(
            lambda one: one.headers.get("x-portkey-provider") == "openai",
            refusal(400, "Either x-portkey-config or x-portkey-provider header is required"),
            WELL,
        ),
        calls=3,
        options={"headers": {"x-portkey-provider": "openai"}},
    ),
    Behaviour(
        "one-api: no channel", refusal(503, "当前分组 default 下对于模型 small 无可用渠道"), f"no such.*{MODEL}"
    ),
    Behaviour(
        "Zhipu: no money, 429", refusal(429, "余额不足或无可用资源包,请充值。", {"Retry-After": "0"}), "money"
    ),
    Behaviour("402", refusal(402, "Insufficient Balance"), "(?i)account", calls=1),
    Behaviour("429, then well", in_turn(refusal(429, "Slow down", {"Retry-After": "0"}), WELL), calls=4),
    Behaviour("503, then well", in_turn(refusal(503, "loading"), WELL), calls=5),
    Behaviour("503", refusal(503, "loading"), "(?i)later"),
    Behaviour("a proxy: sent in a circle", in_a_circle, BASE_URL, calls=6),
    Behaviour("hangs", hang, "(?i)in time", calls=1),
    Behaviour(
        "nothing listens", WELL, f"nothing listens.*{BASE_URL}", options={"base_url": "http://127.0.0.1:1/v1"}
    ),
    Behaviour("no such host", WELL, f"host.*{BASE_URL}", options={"base_url": "http://no-such-host.invalid/v1"}),
]
