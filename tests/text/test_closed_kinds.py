"""Claims are read by the kinds of things that a table has at each end of a relation: closed world."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from verifier import Checker, Settings

_FILE = tomllib.loads(
    (Path(__file__).parent.parent / "cases" / "closed_kinds.toml").read_text(encoding="utf-8")
)
CASES = _FILE["case"]
ROWS = _FILE["table"].strip().splitlines()


def verdicts(rows: list[str]) -> dict[str, str]:
    """The verdict and reason of every case against a table of these rows."""
    with TemporaryDirectory() as folder:
        table = Path(folder) / "streets.csv"
        table.write_text("\n".join(rows) + "\n", encoding="utf-8")
        checker = Checker(
            table,
            bundled=False,
            closed_world=True,
            as_of="2021-02-01",
            settings=Settings(cache_dir=Path(folder) / "cache"),
        )
        found = {case["text"]: checker.check(case["text"]).results[0] for case in CASES}
    return {text: f"{result.verdict} {result.reason}" for text, result in found.items()}


@cache
def decided() -> dict[str, str]:
    """What becomes of every claim of the case table."""
    return verdicts(ROWS)


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_claim_is_decided_by_the_kinds_of_its_things(case: dict[str, str]) -> None:
    """Each mechanism, both ways."""
    assert decided()[case["text"]].startswith(case["is"])


def test_the_order_of_rows_decides_nothing() -> None:
    """The same rows from the last to the first give the same verdicts."""
    assert verdicts([ROWS[0], *reversed(ROWS[1:])]) == decided()
