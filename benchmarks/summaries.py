"""How long summaries take without a chat model, and whether memory stays flat over a thousand of them."""

from __future__ import annotations

import asyncio
import json
import resource
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.corpora import Corpus, settings_for
from benchmarks.figure import Figure
from bot.answer.answer import last_of
from bot.app import App, open_app
from bot.summary import Summariser
from index.article import SHARED

_ARTICLES = 50
_MANY = 1000
_TOPIC = "The flood on the river Ansel"
_PLACES = ("Brack", "Ottel", "Senning", "Vara", "Holm", "Pell", "Quist", "Riede", "Tamm", "Urbach")
_TOLD = (
    "The flood on the river Ansel reached {place} on {day} March, where {n} houses stand under water.",
    "Firefighters filled {n} sandbags in {place} overnight, the district said.",
    "A pumping station near {place} failed after {n} minutes, and the lower streets were cleared.",
    "Insurers expect claims of {n} million crowns from {place} alone.",
    "The school in {place} takes in {n} people who had to leave their homes along the Ansel.",
    "Trains between {place} and the capital run every {n} minutes again, the railway announced.",
    "The mayor of {place} asked the army for {n} boats and got half of them.",
    "At the gauge of {place} the river stood {n} centimetres above its highest mark so far.",
)


def measure(corpus: Corpus, home: Path) -> list[Figure]:
    """How long an article takes and a topic of fifty, and how much memory a thousand summaries gain."""
    with open_app(settings_for(home)) as app:
        ids = [ref.id for ref in app.library.articles([SHARED], "", 100)]
        summariser = Summariser(app.library, None)  # without the cache, which would be all that is measured

        async def summarise(number: int) -> None:
            await last_of(summariser.summarise(ids[number % len(ids)], [SHARED]))

        asyncio.run(_timed(summarise, len(ids)))
        article = asyncio.run(_timed(summarise, len(ids)))
        before = _megabytes()
        asyncio.run(_timed(summarise, _MANY))
        grown = _megabytes() - before
    cold, warm = _topic(home)
    return [
        Figure(f"warm summary of an article of {corpus.name}, median", article[0], "ms", 200),
        Figure(f"warm summary of an article of {corpus.name}, 95th percentile", article[1], "ms", 200),
        Figure(f"summary of a topic of {_ARTICLES} articles, asked for the first time", cold, "ms", 1500),
        Figure(f"summary of a topic of {_ARTICLES} articles, warm, median", warm, "ms", 1500),
        Figure(f"memory gained over {_MANY} summaries", grown, "MB", 20),
    ]


def _topic(home: Path) -> tuple[float, float]:
    folder = home.with_name(f"{home.name}-topic")
    folder.mkdir(exist_ok=True)
    path = folder / "flood.jsonl"
    path.write_text("\n".join(json.dumps(_article(number)) for number in range(_ARTICLES)), encoding="utf-8")
    with open_app(settings_for(folder)) as app:
        app.library.sync([str(path)], SHARED)
    with open_app(settings_for(folder)) as app:  # a new process's memory: no sentence's vector is known
        app.library.search("river", [SHARED])
        cold = asyncio.run(_timed(lambda _: _on_topic(app), 1))[0]
        return cold, asyncio.run(_timed(lambda _: _on_topic(app), 10))[0]


async def _on_topic(app: App) -> None:
    await last_of(Summariser(app.library, None).summarise_topic(_TOPIC, [SHARED]))


def _article(number: int) -> dict[str, str]:
    place = f"{_PLACES[number % 10]}{'' if number < 10 else ' ' + _PLACES[number // 10]}"
    told = [one.format(place=place, day=1 + number % 28, n=17 + 7 * number + k) for k, one in enumerate(_TOLD)]
    turned = [told[0], *told[1 + number % 7 :], *told[1 : 1 + number % 7]]
    return {
        "id": f"flood-{number}",
        "title": f"Flood on the Ansel: {place}",
        "source": f"{place} Post",
        "date": f"2026-03-{1 + number % 28:02}",
        "text": "\n\n".join([" ".join(turned[:4]), " ".join(turned[4:])]),
    }


async def _timed(run: Callable[[int], Coroutine[Any, Any, object]], count: int) -> tuple[float, float]:
    """The median and the 95th percentile of ``count`` runs, in milliseconds."""
    taken = []
    for number in range(count):
        started = time.perf_counter()
        await run(number)
        taken.append((time.perf_counter() - started) * 1000)
    cuts = quantiles(taken, n=20) if count > 1 else [taken[0]] * 19
    return cuts[9], cuts[18]


def _megabytes() -> float:
    """The most memory this process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
