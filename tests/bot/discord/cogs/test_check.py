"""Claims: checked by command, or where somebody wrote them."""

from __future__ import annotations

import pytest

from bot.discord.words import answering, offered, reasons
from tests.bot.discord.conftest import Town
from tests.bot.discord.seen import assert_reasons, shown

pytestmark = [pytest.mark.slow, pytest.mark.simcord(settle_timeout=120)]

CLAIM = "The repairs of the harbour bridge cost 14 million crowns."


async def test_a_claim_is_looked_up_whatever_it_looks_like(town: Town) -> None:
    result = await town.alice.slash(town.channel, "check", claim=CLAIM)
    assert not result.ephemeral
    told = shown(result)
    assert told.startswith(f"### {CLAIM}\n")
    assert answering.CLAIMED() in told
    assert "14 million crowns" in told
    assert (await town.alice.slash(town.channel, "check", claim=CLAIM, private=True)).ephemeral


async def test_what_somebody_wrote_is_checked_for_whoever_wants_to_know(town: Town) -> None:
    message = await town.bob.send(town.channel, f"{town.alice.mention} {CLAIM}")
    result = await town.alice.context_menu(town.channel, offered.CHECK_MESSAGE(), message)
    assert result.ephemeral
    assert answering.CLAIMED() in shown(result)
    wordless = await town.bob.send(town.channel, "👍")
    assert (
        shown(await town.alice.context_menu(town.channel, offered.CHECK_MESSAGE(), wordless))
        == reasons.NOTHING_TO_CHECK()
    )
    assert_reasons(town.env)
