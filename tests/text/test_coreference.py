"""What a document takes up again is what it named before, or nothing."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.world import read_document

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases" / "coreference.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_document_says_what_the_case_table_says(case: dict[str, object]) -> None:
    """What stands for something is read as it if that is certain, and as nothing if it is not."""
    assert [said for _, said in read_document(str(case["text"]))] == case["says"]


def test_a_third_of_the_cases_must_stay_unresolved() -> None:
    """The table holds as many traps as it should: a wrong antecedent is worse than none."""
    unsure = [case for case in CASES if case.get("unsure")]
    assert 3 * len(unsure) >= len(CASES)
