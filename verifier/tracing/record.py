"""Keeps the notes of reading and judging while a claim is checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from verifier.model import Modality, Part, Reading, Triple, Verdict
from verifier.notes import Asked, Chosen, Note, Watch
from verifier.text.notes import Read

__all__ = ["Record", "Trial"]

_TURNED = {Verdict.SUPPORTED: Verdict.CONTRADICTED, Verdict.CONTRADICTED: Verdict.SUPPORTED}


class Decide(Protocol):
    """How a triple is judged while somebody watches."""

    def __call__(self, *, watch: Watch) -> Part: ...


@dataclass(frozen=True, slots=True)
class Trial:
    """One triple was judged, with these notes on the way."""

    triple: Triple
    notes: tuple[Note, ...]
    part: Part

    @property
    def own(self) -> Triple:
        """The triple as it is asked about: whether it is asserted is weighed later."""
        return replace(self.triple, modality=Modality.ASSERTED)

    def chosen(self) -> Chosen | None:
        """Which readings of the triple itself were asked about."""
        return next(
            (note for note in self.notes if isinstance(note, Chosen) and note.triple == self.own), None
        )

    def asked(self) -> tuple[Asked, ...]:
        """What was asked about the triple itself, a note for each reading."""
        return tuple(note for note in self.all_asked() if note.triple == self.own)

    def all_asked(self) -> Iterator[Asked]:
        """That, and what was asked about members of its groups and what its words may mean besides."""
        return (note for note in self.notes if isinstance(note, Asked))

    def claimed(self, verdict: Verdict) -> Verdict:
        """What a verdict on the bare relation makes of the claim, which may deny it."""
        return _TURNED.get(verdict, verdict) if self.triple.negated else verdict

    def deciding(self) -> Asked | None:
        """What was asked in the reading that was taken."""
        asked = self.asked()
        taken: Reading | None = self.part.reading
        return next((one for one in asked if one.reading == taken), asked[0] if asked else None)


@dataclass
class Record:
    """The notes of one claim, in order."""

    reads: list[Read] = field(default_factory=list)
    trials: list[Trial] = field(default_factory=list)

    def trial(self, triple: Triple, decide: Decide) -> Part:
        """Judge a triple, and keep what is said on the way."""
        notes: list[Note] = []
        part = decide(watch=notes.append)
        self.trials.append(Trial(triple, tuple(notes), part))
        return part

    def trial_of(self, part: Part) -> Trial:
        """How a part came about; a triple may have been judged several times, for one namesake each."""
        found = [trial for trial in self.trials if trial.part is part]
        return (found or [trial for trial in self.trials if trial.triple == part.triple])[-1]
