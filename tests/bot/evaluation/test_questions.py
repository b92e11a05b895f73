import json
from pathlib import Path

import pytest

from bot.app import App
from bot.evaluation.questions import Query, evaluate, read_queries
from index.article import SHARED
from index.errors import ConfigurationError


def write(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


def test_reading_questions(tmp_path: Path) -> None:
    path = write(
        tmp_path / "queries.jsonl",
        {"id": 7, "question": "Who?", "answers": ["Hask", 340], "relevant_article_ids": ["a", "b"], "lang": "en"},
        "",
        {"question": "Where?", "relevant_article_ids": []},
    )
    assert read_queries(path) == [
        Query("7", "Who?", ("Hask", "340"), frozenset({"a", "b"})),
        Query("3", "Where?", (), frozenset()),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "{broken",
        "[]",
        "7",
        {"question": "Who?"},
        {"relevant_article_ids": []},
        {"question": "Who?", "relevant_article_ids": "abc"},
        {"question": "Who?", "relevant_article_ids": None},
        {"question": "Who?", "relevant_article_ids": [], "answers": "Hask"},
    ],
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: object) -> None:
    path = write(tmp_path / "queries.jsonl", {"question": "Who?", "relevant_article_ids": []}, line)
    with pytest.raises(ConfigurationError, match=r"Line 2 of .* is no question"):
        read_queries(path)


@pytest.mark.parametrize(
    ("name", "data"), [("empty", b"\n\n"), ("binary", b"\xff\xfe\x00\x9f"), ("missing", None)]
)
def test_a_file_without_questions_is_refused(tmp_path: Path, name: str, data: bytes | None) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(ConfigurationError, match=name):
        read_queries(tmp_path / name)


ARTICLES = [
    {
        "id": "dam",
        "title": "The dam",
        "text": "Engineer Tobin Hask opened four gates of the Seldrin dam by night.",
    },
    {"id": "port", "title": "The port", "text": "Nine ships are waiting outside the port of Varnogorsk."},
    {"id": "tram", "title": "The tram", "text": "The ticket app Tramkey sent a position every ninety seconds."},
]
QUERIES = [
    Query("1", "Who opened four gates of the Seldrin dam?", ("tobin  hask",), frozenset({"dam"})),
    Query("2", "How many ships are waiting outside the port of Varnogorsk?", ("Twelve",), frozenset({"port"})),
    Query("3", "How often did the app Tramkey send a position?", (), frozenset({"elsewhere", "tram"})),
    Query("4", "Which ship sank in the harbour of Lisbon?", ("none",), frozenset({"gone"})),
    Query("5", "What is the capital of Peru?", (), frozenset()),
]


@pytest.mark.slow
async def test_measuring(app: App, tmp_path: Path) -> None:
    assert app.library.sync([str(write(tmp_path / "articles.jsonl", *ARTICLES))], SHARED).added == 3
    steps: list[int] = []
    report = await evaluate(app, QUERIES, answers=True, progress=lambda state: steps.append(state.done))
    assert steps == [1, 2, 3, 4, 5]
    assert report.queries == 5
    assert report.missed == ["Which ship sank in the harbour of Lisbon?"]
    metrics = dict(report.metrics)
    for name in ("answer_seconds", "first_sentence_seconds"):
        assert 0 < metrics.pop(f"{name}_p50") <= metrics.pop(f"{name}_p95")
    assert metrics.pop("prompt_tokens") == metrics.pop("completion_tokens") == 0
    assert metrics.pop("sentences_shown") >= 1
    assert 0 < metrics.pop("sentences_hold_answer") <= 0.5
    assert metrics == {
        "recall@1": 0.75,
        "recall@5": 0.75,
        "recall@10": 0.75,
        "mrr@10": 0.75,
        "coverage": 0.75,
        "quotes_verbatim": 1.0,
        "sentences_supported": 1.0,
        "citation_recall": 1.0,
        "citation_precision": 1.0,
        "answer_contains": 0.5,
        "cites_relevant": 1.0,
        "false_answers": 0.0,
    }
    assert set(report.intervals) == {*metrics, "sentences_shown", "sentences_hold_answer"}
    assert (report.measured["2"]["recall@1"], report.measured["2"]["answer_contains"]) == (1.0, 0.0)
    for name, (low, high) in report.intervals.items():
        if name in metrics:
            assert 0 <= low <= metrics[name] <= high <= 1


@pytest.mark.slow
async def test_without_its_articles_a_question_is_looked_for_in_the_others(app: App, tmp_path: Path) -> None:
    app.library.sync([str(write(tmp_path / "articles.jsonl", *ARTICLES))], SHARED)
    whole = await evaluate(app, QUERIES[:3], answers=True)
    report = await evaluate(app, QUERIES[:3], answers=True, without_relevant=True)
    assert whole.metrics["coverage"] == 1.0
    assert report.metrics["false_answers"] == 0.0
    assert "coverage" not in report.metrics
    assert app.library.count([SHARED]) == 3


@pytest.mark.slow
async def test_follow_ups_and_contradictions_are_measured(app: App, tmp_path: Path) -> None:
    ships = {
        "a": "Nine ships wait outside the port of Varn, the harbour office said on Thursday.",
        "b": "23 ships wait outside the port of Varn, according to the dockers' union.",
    }
    lines = [{"id": id_, "title": "Port of Varn", "text": text} for id_, text in ships.items()]
    app.library.sync([str(write(tmp_path / "articles.jsonl", *lines))], SHARED)
    question = "How many ships wait outside the port of Varn?"
    relevant = frozenset(ships)
    queries = [
        Query("1", question, (), relevant, sides=(("a", "Nine ships"), ("b", "23 ships"))),
        Query("2", question, (), relevant, sides=(("a", "Nine ships"), ("b", "24 ships"))),
        Query("3", "And what does the union say?", (), relevant, (question,), "What does the union say of ships?"),
    ]
    report = await evaluate(app, queries, answers=True)
    assert report.metrics["contradictions_shown"] == 0.5
    assert report.metrics["mrr_standalone"] == 1.0
    assert report.prompts["answer"].isdigit()


@pytest.mark.slow
async def test_retrieval_alone_asks_no_engine(app: App, tmp_path: Path) -> None:
    app.library.sync([str(write(tmp_path / "articles.jsonl", *ARTICLES))], SHARED)
    report = await evaluate(app, QUERIES, answers=False)
    assert set(report.metrics) == {"recall@1", "recall@5", "recall@10", "mrr@10"}
