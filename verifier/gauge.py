"""How much, when or how long something is by the statements in force, and which of two is more.

What is measured lies between two bounds: a figure is rounded, a date is a span of days, and sources may give
several values. Of two things one is more only if all that it may be is more than all that the other may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum

from verifier.agreement import Agreement
from verifier.dates import days_between
from verifier.figures import newest
from verifier.inforce import Hold
from verifier.model import Aspect, Bound, Date, Quantity, Statement
from verifier.relations import Single
from verifier.units import convert
from verifier.weigh import Fact, Question, Weighed, facts_of, weigh

__all__ = ["YEAR", "Gauged", "Outweighs", "compare", "gauge", "is_to_come", "ratio"]

YEAR = Decimal("365.25")
_EPOCH = (1970, 1, 1)
_LONG_AGO, _LONG_HENCE = Decimal(-(10**9)), Decimal(10**9)
_LAST_JULIAN_YEAR = 1923
_JULIAN_DAYS = 13
"""So far two calendars may be apart in what they call one day."""


class Outweighs(Enum):
    """Which of two is more."""

    FIRST = "first"
    SECOND = "second"
    NEITHER = "neither"
    """They are the same, for certain: dates of one day."""
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Gauged:
    """What one thing comes to: at least `low`, at most `high`; a date counts as days."""

    low: Decimal
    high: Decimal
    statements: tuple[tuple[Statement, str], ...]
    """Those that say so, each in words."""
    unit: str = ""
    dated: bool = False
    """Whether it is a date."""
    at: tuple[Decimal, Decimal] | None = None
    """The days of which the figures are, from the first to the last, where figures drift."""
    drift: Decimal = Decimal(0)

    @property
    def told(self) -> str:
        """The first statement in words."""
        return self.statements[0][1]


def gauge(question: Question, aspect: Aspect) -> Gauged | None:
    """What a question's subject comes to in its relation, at its time; None if no row says."""
    if aspect is Aspect.VALUE:
        return _value(question)
    return _moment(question, ended=aspect is Aspect.END)


# ---------------------------------------------------------------------------------------------- one thing


def _value(question: Question) -> Gauged | None:
    assert question.subject.id is not None
    facts = [
        fact
        for fact in facts_of(question, question.subject.id)
        if fact.positive and isinstance(fact.value, Date | Quantity) and not fact.statement.qualifiers
    ]
    weighed = [_plain(question, fact) for fact in facts]
    current = newest([one for one in weighed if one.timing.hold is Hold.HOLDS])
    if not current:
        return None
    told = tuple((one.fact.statement, question.tell(one.fact)) for one in current)
    kinds = {type(one.fact.value) for one in current}
    if kinds == {Date}:
        return _dates((one.fact.value for one in current if isinstance(one.fact.value, Date)), told)
    if kinds == {Quantity}:
        return _amounts(question, current, told)
    return None


def _plain(question: Question, fact: Fact) -> Weighed:
    """A fact beside a claim that gives no value of its own."""
    trust = question.evidence.trust(fact.statement)
    return Weighed(fact, Agreement.SAME, Agreement.SAME, question.timing(fact), trust)


def _amounts(
    question: Question, current: Sequence[Weighed], told: tuple[tuple[Statement, str], ...]
) -> Gauged | None:
    quantities = [one.fact.value for one in current if isinstance(one.fact.value, Quantity)]
    unit = quantities[0].unit
    bounds = [_bounds(quantity, unit) for quantity in quantities]
    known = [pair for pair in bounds if pair is not None]
    if len(known) < len(bounds):
        return None
    drift = Decimal(str(question.relation.drift))
    seen = [date for one in current if (date := _seen(one)) is not None] if drift else []
    days = [_day(day) for date in seen for day in (date.earliest, date.latest)]
    return Gauged(
        min(low for low, _ in known),
        max(high for _, high in known),
        told,
        unit,
        at=(min(days), max(days)) if days else None,
        drift=drift,
    )


def _seen(weighed: Weighed) -> Date | None:
    statement = weighed.fact.statement
    return statement.point_in_time or weighed.timing.seen or statement.seen_last or statement.start


def _bounds(quantity: Quantity, unit: str) -> tuple[Decimal, Decimal] | None:
    """What a stated amount may be, as it is rounded; None if it is only a bound, or of another kind."""
    if quantity.bound not in (Bound.EXACT, Bound.ABOUT):
        return None
    half = Decimal(0) if not quantity.unit and quantity.step == 1 else quantity.step / 2
    if quantity.bound is Bound.ABOUT:
        half = max(half, abs(quantity.amount) / 10)
    low = convert(quantity.amount - half, quantity.unit, unit)
    high = convert(quantity.amount + half, quantity.unit, unit)
    return None if low is None or high is None else (low, high)


