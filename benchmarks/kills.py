"""Indexing killed at random moments: ``python -m benchmarks.kills [TIMES] [ARTICLES]``.

A child process indexes a folder of invented articles, every fifth time it rebuilds instead, and is killed after a
random share of the time that this takes undisturbed, opening included (SIGKILL); a third of the articles change in
between, and some go and come. Then one run goes through, and its store is compared with that of a run that nobody
disturbed: the same articles and passages, the same ids in registry, vectors and full text, nothing left in the
journal, and every passage finds itself.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from index.article import SHARED
from index.library import Library
from index.store import changes
from tests.fakes.embeddings import WordEmbeddings

_MAX_BYTES = 1_000_000
_REBUILD_EVERY = 5


def main(times: int = 100, articles: int = 300, seed: int = 1) -> None:
    """Print how often the child was killed while it worked, and whether the stores are the same."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as temporary:
        folder, home, undisturbed = (Path(temporary) / name for name in ("articles", "home", "undisturbed"))
        folder.mkdir()
        for number in range(articles):
            write_article(folder, number, "first")
        child = _start(home, folder, "index")
        began = time.perf_counter()
        child.wait()
        longest = time.perf_counter() - began
        killed = 0
        for turn in range(times):
            _change(folder, articles, chance)
            child = _start(home, folder, "rebuild" if turn % _REBUILD_EVERY == 0 else "index")
            time.sleep(chance.uniform(0, longest))
            killed += child.poll() is None
            child.kill()
            child.wait()
        index(home, folder)
        index(undisturbed, folder)
        differences = compare(home, undisturbed)
    print(f"killed {killed} of {times} times while it worked ({longest:.1f} s undisturbed), {articles} articles")
    print("the stores are the same, and every passage finds itself" if not differences else "\n".join(differences))
    if differences:
        raise SystemExit(1)


def _start(home: Path, folder: Path, task: str) -> subprocess.Popen[str]:
    """A child that is about to open the store."""
    command = [sys.executable, "-m", "benchmarks.kills", task, str(home), str(folder)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout
    child.stdout.readline()
    return child


def _change(folder: Path, articles: int, chance: random.Random) -> None:
    """Write a third of the articles anew, and delete a few until they are written again."""
    numbers = chance.sample(range(articles), articles // 3)
    for number in numbers:
        write_article(folder, number, f"edition {chance.random():.6f}")
    for number in numbers[:5]:
        (folder / f"article{number:03}.md").unlink()


def write_article(folder: Path, number: int, edition: str) -> None:
    """An article of its own, about half a page."""
    sentences = [
        f"In the {edition} edition the town of Place{number} counted {number * 7 + step} boats at pier {step}."
        for step in range(12)
    ]
    text = "\n\n".join(" ".join(sentences[start : start + 4]) for start in range(0, 12, 4))
    path = folder / f"article{number:03}.md"
    path.write_text(f"---\ntitle: Boats of Place{number}\ndate: 2026-01-05\n---\n\n{text}\n", encoding="utf-8")


def index(home: Path, folder: Path) -> None:
    """Make the store in ``home`` equal to ``folder``."""
    with Library(home, "words", WordEmbeddings(), max_bytes=_MAX_BYTES) as library:
        library.sync([str(folder)], SHARED)


def rebuild(home: Path) -> None:
    """Build the indexes in ``home`` anew."""
    with Library(home, "words", WordEmbeddings(), max_bytes=_MAX_BYTES) as library:
        library.rebuild()


def compare(home: Path, undisturbed: Path) -> list[str]:
    """How the store in ``home`` differs from the other; nothing if it doesn't."""
    found, expected = _state(home), _state(undisturbed)
    return [f"{part} differ" for part in expected if found[part] != expected[part]]


def _state(home: Path) -> dict[str, object]:
    with Library(home, "words", WordEmbeddings(), max_bytes=_MAX_BYTES) as library:
        refs = library.articles([SHARED])
        passages = {ref.id: library.passages([SHARED], ref.id) for ref in refs}
        lost = [
            passage.id
            for ref in refs
            for passage in passages[ref.id]
            if passage.id
            not in {hit.passage.id for hit in library.search(f"{ref.title}\n{passage.text}", [SHARED], 3)}
        ]
        return {
            "articles": {ref.id: library.article([SHARED], ref.id) for ref in refs},
            "passages": passages,
            "passages that don't find themselves": lost,
            "journals": changes.unsettled(library.registry.engine),
            "registry, vectors and full text": library.disagreements(),
            "findings": [finding.says for finding in library.examine()],
        }


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["index", home, folder]:
            print("started", flush=True)
            index(Path(home), Path(folder))
        case ["rebuild", home, _]:
            print("started", flush=True)
            rebuild(Path(home))
        case numbers:
            main(*map(int, numbers))
