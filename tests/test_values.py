"""Comparison by kind: what a claimed value allows, and what excludes it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.dates import century, decade, interval, month
from verifier.model import Bound, Date, Quantity
from verifier.values import (
    Comparison,
    compare_dates,
    compare_quantities,
    compare_texts,
    day,
    parse_date,
    parse_quantity,
    within,
    year,
)

AGREES, DIFFERS, INCOMPARABLE = Comparison.AGREES, Comparison.DIFFERS, Comparison.INCOMPARABLE

dates = st.builds(
    lambda pair: interval(*sorted(pair)),
    st.tuples(*[st.tuples(st.integers(1990, 2030), st.integers(1, 12), st.integers(1, 28))] * 2),
)
quantities = st.builds(
    Quantity,
    st.integers(-10_000, 10_000).map(Decimal),
    st.sampled_from(["", "%", "km"]),
    st.sampled_from([Decimal(1), Decimal(10), Decimal("0.1")]),
    st.sampled_from(Bound),
)


@pytest.mark.parametrize(
    ("claimed", "stated", "expected"),
    [
        ("2020", "2020-09-15", AGREES),
        ("2020-09", "2020-09-15", AGREES),
        ("2020-09-15", "2020-09-15", AGREES),
        ("2020", "2020", AGREES),
        ("2020s", "2021", AGREES),
        ("2020-09-15", "2020", INCOMPARABLE),
        ("2020-09", "2020", INCOMPARABLE),
        ("2020-05-01/2020-10-31", "2020-10-01/2020-12-31", INCOMPARABLE),
        ("2020", "2021-01-01", DIFFERS),
        ("2017-12-06", "2017-12-07", DIFFERS),
        ("-0043-03-15", "-0043", INCOMPARABLE),
        ("-0043", "-0043-03-15", AGREES),
        ("-0043", "0044", DIFFERS),
    ],
)
def test_compare_dates(claimed: str, stated: str, expected: Comparison) -> None:
    """A claimed date holds if the stated one lies in it; a claim finer than its source cannot be decided."""
    assert compare_dates(parse_date(claimed), parse_date(stated)) == expected


@pytest.mark.parametrize(
    ("claimed", "stated", "expected"),
    [
        (century(20), year(2000), AGREES),
        (century(21), year(2000), INCOMPARABLE),
        (century(20), year(1900), INCOMPARABLE),
        (century(20), year(1899), DIFFERS),
        (decade(1990), year(2000), DIFFERS),
        (day(1917, 10, 25), day(1917, 11, 7), INCOMPARABLE),
        (day(1642, 12, 25), day(1643, 1, 4), INCOMPARABLE),
        (day(1917, 10, 25), day(1917, 11, 8), DIFFERS),
        (day(2017, 10, 25), day(2017, 11, 7), DIFFERS),
        (day(250, 3, 1), day(250, 3, 2), DIFFERS),
        (day(350, 3, 1), day(350, 3, 2), INCOMPARABLE),
        (day(1600, 3, 1), day(1600, 3, 11), INCOMPARABLE),
        (day(1923, 2, 15), day(1923, 2, 28), INCOMPARABLE),
        (day(1924, 2, 15), day(1924, 2, 28), DIFFERS),
        (day(1917, 10, 19), month(1917, 11), DIFFERS),
    ],
)
def test_doubts_about_dates(claimed: Date, stated: Date, expected: Comparison) -> None:
    """Two usages of "century" and two calendars are no ground to contradict."""
    assert compare_dates(claimed, stated) == expected


@given(dates, dates)
def test_compare_dates_is_about_containment(claimed: Date, stated: Date) -> None:
    """Law: agreement is containment, and differing is symmetric."""
    assert (compare_dates(claimed, stated) == AGREES) == within(stated, claimed)
    assert (compare_dates(claimed, stated) == DIFFERS) == (compare_dates(stated, claimed) == DIFFERS)


@pytest.mark.parametrize(
    ("claimed", "stated", "expected"),
    [
        # The precision the claim is written with.
        ("85 million", "85,279,553", AGREES),
        ("85 million", "85,800,000", INCOMPARABLE),
        ("85 million", "84,600,000", AGREES),
        ("85 million", "87,000,000", DIFFERS),
        ("83 million", "85,279,553", DIFFERS),
        ("1,200", "1,234", AGREES),
        ("9.79", "9.785", AGREES),
        ("9.78", "9.795", DIFFERS),
        ("100 million", "103,000,000", AGREES),
        ("1 million", "1,400,000", DIFFERS),
        ("1 million", "1,150,000", INCOMPARABLE),
        ("40%", "40.8%", INCOMPARABLE),
        # Whole numbers are exact.
        ("193", "193", AGREES),
        ("192", "193", DIFFERS),
        ("12", "22", DIFFERS),
        ("0", "1", DIFFERS),
        # The source may be coarser than the claim.
        ("9.2 million", "9 million", INCOMPARABLE),
        ("9.6 million", "9 million", DIFFERS),
        ("40.2%", "40%", INCOMPARABLE),
        ("9.4 million", "9 million", INCOMPARABLE),
        ("41%", "40%", DIFFERS),
        ("39%", "40%", DIFFERS),
        # Hedges.
        ("about 40%", "38%", AGREES),
        ("about 40%", "47%", INCOMPARABLE),
        ("about 40%", "49%", DIFFERS),
        ("about 40%", "33%", INCOMPARABLE),
        ("about 40%", "31%", DIFFERS),
        ("about 5", "6", AGREES),
        ("about 9 million", "9,900,000", AGREES),
        ("more than 85 million", "85,279,553", AGREES),
        ("more than 12", "12", DIFFERS),
        ("at least 12", "12", AGREES),
        ("at least 12", "11", DIFFERS),
        ("at most 12", "12", AGREES),
        ("at most 12", "13", DIFFERS),
        ("less than 12", "12", DIFFERS),
        ("less than 12", "11", AGREES),
        ("more than 85 million", "85 million", INCOMPARABLE),
        ("almost 86 million", "85,279,553", AGREES),
        ("almost 100", "85", INCOMPARABLE),
        ("almost 100", "70", DIFFERS),
        ("almost 100", "100", INCOMPARABLE),
        ("almost 100", "101", DIFFERS),
        ("almost 86 million", "86,450,000", INCOMPARABLE),
        # The source hedges.
        ("more than 40", "more than 50", AGREES),
        ("60", "more than 50", INCOMPARABLE),
        ("40", "more than 50", DIFFERS),
        ("more than 50", "more than 50", AGREES),
        ("at least 50", "more than 50", AGREES),
        ("more than 50", "at least 50", INCOMPARABLE),
        ("less than 50", "at least 50", DIFFERS),
        ("less than 50", "at most 50", INCOMPARABLE),
        ("at least 50", "at most 50", INCOMPARABLE),
        # Units.
        ("3 miles", "5 km", AGREES),
        ("4,203 sq mi", "10,887 km2", AGREES),
        ("4,303 sq mi", "10,887 km2", DIFFERS),
        ("25 °C", "77 °F", AGREES),
        ("1 h", "60 min", AGREES),
        ("5 kg", "5 km", INCOMPARABLE),
        ("5 USD", "5 EUR", INCOMPARABLE),
        ("10,887", "10,887 km2", AGREES),
        ("10,887 km2", "10,887", AGREES),
        ("12,000", "10,887 km2", INCOMPARABLE),
        ("-3.5", "-3.52", AGREES),
        ("about -40", "-38", AGREES),
    ],
)
def test_compare_quantities(claimed: str, stated: str, expected: Comparison) -> None:
    """A claimed number allows what its wording allows, and nothing is contradicted by a doubt."""
    assert compare_quantities(parse_quantity(claimed), parse_quantity(stated)) == expected


@pytest.mark.parametrize(
    ("stated", "expected"), [(80, AGREES), (89, AGREES), (90, AGREES), (79, DIFFERS), (94, DIFFERS)]
)
def test_a_range_ends_where_it_says(stated: int, expected: Comparison) -> None:
    """ "Between 80 and 90" is the middle with the width as its step."""
    between = Quantity(Decimal(85), "%", Decimal(10))
    assert compare_quantities(between, Quantity(Decimal(stated), "%")) == expected


@given(quantities)
def test_a_quantity_agrees_with_itself(quantity: Quantity) -> None:
    """Law: what a row says, however it hedges, a claim in the same words may say."""
    assert compare_quantities(quantity, quantity) == AGREES


@given(quantities, quantities)
def test_a_wider_claim_never_fares_worse(claimed: Quantity, stated: Quantity) -> None:
    """Law: "about n" agrees wherever the plain n does, and differs only where it does."""
    plain = replace(claimed, bound=Bound.EXACT)
    about = replace(claimed, bound=Bound.ABOUT)
    if compare_quantities(plain, stated) == AGREES:
        assert compare_quantities(about, stated) == AGREES
    if compare_quantities(about, stated) == DIFFERS:
        assert compare_quantities(plain, stated) == DIFFERS


@pytest.mark.parametrize(
    ("claimed", "stated", "expected"),
    [
        ("Pristina", "PRISTINA", AGREES),
        ("Prishtinë", "prishtine", AGREES),
        ("rock'n'roll", "Rock 'n' Roll", AGREES),
        ("Haradinaj-Stublla", "Haradinaj Stublla", AGREES),
        ("Republic of Kosovo", "Kosovo", INCOMPARABLE),
        ("Kosovo", "Serbia", DIFFERS),
        ("!", "!", AGREES),
        ("!", "?", INCOMPARABLE),
        ("", "Kosovo", INCOMPARABLE),
    ],
)
def test_compare_texts(claimed: str, stated: str, expected: Comparison) -> None:
    """Case, accents and punctuation do not matter; a longer form of the same words is no other text."""
    assert compare_texts(claimed, stated) == expected
