"""Dates as the Factbook writes them ("15 February 2021", "July 2021 est.", "NA 2010") in ISO 8601 of
reduced precision.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTH_NAMES = "January February March April May June July August September October November December"
MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES.split(), start=1)}
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if len(name) > 3 else name for name in MONTHS)
DATE = rf"(?:(?:NA|\d{{1,2}}) )?(?:(?:{_MONTH}),? )?\d{{4}}"
"""The pattern of one date, without groups."""
DAY = rf"\d{{1,2}} (?:{_MONTH}),? \d{{4}}"
"""The pattern of a date to the day, without groups."""
_DATE_PARTS = re.compile(rf"(?:(?P<day>\d{{1,2}}) )?(?:(?P<month>{_MONTH}),? )?(?P<year>\d{{4}})")
_SPAN = re.compile(rf"(?<![\d-])(\d{{1,2}})-(\d{{1,2}} (?:{_MONTH}) \d{{4}})")
_EVENT = re.compile(
    rf"(?P<date>{DATE})\s*\((?P<words>(?:[^();]|;(?! {DAY} \()|\([^()]*\))*)(?:\)|(?=; {DAY} \())"
)


@dataclass(frozen=True, slots=True)
class Event:
    """On this date happened what the words say."""

    date: str
    words: str
    quote: str


def iso(text: str) -> str:
    """The first date in the text, as finely as it is written; "" if there is none."""
    found = _DATE_PARTS.search(text)
    if found is None:
        return ""
    month = next((number for name, number in MONTHS.items() if name[:3] == (found["month"] or "")[:3]), 0)
    if not month:
        return found["year"]
    if not found["day"] or not 1 <= int(found["day"]) <= 31:
        return f"{found['year']}-{month:02d}"
    return f"{found['year']}-{month:02d}-{int(found['day']):02d}"


def year_of(text: str) -> str:
    """The date of an estimate such as "July 2021 est."; "" for a span of years, which is no date of one
    figure.
    """
    return "" if re.search(r"\d{4} ?[-\u2013] ?\d{2}", text) else iso(text)


def dated(text: str) -> Iterator[Event]:
    """Events written as "date (what happened)"; a bare date is an event without words.

    "14-15 May 1811" is a span of two days; "ca. 965" is no date.
    """
    if re.fullmatch(DATE, text.strip()):
        yield Event(iso(text), "", text.strip())
    for found in _EVENT.finditer(text):
        before = text[: found.start()].rstrip()
        span = _SPAN.search(text[: found.end()], max(0, found.start() - 3))
        if span is not None and span.end() == found.end("date"):
            last = iso(span[2])
            first = f"{last[:-2]}{int(span[1]):02d}"
            yield Event(f"{first}/{last}", found["words"], text[span.start() : found.end()])
        elif not before.endswith(("-", "ca.", "circa")):
            yield Event(iso(found["date"]), found["words"], found[0])
