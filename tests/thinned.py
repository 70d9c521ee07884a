"""A few cases of a long table at once, and all of them in `make slow`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

__all__ = ["thinned"]


def thinned(cases: Iterable[Any], *, every: int, name: Callable[[int, Any], str]) -> list[Any]:
    """Each case as a parameter with its name, counted from 1; all but every so many-th are `slow`."""
    return [
        pytest.param(case, id=name(number, case), marks=[] if number % every == 0 else [pytest.mark.slow])
        for number, case in enumerate(cases, 1)
    ]
