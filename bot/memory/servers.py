"""What a Discord server has set."""

from __future__ import annotations

from sqlalchemy import Engine
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.memory.tables import DISCORD_ID, Table


class _Curators(Table):
    __tablename__ = "curators"

    guild_id: Mapped[int] = mapped_column(DISCORD_ID, primary_key=True, autoincrement=False)
    role_id: Mapped[int] = mapped_column(DISCORD_ID, primary_key=True, autoincrement=False)


class Servers:
    """The roles whose members may add and remove a server's articles."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def curators(self, guild_id: int) -> frozenset[int]:
        """The ids of those roles."""
        with Session(self._engine) as session:
            return frozenset(row.role_id for row in session.query(_Curators).filter_by(guild_id=guild_id))

    def toggle_curator(self, guild_id: int, role_id: int) -> bool:
        """Make a role one of them, or no longer; whether it is one now."""
        with Session(self._engine) as session, session.begin():
            known = session.get(_Curators, (guild_id, role_id))
            if known:
                session.delete(known)
            else:
                session.add(_Curators(guild_id=guild_id, role_id=role_id))
            return known is None
