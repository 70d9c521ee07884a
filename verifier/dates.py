"""Days, and dates as intervals of days, for every year the sources know.

`datetime.date` begins with the year 1 and knows no "1990s", so the arithmetic here is its own: the proleptic
Gregorian calendar with astronomical years (0 is 1 BC, -43 is 44 BC). A day is a plain tuple; a `Date` is the
interval of days that an expression such as "2020" or "the 19th century" allows, with its precision.
"""

from __future__ import annotations

import re

from verifier.model import Date, Day, Precision

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "MONTHS",
    "add_days",
    "all_after",
    "all_before",
    "before",
    "century",
    "date_from_wikidata",
    "day",
    "days_between",
    "days_in_month",
    "decade",
    "format_date",
    "interval",
    "iso",
    "millennium",
    "month",
    "overlaps",
    "parse_date",
    "weekday",
    "within",
    "year",
]

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

FIRST_DAY: Day = (-(10**6), 1, 1)
LAST_DAY: Day = (10**6, 12, 31)
"""The ends of an interval that is open: before 1970, after 1960."""

_RIGHT = "write 2021, 2021-02, 2021-02-01, -0043 for 44 BC, 1990s, or two of these with / between them"
_YEAR = r"(?P<year>[+-]?[0-9]{4}|[+-][0-9]{5,6})"
_ISO = re.compile(
    _YEAR + r"(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:[T ][0-9]{2}(?::[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?)?)?"
)
_OPEN = ".."
"""An end of an interval that is open, as in ISO 8601-2."""
_DECADE = re.compile(r"([1-9][0-9]{2}0)s")
_WIKIDATA = re.compile(r"([+-]?[0-9]{1,16})-([0-9]{2})-([0-9]{2})(?:T[0-9:]{8}Z)?")

# The most days that a date of each precision spans: a month, a leap year, ten years, a hundred years.
_LONGEST = ((1, Precision.DAY), (31, Precision.MONTH), (366, Precision.YEAR), (3653, Precision.DECADE))
_LONGEST_CENTURY = 36525


# ------------------------------------------------------------------------------------------ days


