"""The rules of judging once more, slow and obvious: try every way in which it may have been.

Written from what the program promises and not from its code. Where the rows leave open on which day something
began or was over, each day that matters is tried; a choice for every row is a *world*. What is true in all
worlds is supported, what is false in all is contradicted, all else is unknown. It knows one subject and one
relation, plain values of one table, no qualifiers, and ranks only where
Wikidata has many values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from itertools import product

from verifier.model import Date, Day, EntityValue, Polarity, Rank, Statement, Verdict
from verifier.relations import Relation, Single

__all__ = ["plain_verdict"]

_FIRST, _LAST = date(1900, 1, 1).toordinal(), date(2100, 1, 1).toordinal()
_NEVER_BEGAN = _LAST + 1


class _Persists(Enum):
    """How long what nobody ended went on: the first of these that the rows allow."""

    ALWAYS = "until it is stale"
    REPLACED = "until something else began"
    NEVER = "until any day"


@dataclass(frozen=True)
class _Stint:
    """One way in which a row may have been so: from one day to another, both included."""

    value: str
    first: float
    last: float
    """Half a day aside if that day is not stated: then nobody else had a share in it."""
    affirms: bool
    shown: int = _FIRST
    """Before this day it is only taken to have been so: something else may have been."""
    preferred: bool = False
    behind: bool = False
    """Whether it counts for nothing while another is preferred: a normal row of Wikidata's without an end."""

    def __contains__(self, day: int) -> bool:
        return self.first <= day <= self.last

    def inside(self, day: int) -> bool:
        """Not on the first or last day, which another may share."""
        return self.first < day < self.last


def plain_verdict(
    rows: Sequence[Statement],
    relation: Relation,
    value: str,
    *,
    time: Date,
    named: bool,
    closed: bool = False,
) -> Verdict | None:
    """Whether the subject of the rows stood in the relation to `value` at some moment of `time`.

    `named` is True if the claim names this time: of an event it then says that it happened then. None if the
    rows contradict each other about the value itself: what is made of that is told case by case.
    """
    days = _days_that_matter(rows, relation, time)
    moments = [day for day in days if _ordinal(time.earliest) <= day <= _ordinal(time.latest)]
    told = [row for row in rows if row.start is None or row.start.earliest <= time.latest]
    tried = []
    for persists in _Persists:
        choices = [
            _unlike(
                _ranked(
                    _stints(row, told, relation, days, value=value, named=named, persists=persists),
                    row,
                    relation,
                ),
                moments,
            )
            for row in rows
        ]
        tried.append(list(product(*choices)))
        possible = [world for world in tried[-1] if _is_possible(world, relation, moments)]
        if possible:
            break
        if any(_is_row_of(row, value) for row in rows):
            return None
    known = closed or _tells_all_of(value, rows, relation)
    truths = {_is_true(world, relation, value, moments, known=known) for world in possible or tried[0]}
    if len(truths) > 1:
        return Verdict.UNKNOWN
    return {True: Verdict.SUPPORTED, False: Verdict.CONTRADICTED, None: Verdict.UNKNOWN}[truths.pop()]


def _is_possible(world: Sequence[_Stint], relation: Relation, moments: Sequence[int]) -> bool:
    """Whether nothing is both so and not so, and one place has one value."""
    for day in moments:
        denied = {stint.value for stint in world if not stint.affirms and day in stint}
        if denied & {stint.value for stint in world if stint.affirms and day in stint}:
            return False
    if relation.single is Single.EVER:
        return len({stint.value for stint in world if stint.affirms}) <= 1
    return relation.single is Single.NO or all(
        len({stint.value for stint in world if stint.affirms and stint.inside(day)}) <= 1 for day in moments
    )


