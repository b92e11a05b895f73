"""The words of the menu behind ⋯, and of sharing a private answer."""

from __future__ import annotations

from bot.discord.speech.phrase import Phrase

SHARE = Phrase("Share it here")
SHARED = Phrase("-# shared by {person}")
TIMELINE = Phrase("Timeline")
SUMMARISE = Phrase("Summarise")
MORE_OF_IT = Phrase("What more of this?")
MORE_OF_YOURS = Phrase(
    "Only you see this answer. “Dismiss message” below it takes it away; **{share}** shows it to all."
)
GONE = Phrase("That answer is not kept any more. Ask the question again.")
