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
import tempfile
import time
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.answer.engines.engine import Claim, Draft
from bot.answer.evidence.checking import Checking
from bot.answer.evidence.citations import CitationBook
from bot.answer.evidence.judging.judge import Case, Verdict
from bot.answer.evidence.locating import Found
from bot.answer.similarity import Likeness
from bot.chat.usage import Tally
from index.article import ArticleRef, Passage
from index.embedding.calibration import Calibration, taken_in
from index.embedding.e5 import E5Embeddings
from index.embedding.general import GENERAL
from index.embedding.similarity import Similarity
from index.search import Hit
from index.text.language import detect_language

NEWS = Path("../shared/eval/news/articles.jsonl")
OPEN = Path(__file__).parent / "sets/replies/open"
"""The half that the rules were chosen on; the other is beside it."""
MODELS = Path(tempfile.gettempdir()) / "newsdesk-models"
SEEDS = 20
VERDICT_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as a model wrote it: its passages, its sentences with their quotes, and which are supported."""

    id: str
    hits: tuple[Hit, ...]
    drafts: tuple[Draft, ...]
    supported: tuple[bool, ...]
    known: dict[str, Found | None] = field(default_factory=dict, hash=False, compare=False)
    like: Likeness | None = None


class _Book(CitationBook):
    """The book of a reply that is checked with many judges: what was found once is ``known``."""

    def __init__(self, hits: Sequence[Hit], known: dict[str, Found | None]) -> None:
        super().__init__(hits)
        self._known = known

    def find(self, draft: Draft) -> Found | None:
        """See ``CitationBook.find``."""
        if draft.text not in self._known:
            self._known[draft.text] = super().find(draft)
        return self._known[draft.text]


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
    """Shares of sentences and of answers, and how often the judge was asked for an answer.

    ``kept`` are honest sentences as they were written, ``told`` these and those in whose place their quote stands.
    """

    kept: float
    told: float
    caught: float
    whole: float
    headless: float
    calls: float

    def row(self, name: str) -> str:
        """A line of the table."""
        shares = (f"{one:.3f}" for one in (self.kept, self.told, self.caught, self.whole, self.headless))
        return f"| {name} | {' | '.join(shares)} | {self.calls:.1f} |"


def main(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)] = OPEN,
    news: Annotated[Path, typer.Option(exists=True)] = NEWS,
    models: Annotated[Path, typer.Option(help="Where the embedding model is kept.")] = MODELS,
) -> None:
    """Print what is kept and caught with each kind of judge, in Markdown."""
    replies = read_replies(folder, news)
    like = Likeness(_Library(replies, E5Embeddings(models)))
    replies = [replace(reply, like=like) for reply in replies]
    verdicts = read_verdicts(folder)
    print("| judge | honest kept | or quoted | unsupported caught | answers whole | without the first | calls |")
    print("|---|---|---|---|---|---|---|")
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


class _Library:
    """What it takes of a library of the replies' articles: on the scale of their first passages."""

    def __init__(self, replies: Sequence[Reply], model: E5Embeddings) -> None:
        self._similarity = Similarity(model)
        self.vectors = self._similarity.vectors
        own = list({reply.hits[0].article.id: reply.hits[0].passage.text for reply in replies}.values())
        own = random.Random(0).sample(own, taken_in(len(own)))
        self._calibration = Calibration.learn(self.vectors(own), self.vectors(GENERAL))

    def calibration(self) -> Calibration:
        """See ``Library.calibration``."""
        return self._calibration


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
    return lambda case: random.Random(f"{seed} {case.asked if again else 0} {case.sentence}").random() < share


def _score(replies: Sequence[Reply], judge: Recorded | None) -> Score:
    shown = asyncio.run(_replayed(replies, judge))
    pairs = [pair for reply, kept in shown for pair in zip(reply.supported, kept, strict=True)]
    honest = [
        [one is not None for true, one in zip(reply.supported, some, strict=True) if true] for reply, some in shown
    ]
    return Score(
        statistics.mean(kept is True for true, kept in pairs if true),
        statistics.mean(kept is not None for true, kept in pairs if true),
        statistics.mean(kept is not True for true, kept in pairs if not true),
        statistics.mean(map(all, honest)),
        statistics.mean(not some[0] for some in honest if some),
        judge.asked / len(replies) if judge else 0.0,
    )


async def _replayed(replies: Sequence[Reply], judge: Recorded | None) -> list[tuple[Reply, list[bool | None]]]:
    return await asyncio.gather(*(_shown(reply, judge) for reply in replies))


async def _shown(reply: Reply, judge: Recorded | None) -> tuple[Reply, list[bool | None]]:
    """For each sentence whether it is shown as it was written; False: its quote stands in its place."""
    book = _Book(reply.hits, reply.known)
    async for _ in Checking(book, judge, Tally(), reply.like).check(_written(reply.drafts)):
        pass
    texts = [sentence.text for sentence in book.sentences]
    written = [draft.text for draft in reply.drafts]
    assert [one for one in texts if one in written] == [one for one in written if one in texts], "out of order"
    quoted = [text for text in texts if text not in written]
    return reply, [True if draft.text in texts else _stands_for(draft, quoted) for draft in reply.drafts]


def _stands_for(draft: Draft, quoted: Sequence[str]) -> bool | None:
    quotes = [claim.quote for claim in draft.claims if claim.quote]
    return False if any(one in text or text in one for one in quotes for text in quoted) else None


async def _written(drafts: Sequence[Draft], seconds: float = 0.0) -> AsyncGenerator[Draft, None]:
    for draft in drafts:
        await asyncio.sleep(seconds)
        yield draft


async def _lateness(replies: Sequence[Reply], verdicts: Mapping[str, bool | None]) -> list[float]:
    """For each sentence, the seconds between its verdict and its place in an answer that grows."""
    late = []
    for reply in replies:
        book, judge = _Book(reply.hits, reply.known), Recorded(verdicts, seconds=VERDICT_SECONDS)
        async for draft in Checking(book, judge, Tally(), reply.like).check(_written(reply.drafts, 0.1)):
            if any(sentence.text == draft.text for sentence in book.sentences):
                shown = time.perf_counter()
                late.append(shown - judge.said[draft.text])
    return late


def _mean(scores: Sequence[Score]) -> Score:
    return Score(*(statistics.mean(getattr(one, name) for one in scores) for name in Score.__slots__))


if __name__ == "__main__":
    typer.run(main)