def _is_true(
    world: Sequence[_Stint], relation: Relation, value: str, moments: Sequence[int], *, known: bool
) -> bool | None:
    """Whether it was so in one world; None if this world does not tell."""
    own = [stint for stint in world if stint.value == value]
    denied = {day for day in moments for stint in own if day in stint and not stint.affirms}
    affirmed = {day for day in moments for stint in own if day in stint and stint.affirms}
    behind = {day for day in affirmed if all(_is_behind(stint, world, day) for stint in own if day in stint)}
    affirmed -= behind
    if affirmed - denied:
        return True
    if affirmed or behind:
        return None
    told = [day in denied or _is_taken(world, relation, value, day) for day in moments]
    return False if known or all(told) else None


def _is_behind(stint: _Stint, world: Sequence[_Stint], day: int) -> bool:
    """Whether a better ranked value was there on a day."""
    others = (other for other in world if other.value != stint.value and other.affirms and day in other)
    return stint.behind and any(other.preferred for other in others)


def _is_taken(world: Sequence[_Stint], relation: Relation, value: str, day: int) -> bool:
    """Whether one other thing, and nobody denies it, had the one place that there is."""
    ever = relation.single is Single.EVER
    others = [stint for stint in world if stint.value != value and (ever or day in stint)]
    denied = {stint.value for stint in others if not stint.affirms}
    there = [s for s in others if s.affirms and s.value not in denied and (ever or day >= s.shown)]
    inside = {stint.value for stint in there if ever or stint.inside(day)}
    handed_over = not inside and len({stint.value for stint in there}) == 2
    return relation.single is not Single.NO and (len(inside) == 1 or handed_over)


def _tells_all_of(value: str, rows: Iterable[Statement], relation: Relation) -> bool:
    """Whether the rows tell every time at which this value was so.

    Of one place they do; of many, if they tell of one time only: what was so twice may have been so thrice.
    """
    own = [row for row in rows if _is_row_of(row, value)]
    points = [row.start or (row.point_in_time if _is_event(row, relation) else None) for row in own]
    begun = {
        point.earliest[0] if point is not None else row.end for point, row in zip(points, own, strict=True)
    }
    return bool(own) and (relation.single is not Single.NO or len(begun - {None}) <= 1)


# ------------------------------------------------------------------------------- when a row may have been so


def _unlike(stints: Iterable[_Stint], moments: Sequence[int]) -> Iterable[_Stint]:
    """Those that differ at the moments of the claim; the others would only repeat a world."""
    return {tuple((day in one, one.inside(day)) for day in moments): one for one in stints}.values()


def _ranked(stints: Iterable[_Stint], row: Statement, relation: Relation) -> Iterator[_Stint]:
    """The stints with the rank of their row, where ranks tell what counts."""
    ranked = relation.single is Single.NO and row.table == "wikidata"
    for stint in stints:
        yield replace(
            stint,
            preferred=ranked and row.rank is Rank.PREFERRED,
            behind=ranked and row.rank is Rank.NORMAL and row.end is None,
        )


def _stints(
    row: Statement,
    rows: Sequence[Statement],
    relation: Relation,
    days: Sequence[int],
    *,
    value: str,
    named: bool,
    persists: _Persists,
) -> Iterator[_Stint]:
    affirms = row.polarity is Polarity.POSITIVE
    assert isinstance(row.value, EntityValue)
    begun = list(_beginnings(row, relation, days, own=_is_row_of(row, value), named=named))
    if named and _is_event(row, relation) and not affirms:
        yield _Stint(row.value.id, begun[0], begun[-1], affirms)
        return
    if named and _is_event(row, relation):
        yield from (_Stint(row.value.id, day, day, affirms) for day in begun)
        return
    shown = row.seen_first if row.start is None else None
    over = _ends(row, rows, relation, days, value=value, persists=persists)
    since = _FIRST if shown is None else _ordinal(shown.earliest)
    spans = [(first, last) for first, last in product(begun, over) if first <= last]
    for first, last in spans or [(begun[0], begun[0])]:
        yield _Stint(row.value.id, first, last, affirms, since)


