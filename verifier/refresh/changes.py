"""What a row that came, changed or went says: which cells differ, and whether that corrects it."""

from __future__ import annotations

from collections.abc import Mapping

from verifier.dates import parse_date, within
from verifier.night import ChangeKind, RowChange
from verifier.refresh.mapping import DATES
from verifier.refresh.stage import SEEN, Pair

__all__ = ["is_another_fact", "is_correction", "row_change"]

_ABOUT = ("rank", "source_url", "source_title", "publisher", "retrieved", "quote", *SEEN)
"""Columns that say nothing of the fact itself."""
_IDS = {"subject": "subject_id", "object": "object_id"}


def row_change(feed: str, kind: ChangeKind, pair: Pair) -> RowChange:
    """The change of one row, with the cells that differ."""
    now = pair.old if pair.new is None else pair.new
    assert now is not None
    row = {name: cell for name, cell in now.items() if cell}
    if kind is not ChangeKind.CHANGED or pair.old is None or pair.new is None:
        return RowChange(feed, kind, pair.id, pair.relation, row)
    old, new = pair.old, pair.new
    names = [name for name in new if name not in SEEN and new[name] != old.get(name, "")]
    # An id that the source does not give may have been filled in.
    names = [name for name in names if new[name] or name not in _IDS.values()]
    return RowChange(
        feed,
        kind,
        pair.id,
        pair.relation,
        row,
        old={name: old.get(name, "") for name in names},
        new={name: new[name] for name in names},
        correction=is_correction(old, new, names),
    )


def is_another_fact(change: RowChange) -> bool:
    """Whether a row says of other things, or something else of them, than before under the same id.

    Dates, sources, and another spelling of what has the same id leave it the same fact.
    """
    told = {
        *_ABOUT,
        *DATES,
        *(name for name, id in _IDS.items() if id not in change.new and change.row.get(id)),
    }
    return not told.issuperset(change.new)


def is_correction(old: Mapping[str, str], new: Mapping[str, str], names: list[str]) -> bool:
    """Whether what was stated is now stated otherwise, in one of these columns.

    No correction is what is merely added or left out, a date that is given more exactly, another spelling of
    what has the same id, and what is told of the row rather than of the fact.
    """
    return any(_is_other(name, old, new) for name in names if name not in _ABOUT)


def _is_other(name: str, old: Mapping[str, str], new: Mapping[str, str]) -> bool:
    before, now = old.get(name, ""), new.get(name, "")
    if name == "polarity":
        return before != now
    if not before or not now:
        return False
    if name in _IDS and old.get(_IDS[name]) and new.get(_IDS[name]):
        return False  # the ids tell whether it is another thing
    if name in (*DATES, "object"):
        try:
            return not within(parse_date(now), parse_date(before))
        except ValueError:
            return True
    return True
