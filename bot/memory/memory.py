"""What Newsdesk remembers between restarts, apart from the articles: one small SQLite database."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.memory.answers import Answers
from bot.memory.conversations import Conversations
from bot.memory.facts import Facts
from bot.memory.ratings import Ratings
from bot.memory.replies import Replies
from bot.memory.schedules import Schedules
from bot.memory.servers import Servers
from bot.memory.summaries import Summaries
from bot.memory.tables import Table
from bot.memory.usage import UsageLedger
from index.errors import StoreError


class Memory:
    """The memory in a home folder, a part of it for each thing remembered. Calls block for a few milliseconds."""

    def __init__(self, home: Path) -> None:
        """Open the memory in ``home``, creating both; raises ``StoreError`` if that can't be done."""
        path = home / "memory.sqlite"
        self._engine = create_engine(f"sqlite:///{path}")
        event.listen(self._engine, "connect", _set_up_connection)
        try:
            home.mkdir(parents=True, exist_ok=True)
            Table.metadata.create_all(self._engine)
        except (OSError, SQLAlchemyError) as error:
            raise StoreError(f"The bot's memory {path} cannot be opened: {error}.") from error
        self.answers = Answers(self._engine)
        self.conversations = Conversations(self._engine)
        self.facts = Facts(self._engine)
        self.ratings = Ratings(self._engine)
        self.replies = Replies(self._engine)
        self.schedules = Schedules(self._engine)
        self.servers = Servers(self._engine)
        self.summaries = Summaries(self._engine)
        self.usage = UsageLedger(self._engine)

    def close(self) -> None:
        """Close the database."""
        self._engine.dispose()


def _set_up_connection(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")  # readers don't wait for a writer
    cursor.execute("PRAGMA busy_timeout=5000")  # milliseconds
    cursor.close()