def _beginnings(
    row: Statement, relation: Relation, days: Sequence[int], *, own: bool, named: bool
) -> Sequence[float]:
    stated = row.start or (row.point_in_time if _is_event(row, relation) else None)
    if stated is not None:
        return [day for day in days if _ordinal(stated.earliest) <= day <= _ordinal(stated.latest)]
    shown = [day for day in (row.point_in_time, row.seen_first, row.seen_last, row.end) if day is not None]
    if relation.single is Single.EVER and row.polarity is Polarity.POSITIVE and named:
        return [*days, _NEVER_BEGAN]
    if relation.lasting and row.point_in_time is None:
        return [_FIRST]
    by = min((_ordinal(day.latest) for day in shown), default=_NEVER_BEGAN)
    aside = 0.5 if own else 0
    return [_FIRST, *(day - aside for day in days if day <= by), *[_NEVER_BEGAN] * (not shown)]


def _ends(
    row: Statement,
    rows: Sequence[Statement],
    relation: Relation,
    days: Sequence[int],
    *,
    value: str,
    persists: _Persists,
) -> Sequence[float]:
    """An imprecise end may be any day of its span."""
    others = [other for other in rows if _excludes(other, row, relation)]
    if row.end is not None:
        first, last = _ordinal(row.end.earliest), _ordinal(row.end.latest)
        return [day for day in days if first <= day <= last]
    seen = row.seen_last or (row.point_in_time if not _is_event(row, relation) else None)
    doubted = row.value != EntityValue(value) and any(
        _is_row_of(other, value) and not _is_later(row, other) for other in rows
    )
    begun = [_ordinal(other.start.latest) for other in others if other.start is not None] if row.start else []
    if relation.lasting and not doubted and not begun:
        return [_LAST]
    stale = (
        _ordinal(seen.latest) + relation.stale_after if seen is not None and relation.stale_after else _LAST
    )
    since = _ordinal((seen or row.start).latest) if seen or row.start else _FIRST
    shown = _ordinal(seen.earliest) if seen is not None else _LAST
    over = [
        _ordinal(o.end.latest) for o in rows if o.end and (o.value, o.polarity) == (row.value, row.polarity)
    ]
    until = min((day for day in over if day >= shown), default=_LAST)
    begun = [day for day in begun if day > since]
    if persists is _Persists.NEVER or ((seen or _is_row_of(row, value)) and begun) or doubted:
        ends = [day + 0.5 for day in days if day >= since]
    elif persists is _Persists.REPLACED and begun:
        ends = [min(begun)]
    else:
        ends = [day + 0.5 for day in days if day >= stale]
    return [end for end in ends if end <= until] + [until]


def _is_later(row: Statement, other: Statement) -> bool:
    """Whether a row began after another was last seen, or began."""
    last = other.seen_last or other.point_in_time or other.start
    return row.start is not None and last is not None and row.start.latest > last.latest


def _is_row_of(row: Statement, value: str) -> bool:
    return row.value == EntityValue(value) and row.polarity is Polarity.POSITIVE


def _excludes(other: Statement, row: Statement, relation: Relation) -> bool:
    """Whether both cannot be so at once."""
    if other.value == row.value:
        return other.polarity is not row.polarity
    return relation.single is not Single.NO and other.polarity is row.polarity is Polarity.POSITIVE


def _is_event(row: Statement, relation: Relation) -> bool:
    """A row with one date, of something that happens."""
    happens = relation.event or relation.single is Single.EVER or not relation.declared
    return happens and row.point_in_time is not None and row.start is None and row.end is None


def _days_that_matter(rows: Iterable[Statement], relation: Relation, time: Date) -> list[int]:
    """The bounds of every date, and the days beside them: between two of these nothing changes."""
    dates = [time]
    for row in rows:
        stated = (row.start, row.end, row.point_in_time, row.seen_first, row.seen_last)
        dates.extend(one for one in stated if one is not None)
    bounds = {_ordinal(day) for one in dates for day in (one.earliest, one.latest)}
    bounds |= {bound + relation.stale_after for bound in bounds}
    return sorted({day for bound in bounds for day in (bound - 1, bound, bound + 1)})


def _ordinal(day: Day) -> int:
    return date(*day).toordinal()
