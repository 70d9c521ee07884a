"""Days, intervals of days, and their two spellings."""

from __future__ import annotations

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verifier.dates import (
    add_days,
    all_after,
    all_before,
    before,
    century,
    date_from_wikidata,
    day,
    days_between,
    days_in_month,
    decade,
    format_date,
    interval,
    iso,
    millennium,
    month,
    overlaps,
    parse_date,
    weekday,
    within,
    year,
)
from verifier.model import Date, Day, Precision

years = st.integers(-9998, 99999)
days = st.builds(lambda n: add_days((1970, 1, 1), n), st.integers(-4_000_000, 4_000_000))
numbers = st.integers(-50, 50).filter(bool)
dates = st.one_of(
    st.builds(lambda d: day(*d), days),
    st.builds(month, years, st.integers(1, 12)),
    st.builds(year, years),
    st.builds(decade, years),
    st.builds(century, numbers),
    st.builds(millennium, numbers.filter(lambda n: -9 <= n <= 99)),
    st.builds(lambda pair: interval(*sorted(pair)), st.tuples(days, days)),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021", year(2021)),
        ("2021-02", month(2021, 2)),
        ("2021-02-01", day(2021, 2, 1)),
        (" 2021-02-01 ", day(2021, 2, 1)),
        ("2021-02-01T10:30:00Z", day(2021, 2, 1)),
        ("2021-02-01T10:30:00.123+02:00", day(2021, 2, 1)),
        ("2021-02-01 10:30", day(2021, 2, 1)),
        ("-0043", year(-43)),
        ("\N{MINUS SIGN}0043", year(-43)),
        ("-0043-03-15", day(-43, 3, 15)),
        ("0000", year(0)),
        ("+12000", year(12000)),
        ("2020s", decade(2025)),
        ("1801/1900", century(19)),
        ("2020-05-03/2020-05-05", interval((2020, 5, 3), (2020, 5, 5))),
        ("2020/2021-06", interval((2020, 1, 1), (2021, 6, 30))),
        ("2020-02-29", day(2020, 2, 29)),
        ("-0004-02-29", day(-4, 2, 29)),
    ],
)
def test_parse_date_reads_every_precision(text: str, expected: Date) -> None:
    """A date of a table is an interval with the precision it is written with."""
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2021-02-30", "February 2021 has no day 30"),
        ("2021-02-29", "days are 01 to 28"),
        ("2021-13", "months are 01 to 12"),
        ("2021-00-01", "no month 0"),
        ("21", "write 2021"),
        ("44 BC", "-0043 for 44 BC"),
        ("06/12/2017", "write 2021"),
        ("1 February 2021", "write 2021"),
        ("2021-2-1", "write 2021"),
        ("2021-W05", "write 2021"),
        ("", "write 2021"),
        ("2021/2020", "earlier date first"),
        ("\N{ARABIC-INDIC DIGIT TWO}021", "write 2021"),
        ("12021", "write 2021"),
    ],
)
def test_parse_date_says_what_would_be_right(text: str, says: str) -> None:
    """A wrong date is refused with a hint."""
    with pytest.raises(ValueError, match=says):
        parse_date(text)


@pytest.mark.parametrize(
    ("time", "precision", "expected"),
    [
        ("+2017-01-20T00:00:00Z", 11, day(2017, 1, 20)),
        ("+2017-01-20T00:00:00Z", 14, day(2017, 1, 20)),
        ("+2017-01-20T00:00:00Z", 10, month(2017, 1)),
        ("+2017-00-00T00:00:00Z", 9, year(2017)),
        ("+2017-01-01T00:00:00Z", 9, year(2017)),
        ("+2017-00-00T00:00:00Z", 11, year(2017)),
        ("+1995-00-00T00:00:00Z", 8, decade(1990)),
        ("+1900-00-00T00:00:00Z", 7, century(19)),
        ("+1801-00-00T00:00:00Z", 7, century(19)),
        ("+2000-00-00T00:00:00Z", 6, millennium(2)),
        ("-0044-03-15T00:00:00Z", 11, day(-43, 3, 15)),
        ("-2000-00-00T00:00:00Z", 7, century(-20)),
        ("-1000-00-00T00:00:00Z", 6, millennium(-1)),
        ("+1500-02-29T00:00:00Z", 11, month(1500, 2)),
        ("+00000002017-01-20T00:00:00Z", 11, day(2017, 1, 20)),
    ],
)
def test_date_from_wikidata(time: str, precision: int, expected: Date) -> None:
    """Wikidata counts years before 1 without a year 0, and gives a precision beside the time."""
    assert date_from_wikidata(time, precision) == expected


