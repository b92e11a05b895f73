"""What refusals mean: some in the words of public threads, most written after the manner of such servers."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import openai
import pytest

from bot.chat.causes import Cause, cause_of


def refused(status: int, body: Any) -> Exception:
    """What the SDK raises for a reply of that ``status`` and ``body``."""
    client = openai.OpenAI(api_key="key", base_url="http://127.0.0.1/v1")
    request = httpx2.Request("POST", "http://127.0.0.1/v1/chat/completions")
    text = body if isinstance(body, str) else json.dumps(body)
    return client._make_status_error_from_response(httpx2.Response(status, request=request, text=text))


def said(message: str, **more: Any) -> dict[str, Any]:
    return {"error": {"message": message, **more}}


@pytest.mark.parametrize(
    ("status", "body", "cause"),
    [
        (404, said("models/some-1.5 is not found for API version v1beta, or is not supported"), Cause.MODEL),
        (403, said("Project `proj_1` does not have access to model `some`", code="model_not_found"), Cause.MODEL),
        (400, said("The chatCompletion operation does not work with the specified model, some."), Cause.MODEL),
        (404, {"detail": "Model not found"}, Cause.MODEL),
        (404, {"detail": "Not Found"}, Cause.ADDRESS),
        (404, "404 page not found", Cause.ADDRESS),
        (429, said("Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 more"), Cause.MONEY),
        (429, said("You have reached your daily request limit."), Cause.MONEY),
        (429, said("Too Many Requests", status=429), Cause.BUSY),
        (402, said("This request requires more credits, or fewer max_tokens."), Cause.MONEY),
        (424, said("Request failed during generation: Server error: CUDA out of memory"), Cause.MEMORY),
        (400, {"error": "Model loading aborted due to insufficient system resources."}, Cause.MEMORY),
        (503, said("Loading model", type="unavailable_error"), Cause.LOADING),
        (
            400,
            {"code": "InvalidParameter", "message": "Range of input length should be [1, 30720]"},
            Cause.TOO_LONG,
        ),
        (401, "", Cause.KEY),
        (401, said("User not found."), Cause.KEY),
        (403, "error code: 1020", Cause.BLOCKED),
        (403, said("Missing scopes: model.request"), Cause.PERMISSION),
        (400, said("Organization has been restricted."), Cause.REQUEST),
        (422, "", Cause.REQUEST),
        (529, said("Overloaded", type="overloaded_error"), Cause.SERVER),
        (500, {"title": "Internal server error", "detail": "Unable to process request"}, Cause.SERVER),
    ],
)
def test_a_refusal_is_told_by_what_there_is_to_do_about_it(status: int, body: Any, cause: Cause) -> None:
    assert cause_of(refused(status, body)) is cause
