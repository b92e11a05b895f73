"""The Chromium of this machine, such as Debian's: none is downloaded."""

from __future__ import annotations

import shutil

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
"""The path of its program; None where there is none."""

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
