from dataclasses import replace

import pytest

from bot.app import App, open_app, open_library
from bot.chat.budget import Asker
from bot.settings import Settings
from index.embedding.e5 import E5Embeddings
from index.errors import ConfigurationError, StoreLockedError
from tests.fakes.openai_server import OpenAIServer

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def one_model(e5: E5Embeddings, monkeypatch: pytest.MonkeyPatch, clean_environment: None) -> None:  # noqa: ARG001
    monkeypatch.setattr("bot.app.build_embeddings", lambda *_, **__: e5)


def test_one_process_at_a_time_owns_the_store(settings: Settings) -> None:
    with open_app(settings) as app:
        assert app.settings is settings
        with pytest.raises(StoreLockedError, match="Another Newsdesk process is using the store"):
            open_library(settings)
    open_library(settings).close()


def test_a_chat_model_that_cannot_be_set_up_leaves_the_store_free(settings: Settings) -> None:
    with pytest.raises(ConfigurationError, match="NEWSDESK_CHAT_MODEL"):
        open_app(settings.model_copy(update={"chat_model": "nosuchprovider:model"}))
    open_library(settings).close()


def test_without_a_chat_model_nothing_is_wired_to_one(settings: Settings) -> None:
    with open_app(settings) as app:
        assert app.desk.engine is app.desk.fallback
        assert app.summariser._engine is None


def test_answers_and_summaries_are_asked_for_with_prompts_of_their_own(
    settings: Settings, server: OpenAIServer
) -> None:
    chat = {"chat_model": "small-1", "chat_base_url": server.base_url}
    with open_app(settings.model_copy(update=chat)) as app:
        assert app.desk.engine.name == "small-1"
        assert app.summariser._engine is not None
        assert app.summariser._engine is not app.desk.engine


def test_the_command_line_has_no_caps_but_the_operators(app: App) -> None:
    assert app.budget.check(Asker("cli", "cli")) is None


def test_an_app_is_closed_once_however_it_ends(app: App) -> None:
    with pytest.raises(RuntimeError), replace(app):
        raise RuntimeError
    open_library(app.settings).close()
    app.close()
