"""``newsdesk feedback``: what people in Discord think of the answers."""

from __future__ import annotations

from bot.cli_common import Json, settings


def feedback(json: Json = False) -> None:
    """Show which answers people in Discord found helpful, and which not."""
    from bot import terminal_feedback as terminal
    from bot.memory.memory import Memory

    memory = Memory(settings().home)
    try:
        rated = memory.ratings.rated()
    finally:
        memory.close()
    terminal.show_feedback(rated, as_json=json)
