"""What a newer edition makes of what an older one says: it corrects a date or a figure, or shows that
something ended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

import governments
from archives import Edition
from atlas import Atlas
from rows import Row

REPUBLIC = governments.form("republic")
_CORRECTED = frozenset({"P571", "early-independence-date", "independence-date", "independence-from"})
_FIGURES = frozenset({"P140", "P1082"})


def newest(rows: Iterable[Row]) -> Iterator[Row]:
    """Without the dates that a newer edition no longer gives, and the figures for which it has other ones.

    A page that says less of independence than before withdraws the rest; a second figure for one year
    corrects the first.
    """
    kept = list(rows)
    latest: dict[tuple[str, ...], str] = defaultdict(str)
    for row in kept:
        latest[_question(row)] = max(latest[_question(row)], row.origin.retrieved)
    for row in kept:
        if _question(row)[0] and row.origin.retrieved < latest[_question(row)]:
            continue
        yield row


def _question(row: Row) -> tuple[str, ...]:
    """What two rows answer of which only the newer one stands; ("",) if any number of rows may."""
    if row.predicate in _CORRECTED:
        return (row.predicate, row.subject.id)
    if row.predicate in _FIGURES and row.point_in_time:
        value = row.object_id if row.predicate == "P140" else ""
        return (row.predicate, row.subject.id, value, row.point_in_time[:4])
    return ("",)


def ended(rows: Iterable[Row], editions: tuple[Edition, ...], atlas: Atlas) -> Iterator[Row]:
    """With an end for a form of government or a currency in whose place the newest edition shows another one,
    and a start for the other.

    The change lies between the two editions. A form that is only described in other words has not ended.
    """
    old, new = editions[0], editions[-1]
    span = f"{old.date}/{new.seen}"
    regimes: dict[str, tuple[str, str]] = {}
    for code, page in new.by_code().items():
        older = old.by_code().get(code)
        if older is not None:
            heading = ("Government", "Government type")
            regimes[atlas.countries[code].id] = (
                governments.regime(older.cell(*heading)),
                governments.regime(page.cell(*heading)),
            )
    kept = list(rows)
    before = {row.subject.id for row in kept if row.predicate == "P38" and row.seen_last == old.seen}
    after = {row.subject.id for row in kept if row.predicate == "P38" and row.seen_last == new.seen}
    for row in kept:
        was, now = regimes.get(row.subject.id, ("", ""))
        # A junta, or a form that was there "formerly", leaves open whether the state is still a republic.
        open_still = now in {"former", "junta"} and row.object_id == REPUBLIC.id
        changed = (row.predicate == "P122" and was and now and was != now and not open_still) or (
            row.predicate == "P38" and row.subject.id in before & after
        )
        if changed and row.seen_last == old.seen:
            yield replace(row, end=span)
        elif changed and row.seen_first == new.seen:
            yield replace(row, start=span)
        else:
            yield row


def first_dates(rows: Iterable[Row]) -> dict[str, str]:
    """The first date on which each country was founded or became independent, by its id."""
    found: dict[str, str] = {}
    for row in rows:
        if row.predicate in _CORRECTED:
            date = row.point_in_time or row.object_id
            found[row.subject.id] = min(date, found.get(row.subject.id, date))
    return found
