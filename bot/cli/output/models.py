"""What was found of models that were tried, in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.console import Console
from rich.text import Text

from bot.chat.probe import ChatProbe
from bot.cli.output.documents import plain_document, print_json
from bot.cli.output.text import answering_at, open_console, print_beside
from index.embedding.probe import EmbeddingProbe
from index.refusals import shown_address

NO_CHAT_MODEL = "No chat model is set: answers quote the articles."
CHAT = "chat model"
EMBEDDING = "embedding model"

Probe = ChatProbe | EmbeddingProbe


def show_models(tried: Iterator[tuple[str, Probe]], window: int | None, *, as_json: bool = False) -> bool:
    """What was found of each model, as it comes; whether all of them work. ``window`` is what the settings say."""
    if as_json:
        found = list(tried)
        ok = not any(probe.problem for _, probe in found)
        print_json({"ok": ok, "models": [_document(name, probe) for name, probe in found]})
        return ok
    console = open_console()
    probes: list[Probe] = []
    for name, probe in tried:
        if not probes and isinstance(probe, EmbeddingProbe):
            console.print(NO_CHAT_MODEL)
        probes.append(probe)
        console.print(Text(f"{_kind(probe)} {name}", "bold"))
        show_probe(console, probe, window)
    return not any(probe.problem for probe in probes)


def show_probe(console: Console, probe: Probe, window: int | None) -> None:
    """What was found of one model, or its problem."""
    if probe.problem:
        mark, lines = Text("✗ ", "red"), [probe.problem]
    else:
        mark = Text("✓ ", "green")
        lines = [*(_of_chat(probe, window) if isinstance(probe, ChatProbe) else _of_embedding(probe))]
    if probe.address:
        setting = "NEWSDESK_CHAT_BASE_URL" if isinstance(probe, ChatProbe) else "NEWSDESK_EMBEDDING_BASE_URL"
        lines.append(f"address: {answering_at(probe.address, setting)}")
    for line in lines:
        print_beside(console, mark, Text(line))
        mark = Text("  ")


def _of_chat(probe: ChatProbe, window: int | None) -> Sequence[str]:
    lines = []
    if probe.first_word_seconds is not None and probe.seconds is not None:
        lines.append(
            f"speed: first word after {probe.first_word_seconds:.1f} s, a short reply {probe.seconds:.1f} s"
        )
    refused = ", ".join(probe.left_out)
    lines.append(
        f"refused by its server, and left out: {refused}" if refused else "refused by its server: nothing"
    )
    if window:
        lines.append(f"window: {window:,} tokens, as NEWSDESK_CHAT_WINDOW says")
    elif probe.characters:
        lines.append(f"window: prompts of at most {probe.characters:,} characters")
    else:
        lines.append("window: not known before its server refuses a prompt; NEWSDESK_CHAT_WINDOW can say it")
    return lines


def _of_embedding(probe: EmbeddingProbe) -> Sequence[str]:
    lines = [f"dimension: {probe.dimension}"]
    if probe.seconds is not None and probe.texts_a_second is not None:
        speed = f"a question {probe.seconds * 1000:.0f} ms, {probe.texts_a_second:.0f} short passages a second"
        lines.append(f"speed: {speed}")
    if probe.batch is not None:
        lines.append(f"batch size: {probe.batch} texts a request")
    prefixes = (probe.query_prefix, probe.passage_prefix)
    if any(prefixes):
        lines.append("prefixes: {!r} before a question, {!r} before a passage".format(*prefixes))
    return lines


def _kind(probe: Probe) -> str:
    return CHAT if isinstance(probe, ChatProbe) else EMBEDDING


def _document(name: str, probe: Probe) -> dict[str, object]:
    address = shown_address(probe.address) if probe.address else None
    found = plain_document(replace(probe, address=address))
    return {"kind": _kind(probe), "name": name, "ok": probe.problem is None} | found
