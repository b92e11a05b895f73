"""JSON in a chat model's reply, whatever stands around it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any


def objects_in(reply: str) -> Iterator[dict[str, Any]]:
    """The JSON objects in ``reply``, each before those within it; what is none is passed over."""
    decoder, at = json.JSONDecoder(), reply.find("{")
    while at >= 0:
        with suppress(ValueError, RecursionError):  # the latter of brackets in brackets, without end
            yield decoder.raw_decode(reply, at)[0]
        at = reply.find("{", at + 1)
