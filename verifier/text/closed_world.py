"""What the tables state, seen from a thing or a figure; for reading where they are all there is to know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from verifier.model import Date, Precision, Quantity, Value
from verifier.values import Comparison, compare_dates, compare_quantities

__all__ = ["Edge", "Ends", "Surroundings", "as_written", "same_figure"]


@dataclass(frozen=True, slots=True)
class Edge:
    """A statement seen from one of its ends: the relation, and what is at the other end."""

    relation: str
    other: Value
    turned: bool
    """True if the other end is the subject."""


@dataclass(frozen=True, slots=True)
class Ends:
    """What stands at the two ends of a relation's statements: things by id, and which kinds of figure."""

    subjects: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    figures: frozenset[type] = frozenset()


def _no_ends(relation: str) -> Ends:
    return Ends()


def _nothing(id: str) -> tuple[Edge, ...]:
    return ()


def _nobody(value: Value) -> tuple[str, ...]:
    return ()


def _unnamed(id: str) -> str:
    return id


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands beside a thing in the tables, who has a figure, and what a thing is called."""

    edges: Callable[[str], tuple[Edge, ...]] = _nothing
    holders: Callable[[Value], tuple[str, ...]] = _nobody
    label: Callable[[str], str] = _unnamed
    used: Callable[[], frozenset[str]] = frozenset
    """The relations of which the tables have statements."""
    ends: Callable[[str], Ends] = _no_ends


def same_figure(claimed: Value, stated: Value) -> bool:
    """Whether a figure of a claim is the stated one; a unit that the table leaves out is not missed."""
    if isinstance(claimed, Date) and isinstance(stated, Date):
        return compare_dates(claimed, stated) is Comparison.AGREES
    if isinstance(claimed, Quantity) and isinstance(stated, Quantity):
        return compare_quantities(claimed, stated) is Comparison.AGREES
    return as_written(claimed, stated) == stated if isinstance(stated, Date | Quantity) else False


def as_written(claimed: Value, stated: Value) -> Value:
    """A figure of a claim as the tables have its like: without a unit, a year as a number or the reverse."""
    if isinstance(claimed, Quantity) and isinstance(stated, Quantity) and not stated.unit:
        return replace(claimed, unit="")
    if isinstance(claimed, Date) and isinstance(stated, Quantity) and claimed.precision is Precision.YEAR:
        return Quantity(Decimal(claimed.earliest[0]))
    if isinstance(claimed, Quantity) and isinstance(stated, Date) and claimed.amount == int(claimed.amount):
        year = int(claimed.amount)
        return Date((year, 1, 1), (year, 12, 31), Precision.YEAR) if 0 < year < 2200 else claimed
    return claimed
