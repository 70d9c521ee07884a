"""What a change says, and whether it is a correction."""

from __future__ import annotations

import pytest

from verifier.night import ChangeKind, RowChange
from verifier.refresh.changes import row_change
from verifier.refresh.stage import Pair

ROW = {
    "subject": "Kosovo",
    "subject_id": "Q1246",
    "predicate": "embassy",
    "object": "Jerusalem",
    "object_id": "Q1218",
    "start": "2021-03",
    "end": "",
    "source_url": "https://a.org",
    "P17": "Israel",
    "polarity": "",
    "rank": "",
}


def change(new: dict[str, str], old: dict[str, str] | None = None) -> RowChange:
    """A row that was `old` beside ROW, and is `new` beside it."""
    before = {**ROW, **(old or {}), "seen_first": "2021-01-01", "seen_last": ""}
    return row_change("missions", ChangeKind.CHANGED, Pair("missions:1", "embassy", before, {**ROW, **new}))


@pytest.mark.parametrize(
    ("old", "new", "correction"),
    [
        ({"start": "2021-03"}, {"start": "2021-04"}, True),
        ({"start": "2021-03"}, {"start": "2021-03-14"}, False),
        ({"start": "2021-03-14"}, {"start": "2021"}, True),
        ({"start": "2021-03"}, {"start": ""}, False),
        ({"end": ""}, {"end": "2022"}, False),
        ({"end": "2022"}, {"end": "2023"}, True),
        ({"object": "Jerusalem"}, {"object": "West Jerusalem"}, False),
        ({"object_id": "Q1218"}, {"object_id": "Q33935"}, True),
        ({"object_id": ""}, {"object_id": "Q1218"}, False),
        ({"P17": "Israel"}, {"P17": "Palestine"}, True),
        ({"polarity": ""}, {"polarity": "negative"}, True),
        ({"rank": "preferred"}, {"rank": "deprecated"}, False),
        ({"source_url": "https://a.org"}, {"source_url": "https://b.org"}, False),
    ],
)
def test_corrections(old: dict[str, str], new: dict[str, str], correction: bool) -> None:
    """Stated otherwise; not added, left out, more exact, spelt otherwise, or from elsewhere."""
    found = change(new, old)
    assert (dict(found.old), dict(found.new), found.correction) == (old, new, correction)


def test_a_population_that_grew() -> None:
    """A figure in place of another is a correction."""
    assert change({"object": "1800000", "object_id": ""}, {"object": "1700000", "object_id": ""}).correction


def test_an_id_that_was_filled_in_is_no_change() -> None:
    """The source does not give it, so it cannot have taken it back."""
    found = change({"object_id": "", "end": "2022"}, {"object_id": "Q1218"})
    assert (dict(found.old), dict(found.new)) == ({"end": ""}, {"end": "2022"})
