from collections.abc import Iterator

import pytest
from langchain_core.exceptions import ModelAPIError
from pydantic import SecretStr

from bot.chat.build import build_chat_model
from bot.settings import Settings
from index.errors import ConfigurationError
from tests.fakes.openai_server import OpenAIServer, Reply, running_openai_server

KEY = "sk-very-secret-1234"


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with running_openai_server() as running:
        yield running


@pytest.fixture(autouse=True)
def _no_keys_around(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE"):
        monkeypatch.delenv(name, raising=False)


def settings(**values: object) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[call-arg, arg-type]


async def test_the_model_of_the_settings_is_asked_with_their_key(server: OpenAIServer) -> None:
    server.script(["Hello there."])
    model = build_chat_model(
        settings(chat_model="openai:small-1", chat_base_url=server.base_url, chat_api_key=SecretStr(KEY))
    )
    reply = await model.ainvoke("Say hello.")
    assert reply.text == "Hello there."
    (request,) = server.requests
    assert request.body["model"] == "small-1"
    assert request.body["temperature"] == 0
    assert request.headers["Authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("name", ["qwen2.5:7b", "mistral:7b", "org/model-4bit"])
async def test_a_server_of_ones_own_names_its_models_as_it_likes(server: OpenAIServer, name: str) -> None:
    server.script(["Yes."])
    await build_chat_model(settings(chat_model=name, chat_base_url=server.base_url)).ainvoke("Well?")
    assert server.requests[0].body["model"] == name


async def test_a_key_meant_for_openai_is_not_sent_to_another_server(
    server: OpenAIServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    server.script(["Yes."])
    await build_chat_model(settings(chat_model="small", chat_base_url=server.base_url)).ainvoke("Well?")
    assert KEY not in str(server.requests[0].headers)


async def test_streaming_asks_servers_of_ones_own_for_the_tokens_used(server: OpenAIServer) -> None:
    server.script(["One two three."])
    model = build_chat_model(settings(chat_model="small", chat_base_url=server.base_url))
    chunks = [chunk async for chunk in model.astream("Count.")]
    assert "".join(chunk.text for chunk in chunks) == "One two three."
    assert [chunk.usage_metadata["input_tokens"] for chunk in chunks if chunk.usage_metadata] == [10]


async def test_a_request_is_sent_once(server: OpenAIServer) -> None:
    server.script([Reply(status=500)])
    model = build_chat_model(settings(chat_model="small", chat_base_url=server.base_url))
    with pytest.raises(ModelAPIError):
        await model.ainvoke("Well?")
    assert len(server.requests) == 1


async def test_another_model_than_the_one_that_answers(server: OpenAIServer) -> None:
    server.script(["Yes."])
    chosen = settings(chat_model="large", chat_base_url=server.base_url)
    await build_chat_model(chosen, "small").ainvoke("Well?")
    assert server.requests[0].body["model"] == "small"


def test_no_model_is_a_configuration_error() -> None:
    with pytest.raises(ConfigurationError, match="NEWSDESK_CHAT_MODEL"):
        build_chat_model(settings())


def test_a_missing_key_is_a_configuration_error() -> None:
    with pytest.raises(ConfigurationError, match="NEWSDESK_CHAT_API_KEY"):
        build_chat_model(settings(chat_model="openai:gpt-5-mini"))


def test_a_provider_that_is_not_installed_is_named() -> None:
    with pytest.raises(ConfigurationError, match="not installed"):
        build_chat_model(settings(chat_model="anthropic:some-model", chat_api_key=SecretStr(KEY)))


def test_an_unknown_provider_is_a_configuration_error_without_the_key() -> None:
    with pytest.raises(ConfigurationError) as caught:
        build_chat_model(settings(chat_model="nobody:some-model", chat_api_key=SecretStr(KEY)))
    assert KEY not in str(caught.value)
