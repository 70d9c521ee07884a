"""Dates that are told from the day on which a text was written: "last year", "Monday", "two years ago".

Each answer is None if the day of the text is not known finely enough.
"""

from __future__ import annotations

from verifier.dates import add_days, century, day, decade, interval, month, weekday, year
from verifier.model import Date, Precision

__all__ = ["ago", "days_from", "latest_such", "month_from", "span_from", "valid_date", "weekday_from"]

_LEAP_GAP = 8
"""29 February can be eight years back (1896 to 1904)."""


def valid_date(in_year: int, in_month: int | None = None, on: int | None = None) -> Date | None:
    """The year, month or day; None if the calendar has no such month or day."""
    try:
        if in_month is None:
            return year(in_year)
        return month(in_year, in_month) if on is None else day(in_year, in_month, on)
    except ValueError:
        return None


def latest_such(month_day: tuple[int, int | None], as_of: Date | None) -> Date | None:
    """The nearest such month, or day of a month, that has begun by the day of the text."""
    if as_of is None or as_of.precision < Precision.MONTH:
        return None
    this_year = as_of.latest[0]
    for in_year in range(this_year, this_year - _LEAP_GAP - 1, -1):
        date = valid_date(in_year, *month_day)
        if date is not None and date.earliest <= as_of.latest:
            return date
    return None


def _months_from(as_of: Date, months: int) -> Date:
    in_year, in_month, _ = as_of.latest
    years, month_index = divmod(in_year * 12 + in_month - 1 + months, 12)
    return month(years, month_index + 1)


def days_from(days: int, as_of: Date | None) -> Date | None:
    """So many days after the day of the text."""
    if as_of is None or as_of.precision != Precision.DAY:
        return None
    return day(*add_days(as_of.latest, days))


def span_from(which: str, unit: str, as_of: Date | None) -> Date | None:
    """The last, this (current) or next (coming) week, month, year, decade or century.

    Weeks begin on Monday.
    """
    if as_of is None:
        return None
    step = {"last": -1, "next": 1, "coming": 1}.get(which, 0)
    in_year = as_of.latest[0]
    match unit:
        case "century":
            return century((in_year + 99) // 100 + step) if in_year > 100 else None
        case "decade":
            return decade(in_year + 10 * step)
        case "year":
            return year(in_year + step)
        case "month" if as_of.precision >= Precision.MONTH:
            return _months_from(as_of, step)
        case "week" if as_of.precision == Precision.DAY:
            monday = add_days(as_of.latest, 7 * step - weekday(as_of.latest))
            return interval(monday, add_days(monday, 6))
    return None


def weekday_from(which: str, number: int, as_of: Date | None) -> Date | None:
    """The last, this or next such day of the week; with "" the nearest one, the day of the text included."""
    if as_of is None:
        return None
    today = weekday(as_of.latest)
    back = (today - number) % 7
    days = {"last": -(back or 7), "next": 7 - back, "this": number - today}.get(which, -back)
    return days_from(days, as_of)


def month_from(which: str, number: int, as_of: Date | None) -> Date | None:
    """The last, this or next such month ("last March")."""
    if as_of is None or as_of.precision < Precision.MONTH:
        return None
    in_year, now, _ = as_of.latest
    years = {"last": -int(number >= now), "next": int(number <= now)}.get(which, 0)
    return month(in_year + years, number)


def ago(count: int, unit: str, as_of: Date | None) -> Date | None:
    """So many days, weeks, months, years or decades before; weeks give or take three days."""
    if as_of is None:
        return None
    match unit:
        case "decade":
            return decade(as_of.latest[0] - 10 * count)
        case "year":
            return year(as_of.latest[0] - count)
        case "month" if as_of.precision >= Precision.MONTH:
            return _months_from(as_of, -count)
        case "week" if as_of.precision == Precision.DAY:
            on = add_days(as_of.latest, -7 * count)
            return interval(add_days(on, -3), add_days(on, 3))
        case "day":
            return days_from(-count, as_of)
    return None
