"""Rows in force at once that cannot all be right: where the tables disagree with themselves.

Each of two such values supports the claim that has it, and keeps every third from being contradicted; of two
figures, or two dates that no page states together, the verdict is `sources-disagree`. So this is the list to
mend. Rows are compared as judging compares them: a preferred rank beats a normal one, and the user's table
the bundled one. Then there is nothing to disagree about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from verifier.agreement import Agreement, End, agreement
from verifier.evidence import Evidence, affirms
from verifier.explain import label
from verifier.inforce import course
from verifier.model import Date, Day, EntityValue, Match, MatchKind, Statement, Term, UnknownValue, Value
from verifier.relations import Relation, Single
from verifier.values import Comparison, add_days, compare_dates
from verifier.weigh import is_single, key_of_value

__all__ = ["Clash", "Conflict", "find_conflicts"]


_MOST_COMPARED = 30


class Clash(StrEnum):
    """What the rows of a conflict differ in."""

    VALUE = "value"
    """They give different values where there can be only one."""
    START = "start"
    """They give one fact two beginnings."""
    END = "end"
    """They give one fact two ends."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """These rows say different things of one slot, at one time."""

    relation: str
    subject: str
    clash: Clash
    rows: tuple[Statement, ...]
    """Two or more, by id; each differs from at least one other."""
    key: tuple[str, ...] = ()
    """What the relation is single-valued per (the country of an embassy), by id."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A row, and the first and last day on which it certainly held."""

    row: Statement
    first: Day
    last: Day


def find_conflicts(rows: Iterable[Statement], relation: Relation, evidence: Evidence) -> tuple[Conflict, ...]:
    """The conflicts among the rows of one relation, in an order that does not depend on theirs."""
    slots: dict[tuple[str, tuple[str, ...] | None], list[Statement]] = defaultdict(list)
    for row in rows:
        if affirms(row) and not isinstance(row.value, UnknownValue):
            slots[row.subject, _key(row, relation, evidence)].append(row)
    found = []
    for (subject, key), slot in slots.items():
        if len(slot) < 2:
            continue
        pairs = [pair for pair in _pairs(slot, relation, evidence) if _equals(*pair, evidence)]
        for clash, differ in _CLASHES.items():
            rival = [(a, b) for a, b in pairs if differ(a, b, relation, evidence)]
            if rival and (clash is not Clash.VALUE or key is not None):
                found += [Conflict(relation.id, subject, clash, group, key or ()) for group in _joined(rival)]
    return tuple(sorted(found, key=lambda c: (c.subject, c.key, c.clash, [_name(row) for row in c.rows])))


def _key(row: Statement, relation: Relation, evidence: Evidence) -> tuple[str, ...] | None:
    """What the relation is single-valued per; None if a part of that is not stated."""
    found = []
    for key in relation.key:
        given = [value.id for value in row.qualifier(key) if isinstance(value, EntityValue)]
        owner = row.value.id if isinstance(row.value, EntityValue) else None
        own = given[0] if given else None if owner is None else key_of_value(owner, key, evidence)
        if own is None:
            return None
        found.append(own)
    return tuple(found)


def _known(row: Statement, relation: Relation, evidence: Evidence) -> _Known:
    days = course(row, relation, undated=evidence.undated(row.table, row.relation))
    first, last = days.begun_by, days.sure_until
    # Who came before or after may have held the same place on the first and on the last day.
    if row.start is not None:
        first = add_days(first, 1)
    if row.end is not None:
        last = add_days(last, -1)
    elif days.seen_last is not None:
        last = days.seen_last.latest
    elif first >= last:
        last = days.not_before  # no date at all: there is no day on which it certainly held
    return _Known(row, first, last)


def _pairs(
    slot: Sequence[Statement], relation: Relation, evidence: Evidence
) -> Iterator[tuple[_Known, _Known]]:
    """The rows of a slot that may disagree, two by two: those with one value only, where there may be many.

    Of a thousand rows that held at once each is compared with the next ones: that shows the conflict as well.
    """
    groups: dict[Value | None, list[Statement]] = defaultdict(list)
    for row in slot:
        groups[None if is_single(relation) else row.value].append(row)
    for group in groups.values():
        if len(group) < 2:
            continue
        known = [_known(row, relation, evidence) for row in group]
        known.sort(key=lambda each: (each.first, each.last, _name(each.row)))
        for number, one in enumerate(known):
            for other in known[number + 1 : number + 1 + _MOST_COMPARED]:
                if relation.single is not Single.EVER and other.first > one.last:
                    break
                yield one, other


def _equals(first: _Known, second: _Known, evidence: Evidence) -> bool:
    """Whether neither row is believed before the other."""
    same_rank = first.row.rank is second.row.rank
    return same_rank and evidence.trust(first.row) == evidence.trust(second.row)


def _at_once(first: _Known, second: _Known) -> bool:
    return max(first.first, second.first) <= min(first.last, second.last)


def _values_differ(first: _Known, second: _Known, relation: Relation, evidence: Evidence) -> bool:
    if not is_single(relation) or first.row.value == second.row.value:
        return False
    if relation.single is not Single.EVER and not _at_once(first, second):
        return False
    values = (first.row.value, second.row.value)
    return all(
        agreement(value, _end(other, evidence), relation, evidence) is Agreement.OTHER
        for value, other in (values, values[::-1])
    )


def _end(value: Value, evidence: Evidence) -> End:
    if not isinstance(value, EntityValue):
        return End(Term(""), value=value)
    name = label(value.id, evidence)
    return End(Term(name), match=Match(value.id, name, name, 100.0, MatchKind.EXACT))


def _starts_differ(first: _Known, second: _Known, relation: Relation, evidence: Evidence) -> bool:
    return _dates_differ(first, second, lambda row: row.start)


def _ends_differ(first: _Known, second: _Known, relation: Relation, evidence: Evidence) -> bool:
    return _dates_differ(first, second, lambda row: row.end)


def _dates_differ(first: _Known, second: _Known, date: Callable[[Statement], Date | None]) -> bool:
    """Whether two rows of one fact, which held at once, give it dates that exclude each other."""
    one, other = date(first.row), date(second.row)
    if one is None or other is None or first.row.value != second.row.value or not _at_once(first, second):
        return False
    shared = {name for name, _ in first.row.qualifiers} & {name for name, _ in second.row.qualifiers}
    if any(first.row.qualifier(name) != second.row.qualifier(name) for name in shared):
        return False  # another title, another share: another fact
    return all(
        compare_dates(claimed, stated) is Comparison.DIFFERS
        for claimed, stated in ((one, other), (other, one))
    )


_CLASHES = {Clash.VALUE: _values_differ, Clash.START: _starts_differ, Clash.END: _ends_differ}


def _joined(pairs: Sequence[tuple[_Known, _Known]]) -> Iterator[tuple[Statement, ...]]:
    """The rows of pairs that share a row, together."""
    groups: dict[tuple[str, str], dict[tuple[str, str], Statement]] = {}
    for pair in pairs:
        rows = {_name(known.row): known.row for known in pair}
        small, large = sorted((groups.setdefault(name, {name: row}) for name, row in rows.items()), key=len)
        if small is not large:
            large.update(small)
            groups |= dict.fromkeys(small, large)
    for group in {id(group): group for group in groups.values()}.values():
        yield tuple(group[name] for name in sorted(group))


def _name(row: Statement) -> tuple[str, str]:
    return row.table, row.id
