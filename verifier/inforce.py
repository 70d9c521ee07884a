"""When a statement holds, and whether a claim says the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from verifier.dates import add_days, before, interval
from verifier.model import Date, Day, Period, PeriodKind, Polarity, Reason, Statement
from verifier.relations import Relation, Single
from verifier.values import Comparison, compare_dates

__all__ = [
    "Course",
    "Hold",
    "Timing",
    "compare_periods",
    "course",
    "covers_all_of",
    "hold_in",
    "holds_throughout",
    "is_as_of",
    "moments",
    "of_the_wider",
]

_ALWAYS: Day = (-(10**6), 1, 1)
_NEVER: Day = (10**6, 12, 31)
_BEYOND = (31, 91)
"""Days before and after a year to which a part of it may reach."""


class Hold(Enum):
    """Whether a statement holds when the claim says so."""

    HOLDS = "holds"
    OUTSIDE = "outside"
    """Its known dates exclude it."""
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Timing:
    """How a statement's dates stand to the claim's."""

    hold: Hold
    reason: Reason = Reason.DATES_UNKNOWN
    """Which ground it is, for `OUTSIDE`."""
    seen: Date | None = None
    """The day as of which it was last seen, where it is only assumed to hold since."""
    aside: bool = False
    """True if the dates are those of something narrower, which tell nothing of the claim's time."""

    @property
    def firm(self) -> bool:
        """True if it holds by stated dates, not because nothing said that it ended."""
        return self.seen is None


@dataclass(frozen=True, slots=True)
class Course:
    """The days of a statement: what its dates say for certain, and what they leave open."""

    not_before: Day
    """It did not hold before this day."""
    begun_by: Day
    """It held from this day at the latest; far in the future if nobody says."""
    sure_until: Day
    """It held until this day at least."""
    until: Day
    """It is over after this day; an imprecise end has passed only when its whole span has."""
    event: Date | None = None
    """When it happened, for a statement that only says so."""
    seen_last: Date | None = None
    """After this day it is only assumed to hold ..."""
    stale: Day = _NEVER
    """... and no longer after this one."""
    endless: bool = False
    """True if it is stated, or a matter of the relation, that it has not ended."""


def course(statement: Statement, relation: Relation, *, undated: bool) -> Course:
    """Read the dates of a statement; `undated`: no row of its relation in its table has a date."""
    lasting = relation.lasting or undated
    start, end, point = statement.start, statement.end, statement.point_in_time
    if point is not None and start is None and end is None:
        if _happens(relation):
            return Course(point.earliest, point.latest, _NEVER, _NEVER, event=point)
        if lasting:
            return Course(_ALWAYS, point.latest, _NEVER, _NEVER)
        stale = add_days(point.latest, relation.stale_after) if relation.stale_after else _NEVER
        return Course(_ALWAYS, point.latest, _NEVER, _NEVER, seen_last=point, stale=stale)
    not_before = _ALWAYS if start is None else start.earliest
    begun_by = _begun_by(statement, lasting=lasting)
    if end is not None:
        return Course(not_before, begun_by, end.earliest, end.latest)
    if statement.open_end or lasting or statement.seen_last is None:
        endless = statement.open_end or (relation.lasting and not undated)
        return Course(not_before, begun_by, _NEVER, _NEVER, endless=endless)
    seen = statement.seen_last
    stale = add_days(seen.latest, relation.stale_after) if relation.stale_after else _NEVER
    return Course(not_before, begun_by, _NEVER, _NEVER, seen_last=seen, stale=stale)


def _happens(relation: Relation) -> bool:
    """Whether a row with one date tells when it happened, and not only that it was so then."""
    return relation.event or relation.single is Single.EVER or not relation.declared


def _begun_by(statement: Statement, *, lasting: bool) -> Day:
    if statement.start is not None:
        return statement.start.latest
    if lasting:
        return _ALWAYS
    known = (statement.point_in_time, statement.seen_first, statement.seen_last, statement.end)
    shown = [date for date in known if date is not None]
    return min(date.latest for date in shown) if shown else _NEVER


