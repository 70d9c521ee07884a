"""Claims are read by the kinds of things that a table has at each end of a relation: closed world."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from tests.text.test_closed_world import verdicts

_FILE = tomllib.loads(
    (Path(__file__).parent.parent / "cases" / "closed_kinds.toml").read_text(encoding="utf-8")
)
CASES = _FILE["case"]
ROWS = _FILE["table"].strip().splitlines()


def _verdicts(rows: list[str]) -> dict[str, str]:
    """The verdict and reason of every case against a table of these rows."""
    texts = [case["text"] for case in CASES]
    return dict(zip(texts, verdicts(rows, *texts), strict=True))


@cache
def decided() -> dict[str, str]:
    """What becomes of every claim of the case table."""
    return _verdicts(ROWS)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_claim_is_decided_by_the_kinds_of_its_things(case: dict[str, str]) -> None:
    """Each mechanism, both ways."""
    assert decided()[case["text"]].startswith(case["is"])


def test_the_order_of_rows_decides_nothing() -> None:
    """The same rows from the last to the first give the same verdicts."""
    assert _verdicts([ROWS[0], *reversed(ROWS[1:])]) == decided()
