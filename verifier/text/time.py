"""When a sentence says that something holds: each date and its preposition, as one phrase to cut out.

Names that have a date in them ("Resolution 2334") are the caller's to mask, by `taken`. Words that say when
without a date ("still", "formerly", "six years later") are left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from verifier.dates import add_days, interval
from verifier.dates import month as of_month
from verifier.dates import year as of_year
from verifier.model import Date, Period, PeriodKind, Precision, Span
from verifier.text.bare_years import is_count, is_year
from verifier.text.dates import BARE_MONTH, BARE_WEEKDAY, BARE_YEAR, DateExpression, find_expressions
from verifier.text.words import fold

__all__ = ["DateMention", "find_dates"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """The phrase at `span` says that its sentence holds at, since, until ... the period.

    `period.text` is the phrase without the commas or brackets that `span` takes in; `period.date` is None for
    a phrase such as "last year" in a text whose own day is not known, and for a day that does not exist.
    """

    span: Span
    period: Period


_KINDS = {
    **dict.fromkeys(("since", "ever since", "from", "as from", "on or after"), PeriodKind.SINCE),
    **dict.fromkeys(("starting", "beginning", "effective", "commencing"), PeriodKind.SINCE),
    **dict.fromkeys(("until", "till", "up to", "up until", "up till", "through"), PeriodKind.UNTIL),
    **dict.fromkeys(("before", "prior to", "ahead of", "earlier than", "pre"), PeriodKind.BEFORE),
    **dict.fromkeys(("after", "following", "later than", "post"), PeriodKind.AFTER),
    **dict.fromkeys(
        ("by", "no later than", "not later than", "by no later than", "on or before"), PeriodKind.BY
    ),
}
_NEAR = frozenset({"circa", "ca.", "c.", "around", "about"})
_ONLY_WITH_PART = frozenset({"at", "over"})
"""Prepositions of time only before a part of it: "at the end of 2018", never "at 2018"."""
_NAMES_TOO = frozenset({"April", "May", "June", "August"})
_PEOPLE_DO = frozenset({"by", "before", "after", "following", "for", "of", "from", "since", "until", "about"})

_PART = (
    r"(?:(?:the +)?(?:"
    r"(?:very +)?(?:early|mid|late)(?: +|-)"
    r"|(?:spring|summer|autumn|fall|winter|Q[1-4]) +(?:of +)?(?:the +)?"
    r"|year +"
    r"|(?:(?:first|second|third|fourth|last|latter|final|early|closing|opening) +)?"
    r"(?:half|quarter|days?|weeks?|weekend|months?|years|part|beginning|start|middle|end|close|turn|height|eve"
    r"|dawn|night|morning|afternoon|evening|course) +of +(?:the +)?"
    r"))"
)
_PREPOSITION = (
    r"by +no +later +than|no +later +than|not +later +than|on +or +before|on +or +after|up +until|up +till"
    r"|up +to|as +of|as +at|as +from|as +early +as|prior +to|ahead +of|earlier +than|later +than|ever +since"
    r"|(?:starting|beginning|effective|commencing)(?: +(?:in|on|from|with))?"
    r"|dating +(?:back +)?(?:to|from)|dated|(?:early|late|later|earlier|back|sometime) +in"
    r"|(?:(?:just|shortly|soon|immediately|right|long|well) +)?(?:before|after)"
    r"|since|from|until|till|throughout|through|during|within|in|on|at|following|by|for|of|between|over"
    r"|circa|ca\.|c\.|around|about"
)
_LEAD = re.compile(
    rf"(?:(?<!\w)(?P<preposition>{_PREPOSITION}) +)?(?P<part>{_PART}{{0,2}})$"
    rf"|(?<!\w)(?P<prefix>pre|post)-$",
    re.IGNORECASE,
)
_LEAD_LENGTH = 70
_JOIN = re.compile(
    rf",? +(?P<word>to|until|till|through|up +to|up +until|and|&) +{_PART}{{0,2}}(?:the +)?| ?(?P<dash>-) ?",
    re.IGNORECASE,
)
_TO_PRESENT = re.compile(
    r"(?: ?- ?| +(?:to|until|till|through|up +to) +)(?:the +)?(?:present|date|today|now)(?: +day)?(?!\w)"
)
_ONWARDS = re.compile(r"[ -](?:onwards?|forwards?)(?!\w)")
_OF_THAT_YEAR = re.compile(r" +(?:of +)?(?:that|the) +(?:same +)?year(?!\w)")
_TAKEN_UP = re.compile(
    r"(?<![\w-])(?:(?:later +|earlier +)?(?:in|on|during) +(?:that(?: +same)?|the +same)"
    r" +(?P<unit>year|month|day)"
    r"|(?P<count>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) +years? +later)(?![\w-])",
    re.IGNORECASE,
)
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTS = {"a": 1, "an": 1} | {word: number for number, word in enumerate(_WORDS, start=1)}
_HALF_A_YEAR = 183
_MONTHS = (
    *(("spring", (3, 6)), ("summer", (6, 9)), ("autumn", (9, 12)), ("fall", (9, 12)), ("winter", (12, 15))),
    *(("q1", (1, 3)), ("q2", (4, 6)), ("q3", (7, 9)), ("q4", (10, 12)), ("second half", (7, 12))),
    *(("second quarter", (4, 6)), ("third quarter", (7, 9)), ("fourth quarter", (10, 12))),
    *((word, (1, 6)) for word in ("early", "beginning", "start", "opening", "first")),
    *((word, (3, 10)) for word in ("mid", "middle")),
    *((word, (7, 12)) for word in ("late", "end", "close", "closing", "last", "latter", "final")),
)
"""The months that a part of a year may take up, in the northern half of the world."""
_SHARES = (
    *(("first half", ((0, 0.5), (0, 0.51))), ("(?:second|last|latter) half", ((0.5, 1), (0.49, 1)))),
    *(("first quarter", ((0, 0.25), (0, 0.26))), ("second quarter", ((0.25, 0.5), (0.24, 0.51)))),
    ("third quarter", ((0.5, 0.75), (0.49, 0.76))),
    ("(?:fourth|last|final) quarter", ((0.75, 1), (0.74, 1))),
    ("turn", ((-0.1, 0.1), (-0.3, 1.1))),
    *((word, ((0, 0.4), (0, 0.5))) for word in ("early", "beginning", "start", "opening", "first", "dawn")),
    *((word, ((0.3, 0.7), (0.2, 0.8))) for word in ("mid", "middle", "height")),
    *(
        (word, ((0.6, 1), (0.5, 1)))
        for word in ("late", "end", "close", "closing", "last", "latter", "final")
    ),
)
"""The part of a decade or century that is meant, and what it may reach to: 1850 may be in either half."""
_EXACT = frozenset({PeriodKind.AT, PeriodKind.SINCE, PeriodKind.UNTIL})
_LAST_YEAR = 9998
_ON = re.compile(r" on(?= *(?:[,.;)]|$))")
_AND = re.compile(r",? +(?:and|or|&) +")


@dataclass(frozen=True, slots=True)
class _Lead:
    """What stands before a date: from `start` on, a preposition and a part ("the end of")."""

    start: int
    preposition: str = ""
    part: str = ""


def _lead(folded: str, floor: int, end: int) -> _Lead:
    window = max(floor, end - _LEAD_LENGTH)
    # A window must not begin inside a word.
    if window > floor and folded[window - 1].isalnum():
        window = next((i for i in range(window, end) if not folded[i].isalnum()), end)
    match = _LEAD.search(folded[window:end])
    if match is None:
        return _Lead(end)
    start = window + match.start()
    if match["prefix"]:
        return _Lead(start, match["prefix"].lower())
    words = " ".join((match["preposition"] or "").lower().split())
    part = " ".join((match["part"] or "").lower().split())
    if words in _ONLY_WITH_PART and not part:
        return _Lead(end)
    if not words and not part:
        return _Lead(end)
    return _Lead(start, words, part)


def _kind(preposition: str) -> PeriodKind:
    first, _, rest = preposition.partition(" ")
    for words in (preposition, rest, first):  # "shortly after", "starting in"
        if words in _KINDS:
            return _KINDS[words]
    return PeriodKind.AT


def _widened(date: Date | None) -> Date | None:
    """Five years either way for "around 2010", and about as much for finer dates in their own measure."""
    if date is None or date.precision < Precision.YEAR:
        return date
    if date.precision == Precision.YEAR:
        return interval((date.earliest[0] - 5, 1, 1), (date.latest[0] + 5, 12, 31))
    give = 61 if date.precision == Precision.MONTH else 7
    return interval(add_days(date.earliest, -give), add_days(date.latest, give))


def _is_date(folded: str, expression: DateExpression, lead: _Lead) -> bool:
    start, end = expression.span.start, expression.span.end
    if expression.bare == BARE_YEAR:
        return is_year(
            folded, expression.span, preposition=lead.preposition, part=bool(lead.part), lead=lead.start
        )
    if expression.bare == BARE_MONTH:
        name = folded[start:end]
        taken_for_person = name in _NAMES_TOO and lead.preposition.rpartition(" ")[2] in _PEOPLE_DO
        return bool(lead.preposition or lead.part) and not taken_for_person
    if expression.bare == BARE_WEEKDAY and not lead.preposition:
        # "Bloody Sunday", "the Sunday Times"
        word_before = folded[max(0, start - 30) : start].rstrip(" ").rpartition(" ")[2]
        after = folded[end : end + 2].lstrip(" ")
        return not (word_before[:1].isupper() or after[:1].isupper())
    return True


def _pair(
    folded: str, first: DateExpression, second: DateExpression, lead: _Lead
) -> tuple[Date | None, Date | None] | None:
    """Both ends of "from 2009 to 2017"; None if the two are no pair; no dates if they are one of numbers."""
    gap = folded[first.span.end : second.span.start]
    joined = _JOIN.fullmatch(gap) if len(gap) <= _LEAD_LENGTH else None
    if joined is None or first.until is not None or second.until is not None:
        return None
    word = " ".join((joined["word"] or "-").lower().split())
    opens = lead.preposition.rpartition(" ")[2]
    if word in ("and", "&"):
        if opens != "between":
            return None
    elif word in ("until", "till", "up until"):
        if opens not in ("from", "since"):
            return None
    elif opens not in ("from", "since", "between", "in", "on", "during", "for", ""):
        return None
    if BARE_YEAR in (first.bare, second.bare) and is_count(folded, second.span, lead=lead.start):
        return None, None
    early, late = first.date, second.date
    if first.month_day is not None and late is not None and second.month_day is None:
        in_year = late.earliest[0]
        early = first.in_year(in_year)
        if early is not None and early.earliest > late.earliest:
            early = first.in_year(in_year - 1)
    elif second.month_day is not None and early is not None:
        in_year = early.earliest[0]
        late = second.in_year(in_year)
        if late is not None and late.latest < early.latest:
            late = second.in_year(in_year + 1)
    if early is not None and late is not None and early.earliest > late.latest:
        return None
    return early, late


def _spanned(folded: str, start: int, end: int) -> Span:
    """The phrase with the commas or brackets that only belong to it, so that cutting it leaves a sentence."""
    at = start - 1
    while at >= 0 and folded[at] == " ":
        at -= 1
    before, after = folded[at] if at >= 0 else "", folded[end : end + 1]
    if before == "(" and after == ")":
        return Span(at, end + 1)
    if after == ",":
        if before == ",":
            return Span(at, end + 1)
        if before in ("", ".", "!", "?", ":", ";", '"', "\N{BULLET}") or _AMERICAN.search(folded, start, end):
            return Span(start, end + 1)
    return Span(start, end)


_AMERICAN = re.compile(r"\d, +\d{4}$")
"""December 6, 2017: the comma after the year belongs to it."""


def find_dates(text: str, *, as_of: Date | None, taken: Iterable[Span] = ()) -> tuple[DateMention, ...]:
    """Every date that a sentence or text names, in order, none inside another or in a span that is taken.

    Relative dates are told from `as_of`, the day of the text: "Monday" and "January 29" are the nearest ones
    not after it, "last Monday" is before it. Offsets are those of `text`.
    """
    folded = fold(text)
    masked = sorted(taken)
    ends = sorted(span.end for span in masked)
    expressions = find_expressions(folded, as_of=as_of, taken=masked)
    found: list[DateMention] = []
    floor = 0
    for index, expression in enumerate(expressions):
        start, end = expression.span.start, expression.span.end
        if start < floor:
            continue
        if expression.month_day is not None and (told := _OF_THAT_YEAR.match(folded, end)):
            earlier = found[-1].period.date if found else None
            told_year = None if earlier is None else earlier.earliest[0]
            date = None if told_year is None else expression.in_year(told_year)
            expression, end = replace(expression, date=date), told.end()
        before = bisect_right(ends, start)
        lead = _lead(folded, max(floor, ends[before - 1] if before else 0), start)
        following = expressions[index + 1] if index + 1 < len(expressions) else None
        pair = None if following is None else _pair(folded, expression, following, lead)
        if pair is not None and following is not None:
            floor = following.span.end
            if pair != (None, None) or not following.bare:
                found.append(_mention(text, folded, lead.start, floor, Period(PeriodKind.BETWEEN, *pair)))
            continue
        joins = found and floor and not lead.preposition and _AND.fullmatch(folded[floor : lead.start])
        if joins and found[-1].span.end == floor and expression.bare in ("", BARE_YEAR):
            if expression.bare == BARE_YEAR and is_count(folded, expression.span, lead=start):
                continue
            period = Period(found[-1].period.kind, expression.date)
            found.append(_mention(text, folded, floor, end, period))
            floor = end
            continue
        if not _is_date(folded, expression, lead):
            continue
        period = _period(expression, lead)
        if extension := _TO_PRESENT.match(folded, end) or _ONWARDS.match(folded, end):
            period, end = replace(period, kind=PeriodKind.SINCE), extension.end()
        elif lead.preposition == "from" and (extension := _ON.match(folded, end)):
            end = extension.end()
        found.append(_mention(text, folded, lead.start, end, period))
        floor = end
    return _with_taken_up(text, folded, found, masked)


def _with_taken_up(
    text: str, folded: str, found: list[DateMention], masked: list[Span]
) -> tuple[DateMention, ...]:
    """The dates with those that only take up the one before: "in the same year", "two years later"."""
    taken = [*(mention.span for mention in found), *masked]
    more: list[DateMention] = []
    for match in _TAKEN_UP.finditer(folded):
        start, end = match.span()
        if any(span.start < end and start < span.end for span in taken):
            continue
        row = sorted((*found, *more), key=lambda m: m.span.start)
        earlier = next((m.period.date for m in reversed(row) if m.span.end <= start), None)
        date = None
        if earlier is not None:
            date = _later(earlier, match) if match["count"] else _same(earlier, match["unit"].lower())
        if date is not None or not match["count"]:
            more.append(_mention(text, folded, start, end, Period(PeriodKind.AT, date)))
    return tuple(sorted((*found, *more), key=lambda m: m.span.start))


def _same(date: Date, unit: str) -> Date | None:
    """The year, month or day of a date; None if it is not told so finely."""
    year, month_of, _ = date.earliest
    if date.latest[0] != year:
        return None
    if unit == "year":
        return of_year(year)
    if date.precision < Precision.MONTH or date.latest[1] != month_of:
        return None
    return of_month(year, month_of) if unit == "month" else date if date.precision == Precision.DAY else None


def _later(date: Date, match: re.Match[str]) -> Date | None:
    """So many years after a date, half a year more or less unless it is a year."""
    count = _COUNTS.get(match["count"].lower(), 0)
    if not count and match["count"].isdigit():
        count = int(match["count"])
    year = date.earliest[0] + count
    if not count or date.latest[0] != date.earliest[0] or year > _LAST_YEAR:
        return None
    if date.precision <= Precision.YEAR:
        return of_year(year)
    first, last = ((year, d[1], min(d[2], 28)) for d in (date.earliest, date.latest))
    return interval(add_days(first, -_HALF_A_YEAR), add_days(last, _HALF_A_YEAR))


def _period(expression: DateExpression, lead: _Lead) -> Period:
    if expression.until is not None:
        return Period(PeriodKind.BETWEEN, expression.date, expression.until)
    date = expression.date
    if lead.preposition in _NEAR:
        date = _widened(date)
    kind = _kind(lead.preposition)
    if date is None or date.precision > Precision.YEAR or kind not in _EXACT:
        return Period(kind, date)
    if date.precision < Precision.YEAR:
        return _part_of_years(kind, date, lead.part)
    months = next((found for word, found in _MONTHS if re.search(rf"\b{word}\b", lead.part)), None)
    if months is None:
        return Period(kind, date)
    first, last = (
        of_month(date.earliest[0] + (number - 1) // 12, (number - 1) % 12 + 1) for number in months
    )
    return Period(kind, date, part=interval(first.earliest, last.latest))


def _part_of_years(kind: PeriodKind, date: Date, words: str) -> Period:
    """A part of a decade or a century: "the second half of the 19th century", "the late 1990s"."""
    shares = next((found for word, found in _SHARES if re.search(rf"\b{word}\b", words)), None)
    first, last = date.earliest[0], date.latest[0]
    if shares is None:
        return Period(kind, date)
    if first % 100 == 0:  # "the early 2000s": of the decade, for most
        return Period(kind, date, part=_years(first, 10, shares[0]))
    told, at_most = (_years(first, last + 1 - first, share) for share in shares)
    return Period(kind, at_most, part=told)


def _years(first: int, length: int, share: tuple[float, float]) -> Date:
    begin, end = (first + round(length * one) for one in share)
    return interval((begin, 1, 1), (end - 1, 12, 31))


def _mention(text: str, folded: str, start: int, end: int, period: Period) -> DateMention:
    return DateMention(_spanned(folded, start, end), replace(period, text=text[start:end].strip()))
