"""What a message shows from one moment to the next."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, replace

from discord import ui

from bot.discord.pages.failures import explain
from bot.memory.deliveries import Delivery


@dataclass(frozen=True, slots=True)
class Frame:
    """What is shown at a moment; without a view, that the bot is thinking. The last one is ``final``.

    ``keeps``: what was asked is known for a day, since a button of the last one asks it. ``growing``: draws what
    is shown so many steps later, if there is nothing new by then; most are overtaken before they are drawn.
    """

    ready: ui.LayoutView | None = None
    final: bool = False
    keeps: bool = False
    growing: Callable[[int], ui.LayoutView] | None = None
    step: int = 0

    @property
    def view(self) -> ui.LayoutView | None:
        """What is shown."""
        return self.growing(self.step) if self.growing else self.ready

    def moved(self, step: int) -> Frame:
        """The same so many steps later."""
        return replace(self, step=step) if self.growing and step else self


Frames = Callable[[Delivery], AsyncGenerator[Frame, None]]


async def up_to_final(frames: AsyncGenerator[Frame, None]) -> AsyncGenerator[Frame, None]:
    """``frames``, the final one being the last: what fails after it takes nothing away."""
    complete = False
    try:
        async for frame in frames:
            yield frame
            if complete := frame.final:
                return
    finally:
        try:
            await frames.aclose()
        except Exception as error:
            if not complete:
                raise
            explain(error, "ending an answer that was complete")
