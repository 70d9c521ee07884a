"""Claims are read against tables that are all there is to know, in relations that nobody listed."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verifier import Checker
from verifier.model import Verdict

_FILE = tomllib.loads(
    (Path(__file__).parent.parent / "cases" / "closed_world.toml").read_text(encoding="utf-8")
)
CASES = _FILE["case"]
ROWS = _FILE["table"].strip().splitlines()
DENIED = [
    (case["text"], case["text"].replace(" is ", " is not ", 1).replace(" has ", " does not have ", 1))
    for case in CASES
    if case["is"].split()[0] != "unknown"
    and sum(case["text"].count(f" {word} ") for word in ("is", "has", "not", "and", "or")) == 1
    and any(f" {word} " in case["text"] for word in ("is", "has"))
    and " been " not in case["text"]
    and "never" not in case["text"]
]
_SWAPPED = {Verdict.SUPPORTED: Verdict.CONTRADICTED, Verdict.CONTRADICTED: Verdict.SUPPORTED}


def verdicts(rows: list[str], *claims: str, closed: bool = True) -> list[str]:
    """The verdict and reason of each claim against a table of these rows."""
    with TemporaryDirectory() as folder:
        table = Path(folder) / "lights.csv"
        table.write_text("\n".join(rows) + "\n", encoding="utf-8")
        checker = Checker(
            table,
            bundled=False,
            closed_world=closed,
            as_of="2021-02-01",
        )
        found = [checker.check(claim).results[0] for claim in claims]
    return [f"{result.verdict} {result.reason}" for result in found]


@cache
def decided() -> dict[str, str]:
    """What becomes of every claim of the case table."""
    texts = [case["text"] for case in CASES]
    return dict(zip(texts, verdicts(ROWS, *texts), strict=True))


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_claim_is_decided_as_the_case_table_says(case: dict[str, str]) -> None:
    """Each mechanism, both ways."""
    assert decided()[case["text"]].startswith(case["is"])


@cache
def denied() -> dict[str, str]:
    """What becomes of every claim of the pairs of a claim and its denial."""
    texts = [text for pair in DENIED for text in pair]
    return dict(zip(texts, verdicts(ROWS, *texts), strict=True))


@pytest.mark.parametrize(("text", "denial"), DENIED)
def test_a_denial_swaps_the_verdict(text: str, denial: str) -> None:
    """Negation swaps supported and contradicted."""
    was, now = (denied()[said].split()[0] for said in (text, denial))
    assert now == _SWAPPED[Verdict(was)]


@settings(max_examples=3, deadline=None)
@given(st.permutations(ROWS[1:]))
def test_the_order_of_rows_changes_nothing(rows: list[str]) -> None:
    """The same rows in any order decide the same."""
    texts = [case["text"] for case in CASES]
    assert verdicts([ROWS[0], *rows], *texts) == [decided()[text] for text in texts]


def test_rows_of_other_things_change_nothing() -> None:
    """What is stated of things that a claim does not touch is nothing to it."""
    more = ["Moss Abbey,abbot,Brother Ivo", "Moss Abbey,bells,7", "Brother Ivo,novice,Jan Pell"]
    texts = [case["text"] for case in CASES]
    assert verdicts([*ROWS, *more], *texts) == [decided()[text] for text in texts]


def test_in_the_open_world_absence_contradicts_nothing() -> None:
    """Without the promise that the table has everything, what it lacks is unknown."""
    texts = [case["text"] for case in CASES]
    assert not any(
        found.startswith("contradicted not-in-complete-list")
        for found in verdicts(ROWS, *texts, closed=False)
    )
