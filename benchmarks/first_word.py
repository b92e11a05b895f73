"""How long a checked sentence takes to be shown: ``python -m benchmarks.first_word``.

A scripted chat model on loopback answers questions about the sample articles with sentences that need the whole
check. It notes when it sends each token; the desk's answers are noted when they grow. Nothing is shown before its
evidence was checked, so the first sentence can't come before the model has written it: measured is what we
add to that.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from benchmarks.corpora import SAMPLE, settings_for
from benchmarks.figure import Figure, table
from bot.app import App, open_app
from bot.evaluation.questions import read_queries
from index.article import SHARED
from index.text.sentences import split_sentences
from tests.fakes.openai_server import Messages, OpenAIServer, Reply, running_openai_server

ROUNDS = 5
TARGET_MS = 150
TOKEN_SECONDS = 0.01
"""Between tokens of three characters: a model of about 75 words a second."""

_PASSAGE = re.compile(r'<passage key="(\w+)"[^>]*>\n(.*?)\n</passage>', re.DOTALL)
_LINES = 3


@dataclass(frozen=True, slots=True)
class Gaps:
    """Milliseconds from the model's first token, and from the end of the sentence shown, to its being shown."""

    from_token: float
    from_sentence: float


def main() -> None:
    """Print the median and the 95th percentile of both gaps, as fast as can be and at a model's pace."""
    questions = [query.question for query in read_queries(SAMPLE.first_queries) if query.relevant]
    figures = []
    with running_openai_server() as server, tempfile.TemporaryDirectory() as home:
        chat = {"chat_model": "scripted", "chat_base_url": server.base_url, "chat_cache_days": 0}
        with open_app(settings_for(Path(home)).model_copy(update=chat)) as app:
            app.library.sync([str(SAMPLE.articles)], SHARED)
            asyncio.run(_measure(app, server, questions[:2], 0))  # what is loaded at first use is loaded
            at_once = asyncio.run(_measure(app, server, questions * ROUNDS, 0))
            paced = asyncio.run(_measure(app, server, questions * ROUNDS, TOKEN_SECONDS))
    model = "model writing all at once"
    figures += _figures([gap.from_token for gap in at_once], f"{model}: first token to first sentence shown")
    figures += _figures([gap.from_sentence for gap in at_once], f"{model}: end of that sentence to the same")
    # At a slower pace, it is the model that takes its time between its first token and the end of the sentence.
    model = f"model writing a token every {TOKEN_SECONDS * 1000:.0f} ms"
    figures += _figures(
        [gap.from_sentence for gap in paced], f"{model}: end of its first sentence to its being shown"
    )
    print(f"{len(at_once)} answers each\n\n{table(figures)}")


def _figures(milliseconds: Sequence[float], name: str) -> list[Figure]:
    cuts = quantiles(milliseconds, n=20)
    return [
        Figure(f"{name}, median", cuts[9], "ms", TARGET_MS),
        Figure(f"{name}, 95th percentile", cuts[18], "ms", TARGET_MS),
    ]


async def _measure(app: App, server: OpenAIServer, questions: Sequence[str], token_seconds: float) -> list[Gaps]:
    server.script([Reply(reply, token_delay=token_seconds)])
    measured = []
    for question in questions:
        server.sent.clear()
        async for answer in app.desk.ask(question, [SHARED]):
            if answer.sentences and answer.engine == "scripted":
                shown = time.monotonic()
                ended = _ended(server.sent, answer.sentences[0].text)
                measured.append(Gaps(1000 * (shown - server.sent[0][0]), 1000 * (shown - ended)))
                break
    return measured


def reply(messages: Messages) -> str:
    """Sentences of the passages shown, each without its last word, so that none is one of the quotes."""
    lines = []
    for key, text in _PASSAGE.findall(messages[-1]["content"])[:_LINES]:
        start, end = split_sentences(text, "en")[0]
        quote = text[start:end].replace('"', "'")
        lines.append(f'{quote.rsplit(" ", 1)[0]}. {{{key} "{quote}"}}')
    return "\n".join(lines)


def _ended(sent: Sequence[tuple[float, str]], sentence: str) -> float:
    """When the server sent the last token of the line with ``sentence``: the one that closes its evidence."""
    written = ""
    for moment, token in sent:
        written += token
        _, found, after = written.partition(sentence)
        if found and "}" in after:
            return moment
    raise LookupError(f"The server never sent {sentence!r}.")


if __name__ == "__main__":
    main()
