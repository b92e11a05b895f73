"""Small articles in folders, for tests of the store."""

from __future__ import annotations

from pathlib import Path

from index.library import Library

BRIDGE = "The harbour bridge was reopened by the mayor on Friday after two years of work."
FERRY = "The ferry company sells two of its boats, its director told the staff."
SCHOOL = "Teachers at the northern school stopped work because classrooms were cold."


def write(folder: Path, **articles: str) -> Path:
    """Write each article as ``<name>.txt``; its title is its name. Returns ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in articles.items():
        (folder / f"{name}.txt").write_text(f"---\ntitle: About {name}\n---\n{text}\n", encoding="utf-8")
    return folder


def dated(folder: Path, name: str, text: str, **header: str) -> None:
    """Write one article with a header."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = "\n".join(f"{key}: {value}" for key, value in header.items())
    (folder / f"{name}.md").write_text(f"---\n{lines}\n---\n{text}\n", encoding="utf-8")


def long_text(*topics: str) -> str:
    """A text of one passage a topic."""
    return "\n\n".join(
        f"About {topic}: "
        + " ".join(f"The {topic} report says that {topic} number {n} was seen." for n in range(11))
        for topic in topics
    )


def found_ids(library: Library, question: str, scope: str = "shared") -> list[str]:
    """The articles that a question finds, best first."""
    return [hit.article.id for hit in library.search(question, [scope])]
