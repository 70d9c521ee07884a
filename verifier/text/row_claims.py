"""The claims of a table that gives subject, predicate and object: a triple a row, and no prose to read."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.model import Claim, ClaimRow, Period, PeriodKind, Reading, Term, Triple
from verifier.relations import Catalogue, Relation, ValueKind
from verifier.text.proper_names import proper_names
from verifier.text.reading import World
from verifier.text.slots import group_term
from verifier.text.time import find_dates
from verifier.values import parse_date, parse_quantity

__all__ = ["claim_of", "names_in"]

_LIMIT = 5
"""Things of a like name that are candidates where nothing has the very name."""


def names_in(row: ClaimRow) -> tuple[str, ...]:
    """What a row names: the proper names of its sentence, or its two ends."""
    return proper_names(row.claim) if row.claim else tuple(end for end in (row.subject, row.object) if end)


def claim_of(row: ClaimRow, *, world: World, catalogue: Catalogue) -> Claim:
    """A row that gives subject, predicate and object. A predicate that the catalogue lacks has no reading."""
    relation = catalogue.find(row.predicate)
    readings = () if relation is None else (Reading(relation.id, relation.label, row.predicate, 100.0),)
    triple = Triple(
        _thing(row.subject, world),
        _object(row.object, relation, world),
        readings,
        relation_text=row.predicate,
        periods=tuple(_periods(row)),
        negated=row.negated,
    )
    return Claim(row.id, f"{row.subject} | {row.predicate} | {row.object}", (triple,), as_of=row.as_of)


def _periods(row: ClaimRow) -> Iterator[Period]:
    if row.start is not None:
        yield Period(PeriodKind.BEGAN, row.start)
    if row.end is not None:
        yield Period(PeriodKind.ENDED, row.end)
    if row.point_in_time is not None:
        yield Period(PeriodKind.AT, row.point_in_time)


def _object(text: str, relation: Relation | None, world: World) -> Term:
    kind = ValueKind.ANY if relation is None else relation.value
    try:
        if kind is ValueKind.DATE:
            dates = find_dates(text, as_of=None)
            return Term(text, value=dates[0].period.date if dates else parse_date(text))
        if kind is ValueKind.QUANTITY:
            return Term(text, value=parse_quantity(text, relation.unit if relation is not None else ""))
    except ValueError:
        return Term(text)
    return _thing(text, world)


def _thing(text: str, world: World) -> Term:
    exact = world.names.exact(text)
    if not exact and (group := group_term(text, world)) is not None:
        return group
    return Term(text, matches=exact or world.names.search(text, limit=_LIMIT))