def _at(course: Course, date: Date) -> Timing:
    """Whether it held at some moment of this date."""
    if date.latest < course.not_before or date.earliest > course.until:
        return Timing(Hold.OUTSIDE, Reason.OUTSIDE_DATES)
    if date.latest < course.begun_by or date.earliest > min(course.stale, course.sure_until):
        return Timing(Hold.UNSURE)  # not yet for certain, or within an imprecise end
    seen = (
        course.seen_last if course.seen_last is not None and date.earliest > course.seen_last.latest else None
    )
    return Timing(Hold.HOLDS, seen=seen)


def hold_in(course: Course, date: Date) -> Hold:
    """Whether a statement with this course held at some moment of this date."""
    return _at(course, date).hold


def holds_throughout(course: Course, date: Date) -> bool:
    """Whether it held all the time, and neither began nor ended on the first or last day: who came before or
    after may have held the same place on those."""
    return course.begun_by < date.earliest and date.latest <= course.stale and date.latest < course.sure_until


def covers_all_of(course: Course, date: Date) -> bool:
    """Whether it held on every day of this date."""
    begun = min(course.begun_by, course.sure_until)
    return begun <= date.earliest and date.latest <= min(course.stale, course.sure_until)


def _compared(claimed: Date, stated: Date, reason: Reason = Reason.DATE_DIFFERS) -> Timing:
    match compare_dates(claimed, stated):
        case Comparison.AGREES:
            return Timing(Hold.HOLDS)
        case Comparison.DIFFERS:
            return Timing(Hold.OUTSIDE, reason)
    return Timing(Hold.UNSURE)


def _ordered(*, holds: bool, outside: bool, reason: Reason) -> Timing:
    return Timing(Hold.HOLDS) if holds else Timing(Hold.OUTSIDE, reason) if outside else Timing(Hold.UNSURE)


def is_as_of(period: Period) -> bool:
    """ "As of September 2020" asks how things stood then, not what happened then."""
    return period.text.strip().casefold().startswith(("as of", "as at"))


def _gives_ends(period: Period) -> bool:
    """ "From 2009 to 2017" gives both ends; "between 2009 and 2017" is some time between."""
    return period.text.strip().casefold().startswith(("from ", "since "))


def compare_periods(
    statement: Statement, relation: Relation, *, periods: Sequence[Period], as_of: Date, undated: bool
) -> Timing:
    """Whether the statement holds when the claim says so; a claim without a time speaks of `as_of`."""
    days = course(statement, relation, undated=undated)
    kinds = {period.kind for period in periods}
    named = next(
        (p.date for p in periods if p.kind in (PeriodKind.AT, PeriodKind.STILL) and p.date is not None), as_of
    )
    if not kinds - {PeriodKind.STILL}:
        return _at(days, named)
    timings = []
    for period in periods:
        if period.kind is PeriodKind.FORMER:
            timings.append(_former(days, statement, period.date or named))
        elif period.kind is PeriodKind.STILL:
            timings.append(_at(days, named))
        elif period.kind is PeriodKind.ONCE:
            timings.append(_once(days, statement, relation, named))
        elif period.kind is PeriodKind.EITHER and period.date is not None:
            timings.append(_either(_at(days, period.date), _at(days, as_of)))
        elif period.kind is PeriodKind.AT and PeriodKind.FORMER in kinds:
            continue  # it says as of when it is over
        elif period.date is not None:
            timings.append(_in_part(days, statement, relation, _up_to(period, as_of)))
        if period.kind is PeriodKind.SINCE and not kinds & {PeriodKind.UNTIL, PeriodKind.ENDED}:
            timings.append(_at(days, as_of))
    return _all(timings) if timings else _at(days, named)


def _up_to(period: Period, as_of: Date) -> Period:
    """ "was a member" is true of what was so on the very day of the claim, too."""
    past = period.kind is PeriodKind.BEFORE and period.date == as_of
    return replace(period, kind=PeriodKind.BY) if past else period


def of_the_wider(narrower: Timing, relation: Relation, periods: Sequence[Period]) -> Timing:
    """What the dates of a statement tell of what it entails: that was so then, too.

    When that began or ended they do not tell of what lasts: who has ties with a state may have recognised it
    years before, and does so still when the ties are cut. Nor do they of an office that it is held no more.
    """
    if narrower.hold is Hold.HOLDS and all(_asks_whether(period, relation) for period in periods):
        return narrower
    hold = Hold.OUTSIDE if narrower.hold is Hold.OUTSIDE else Hold.UNSURE
    return Timing(hold, narrower.reason, aside=narrower.hold is not Hold.UNSURE)


