"""How summaries are measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.evaluation.report import bootstrap
from bot.evaluation.summaries import read_references, textrank
from index.errors import ConfigurationError
from tests.bot.conftest import ARTICLES, Newsdesk


def test_the_sentence_that_shares_most_is_most_central() -> None:
    sentences = [
        "Rain is expected.",
        "The harbour bridge of Orm was closed by the council.",
        "The council closed the bridge because of rust.",
        "The harbour of Orm has rust on every bridge that the council owns.",
    ]
    assert textrank(sentences)[0] in (1, 3)
    assert textrank(sentences)[-1] == 0


def test_an_interval_holds_the_mean_and_narrows_with_more() -> None:
    few, many = bootstrap([0.2, 0.4, 0.6]), bootstrap([0.2, 0.4, 0.6] * 50)
    assert few[0] <= 0.4 <= few[1]
    assert many[1] - many[0] < few[1] - few[0]


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[]",
        '{"summary": "a"}',
        '{"article_ids": [], "summary": "a"}',
        '{"article_ids": ["a"], "summary": ""}',
    ],
)
def test_a_line_that_is_no_summary_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "summaries.jsonl"
    path.write_text('{"article_ids": ["a"], "summary": "b"}\n' + line, encoding="utf-8")
    with pytest.raises(ConfigurationError, match="Line 2"):
        read_references(path)


def test_a_file_that_is_missing_or_empty_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_references(tmp_path / "none.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(ConfigurationError, match="There are no summaries"):
        read_references(tmp_path / "empty.jsonl")


@pytest.mark.slow
def test_the_command_measures_against_both_baselines(newsdesk: Newsdesk, tmp_path: Path) -> None:
    newsdesk("index", ARTICLES)
    article = newsdesk("articles", "--json").json["articles"][0]
    points = newsdesk("summary", article["id"], "--json").json["points"]
    path = tmp_path / "summaries.jsonl"
    path.write_text(
        json.dumps({"article_ids": [article["id"]], "summary": " ".join(point["text"] for point in points)}),
        encoding="utf-8",
    )
    run = newsdesk("eval", "--summaries", path, "--json")
    assert run.status == 0
    metrics = run.json["metrics"]
    systems = ("", "lead3_", "textrank_")
    assert {f"{system}{rouge}" for system in systems for rouge in ("rouge1", "rouge2", "rougeL")} <= set(metrics)
    assert metrics["points_supported"] == 1.0
    assert all(0 < metrics[f"{system}rouge1"] <= 1 for system in systems)


@pytest.mark.parametrize("arguments", [(), ("a.jsonl", "--summaries", "b.jsonl")])
def test_either_questions_or_summaries(newsdesk: Newsdesk, arguments: tuple[str, ...]) -> None:
    run = newsdesk("eval", *arguments)
    assert run.status == 2
    assert "Name a file" in run.err
