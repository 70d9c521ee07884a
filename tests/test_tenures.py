"""Every head of state or of government of the bundled table whose days are known: there in between, and not
a year before or after.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from verifier.check import Checker
from verifier.dates import parse_date
from verifier.judge import judge
from verifier.model import Date, Match, MatchKind, Period, PeriodKind, Reading, Reason, Term, Triple, Verdict

REFERENCE = Path(__file__).parent.parent / "reference"
OFFICES = ("P35", "P6", "president", "acting-president", "prime-minister", "chancellor", "monarch")
YEAR = timedelta(days=366)
STALE = timedelta(days=400)
"""As the catalogue has it: so long after it was last seen, a row without an end still counts."""
CHECKER = Checker()


@dataclass(slots=True)
class Tenure:
    """All rows of one office of one state and one holder."""

    names: tuple[str, str]
    dated: list[tuple[date, date]] = field(default_factory=list)
    """The known days of the rows that have both, ends included."""
    covered: list[tuple[date, date]] = field(default_factory=list)
    """The days on which some row may have the holder in office."""

    def free(self, day: date) -> bool:
        """Whether no row has the holder in office that day."""
        return all(not first <= day <= last for first, last in self.covered)


def day(found: Date, *, last: bool) -> date:
    """The first or the last day of an imprecise date."""
    year, month, number = found.latest if last else found.earliest
    return date(year, month, number)


def tenures() -> dict[tuple[str, str, str], Tenure]:
    """Tenures by the ids of state and holder, and the office; general offices have the special ones too."""
    found: dict[tuple[str, str, str], Tenure] = {}
    general = defaultdict[str, tuple[str, ...]](tuple, {"president": ("P35",), "monarch": ("P35",)})
    general |= {"acting-president": ("P35",), "prime-minister": (), "chancellor": ()}
    for path in sorted(REFERENCE.glob("statements-*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                if row["predicate"] not in OFFICES or row.get("polarity") == "negative":
                    continue
                for office in (row["predicate"], *general[row["predicate"]]):
                    key = (row["subject_id"], office, row["object_id"])
                    one = found.setdefault(key, Tenure((row["subject"], row["object"])))
                    _add(one, row, own=office == row["predicate"])
    return found


def _add(one: Tenure, row: dict[str, str], *, own: bool) -> None:
    begun = row["start"] or row.get("seen_first", "")
    first = day(parse_date(begun), last=False) if begun else date.min
    if row["end"]:
        last = day(parse_date(row["end"]), last=True)
    elif seen := row.get("seen_last", ""):
        last = day(parse_date(seen), last=True) + STALE
    else:
        last = date.max
    one.covered.append((first, last))
    if own and row["start"] and row["end"]:
        one.dated.append((day(parse_date(row["start"]), last=True), day(parse_date(row["end"]), last=False)))


def claims() -> Iterator[tuple[tuple[str, str, str], Tenure, date, bool]]:
    """Each claim with its day, and whether the holder was in office then."""
    for key, tenure in tenures().items():
        for first, last in tenure.dated:
            if first < last:
                yield key, tenure, first + (last - first) / 2, True
            for outside in (first - YEAR, last + YEAR):
                if tenure.free(outside):
                    yield key, tenure, outside, False


def ask(key: tuple[str, str, str], names: tuple[str, str], on: date) -> tuple[Verdict, Reason]:
    """The verdict on the claim that the holder was in office on the day."""
    subject, relation, value = key
    ends = [
        Term(name, matches=(Match(id, name, name, 100.0, MatchKind.EXACT),))
        for id, name in ((subject, names[0]), (value, names[1]))
    ]
    triple = Triple(
        ends[0],
        ends[1],
        (Reading(relation, relation, relation, 100.0),),
        relation_text=relation,
        periods=(Period(PeriodKind.AT, parse_date(on.isoformat())),),
    )
    part = judge(triple, CHECKER.evidence, catalogue=CHECKER.catalogue, as_of=parse_date("2026-02-01"))
    return part.verdict, part.reason


@pytest.mark.slow
def test_holders_are_in_office_in_their_days_and_in_no_others() -> None:
    """A day inside is supported; a year before or after is never, for want of another term then."""
    wrong = []
    asked = 0
    for key, tenure, on, holds in claims():
        asked += 1
        verdict, reason = ask(key, tenure.names, on)
        allowed = {Reason.DATES_UNKNOWN, Reason.SOURCES_DISAGREE}
        fine = (
            verdict is Verdict.SUPPORTED
            if holds
            else verdict is Verdict.CONTRADICTED or (verdict is Verdict.UNKNOWN and reason in allowed)
        )
        if not fine:
            wrong.append((*tenure.names, key[1], on.isoformat(), holds, f"{verdict} {reason}"))
    assert wrong == []
    assert asked > 3000


STATED = ('"', "for the period", "president since")
"""What a quote has if the source says that somebody left, or if their next office says it."""


def test_an_end_is_stated_or_somebody_came_then() -> None:
    """No tenure ends because of one who holds another office: a prime minister ends no president."""
    path = REFERENCE / "statements-offices.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    came: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        came[row["subject_id"], row["predicate"]].add((row["start"], row["object_id"]))

    def succeeded(row: dict[str, str]) -> bool:
        state, office, holder = row["subject_id"], row["predicate"], row["object_id"]
        head = "P35" if office in {"president", "acting-president", "monarch"} else office
        others = {start for start, other in came[state, head] | came[state, office] if other != holder}
        if office in {"P6", "acting-president"}:
            # A president who is head of government goes as president; who stands in may become one.
            others |= {start for start, _ in came[state, "president"]}
        return any(start.startswith(row["end"].split("/")[-1]) for start in others)

    unexplained = [
        (row["subject"], row["predicate"], row["object"], row["end"])
        for row in rows
        if row["end"] and not any(words in row["quote"] for words in STATED) and not succeeded(row)
    ]
    assert unexplained == []
