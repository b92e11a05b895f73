"""The questions of ``newsdesk setup``: what is answered is tried, then written."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from bot.cli.models import try_chat, try_embeddings
from bot.cli.output.models import show_probe
from bot.cli.output.text import print_beside
from bot.cli.setup import words
from bot.cli.setup.env_file import EnvFile
from bot.settings import PREFIX, Settings, load_settings
from index.embedding.models import BUILT_IN
from index.errors import ConfigurationError
from index.refusals import without_logins

Ask = Callable[[str, bool], str]
"""Puts a question, of which the second argument says whether the answer is a secret, and returns what is typed."""

TAKEN_OUT = "-"
"""What is typed for a setting to be taken out."""


@dataclass(frozen=True, slots=True)
class _Field:
    setting: str
    question: str
    secret: bool = False
    address: bool = False

    @property
    def name(self) -> str:
        return (PREFIX + self.setting).upper()

    def shown(self, value: str) -> str:
        """``value`` as others may see it on the screen."""
        if self.secret and value:
            return "as it is"
        return without_logins(value) if self.address else value


@dataclass(frozen=True, slots=True)
class _Tried:
    """Whether it works; ``address``: where its server answers, if that is not what was typed."""

    works: bool
    address: str | None = None


@dataclass(frozen=True, slots=True)
class _Section:
    """Settings that are tried together; without the first, ``needless`` of it, the others aren't asked for."""

    about: str
    fields: Sequence[_Field]
    attempt: Callable[[Settings, Console], _Tried]
    needless: str = ""

    def default_of(self, field: _Field) -> str:
        """What ``field`` is where nothing is set."""
        return self.needless if field is self.fields[0] else ""


class Dialogue:
    """Asks for the settings of a file."""

    def __init__(self, file: EnvFile, console: Console, ask: Ask) -> None:
        self._file = file
        self._console = console
        self._ask = ask
        self._written: list[str] = []

    def run(self) -> bool:
        """Ask for everything; whether all of it works.

        Raises ``ConfigurationError`` if the file can't be used as it is or can't be written.
        """
        # Whatever is asked for here may be wrong now; what is not can't be mended here.
        load_settings(
            self._file.path, {one.setting: None for part in _SECTIONS for one in part.fields[1:]} | _BARE
        )
        self._console.print(words.WELCOME.format(file=self._file.path))
        works = True
        try:
            for section in _SECTIONS:
                self._console.print(Text(f"\n{section.about}", "bold"))
                works &= self._settle(section)
        except (KeyboardInterrupt, EOFError):
            file, names = self._file.path, ", ".join(self._written)
            told = words.STOPPED.format(file=file, names=names) if names else words.STOPPED_AT_ONCE
            self._console.print(f"\n{told}", soft_wrap=True)
            raise KeyboardInterrupt from None
        self._console.print(f"\n{words.NEXT if works else words.UNFINISHED}")
        return works

    def _settle(self, section: _Section) -> bool:
        """Ask until it works or is to be kept as it is; write it."""
        standing = self._file.values()
        chosen = {one.name: standing[one.name] for one in section.fields if one.name in standing}
        while True:
            chosen = self._answers(section, chosen)
            by_setting = {one.setting: chosen.get(one.name) for one in section.fields}
            try:
                settings = load_settings(self._file.path, {k: v or _BARE.get(k) for k, v in by_setting.items()})
            except ConfigurationError as error:  # with that in the file no command would run
                print_beside(self._console, Text("✗ ", "red"), Text(str(error)))
                continue
            tried = section.attempt(settings, self._console)
            if tried.address:
                name = next(one.name for one in section.fields if one.address)
                chosen = {**chosen, name: tried.address}
                self._console.print(words.MOVED.format(name=name))
            if tried.works or not self._confirmed(words.AGAIN):
                break
        self._write({one.name: chosen.get(one.name) for one in section.fields}, standing)
        return tried.works

    def _answers(self, section: _Section, chosen: Mapping[str, str]) -> dict[str, str]:
        """What is answered, by names; what stands as ``chosen`` is offered."""
        answers = dict(chosen)
        for field in section.fields:
            offered = chosen.get(field.name, "")
            shown = field.shown(offered) or section.default_of(field) or "none"
            typed = self._ask(f"{field.question} [{shown}]: ", field.secret).strip()
            if typed == TAKEN_OUT:
                answers.pop(field.name, None)
            elif typed:
                answers[field.name] = typed
            if field is section.fields[0] and answers.get(field.name, "") in ("", section.needless):
                break
        return answers

    def _confirmed(self, question: str) -> bool:
        return self._ask(f"{question} [Y/n]: ", False).strip().lower() not in ("n", "no")

    def _write(self, values: Mapping[str, str | None], standing: Mapping[str, str]) -> None:
        changes = {name: value for name, value in values.items() if value != standing.get(name)}
        if changes:
            self._file.write(changes)
            self._written += changes
        told = words.WRITTEN if changes else words.UNCHANGED
        self._console.print(told.format(file=self._file.path))
        overruled = [name for name in values if os.environ.get(name, values[name]) != values[name]]
        if overruled:
            self._console.print(Text(words.OVERRULED.format(names=", ".join(overruled)), "yellow"))
        embedding = "NEWSDESK_EMBEDDING"
        if embedding in changes and (changes[embedding] or BUILT_IN) != standing.get(embedding, BUILT_IN):
            self._console.print(words.EMBEDDED_ANEW)


def _try_chat(settings: Settings, console: Console) -> _Tried:
    if not settings.chat_model:
        console.print(words.QUOTING)
        return _Tried(True)
    console.print(words.TRYING.format(what=settings.chat_model))
    found = try_chat(settings, settings.chat_model)
    show_probe(console, found, settings.chat_window)
    return _Tried(not found.problem, found.address)


def _try_embeddings(settings: Settings, console: Console) -> _Tried:
    console.print(words.TRYING.format(what=settings.embedding))
    found = try_embeddings(settings)
    show_probe(console, found, None)
    return _Tried(not found.problem, found.address)


def _try_token(settings: Settings, console: Console) -> _Tried:
    from bot.discord.connecting.whoami import who_am_i

    if not settings.discord_token:
        console.print(words.NO_BOT)
        return _Tried(True)
    console.print(words.TRYING.format(what="Discord"))
    found = asyncio.run(who_am_i(settings.discord_token.get_secret_value()))
    if found.problem:
        print_beside(console, Text("✗ ", "red"), Text(found.problem))
        return _Tried(False)
    told = words.LOGGED_IN.format(name=found.name, invitation=found.invitation)
    console.print(Text("✓ ", "green").append(told, "default"), soft_wrap=True)  # a broken link opens nothing
    return _Tried(True)


_BARE = {"chat_model": None, "embedding": BUILT_IN, "discord_token": None}
"""What the first settings of each section are where nothing is set."""

_SECTIONS = (
    _Section(
        words.CHAT,
        (
            _Field("chat_model", words.CHAT_MODEL),
            _Field("chat_base_url", words.CHAT_ADDRESS, address=True),
            _Field("chat_api_key", words.CHAT_KEY, secret=True),
        ),
        _try_chat,
    ),
    _Section(
        words.EMBEDDING,
        (
            _Field("embedding", words.EMBEDDING_MODEL),
            _Field("embedding_base_url", words.EMBEDDING_ADDRESS, address=True),
            _Field("embedding_api_key", words.EMBEDDING_KEY, secret=True),
        ),
        _try_embeddings,
        needless=BUILT_IN,
    ),
    _Section(words.DISCORD, (_Field("discord_token", words.TOKEN, secret=True),), _try_token),
)
