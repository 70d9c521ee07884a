"""The rules of judging: a case table, and the laws that hold for every claim."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.factory import CATALOGUE, claim, on, verdict, world
from hypothesis import given
from hypothesis import strategies as st

from verifier.judge import judge
from verifier.model import Reason, Verdict

CASES = tomllib.loads((Path(__file__).parent / "cases" / "judge.toml").read_text(encoding="utf-8"))["case"]
AS_OF = on("2021-02-01")


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{n}: {case['claim']}") for n, case in enumerate(CASES, start=1)]
)
def test_each_rule(case: dict[str, Any]) -> None:
    """What is stated decides the claim as the table of cases says, for that reason and in those words."""
    part = verdict(
        case["claim"],
        case.get("rows", ()),
        as_of=case.get("as_of", "2021-02-01"),
        things=case.get("things", ()),
        complete=case.get("complete", ()),
        closed=case.get("closed", False),
    )
    assert f"{part.verdict} {part.reason}" == case["is"], part.explanation
    assert [words for words in case.get("says", ()) if words not in part.explanation] == [], part.explanation
    assert part.repair == case["repair"] if "repair" in case else True
    assert list(part.missing) == case["missing"] if "missing" in case else True
    assert (part.confidence is None) is (part.verdict is Verdict.UNKNOWN)
    assert (
        part.explanation.endswith((".", ".)", "”")) and part.explanation[:1] == part.explanation[:1].upper()
    )
