"""What Newsdesk remembers between restarts, apart from the articles: one small database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.memory.answers import Answers
from bot.memory.carrying import carry_over
from bot.memory.conversations import Conversations
from bot.memory.deliveries import Deliveries
from bot.memory.facts import Facts
from bot.memory.ratings import Ratings
from bot.memory.replies import Replies
from bot.memory.schedules import Schedules
from bot.memory.servers import Servers
from bot.memory.summaries import Summaries
from bot.memory.tables import MIGRATIONS, VERSION_TABLE
from bot.memory.usage import UsageLedger
from index.errors import StoreError
from index.store.sql.database import open_database
from index.store.sql.migrate import upgrade

FILE = "memory.sqlite"
"""Its name in the home folder."""


class Memory:
    """The memory of a home, a part of it for each thing remembered. Calls block for a few milliseconds."""

    def __init__(self, home: Path, database_url: str | None = None) -> None:
        """Open the memory in ``home``, or at the SQLAlchemy address ``database_url`` (PostgreSQL).

        Its tables are made, or brought up to date. When a home first uses a database, what it remembers is taken
        along. Raises ``StoreError`` if it can't be opened, or is of a newer version.
        """
        path = home / FILE
        self._engine = open_database(database_url or f"sqlite:///{path}")
        try:
            home.mkdir(parents=True, exist_ok=True)
            upgrade(self._engine, MIGRATIONS, VERSION_TABLE)
            if database_url and path.exists():
                carry_over(path, self._engine)
        except (OSError, SQLAlchemyError) as error:
            self._engine.dispose()
            advice = (
                "Check NEWSDESK_DATABASE_URL, and that the database server runs."
                if database_url
                else "Make the folder writable; out of a damaged file newsdesk doctor --repair saves what it can."
            )
            cause = getattr(error, "orig", None) or error
            raise StoreError(f"The bot's memory {path} cannot be opened: {cause}. {advice}") from error
        self.answers = Answers(self._engine)
        self.conversations = Conversations(self._engine)
        self.deliveries = Deliveries(self._engine)
        self.facts = Facts(self._engine)
        self.ratings = Ratings(self._engine)
        self.replies = Replies(self._engine)
        self.schedules = Schedules(self._engine)
        self.servers = Servers(self._engine)
        self.summaries = Summaries(self._engine)
        self.usage = UsageLedger(self._engine)

    def forget(self, user_id: int, today: date) -> int:
        """Forget all of a person but what they used of ``today``'s share; how many questions were known."""
        turns = self.conversations.forget_part(f"user:{user_id}")
        self.ratings.forget(str(user_id))
        self.deliveries.forget(user_id)
        self.usage.forget(str(user_id), today)
        return max(turns, self.answers.forget(user_id))

    def close(self) -> None:
        """Close the database."""
        self._engine.dispose()
