"""Quantities in sentences: amount, unit, written precision, hedge, whole and noun."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_linear
from verifier.model import Bound, Quantity, Span
from verifier.text.quantities import QuantityMention, find_quantities


def q(amount: str | int, unit: str = "", step: str | int = 1, bound: Bound = Bound.EXACT) -> Quantity:
    return Quantity(Decimal(amount), unit, Decimal(step), bound)


def found(text: str) -> list[tuple[str, Quantity]]:
    return [(text[m.span.start : m.span.end], m.quantity) for m in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "phrase", "quantity"),
    [
        # Digits, separators, scale words and the precision they are written with.
        ("Kosovo has 1,234 villages", "1,234", q(1234)),
        ("85,279,553 people", "85,279,553", q(85279553)),
        ("85 279 553 people", "85 279 553", q(85279553)),
        ("10\u00a0887 villages", "10\u00a0887", q(10887)),
        ("has 85 million people", "85 million", q(85000000, step=1000000)),
        ("about 5.3 million people", "about 5.3 million", q(5300000, step=100000, bound=Bound.ABOUT)),
        ("5m people", "5m", q(5000000, step=1000000)),
        ("2000 people", "2000", q(2000, step=100)),
        ("a periapsis of 2.6E11", "2.6E11", q(260000000000, step=10000000000)),
        ("Arab League 22 members", "22", q(22)),
        # Words.
        ("Twelve states joined", "Twelve", q(12)),
        ("twenty-two states", "twenty-two", q(22)),
        ("one hundred and five members", "one hundred and five", q(105)),
        ("a dozen states", "a dozen", q(12)),
        ("two dozen states", "two dozen", q(24)),
        ("half a dozen states", "half a dozen", q(6)),
        ("a million people", "a million", q(1000000, step=200000)),
        ("half a million people", "half a million", q(500000, step=100000)),
        ("two thousand five hundred men", "two thousand five hundred", q(2500, step=100)),
        ("two hundred thousand men", "two hundred thousand", q(200000, step=10000)),
        ("only one state did", "one", q(1)),
        ("one kilometre", "one kilometre", q(1, "km")),
        # Shares.
        ("95.6% of the population", "95.6%", q("95.6", "%", "0.1")),
        ("95 per cent", "95 per cent", q(95, "%")),
        ("40 percent", "40 percent", q(40, "%")),
        ("half the members", "half", q(50, "%", bound=Bound.ABOUT)),
        ("more than half of its members", "more than half", q(50, "%", bound=Bound.MORE_THAN)),
        ("two thirds of the members", "two thirds", q("66.7", "%", bound=Bound.ABOUT)),
        ("a two-thirds majority", "two-thirds", q("66.7", "%", bound=Bound.ABOUT)),
        ("a quarter of them", "a quarter", q(25, "%", bound=Bound.ABOUT)),
        ("rose by 5 percentage points", "5 percentage points", q(5, "percentage points")),
        # Money.
        ("$4.8 bn. in aid", "$4.8 bn.", q(4800000000, "USD", 100000000)),
        ("a $4.8m deal", "$4.8m", q(4800000, "USD", 100000)),
        ("US$5 million", "US$5 million", q(5000000, "USD", 1000000)),
        ("EUR 5 million", "EUR 5 million", q(5000000, "EUR", 1000000)),
        ("€3,000", "€3,000", q(3000, "EUR", 100)),
        ("£5k", "£5k", q(5000, "GBP", 1000)),
        ("5 million US dollars", "5 million US dollars", q(5000000, "USD", 1000000)),
        # Units.
        ("10,887 square kilometres", "10,887 square kilometres", q(10887, "km2")),
        ("10,887 km2 in area", "10,887 km2", q(10887, "km2")),
        ("10,887 km² in area", "10,887 km²", q(10887, "km2")),
        ("10,887 sq km", "10,887 sq km", q(10887, "km2")),
        ("60 miles per hour", "60 miles per hour", q(60, "mph")),
        ("10 km/h", "10 km/h", q(10, "km/h")),
        ("80km away", "80km", q(80, "km")),
        ("a 10-km road", "10-km", q(10, "km")),
        ("-3.5 degrees Celsius", "-3.5 degrees Celsius", q("-3.5", "°C", "0.1")),
        ("25 °C", "25 °C", q(25, "°C")),
        ("thirty years", "thirty years", q(30, "y")),
        ("5 kg", "5 kg", q(5, "kg")),
        # Hedges.
        ("some 40 states", "some 40", q(40, bound=Bound.ABOUT)),
        ("Roughly 40 states", "Roughly 40", q(40, bound=Bound.ABOUT)),
        ("nearly 3,000 men", "nearly 3,000", q(3000, step=100, bound=Bound.ALMOST)),
        ("more than 100 states", "more than 100", q(100, bound=Bound.MORE_THAN)),
        ("over $5 million", "over $5 million", q(5000000, "USD", 1000000, Bound.MORE_THAN)),
        ("at least 12 states", "at least 12", q(12, bound=Bound.AT_LEAST)),
        ("no more than 5 states", "no more than 5", q(5, bound=Bound.AT_MOST)),
        ("fewer than 20 states", "fewer than 20", q(20, bound=Bound.LESS_THAN)),
        ("up to 12 states", "up to 12", q(12, bound=Bound.AT_MOST)),
        ("98 or more states", "98 or more", q(98, bound=Bound.AT_LEAST)),
        ("50+ states", "50+", q(50, bound=Bound.AT_LEAST)),
        ("exactly 1,200 men", "exactly 1,200", q(1200)),
        # Ranges: the middle, and the width as step.
        ("between 80 and 90 members", "between 80 and 90", q(85, step=10)),
        ("between 80% and 90%", "between 80% and 90%", q(85, "%", 10)),
        ("between 80 and 90 per cent", "between 80 and 90 per cent", q(85, "%", 10)),
        ("between about 80 and 90 members", "between about 80 and 90", q(85, step=10, bound=Bound.ABOUT)),
        ("80–90 members", "80–90", q(85, step=10)),
        ("5 to 10 years", "5 to 10 years", q("7.5", "y", 5)),
        ("ranging from 5 to 10 km", "from 5 to 10 km", q("7.5", "km", 5)),
        ("between 80 and 90 million people", "between 80 and 90 million", q(85000000, step=10000000)),
        ("between $5 and $10 million", "between $5 and $10 million", q(7500000, "USD", 5000000)),
    ],
)
def test_phrase_and_quantity(text: str, phrase: str, quantity: Quantity) -> None:
    """A quantity is found with its hedge and unit, and to the place it is written to."""
    assert found(text) == [(phrase, quantity)]


@pytest.mark.parametrize(
    ("text", "phrase", "quantity", "of", "noun"),
    [
        ("98 out of 193 UN member states did", "98 out of 193", q(98), q(193), "UN member states"),
        ("98 of the 193 members", "98 of the 193", q(98), q(193), "members"),
        ("three of four members", "three of four", q(3), q(4), "members"),
        ("One of the five members", "One of the five", q(1), q(5), "members"),
        ("one in five people", "one in five", q(1), q(5), "people"),
        (
            "at least 98 of its 193 members",
            "at least 98 of its 193",
            q(98, bound=Bound.AT_LEAST),
            q(193),
            "members",
        ),
        ("half of the 193 members", "half of the 193", q(50, "%", bound=Bound.ABOUT), q(193), "members"),
    ],
)
def test_out_of_a_whole(text: str, phrase: str, quantity: Quantity, of: Quantity, noun: str) -> None:
    """A part is given with the whole it is out of."""
    (mention,) = find_quantities(text)
    assert (text[mention.span.start : mention.span.end], mention.quantity) == (phrase, quantity)
    assert (mention.of, mention.noun_hint) == (of, noun)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("95.6% of the Muslim population is", "Muslim population"),
        ("about 85 million people live", "people"),
        ("27 EU member states recognised it", "EU member states"),
        ("a 15-member council", "member council"),
        ("It has 12 of them", ""),
        ("It has 12.", ""),
    ],
)
def test_noun_hint(text: str, noun: str) -> None:
    """The words after a quantity that say of what it is."""
    assert [mention.noun_hint for mention in find_quantities(text)] == [noun]


@pytest.mark.parametrize(
    "text",
    [
        "the 21st century, 2nd place, the twenty-first and second",
        "Resolution 242, Flight 370, No. 5, Article 5, page 3",
        "an F-16, the G20, Covid-19, a 3D film",
        "at 10:30, 5 pm, 3/4, 24/7",
        "they won 2-1",
        "Fiat made the Fiat 125 and the Alfa Romeo 164 is old, by IBM 402",
        "The Three Musketeers play in League One for agent 007",
        "one of the greatest achievements",
        "no one came one day to the one who knew one another",
        "the second half of the game and the first half",
        "a third country",
        "hundreds of people and millions of dollars",
        "1,2 and 1.2.3",
        "the 1990s",
        "",
    ],
)
def test_no_quantities(text: str) -> None:
    """Ordinals, labels, codes, times, scores and vague words are no quantities."""
    assert found(text) == []


def test_several_in_one_sentence() -> None:
    """A change has two numbers, and neither takes a hedge of the other."""
    assert found("It rose from about 5 km to 10 km and over 3.") == [
        ("about 5 km", q(5, "km", bound=Bound.ABOUT)),
        ("10 km", q(10, "km")),
        ("over 3", q(3, bound=Bound.MORE_THAN)),
    ]


def test_taken_spans_are_left_alone() -> None:
    """What is a date or a name is not read, nor lent as a hedge or a whole."""
    text = "98 of 2008 in about 20 Studio 54 rooms"
    assert find_quantities(text, taken=(Span(3, 10), Span(14, 19), Span(23, 32))) == (
        QuantityMention(Span(0, 2), q(98)),
        QuantityMention(Span(20, 22), q(20)),
    )


_SMALL = [
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_SMALL += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def _spelled(number: int) -> str:
    """The slow way: the words of a number from 1 to 999,999."""
    if number >= 1000:
        rest = number % 1000
        return (
            f"{_spelled(number // 1000)} thousand{' and' if 0 < rest < 100 else ''} {_spelled(rest)}".strip()
        )
    if number >= 100:
        rest = number % 100
        return f"{_SMALL[number // 100]} hundred{' and ' if rest else ''}{_spelled(rest)}"
    if number < 20:
        return _SMALL[number]
    return f"{_TENS[number // 10]}{'-' if number % 10 else ''}{_SMALL[number % 10]}"


@given(st.integers(2, 999_999))
def test_words_and_digits_are_one_number(number: int) -> None:
    """Oracle: a number is read alike in words, in digits and with separators."""
    for written in (_spelled(number), str(number), f"{number:,}"):
        ((phrase, quantity),) = found(f"There were {written} soldiers.")
        assert (phrase, quantity.amount) == (written, number)


@given(st.text(alphabet="0123456789.,-% $€mkthandofe ", max_size=60) | st.text(max_size=60))
def test_spans_are_in_order_and_within_the_text(text: str) -> None:
    """Law: mentions do not overlap, and each has a positive step."""
    mentions = find_quantities(text)
    edges = [edge for m in mentions for edge in (m.span.start, m.span.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)
    assert all(m.quantity.step > 0 for m in mentions)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["1", "1,", "1 ", "$", "one ", "twenty-", "5 of the ", "111\u00a0", "about ", "1 to ", ","]
)
def test_time_is_linear(unit: str) -> None:
    """Hostile text takes time in proportion to its length."""
    assert_linear(lambda size: find_quantities(unit * (size // len(unit))), 50_000)


@pytest.mark.parametrize("text", ["1" * 1_000_000, "1," * 500_000])
def test_a_megabyte_of_digits(text: str) -> None:
    """No digit run is read twice."""
    assert find_quantities(text) == ()
    assert_linear(lambda size: find_quantities(text[:size]), len(text))