def _asks_whether(period: Period, relation: Relation) -> bool:
    """Whether a claim asks if it was so at a time, and not when what lasts began or ended."""
    if not relation.lasting:
        return True
    match period.kind:
        case PeriodKind.BEFORE | PeriodKind.BY | PeriodKind.STILL | PeriodKind.EITHER | PeriodKind.ONCE:
            return True
        case PeriodKind.AT:
            return not relation.event or is_as_of(period)
        case PeriodKind.AFTER:
            return not relation.event
        case PeriodKind.BETWEEN:
            return not (relation.event or _gives_ends(period))
    return False


def _once(days: Course, statement: Statement, relation: Relation, named: Date) -> Timing:
    """Whether it began by then: that it has ended since does not deny it.

    Of one place ("moved its embassy to X") it may mean that it is so now, where something else may be.
    """
    begun = statement.start is not None and statement.start.latest <= named.latest
    if (begun or statement.start is None) and days.until < named.earliest:
        return Timing(Hold.HOLDS if begun and relation.single is Single.NO else Hold.UNSURE)
    return _at(days, named)


def _either(one: Timing, other: Timing) -> Timing:
    """What two times leave of a claim that needs only one of them."""
    order = (Hold.HOLDS, Hold.UNSURE, Hold.OUTSIDE)
    return min((one, other), key=lambda timing: order.index(timing.hold))


def _all(timings: Iterable[Timing]) -> Timing:
    listed = tuple(timings)
    for hold in (Hold.OUTSIDE, Hold.UNSURE):
        for timing in listed:
            if timing.hold is hold:
                return timing
    return next((timing for timing in listed if not timing.firm), listed[0])


def _in_part(days: Course, statement: Statement, relation: Relation, period: Period) -> Timing:
    """What a date leaves of it; where the claim names a part of the date, it holds only if it does so then.

    A part may reach beyond the date: a winter, or a summer in the south.
    """
    whole = _dated(days, statement, relation, period)
    if period.part is None or period.date is None:
        return whole
    found = _dated(days, statement, relation, replace(period, date=period.part, part=None))
    if found.hold is Hold.HOLDS:
        return found
    sooner, later = _BEYOND
    wide = interval(add_days(period.date.earliest, -sooner), add_days(period.date.latest, later))
    beyond = _dated(days, statement, relation, replace(period, date=wide, part=None))
    return whole if beyond.hold is Hold.OUTSIDE else Timing(Hold.UNSURE)


def _may_have_ended_sooner(statement: Statement, date: Date) -> bool:
    """Whether a claimed end lies after the last day on which it was seen, and before the stated end.

    The end of an office may be the day on which a successor began.
    """
    end, seen = statement.end, statement.seen_last
    return end is not None and seen is not None and seen.earliest <= date.latest and before(date, end)


def _dated(days: Course, statement: Statement, relation: Relation, period: Period) -> Timing:
    date = period.date
    assert date is not None
    match period.kind:
        case PeriodKind.BEGAN | PeriodKind.SINCE:
            begun = statement.start or days.event
            if begun is not None:
                return _compared(date, begun)
            if (
                statement.point_in_time is not None
                and _compared(date, statement.point_in_time).hold is Hold.HOLDS
            ):
                return Timing(Hold.HOLDS)
            return _ordered(holds=False, outside=date.earliest > days.until, reason=Reason.OUTSIDE_DATES)
        case PeriodKind.ENDED | PeriodKind.UNTIL:
            if statement.end is not None:
                sooner = _may_have_ended_sooner(statement, date)
                return Timing(Hold.UNSURE) if sooner else _compared(date, statement.end)
            over = statement.open_end or date.latest < days.not_before
            return _ordered(holds=False, outside=over and days.event is None, reason=Reason.DATE_DIFFERS)
        case PeriodKind.BETWEEN if period.until is not None:
            return _between(days, statement, relation, period, date, period.until)
    if days.event is not None:
        return _event(days.event, period, date)
    return _interval(days, relation, period, date, denied=statement.polarity is Polarity.NEGATIVE)


