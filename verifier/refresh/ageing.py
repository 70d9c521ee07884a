"""Curated rows that no source refreshes and that were last shown too long ago: look at them again."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from verifier.dates import add_days, day, iso, parse_date
from verifier.evidence import NATURE, named_by
from verifier.model import Date, Day, Entity, Polarity, Rank, Statement, Value
from verifier.night import StaleRows
from verifier.refresh.causes import statement_words
from verifier.relations import Catalogue, Relation, Single

__all__ = ["Rows", "find_stale"]


_Slot = tuple[str | tuple[Value, ...], ...]


class Rows(Protocol):
    """A table that can be gone through (each of `sources` is one)."""

    def entity(self, id: str) -> Entity | None:
        """The thing with this id."""
        ...

    def statements(self, subject: str, relation: str) -> tuple[Statement, ...]:
        """What it states of a thing in one relation."""
        ...

    def all_statements(self, relation: str) -> Iterator[Statement]:
        """Every statement of a relation."""
        ...


Shown = Callable[[Collection[tuple[str, str]]], Mapping[tuple[str, str], tuple[Statement, ...]]]
"""What the sources show of subjects in relations, for those pairs of them of which they show anything."""


@dataclass(frozen=True, slots=True)
class _Aged:
    statement: Statement
    shown: Date


def find_stale(
    curated: Rows, shown: Shown, *, catalogue: Catalogue, on: datetime.date
) -> tuple[StaleRows, ...]:
    """The curated rows that have grown old by a day, for each relation that has any.

    A row is old if its relation does not last, it states no end, and it was last shown (else retrieved) more
    days ago than the relation allows. A later row, curated or of a source, takes its place: one of the same,
    or where there can be one value at a time, one of another value.
    """
    today = day(on.year, on.month, on.day).earliest
    aged = {
        relation: old
        for relation in catalogue.relations.values()
        if relation.stale_after and not relation.lasting
        if (old := tuple(_aged(curated, relation, today)))
    }
    later = shown({(one.statement.subject, relation.id) for relation in aged for one in aged[relation]})
    found = []
    for relation, candidates in aged.items():
        left = [one for one in candidates if not _is_followed(one, relation, later)]
        if left:
            left.sort(key=lambda one: (one.shown.latest, one.statement.id))
            rows = tuple(
                (_place(one.statement), _words(one.statement, relation, curated, catalogue), iso(one.shown))
                for one in left
            )
            found.append(StaleRows(relation.id, relation.label, relation.stale_after, rows))
    return tuple(found)


def _aged(curated: Rows, relation: Relation, today: Day) -> Iterator[_Aged]:
    """The old rows that no later curated row takes the place of."""
    slots: dict[_Slot, list[Statement]] = {}
    for statement in curated.all_statements(relation.id):
        if statement.rank is not Rank.DEPRECATED and not statement.qualifier(NATURE):
            slots.setdefault(_slot(statement, relation), []).append(statement)
    for rows in slots.values():
        newest = max((known.latest for row in rows if (known := _known(row))), default=None)
        for row in rows:
            last = None if row.end is not None or row.open_end else _known(row)
            if last is None or add_days(last.latest, relation.stale_after) >= today:
                continue
            if last.latest == newest:
                yield _Aged(row, last)


def _is_followed(
    one: _Aged, relation: Relation, later: Mapping[tuple[str, str], tuple[Statement, ...]]
) -> bool:
    """Whether a source shows the slot later than the curated row does."""
    slot = _slot(one.statement, relation)
    return any(
        _slot(row, relation) == slot
        and (known := _known(row)) is not None
        and known.latest > one.shown.latest
        for row in later.get((one.statement.subject, relation.id), ())
    )


def _slot(statement: Statement, relation: Relation) -> _Slot:
    """What a later row takes the place of: the value that there can be one of at a time, else the same."""
    keys = tuple(statement.qualifier(name) for name in relation.key)
    single = relation.single is Single.AT_A_TIME
    return (statement.subject, *keys) if single else (statement.subject, *keys, (statement.value,))


def _known(statement: Statement) -> Date | None:
    """The last day for which the row tells something: its end, or when it was last shown or read."""
    for date in (statement.end, statement.seen_last, statement.point_in_time):
        if date is not None:
            return date
    read = (_date(source.retrieved) for source in statement.sources)
    return max((date for date in read if date is not None), key=lambda date: date.latest, default=None)


def _date(text: str) -> Date | None:
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None


def _place(statement: Statement) -> str:
    """The file and line of a row, or its own id and the table that has it."""
    named = ":" in statement.id and statement.id.startswith(statement.table)
    return statement.id if named else f"{statement.id} in {statement.table}"


def _words(statement: Statement, relation: Relation, rows: Rows, catalogue: Catalogue) -> str:
    things, relations = named_by((statement,))
    labels = {id: entity.label for id in things if (entity := rows.entity(id)) is not None}
    labels |= {id: known.label for id in relations if (known := catalogue.get(id)) is not None}
    denied = "not: " if statement.polarity is Polarity.NEGATIVE else ""
    return denied + statement_words(statement, relation, labels)
