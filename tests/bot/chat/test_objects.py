"""JSON is found in a reply, whatever stands around it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.chat.objects import objects_in


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ("", []),
        ("Nothing to say.", []),
        ('Here: {"a": 1}, and {"b": "{c}"}.', [{"a": 1}, {"b": "{c}"}]),
        ('```json\n[{"a": [{"b": 2}]}]\n```', [{"a": [{"b": 2}]}, {"b": 2}]),
        ('{not one} {"a": 1} {"b": ', [{"a": 1}]),
        ('{"a":' * 2000, []),
    ],
)
def test_objects_are_found_each_before_those_within_it(reply: str, found: list[dict[str, Any]]) -> None:
    assert list(objects_in(reply)) == found
