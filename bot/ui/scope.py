"""Whose articles somebody in Discord may see, decided in one place."""

from __future__ import annotations

from index.article import SHARED


def scopes_for(guild_id: int | None) -> tuple[str, ...]:
    """The scopes that a question searches: in a server its own and the shared one, elsewhere the shared one."""
    return (SHARED,) if guild_id is None else (str(guild_id), SHARED)


def place_of(guild_id: int | None, user_id: int) -> str:
    """Who may look behind an answer given there: everybody in that server, or the one user of a direct message."""
    return f"user:{user_id}" if guild_id is None else f"guild:{guild_id}"
