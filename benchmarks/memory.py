"""How much memory the bot holds: idle, with the store open and the commands loaded, and after some questions.

Runs in a process of its own, since memory that was used once is seldom given back. Linux only: it reads
/proc/self/status.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

from benchmarks.corpora import Corpus, environment_for, settings_for
from benchmarks.figure import Figure
from bot.answer.answer import last_of
from bot.app import open_app
from bot.discord.client import COGS, build_bot
from bot.evaluation.questions import read_queries
from index.article import SHARED

_QUESTIONS = 50
_MB = 1_000_000


def measure(corpus: Corpus, home: Path) -> list[Figure]:
    """The resident memory of a bot over ``corpus`` that is everything but connected."""
    command = [sys.executable, "-m", "benchmarks.memory", str(home), str(corpus.first_queries)]
    done = subprocess.run(command, env=environment_for(home), check=True, stdout=subprocess.PIPE, text=True)
    idle, busy, asked = json.loads(done.stdout)
    return [
        Figure(f"idle bot over {corpus.name}", idle / _MB, "MB", 700),
        Figure(f"the same after {asked} questions", busy / _MB, "MB"),
    ]


async def _run_bot(home: Path, queries: Path) -> tuple[int, int, int]:
    """Bytes held before and after the questions, and how many there were."""
    settings = settings_for(home)
    async with build_bot(settings) as bot:
        bot.app = open_app(settings)
        for cog in COGS:
            await bot.load_extension(cog)
        idle = resident()
        questions = read_queries(queries)[:_QUESTIONS]
        for query in questions:
            await last_of(bot.app.desk.ask(query.question, [SHARED]))
        return idle, resident(), len(questions)


def resident(process: int | str = "self") -> int:
    """The bytes of memory that a process holds, this one if not told."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_run_bot(Path(sys.argv[1]), Path(sys.argv[2])))))
