"""What an evaluation found: measures with their intervals, question by question, and beside an earlier one."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, quantiles

import numpy as np

from index.errors import ConfigurationError

_Z95 = 1.96
_RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure now less what it was, over the ``queries`` measured both times, with its 95% interval."""

    queries: int
    mean: float
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """``metrics`` are means, mostly shares (0..1), seconds or tokens; ``intervals`` are 95% confidence intervals.

    ``prompts``: the versions of the prompts in use, by name. ``measured``: each measure of each question, by the
    question's id; ``differences``: those from an earlier evaluation, by measure.
    """

    queries: int
    metrics: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]
    missed: Sequence[str]
    prompts: Mapping[str, str] = field(default_factory=dict)
    measured: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    differences: Mapping[str, Difference] = field(default_factory=dict)


class Samples:
    """Measures as they come in, question by question."""

    def __init__(self) -> None:
        self._by_question: dict[str, dict[str, list[float]]] = {}

    def question(self, key: str) -> dict[str, list[float]]:
        """Where the measures of one more question go; ``key`` is its id, and numbered if that was there before."""
        known = len(self._by_question)
        return self._by_question.setdefault(key if key not in self._by_question else f"{key} ({known})", {})

    def report(self, missed: Sequence[str], prompts: Mapping[str, str] | None = None) -> Evaluation:
        """All of it, summed up."""
        listed: dict[str, list[float]] = {}
        for measures in self._by_question.values():
            for name, values in measures.items():
                listed.setdefault(name, []).extend(values)
        metrics: dict[str, float] = {}
        intervals: dict[str, tuple[float, float]] = {}
        for name, values in listed.items():
            if name.endswith("_seconds"):
                cuts = quantiles(values, n=20, method="inclusive") if len(values) > 1 else [values[0]] * 19
                metrics[f"{name}_p50"], metrics[f"{name}_p95"] = cuts[9], cuts[18]
            elif name.endswith("_tokens"):
                metrics[name] = sum(values)
            else:
                metrics[name] = fmean(values)
                told = set(values) <= {0.0, 1.0}
                intervals[name] = wilson(metrics[name], len(values)) if told else bootstrap(values)
        measured = {
            key: {name: round(fmean(values), 4) for name, values in measures.items()}
            for key, measures in self._by_question.items()
        }
        return Evaluation(len(self._by_question), metrics, intervals, missed, prompts or {}, measured)


def read_measured(path: Path) -> dict[str, dict[str, float]]:
    """What an earlier ``newsdesk eval --json`` measured of each question. Raises ``ConfigurationError``."""
    try:
        measured = json.loads(path.read_text("utf-8"))["measured"]
        found = {
            str(key): {str(name): float(value) for name, value in one.items()} for key, one in measured.items()
        }
    except OSError as error:
        raise ConfigurationError(f"The evaluation in {path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(
            f"{path} is no evaluation to compare with: {error!r}. Write one with: newsdesk eval FILE --json > OLD"
        ) from error
    return found


def differences(
    now: Mapping[str, Mapping[str, float]], before: Mapping[str, Mapping[str, float]]
) -> dict[str, Difference]:
    """Each measure now less what it was ``before``, question by question: the same questions are compared.

    A question counts for a measure if it has it both times: what an answer holds is compared where both answered.
    """
    pairs: dict[str, list[float]] = {}
    for key, measures in now.items():
        for name, value in measures.items():
            if name in before.get(key, {}):
                pairs.setdefault(name, []).append(value - before[key][name])
    return {name: Difference(len(values), fmean(values), bootstrap(values)) for name, values in pairs.items()}


def bootstrap(values: Sequence[float]) -> tuple[float, float]:
    """The 95% percentile interval of the mean (Efron 1979), by 1,000 samples drawn alike each time."""
    array = np.asarray(values)
    drawn = np.random.default_rng(0).integers(0, len(array), (_RESAMPLES, len(array)))
    low, high = np.percentile(array[drawn].mean(axis=1), (2.5, 97.5))
    return float(low), float(high)


def wilson(share: float, count: int) -> tuple[float, float]:
    """The 95% score interval of a share (Wilson 1927)."""
    square = _Z95**2
    centre = (share + square / (2 * count)) / (1 + square / count)
    spread = _Z95 * math.sqrt(share * (1 - share) / count + square / (4 * count**2)) / (1 + square / count)
    return max(0.0, centre - spread), min(1.0, centre + spread)
