"""Every setting, in one place: read from the environment and from a ``.env`` file, prefix ``NEWSDESK_``."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit, urlunsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from index.errors import ConfigurationError

PREFIX = "NEWSDESK_"

NO_JUDGE = "off"
"""What ``judge_model`` is set to if words alone are to be compared."""

Folder = Annotated[Path, AfterValidator(Path.expanduser)]
"""A folder; ``~`` is the home folder also in a ``.env`` file, where no shell expands it."""


_QUOTED = ('""', "''", "“”", "‘’", "„“", "‚‘", "«»")
"""Quotation marks around a value, those of word processors among them."""


def _trimmed(value: object) -> object:
    """A text without the blanks, line ends and quotation marks that copying and docker's --env-file leave."""
    if isinstance(value, SecretStr):
        return SecretStr(str(_trimmed(value.get_secret_value())))
    if not isinstance(value, str):
        return value
    value = value.strip().strip("\ufeff\u200b").strip()
    if len(value) > 1 and value[0] + value[-1] in _QUOTED:
        value = value[1:-1].strip()
    return value


def _key(secret: SecretStr) -> SecretStr:
    """A key that fits into a header, as all keys do; without the word that goes before it there."""
    key = re.sub(r"^(?:Bearer|Bot)\s+", "", secret.get_secret_value(), flags=re.IGNORECASE)
    if not all("!" <= character <= "~" for character in key):
        raise ValueError("it holds a blank, a line end or another character that no key has; copy it again")
    return SecretStr(key)


def _address(value: str) -> str:
    """The address of an OpenAI-compatible server, as far as what is added for each kind of request."""
    parts = urlsplit(value)
    try:
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable or any(character.isspace() for character in value):
        raise ValueError("it must read like http://127.0.0.1:11434/v1 or https://api.example.com/v1")
    path = parts.path.rstrip("/")
    for endpoint in ("/chat/completions", "/completions", "/embeddings"):
        path = path.removesuffix(endpoint)
    return urlunsplit(parts._replace(path=path.rstrip("/")))


_NEXT_HEADER = re.compile(r"\s*[,\n]\s*(?=[\w-]+:)")
_HEADER = re.compile(r"([A-Za-z0-9_-]+):\s*([!-~]+(?: +[!-~]+)*)")


def read_headers(headers: SecretStr | None) -> dict[str, str]:
    """The values of ``headers`` by their names; written as ``Name: value``, separated by commas or lines.

    Raises ``ValueError`` if they can't be read, which a setting can.
    """
    entries = _NEXT_HEADER.split(headers.get_secret_value().strip(" ,\n")) if headers else []
    found = [_HEADER.fullmatch(entry) for entry in entries]
    if not all(found):
        raise ValueError("it must read like: X-Api-Key: value, X-Other: value")
    return {match[1]: match[2] for match in found if match}


def _headers(headers: SecretStr) -> SecretStr:
    read_headers(headers)
    return headers


Text = Annotated[str, BeforeValidator(_trimmed)]
Secret = Annotated[SecretStr, BeforeValidator(_trimmed)]
Key = Annotated[Secret, AfterValidator(_key)]
Headers = Annotated[Secret, AfterValidator(_headers)]
Address = Annotated[Text, AfterValidator(_address)]


