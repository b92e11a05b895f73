"""Round-ups of unrelated items are told by their headings, stories with sections are not."""

from pathlib import Path

from bot.answer.answer import last_of
from bot.app import App
from bot.summary import Summary
from bot.summary.roundup import IS_A_ROUND_UP
from index.article import SHARED
from tests.bot.summary.test_summary import index

ITEMS = {
    "1. Interest": (
        "The central bank of Orla leaves its rate at four per cent, as inflation has fallen for the third month. "
        "Savers lose."
    ),
    "2. Football": (
        "Goalkeeper Ida Rask has signed for a club in Portugal and will miss the cup final with a broken thumb. "
        "Her fee is not known."
    ),
    "3. Opera": (
        "Composer Levin Ott has written an opera about bees, in which nine sopranos hum for hours in the dark. "
        "Tickets are cheap."
    ),
    "4. Gun laws": (
        "Senators of both parties agreed on Sunday to check the records of buyers of rifles who are under 21. "
        "A vote is near."
    ),
    "5. Tony Awards": (
        "Broadway's best were recognized on Sunday night at Radio City Music Hall, for the first time since 2019. "
        "Four plays won."
    ),
}
ROUND_UP = "\n\n".join(["Five things to know today"] + [part for item in ITEMS.items() for part in item])
STORY = "\n\n".join(
    ["The ferry of Brack stops"]
    + [
        f"{heading}\n\nThe ferry across the Ansel at Brack {told}, the ferry's owner said on Monday morning."
        for heading, told in (
            ("Why it stops", "stops at the end of March because its engine is worn out and too dear to repair"),
            ("Who used it", "carried four hundred people a day from Brack to the factories across the Ansel"),
            ("What comes next", "is to be replaced by a bus over the new bridge of Brack from April"),
            ("How it began", "began in 1921, when there was no bridge over the Ansel between Brack and Holm"),
        )
    ]
)


async def summarise(app: App, folder: Path, text: str) -> Summary:
    return await last_of(app.summariser.summarise(index(app, folder, text), [SHARED], length=3))


async def test_a_round_up_is_told_by_its_headings(app: App, tmp_path: Path) -> None:
    summary = await summarise(app, tmp_path / "in", ROUND_UP)
    assert [point.part for point in summary.points] == list(ITEMS)[:3]
    for point, told in zip(summary.points, ITEMS.values(), strict=False):
        assert told.startswith(point.text)
        assert point.citations
    assert summary.notes == (IS_A_ROUND_UP.given(items=5, shown=3),)


async def test_what_stands_behind_numbered_items_is_none_of_them(app: App, tmp_path: Path) -> None:
    also = (
        "A goat of Brack was seen on the roof of the town hall on Sunday, for the third time in a week. "
        "Nobody knows how it came up there."
    )
    summary = await summarise(app, tmp_path / "in", f"{ROUND_UP}\n\nAnd finally\n\n{also}")
    assert summary.notes == (IS_A_ROUND_UP.given(items=5, shown=3),)


async def test_a_story_with_sections_is_no_round_up(app: App, tmp_path: Path) -> None:
    summary = await summarise(app, tmp_path / "in", STORY)
    assert not any(point.part for point in summary.points)
    assert summary.notes == ()
