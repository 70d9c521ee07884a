"""When an office-holder's time ended, as far as the editions allow to say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

SHORT_GAP = 62
"""Days between the last edition with one holder and the start of the next in which the office hardly had a
third.
"""
_CORRECTION = 180
"""Two starts of one holder that lie closer together than these days are a correction, not two terms."""


@dataclass(frozen=True, slots=True)
class Shown:
    """From the first of these editions to the last, the office had this one holder."""

    person: str
    """Entity id; "" for an office that is vacant, or a line that names nobody."""
    label: str
    start: str
    acting: bool
    editions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """A tenure ended then, for this reason."""

    date: str
    words: str


def endings(shown: list[Shown]) -> dict[tuple[str, str, bool], Ending]:
    """The end of each (person, start, acting) that a successor's stated start settles.

    The two must stand in editions next to each other. The successor's start is the end only if it lies
    close to the last edition before it that has the predecessor: otherwise somebody may have held the
    office in between, and no more is said than the month or the year in which both days lie. The same goes
    if the office was vacant for a while, for a successor for whom editions state several starts, and for
    one who only stops acting.
    """
    found: dict[tuple[str, str, bool], Ending] = {}
    runs = _runs(shown)
    last = {(one.person, one.start): one.editions[-1] for one in shown}
    for place, after in enumerate(runs):
        earlier = [run for run in runs[:place] if run[0].person]
        starts = [one.start for one in after if len(one.start) == 10]
        if not starts or not after[0].person or not earlier:
            continue
        before = earlier[-1]
        start, *corrected = (one for one in dict.fromkeys(starts) if _days(starts[0], one) < _CORRECTION)
        at_once = before is runs[place - 1] and before[0].person != after[0].person and not corrected
        if end := _end(before, start, corrected, exact=at_once):
            words = f"succeeded by {after[0].label} on {start} (edition of {after[0].editions[0]})"
            for one in before:
                # A line that came back later was never over; the one between was a slip.
                if one.start < start and last[one.person, one.start] < after[0].editions[0]:
                    found[one.person, one.start, one.acting] = Ending(end, words)
    return found


def _runs(shown: Iterable[Shown]) -> list[list[Shown]]:
    """The entries of one holder after another; a new appointment of an acting holder is a new run."""
    runs: list[list[Shown]] = []
    for one in shown:
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and last.person == one.person
            and (last.acting == one.acting or last.start == one.start)
        ):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _end(before: list[Shown], start: str, corrected: list[str], *, exact: bool) -> str:
    seen = [edition for one in before for edition in one.editions if edition < start]
    if not seen:
        return ""
    last = max(seen)
    if exact and _days(last, start) <= SHORT_GAP:
        return start
    days = {last, start, *corrected}
    for precision in (7, 4):
        if len({day[:precision] for day in days}) == 1:
            return start[:precision]
    return ""


def _days(one: str, other: str) -> int:
    return abs((date.fromisoformat(other) - date.fromisoformat(one)).days)
