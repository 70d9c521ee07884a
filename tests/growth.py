"""Whether work grows with the size of what is given, and no faster: a ratio, whatever the machine."""

from __future__ import annotations

import time
from collections.abc import Callable

__all__ = ["assert_linear"]

_TIMES = 4
_MOST = 10.0
"""Quadratic work takes 16 times as long for four times as much."""
_NOISE = 0.5
"""Seconds of processor time below which nothing is measured."""


def assert_linear(run: Callable[[int], object], size: int) -> None:
    """Fail if `run(size)` takes more than in proportion longer than a quarter of it does."""

    def seconds(of: int) -> float:
        begun = time.process_time()
        run(of)
        return time.process_time() - begun

    seconds(size // _TIMES)  # what is laid out at first use is no growth
    for _ in range(3):
        large = seconds(size)
        if large < _NOISE or large < _MOST * seconds(size // _TIMES):
            return
    raise AssertionError(f"{large:.2f} s for {size}: that grows faster than the size")
