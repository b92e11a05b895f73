"""Each article on a page of each site builder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from mako.template import Template
from markupsafe import Markup

from benchmarks.extraction.articles import SETS, Sample, read_samples, read_words

HALVES = ("open", "closed")


@dataclass(frozen=True, slots=True)
class Page:
    """An article as a site shows it."""

    half: str
    builder: str
    html: bytes
    sample: Sample


def render_pages() -> Iterator[Page]:
    """Every article of the set in every template."""
    samples, words = read_samples(), read_words()
    for half in HALVES:
        for path in sorted((SETS / half).glob("*.html")):
            template = Template(
                path.read_text("utf-8"),
                default_filters=["h"],
                imports=["from markupsafe import escape as h", "from benchmarks.extraction.pages import as_json"],
            )
            for sample in samples:
                yield Page(half, path.stem, *_rendered(template, path, sample, words[sample.lang]))


def _rendered(template: Template, path: Path, sample: Sample, words: dict[str, Any]) -> tuple[bytes, Sample]:
    host = f"{path.stem.replace('_', '-')}.example"
    placed = replace(sample, url=f"https://{host}/{sample.iso[:4]}/{sample.slug}")
    html = template.render_unicode(a=placed, w=SimpleNamespace(**words), host=host)
    return html.encode(), placed


def as_json(value: str) -> Markup:
    """``value`` as a string in a script."""
    return Markup(json.dumps(value, ensure_ascii=False).replace("</", "<\\/"))
