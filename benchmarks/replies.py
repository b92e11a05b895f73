"""``python -m benchmarks.replies [FOLDER]``: what becomes of replies as strong chat models write them.

The folder holds ``replies.jsonl`` (sentences with the ranges of their passages and quotes, and whether they are
true) and ``verdicts.jsonl``, given by somebody who saw neither truth nor rules, and who plays the judge; beside it
stand invented articles. Those of news sites are named by their ids only; ``--news`` says where their text is.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import time
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.answer.engines.engine import Claim, Draft, Tally
from bot.answer.evidence.checking import Checking
from bot.answer.evidence.citations import CitationBook
from bot.answer.evidence.judge import Case, Verdict
from index.article import ArticleRef, Passage
from index.search import Hit
from index.text.language import detect_language

NEWS = Path("../shared/eval/news/articles.jsonl")
OPEN = Path(__file__).parent / "sets/replies/open"
"""The half that the rules were chosen on; the other is beside it."""
SEEDS = 20
VERDICT_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as a model wrote it: its passages, its sentences with their quotes, and which are supported."""

    id: str
    hits: tuple[Hit, ...]
    drafts: tuple[Draft, ...]
    supported: tuple[bool, ...]


@dataclass
class Recorded:
    """A judge that says what was recorded, or the opposite where ``wrong`` says so of a sentence and a try."""

    verdicts: Mapping[str, bool | None]
    wrong: Callable[[Case], bool] = lambda _: False
    seconds: float = 0.0
    calls: int = 4
    asked: int = 0
    said: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.room = asyncio.Semaphore(self.calls)

    async def judge(self, cases: Sequence[Case], tally: Tally) -> list[Verdict | None]:
        """See ``Judge.judge``."""
        self.asked += 1
        tally.calls += 1
        await asyncio.sleep(self.seconds)
        self.said.update((case.sentence, time.perf_counter()) for case in cases)
        return [self._verdict(case) for case in cases]

    def _verdict(self, case: Case) -> Verdict | None:
        recorded = self.verdicts[case.sentence]
        return None if recorded is None else Verdict(recorded != self.wrong(case))


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of sentences and of answers, and how often the judge was asked for an answer."""

    kept: float
    caught: float
    whole: float
    headless: float
    calls: float

    def row(self, name: str) -> str:
        """A line of the table."""
        shares = (f"{one:.3f}" for one in (self.kept, self.caught, self.whole, self.headless))
        return f"| {name} | {' | '.join(shares)} | {self.calls:.1f} |"


def main(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)] = OPEN,
    news: Annotated[Path, typer.Option(exists=True)] = NEWS,
) -> None:
    """Print what is kept and caught with each kind of judge, in Markdown."""
    replies = read_replies(folder, news)
    verdicts = read_verdicts(folder)
    print("| judge | honest kept | unsupported caught | answers whole, in order | without their first | calls |")
    print("|---|---|---|---|---|---|")
    print(_score(replies, None).row("off"))
    print(_score(replies, Recorded(verdicts)).row("as recorded"))
    for share in (0.1, 0.25):
        for name, again in (("wrong on each try anew", True), ("wrong whenever asked", False)):
            scores = [_score(replies, Recorded(verdicts, _flips(share, seed, again))) for seed in range(SEEDS)]
            print(_mean(scores).row(f"{share:.0%} {name}"))
    for name, said in (("always yes", True), ("always no", False), ("says nothing", None)):
        print(_score(replies, Recorded(dict.fromkeys(verdicts, said))).row(name))
    late = asyncio.run(_lateness(replies, verdicts))
    share = statistics.quantiles(late, n=20)[-1] / VERDICT_SECONDS
    print(f"\nShown after its verdict, p95: {share:.3f} of the {VERDICT_SECONDS} s that it takes.")


def read_replies(folder: Path, news: Path) -> list[Reply]:
    """The replies of a folder."""
    articles = {one["id"]: one for path in (news, folder.parent / "articles.jsonl") for one in _read(path)}
    return [_reply(one, articles) for one in _read(folder / "replies.jsonl")]


def read_verdicts(folder: Path) -> dict[str, bool | None]:
    """What was recorded of each sentence, by its text."""
    recorded = {one["key"]: bool(one["supported"]) for one in _read(folder / "verdicts.jsonl")}
    return {
        sentence["text"]: recorded[f"{reply['id']}#{number}"]
        for reply in _read(folder / "replies.jsonl")
        for number, sentence in enumerate(reply["sentences"])
    }


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _reply(written: dict[str, Any], articles: Mapping[str, dict[str, Any]]) -> Reply:
    hits: dict[str, Hit] = {}
    drafts = []
    for sentence in written["sentences"]:
        article = articles[sentence["article_id"]]
        start, end = sentence["passage"]
        key = f"{article['id']}:{start}:{end}"
        published = datetime.fromisoformat(article["date"])
        language = detect_language(article["text"])
        ref = ArticleRef(article["id"], article["title"], None, article["source"], None, published, language)
        hits[key] = Hit(Passage(key, ref.id, article["text"][start:end], start, end), ref, 1.0, 1.0, 1.0)
        quote = article["text"][slice(*sentence["quote"])]
        drafts.append(Draft(sentence["text"], (Claim(key, quote),)))
    supported = tuple(sentence["supported"] for sentence in written["sentences"])
    return Reply(written["id"], tuple(hits.values()), tuple(drafts), supported)


def _flips(share: float, seed: int, again: bool) -> Callable[[Case], bool]:
    """Whether a verdict is wrong; ``again``: drawn anew when the sentence is put otherwise."""
    return lambda case: random.Random(f"{seed} {again and case.again} {case.sentence}").random() < share


def _score(replies: Sequence[Reply], judge: Recorded | None) -> Score:
    shown = asyncio.run(_replayed(replies, judge))
    pairs = [pair for reply, kept in shown for pair in zip(reply.supported, kept, strict=True)]
    honest = [[kept for true, kept in zip(reply.supported, some, strict=True) if true] for reply, some in shown]
    return Score(
        statistics.mean(kept for true, kept in pairs if true),
        statistics.mean(not kept for true, kept in pairs if not true),
        statistics.mean(map(all, honest)),
        statistics.mean(not some[0] for some in honest if some),
        judge.asked / len(replies) if judge else 0.0,
    )


async def _replayed(replies: Sequence[Reply], judge: Recorded | None) -> list[tuple[Reply, list[bool]]]:
    return await asyncio.gather(*(_shown(reply, judge) for reply in replies))


async def _shown(reply: Reply, judge: Recorded | None) -> tuple[Reply, list[bool]]:
    book = CitationBook(reply.hits)
    async for _ in Checking(book, judge, Tally()).check(_written(reply.drafts)):
        pass
    texts = [sentence.text for sentence in book.sentences]
    assert texts == [draft.text for draft in reply.drafts if draft.text in texts], "out of order"
    return reply, [draft.text in texts for draft in reply.drafts]


async def _written(drafts: Sequence[Draft], seconds: float = 0.0) -> AsyncGenerator[Draft, None]:
    for draft in drafts:
        await asyncio.sleep(seconds)
        yield draft


async def _lateness(replies: Sequence[Reply], verdicts: Mapping[str, bool | None]) -> list[float]:
    """For each sentence, the seconds between its verdict and its place in an answer that grows."""
    late = []
    for reply in replies:
        book, judge = CitationBook(reply.hits), Recorded(verdicts, seconds=VERDICT_SECONDS)
        async for draft in Checking(book, judge, Tally()).check(_written(reply.drafts, 0.1)):
            if any(sentence.text == draft.text for sentence in book.sentences):
                shown = time.perf_counter()
                late.append(shown - judge.said[draft.text])
    return late


def _mean(scores: Sequence[Score]) -> Score:
    return Score(*(statistics.mean(getattr(one, name) for one in scores) for name in Score.__slots__))


if __name__ == "__main__":
    typer.run(main)
