"""Prompts: one Markdown file each, and the loader.

A prompt file has a ``version`` in its front matter, which changes whenever its words do, and a ``# system`` and a
``# human`` part. ``{name}`` is filled in; literal braces are doubled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import frontmatter
from langchain_core.messages import BaseMessage
from langchain_core.prompts import ChatPromptTemplate

_FOLDER = Path(__file__).parent
_PART = re.compile(r"^# (system|human)[ \t]*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as loaded. ``version`` tells which words an answer was written from."""

    name: str
    version: int
    template: ChatPromptTemplate

    @property
    def variables(self) -> tuple[str, ...]:
        """What ``messages`` must be given, sorted."""
        return tuple(sorted(self.template.input_variables))

    def messages(self, **values: str) -> list[BaseMessage]:
        """The messages for a chat model. Raises ``KeyError`` if a variable is missing."""
        return self.template.format_messages(**values)


def load_prompt(name: str, folder: Path = _FOLDER) -> Prompt:
    """The prompt in ``<name>.md``.

    Raises ``FileNotFoundError`` if there is none, and ``ValueError`` if it lacks its version or its parts.
    """
    file = frontmatter.loads((folder / f"{name}.md").read_text(encoding="utf-8"))
    version = file.metadata.get("version")
    if not isinstance(version, int):
        raise ValueError(f"Prompt {name!r} has no version in its front matter; add a line like 'version: 1'.")
    before, *parts = _PART.split(file.content + "\n")
    if before.strip() or not parts:
        raise ValueError(f"Prompt {name!r} must consist of a '# system' and a '# human' part.")
    messages = [(role, text.strip()) for role, text in zip(parts[::2], parts[1::2], strict=True)]
    return Prompt(name, version, ChatPromptTemplate.from_messages(messages))


def prompt_names() -> list[str]:
    """The names of all prompts there are."""
    return sorted(path.stem for path in _FOLDER.glob("*.md"))
