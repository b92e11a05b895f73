"""A Discord on 127.0.0.1 for the real client: gateway, REST, rate limits, and every kind of trouble.

``async with DiscordServer() as server`` and ``server.redirect(monkeypatch)`` (or ``server.environment`` for a
process of its own, see ``tests.fakes.discord_server.run``): then people write, use commands and press buttons by
``server.say``, ``server.slash`` and ``server.click``, and ``server.faults`` says what goes wrong. What was shown
stands in ``server.world``. It keeps the rules that delivery rests on (acknowledged within three seconds, once;
tokens of fifteen minutes; nonces; five calls in five seconds a bucket), not all of Discord's.
"""

from tests.fakes.discord_server.faults import Fault, Faults
from tests.fakes.discord_server.server import DiscordServer
from tests.fakes.discord_server.world import ALICE, BOT, MOD, Interaction, World

__all__ = ["ALICE", "BOT", "MOD", "DiscordServer", "Fault", "Faults", "Interaction", "World"]
