"""Documents whose fields have codes of two or three letters, as Factiva has them: HD for the headline."""

from __future__ import annotations

import re

from index.text.sentences import ends_sentence

_CODES = {"HD": "title", "BY": "author", "PD": "date", "SN": "source", "LP": "text", "TD": "text"}
_OTHERS = frozenset("SE CLM CR WC ET SC ED PG VOL LA CY CT RF ART CO IN NS RE IPC IPD PUB AN DL".split())
"""What else is said of a document, of which nothing is kept."""
_LINE = re.compile(r"[ \t\f]*([A-Z]{2,3})(?:[ \t]+(\S.*)|[ \t]*)")
_SURE = frozenset(("title", "text", "date", "source"))


def coded_documents(text: str) -> list[tuple[dict[str, object], str]]:
    """The fields of each document in ``text``, and its own text; nothing if it is not written so."""
    found: list[dict[str, list[str]]] = []
    lines: list[str] = []
    for line in text.split("\n"):
        code = _LINE.fullmatch(line)
        name = _CODES.get(code[1], "") if code else ""
        if code and (name or (code[1] in _OTHERS and not ends_sentence(code[2] or ""))):
            if name == "title":
                found.append({})
            lines = found[-1].setdefault(name, []) if found and name else []
            lines += ["", code[2] or ""] if name == "text" else [code[2] or ""]
        else:
            lines.append(line)
    if not found or any(not one.keys() >= _SURE for one in found):
        return []
    return [
        (
            {name: " ".join(said).strip() for name, said in one.items() if name != "text"},
            "\n".join(one["text"]).strip(),
        )
        for one in found
    ]
