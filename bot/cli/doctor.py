"""Examines an installation: settings, store, models. Each finding says what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.app import open_library, open_memory
from bot.cli.models import chat_models, try_chat
from bot.cli.output.text import answering_at
from bot.memory.mending import DAMAGED, damage_of, mend
from bot.settings import Settings
from bot.spelled import counted
from index.article import SHARED
from index.errors import NewsdeskError
from index.library import Library
from index.store.care.health import Finding

_REBUILT = "It was rebuilt from the registry."


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; ``says`` names what was found, and the way out if it isn't ``ok``."""

    name: str
    ok: bool
    says: str


def examine(settings: Settings, *, repair: bool = False, take_over: bool = False) -> Sequence[Check]:
    """Look at everything a running Newsdesk depends on; with ``repair``, mend the store from the registry.

    ``take_over``: the database may belong to another home, which is gone.
    """
    return [
        *_examine_store(settings, repair, take_over),
        _examine_memory(settings, repair),
        *_examine_chat(settings),
        _examine_token(settings),
    ]


def _examine_store(settings: Settings, repair: bool, take_over: bool) -> Sequence[Check]:
    try:
        with open_library(settings, careful=True, take_over=take_over) as library:
            return [
                Check(
                    "store", True, f"The store in {settings.home} opens with embedding model {settings.embedding}."
                ),
                *_examine_embedding(library),
                _examine_articles(library),
                *_examine_sources(library),
                *_examine_vectors(library),
                *_examine_parts(library, repair),
            ]
    except NewsdeskError as error:
        return [Check("store", False, str(error))]


def _examine_embedding(library: Library) -> Sequence[Check]:
    """Whether an embedding model behind an API gives vectors, those that the store is of, and where."""
    problem = library.embedding_problem()
    if problem:
        return [Check("embedding model", False, problem)]
    if address := library.embedding_address():
        told = f"The embedding model can be reached. But {answering_at(address, 'NEWSDESK_EMBEDDING_BASE_URL')}."
        return [Check("embedding model", True, told)]
    return []


def _examine_articles(library: Library) -> Check:
    count = library.count([SHARED])
    if count:
        return Check("articles", True, f"The shared library holds {counted(count, 'article')}.")
    return Check("articles", False, "The library is empty. Index some articles: newsdesk index FOLDER")


def _examine_sources(library: Library) -> Sequence[Check]:
    """The operator's sources that have been failing for days."""
    return [
        Check(
            "source",
            False,
            f"{one.location} has been failing since {one.failing_since:%Y-%m-%d}: {one.last_error} "
            "If it is gone for good: newsdesk sources remove",
        )
        for one in library.sources.failing([SHARED])
    ]


def _examine_vectors(library: Library) -> Sequence[Check]:
    """Whether the vectors are of an earlier revision of the embedding model, with which they still work."""
    told = (
        "The vectors were made by an earlier version of the embedding model. They work. To make them anew pays: "
        "they are a little better, and the same on every processor: newsdesk rebuild"
    )
    return [Check("vectors", True, told)] if library.earlier_vectors else []


def _examine_parts(library: Library, repair: bool) -> Sequence[Check]:
    """Whether registry, vectors and full text hold the same passages, and each passage finds itself."""
    mended = [Check("mended", True, f"{one.says} {_REBUILT}") for one in library.mended]
    found = library.repair() if repair else library.examine()
    if not found:
        sound = "Registry, vectors and full text hold the same passages, and passages find themselves."
        return [*mended, Check("agreement", True, sound)]
    return [*mended, *(Check("agreement", one.repaired, _told(one)) for one in found)]


def _told(finding: Finding) -> str:
    if finding.repaired:
        return f"{finding.says} {_REBUILT}"
    if finding.part == "registry":  # it says itself what to do
        return finding.says
    return f"{finding.says} newsdesk doctor --repair rebuilds it from the registry."


def _examine_memory(settings: Settings, repair: bool) -> Check:
    """Whether what the bot remembers can be read."""
    try:
        if wrong := damage_of(settings.home):
            if not repair:
                way = "newsdesk doctor --repair begins it anew with what can still be read."
                return Check("memory", False, f"The bot's memory is damaged ({wrong}). {way}")
            saved = f"{mend(settings.home)} of its entries could be saved"
            told = f"The bot's memory was damaged ({wrong}) and begun anew; {saved}. The old file is {DAMAGED}."
            return Check("memory", True, told)
        if settings.home.exists():
            open_memory(settings).close()
    except NewsdeskError as error:
        return Check("memory", False, str(error))
    return Check("memory", True, "The bot's memory can be read.")


def _examine_chat(settings: Settings) -> Sequence[Check]:
    asked = [_examine_model(settings, name) for name in chat_models(settings)]
    if settings.chat_model is None:
        return [Check("chat model", True, "No chat model is set: answers quote the articles."), *asked]
    return asked


def _examine_model(settings: Settings, name: str) -> Check:
    found = try_chat(settings, name)
    if found.problem:
        return Check("chat model", False, found.problem)
    other = "Questions, passages or sentences are looked at by"
    does = "Answers are written by" if name == settings.chat_model else other
    without = (
        f" It is asked without {', '.join(found.left_out)}, which its server refuses." if found.left_out else ""
    )
    where = f" But {answering_at(found.address, 'NEWSDESK_CHAT_BASE_URL')}." if found.address else ""
    return Check("chat model", True, f"{does} {name}, which can be reached.{without}{where}")


def _examine_token(settings: Settings) -> Check:
    if settings.discord_token is None:
        return Check("discord", True, "No Discord token is set: newsdesk run needs NEWSDESK_DISCORD_TOKEN.")
    return Check("discord", True, "A Discord token is set.")
