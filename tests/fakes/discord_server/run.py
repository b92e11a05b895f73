"""``python -m tests.fakes.discord_server.run``: newsdesk run, connected to the server that FAKE_DISCORD names."""

from __future__ import annotations

import os
import sys

import discord
import yarl
from discord.gateway import DiscordWebSocket

if __name__ == "__main__":
    address = os.environ.pop("FAKE_DISCORD")
    discord.http.Route.BASE = f"http://{address}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://{address}/gateway")
    sys.argv[1:] = ["run"]
    from bot.cli import main

    main()
