"""Counts of rows: how many, of what kind, how old, and what became of their slots in a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from verifier.conflicts import Conflict
from verifier.dates import days_between, overlaps, parse_date, year
from verifier.evidence import NATURE, Evidence, affirms
from verifier.inforce import Course, Hold, course, hold_in
from verifier.model import Date, Polarity, Rank, Statement
from verifier.relations import Relation

__all__ = ["Counter", "Tally", "YearTally", "counts", "denies"]


@dataclass(frozen=True, slots=True)
class YearTally:
    """What became of so many slots in one year; the last four add up to the first."""

    year: int
    slots: int
    decided: int
    """A row held in the year, and no other in force says otherwise."""
    disputed: int
    """Rows that held in the year disagree."""
    unsure: int
    """No row is known to have held, and one may have."""
    outside: int
    """The dates of every row exclude the year."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows counted together; `affirmed`, `denied`, `recorded` and `deprecated` add up to `rows`."""

    rows: int
    affirmed: int
    denied: int
    """They say that it is not so."""
    recorded: int
    """They record a pledge, a plan or a position, and not the thing itself."""
    deprecated: int
    subjects: int
    values: int
    """How many different ones."""
    dated: int
    """Rows with a start, an end or a point in time."""
    stale: int
    """Affirming and denying rows that were last seen too long ago to count still."""
    first: int | None
    """The first year of any row (astronomical: 0 is 1 BC); None if none has a date."""
    last: int | None
    newest: Date | None
    """The latest day on which a row was seen or retrieved."""
    age: int | None
    """Days from then to `as_of`; negative if it is later."""
    conflicts: int
    years: tuple[YearTally, ...] = ()


class Counter:
    """Counts rows as of a day, and in these years."""

    def __init__(self, evidence: Evidence, *, as_of: Date, years: Iterable[int] = ()) -> None:
        self.evidence = evidence
        self._as_of = as_of
        self._years = tuple(year(number) for number in years)

    def holds(self, row: Statement, relation: Relation) -> tuple[Hold, ...]:
        """Whether a row held at some moment of each of the years."""
        days = self._course(row, relation)
        return tuple(hold_in(days, asked) for asked in self._years)

    def in_years(self, conflicts: tuple[Conflict, ...], relation: Relation) -> tuple[Conflict, ...]:
        """The conflicts of which two rows held in one of the years; all, if no year is asked."""
        if not self._years:
            return conflicts
        return tuple(
            conflict
            for conflict in conflicts
            if any(
                held.count(Hold.HOLDS) > 1
                for held in zip(*(self.holds(row, relation) for row in conflict.rows), strict=True)
            )
        )

    def tally(self, rows: Sequence[Statement], relation: Relation, conflicts: Sequence[Conflict]) -> Tally:
        """Count rows of one relation."""
        courses = [(row, self._course(row, relation)) for row in rows]
        deprecated = sum(row.rank is Rank.DEPRECATED for row in rows)
        denied = sum(map(denies, rows))
        affirmed = sum(affirms(row) for row in rows)
        spans = [span for row in rows if (span := _span(row)) is not None]
        newest = max(
            (date for row in rows for date in _seen(row)), key=lambda date: date.latest, default=None
        )
        return Tally(
            rows=len(rows),
            affirmed=affirmed,
            denied=denied,
            recorded=len(rows) - affirmed - denied - deprecated,
            deprecated=deprecated,
            subjects=len({row.subject for row in rows}),
            values=len({row.value for row in rows}),
            dated=sum((row.start or row.end or row.point_in_time) is not None for row in rows),
            stale=sum(
                days.seen_last is not None and self._as_of.earliest > days.stale
                for row, days in courses
                if counts(row)
            ),
            first=min((first for first, _ in spans), default=None),
            last=max((last for _, last in spans), default=None),
            newest=newest,
            age=None if newest is None else _days(newest, self._as_of),
            conflicts=len(conflicts),
            years=tuple(self._in_year(asked, courses, conflicts) for asked in self._years),
        )

    def _in_year(
        self, asked: Date, courses: Iterable[tuple[Statement, Course]], conflicts: Iterable[Conflict]
    ) -> YearTally:
        slots: dict[str, set[Hold]] = defaultdict(set)
        held = set()
        for row, days in courses:
            if counts(row):
                hold = hold_in(days, asked)
                slots[row.subject].add(hold)
                if hold is Hold.HOLDS:
                    held.add((row.table, row.id))
        torn = {
            conflict.subject
            for conflict in conflicts
            if sum((row.table, row.id) in held for row in conflict.rows) > 1
        }
        best = [
            "disputed" if subject in torn else next(hold for hold in _ORDER if hold in holds)
            for subject, holds in slots.items()
        ]
        return YearTally(
            asked.earliest[0],
            slots=len(slots),
            decided=best.count(Hold.HOLDS),
            disputed=best.count("disputed"),
            unsure=best.count(Hold.UNSURE),
            outside=best.count(Hold.OUTSIDE),
        )

    def _course(self, row: Statement, relation: Relation) -> Course:
        return course(row, relation, undated=self.evidence.undated(row.table, row.relation))


_ORDER = (Hold.HOLDS, Hold.UNSURE, Hold.OUTSIDE)


def counts(row: Statement) -> bool:
    """Whether it decides anything: a deprecated row does not, nor does the record of a pledge."""
    return affirms(row) or denies(row)


def denies(row: Statement) -> bool:
    """Whether it says that something is not so."""
    return row.polarity is Polarity.NEGATIVE and row.rank is not Rank.DEPRECATED and not row.qualifier(NATURE)


def _span(row: Statement) -> tuple[int, int] | None:
    """The first and the last year that the dates of a row name."""
    dates = [
        date
        for date in (row.start, row.point_in_time, row.seen_first, row.end, row.seen_last)
        if date is not None
    ]
    if not dates:
        return None
    return min(date.earliest[0] for date in dates), max(date.latest[0] for date in dates)


def _days(earlier: Date, later: Date) -> int:
    """Days from one date to another; 0 if they have a day in common."""
    return 0 if overlaps(earlier, later) else days_between(earlier.latest, later.earliest)


def _seen(row: Statement) -> Iterator[Date]:
    """The days on which a row was seen, or its sources were read."""
    if row.seen_last is not None:
        yield row.seen_last
    for source in row.sources:
        if source.retrieved and (date := _date(source.retrieved)) is not None:
            yield date


@lru_cache(maxsize=4096)
def _date(text: str) -> Date | None:
    try:
        return parse_date(text)
    except ValueError:  # a service's own way to write it
        return None
