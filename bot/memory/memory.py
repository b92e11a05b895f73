"""What Newsdesk remembers between restarts, apart from the articles: one small database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.memory.answers import Answers
from bot.memory.conversations import Conversations
from bot.memory.database import open_remembered
from bot.memory.deliveries import Deliveries
from bot.memory.facts import Facts
from bot.memory.preferences.store import Preferences
from bot.memory.preferences.subscriptions import Subscriptions
from bot.memory.ratings import Ratings
from bot.memory.replies import Replies
from bot.memory.schedules import Schedules
from bot.memory.servers import Servers
from bot.memory.summaries import Summaries
from bot.memory.usage import UsageLedger


class Memory:
    """The memory of a home, a part of it for each thing remembered. Calls block for a few milliseconds."""

    def __init__(self, home: Path, database_url: str | None = None) -> None:
        """Open it as ``open_remembered`` does."""
        self._engine = open_remembered(home, database_url)
        self.answers = Answers(self._engine)
        self.conversations = Conversations(self._engine)
        self.deliveries = Deliveries(self._engine)
        self.facts = Facts(self._engine)
        self.preferences = Preferences(self._engine)
        self.ratings = Ratings(self._engine)
        self.replies = Replies(self._engine)
        self.schedules = Schedules(self._engine)
        self.servers = Servers(self._engine)
        self.subscriptions = Subscriptions(self._engine)
        self.summaries = Summaries(self._engine)
        self.usage = UsageLedger(self._engine)

    def forget(self, user_id: int, today: date) -> int:
        """Forget all of a person but what they used of ``today``'s share; how many questions were known."""
        turns = self.conversations.forget_part(f"user:{user_id}")
        turns += self.conversations.forget_asker(user_id)
        self.preferences.forget(user_id)
        self.subscriptions.forget(user_id)
        self.ratings.forget(str(user_id))
        self.deliveries.forget(user_id)
        self.usage.forget(str(user_id), today)
        return max(turns, self.answers.forget(user_id))

    def forget_server(self, guild_id: int) -> None:
        """Forget all of a server but what was used there, which is for the bill."""
        self.answers.forget_place(f"guild:{guild_id}")
        self.conversations.forget_part(f"guild:{guild_id}")
        self.preferences.forget_server(guild_id)
        self.schedules.forget_server(guild_id)
        self.subscriptions.forget_server(guild_id)
        self.servers.forget(guild_id)

    def close(self) -> None:
        """Close the database."""
        self._engine.dispose()
