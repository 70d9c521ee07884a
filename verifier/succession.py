"""Who succeeded whom in an office, by the dated rows of who held it, where no row says so itself.

A claim names the office by a qualifier, as in `("president", Latvia)`. Without one, any office that both held
may support it, and none contradicts it: they may have held others, that no table has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verifier.agreement import Agreement, End, agreement, is_sure
from verifier.candidates import candidates
from verifier.dates import add_days, days_between, within
from verifier.evidence import Evidence, affirms
from verifier.explain import label
from verifier.inforce import Hold, Timing, is_as_of
from verifier.model import (
    Date,
    Day,
    EntityValue,
    PeriodKind,
    Precision,
    Reason,
    Statement,
    TextValue,
)
from verifier.outcome import Outcome, contradicted, supported
from verifier.relations import Catalogue, Relation, RelationRole, Single
from verifier.values import Comparison, compare_dates
from verifier.weigh import Fact, Question, Weighed

__all__ = ["succession"]

_TURNED = {RelationRole.FOLLOWS: False, RelationRole.FOLLOWED_BY: True}
"""Whether the successor is the object."""
_DAYS = 31
"""One follows on another if no more days than these lie between."""
_EDITION = 120
"""Days that an edition may show somebody after the successor has begun."""
_STOPGAP = 100
"""Who was there for fewer days than these may be passed over by those who tell who followed whom."""
_STOPGAPS = ("acting", "interim", "caretaker", "provisional", "transition")
_NEVER: Day = (10**6, 12, 31)


@dataclass(frozen=True, slots=True)
class _Office:
    """Everybody who is stated to have held an office, and the two of whom the claim speaks."""

    relation: Relation
    state: str
    held: tuple[Statement, ...]
    later: End
    earlier: End


@dataclass(frozen=True, slots=True)
class _Handover:
    """When the later one began, and the row of the one who held the office right before."""

    began: Statement
    start: Date
    before: Statement


def succession(question: Question) -> Outcome | None:
    """Whether one of the two followed on the other in office; None if the rows do not tell."""
    turned = None if question.relation.role is None else _TURNED.get(question.relation.role)
    if turned is None or not _is_told_of(question):
        return None
    later, earlier = (question.object, question.subject) if turned else (question.subject, question.object)
    if later.id is None or earlier.id is None or later.id == earlier.id:
        return None
    named = bool(question.qualifiers)
    offices = tuple(_named(question, later, earlier) if named else _common(question, later, earlier))
    for office in offices:
        found = _followed(question, office)
        if found is not None:
            return found
    return _followed_another(question, offices[0], turned=turned) if named and offices else None


def _is_told_of(question: Question) -> bool:
    """Whether the claim gives no time but that of the handover."""
    return all(
        period.kind is PeriodKind.BEFORE
        or (
            period.kind in (PeriodKind.AT, PeriodKind.BEGAN)
            and period.date is not None
            and not is_as_of(period)
        )
        for period in question.periods
    )


# ------------------------------------------------------------------------------------------------- offices


def _named(question: Question, later: End, earlier: End) -> Iterator[_Office]:
    """The office that the claim names, if it names one and nothing else."""
    if len(question.qualifiers) != 1:
        return
    name, term = question.qualifiers[0]
    relation = question.catalogue.get(name)
    if relation is None or not _is_office(relation):
        return
    ends = candidates(term, relation.subject_types, question.evidence)
    match = ends[0].match
    if len(ends) == 1 and match is not None and is_sure(match):
        yield _office(relation, match.id, question.evidence, later=later, earlier=earlier)


def _common(question: Question, later: End, earlier: End) -> Iterator[_Office]:
    """Every office that both are stated to have held."""
    evidence = question.evidence
    assert later.id is not None and earlier.id is not None
    for relation in _offices(question.catalogue):
        states = {s.subject for s in evidence.statements_about(relation.id, later.id)}
        shared = states & {s.subject for s in evidence.statements_about(relation.id, earlier.id)}
        # A head of a state is that of its territories, too: the state itself is told first.
        for state in sorted(shared, key=lambda id: ("state" not in evidence.types(id), id)):
            yield _office(relation, state, evidence, later=later, earlier=earlier)


def _offices(catalogue: Catalogue) -> Iterator[Relation]:
    return (relation for _, relation in sorted(catalogue.relations.items()) if _is_office(relation))


def _is_office(relation: Relation) -> bool:
    """Whether one person at a time holds it."""
    return relation.single is Single.AT_A_TIME and "person" in relation.object_types


def _office(relation: Relation, state: str, evidence: Evidence, *, later: End, earlier: End) -> _Office:
    held = tuple(s for s in evidence.statements(state, relation.id) if affirms(s))
    return _Office(relation, state, held, later, earlier)


def _is_by(statement: Statement, end: End) -> bool:
    return statement.value == EntityValue(end.id or "")


# ------------------------------------------------------------------------------------------ what the rows say


def _handovers(question: Question, office: _Office) -> Iterator[_Handover]:
    """Each time that the later one took over from somebody, as far as the rows leave no doubt of whom."""
    for row in office.held:
        start = row.start
        if not _is_by(row, office.later) or start is None or start.precision < Precision.MONTH:
            continue
        if start.earliest > question.as_of.latest:
            continue
        before = _right_before(office, row, start)
        if before is not None:
            yield _Handover(row, start, before)


def _right_before(office: _Office, began: Statement, start: Date) -> Statement | None:
    """The row of whoever began last before; None if that was the same person, or may have been several."""
    dated = [(row, row.start) for row in office.held if row.value != began.value and row.start is not None]
    if any(first.latest >= start.earliest and first.earliest <= start.latest for _, first in dated):
        return None
    earlier = [(row, first) for row, first in dated if first.latest < start.earliest]
    if not earlier:
        return None
    last, since = max(earlier, key=lambda pair: (pair[1].earliest, _trace(pair[0]), pair[0].id))
    near = (row for row, first in earlier if days_between(first.latest, since.earliest) <= _DAYS)
    if any(row.value != last.value for row in near):
        return None
    begun_again = any(
        row.value == began.value
        and row.start is not None
        and since.earliest <= row.start.latest < start.earliest
        for row in office.held
    )
    undated = any(
        row.start is None and row.value != last.value and _trace(row) >= since.earliest for row in office.held
    )
    if begun_again or undated:
        return None
    return last


def _trace(row: Statement) -> Day:
    """The last day on which a row may still count."""
    dates = [date.latest for date in (row.end, row.seen_last) if date is not None]
    return max(dates, default=_NEVER)


def _followed(question: Question, office: _Office) -> Outcome | None:
    """Supported: the earlier one left the office when the later one began."""
    for handover in _handovers(question, office):
        if not _is_by(handover.before, office.earlier) or not _adjoin(handover):
            continue
        if not _is_of_that_time(question, handover.start):
            continue
        rows = (handover.before, handover.began)
        rule = f"{label(office.later.id or '', question.evidence)} was the next"
        return supported(question, _weighed(question, rows), reason=Reason.IMPLIED, rule=rule)
    return None


def _is_of_that_time(question: Question, start: Date) -> bool:
    """Whether the claim is of this handover, and not of one at another time."""
    return all(
        period.date is not None and compare_dates(period.date, start) is Comparison.AGREES
        for period in question.periods
        if period.kind is not PeriodKind.BEFORE
    )


def _adjoin(handover: _Handover) -> bool:
    """Whether the row before reaches to the day of the handover, leaving room for nobody else."""
    end, seen, start = handover.before.end, handover.before.seen_last, handover.start
    if end is not None and end.precision >= Precision.MONTH:
        return _is_near(end, start)
    if end is not None:
        return start.earliest <= end.latest and end.earliest <= start.latest
    if seen is None:
        return False
    return -_EDITION <= days_between(seen.earliest, start.earliest) <= _DAYS


def _is_near(end: Date, start: Date) -> bool:
    return (
        days_between(end.earliest, start.latest) <= _DAYS
        and days_between(start.earliest, end.latest) <= _DAYS
    )


def _followed_another(question: Question, office: _Office, *, turned: bool) -> Outcome | None:
    """Contradicted: the later one began once, right after somebody else, and the earlier one at no time near.

    Only whom the rows show in this office can have been someone else at that time.
    """
    starts = [row.start for row in office.held if _is_by(row, office.later)]
    handovers = list(_handovers(question, office))
    if (
        not _is_one_day(starts)
        or not handovers
        or not any(_is_by(row, office.earlier) for row in office.held)
    ):
        return None
    handover = max(handovers, key=lambda one: one.start.precision)
    before, start = handover.before, handover.start
    if _is_by(before, office.earlier):
        return _at_another_time(question, handover) if _adjoin(handover) else None
    if not _is_sure(question, office, handover):
        return None
    if not _is_of_that_time(question, start):
        return None
    who = label(before.value.id, question.evidence) if isinstance(before.value, EntityValue) else ""
    rule = f"it was {who} who held the office right before"
    told = _weighed(question, (before, handover.began))
    return contradicted(question, told, Reason.DIFFERENT_VALUE, rule, repair="" if turned else who)


def _is_one_day(starts: Sequence[Date | None]) -> bool:
    """Whether the starts are all one: the same, or told once by the day and once by its month."""
    dates = [start for start in starts if start is not None]
    if not dates or len(dates) < len(starts):
        return False
    finest = max(dates, key=lambda date: date.precision)
    return all(within(finest, date) for date in dates)


def _at_another_time(question: Question, handover: _Handover) -> Outcome | None:
    if not any(
        period.kind is PeriodKind.BEGAN
        and period.date is not None
        and compare_dates(period.date, handover.start) is Comparison.DIFFERS
        for period in question.periods
    ):
        return None
    told = _weighed(question, (handover.began, handover.before))
    return contradicted(question, told, Reason.DATE_DIFFERS, "that is when it was")


def _is_sure(question: Question, office: _Office, handover: _Handover) -> bool:
    """Whether it is beyond doubt that somebody else held the office right before."""
    before, start = handover.before, handover.start
    end, first = before.end, before.start
    if end is None or first is None or end.precision < Precision.DAY or not _is_near(end, start):
        return False
    if days_between(first.latest, end.earliest) < _STOPGAP or _is_stopgap(question, office, before):
        return False
    if agreement(before.value, office.earlier, office.relation, question.evidence) is not Agreement.OTHER:
        return False
    for row in office.held:
        if not _is_by(row, office.earlier):
            continue
        if row.start is None or not (
            row.start.earliest > start.latest
            or (row.start.latest < first.earliest and not _reaches(row, end.earliest))
        ):
            return False
        if not _is_followed_by_another(question, office, row):
            return False
    return not any(
        _is_by(row, office.earlier)
        and row.relation != office.relation.id
        and _touches(row, end, start)
        and not _is_aside(row, end, start)
        for row in _all_offices(question, office)
    )


def _is_aside(row: Statement, end: Date, start: Date) -> bool:
    """Whether an office went on while another one passed on in one day: nobody acted in between."""
    on_one_day = end == start and end.precision is Precision.DAY
    return on_one_day and row.end is not None and row.end.earliest > add_days(start.latest, _DAYS)


def _all_offices(question: Question, office: _Office) -> Iterator[Statement]:
    """Who held this or any other office of the state."""
    for relation in _offices(question.catalogue):
        yield from question.evidence.statements(office.state, relation.id)


def _is_followed_by_another(question: Question, office: _Office, row: Statement) -> bool:
    """Whether somebody else came right after the earlier one, or nobody yet.

    The table may lack times in office, as of one who came back: unless both ends are told, such a time of the
    later one may have followed.
    """
    if row.end is None:
        seen = row.seen_last
        return seen is not None and question.as_of.latest <= add_days(seen.latest, _DAYS)
    if row.end.precision < Precision.DAY:
        return False
    return any(
        other.start is not None
        and _is_near(row.end, other.start)
        and (before := _right_before(office, other, other.start)) is not None
        and _is_by(before, office.earlier)
        and agreement(other.value, office.later, office.relation, question.evidence) is Agreement.OTHER
        for other in office.held
    )


def _is_stopgap(question: Question, office: _Office, before: Statement) -> bool:
    """Whether some row calls the holder of that time acting, or the like."""
    for row in _all_offices(question, office):
        if row.value != before.value or (before.start is not None and _trace(row) < before.start.earliest):
            continue
        relation = question.catalogue.get(row.relation)
        words = [value.text for _, value in row.qualifiers if isinstance(value, TextValue)]
        words.append(relation.label if relation is not None else row.relation)
        if any(word in text.casefold() for word in _STOPGAPS for text in words):
            return True
    return False


def _reaches(row: Statement, day: Day) -> bool:
    """Whether a row with another after it may still count on this day: its dates say so."""
    dates = [date.latest for date in (row.end, row.seen_last) if date is not None]
    return bool(dates) and max(dates) >= add_days(day, -_DAYS)


def _touches(row: Statement, end: Date, start: Date) -> bool:
    """Whether a row of another office may have held at the handover: it may be the same office, acting."""
    first = row.start or row.seen_first
    return _trace(row) >= add_days(end.earliest, -_DAYS) and (
        first is None or first.earliest <= add_days(start.latest, _DAYS)
    )


def _weighed(question: Question, rows: Sequence[Statement]) -> list[Weighed]:
    return [
        Weighed(
            Fact(row, row.subject, row.value),
            Agreement.SAME,
            Agreement.SAME,
            Timing(Hold.HOLDS),
            question.evidence.trust(row),
        )
        for row in rows
    ]
