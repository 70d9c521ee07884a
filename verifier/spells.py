"""Claims of how long something lasted: "was president for twelve years".

Start and end of what is stated give a least and a most number of days; a claim of more than is known is only
excluded where the table leaves no time for a further spell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from verifier.agreement import is_sure
from verifier.candidates import candidates
from verifier.confidence import confidence
from verifier.dates import add_days, days_between, format_date
from verifier.evidence import Evidence
from verifier.explain import quoted, show, with_capital
from verifier.inforce import Hold
from verifier.model import (
    Bound,
    Date,
    Day,
    Finding,
    Part,
    PeriodKind,
    Precision,
    Quantity,
    Reading,
    Reason,
    Stance,
    Triple,
    Verdict,
)
from verifier.relations import Catalogue, Relation, Single
from verifier.units import convert
from verifier.values import Comparison, compare_quantities
from verifier.weigh import Question, Weighed, facts_of, weigh

__all__ = ["judge_length"]

_DAYS = {"y": Decimal("365.25"), "mo": Decimal("30.4375"), "d": Decimal(1)}
_MUCH_LESS = Decimal("0.75")
_LONG = 8 * 365
"""Days for which an office is looked at beyond the length that is claimed."""
_NAMES = {"y": "year", "mo": "month", "d": "day"}


@dataclass(frozen=True, slots=True)
class _Spell:
    """One statement, and how many days it held: at least, at most."""

    weighed: Weighed
    low: int
    high: int
    ended: bool
    begun: Day
    until: Day
    more: tuple[Weighed, ...] = ()
    """Other rows of the same time."""


def judge_length(
    triple: Triple, reading: Reading, evidence: Evidence, *, catalogue: Catalogue, as_of: Date
) -> Part:
    """Judge how long the subject is said to have stood in the relation to the object."""
    relation = catalogue.get(reading.relation) or Relation(reading.relation, reading.label)
    ends = (triple.object, triple.subject) if reading.inverse else (triple.subject, triple.object)
    subjects = candidates(ends[0], relation.subject_types, evidence)
    objects = candidates(ends[1], relation.object_types, evidence)
    named = [
        Question(relation, s, o, triple.periods, triple.qualifiers, as_of, evidence, catalogue)
        for s in subjects
        for o in objects
        if s.id is not None and o.id is not None
    ]
    asked = [q for q in named if all(e.match is None or is_sure(e.match) for e in (q.subject, q.object))]
    told = [(question, spells) for question in asked if (spells := _spells(question))]
    if len(told) != 1 or None in told[0][1]:
        name = quoted(f"{triple.subject.text} – {relation.label} – {triple.object.text}")
        why = f"no statement of {name} has both a start and an end, which would tell how long it was"
        reason = (
            Reason.AMBIGUOUS_ENTITY
            if len(told) > 1
            else Reason.DATES_UNKNOWN
            if told
            else Reason.NO_STATEMENT
        )
        return Part(triple, Verdict.UNKNOWN, reason, with_capital(why), reading=reading)
    question, found = told[0]
    return _judged(triple, reading, question, [spell for spell in found if spell is not None])


def _spells(question: Question) -> list[_Spell | None]:
    """The times for which it held; None for one of which the beginning or the end is not told."""
    assert question.subject.id is not None
    found = (weigh(question, fact) for fact in facts_of(question, question.subject.id) if fact.positive)
    kept = [one for one in found if one.entails]
    if question.periods:
        kept = [one for one in kept if one.timing.hold is not Hold.OUTSIDE]
    begun = [one for one in kept if not _is_to_come(one, question.as_of)]
    return _merged([_spell(question, one) for one in begun if not _is_within(one, begun)])


def _is_to_come(weighed: Weighed, today: Date) -> bool:
    start = weighed.fact.statement.start
    return start is not None and start.earliest > today.latest


def _is_within(weighed: Weighed, others: Sequence[Weighed]) -> bool:
    """Whether a row without a start was only shown while another, which has one, held."""
    statement = weighed.fact.statement
    shown = statement.seen_first or statement.point_in_time
    if statement.start is not None or statement.end is not None or shown is None:
        return False
    return any(
        one.fact.statement.start is not None
        and one.fact.statement.start.latest <= shown.earliest
        and (one.fact.statement.end is None or shown.latest <= one.fact.statement.end.earliest)
        for one in others
    )


def _merged(spells: Sequence[_Spell | None]) -> list[_Spell | None]:
    """Rows of times that overlap tell of one spell; where they differ, it is as long as any of them says."""
    known = sorted((s for s in spells if s is not None), key=lambda spell: spell.begun)
    merged: list[_Spell | None] = []
    for spell in known:
        last = merged[-1] if merged else None
        if last is None or spell.begun >= last.until:
            merged.append(spell)
        else:
            low, high = max(last.low, spell.low), min(last.high, spell.high)
            if low > high:  # they differ
                low, high = min(last.low, spell.low), max(last.high, spell.high)
            merged[-1] = replace(
                last,
                low=low,
                high=high,
                ended=last.ended or spell.ended,
                until=max(last.until, spell.until),
                more=(*last.more, spell.weighed),
            )
    return [*merged, *(None for spell in spells if spell is None)]


def _spell(question: Question, weighed: Weighed) -> _Spell | None:
    statement = weighed.fact.statement
    start, end, today = statement.start, statement.end, question.as_of
    if start is None:
        return None
    if end is None:
        known = statement.seen_last
        if known is None and not question.relation.lasting and not statement.open_end:
            return None
        until = today.earliest if known is None else min(known.earliest, today.earliest)
        low, high = days_between(start.latest, until), days_between(start.earliest, today.latest)
        return _Spell(weighed, max(low, 0), high, ended=False, begun=start.earliest, until=today.latest)
    if end.earliest > today.latest:
        end = today
    low, high = days_between(start.latest, end.earliest), days_between(start.earliest, end.latest)
    return _Spell(weighed, max(low, 0), high, ended=True, begun=start.earliest, until=end.latest)


def _judged(triple: Triple, reading: Reading, question: Question, spells: Sequence[_Spell]) -> Part:
    order = triple.order
    assert order is not None and order.amount is not None
    low, high = sum(s.low for s in spells), sum(s.high for s in spells)
    whole = _compared(order.amount, low, high)
    if whole is Comparison.INCOMPARABLE and _in_years(order.amount, spells):
        whole = Comparison.AGREES
    each = {_compared(order.amount, spell.low, spell.high) for spell in spells}
    told = "; ".join(question.tell(spell.weighed.fact) for spell in spells)
    length = _words(low, high, order.amount)
    ongoing = "" if all(spell.ended for spell in spells) else f" by {format_date(question.as_of)}"
    why = f"{told}; that is {length}{ongoing}"
    verdict = {Comparison.AGREES: Verdict.SUPPORTED, Comparison.DIFFERS: Verdict.CONTRADICTED}.get(
        whole, Verdict.UNKNOWN
    )
    if verdict is Verdict.CONTRADICTED and each != {Comparison.DIFFERS}:
        verdict = Verdict.UNKNOWN
    goes_on = any(period.kind is PeriodKind.STILL for period in triple.periods)
    if verdict is Verdict.CONTRADICTED and goes_on and not _far_off(order.amount, low):
        verdict = Verdict.UNKNOWN  # who has been there for 74 years has been there for 70
    elif verdict is Verdict.CONTRADICTED and not goes_on and not _no_room(question, spells, order.amount):
        verdict = Verdict.UNKNOWN
        why += ", and whether it was so at another time too is not stated"
    stance, reason = {
        Verdict.SUPPORTED: (Stance.SUPPORTS, Reason.SAME_VALUE),
        Verdict.CONTRADICTED: (Stance.CONTRADICTS, Reason.QUANTITY_DIFFERS),
        Verdict.UNKNOWN: (Stance.NEUTRAL, Reason.DATES_UNKNOWN),
    }[verdict]
    if verdict is Verdict.CONTRADICTED:
        claimed = show(replace(order.amount, unit=""), question.evidence)
        name = _NAMES.get(order.amount.unit, order.amount.unit)
        why += f", not {claimed} {name}{'' if claimed == '1' else 's'}"
    findings = tuple(
        Finding(
            stance,
            with_capital(f"{question.tell(s.weighed.fact)}: that is {length}"),
            s.weighed.fact.statement,
        )
        for s in spells
    )
    ends = (question.object, question.subject) if reading.inverse else (question.subject, question.object)
    decided = verdict is not Verdict.UNKNOWN
    matches = tuple(end.match for end in ends if end.match is not None)
    return Part(
        triple,
        verdict,
        reason,
        with_capital(why),
        findings,
        subject=ends[0].match,
        object=ends[1].match,
        reading=reading,
        confidence=confidence(reading.way, matches, reason) if decided else None,
        repair=length if verdict is Verdict.CONTRADICTED else "",
    )


def _in_years(claimed: Quantity, spells: Sequence[_Spell]) -> bool:
    """Whether bounds known to the year are as far apart as is claimed: 2008 to 2015 is seven years."""
    bounds = [(s.weighed.fact.statement.start, s.weighed.fact.statement.end) for s in spells]
    known = [(start, end) for start, end in bounds if start is not None and end is not None]
    rough = all(min(start.precision, end.precision) == Precision.YEAR for start, end in known)
    if len(known) < len(bounds) or not rough or claimed.unit != "y" or claimed.bound is not Bound.EXACT:
        return False
    return claimed.amount == sum(end.earliest[0] - start.earliest[0] for start, end in known)


def _in_unit(days: int, unit: str) -> Decimal:
    return (Decimal(days) / _DAYS[unit]).quantize(Decimal("0.01"))


def _unit(claimed: Quantity) -> str:
    """The unit in which a length is compared."""
    return claimed.unit if claimed.unit in _DAYS else "d"


def _compared(claimed: Quantity, low: int, high: int) -> Comparison:
    """Agrees if any length that it may be does, differs if none does."""
    unit = _unit(claimed)
    answers = {
        compare_quantities(claimed, Quantity(_in_unit(days, unit), unit, Decimal("0.01")))
        for days in {low, high}
    }
    if answers == {Comparison.DIFFERS}:
        amount = convert(claimed.amount, claimed.unit, unit)
        between = amount is not None and _in_unit(low, unit) < amount < _in_unit(high, unit)
        return Comparison.INCOMPARABLE if between else Comparison.DIFFERS
    return Comparison.AGREES if answers == {Comparison.AGREES} else Comparison.INCOMPARABLE


def _words(low: int, high: int, claimed: Quantity) -> str:
    unit = _unit(claimed)
    least, most = (_in_unit(days, unit).quantize(Decimal("0.1")).normalize() for days in (low, high))
    number = f"{least:f}" if least == most else f"{least:f} to {most:f}"
    return f"{number} {_NAMES[unit]}{'' if number == '1' else 's'}"


# ----------------------------------------------------------------------------------------- no further spell


def _wanted(claimed: Quantity) -> int | None:
    unit = _unit(claimed)
    amount = convert(claimed.amount, claimed.unit, unit)
    return None if amount is None else int(amount * _DAYS[unit])


def _far_off(claimed: Quantity, low: int) -> bool:
    """Whether a length of what still goes on is more than there was, or much less."""
    wanted = _wanted(claimed)
    return wanted is not None and (wanted > low or wanted < _MUCH_LESS * low)


def _no_room(question: Question, spells: Sequence[_Spell], claimed: Quantity) -> bool:
    """Whether it cannot have been so at a time of which no row tells, for as long as the claim would need.

    It cannot if others are known to have held the place long before, and ever since.
    """
    wanted = _wanted(claimed)
    if wanted is None or question.relation.single is not Single.AT_A_TIME:
        return wanted is not None and question.relation.single is Single.EVER
    known = sum(spell.high for spell in spells)
    first, last = min(spell.begun for spell in spells), max(spell.until for spell in spells)
    begin = add_days(first, -2 * wanted - _LONG)
    window = begin, min(add_days(last, 2 * wanted + _LONG), question.as_of.latest)
    needed = wanted - known if wanted > known else wanted
    return _uncovered(question, window) < needed // 2


def _uncovered(question: Question, window: tuple[Day, Day]) -> int:
    """Days of a window on which nobody is known to have held the place."""
    assert question.subject.id is not None
    spans: list[tuple[Day, Day]] = []
    for fact in facts_of(question, question.subject.id):
        course = question.course(fact)
        until = min(course.sure_until, course.seen_last.latest) if course.seen_last else course.sure_until
        if fact.positive and course.begun_by < until:
            spans.append((max(course.begun_by, window[0]), min(until, window[1])))
    at, free = window[0], 0
    for begins, ends in sorted(spans):
        if begins > at:
            free += days_between(at, min(begins, window[1]))
        at = max(at, ends)
        if at >= window[1]:
            return free
    return free + days_between(at, window[1])
