"""Names that several things share: told apart by type, by the other end, by the text, or left open."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.growth import assert_linear
from tests.namesakes import Case, build
from verifier.check import Checker
from verifier.model import ClaimRow, Document, Reason, Result, Verdict

REFERENCE = Path(__file__).parents[1] / "reference" / "entities-world.csv"
CLAIMS = 8
"""Of every so many names there are claims."""
BEFORE = ("", "New ", "Port ", "East ", "West ", "Upper ", "Lower ", "Great ", "North ", "South ")
KINDS = {"other end", "full name", "one thing", "spoken of", "type", "none of them", "ambiguous"}
TOLD_APART = ("(town in ", "(river)", "(ship)", "(painter)")


@cache
def places() -> tuple[str, ...]:
    """Names of real places, and such as there may be."""
    with open(REFERENCE, encoding="utf-8", newline="") as rows:
        labels = [row["label"] for row in csv.DictReader(rows) if row["types"] == "city"]
    plain = dict.fromkeys(label for label in labels if label.isalpha() and len(label) > 5)
    return tuple(before + name for before in BEFORE for name in plain)


def result_of(checker: Checker, case: Case) -> Result | None:
    """What comes of a case; of a document, of its last claim."""
    if case.kind != "spoken of":
        return checker.check([ClaimRow("1", claim=case.text)]).results[0]
    results = checker.check(Document(case.text)).results
    return results[-1] if results else None


@pytest.mark.parametrize(
    ("names", "closed"),
    [
        (40, False),
        *(pytest.param(*case, marks=pytest.mark.slow) for case in [(120, False), (120, True), (1500, False)]),
    ],
)
def test_no_namesake_is_taken_for_another(tmp_path: Path, names: int, closed: bool) -> None:
    """No verdict is wrong, and nearly all that can be decided is."""
    assert len(places()) >= names
    cases = build(tmp_path, places()[:names], claims=CLAIMS)
    checker = Checker([tmp_path], bundled=False, closed_world=closed, as_of="2021-02-01")
    asked, decided, wrong = 0, 0, []
    kinds: Counter[str] = Counter()
    for case in cases:
        gold = case.closed if closed and case.closed else case.gold
        result = result_of(checker, case)
        verdict = Verdict.UNKNOWN if result is None else result.verdict
        kinds[case.kind] += 1
        if verdict is not Verdict.UNKNOWN and verdict not in gold:
            wrong.append((case.text, verdict))
        if "unknown" not in gold:
            asked += 1
            decided += verdict is not Verdict.UNKNOWN
        elif case.kind == "ambiguous":
            assert result is not None
            assert result.reason is Reason.AMBIGUOUS_ENTITY, case.text
    assert wrong == []
    assert decided >= 0.97 * asked
    assert set(kinds) == KINDS


def test_an_ambiguous_claim_lists_whom_it_may_mean(tmp_path: Path) -> None:
    """Each namesake by what tells it apart, with what the claim would be for it."""
    cases = build(tmp_path, places()[:40])
    checker = Checker([tmp_path], bundled=False, as_of="2021-02-01")
    case = next(case for case in cases if case.kind == "ambiguous" and len(case.ids) == 3)
    result = result_of(checker, case)
    assert result is not None
    assert sum(result.explanation.count(aside) for aside in TOLD_APART) == 3


def test_no_namesake_is_left_out(tmp_path: Path) -> None:
    """The tenth is asked about as the first is, and one whose year is not known keeps the claim open."""
    entities = "id,label,types\n" + "".join(f"t{n},Larkham,city\n" for n in range(10))
    years = "".join(f"Larkham,P571,{1800 + n},t{n}\n" for n in range(9))
    (tmp_path / "entities.csv").write_text(entities, encoding="utf-8")
    (tmp_path / "statements.csv").write_text(
        f"subject,predicate,object,subject_id\n{years}", encoding="utf-8"
    )
    checker = Checker([tmp_path], bundled=False, as_of="2021-02-01")
    claims = [ClaimRow(year, claim=f"Larkham was founded in {year}.") for year in ("1808", "1700")]
    last, none = checker.check(claims).results
    assert (last.verdict, last.reason) == (Verdict.SUPPORTED, Reason.SAME_VALUE)
    assert (none.verdict, none.reason) == (Verdict.UNKNOWN, Reason.AMBIGUOUS_ENTITY)


@pytest.mark.slow
def test_many_namesakes_take_no_longer_than_in_proportion(tmp_path: Path) -> None:
    """A claim about one of a hundred namesakes is about one name."""

    def run(size: int) -> None:
        folder = tmp_path / str(size)
        build(folder, places()[:size], claims=size)
        checker = Checker([folder], bundled=False, as_of="2021-02-01")
        rows = [ClaimRow(name, claim=f"{name} was founded in 1900.") for name in places()[:size]]
        checker.check(rows)

    assert_linear(run, 240)
