"""Which servers are this process's: Discord deals them out to shards, and several processes may share those."""

from __future__ import annotations

from dataclasses import dataclass

from index.errors import ConfigurationError

_FIRST = 0
"""Direct messages come to this shard, and what is done once for all is done where it is."""


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards ``ids`` of ``count``."""

    ids: tuple[int, ...] = (_FIRST,)
    count: int = 1

    def hold(self, guild_id: int | None) -> bool:
        """Whether the events of a server come here, or those of direct messages."""
        return (_FIRST if guild_id is None else shard_of(guild_id, self.count)) in self.ids

    @property
    def lead(self) -> bool:
        """Whether this process does what one alone must do: offer the commands, read the sources."""
        return _FIRST in self.ids


def shard_of(guild_id: int, count: int) -> int:
    """The shard, of so many, that Discord sends the events of a server to."""
    return (guild_id >> 22) % count


def read_shards(ids: str, count: int) -> Shards:
    """The shards that ``ids`` names ("0,1"), all of ``count`` if it names none.

    Raises ``ConfigurationError`` if it names something else.
    """
    if not ids:
        return Shards(tuple(range(count)), count)
    written = [one.strip() for one in ids.split(",")]
    read = [int(one) for one in written if one.isascii() and one.isdecimal()]
    if len(read) < len(written) or len(set(read)) < len(read) or max(read) >= count:
        raise ConfigurationError(
            f"The shards {ids!r} can't be run: name numbers from 0 to {count - 1}, each once, with commas between "
            "them, as in --shard-ids 0,1 --shard-count 4 (or NEWSDESK_SHARD_IDS and NEWSDESK_SHARD_COUNT)."
        )
    return Shards(tuple(sorted(read)), count)
