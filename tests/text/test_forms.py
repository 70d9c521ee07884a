"""Each form of a claim is decided as the case table says; what a better reader would say stands beside it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from tests.text.test_closed_world import verdicts

_FILE = tomllib.loads((Path(__file__).parent.parent / "cases" / "forms.toml").read_text(encoding="utf-8"))
CASES = _FILE["case"]
_DATED = {"dates", "tenures"}


@cache
def decided() -> dict[str, str]:
    """The verdict of every case, against the table of its form."""
    found: dict[str, str] = {}
    for table, dated in (("table", False), ("dated", True)):
        texts = [case["text"] for case in CASES if (case["form"] in _DATED) is dated]
        rows = _FILE[table].strip().splitlines()
        found |= dict(zip(texts, (v.split()[0] for v in verdicts(rows, *texts)), strict=True))
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_form_is_decided_as_the_case_table_says(case: dict[str, str]) -> None:
    """A verdict that changes for the better is a `want` come true: then `is` takes its place."""
    assert decided()[case["text"]] == case["is"]


def test_every_form_has_a_dozen_cases() -> None:
    """Both what is so and near misses."""
    forms = [case["form"] for case in CASES]
    assert min(forms.count(form) for form in set(forms)) >= 12


def test_the_order_of_rows_and_claims_changes_nothing() -> None:
    """The same rows and claims from last to first are decided the same."""
    head, *rows = _FILE["table"].strip().splitlines()
    texts = [case["text"] for case in CASES if case["form"] not in _DATED][::-1]
    found = [v.split()[0] for v in verdicts([head, *reversed(rows)], *texts)]
    assert found == [decided()[text] for text in texts]
