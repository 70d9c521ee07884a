"""The day of a document that carries its date: in its metadata, or in a byline at its head.

Claims are checked as of that day, so that a wrong one would contradict what is right: only a whole day is
taken, and only where it stands by itself ("Published 12 June 2025", "By A. Writer, 12 June 2025", "RIGA,
12 June 2025 - "), never one that a headline or a sentence tells of.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from verifier.dates import day, parse_date
from verifier.model import Date, Precision

__all__ = ["BYLINE", "METADATA", "Dated", "find_byline", "from_metadata"]

BYLINE, METADATA = "byline", "metadata"

_BLOCKS = 8
"""A byline stands among the first blocks ..."""
_SHORT = 160
"""... and before the first that has more characters, which it may head."""
_HEAD = 80

_LABEL = (
    r"(?:(?:first\s|last\s)?(?:published|posted|updated|issued|released|modified|dated?|sent|created)"
    r"(?:\son|\sat)?|press\srelease)"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*|(?:mon|tue|wed|thu|fri|sat|sun)[.,]*\s+)?"
_NAME = r"(?-i:[A-Z\u00c0-\u00de][\w.'\u2019-]{0,30}+)"
_AUTHORS = (
    r"by\s{1,3}(?!(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)"
    rf"{_NAME}(?:,?\s(?:and|in|for|&|{_NAME})){{0,9}},?\s"
)
_BEFORE = re.compile(
    rf"""(?: \A | [|/\u00b7\u2022\u2013\u2014\n\t] | \s-\s )\s*
         (?: {_LABEL}\s*[:,-]?\s*
           | {_AUTHORS}                                                           # By A. Writer, 12 June 2025
           | (?-i:[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de'. ]{{1,40}}),\s* )?         # RIGA, 12 June 2025
         {_WEEKDAY}
         (?: \d{{1,2}}[:.]\d{{2}}(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{{2,5}})?[,\s]+ )?\Z
      """,
    re.VERBOSE | re.IGNORECASE,
)
"""What may stand before the date: nothing, what parts it from the rest, and what says what it is."""
_PLACE = re.compile(rf"\s*{_NAME}(?:,?\s{_NAME}){{0,5}},\s{{0,3}}{_WEEKDAY}", re.IGNORECASE)
"""Riga, 12 June 2025 (Agency) - : not in capitals, it may be a headline."""
_AGENCY = re.compile(r"\([A-Za-z .]{2,40}\)")
_AFTER = re.compile(
    r"""\s*,?\s*(?:(?:at\s)?\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s?\(?[A-Z]{2,5}\)?)?)?\s*\.?\s*
        (?: \Z | [|/\u00b7\u2022\u2013\u2014\n\t] | \(?\s?-\s | \([A-Za-z .]{2,40}\)\s*[-\u2013\u2014|]
          | ,?\s(?=by\s) | ,?\s(?=(?:last\s)?(?:updated|modified)\b) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LATER = re.compile(r"updated|modified", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dated:
    """A day, and how it was found."""

    date: Date
    how: str


def find_byline(blocks: Iterable[str]) -> Dated | None:
    """The day of a byline in the first blocks of prose; of two, that of publishing, not of a change."""
    from verifier.text.dates import find_expressions
    from verifier.text.words import fold

    changed: Dated | None = None
    for text in islice(blocks, _BLOCKS):
        long = len(text) > _SHORT
        head = text[:_HEAD] if long else text
        folded = fold(head)
        for expression in find_expressions(folded, as_of=None, taken=()):
            date = expression.date
            if date is None or date.precision is not Precision.DAY or expression.until is not None:
                continue
            before = _BEFORE.search(head, 0, expression.span.start)
            after = _AFTER.match(head, expression.span.end)
            if after is None or (long and after.end() == len(head)):
                continue
            found = Dated(date, BYLINE)
            if before is None:
                if (long or _AGENCY.search(after[0])) and _PLACE.fullmatch(head, 0, expression.span.start):
                    return found
                continue
            if _LATER.search(before[0]) is None:
                return found
            changed = changed or found
        if long:
            break
    return changed


def from_metadata(value: str | datetime.date | None) -> Dated | None:
    """The day of a field of metadata in ISO 8601, its time of day left out; None for anything else.

    A year alone is not taken: it is what a template or a converter fills in.
    """
    if value is None:
        return None
    if isinstance(value, datetime.date):
        return Dated(day(value.year, value.month, value.day), METADATA)
    match = re.match(r"\s*(\d{4}-\d{2}-\d{2})(?![\d-])", value)
    if match is None:
        return None
    try:
        return Dated(parse_date(match[1]), METADATA)
    except ValueError:
        return None
