"""How many examples a property is tried with: a share of them, or all with ``--hypothesis-profile full``."""

from __future__ import annotations

from hypothesis import settings

_FULL = "full"
_SHARE = 4

settings.register_profile(_FULL, deadline=None)


def examples(full: int) -> int:
    """``full`` examples where all are asked for, else a fourth; each run draws others."""
    return full if settings.get_current_profile_name() == _FULL else full // _SHARE
