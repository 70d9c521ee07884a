"""Date expressions in a folded text, without the words around them: "6 December 2017", "the 1990s", "Monday".

`verifier.text.time` puts the prepositions to them. Each form below is bounded in length, so that a scan takes
time in proportion to the text, whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from re import Match

from verifier.dates import century, decade, interval, millennium, year
from verifier.model import Date, Span
from verifier.text.numerals import CARDINALS, ORDINALS
from verifier.text.relative_dates import (
    ago,
    days_from,
    latest_such,
    month_from,
    span_from,
    valid_date,
    weekday_from,
)

__all__ = ["BARE_MONTH", "BARE_WEEKDAY", "BARE_YEAR", "DateExpression", "find_expressions"]

_MONTH_STEMS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FULL = "January|February|March|April|May|June|July|August|September|October|November|December"
_M = rf"(?:(?P<month>{_FULL}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?![a-z]))\.?)"
_M2 = _M.replace("<month>", "<month2>")
_D = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)"
_D2 = _D.replace("<day>", "<day2>")
_ERA = r"(?-i:BCE?|CE|AD|B\.C\.(?:E\.)?|A\.D\.|C\.E\.)(?!\w)"
_Y = rf"(?P<year>\d{{1,4}}(?= ?{_ERA})|[1-9]\d{{3}}(?![\d%]|[.,]\d))(?: ?(?P<era>{_ERA}))?"
_WD = rf"(?:(?:{'|'.join(_WEEKDAYS)}|Mon|Tue|Wed|Thu|Fri|Sat|Sun)\.?,? +)?"
_NTH = "|".join(sorted(ORDINALS, key=len, reverse=True))
_COUNT = "|".join(sorted(CARDINALS, key=len, reverse=True))
_TO = r" ?(?:-|to|and|or|until|till|through|&) ?"

BARE_YEAR, BARE_MONTH, BARE_WEEKDAY = "year", "month", "weekday"
"""Expressions that are dates only in the right company."""


@dataclass(frozen=True, slots=True)
class DateExpression:
    """These characters may name this date, or these two dates and what lies between them."""

    span: Span
    date: Date | None
    """None for a day that does not exist, or that cannot be told without the day of the text."""
    until: Date | None = None
    month_day: tuple[int, int | None] | None = None
    """The month, and the day if one is named, of a date without a year."""
    bare: str = ""
    """One of the BARE kinds, or "" for what is a date wherever it stands."""

    def in_year(self, of: int) -> Date | None:
        """The date without a year, in this year; None if the year has no such day."""
        if self.month_day is None:
            return self.date
        return valid_date(of, *self.month_day)


_Maker = Callable[[Match[str], "Date | None"], DateExpression | None]


def _month_number(name: str) -> int:
    return _MONTH_STEMS.index(name[:3].lower()) + 1


def _year_of(match: Match[str]) -> int:
    number = int(match["year"])
    return 1 - number if (match["era"] or "A")[0] in "Bb" else number


def _absolute(match: Match[str], date: Date | None, until: Date | None = None) -> DateExpression | None:
    return None if date is None else DateExpression(Span(*match.span()), date, until)


# ---------------------------------------------------------------------------------- the forms


def _iso(match: Match[str], _: Date | None) -> DateExpression | None:
    in_year, in_month = int(match["year"]), int(match["month"])
    if match["day"] is None and in_month == (in_year + 1) % 100:
        return None  # "2011-12" is a season sooner than a December
    return _absolute(match, valid_date(in_year, in_month, int(match["day"]) if match["day"] else None))


def _numeric(match: Match[str], _: Date | None) -> DateExpression | None:
    """06/12/2017 has two readings and is left alone; 13/12/2017, 12/13/2017 and 06.12.2017 have one."""
    first, second, in_year = int(match["day"]), int(match["month"]), int(match["year"])
    if match["mark"] != "." and first != second and first <= 12 and second <= 12:
        return None
    swapped = match["mark"] != "." and second > 12
    return _absolute(
        match, valid_date(in_year, first, second) if swapped else valid_date(in_year, second, first)
    )


def _day_range(match: Match[str], as_of: Date | None) -> DateExpression | None:
    in_month = _month_number(match["month"])
    ends = [(in_month, int(match["day"])), (in_month, int(match["day2"]))]
    if match["year"] is None:
        first, second = (latest_such(end, as_of) for end in ends)
    else:
        first, second = (valid_date(_year_of(match), *end) for end in ends)
    if first is None or second is None or first.earliest >= second.earliest:
        return None
    return _absolute(match, first, second)


def _month_range(match: Match[str], _: Date | None) -> DateExpression | None:
    first, second = (valid_date(_year_of(match), _month_number(match[name])) for name in ("month", "month2"))
    if first is None or second is None or first.earliest >= second.earliest:
        return None
    return _absolute(match, first, second)


def _full(match: Match[str], _: Date | None) -> DateExpression | None:
    on = int(match.groupdict().get("day") or 0)
    date = valid_date(_year_of(match), _month_number(match["month"]), on or None)
    if date is None and 0 < on <= 31:
        # 31 February: no date, and not to be read as the whole month either.
        return DateExpression(Span(*match.span()), None)
    return _absolute(match, date)


def _yearless(match: Match[str], as_of: Date | None) -> DateExpression | None:
    if not match["month"][0].isupper():
        return None
    on = match.groupdict().get("day")
    month_day = (_month_number(match["month"]), int(on) if on else None)
    if valid_date(2000, *month_day) is None:
        return None
    span = Span(*match.span())
    return DateExpression(span, latest_such(month_day, as_of), None, month_day, "" if on else BARE_MONTH)


def _year_range(match: Match[str], _: Date | None) -> DateExpression | None:
    first, last = int(match["year"]), int(match["last"])
    if len(match["last"]) == 2:
        last += first // 100 * 100
    if not (1000 <= first < last <= 2100):
        return None
    return _absolute(match, year(first), year(last))


def _decade_before(match: Match[str], _: Date | None) -> DateExpression | None:
    return _absolute(match, decade(1 - int(match["decade"])))


def _decade(match: Match[str], _: Date | None) -> DateExpression | None:
    number = int(match["decade"])
    number += 1900 if number < 100 else 0
    if number % 100 == 0:  # "the 1900s" are a century for most, a decade for some
        return _absolute(match, interval((number, 1, 1), (number + 99, 12, 31)))
    return _absolute(match, decade(number))


def _century(match: Match[str], _: Date | None) -> DateExpression | None:
    word = match["nth"].lower()
    number = ORDINALS.get(word) or int("".join(c for c in word if c.isdecimal()))
    number = -number if match["era"] and match["era"][0] in "Bb" else number
    if number == 0 or abs(number) > 40:
        return None
    return _absolute(match, century(number) if match["unit"].lower() == "century" else millennium(number))


def _era(match: Match[str], _: Date | None) -> DateExpression | None:
    number = int(match["after"] or match["year"])
    return _absolute(match, year(_year_of(match) if match["year"] else number) if number else None)


def _bare_year(match: Match[str], _: Date | None) -> DateExpression | None:
    return DateExpression(Span(*match.span()), year(int(match["year"])), bare=BARE_YEAR)


# ------------------------------------------------------------------- relative to the day of the text


def _relative(match: Match[str], as_of: Date | None) -> DateExpression | None:
    return DateExpression(
        Span(*match.span()), span_from(match["which"].lower(), match["unit"].lower(), as_of)
    )


def _relative_weekday(match: Match[str], as_of: Date | None) -> DateExpression | None:
    if not match["weekday"][0].isupper():
        return None
    which = (match["which"] or "").lower()
    date = weekday_from(which, _WEEKDAYS.index(match["weekday"].lower()), as_of)
    return DateExpression(Span(*match.span()), date, bare="" if which else BARE_WEEKDAY)


def _relative_month(match: Match[str], as_of: Date | None) -> DateExpression | None:
    if not match["month"][0].isupper():
        return None
    date = month_from(match["which"].lower(), _month_number(match["month"]), as_of)
    return DateExpression(Span(*match.span()), date)


def _relative_day(match: Match[str], as_of: Date | None) -> DateExpression | None:
    days = {"yesterday": -1, "tomorrow": 1}.get(match[0].lower(), 0)
    return DateExpression(Span(*match.span()), days_from(days, as_of))


def _ago(match: Match[str], as_of: Date | None) -> DateExpression | None:
    word = match["count"].lower()
    count = int(word) if word.isdecimal() else {**CARDINALS, "twenty": 20}.get(word, 1)
    date = ago(count, match["unit"].lower(), as_of) if match["hedge"] is None else None
    return DateExpression(Span(*match.span()), date)


_FORMS: tuple[tuple[str, _Maker], ...] = (
    (
        r"(?<![\w/.,-])(?P<year>[1-9]\d{3})-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T[\d:.]{2,15}Z?)?)?(?![\w/]|-\d)",
        _iso,
    ),
    (
        r"(?<![\w/.,-])(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>[12]\d{3})(?![\w/]|[.-]\d)",
        _numeric,
    ),
    (rf"(?<![\w.,/-])(?:the +)?{_D}{_TO}(?:the +)?{_D2} +(?:of +)?{_M}(?!\w)(?:,? +{_Y})?", _day_range),
    (rf"(?<!\w){_M} +{_D}{_TO}{_D2}(?![\d:%]|[.,]\d)(?:,? +{_Y})?", _day_range),
    (rf"(?<!\w){_M}{_TO}{_M2},? +(?:of +)?{_Y}", _month_range),
    (rf"(?<![\w.,/]){_WD}(?:the +)?{_D} +(?:day +)?(?:of +)?{_M},? +(?:(?:of|in) +)?{_Y}", _full),
    (rf"(?<!\w){_WD}{_M} +(?:the +)?{_D},? +(?:(?:of|in) +)?{_Y}", _full),
    (rf"(?<!\w){_M},? +(?:of +)?(?:the +year +)?{_Y}", _full),
    (rf"(?<![\w.,/]){_WD}(?:the +)?{_D} +(?:day +)?(?:of +)?{_M}(?![\w-])", _yearless),
    (rf"(?<!\w){_WD}{_M} +(?:the +)?{_D}(?![:%-]|[.,]\d|\w)", _yearless),
    (r"(?<![\w/.,$-])(?P<year>[1-9]\d{3}) ?[-/] ?(?P<last>[12]\d{3}|\d\d)(?![\w/%]|[-.,]\d)", _year_range),
    (r"(?<![\w.,$])(?:the +)?(?P<decade>\d{1,3}0)'?s ?(?-i:BCE?)(?!\w)", _decade_before),
    (r"(?<![\w.,$])(?:the +)?(?P<decade>[1-9]\d{2}0)'?s(?!\w)", _decade),
    (r"(?<!\w)(?:the +'?|')(?P<decade>[3-9]0)'?s(?!\w)", _decade),
    (
        rf"(?<!\w)(?:the +)?(?P<nth>\d{{1,2}}(?:st|nd|rd|th)|{_NTH})[ -]"
        rf"(?P<unit>century|millennium)(?: ?(?P<era>{_ERA}))?(?!\w)",
        _century,
    ),
    (
        rf"(?<![\w.,$])(?:(?-i:AD|A\.D\.) ?(?P<after>\d{{1,4}})(?!\w)|(?P<year>\d{{1,4}}) ?(?P<era>{_ERA}))",
        _era,
    ),
    (
        r"(?<!\w)(?:the +)?(?P<which>current|coming) +(?P<unit>year|month|week|decade|century)(?!\w)",
        _relative,
    ),
    (
        r"(?<!\w)(?<!the )(?P<which>last|this|next) +(?P<unit>year|month|week|decade|century)(?!\w)",
        _relative,
    ),
    (rf"(?<!\w)(?:(?P<which>last|this|next) +)?(?P<weekday>{'|'.join(_WEEKDAYS)})(?!\w)", _relative_weekday),
    (rf"(?<!\w)(?<!the )(?P<which>last|this|next) +{_M}(?!\w)", _relative_month),
    (r"(?<!\w)(?:yesterday|today|tonight|tomorrow)(?!\w)", _relative_day),
    (
        r"(?<!\w)(?P<hedge>(?:more than|less than|over|about|around|some|nearly|almost|at least) +)?"
        rf"(?P<count>\d{{1,3}}|an?|{_COUNT}|twenty) +"
        r"(?P<unit>day|week|month|year|decade)s? +ago(?!\w)",
        _ago,
    ),
    (rf"(?<!\w){_M}(?![\w-]| ?\d)", _yearless),
    (
        r"(?<![\w$€£¥₪#+])(?<!\d[.,:/])(?<![$€£¥₪] )(?P<year>[1-9]\d{3})"
        r"(?![\w/]| ?[%°]|[.,:]\d|-(?!present|today|now)\w)",
        _bare_year,
    ),
)


_CLUE = re.compile(
    rf"\d|{'|'.join(_MONTH_STEMS)}|day|tonight|tomorrow|century|millennium|year|month|week|decade|ago",
    re.IGNORECASE,
)
"""Each form has one of these in it; most sentences have none."""


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], _Maker], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), maker) for pattern, maker in _FORMS)


def find_expressions(folded: str, *, as_of: Date | None, taken: Iterable[Span]) -> tuple[DateExpression, ...]:
    """Every date expression of a folded text, in order, none inside another or inside a span that is taken.

    `as_of` is the day of the text: "January 29" is the nearest one not after it. Earlier forms win, so that
    the year of "6 December 2017" is not found again.
    """
    if _CLUE.search(folded) is None:
        return ()
    free = bytearray(b"\1") * len(folded)
    for span in taken:
        free[span.start : span.end] = bytes(len(free[span.start : span.end]))
    found = []
    for pattern, maker in _patterns():
        for match in pattern.finditer(folded):
            start, end = match.span()
            if 0 in free[start:end]:
                continue
            expression = maker(match, as_of)
            if expression is not None:
                free[start:end] = bytes(end - start)
                found.append(expression)
    return tuple(sorted(found, key=lambda expression: expression.span))
