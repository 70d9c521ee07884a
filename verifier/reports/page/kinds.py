"""How a verdict looks: its letter in class names, its mark, its word; and the notes, numbered as read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from verifier.model import Report, Result, Verdict

__all__ = ["Kind", "Note", "kind_of", "notes_of", "tally"]


class Kind(Enum):
    """What a highlight says, the gravest first. A letter, a mark that needs no colour, and a word."""

    CONTRADICTED = ("c", "✗", "Contradicted")
    UNKNOWN = ("u", "?", "Unknown")
    SUPPORTED = ("s", "✓", "Supported")
    ASIDE = ("a", "–", "Set aside")
    """The draft or a baseline says that this claim is not to be told; it keeps its verdict."""

    @property
    def letter(self) -> str:
        """Its class in the style sheet."""
        return self.value[0]

    @property
    def mark(self) -> str:
        """Its mark."""
        return self.value[1]

    @property
    def word(self) -> str:
        """Its word."""
        return self.value[2]


_GRAVITY = {kind: number for number, kind in enumerate(Kind)}
"""The place of each kind, the gravest at 0."""
_OF = {
    Verdict.CONTRADICTED: Kind.CONTRADICTED,
    Verdict.UNKNOWN: Kind.UNKNOWN,
    Verdict.SUPPORTED: Kind.SUPPORTED,
}


def kind_of(result: Result) -> Kind:
    """The kind of a result: its verdict, unless it is set aside."""
    return _OF[result.verdict] if result.suppressed is None else Kind.ASIDE


@dataclass(frozen=True, slots=True)
class Note:
    """This result has this number on the page."""

    number: int
    result: Result
    kind: Kind


def notes_of(report: Report) -> tuple[Note, ...]:
    """A note for each result, numbered in the order in which a reader meets the end of its words.

    Claims of the same words follow each other, the gravest first; those of no document keep their order.
    """

    def order(item: tuple[int, Result]) -> tuple[int, int, int, int]:
        at, result = item
        span = result.claim.span
        if span is None:
            return len(report.document.text) + 1, 0, 0, at
        return span.end, -span.start, _GRAVITY[kind_of(result)], at

    results = [result for _, result in sorted(enumerate(report.results), key=order)]
    return tuple(Note(number, result, kind_of(result)) for number, result in enumerate(results, 1))


def tally(notes: Iterable[Note]) -> Sequence[tuple[Kind, int]]:
    """How many notes there are of each kind; of those set aside only where there are any."""
    counts = dict.fromkeys(Kind, 0)
    for note in notes:
        counts[note.kind] += 1
    return [(kind, count) for kind, count in counts.items() if count or kind is not Kind.ASIDE]
