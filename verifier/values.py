"""Read and compare values by kind: dates, quantities, texts.

A comparison has three answers. The claimed value *agrees* with the stated one if the stated value is one of
those that the claim allows; it *differs* if none of what the source allows would make the claim true;
otherwise they are *incomparable*: the claim is finer than the source, or vague, or of another kind.

How much a claimed number allows follows from how it is written (see `amounts.written_step`):

- a plain number: half a unit of its last written place. A number that was cut rather than rounded
  ("85 million" for 85.8 million) is incomparable, not different.
- "about": 10 % or one unit of the last written place, whichever is more; twice that before it differs.
- "almost": up to 10 % below, and not reached; 20 % before it differs.
- "more than", "at least", "at most", "less than": the bound as written.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from verifier.amounts import parse_quantity
from verifier.dates import (
    add_days,
    before,
    date_from_wikidata,
    day,
    days_between,
    format_date,
    iso,
    overlaps,
    parse_date,
    within,
    year,
)
from verifier.model import Bound, Date, Precision, Quantity
from verifier.units import convert

__all__ = [
    "Comparison",
    "add_days",
    "before",
    "compare_dates",
    "compare_quantities",
    "compare_texts",
    "date_from_wikidata",
    "day",
    "days_between",
    "format_date",
    "iso",
    "overlaps",
    "parse_date",
    "parse_quantity",
    "within",
    "year",
]


class Comparison(StrEnum):
    """How a claimed value stands to a stated one."""

    AGREES = "agrees"
    DIFFERS = "differs"
    INCOMPARABLE = "incomparable"


# ------------------------------------------------------------------------------------------- dates

_LAST_JULIAN_YEAR = 1923
"""Greece was the last state to leave the Julian calendar for civil use (15 February 1923)."""


def compare_dates(claimed: Date, stated: Date) -> Comparison:
    """Agrees if all of the stated date lies in the claimed one, differs if they have no day in common.

    Two doubts keep dates from differing: popular usage counts 1900 to the 20th century and 2000 to the 21st,
    and a day before 1923 may be one and the same in the Julian and in the Gregorian calendar.
    """
    if within(stated, claimed):
        return Comparison.AGREES
    if overlaps(claimed, stated) or _same_day_old_style(claimed, stated):
        return Comparison.INCOMPARABLE
    if Precision.CENTURY in (claimed.precision, stated.precision) and _years_apart(claimed, stated) <= 1:
        return Comparison.INCOMPARABLE
    return Comparison.DIFFERS


def _years_apart(first: Date, second: Date) -> int:
    return max(first.earliest[0] - second.latest[0], second.earliest[0] - first.latest[0])


def _same_day_old_style(first: Date, second: Date) -> bool:
    in_year = first.earliest[0]
    if first.precision != Precision.DAY or second.precision != Precision.DAY or in_year > _LAST_JULIAN_YEAR:
        return False
    # Julian dates fell behind by three days in four centuries, and stood level in the third century.
    behind = in_year // 100 - in_year // 400 - 2
    return behind > 0 and abs(days_between(first.earliest, second.earliest)) == behind


# -------------------------------------------------------------------------------------- quantities


@dataclass(frozen=True, slots=True)
class _Extent:
    """Amounts from `low` to `high`; an end that is open does not belong to it."""

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False

    def holds(self, amount: Decimal) -> bool:
        above = self.low < amount or (self.low == amount and not self.low_open)
        return above and (amount < self.high or (amount == self.high and not self.high_open))

    def contains(self, other: _Extent) -> bool:
        low = self.low < other.low or (self.low == other.low and (other.low_open or not self.low_open))
        return low and (
            self.high > other.high or (self.high == other.high and (other.high_open or not self.high_open))
        )

    def meets(self, other: _Extent) -> bool:
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high or (low == high and self.holds(low) and other.holds(low))


_INFINITY = Decimal("Infinity")
_TENTH = Decimal("0.1")


def _allowed(quantity: Quantity) -> tuple[_Extent, _Extent]:
    """What a quantity as written allows: for certain, and at most."""
    amount, step, tenth = quantity.amount, quantity.step, abs(quantity.amount) * _TENTH
    match quantity.bound:
        case Bound.ABOUT:
            give = max(tenth, step)
            return _Extent(amount - give, amount + give), _Extent(amount - 2 * give, amount + 2 * give)
        case Bound.ALMOST:
            return (
                _Extent(amount - tenth, amount, high_open=True),
                _Extent(amount - 2 * tenth, amount + step / 2),
            )
        case Bound.MORE_THAN | Bound.AT_LEAST:
            bounded = _Extent(amount, _INFINITY, low_open=quantity.bound == Bound.MORE_THAN)
            return bounded, bounded
        case Bound.LESS_THAN | Bound.AT_MOST:
            bounded = _Extent(-_INFINITY, amount, high_open=quantity.bound == Bound.LESS_THAN)
            return bounded, bounded
        case Bound.EXACT:
            rounded = _Extent(amount - step / 2, amount + step / 2)
            # A number cut after its last place is off by less than one unit of it. The middle of a range
            # ("between 80 and 90") is no such number.
            cut = _Extent(amount - step, amount + step, low_open=True, high_open=True)
            return rounded, rounded if step == 0 or amount % step else cut


def compare_quantities(claimed: Quantity, stated: Quantity) -> Comparison:
    """Compare by the precision that the claim is written with; units of one kind are converted.

    Where one side has no unit, equal numbers agree and others are incomparable; so are units of two kinds.
    """
    if claimed.unit == stated.unit:
        return _compare_amounts(claimed, stated)
    if not claimed.unit or not stated.unit:
        same = _compare_amounts(claimed, stated)
        return same if same == Comparison.AGREES else Comparison.INCOMPARABLE
    amount = convert(claimed.amount, claimed.unit, stated.unit)
    beyond = convert(claimed.amount + claimed.step, claimed.unit, stated.unit)
    if amount is None or beyond is None:
        return Comparison.INCOMPARABLE
    return _compare_amounts(
        replace(claimed, amount=amount, step=abs(beyond - amount), unit=stated.unit), stated
    )


def _compare_amounts(claimed: Quantity, stated: Quantity) -> Comparison:
    certainly, at_most = _allowed(claimed)
    if stated.bound != Bound.EXACT:
        extent, _ = _allowed(stated)
        if certainly.contains(extent):
            return Comparison.AGREES
        return Comparison.INCOMPARABLE if certainly.meets(extent) else Comparison.DIFFERS
    if certainly.holds(stated.amount):
        return Comparison.AGREES
    # A count is what it is; any other stated number may itself be rounded.
    half = Decimal(0) if not stated.unit and stated.step == 1 else stated.step / 2
    rounded = _Extent(stated.amount - half, stated.amount + half, low_open=half > 0, high_open=half > 0)
    if at_most.holds(stated.amount) or certainly.meets(rounded):
        return Comparison.INCOMPARABLE
    return Comparison.DIFFERS


# ------------------------------------------------------------------------------------------- texts


def _folded(text: str) -> tuple[str, ...]:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = (c for c in decomposed if not unicodedata.combining(c))
    return tuple("".join(c if c.isalnum() else " " for c in kept).split())


def compare_texts(claimed: str, stated: str) -> Comparison:
    """Agrees if the words are the same but for case, accents and punctuation.

    A text that has all the words of the other and more is incomparable: it may be a longer form of it.
    """
    ours, theirs = _folded(claimed), _folded(stated)
    if not ours or not theirs:
        return Comparison.AGREES if claimed.strip() == stated.strip() else Comparison.INCOMPARABLE
    if ours == theirs:
        return Comparison.AGREES
    if set(ours) <= set(theirs) or set(theirs) <= set(ours):
        return Comparison.INCOMPARABLE
    return Comparison.DIFFERS
