"""When an office-holder's time ended, as far as the editions allow to say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

SHORT_GAP = 62
"""Days between the last edition with one holder and the start of the next in which the office hardly had a
third.
"""
LONG_GAP = 400
"""Days between the last edition with one holder and the first with the next in which several may have come
and gone.
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
    office: str = ""
    """What the title makes of its holder, such as "prime minister"."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A tenure ended then, for this reason."""

    date: str
    words: str
    then: tuple[str, str, bool] | None = None
    """The next tenure (person, start, acting), if it is one of the same person."""
    in_gap: bool = False
    """Whether it is no more than the gap between two editions in which the tenure ended."""


def endings(
    shown: list[Shown], *, same_office: bool = False, only_behind: bool = False
) -> dict[tuple[str, str, bool], Ending]:
    """The end of each (person, start, acting) that a successor's stated start settles.

    With `same_office`, somebody with another office is no successor: where a page names the president first
    and later the prime minister, nobody went. With `only_behind`, editions that still show somebody after the
    successor's start are the only reason for an end.

    The two must stand in editions next to each other. The successor's start is the end only if it lies
    close to the last edition before it that has the predecessor, or if editions before and after it have
    them, the later ones behind the time: otherwise somebody may have held the office in between, and no more
    is said than the month or the year in which both days lie. The same goes if the office was vacant for a
    while, for a successor for whom editions state several starts, and for one who only stops acting.

    Across a long gap between editions no end is implied at all. Of a page that was behind the time for as
    long, only that the tenure ended between the last edition before the successor's start and that day.
    """
    found: dict[tuple[str, str, bool], Ending] = {}
    runs = _runs(shown)
    last = {(one.person, one.start): one.editions[-1] for one in shown}
    for place, after in enumerate(runs):
        earlier = [run for run in runs[:place] if run[0].person]
        starts = [one.start for one in after if len(one.start) == 10] or [
            one.start for one in after if one.start
        ]
        if not starts or not after[0].person or not earlier:
            continue
        before = earlier[-1]
        start, *corrected = (
            one
            for one in dict.fromkeys(starts)
            if one == starts[0] or (len(one) == 10 and days_between(starts[0], one) < _CORRECTION)
        )
        if start > after[0].editions[0]:
            # They were there before they had this title, so it does not tell when the others went.
            continue
        next_to = before is runs[place - 1] and before[0].person != after[0].person
        follows = next_to and _same_kind(before[-1], after[0])
        comes_back = any(run[0].person == before[0].person for run in runs[place:])
        if len(start) < 10:
            sure = follows and not comes_back and not after[0].acting
            end = _imprecise(before, start) if sure else ""
        else:
            coarse = _end(before, start, corrected, exact=next_to and not corrected)
            behind = _behind(before, [start, *corrected]) if follows else ""
            end = coarse or behind if corrected or len(coarse) == 10 else behind or coarse
            if only_behind:
                end = behind
        in_gap = _gap(before, start, after[0].editions[0]) > LONG_GAP
        if in_gap:
            end = _in_the_gap(before, start) if follows else ""
        if end:
            shown_so = next(one for one in after if one.start == start)
            words = _words(before[0], shown_so, start, exact=end == start)
            same = before[0].person == after[0].person
            then = (after[0].person, after[0].start, after[0].acting) if same else None
            for at, one in enumerate(before):
                if same_office and one.office != after[0].office:
                    continue
                if _left_between(before[at:]):
                    continue
                # A line that came back later was never over; the one between was a slip.
                if one.start < start and last[one.person, one.start] < after[0].editions[0]:
                    found[one.person, one.start, one.acting] = Ending(end, words, then, in_gap)
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


def _words(before: Shown, after: Shown, start: str, *, exact: bool) -> str:
    edition = f"(edition of {after.editions[0]})"
    if before.person == after.person:
        return f"{after.label} in another capacity since {start} {edition}"
    if exact:
        return f"succeeded by {after.label} on {start} {edition}"
    return f"next shown: {after.label} since {start} {edition}"


