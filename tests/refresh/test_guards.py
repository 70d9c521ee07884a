"""What of a night stops a source."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from verifier.night import Bounds
from verifier.refresh.guards import Night, broken_rails

BOUNDS = Bounds(
    least=50, most=200, gone=0.1, changed=0.2, added=1.0, doubled=0.01, refused=0.05, unsourced=0.1
)
NIGHT = Night(before=100, rows=100, ids=100)


@pytest.mark.parametrize(
    ("night", "rails"),
    [
        ({}, ()),
        ({"rows": 50}, ()),
        ({"rows": 49}, ("49 rows, expected are 50 or more",)),
        ({"rows": 1}, ("1 row, expected are 50 or more",)),
        ({"rows": 0}, ("no row at all",)),
        ({"rows": 200}, ()),
        ({"rows": 1201}, ("1,201 rows, expected are 200 or fewer",)),
        ({"gone": 10}, ()),
        ({"gone": 11}, ("11 of 100 rows before are gone, at most 10 % are expected",)),
        ({"changed": 20}, ()),
        ({"changed": 21}, ("21 of 100 rows before are changed, at most 20 % are expected",)),
        ({"added": 100}, ()),
        ({"added": 101}, ("101 rows are added to 100, at most 100 % are expected",)),
        ({"unsourced": 10}, ()),
        (
            {"unsourced": 11},
            ("11 of 100 rows before lost the address of their source, at most 10 % are expected",),
        ),
        ({"doubled": 1}, ()),
        ({"doubled": 2}, ("2 of 100 ids are doubled, at most 1 % are expected",)),
        ({"refused": 5}, ()),
        ({"refused": 6}, ("6 of 106 rows are refused, at most 5 % are expected",)),
        ({"first": True, "before": 0, "added": 100}, ()),
        (
            {"first": True, "before": 0, "refused": 6},
            ("6 of 106 rows are refused, at most 5 % are expected",),
        ),
        ({"before": 0, "added": 100}, ()),
        ({"missing": ("a",), "rows": 0, "gone": 100}, ("there is no column 'a'",)),
        ({"missing": ("a", "b")}, ("there are no columns 'a', 'b'",)),
        (
            {"rows": 40, "gone": 60},
            ("40 rows, expected are 50 or more", "60 of 100 rows before are gone, at most 10 % are expected"),
        ),
    ],
)
def test_rails(night: dict[str, Any], rails: tuple[str, ...]) -> None:
    """Each on its bound and one beyond it."""
    assert broken_rails(replace(NIGHT, **night), BOUNDS) == rails


def test_an_empty_result_stops_by_default() -> None:
    """Only a source that may be empty says so, by `least = 0`."""
    assert broken_rails(Night(before=0, rows=0, first=True), Bounds()) == ("no row at all",)
    assert broken_rails(Night(before=0, rows=0, first=True), Bounds(least=0)) == ()
