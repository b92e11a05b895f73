"""A measured figure, and the Markdown table of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured. ``target`` is in the same ``unit``, and an upper bound unless ``at_least``."""

    name: str
    measured: float
    unit: str = ""
    target: float | None = None
    at_least: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None if there is none."""
        if self.target is None:
            return None
        return self.measured >= self.target if self.at_least else self.measured < self.target


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table, one a line."""
    lines = ["| figure | target | measured | |", "|---|---|---|---|"]
    for figure in figures:
        sign = "≥" if figure.at_least else "<"
        target = f"{sign} {_number(figure.target)} {figure.unit}".strip() if figure.target is not None else ""
        met = {True: "met", False: "missed", None: ""}[figure.met]
        lines.append(
            f"| {figure.name} | {target} | {_number(figure.measured)} {figure.unit}".rstrip() + f" | {met} |"
        )
    return "\n".join(lines)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
