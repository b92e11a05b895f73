from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings, load_settings, read_headers
from index.errors import ConfigurationError

pytestmark = pytest.mark.usefixtures("clean_environment")


def test_nothing_set_runs_without_keys_or_servers() -> None:
    settings = load_settings()
    assert settings.home == Path(".newsdesk")
    assert settings.embedding == "e5-small"
    assert settings.chat_model is None
    assert settings.discord_token is None


def test_the_environment_wins_over_the_env_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("NEWSDESK_HOME=from-file\nNEWSDESK_THREADS=2\n")
    monkeypatch.setenv("NEWSDESK_HOME", "from-environment")
    settings = load_settings()
    assert settings.home == Path("from-environment")
    assert settings.threads == 2


def test_another_env_file_or_none(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("NEWSDESK_THREADS=2\n")
    (tmp_path / "other.env").write_text("NEWSDESK_THREADS=3\n")
    assert load_settings(tmp_path / "other.env").threads == 3
    assert load_settings(None).threads == 0


@pytest.mark.parametrize("name", ["NEWSDESK_CHATMODEL", "newsdesk_tokn", "NEWSDESK_"])
def test_an_unknown_setting_in_the_environment_is_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "secret-value")
    with pytest.raises(ConfigurationError, match=rf"Unknown setting {name} .*\.env\.example") as error:
        load_settings()
    assert "secret-value" not in str(error.value)


def test_an_unknown_setting_in_the_env_file_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("NEWSDESK_CHATMODEL=secret-value\n")
    with pytest.raises(ConfigurationError, match="NEWSDESK_CHATMODEL: there is no such setting") as error:
        load_settings()
    assert "secret-value" not in str(error.value)


def test_an_env_file_may_be_shared_with_other_programs(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("OPENAI_API_KEY=sk-1\nPOSTGRES_USER=me\nNEWSDESK_THREADS=2\n")
    assert load_settings().threads == 2


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_an_env_file_in_another_encoding_is_told(tmp_path: Path, encoding: str) -> None:
    (tmp_path / ".env").write_text("# réglage\nNEWSDESK_CHAT_API_KEY=very-secret\n", encoding=encoding)
    with pytest.raises(ConfigurationError, match=r"\.env.* UTF-8") as error:
        load_settings()
    assert "very-secret" not in str(error.value)


def test_an_env_file_of_windows_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("\ufeffNEWSDESK_THREADS=2\r\nNEWSDESK_CHAT_MODEL=“small” # mine\r\n".encode())
    settings = load_settings()
    assert (settings.threads, settings.chat_model) == (2, "small")


def test_an_empty_value_is_no_value(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("NEWSDESK_CHAT_MODEL=\nNEWSDESK_DISCORD_TOKEN=\n")
    monkeypatch.setenv("NEWSDESK_HOME", "")
    settings = load_settings()
    assert settings.chat_model is None
    assert settings.discord_token is None
    assert settings.home == Path(".newsdesk")


def test_the_home_folder_of_the_user_is_meant_by_a_tilde(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("NEWSDESK_HOME=~/news\nNEWSDESK_ARTICLES=~/articles\n")
    settings = load_settings()
    assert settings.home == Path.home() / "news"
    assert settings.articles == Path.home() / "articles"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NEWSDESK_THREADS", "many"),
        ("NEWSDESK_THREADS", "-1"),
        ("NEWSDESK_MAX_QUESTION", "0"),
        ("NEWSDESK_CHAT_TOTAL_SECONDS", "0"),
        ("NEWSDESK_LOG_LEVEL", "LOUD"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_but_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=f"Settings cannot be used: {name}: ") as error:
        load_settings()
    assert f"'{value}'" not in str(error.value)


@pytest.mark.parametrize("pasted", ["Bearer sk-abc", "bearer  sk-abc", "Bot sk-abc", "sk-abc"])
def test_a_key_may_be_pasted_with_the_word_that_precedes_it(monkeypatch: pytest.MonkeyPatch, pasted: str) -> None:
    monkeypatch.setenv("NEWSDESK_CHAT_API_KEY", pasted)
    key = load_settings().chat_api_key
    assert key
    assert key.get_secret_value() == "sk-abc"


@pytest.mark.parametrize(
    ("written", "headers"),
    [
        ("X-Api-Key: k-1", {"X-Api-Key": "k-1"}),
        ("x-one:1, x-two: Bearer a,b=c", {"x-one": "1", "x-two": "Bearer a,b=c"}),
        ("X-One: 1\nX-Two: http://two/\n", {"X-One": "1", "X-Two": "http://two/"}),
    ],
)
def test_headers_are_read_by_name(monkeypatch: pytest.MonkeyPatch, written: str, headers: dict[str, str]) -> None:
    monkeypatch.setenv("NEWSDESK_CHAT_HEADERS", written)
    assert read_headers(load_settings().chat_headers) == headers


@pytest.mark.parametrize("written", ["very-secret", "X-Key very-secret", "X Key: very-secret", "X-Key: sé"])
def test_headers_that_cannot_be_read_are_refused_without_their_value(
    monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("NEWSDESK_CHAT_HEADERS", written)
    with pytest.raises(ConfigurationError, match=r"NEWSDESK_CHAT_HEADERS: .*must read like") as error:
        load_settings()
    assert "secret" not in str(error.value)


def test_secrets_are_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISCORD_TOKEN", "CHAT_API_KEY", "EMBEDDING_API_KEY"):
        monkeypatch.setenv(f"NEWSDESK_{name}", "very-secret")
    for name in ("CHAT_HEADERS", "EMBEDDING_HEADERS"):
        monkeypatch.setenv(f"NEWSDESK_{name}", "X-Key: very-secret")
    settings = load_settings()
    assert settings.discord_token
    assert settings.discord_token.get_secret_value() == "very-secret"
    assert "very-secret" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


def test_settings_do_not_change_while_running() -> None:
    settings = load_settings()
    with pytest.raises(ValidationError):
        settings.threads = 4


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
