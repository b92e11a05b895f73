"""Killed at random moments of indexing, the next run ends in the same store as an undisturbed one.

A few kills here; ``python -m benchmarks.kills`` does a hundred.
"""

from __future__ import annotations

import pytest

from benchmarks.kills import main

pytestmark = pytest.mark.slow


@pytest.mark.long
def test_killed_at_random_moments(capsys: pytest.CaptureFixture[str]) -> None:
    main(times=4, articles=60, seed=7)
    said = capsys.readouterr().out
    assert "the stores are the same" in said
    assert not said.startswith("killed 0")
