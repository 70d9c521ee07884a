"""Which editions are kept: each of the last days, then the last of each month."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

__all__ = ["kept"]


def kept(editions: Iterable[tuple[int, datetime.date]], *, days: int, months: int) -> set[int | None]:
    """The numbers of those that stay, counted from the day of the last one.

    Of the last `days` days, all; of that month and the `months` before it, the last one of each; always the
    last of all.
    """
    ordered = sorted(editions)
    if not ordered:
        return set()
    last, today = ordered[-1]
    recent = {number for number, day in ordered if (today - day).days < days}
    monthly = {_month(day): number for number, day in ordered if _month(today) - _month(day) <= months}
    return {last, *recent, *monthly.values()}


def _month(day: datetime.date) -> int:
    return day.year * 12 + day.month
