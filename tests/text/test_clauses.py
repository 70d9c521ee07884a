"""A sentence of a draft that makes several statements is read as all of them, each with its own dates."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.world import read_document

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "clauses.toml").read_text(encoding="utf-8"))[
    "case"
]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_sentence_says_all_that_the_case_table_says(case: dict[str, object]) -> None:
    """Each statement is read once, in the order in which the sentence makes them."""
    assert [said for _, said in read_document(str(case["text"]))] == case["says"]
