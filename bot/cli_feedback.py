"""``newsdesk feedback``: what people in Discord think of the answers."""

from __future__ import annotations

from bot.cli_common import Json, memory_only


def feedback(json: Json = False) -> None:
    """Show which answers people in Discord found helpful, and which not."""
    from bot import terminal_feedback as terminal

    with memory_only() as memory:
        rated = memory.ratings.rated()
    terminal.show_feedback(rated, as_json=json)
