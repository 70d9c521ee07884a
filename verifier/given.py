"""What a caller gives, read as what is meant: a day as text or from a calendar, claims as sentences.

Each raises `UsageError` that says what would be right, before anything is opened or read.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from verifier.dates import day, parse_date
from verifier.errors import UsageError
from verifier.model import ClaimRow, Date, Document
from verifier.readers import looks_like_path
from verifier.readers.claim_text import claim_row

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DayGiven", "dated", "day_given", "name_given", "row_given", "rows_given"]

DayGiven = str | datetime.date | Date
"""A day as it may be given; of a `datetime` or a `Timestamp` the day counts."""

_DATES = tuple(field.name for field in fields(ClaimRow) if field.type == "Date | None")


def day_given(given: object, what: str = "as_of") -> Date | None:
    """The date that is meant; None where none is given.

    >>> day_given(datetime.date(2021, 2, 1)) == day_given("2021-02-01")
    True
    """
    if given is None or isinstance(given, Date):
        return given
    if isinstance(given, str):
        try:
            return parse_date(given)
        except ValueError as exc:
            raise UsageError(f"{what}: {exc}") from exc
    if isinstance(given, datetime.date) and given == given:  # the missing Timestamp of pandas equals nothing
        return day(given.year, given.month, given.day)
    raise UsageError(f"{what} is {_shown(given)}: write it as text ('2021-02-01'), or give a datetime.date")


def dated(document: Document) -> Document:
    """The document with its day read."""
    as_of = day_given(document.as_of, "the document's as_of")
    return document if as_of is document.as_of else replace(document, as_of=as_of)


def row_given(given: object, id: str) -> ClaimRow:
    """What to ask about a sentence, a triple, or a row, with its dates read."""
    if isinstance(given, str):
        return claim_row(given, id)
    if not isinstance(given, ClaimRow):
        raise UsageError(f"a claim is a text or a `ClaimRow`, not {_shown(given)}")
    read: dict[str, Any] = {
        name: day_given(getattr(given, name), f"{name} of claim {given.id!r}") for name in _DATES
    }
    return replace(given, **read) if any(read[name] is not getattr(given, name) for name in _DATES) else given


def rows_given(given: object) -> tuple[ClaimRow, ...]:
    """The claims of a data frame, of a series of sentences, or of any other row of texts and `ClaimRow`s."""
    from verifier.readers.claims_table import rows_of_frame

    if hasattr(given, "iloc"):
        return rows_of_frame(
            cast("pd.DataFrame", given) if hasattr(given, "columns") else cast("Any", given).to_frame("claim")
        )
    if not isinstance(given, Iterable) or isinstance(given, (bytes, bytearray, Mapping)) or _is_table(given):
        raise UsageError(
            f"{_shown(given)} cannot be checked: give a text, a path, a `Document`, a DataFrame or Series of "
            "pandas, or a list of claims"
        )
    rows = tuple(given)
    for row in rows:
        if isinstance(row, Path) or (isinstance(row, str) and looks_like_path(row)):
            raise UsageError(f"{str(row)[:80]!r} is a file: in a list are claims; check files one by one")
    return tuple(_numbered(row, number) for number, row in enumerate(rows, start=1))


def _numbered(given: object, number: int) -> ClaimRow:
    try:
        return row_given(given, f"c{number}")
    except UsageError as exc:
        raise UsageError(f"claim {number} of the list: {exc}") from exc


def name_given(given: object) -> str:
    """The name that is looked up."""
    if not isinstance(given, str):
        raise UsageError(f"a name is a text, not {_shown(given)}")
    return given


def _is_table(given: object) -> bool:
    """Whether it is a table of another library."""
    return hasattr(given, "columns")


def _shown(given: object) -> str:
    kind = type(given).__name__
    return "None" if given is None else f"{'an' if kind[0] in 'aeiouAEIOU' else 'a'} {kind}"
