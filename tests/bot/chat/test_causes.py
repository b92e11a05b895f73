"""What refusals mean: some in the words of public threads, most written after the manner of such servers."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import openai
import pytest

from bot.chat.causes import Cause, StreamedError, cause_of, status_of
from bot.chat.words import SAYS
from index.told import to_operator


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
        (429, {"error": {"code": "1113", "message": "余额不足或无可用资源包,请充值。"}}, Cause.MONEY),
        (403, said("Add a payment method to go on.", type="verification_required"), Cause.MONEY),
        (503, said("当前分组 default 下对于模型 some 无可用渠道"), Cause.MODEL),
        (400, said("模型some不存在，请检查模型代码。"), Cause.MODEL),
        (401, said("令牌状态不可用"), Cause.KEY),
        (400, said("输入内容过长，请缩短后重试"), Cause.TOO_LONG),
        (400, said("系统检测到输入或生成内容可能包含敏感内容"), Cause.FILTERED),
        (500, said("当前服务繁忙"), Cause.BUSY),
        (500, said("Error rendering prompt with jinja template: Unknown filter: tojson"), Cause.TEMPLATE),
        (400, said("You must provide a chat template if the tokenizer does not define one."), Cause.TEMPLATE),
        (400, {"message": "Engine is not loaded yet"}, Cause.MODEL),
        (500, said("could not load model: rpc error: code = Unavailable desc = error reading"), Cause.MODEL),
        (500, said("Model load failed", type="model_load_failed"), Cause.MODEL),
        (503, said("The model is loading"), Cause.LOADING),
        (403, "Host not allowed", Cause.BLOCKED),
        (403, {"error": "This token does not have sufficient permissions."}, Cause.PERMISSION),
        (403, {"error": "This model requires a subscription, upgrade for access."}, Cause.MONEY),
        (400, {"error": "It requires a sequence length of 4310, but the maximum is 4096!"}, Cause.TOO_LONG),
        (400, said("The current length is 42328 while the limit is 40000"), Cause.TOO_LONG),
        (429, said("Rate limit on tokens per min (TPM): Limit 6000, Used 5000, Requested 2000"), Cause.BUSY),
        (429, said("Too large, on tokens per min (TPM): Limit 6000, Requested 7000"), Cause.TOO_LONG),
        (429, said("This request would exceed the limit of 30,000 input tokens a minute"), Cause.BUSY),
        (403, "", Cause.PERMISSION),
        (407, "", Cause.PROXY_LOGIN),
        (504, "<h1>504 Gateway Time-out</h1>", Cause.SLOW),
        (524, "error code: 524", Cause.SLOW),
        (521, "error code: 521", Cause.LOST),
        (520, "error code: 520", Cause.SERVER),
        (529, said("Overloaded", type="overloaded_error"), Cause.BUSY),
        (500, {"title": "Internal server error", "detail": "Unable to process request"}, Cause.SERVER),
    ],
)
def test_a_refusal_is_told_by_what_there_is_to_do_about_it(status: int, body: Any, cause: Cause) -> None:
    assert cause_of(refused(status, body)) is cause


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"code": 1302, "status": 429}, 429),
        ({"code": 503, "status": 1302}, 503),
        ({"code": 1302, "status": True}, None),
        ({"code": "429"}, None),
    ],
)
def test_the_status_within_a_stream_is_the_first_number_that_is_one(
    body: dict[str, Any], status: int | None
) -> None:
    assert status_of(StreamedError(body)) == status


def test_whatever_the_operator_must_do_is_told_to_them_as_well() -> None:
    assert not [told for told in map(to_operator, SAYS.values()) if "operator" in told]
