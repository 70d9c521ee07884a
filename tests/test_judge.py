"""The rules of judging: a case table, and the laws that hold for every claim."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factory import CATALOGUE, claim, on, verdict, world
from verifier.judge import judge
from verifier.model import Period, PeriodKind, Reason, Verdict

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
    assert "," in case["claim"].split("|")[1] or "Read as" not in part.explanation
    assert ("is read as" in part.explanation) is part.explanation.endswith(" of 100.)")
    assert (
        part.explanation.endswith((".", ".)", "”")) and part.explanation[:1] == part.explanation[:1].upper()
    )


# ------------------------------------------------------------------------------------------------- the laws

_PLACES = ("Alba", "Borea", "Corvo", "Dunmore")
_RELATIONS = ("capital", "president", "borders", "award", "member", "recognises", "born", "embassy")
_SPANS = (
    "",
    "; start=2010",
    "; start=2010; end=2015",
    "; at=2012",
    "; seen=2019-01-01..2020-12-01",
    "; end=2018",
)
_EXTRAS = ("", "; denied", "; rank=preferred", "; rank=deprecated", "; country=Alba", "; P5102=pledge")
_TABLES = ("", "; table=user", "; table=wikidata")
_WHEN = ("", "; at=2012", "; at=2016", "; since=2010", "; former", "; before=2014", "; began=2010", "; still")

row_texts = st.builds(
    "{} | {} | {}{}{}{}".format,
    st.sampled_from(_PLACES),
    st.sampled_from(_RELATIONS),
    st.sampled_from(_PLACES),
    st.sampled_from(_SPANS),
    st.sampled_from(_EXTRAS),
    st.sampled_from(_TABLES),
)
many_rows = st.lists(row_texts, max_size=5, unique=True)
claim_texts = st.builds(
    "{} | {} | {}{}".format,
    st.sampled_from(_PLACES),
    st.sampled_from(_RELATIONS),
    st.sampled_from(_PLACES),
    st.sampled_from(_WHEN),
)
_SWAPPED = {
    Verdict.SUPPORTED: Verdict.CONTRADICTED,
    Verdict.CONTRADICTED: Verdict.SUPPORTED,
    Verdict.UNKNOWN: Verdict.UNKNOWN,
}


@given(many_rows, claim_texts, st.booleans())
def test_negation_swaps_the_verdict(rows: list[str], text: str, closed: bool) -> None:
    """A claim and its denial are never both right, and unknown stays unknown."""
    plain, denied = verdict(text, rows, closed=closed), verdict(f"not {text}", rows, closed=closed)
    assert denied.verdict is _SWAPPED[plain.verdict]
    assert denied.reason is plain.reason


@given(many_rows, claim_texts, st.booleans(), st.randoms())
def test_the_order_of_rows_changes_nothing(rows: list[str], text: str, closed: bool, random: Random) -> None:
    """The same rows in another order give the same part, to the letter."""
    numbered = [f"{text_of}; id=r{number}" for number, text_of in enumerate(rows)]
    shuffled = random.sample(numbered, len(numbered))
    assert verdict(text, shuffled, closed=closed) == verdict(text, numbered, closed=closed)


@given(many_rows, claim_texts, st.lists(st.sampled_from(_SPANS), max_size=3))
def test_rows_about_other_things_change_nothing(rows: list[str], text: str, spans: list[str]) -> None:
    """What touches neither the names nor the slot of a claim leaves its verdict and words as they were."""
    others = [
        f"Elsewhere | {relation} | Nowhere{span}" for relation, span in zip(_RELATIONS, spans, strict=False)
    ]
    assert verdict(text, [*rows, *others]) == verdict(text, rows)


@given(claim_texts, st.sampled_from(_TABLES))
def test_an_undisputed_row_in_force_supports_its_own_claim(text: str, table: str) -> None:
    """A claim made from the only row, which holds at the claim's time, is supported."""
    text = text.partition(";")[0]
    assert verdict(text, [f"{text}; start=2010{table}"]).verdict is Verdict.SUPPORTED


@given(many_rows, claim_texts)
def test_less_evidence_never_gives_a_verdict(rows: list[str], text: str) -> None:
    """In the open world, taking a row away turns unknown into a verdict only if the row disputed another."""
    if verdict(text, rows).verdict is not Verdict.UNKNOWN:
        return
    subject, relation, _ = (piece.strip() for piece in text.split(";")[0].split("|"))
    for gone in rows:
        touches = relation in gone and subject in gone
        if not touches:
            kept = [other for other in rows if other != gone]
            assert verdict(text, kept).verdict is Verdict.UNKNOWN


@given(many_rows, claim_texts)
def test_only_complete_lists_make_absence_count(rows: list[str], text: str) -> None:
    """In the open world a verdict rests on a statement, which the part shows."""
    part = verdict(text, rows)
    assert part.reason is not Reason.NOT_IN_COMPLETE_LIST
    assert bool(part.findings) or part.verdict is Verdict.UNKNOWN


@given(many_rows, claim_texts)
def test_pledges_decide_nothing(rows: list[str], text: str) -> None:
    """Rows that record what somebody pledged never count for what they speak of."""
    kept = [row for row in rows if "P5102" not in row]
    assert verdict(text, rows).verdict is verdict(text, kept).verdict


def test_judging_does_not_raise_for_a_relation_that_nobody_described() -> None:
    """An unknown relation id is a many-valued relation of its own."""
    known = world(["Ada | likes | Bob"])
    part = judge(claim("Ada | likes | Bob", known), known, catalogue=CATALOGUE, as_of=AS_OF)
    assert part.verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2023-10-04", "supported same-value"),
        ("2023-04-04", "unknown dates-unknown"),
        ("2024-01-10", "unknown dates-unknown"),
        ("2023", "unknown dates-unknown"),
        ("2022-10-04", "contradicted date-differs"),
    ],
)
def test_a_part_of_a_year_only_narrows_what_supports(start: str, expected: str) -> None:
    """ "In the autumn of 2023" is not so of April, and not excluded by it: autumns differ over the world."""
    known = world([f"Kosovo | member | Club; start={start}"])
    autumn = Period(PeriodKind.BEGAN, on("2023"), text="in the autumn of 2023", part=on("2023-09/2023-12"))
    said = replace(claim("Kosovo | member | Club", known), periods=(autumn,))
    part = judge(said, known, catalogue=CATALOGUE, as_of=AS_OF)
    assert f"{part.verdict} {part.reason}" == expected, part.explanation


def test_a_list_that_ended_is_the_reason_and_no_row_is_made_up() -> None:
    """A list that is complete until an earlier day leaves open what is not on it, and says so."""
    rows = ["Norway | P463 | NATO; start=1949", "Ireland | P463 | Council; start=1950"]
    part = verdict("Ireland | P463 | NATO", rows, complete=["* | P463 | NATO; as-of=2020-01-12"])
    assert (part.verdict, part.reason, part.missing) == (Verdict.UNKNOWN, Reason.NO_STATEMENT, ())
    assert "complete only until 12 January 2020; ask as of an earlier day" in part.explanation