def _event(event: Date, period: Period, date: Date) -> Timing:
    match period.kind:
        case PeriodKind.BEFORE:
            holds, outside = event.latest < date.earliest, event.earliest >= date.earliest
        case PeriodKind.AFTER:
            holds, outside = event.earliest > date.latest, event.latest <= date.latest
        case PeriodKind.BY:
            holds, outside = event.latest <= date.latest, event.earliest > date.latest
        case _ if is_as_of(period):
            holds, outside = event.latest <= date.latest, event.earliest > date.latest
        case _:
            return _compared(date, event)
    return _ordered(holds=holds, outside=outside, reason=Reason.DATE_DIFFERS)


def _interval(days: Course, relation: Relation, period: Period, date: Date, *, denied: bool) -> Timing:
    match period.kind:
        case PeriodKind.BEFORE:
            holds, outside = days.begun_by < date.earliest, days.not_before >= date.earliest
        case PeriodKind.AFTER:
            holds = days.sure_until > date.latest >= days.begun_by and days.seen_last is None
            holds = holds or date.latest < days.begun_by < _NEVER or _seen_after(days, date)
            outside = days.until <= date.latest
        case PeriodKind.BY:
            holds, outside = days.begun_by <= date.latest, days.not_before > date.latest
        case _:
            untold = days.not_before == _ALWAYS and days.until == _NEVER
            if relation.single is Single.EVER and untold and not denied:
                return Timing(Hold.UNSURE)  # a birthplace has no time of its own: the date was not confirmed
            return _at(days, date)
    return _ordered(holds=holds, outside=outside, reason=Reason.OUTSIDE_DATES)


def _seen_after(days: Course, date: Date) -> bool:
    return days.seen_last is not None and days.seen_last.earliest > date.latest


def _between(
    days: Course, statement: Statement, relation: Relation, period: Period, first: Date, last: Date
) -> Timing:
    if days.event is not None:
        return _compared(interval(first.earliest, max(first.latest, last.latest)), days.event)
    ends = (Period(PeriodKind.BEGAN, first), Period(PeriodKind.ENDED, last))
    exact = _all(_dated(days, statement, relation, end) for end in ends)
    if exact.hold is Hold.HOLDS or _gives_ends(period):
        return exact
    whole = interval(first.earliest, max(first.latest, last.latest))
    if days.begun_by <= first.latest and days.sure_until >= last.earliest and days.seen_last is None:
        return Timing(Hold.HOLDS)
    outside = _at(days, whole).hold is Hold.OUTSIDE
    return _ordered(holds=False, outside=outside, reason=Reason.OUTSIDE_DATES)


def _former(days: Course, statement: Statement, at: Date) -> Timing:
    """Whether it is over by then; it is not, for certain, only if something says so."""
    if days.event is not None:
        return _ordered(holds=False, outside=days.event.earliest > at.latest, reason=Reason.OUTSIDE_DATES)
    over = statement.end is not None and statement.end.latest <= at.latest
    goes_on = days.endless or (statement.end is not None and statement.end.earliest > at.latest)
    shown_later = (
        statement.end is None and days.seen_last is not None and days.seen_last.earliest >= at.latest
    )
    outside = at.latest < days.not_before or goes_on or shown_later
    return _ordered(holds=over, outside=outside, reason=Reason.OUTSIDE_DATES)


def moments(periods: Sequence[Period], as_of: Date) -> tuple[Date, ...]:
    """The times at which a claim says that it holds: a value that holds all through one excludes another."""
    found: list[Date] = []
    kinds = {period.kind for period in periods}
    if not kinds - {PeriodKind.STILL, PeriodKind.ONCE} or kinds == {PeriodKind.SINCE}:
        found.append(as_of)
    for period in periods:
        if period.kind is PeriodKind.FORMER:
            return ()
        if period.date is None:
            continue
        if period.kind in (
            PeriodKind.AT,
            PeriodKind.STILL,
            PeriodKind.SINCE,
            PeriodKind.BEGAN,
            PeriodKind.ENDED,
            PeriodKind.UNTIL,
        ):
            found.append(period.date)
        elif period.kind is PeriodKind.BETWEEN and period.until is not None:
            found.append(interval(period.date.earliest, max(period.until.latest, period.date.latest)))
    return tuple(dict.fromkeys(found))
