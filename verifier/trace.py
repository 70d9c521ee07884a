"""The whole way of one claim, from the names in it to the rule that decided.

A trace is made of what reading and judging hand out on the way to the verdict of `check`, and holds that very
`Result`; nothing is decided again here. `verifier.tracing` makes it, the reports write it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from verifier.model import (
    Completeness,
    Date,
    Match,
    Part,
    Period,
    Quantity,
    Reading,
    Reason,
    Result,
    SourceFailure,
    Stance,
    Statement,
    TableInfo,
    Term,
    Triple,
    Verdict,
)
from verifier.text.notes import Manner

__all__ = [
    "Candidate",
    "Clause",
    "Day",
    "Figure",
    "GroupTrace",
    "ListTrace",
    "Member",
    "Mention",
    "Origin",
    "Pair",
    "PartTrace",
    "ReadingTrace",
    "Row",
    "Sentence",
    "Time",
    "Trace",
]


class Origin(StrEnum):
    """Where the time of a claim comes from."""

    CLAIM = "claim"
    """Words of the claim that give a date."""
    WORDING = "wording"
    """Words that say when without a date: "former", "still", the past tense."""
    ROW = "row"
    """The row of a table of claims."""
    OPTION = "as-of"
    """The day that was asked for (`--as-of`)."""
    EDITION = "edition"
    """Nothing was said: the day of the edition that was asked for (`--as-of-edition`)."""
    TODAY = "today"
    """Nothing was said: the day of the run."""


@dataclass(frozen=True, slots=True)
class Day:
    """The day for which a claim that names none is judged, and who gave it."""

    date: Date
    origin: Origin


@dataclass(frozen=True, slots=True)
class Time:
    """A time that the claim speaks of, and where it comes from."""

    period: Period
    origin: Origin


@dataclass(frozen=True, slots=True)
class Figure:
    """A date or a figure in the words of a sentence, and whether a triple has it."""

    text: str
    value: Period | Quantity
    used: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """A phrasing that was found, and how many triples it gave: none if it is not to be judged."""

    text: str
    relation: str
    label: str
    words: str
    """The words of the phrasing."""
    passed: str
    """The words within it that it passes over."""
    triples: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the claim as it was read."""

    text: str
    manner: Manner
    parsed: bool
    """Whether the parser was asked."""
    clauses: tuple[Clause, ...]
    figures: tuple[Figure, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a mention may be, and why it is, or is not."""

    match: Match
    types: tuple[str, ...]
    taken: bool
    why: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name something, what for, and the things that they may name."""

    text: str
    roles: tuple[str, ...]
    """What it is in which part: "subject of part 1"; empty if it is no end of what was read."""
    candidates: tuple[Candidate, ...]
    value: str = ""
    """The date, figure or text that the words give, if they name no thing."""
    is_group: bool = False
    """Whether the words are those of a group, which is no thing of its own."""


@dataclass(frozen=True, slots=True)
class ReadingTrace:
    """A relation that the words may mean."""

    reading: Reading
    taken: bool
    why: str
    verdict: Verdict | None = None
    """What comes of the claim in it; None if it was not asked about."""
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a group, and what the claim comes to for it."""

    id: str
    label: str
    sure: bool
    """Whether the tables say for certain that it is a member."""
    statement: Statement | None
    """What makes it one."""
    verdict: Verdict | None = None
    reason: Reason | None = None
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class GroupTrace:
    """Which group was meant, at which time, and who is in it."""

    text: str
    conditions: tuple[str, ...]
    at: Date | None
    """None where it is no group of its own, but all that stand beside the other end."""
    complete: bool
    """Whether a list that is declared complete leaves nothing out."""
    unclear: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """What the claim comes to if its ends are these things."""

    subject: str
    object: str
    verdict: Verdict
    reason: Reason
    taken: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was considered, and how it stands to the claim."""

    statement: Statement
    words: str
    """The row as a sentence."""
    via: str
    """The other relation by which it bears on the claim; "" if it is of the claim's own."""
    value: str
    """Its value beside the claim's: "same", "inside", "other", "unsure"; "" if they were not compared."""
    qualifiers: str
    in_force: str
    """"holds", "outside" or "unsure" at the time of the claim; "" if it was not asked."""
    dates: str
    """Why."""
    trust: int
    stance: Stance | None
    """How it stands to the verdict; None if the verdict does not rest on it."""
    ground: str


@dataclass(frozen=True, slots=True)
class ListTrace:
    """A list that is declared complete and has the claim's place, and whether it tells of its time."""

    declared: Completeness
    counts: bool


@dataclass(frozen=True, slots=True)
class PartTrace:
    """One triple, with all that was considered for it."""

    part: Part
    said: str
    """The claim in the words of the relation that was taken."""
    times: tuple[Time, ...]
    readings: tuple[ReadingTrace, ...]
    groups: tuple[GroupTrace, ...]
    pairs: tuple[Pair, ...]
    choice: str
    """Why one pair of things was taken; "" if there was one only."""
    rows: tuple[Row, ...]
    lists: tuple[ListTrace, ...]
    basis: str
    """What kind of verdict the confidence is measured on; "" for unknown."""
    settle: tuple[str, ...]
    """What would settle it, if it is unknown."""

    @property
    def triple(self) -> Triple:
        """What was judged."""
        return self.part.triple

    @property
    def qualifiers(self) -> tuple[tuple[str, Term], ...]:
        """What the claim adds."""
        return self.part.triple.qualifiers


@dataclass(frozen=True, slots=True)
class Trace:
    """How one claim was read and decided."""

    result: Result
    day: Day
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    parts: tuple[PartTrace, ...]
    deciding: int | None
    """The number of the part that decided, from 0; None if none did."""
    how: str
    """How the verdict of the claim follows from those of its parts."""
    labels: tuple[tuple[str, str], ...] = ()
    """Ids of things and relations with their labels, sorted by id."""
    tables: tuple[TableInfo, ...] = ()
    version: str = ""
    failures: tuple[SourceFailure, ...] = ()
    """Sources that could not be asked."""