class Settings(BaseSettings):
    """What an operator can set. Unknown keys are refused; secrets are never printed."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        dotenv_filtering="match_prefix",  # a .env may be shared with other programs
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
    )

    home: Folder = Field(default=Path(".newsdesk"), description="the folder that holds the whole state")
    articles: Folder | None = Field(default=None, description="the folder of articles, which the bot watches")
    embedding: Text = Field(
        default="e5-small",
        description="e5-small (built in), or provider:model, e.g. openai:text-embedding-3-small",
    )
    embedding_base_url: Address | None = Field(default=None, description="an OpenAI-compatible embedding server")
    embedding_api_key: Key | None = Field(default=None, description="the key for the embedding model")
    embedding_headers: Headers | None = Field(
        default=None, description="what else that server wants, e.g. X-Api-Key: value, X-Other: value"
    )
    embedding_seconds: float = Field(default=10, gt=0, description="how long a question waits for its vector")
    embedding_query_prefix: str | None = Field(
        default=None, description='what the embedding model wants before a question, e.g. "query: "'
    )
    embedding_passage_prefix: str | None = Field(
        default=None, description='what the embedding model wants before a passage, e.g. "passage: "'
    )
    chat_model: Text | None = Field(
        default=None,
        description="provider:model, e.g. openai:gpt-5-mini; without one, answers quote the articles",
    )
    chat_base_url: Address | None = Field(default=None, description="an OpenAI-compatible chat server")
    chat_api_key: Key | None = Field(default=None, description="the key for the chat model")
    chat_headers: Headers | None = Field(
        default=None, description="what else that server wants, e.g. X-Api-Key: value, X-Other: value"
    )
    chat_window: int | None = Field(
        default=None,
        ge=500,
        description="how many tokens the chat model can read and write at once, if its server doesn't tell",
    )
    chat_first_word_seconds: float = Field(default=20, gt=0, description="how long to wait for the first word")
    chat_total_seconds: float = Field(default=90, gt=0, description="how long an answer may take in all")
    chat_cache_days: int = Field(
        default=7,
        ge=0,
        description="how long replies of the chat model are remembered, in days; 0 means not at all",
    )
    judge_model: Text | None = Field(
        default=None,
        description="the model that judges whether sentences are supported; if not set, the chat model; off: none",
    )
    judge_style: Literal["json", "yes-no"] = Field(
        default="json",
        description="json, or yes-no for a model that only answers Yes or No to a document and a claim",
    )
    judge_seconds: float = Field(default=8, gt=0, description="how long a call of the judge may take")
    judge_calls: int = Field(
        default=4,
        ge=1,
        description="how many calls of the judge may run at once; with 1, they begin when the answer is written",
    )
    rewrite_model: Text | None = Field(
        default=None, description="another model to read what is asked; if not set, the chat model does"
    )
    rerank_model: Text | None = Field(
        default=None,
        description="a model that puts the passages found in a better order; without one, search does",
    )
    translate_quotes: bool = Field(
        default=True, description="whether the chat model translates quotes into the language of the question"
    )
    judge_disagreements: bool = Field(
        default=True,
        description="whether the chat model is asked where articles disagree; if not, that is told by rule",
    )
    prices: str = Field(
        default="",
        description="what models cost per million tokens read/written, e.g. openai:gpt-5-mini=0.25/2.00",
    )
    daily_server_tokens: int | None = Field(
        default=None, gt=0, description="how many tokens a Discord server may use in a day (UTC)"
    )
    daily_server_cost: float | None = Field(
        default=None, gt=0, description="what a Discord server may spend in a day, by the prices set"
    )
    daily_user_tokens: int | None = Field(
        default=None, gt=0, description="how many tokens a person may use in a day (UTC)"
    )
    daily_user_cost: float | None = Field(
        default=None, gt=0, description="what a person may spend in a day, by the prices set"
    )
    threads: int = Field(default=0, ge=0, description="cores used for embedding; 0 means all")
    max_question: int = Field(default=1000, gt=0, description="the longest question, in characters")
    max_article_mb: int = Field(default=20, gt=0, description="the largest article file, in megabytes")
    allow_hosts: str = Field(
        default="", description="private hosts that may be fetched all the same, separated by commas"
    )
    outlets: str = Field(
        default="",
        description="what to call sites as outlets, e.g. example.org=The Example, news.example.net=Example News",
    )
    keep_days: int = Field(
        default=30, ge=0, description="how long the old text of a changed or removed article is kept, in days"
    )
    poll_minutes: int = Field(
        default=60,
        ge=0,
        description="how often the bot reads feeds added in Discord; 0 means that it reads nothing by itself",
    )
    chroma_url: Text | None = Field(
        default=None, description="a Chroma server, so that several processes may share the library"
    )
    database_url: Secret | None = Field(
        default=None,
        description="PostgreSQL for registry and memory, e.g. postgresql+psycopg://user:password@host/name",
    )
    late_minutes: float = Field(
        default=10,
        gt=0,
        description="how many minutes late a question is still answered after an outage; then the asker is told",
    )
    discord_token: Key | None = Field(default=None, description="the bot's token")
    shard_count: int = Field(
        default=1, ge=1, description="how many connections Discord deals the servers out to (see docs/discord.md)"
    )
    shard_ids: Text = Field(
        default="", description="those of them that this process runs, e.g. 0,1; all if not set"
    )
    message_content: bool = Field(
        default=False,
        description="whether the bot may read messages that don't mention it, where a server wants that "
        "(a privileged intent of Discord's; see docs/discord.md)",
    )
    operator_server: int | None = Field(
        default=None,
        description="the id of the server whose managers may use `/reindex`, besides the application's owner",
    )
    tracing: bool = Field(
        default=False,
        description="whether questions, passages and replies go to LangSmith, as its own variables say",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="WARNING", description="how much is logged: DEBUG, INFO, WARNING or ERROR"
    )


def load_settings(
    env_file: Path | None = Path(".env"), changes: Mapping[str, str | None] | None = None
) -> Settings:
    """The settings in force, but for ``changes``, which win over the environment and the file.

    Raises ``ConfigurationError`` naming each key that is unknown or has an unusable value; values themselves
    are not repeated, since they may be secrets.
    """
    known = {(PREFIX + name).upper() for name in Settings.model_fields}
    unknown = sorted(key for key in os.environ if key.upper().startswith(PREFIX) and key.upper() not in known)
    if unknown:
        raise ConfigurationError(
            f"Unknown setting {', '.join(unknown)} in the environment. "
            "Remove it, or see .env.example for the settings there are."
        )
    try:
        # pydantic-settings adds the name of the file; texts are read as what the fields are
        return Settings(_env_file=env_file, **(changes or {}))  # type: ignore[call-arg,arg-type]
    except (UnicodeDecodeError, OSError) as error:
        why = "is not UTF-8. Save it anew in that encoding" if isinstance(error, ValueError) else "cannot be read"
        raise ConfigurationError(f"{env_file}, the file of settings, {why}.") from None
    except ValidationError as error:
        problems = "; ".join(
            f"{_name(problem['loc'])}: {_wrong(problem)}" for problem in error.errors(include_input=False)
        )
        raise ConfigurationError(f"Settings cannot be used: {problems}. See .env.example.") from None


def _wrong(problem: ErrorDetails) -> str:
    if problem["type"] == "extra_forbidden":
        return "there is no such setting"
    return problem["msg"].removeprefix("Value error, ")


def _name(location: tuple[int | str, ...]) -> str:
    name = str(location[0]) if location else ""
    return name.upper() if name.upper().startswith(PREFIX) else (PREFIX + name).upper()
