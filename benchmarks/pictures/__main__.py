"""Pictures of the running bot: ``python -m benchmarks.pictures [FOLDER] [NAME...]``.

The real bot answers over the sample articles, in the preview; each situation is pictured as wide as a desktop's
window and as a telephone, and how high it is there is printed.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path

import simcord

from benchmarks.corpora import SAMPLE, settings_for
from benchmarks.pictures.camera import DESKTOP, PHONE, SCREEN, camera
from benchmarks.pictures.situations import SITUATIONS, Scene
from bot.app import open_app
from bot.discord.preview import PreviewBot, previewed
from bot.settings import Settings
from index.article import SHARED
from index.errors import NewsdeskError

PICTURES = Path(__file__).parents[2] / "docs/pictures"
_PATIENCE = 120.0
"""Seconds for all that a command brings about, the loading of the model included."""


async def take(settings: Settings, memory: Path, folder: Path, only: Collection[str]) -> None:
    """Write the pictures of the situations that are named, or all, into ``folder``."""
    bot = PreviewBot(settings, memory)
    async with previewed(simcord, bot) as preview, camera(preview) as looking:
        preview.env.settle_timeout = _PATIENCE
        reader, manager = preview.viewers
        scene = Scene(preview.channel, reader, manager, bot)
        while not scene.channel.last_message:  # the card that greets the server
            await asyncio.sleep(0.05)
        if only and "welcome" not in only:
            await scene.channel.last_message.delete()  # as those below that name a manager's commands
        for situation in SITUATIONS:
            if only and situation.name not in only:
                continue
            shown = await situation.comes_about(scene)
            viewer = manager if situation.managed else reader
            heights = []
            for name, width in (("", DESKTOP), ("-phone", PHONE)):
                heights.append(await looking.take(shown, viewer, width, folder / f"{situation.name}{name}.png"))
            print(f"{situation.name}: {heights[0]} px high, {heights[1]} on a telephone's {SCREEN}")
            if situation.managed and not getattr(shown, "ephemeral", False):
                await shown.delete()  # it names commands that the reader may not use: SimCord then shows nothing


def main(folder: Path, only: Collection[str]) -> None:
    """Index the sample articles, and take the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        settings = settings_for(Path(home))
        with open_app(settings) as app:
            app.library.sync([str(SAMPLE.articles)], SHARED)
        asyncio.run(take(settings, Path(home) / "memory", folder, only))


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES, sys.argv[2:])
    except NewsdeskError as error:
        sys.exit(f"pictures: {error}")
