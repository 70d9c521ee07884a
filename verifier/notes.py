"""What judging hands out to who asks how: a note for each step, in the order in which they are taken.

Nobody needs them to get a verdict. `judge` is given a `watch` to hear them, and decides the same without.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from verifier.candidates import Sifted
from verifier.members import Members
from verifier.model import Date, Group, Part, Reading, Triple
from verifier.settle import Answer

__all__ = ["Asked", "Chosen", "Counted", "Gathered", "Note", "Watch"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """These readings of a triple's relation words are asked about, of those that it has."""

    triple: Triple
    near: tuple[Reading, ...]
    """As well as the best, or nearly."""
    whole: tuple[Reading, ...]
    """Of these, those of which a table says all there is, if any."""
    fitting: tuple[Reading, ...]
    """Of these, those that such ends can have: what is asked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One reading of a triple was asked about, for each pair of things that its ends may be."""

    triple: Triple
    reading: Reading
    subject: Sifted
    object: Sifted
    """The relation's own subject and object, whichever the claim names first."""
    answers: tuple[Answer, ...]
    part: Part
    settled: Answer | None = None
    """The pair that speaks for all; None if nothing could be asked."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """These are the members of a group at a time."""

    group: Group
    at: Date
    members: Members


@dataclass(frozen=True, slots=True)
class Counted:
    """The triple was asked of each of these, by id."""

    triple: Triple
    parts: tuple[tuple[str, Part], ...]


Note = Chosen | Asked | Gathered | Counted
Watch = Callable[[Note], None]
