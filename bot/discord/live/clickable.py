"""Commands that the bot names, as Discord shows them to be clicked."""

from __future__ import annotations

import re
from collections.abc import Mapping

from discord import ui

_NAMED = re.compile(r"\*\*/([a-z]+(?: [a-z]+)*)\*\*")
"""As the bot's own words name a command. In what others wrote the stars are escaped."""


def clickable(view: ui.LayoutView | None, ids: Mapping[str, int]) -> None:
    """Make the commands that ``view`` names clickable, those that Discord knows by their ``ids``."""

    def mention(named: re.Match[str]) -> str:
        known = ids.get(named[1])
        return f"</{named[1]}:{known}>" if known else named[0]

    for part in view.walk_children() if view else ():
        if isinstance(part, ui.TextDisplay):
            part.content = _NAMED.sub(mention, part.content)
