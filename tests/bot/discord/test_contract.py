"""What the bot sends is what Discord's published OpenAPI description allows."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from bot.discord.words import labels, missing, settings, sharing
from tests.bot.discord.conftest import Town
from tests.bot.discord.seen import assert_reasons, choose, join_again, press

SPEC = Path(__file__).parents[4] / "shared/discord-openapi.json"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.simcord(settle_timeout=120),
    pytest.mark.skipif(not SPEC.exists(), reason=f"Discord's OpenAPI description is not at {SPEC}"),
]


@cache
def spec() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(SPEC.read_text(encoding="utf-8"))
    return loaded


def schema_for(method: str, path: str) -> dict[str, Any] | None:
    """The schema of a request's body; of two routes that match, the one with fewer placeholders."""
    routes = sorted(spec()["paths"], key=lambda route: route.count("{"))
    for route in routes:
        pattern = re.sub(r"\{[^}]*\}", "[^/]+", route)
        operation = spec()["paths"][route].get(method.lower())
        if operation and re.fullmatch(pattern, path):
            body = operation.get("requestBody")
            return body["content"]["application/json"]["schema"] if body else None
    raise AssertionError(f"Discord has no route {method} {path}")


def wired(value: Any) -> Any:
    """``value`` as JSON on the wire: snowflakes are strings there, and integers in simcord's log."""
    if isinstance(value, dict):
        return {key: _numbered(inner) if key == "attachments" else wired(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [wired(inner) for inner in value]
    return str(value) if isinstance(value, int) and value > 1 << 53 else value


def _numbered(attachments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Files of a request have numbers as ids, as Discord's reference shows them; its description has strings."""
    return [one | {"id": str(one["id"])} for one in attachments]


async def test_every_request_keeps_to_discords_description(town: Town) -> None:
    question = "When did the harbour bridge reopen to lorries?"
    answered = await town.alice.slash(town.channel, "ask", question=question)
    await press(town.alice, answered, labels.SHOW_PASSAGES())
    unknown = await town.alice.slash(town.channel, "ask", question="Which colour has the moon of Neptune?")
    await press(town.alice, unknown, missing.TELL_ME())
    box = await press(town.alice, unknown, missing.SUGGEST())
    await town.alice.submit_modal(box, {"address": "https://moon.example/neptune", "why": "It tells."})
    private = await town.alice.slash(town.channel, "ask", question=question, private=True)
    await press(town.alice, await press(town.alice, private, labels.MORE), sharing.SHARE())
    await town.mod.slash(town.channel, "usage")
    await join_again(town.env, town.guild)
    await town.alice.slash(town.channel, "ask", question=question, since="never")
    await town.alice.autocomplete(town.channel, "ask", "source", "", question="x")
    await town.alice.autocomplete(town.channel, "summary article", "article", "")
    await town.alice.slash(town.channel, "summary article", article="bridge")
    await town.alice.slash(town.channel, "help")
    await town.mod.slash(town.channel, "reindex")
    await town.alice.send(town.channel, f"{town.at_bot} {question}")
    await town.alice.send_dm(question)
    box = await press(town.bob, answered, labels.ASK_ON())
    await town.bob.submit_modal(box, {"question": "and why?"})
    box = await press(town.bob, answered, labels.UNHELPFUL())
    await town.bob.submit_modal(box, {"words": "It closed again."})
    await press(town.bob, answered, labels.HELPFUL())
    await town.alice.send(town.channel, f"{town.at_bot}")
    await town.bob.send(town.channel, f"{town.at_bot} What did he say?")
    await press(town.alice, await press(town.alice, answered, labels.MORE), labels.DELETE())
    panel = await town.mod.slash(town.channel, "settings")
    await choose(town.mod, panel, ":where", "thread")
    await choose(town.mod, panel, "rules-for", town.channel)
    await town.bob.send(town.channel, f"{town.at_bot} {question}")
    await town.bob.slash(town.channel, "ask", question=question)
    await press(town.mod, await town.mod.slash(town.channel, "preferences"), settings.OFF())
    await town.mod.send(town.channel, f"{town.at_bot} {question}")
    assert_reasons(town.env)

    registry = Registry().with_resource("spec", Resource.from_contents(spec(), DRAFT202012))
    checked = 0
    for entry in town.env.http_requests:
        schema = schema_for(entry.method, entry.path)
        if schema is None or entry.json is None:
            continue
        rebased = json.loads(json.dumps(schema).replace('"#/', '"spec#/'))
        jsonschema.Draft202012Validator(rebased, registry=registry).validate(wired(entry.json))
        checked += 1
    assert checked >= 38
