"""Questions to try: about the newest articles, each near enough to its words to be answered."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.discord.host import Host
from bot.discord.pages.markdown import one_line
from bot.discord.words import settings as words

_LOOKED_AT = 20
_LONGEST = 80
"""Characters, as a button's label may have."""


async def sample_questions(host: Host, scopes: Sequence[str], wanted: int) -> list[str]:
    """Up to so many questions that the library answers, those about the newest articles first."""
    found: list[str] = []
    for ref in await asyncio.to_thread(host.app.library.articles, scopes, "", _LOOKED_AT):
        question = words.sample(one_line(ref.title).rstrip(" .!?"))
        fits = ref.title.strip() and len(question) <= _LONGEST and question not in found
        if fits and await asyncio.to_thread(host.app.desk.concerns, question, scopes):
            found.append(question)
        if len(found) == wanted:
            break
    return found