def _left_between(shown: list[Shown]) -> bool:
    """Whether the first holder, shown with a later start only after a gap between editions, may have been
    out of office in the gap.
    """
    own = [one for one in shown if one.start == shown[0].start]
    later = [one for one in shown if one.start > own[-1].start and one.editions[0] > own[-1].editions[-1]]
    if not later or len(own[0].start) < 10 or len(later[0].start) < 10:
        return False
    days = days_between(own[0].start, later[0].start)
    return days >= _CORRECTION and days_between(own[-1].editions[-1], later[0].editions[0]) > SHORT_GAP


def impossible(shown: Iterable[Shown]) -> set[tuple[str, str]]:
    """The (person, start) where an earlier edition shows somebody else in the same office with a start that
    is no earlier: the date is a slip, or of something else than this tenure.
    """
    found = set()
    first: dict[tuple[str, str], str] = {}
    earlier: list[Shown] = []
    for one in shown:
        edition = first.setdefault((one.person, one.start), one.editions[0])
        if len(one.start) == 10 and any(
            len(other.start) == 10
            and one.start <= other.start <= other.editions[0] < edition
            and (other.person != one.person and other.office == one.office)
            for other in earlier
        ):
            found.add((one.person, one.start))
        earlier.append(one)
    return found


def _behind(before: list[Shown], starts: list[str]) -> str:
    """The end of one whom editions still show after a successor's start: that day or the one before it; "" if
    no edition shows them so late.

    If no edition shows them before it, and none soon after, somebody else may have come between: they left
    on some day since their own start.
    """
    editions = [edition for one in before for edition in one.editions]
    earlier = [edition for edition in editions if edition < starts[0]]
    later = [edition for edition in editions if edition >= starts[0]]
    if not later:
        return ""
    if not earlier and days_between(later[0], starts[0]) > SHORT_GAP:
        began = min(one.start for one in before)
        return f"{began}/{max(starts)}" if began and began < min(starts) else ""
    eve = date.fromisoformat(min(starts)) - timedelta(days=1)
    return f"{eve.isoformat()}/{max(starts)}"


def _gap(before: list[Shown], start: str, shown: str) -> int:
    """The days from the last edition that can be trusted to have the predecessor, for it lies before the
    successor's start or soon after it, to the first that has the successor.
    """
    earlier = _before(before, start)
    if not earlier:
        return 0
    later = [edition for one in before for edition in one.editions if edition not in earlier]
    soon = [edition for edition in later if len(start) == 10 and days_between(start, edition) <= SHORT_GAP]
    return days_between((soon or earlier)[-1], shown)


def _in_the_gap(before: list[Shown], start: str) -> str:
    """When the tenure ended that a page behind the time went on to show; "" if it did not."""
    behind = before[-1].editions[-1][: len(start)] > start
    return f"{_before(before, start)[-1]}/{start}" if behind else ""


def _before(shown: list[Shown], start: str) -> list[str]:
    return [edition for one in shown for edition in one.editions if edition[: len(start)] < start]


def _same_kind(one: Shown, other: Shown) -> bool:
    return one.office.replace("chairman", "chairperson") == other.office.replace("chairman", "chairperson")


def _imprecise(before: list[Shown], start: str) -> str:
    """The end by a successor's start of which only the month or the year is stated."""
    size = len(start)
    editions = [edition for one in before for edition in one.editions]
    seen = [edition for edition in editions if edition[:size] <= start]
    if not seen:
        return ""
    last = max(seen)
    near = days_between(last, f"{start}-01-01"[:10]) <= SHORT_GAP
    if last[:size] == start:
        return start
    return f"{last}/{start}" if near or max(editions)[:size] > start else ""


def _end(before: list[Shown], start: str, corrected: list[str], *, exact: bool) -> str:
    seen = [edition for one in before for edition in one.editions if edition < start]
    if not seen:
        return ""
    last = max(seen)
    if exact and days_between(last, start) <= SHORT_GAP:
        return start
    days = {last, start, *corrected}
    for precision in (7, 4):
        if len({day[:precision] for day in days}) == 1:
            return start[:precision]
    return ""


def days_between(one: str, other: str) -> int:
    return abs((date.fromisoformat(other) - date.fromisoformat(one)).days)
