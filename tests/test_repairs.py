"""What a contradicted claim should say instead, and which reasons the case table shows both ways."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.factory import verdict, world
from verifier.agreement import place_contains
from verifier.dates import within
from verifier.model import Date, EntityValue, Finding, Part, PeriodKind, Quantity, Reason, Stance, Verdict

CASES = tomllib.loads((Path(__file__).parent / "cases" / "judge.toml").read_text(encoding="utf-8"))["case"]


def judged(case: dict[str, Any]) -> Part:
    """The part that comes of a case."""
    return verdict(
        case["claim"],
        case.get("rows", ()),
        as_of=case.get("as_of", "2021-02-01"),
        things=case.get("things", ()),
        complete=case.get("complete", ()),
        closed=case.get("closed", False),
    )


@cache
def parts() -> tuple[Part, ...]:
    """What comes of every case."""
    return tuple(map(judged, CASES))


def against(part: Part) -> list[Finding]:
    """The rows that exclude the claim."""
    return [finding for finding in part.findings if finding.stance is Stance.CONTRADICTS]


def is_one(dates: Iterable[Date | None]) -> bool:
    """Whether these are one date, given more finely by some."""
    known = [date for date in dates if date is not None]
    return not known or all(within(max(known, key=lambda date: date.precision), date) for date in known)


def is_clear(case: dict[str, Any], part: Part) -> bool:
    """Whether the rows that decide give one thing to put in the place of what the claim says."""
    triple, rows = part.triple, [finding.statement for finding in against(part)]
    listed = {f.statement.value for f in part.findings} | {
        EntityValue(f.statement.subject) for f in part.findings
    }
    known = world(case.get("rows", ()), things=case.get("things", ()))
    figure = isinstance(triple.object.value, Date | Quantity)
    shares = {value for row in rows for name, value in row.qualifiers if name == "share"}
    ends = {(row.subject, row.value) for row in rows}
    ends -= {
        (subject, wide)
        for subject, wide in ends
        for _, narrow in ends
        if isinstance(wide, EntityValue) and isinstance(narrow, EntityValue) and wide != narrow
        if place_contains(wide.id, narrow.id, known)
    }
    dated = bool(rows) and any(row.start or row.point_in_time or row.end for row in rows)
    one_time = all(
        is_one(dates) for dates in zip(*((r.start, r.point_in_time, r.end) for r in rows), strict=True)
    )
    if triple.order is not None:
        return triple.order.factor is not None or triple.order.amount is not None or triple.order.place > 1
    match part.reason:
        case Reason.COUNT_DIFFERS:
            return True
        case Reason.DIFFERENT_VALUE:
            namesakes = {row.subject for row in known.rows} & {match.id for match in triple.subject.matches}
            return len(ends) == 1 and len(namesakes) <= 1
        case Reason.QUANTITY_DIFFERS:
            return len(shares or {row.value for row in rows}) == 1
        case Reason.DATE_DIFFERS if figure:
            return len(ends) == 1
        case Reason.DATE_DIFFERS:
            ended = any(period.kind in (PeriodKind.ENDED, PeriodKind.UNTIL) for period in triple.periods)
            return one_time and (not ended or any(row.end for row in rows))
        case Reason.OUTSIDE_DATES if triple.periods:
            return one_time and dated
        case Reason.OUTSIDE_DATES:
            others = {row.value for row in known.rows} - {row.value for row in rows}
            return len(others) == 1
        case Reason.NOT_IN_COMPLETE_LIST:
            own = {EntityValue(end.id) for end in (part.subject, part.object) if end is not None}
            of_object = any("| *" not in text for text in case.get("complete", ()))
            return len(listed - own) == 1 and not of_object
    return False


@pytest.mark.parametrize(
    "number", [n for n, part in enumerate(parts()) if part.verdict is Verdict.CONTRADICTED]
)
def test_one_clear_value_is_the_hint(number: int) -> None:
    """What one value, date or number contradicts is told it; where there are several, or none, nothing is."""
    part = parts()[number]
    assert bool(part.repair) is (is_clear(CASES[number], part) and not part.triple.negated), (
        CASES[number],
        part.repair,
    )


_SUPPORTING = {Reason.SAME_VALUE, Reason.IMPLIED, Reason.GROUP_HOLDS, Reason.COUNT_AGREES}
_UNKNOWN = {part.reason for part in parts() if part.verdict is Verdict.UNKNOWN}
_NEVER = {
    (Reason.COUNT_AGREES, Verdict.CONTRADICTED): "a denied count is of those of whom it is denied",
    (Reason.SOURCE_UNAVAILABLE, Verdict.UNKNOWN): "said by what asks the sources, not by the rules",
}
"""What no rule gives, and why."""


def ways() -> list[tuple[Reason, Verdict, bool]]:
    """Each reason with the verdicts that it can give, to a claim and to a denial."""
    found: list[tuple[Reason, Verdict, bool]] = []
    for reason in Reason:
        if reason in _UNKNOWN or reason is Reason.SOURCE_UNAVAILABLE:
            found += [(reason, Verdict.UNKNOWN, denied) for denied in (False, True)]
        else:
            plain = reason in _SUPPORTING
            found += [
                (reason, Verdict.SUPPORTED if plain else Verdict.CONTRADICTED, False),
                (reason, Verdict.CONTRADICTED if plain else Verdict.SUPPORTED, True),
            ]
    return [way for way in found if way[:2] not in _NEVER]


@pytest.mark.parametrize(("reason", "verdict_", "denied"), ways())
def test_each_reason_is_in_the_case_table_both_ways(reason: Reason, verdict_: Verdict, denied: bool) -> None:
    """For a claim and for a denial: what is a ground against one is a ground for the other."""
    assert any((p.reason, p.verdict, p.triple.negated) == (reason, verdict_, denied) for p in parts())
