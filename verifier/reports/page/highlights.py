"""Where highlights begin and end: claims may overlap, so the text is cut wherever one of them begins or ends.

A piece belongs to every claim that covers it. It looks like the gravest of them, and opens the smallest of
the gravest. At the end of each claim stands a mark with its number, so that every claim can be reached. The
work and what comes of it grow with the number of claims, however they overlap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

from verifier.model import Span
from verifier.reports.page.kinds import Kind, Note

__all__ = ["Mark", "Piece", "highlights"]


@dataclass(frozen=True, slots=True)
class Mark:
    """At the end of this span stands a mark for these notes, which are of one kind."""

    span: Span
    kind: Kind
    numbers: tuple[int, ...]

    @property
    def label(self) -> str:
        """The numbers as people write them: 4, 4–6, 4, 9."""
        runs: list[list[int]] = []
        for number in self.numbers:
            if runs and runs[-1][-1] == number - 1:
                runs[-1][1:] = [number]
            else:
                runs.append([number])
        return ", ".join("–".join(map(str, run)) for run in runs)


@dataclass(frozen=True, slots=True)
class Piece:
    """These characters belong to claims of these kinds, the gravest first, and open this mark's notes."""

    span: Span
    kinds: tuple[Kind, ...]
    mark: Mark


def highlights(notes: Iterable[Note]) -> tuple[Sequence[Piece], Sequence[Mark]]:
    """The pieces in the order of the text, and the marks by the end of their spans."""
    found: dict[Span, dict[Kind, list[int]]] = defaultdict(lambda: defaultdict(list))
    for note in notes:
        claim = note.result.claim
        for span in dict.fromkeys((claim.span, *claim.occurrences)):
            if span is not None and span.start < span.end:
                found[span][note.kind].append(note.number)
    marks = [
        Mark(span, kind, tuple(kinds[kind]))
        for span, kinds in sorted(found.items(), key=lambda item: (item[0].end, -item[0].start))
        for kind in Kind
        if kind in kinds
    ]
    return tuple(_pieces(marks)), marks


def _pieces(marks: Sequence[Mark]) -> Iterator[Piece]:
    """Sweeps over the text: for each kind a heap of the spans that have begun, the smallest on top."""
    begins: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        begins[mark.span.start].append(mark)
    cuts = sorted({at for mark in marks for at in (mark.span.start, mark.span.end)})
    open_: dict[Kind, list[tuple[int, int, int, Mark]]] = {kind: [] for kind in Kind}
    for at, following in pairwise(cuts):
        for mark in begins[at]:
            heappush(open_[mark.kind], (-mark.span.start, mark.span.end, mark.numbers[0], mark))
        for heap in open_.values():
            while heap and heap[0][1] <= at:
                heappop(heap)
        kinds = tuple(kind for kind in Kind if open_[kind])
        if kinds:
            yield Piece(Span(at, following), kinds, open_[kinds[0]][0][3])