def _moment(question: Question, *, ended: bool) -> Gauged | None:
    """When the subject began, or ceased, to stand in the relation to the object."""
    assert question.subject.id is not None
    positive = (fact for fact in facts_of(question, question.subject.id) if fact.positive)
    found = [one for fact in positive if (one := weigh(question, fact)).entails]
    direct = [one for one in found if _is_direct(question, one)]
    if not direct and ended:
        return None
    dated = [
        (one, date) for one in direct or found if (date := _turn(question, one, ended=ended)) is not None
    ]
    if not dated:
        return None
    begun = min(date.earliest for _, date in dated)
    for one in found:
        shown = one.fact.statement.seen_first or one.fact.statement.point_in_time
        if shown is not None and not ended and shown.latest < begun:
            return None  # it was so before the first time that has a date
    told = tuple((one.fact.statement, question.tell(one.fact)) for one, _ in dated)
    gauged = _dates((date for _, date in dated), told)
    relation = question.relation
    if direct and Single.AT_A_TIME not in (relation.single, relation.single_subject):
        return gauged
    # What one holds at a time passes on, and may have come back; who has had relations since some day may
    # have recognised the other before.
    return replace(gauged, high=_LONG_HENCE) if ended else replace(gauged, low=_LONG_AGO)


def _is_direct(question: Question, weighed: Weighed) -> bool:
    """Whether a row is of the relation itself, and does not only entail it."""
    relation = question.relation
    return weighed.fact.statement.relation in (relation.id, relation.inverse)


def _turn(question: Question, weighed: Weighed, *, ended: bool) -> Date | None:
    statement = weighed.fact.statement
    return statement.end if ended else statement.start or question.course(weighed.fact).event


def _dates(dates: Iterable[Date], told: tuple[tuple[Statement, str], ...]) -> Gauged:
    listed = tuple(dates)
    low = min(_day(date.earliest) for date in listed)
    return Gauged(low, max(_day(date.latest) for date in listed), told, dated=True)


def is_to_come(gauged: Gauged, day: Date) -> bool:
    """Whether what is gauged by its date has not begun by this day."""
    return gauged.dated and gauged.low > _day(day.latest)


def _day(day: tuple[int, int, int]) -> Decimal:
    return Decimal(days_between(_EPOCH, day))


# ---------------------------------------------------------------------------------------------- two things


def compare(one: Gauged, other: Gauged) -> Outweighs:
    """Which is more, or later."""
    pair = _alike(one, other)
    if pair is None:
        return Outweighs.UNSURE
    one, other = pair
    if one.dated:
        old = _day((_LAST_JULIAN_YEAR, 1, 1))
        apart = Decimal(_JULIAN_DAYS) if max(one.low, other.low) < old else Decimal(0)
        if one.low > other.high + apart:
            return Outweighs.FIRST
        if other.low > one.high + apart:
            return Outweighs.SECOND
        same = one.low == one.high == other.low == other.high
        return Outweighs.NEITHER if same else Outweighs.UNSURE
    if one.low > other.high:
        return Outweighs.FIRST
    return Outweighs.SECOND if other.low > one.high else Outweighs.UNSURE


def ratio(one: Gauged, other: Gauged, *, at_once: bool = False) -> tuple[Decimal, Decimal] | None:
    """How many times as much the first is, at least and at most; None if that means nothing.

    `at_once` takes figures of one and the same time as they stand.
    """
    if at_once and one.at == other.at:
        one, other = (replace(gauged, drift=Decimal(0)) for gauged in (one, other))
    pair = _alike(one, other)
    if pair is None or one.dated:
        return None
    one, other = pair
    if one.low <= 0 or other.low <= 0:
        return None
    return one.low / other.high, one.high / other.low


def _alike(one: Gauged, other: Gauged) -> tuple[Gauged, Gauged] | None:
    """Both in one unit, and as wide as their figures may have changed between the times they are of."""
    if one.dated is not other.dated:
        return None
    low, high = (convert(amount, other.unit, one.unit) for amount in (other.low, other.high))
    if low is None or high is None:
        return None
    other = replace(other, low=low, high=high, unit=one.unit)
    share = max(one.drift, other.drift) * _years(one, other)
    return _widened(one, share / 2), _widened(other, share / 2)


def _years(one: Gauged, other: Gauged) -> Decimal:
    """How many years apart figures of two times are, at most; within a year they are of one time."""
    if one.at is None or other.at is None:
        return Decimal(1)
    days = max(one.at[1] - other.at[0], other.at[1] - one.at[0])
    return max(days / YEAR, Decimal(1))


def _widened(gauged: Gauged, share: Decimal) -> Gauged:
    return replace(
        gauged,
        low=gauged.low - abs(gauged.low) * share,
        high=gauged.high + abs(gauged.high) * share,
    )