@pytest.mark.parametrize(
    ("time", "precision"),
    [
        ("2017", 9),
        ("+2017-13-01T00:00:00Z", 11),
        ("-13798000000-00-00T00:00:00Z", 3),
        ("+0000-00-00T00:00:00Z", 9),
    ],
)
def test_date_from_wikidata_refuses(time: str, precision: int) -> None:
    """A time that is no date to compare with is refused."""
    with pytest.raises(ValueError, match=r"."):
        date_from_wikidata(time, precision)


@pytest.mark.parametrize(
    ("date", "human", "written"),
    [
        (day(2017, 12, 6), "6 December 2017", "2017-12-06"),
        (month(2017, 12), "December 2017", "2017-12"),
        (year(2017), "2017", "2017"),
        (year(476), "AD 476", "0476"),
        (decade(1990), "the 1990s", "1990s"),
        (decade(-43), "the 40s BC", "-0048/-0039"),
        (year(-43), "44 BC", "-0043"),
        (day(-43, 3, 15), "15 March 44 BC", "-0043-03-15"),
        (century(19), "the 19th century", "1801/1900"),
        (century(21), "the 21st century", "2001/2100"),
        (century(-3), "the 3rd century BC", "-0299/-0200"),
        (century(-1), "the 1st century BC", "-0099/0000"),
        (century(12), "the 12th century", "1101/1200"),
        (millennium(2), "the 2nd millennium", "1001/2000"),
        (interval((2009, 1, 1), (2017, 12, 31)), "2009 to 2017", "2009/2017"),
        (all_before(year(1970)), "before 1970", "../1969-12-31"),
        (all_before(day(1990, 3, 12)), "before 12 March 1990", "../1990-03-11"),
        (all_after(month(1960, 5)), "after May 1960", "1960-06-01/.."),
        (all_after(year(1960)), "after 1960", "1961-01-01/.."),
        (interval((2020, 5, 3), (2020, 5, 5)), "3 May 2020 to 5 May 2020", "2020-05-03/2020-05-05"),
    ],
)
def test_both_spellings(date: Date, human: str, written: str) -> None:
    """People and programs each get their own spelling."""
    assert (format_date(date), iso(date)) == (human, written)


@given(dates)
def test_iso_is_read_back(date: Date) -> None:
    """Law: what `iso` writes, `parse_date` reads."""
    assert parse_date(iso(date)) == date


@given(dates)
def test_every_date_has_words(date: Date) -> None:
    """Law: the words for people name both ends' years, or a decade or century."""
    assert format_date(date)


@given(st.dates(), st.integers(-400_000, 400_000))
def test_arithmetic_is_the_calendars(start: datetime.date, days: int) -> None:
    """Oracle: within its range, `datetime` computes the same days and weekdays."""
    try:
        expected = start + datetime.timedelta(days)
    except OverflowError:
        return
    first, second = (start.year, start.month, start.day), (expected.year, expected.month, expected.day)
    assert add_days(first, days) == second
    assert days_between(first, second) == days
    assert weekday(second) == expected.weekday()


@given(days)
def test_days_follow_each_other_before_our_era_too(start: Day) -> None:
    """Law: the day after is the next day of the month, or the first of the next."""
    for first, second in pairwise(add_days(start, n) for n in range(40)):
        if first[2] < days_in_month(first[0], first[1]):
            assert second == (first[0], first[1], first[2] + 1)
        else:
            assert second == ((first[0], first[1] + 1, 1) if first[1] < 12 else (first[0] + 1, 1, 1))


@given(dates, dates)
def test_interval_algebra(first: Date, second: Date) -> None:
    """Law: either one is over before the other, or they overlap; what lies within overlaps."""
    assert before(first, second) + before(second, first) + overlaps(first, second) == 1
    assert not within(first, second) or overlaps(first, second)
    assert within(first, first)


def test_precision_of_an_interval() -> None:
    """An interval without a name of its own is as precise as the shortest named one that is as long."""
    ends = [(2020, 5, 3), (2020, 5, 9), (2020, 9, 1), (2026, 1, 1), (2060, 1, 1), (2600, 1, 1)]
    assert [interval((2020, 5, 3), end).precision for end in ends] == sorted(Precision, reverse=True)
