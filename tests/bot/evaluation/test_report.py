import json
import math
from pathlib import Path

import pytest

from bot.evaluation.report import Samples, differences, read_measured, wilson
from index.errors import ConfigurationError


def test_wilson_interval_as_in_brown_cai_and_dasgupta_2001() -> None:
    low, high = wilson(0.5, 10)
    assert (round(low, 4), round(high, 4)) == (0.2366, 0.7634)
    assert wilson(0.0, 20)[0] == 0.0
    assert math.isclose(wilson(1.0, 20)[1], 1.0)


def samples(values: dict[str, dict[str, list[float]]]) -> Samples:
    told = Samples()
    for key, measures in values.items():
        told.question(key).update(measures)
    return told


def test_the_slowest_answer_is_the_slowest_that_was_measured() -> None:
    metrics = samples({"1": {"answer_seconds": [1.0]}, "2": {"answer_seconds": [2.0]}}).report([]).metrics
    assert metrics["answer_seconds_p50"] == 1.5
    assert metrics["answer_seconds_p95"] <= 2.0
    assert samples({"1": {"answer_seconds": [3.0]}}).report([]).metrics["answer_seconds_p95"] == 3.0


def test_what_is_measured_several_times_in_a_question_counts_each_time_but_is_told_as_its_mean() -> None:
    report = samples({"a": {"verbatim": [1, 1, 0]}, "b": {"verbatim": [1]}}).report([])
    assert report.metrics["verbatim"] == 0.75
    assert report.measured == {"a": {"verbatim": 0.6667}, "b": {"verbatim": 1.0}}


def test_questions_of_one_id_are_told_apart() -> None:
    told = Samples()
    told.question("a")["x"] = [1]
    told.question("a")["x"] = [0]
    assert told.report([]).measured == {"a": {"x": 1.0}, "a (1)": {"x": 0.0}}


def test_evaluations_are_compared_question_by_question() -> None:
    before = {str(n): {"coverage": float(n % 2), "held": 1.0} for n in range(100)} | {"gone": {"coverage": 0.0}}
    now = {str(n): {"coverage": 1.0} | ({"held": 0.0} if n < 10 else {}) for n in range(100)} | {
        "new": {"held": 1.0}
    }
    told = differences(now, before)
    assert (told["coverage"].queries, told["coverage"].mean) == (100, 0.5)
    low, high = told["coverage"].interval
    assert 0.35 < low < 0.5 < high < 0.65
    assert (told["held"].queries, told["held"].mean, told["held"].interval) == (10, -1.0, (-1.0, -1.0))


def test_an_evaluation_is_read_as_it_was_printed(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text(json.dumps({"queries": 1, "measured": {"7": {"coverage": 1}}}), "utf-8")
    assert read_measured(path) == {"7": {"coverage": 1.0}}


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"measured": 3}', '{"measured": {"7": {"coverage": "much"}}}', None]
)
def test_what_is_no_evaluation_is_refused(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "old.json"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(ConfigurationError, match=r"old\.json"):
        read_measured(path)
