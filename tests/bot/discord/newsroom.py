"""A small newsroom: articles in a folder, among them a hostile one."""

from __future__ import annotations

from pathlib import Path

from bot.discord.words import answering, reasons

ARTICLES = {
    "bridge.md": """---
title: Harbour bridge reopens
url: https://harbourpost.example/bridge
source: The Harbour Post
date: 2026-03-06
---

The harbour bridge reopened to lorries on Friday after four months of repairs. Engineers replaced nine of its
steel cables.

The repairs cost 14 million crowns, twice what the council had planned. Mayor Ilse Brandt called the bill painful.
""",
    "ferry.md": """---
title: Ferry company sells two boats
url: https://coastdaily.example/ferry
source: Coast Daily
date: 2026-02-11
---

The ferry company Nordvik sold two of its boats to a buyer in Lisbon. The boats had carried commuters across the
bay for thirty years.
""",
    "hostile.txt": """---
title: "@everyone **Win** [a prize](https://evil.example)"
url: https://pranks.example/prize
source: "<@&1> Pranks"
date: 2026-01-05
---

The lighthouse keeper wrote @everyone and <@100000000000000001> and @here on the lighthouse wall. The keeper of the
lighthouse also painted **bold** words, ||hidden|| ones and [a link](https://evil.example) below :tada: <t:0:R>.
""",
}


SECRET = """---
title: Minutes of the zeppelin club
---

The zeppelin club elected Marta Quist as its head.
"""

WAITING = (answering.READING.english, answering.WRITING.english, answering.QUEUED.english.partition("{")[0])
"""How a message begins that shows nothing of an answer yet."""
UNFINISHED = (*WAITING, reasons.PAUSED.english)
"""What stands in a message that promises more."""


def write_articles(folder: Path) -> Path:
    """The articles as files below ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
