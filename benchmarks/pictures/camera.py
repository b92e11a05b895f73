"""Takes a picture of one message of the preview, in Debian's Chromium."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import async_playwright

from index.errors import ConfigurationError
from tests.chromium import CHROMIUM, FLAGS

DESKTOP, PHONE = 720, 375
"""The widths that are looked at, in pixels."""

SCREEN = 667
"""The height of a telephone of that width."""

_HIGHEST = 4000
_COLOURS = 128


@dataclass(frozen=True)
class Camera:
    """Looks at a preview that goes on."""

    preview: Any

    async def take(self, shown: Any, viewer: Any, width: int, path: Path) -> int:
        """Write a picture of what ``viewer`` sees of a message, that wide, to ``path``; how high it is."""
        taken = await self.preview.screenshot(
            None, target=shown, viewer=viewer, viewport=(width, _HIGHEST), layout="message", allow_incomplete=True
        )
        picture = Image.open(io.BytesIO(taken.png)).convert("RGB")
        picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        return picture.height


@asynccontextmanager
async def camera(preview: Any) -> AsyncIterator[Camera]:
    """A camera for ``preview``. Raises ``ConfigurationError`` if there is no Chromium."""
    if CHROMIUM is None:
        raise ConfigurationError("There is no Chromium on this machine; Debian's package is called chromium.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        # SimCord would only look for a browser that Playwright has downloaded.
        preview._capture_manager._playwright, preview._capture_manager._browser = playwright, browser
        try:
            yield Camera(preview)
        finally:
            preview._capture_manager._playwright = preview._capture_manager._browser = None
            await browser.close()
