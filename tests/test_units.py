"""Units: one spelling each, and conversion within a kind."""

from __future__ import annotations

from decimal import Decimal

import pytest

from verifier.units import UNITS, canonical_unit, convert, split_scale


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Square kilometres", "km2"),
        ("sq. km", "km2"),
        ("U.S. dollars", "USD"),
        ("KM2", "km2"),
        ("%", "%"),
        ("€", "EUR"),
        ("people", ""),
        ("widgets", "widgets"),
    ],
)
def test_canonical_unit(text: str, expected: str) -> None:
    """Known spellings become one; an unknown unit keeps its words."""
    assert canonical_unit(text) == expected


def test_canonical_units_are_their_own_spelling() -> None:
    """Law: naming the canonical unit changes nothing."""
    assert {unit: canonical_unit(unit) for unit in UNITS.values()} == {unit: unit for unit in UNITS.values()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("million USD", (10**6, "USD")),
        ("thousands", (1000, "")),
        ("hundred thousand km2", (10**5, "km2")),
        ("", (1, "")),
        ("bn. €", (10**9, "EUR")),
    ],
)
def test_split_scale(text: str, expected: tuple[int, str]) -> None:
    """A header may scale its unit."""
    assert split_scale(text) == expected


@pytest.mark.parametrize(
    ("amount", "unit", "to", "expected"),
    [
        ("1", "mi", "km", "1.609344"),
        ("2", "km2", "ha", "200"),
        ("1000", "kg", "t", "1"),
        ("2", "h", "min", "120"),
        ("25", "°C", "°F", "77"),
        ("5", "km", "km", "5"),
    ],
)
def test_convert(amount: str, unit: str, to: str, expected: str) -> None:
    """Units of one kind convert."""
    converted = convert(Decimal(amount), unit, to)
    assert converted is not None
    assert round(converted, 9) == Decimal(expected)


@pytest.mark.parametrize(
    ("unit", "to"), [("km", "kg"), ("USD", "EUR"), ("%", "km"), ("widgets", "km"), ("", "%")]
)
def test_kinds_do_not_mix(unit: str, to: str) -> None:
    """Lengths are no masses, and money is never converted."""
    assert convert(Decimal(5), unit, to) is None


def test_every_unit_is_known_to_the_converter() -> None:
    """Each unit that has a name for conversion converts to itself by way of another of its kind."""
    pairs = [
        ("mm", "nmi"),
        ("m2", "ac"),
        ("m3", "l"),
        ("mg", "lb"),
        ("s", "y"),
        ("km/h", "mph"),
        ("°F", "K"),
        ("W", "GW"),
    ]
    assert all(convert(Decimal(1), unit, to) for unit, to in pairs)