def days_in_month(year: int, month: int) -> int:
    """28 to 31; `year` is astronomical."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _ordinal(of: Day) -> int:
    """Days since 1970-01-01. A year is taken to begin in March, so that the leap day ends it."""
    year, month, day = of
    shifted = year - (month <= 2)
    era, year_of_era = divmod(shifted, 400)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * 146097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719468


def _from_ordinal(ordinal: int) -> Day:
    era, day_of_era = divmod(ordinal + 719468, 146097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month = (5 * day_of_year + 2) // 153
    month = shifted_month + 3 if shifted_month < 10 else shifted_month - 9
    return era * 400 + year_of_era + (month <= 2), month, day_of_year - (153 * shifted_month + 2) // 5 + 1


def add_days(to: Day, days: int) -> Day:
    """The day so many days later, or earlier for a negative number."""
    return _from_ordinal(_ordinal(to) + days)


def days_between(first: Day, second: Day) -> int:
    """How many days `second` is after `first`; negative if it is before."""
    return _ordinal(second) - _ordinal(first)


def weekday(of: Day) -> int:
    """0 for Monday to 6 for Sunday."""
    return (_ordinal(of) + 3) % 7


# ------------------------------------------------------------------------------------------ dates


def interval(earliest: Day, latest: Day) -> Date:
    """Some moment from one day to another, both included; the precision follows from how long that is.

    Raises ValueError if they are in the wrong order.
    """
    length = days_between(earliest, latest) + 1
    if length < 1:
        raise ValueError(f"{_iso_day(latest)} is before {_iso_day(earliest)}: write the earlier date first")
    for longest, precision in _LONGEST:
        if length <= longest:
            return Date(earliest, latest, precision)
    return Date(earliest, latest, Precision.CENTURY if length <= _LONGEST_CENTURY else Precision.MILLENNIUM)


def all_before(date: Date) -> Date:
    """Some moment before the first day of a date."""
    return interval(FIRST_DAY, add_days(date.earliest, -1))


def all_after(date: Date) -> Date:
    """Some moment after the last day of a date."""
    return interval(add_days(date.latest, 1), LAST_DAY)


def day(year: int, month: int, day: int) -> Date:
    """One day. Raises ValueError for a day that no calendar page shows (30 February)."""
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}: months are 01 to 12")
    if not 1 <= day <= days_in_month(year, month):
        last = days_in_month(year, month)
        raise ValueError(f"{MONTHS[month - 1]} {_era_year(year)} has no day {day}: days are 01 to {last}")
    return Date((year, month, day), (year, month, day), Precision.DAY)


def month(year: int, month: int) -> Date:
    """One whole month. Raises ValueError for a month 0 or 13."""
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}: months are 01 to 12")
    return Date((year, month, 1), (year, month, days_in_month(year, month)), Precision.MONTH)


def year(year: int) -> Date:
    """One whole year, in astronomical counting (0 is 1 BC)."""
    return Date((year, 1, 1), (year, 12, 31), Precision.YEAR)


def decade(year: int) -> Date:
    """The decade with this year: 1990 to 1999; before our era 49 to 40 BC ("the 40s BC")."""
    if year > 0:
        first, last = max(year // 10 * 10, 1), year // 10 * 10 + 9
    else:
        tens = (1 - year) // 10 * 10
        first, last = -tens - 8, min(1 - tens, 0)
    return Date((first, 1, 1), (last, 12, 31), Precision.DECADE)


def century(number: int) -> Date:
    """The nth century, 19 for 1801 to 1900; negative before our era: -3 for 300 to 201 BC."""
    return _hundreds(number, length=100, precision=Precision.CENTURY)


def millennium(number: int) -> Date:
    """The nth millennium, 2 for 1001 to 2000; negative before our era."""
    return _hundreds(number, length=1000, precision=Precision.MILLENNIUM)


def _hundreds(number: int, *, length: int, precision: Precision) -> Date:
    if number == 0:
        raise ValueError("there is no century or millennium 0: the first is 1, and -1 before our era")
    first = (number - 1) * length + 1 if number > 0 else number * length + 1
    return Date((first, 1, 1), (first + length - 1, 12, 31), precision)


# ------------------------------------------------------------------------------- reading and writing


def parse_date(text: str) -> Date:
    """Read a date of a table: ISO 8601 with reduced precision.

    A day, a month, a year (astronomical, with a sign outside 0 to 9999), a decade ("1990s"), an interval of
    two of these ("1801/1900"), one that is open ("../1969", "1970/.."); a time of day is dropped. Raises
    ValueError that says what would be right,
    also for days that do not exist.
    """
    stripped = text.strip().replace("\N{MINUS SIGN}", "-")
    first, slash, second = stripped.partition("/")
    if slash and {first, second} != {_OPEN}:
        return interval(
            FIRST_DAY if first == _OPEN else _parse_one(first, of=text).earliest,
            LAST_DAY if second == _OPEN else _parse_one(second, of=text).latest,
        )
    return _parse_one(stripped, of=text)


def _parse_one(stripped: str, *, of: str) -> Date:
    if match := _DECADE.fullmatch(stripped):
        return decade(int(match[1]))
    match = _ISO.fullmatch(stripped)
    if match is None:
        raise ValueError(f"{of[:40]!r} is not a date: {_RIGHT}")
    if match["month"] is None:
        return year(int(match["year"]))
    if match["day"] is None:
        return month(int(match["year"]), int(match["month"]))
    return day(int(match["year"]), int(match["month"]), int(match["day"]))


def date_from_wikidata(time: str, precision: int) -> Date:
    """Read a time value of Wikidata's JSON ("+2017-01-20T00:00:00Z", 11).

    Its negative years have no year 0: -0044 is 44 BC (https://phabricator.wikimedia.org/T99674). The day is
    taken in the calendar it is written in, since a text that says "25 October 1917" does so too. Raises
    ValueError if it is coarser than a millennium (precision below 6) or not of this form.
    """
    match = _WIKIDATA.fullmatch(time)
    if match is None:
        raise ValueError(f"{time[:40]!r} is not a Wikidata time: expected one like +2017-01-20T00:00:00Z")
    if precision < Precision.MILLENNIUM:
        raise ValueError(
            f"precision {precision} is coarser than a millennium (6): not a date to compare with"
        )
    written, in_month, in_day = int(match[1]), int(match[2]), int(match[3])
    if written == 0:
        raise ValueError("Wikidata has no year 0")
    astronomical = written if written > 0 else written + 1
    if precision >= Precision.DAY and in_month and in_day:
        if (in_month, in_day) == (2, 29) and days_in_month(astronomical, 2) == 28:
            return month(astronomical, 2)  # a leap day of the Julian calendar
        return day(astronomical, in_month, in_day)
    if precision >= Precision.MONTH and in_month:
        return month(astronomical, in_month)
    if precision >= Precision.YEAR:
        return year(astronomical)
    if precision == Precision.DECADE:
        return decade(astronomical)
    length = 100 if precision == Precision.CENTURY else 1000
    number = (abs(written) + length - 1) // length * (1 if written > 0 else -1)
    return century(number) if precision == Precision.CENTURY else millennium(number)


def _iso_year(of: int) -> str:
    if 0 <= of <= 9999:
        return f"{of:04d}"
    return f"{'-' if of < 0 else '+'}{abs(of):0{4 if of < 0 else 5}d}"


def _iso_day(of: Day) -> str:
    return f"{_iso_year(of[0])}-{of[1]:02d}-{of[2]:02d}"


def iso(date: Date) -> str:
    """Write a date so that `parse_date` reads it back: 2017-12-06, 2017-12, 2017, 1990s, 1801/1900."""
    first, last = date.earliest, date.latest
    if first == FIRST_DAY or last == LAST_DAY:
        ends = (_OPEN if end in (FIRST_DAY, LAST_DAY) else _iso_day(end) for end in (first, last))
        return "/".join(ends)
    if first == last:
        return _iso_day(first)
    if date == month(first[0], first[1]):
        return _iso_day(first)[:-3]
    if date == year(first[0]):
        return _iso_year(first[0])
    if 1000 <= first[0] <= 9990 and date == decade(first[0]):
        return f"{first[0]}s"
    if first[1:] == (1, 1) and last[1:] == (12, 31):
        return f"{_iso_year(first[0])}/{_iso_year(last[0])}"
    return f"{_iso_day(first)}/{_iso_day(last)}"


def _era_year(of: int) -> str:
    if of <= 0:
        return f"{1 - of} BC"
    return str(of) if of >= 1000 else f"AD {of}"


def _nth(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def format_date(date: Date) -> str:
    """Write a date for people: 6 December 2017, December 2017, 2017, the 1990s, 44 BC, the 19th century;
    before 1970, after May 1960.
    """
    first, last = date.earliest, date.latest
    if first == FIRST_DAY:
        return f"before {format_date(_of_first_day(add_days(last, 1)))}"
    if last == LAST_DAY:
        return f"after {format_date(_of_last_day(add_days(first, -1)))}"
    if first == last:
        return f"{first[2]} {MONTHS[first[1] - 1]} {_era_year(first[0])}"
    if date == month(first[0], first[1]):
        return f"{MONTHS[first[1] - 1]} {_era_year(first[0])}"
    if date == year(first[0]):
        return _era_year(first[0])
    if date == decade(last[0]):
        return f"the {last[0] // 10 * 10}s" if last[0] > 0 else f"the {(1 - last[0]) // 10 * 10}s BC"
    for length, word, make in ((100, "century", century), (1000, "millennium", millennium)):
        number = (last[0] + length - 1) // length if last[0] > 0 else (first[0] - 1) // length
        if number != 0 and date == make(number):
            return f"the {_nth(abs(number))} {word}{'' if number > 0 else ' BC'}"
    if first[1:] == (1, 1) and last[1:] == (12, 31):
        return f"{_era_year(first[0])} to {_era_year(last[0])}"
    return " to ".join(format_date(Date(end, end, Precision.DAY)) for end in (first, last))


def _of_first_day(of: Day) -> Date:
    """The year or month that begins on a day; else the day."""
    return year(of[0]) if of[1:] == (1, 1) else month(of[0], of[1]) if of[2] == 1 else day(*of)


def _of_last_day(of: Day) -> Date:
    """The year or month that ends with a day; else the day."""
    if of[1:] == (12, 31):
        return year(of[0])
    return month(of[0], of[1]) if of[2] == days_in_month(of[0], of[1]) else day(*of)


# ------------------------------------------------------------------------------------ interval algebra


def overlaps(first: Date, second: Date) -> bool:
    """True if the two have a day in common."""
    return first.earliest <= second.latest and second.earliest <= first.latest


def within(inner: Date, outer: Date) -> bool:
    """True if no day of `inner` lies outside `outer`."""
    return outer.earliest <= inner.earliest and inner.latest <= outer.latest


def before(first: Date, second: Date) -> bool:
    """True if `first` is certainly over when `second` begins."""
    return first.latest < second.earliest
