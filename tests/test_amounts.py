"""Numbers as people and tables write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.amounts import parse_quantity, read_number, written_step
from verifier.model import Bound, Quantity


def q(amount: str, unit: str = "", *, step: str = "1", bound: Bound = Bound.EXACT) -> Quantity:
    return Quantity(Decimal(amount), unit, Decimal(step), bound)


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("193", "", q("193")),
        ("85,279,553", "", q("85279553")),
        ("85 279 553", "", q("85279553")),
        ("85\N{NARROW NO-BREAK SPACE}279\N{NARROW NO-BREAK SPACE}553", "", q("85279553")),
        ("1'234", "", q("1234")),
        ("12,34,567", "", q("1234567")),
        ("1.8e6", "", q("1800000", step="100000")),
        ("10,887 sq km", "", q("10887", "km2")),
        ("10887", "km²", q("10887", "km2")),
        ("10887", "Square  Kilometres", q("10887", "km2")),
        ("4203 sq mi", "km2", q("4203", "mi2")),
        ("95.6%", "", q("95.6", "%", step="0.1")),
        ("95.60 per cent", "", q("95.6", "%", step="0.01")),
        ("4.8 billion", "", q("4800000000", step="100000000")),
        ("4.8", "billion USD", q("4800000000", "USD", step="100000000")),
        ("$4.8 bn.", "", q("4800000000", "USD", step="100000000")),
        ("US$ 5", "", q("5", "USD")),
        ("EUR 5 million", "", q("5000000", "EUR", step="1000000")),
        ("\N{MINUS SIGN}3.5", "", q("-3.5", step="0.1")),
        ("+7", "", q("7")),
        (".5", "", q("0.5", step="0.1")),
        ("0", "", q("0")),
        ("85 million people", "", q("85000000", step="1000000")),
        ("12", "widgets", q("12", "widgets")),
        ("about 40%", "", q("40", "%", bound=Bound.ABOUT)),
        ("More than 85 million", "", q("85000000", step="1000000", bound=Bound.MORE_THAN)),
        ("no more  than 5", "", q("5", bound=Bound.AT_MOST)),
        (">= 50", "", q("50", bound=Bound.AT_LEAST)),
        ("<1%", "", q("1", "%", bound=Bound.LESS_THAN)),
        ("c. 500", "", q("500", bound=Bound.ABOUT)),
    ],
)
def test_parse_quantity(text: str, unit: str, expected: Quantity) -> None:
    """A cell gives amount, unit, written precision and hedge."""
    assert parse_quantity(text, unit) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "many",
        "12 widgets",
        "1,2,3",
        "12,5",
        "1.2.3",
        "2017-12-06",
        "98 of 193",
        "5 km 3",
        "$5 km",
        "e5",
        "-",
        "9" * 50,
    ],
)
def test_parse_quantity_refuses(text: str) -> None:
    """A cell that is not one number with a known unit is refused with a hint."""
    with pytest.raises(ValueError, match="write"):
        parse_quantity(text)


def test_equal_amounts_look_equal() -> None:
    """One amount has one spelling, however it was written."""
    spellings = {
        str(parse_quantity(text).amount)
        for text in ("4.8 billion", "4,800,000,000", "4800 million", "4.80e9")
    }
    assert spellings == {"4800000000"}


@pytest.mark.parametrize(
    ("number", "scale", "step"),
    [
        ("193", 1, "1"),
        ("100", 1, "1"),
        ("1200", 1, "100"),
        ("1980", 1, "10"),
        ("2000", 1, "100"),
        ("300000", 1, "10000"),
        ("10887", 1, "1"),
        ("0.30", 1, "0.01"),
        ("85", 10**6, "1000000"),
        ("10", 10**6, "1000000"),
        ("100", 10**6, "10000000"),
        ("4.8", 10**9, "100000000"),
        ("1", 10**6, "200000"),
        ("9", 10**6, "1000000"),
        ("0", 10**6, "1000000"),
    ],
)
def test_written_step(number: str, scale: int, step: str) -> None:
    """The place to which a number is written; closing zeros and small round numbers are taken with care."""
    assert written_step(Decimal(number), scale) == Decimal(step)


@given(st.integers(0, 10**15))
def test_thousands_are_read_back(number: int) -> None:
    """Law: a number is the same with separators as without."""
    assert read_number(f"{number:,}") == read_number(str(number)) == Decimal(number)


@given(st.text(max_size=200) | st.text("0123456789.,-+%$<~ eEkm", max_size=60))
def test_any_text_is_a_quantity_or_a_value_error(text: str) -> None:
    """Hostile cells raise ValueError and nothing else."""
    try:
        quantity = parse_quantity(text, text[::-1])
    except ValueError:
        return
    assert quantity.step > 0
