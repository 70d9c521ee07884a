"""The figures of a labelled table, on results that are made by hand."""

from __future__ import annotations

import json

import pytest

from verifier.errors import InputError
from verifier.evaluate import (
    Bin,
    Miss,
    Share,
    evaluate,
    render_csv,
    render_json,
    render_text,
    require_labels,
)
from verifier.model import (
    Claim,
    ClaimRow,
    Document,
    Part,
    Reading,
    Reason,
    Report,
    Result,
    Term,
    Triple,
    Verdict,
)

S, C, U = Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.UNKNOWN


def case(
    id: str, gold: str, verdict: Verdict, reason: Reason, confidence: float | None
) -> tuple[ClaimRow, Result]:
    """A labelled claim and what came of it, by one relation."""
    triple = Triple(Term("a"), Term("b"), ())
    part = Part(triple, verdict, reason, "Because.", reading=Reading("P36", "capital", "capital", 100.0))
    row = ClaimRow(id, claim=f"Claim {id}.", gold=tuple(gold.split("|")))
    return row, Result(Claim(id, row.claim, (triple,)), (part,), verdict, reason, "Because.", confidence)


CASES = (
    case("1", "supported", S, Reason.SAME_VALUE, 0.96),
    case("2", "supported", C, Reason.DATE_DIFFERS, 0.97),
    case("3", "contradicted", U, Reason.NO_STATEMENT, None),
    case("4", "unknown", U, Reason.NO_STATEMENT, None),
    case("5", "supported|unknown", U, Reason.NO_STATEMENT, None),
    case("6", "unknown", S, Reason.SAME_VALUE, 1.0),
)
ROWS = tuple(row for row, _ in CASES)
REPORT = Report(Document(""), tuple(result for _, result in CASES))
EVALUATION = evaluate(ROWS, REPORT)


def test_the_shares_are_those_that_are_promised() -> None:
    """Unknown is wrong unless it is the gold, and no verdict given is right unless the gold allows it."""
    assert EVALUATION.claims == 6
    assert EVALUATION.accuracy == 0.5  # 1, 4, 5
    assert EVALUATION.decided == 0.5  # 1 and 2 of 1, 2, 3, 5
    assert EVALUATION.wrong == 0.6667  # 2 and 6 of 1, 2, 6


def test_claims_are_counted_by_gold_verdict_reason_and_relation() -> None:
    """Each claim once in every count."""
    assert EVALUATION.confusion == (
        ("contradicted", "unknown", 1),
        ("supported", "contradicted", 1),
        ("supported", "supported", 1),
        ("supported|unknown", "unknown", 1),
        ("unknown", "supported", 1),
        ("unknown", "unknown", 1),
    )
    assert EVALUATION.by_reason == (
        Share("no-statement", 3, 2, 0),
        Share("same-value", 2, 1, 1),
        Share("date-differs", 1, 0, 1),
    )
    assert EVALUATION.by_relation == (Share("capital", 6, 3, 2),)
    assert EVALUATION.by_form == (Share("triple", 6, 3, 2),)
    assert EVALUATION.by_way == (Share("given", 6, 3, 2),)
    assert EVALUATION.by_mark == (Share("plain", 6, 3, 2),)


def test_confidence_is_compared_with_what_came_true() -> None:
    """A confidence of 1 belongs to the last bin."""
    assert EVALUATION.calibration == (Bin(0.95, 0.99, 2, 0.965, 0.5), Bin(0.99, 1.0, 1, 1.0, 0.0))
    assert EVALUATION.calibration_error == pytest.approx((0.465 * 2 + 1.0) / 3, abs=1e-4)
    assert EVALUATION.brier == pytest.approx((0.04**2 + 0.97**2 + 1.0) / 3, abs=1e-4)


def test_wrong_verdicts_come_before_claims_left_unknown() -> None:
    """What costs trust is read first."""
    assert [miss.id for miss in EVALUATION.misses] == ["2", "6", "3"]
    assert EVALUATION.misses[0] == Miss(
        "2", "Claim 2.", "supported", "contradicted", "date-differs", "Because."
    )


def test_a_spreadsheet_has_a_line_for_each_claim() -> None:
    """In the order of the table, with its form beside its verdict."""
    lines = render_csv(ROWS, REPORT).splitlines()
    assert lines[0].startswith("id,gold,verdict,right,reason,confidence,relation,form,way,marks")
    assert lines[2].startswith("2,supported,contradicted,no,date-differs,0.9700,capital,triple,given,plain")
    assert len(lines) == 7


def test_both_outputs_hold_the_figures() -> None:
    """Text for people, JSON for programs."""
    assert json.loads(render_json(EVALUATION))["accuracy"] == 0.5
    text = render_text(EVALUATION)
    assert text.startswith("6 claims: accuracy 0.500, decided 0.500, wrong 0.667\n")
    assert "    contradicted, not supported: date-differs: Because." in text


def test_a_row_without_a_label_is_named() -> None:
    """Half a measure misleads."""
    with pytest.raises(InputError, match=r"t\.csv:3: claim 'x' has no label"):
        require_labels([*ROWS, ClaimRow("x", line=3)], name="t.csv")
