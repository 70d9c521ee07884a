"""The columns of the statements of a source: what each is for, and their order in its file."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["DATES", "LINE", "OPTIONAL", "REQUIRED", "SEEN", "file_columns"]

LINE = "#"
"""The column of a frame that has the number of the line, or row, of what was read; from 1. No file has it."""
REQUIRED = ("statement_id", "subject", "subject_id", "predicate", "object", "object_id")
DATES = ("start", "end", "point_in_time")
OPTIONAL = (
    *DATES,
    "unit",
    "rank",
    "polarity",
    "source_url",
    "source_title",
    "publisher",
    "retrieved",
    "quote",
)
SEEN = ("seen_first", "seen_last")
"""When a row was first and last shown, which the job itself writes."""


def file_columns(columns: Iterable[str]) -> tuple[str, ...]:
    """The columns of a file of a source, in their order: those of the format, then qualifiers by name."""
    known = (*REQUIRED, *DATES, *SEEN, *(name for name in OPTIONAL if name not in DATES))
    given = {*columns, *REQUIRED, *SEEN}
    return (*(name for name in known if name in given), *sorted(given.difference(known)))
