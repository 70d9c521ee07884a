"""What reading hands out to who asks how: a note for each sentence, with all that was found in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from verifier.model import Triple
from verifier.text.fits import Fit
from verifier.text.reading import Line

__all__ = ["Manner", "Read", "ReadWatch", "Said"]


class Manner(StrEnum):
    """How a sentence was read."""

    PHRASINGS = "phrasings"
    """Clause by clause, by the phrasings of the relations."""
    COMPARISON = "comparison"
    """As a whole, as one that compares or ranks."""
    TABLES = "tables"
    """By what the tables tie together; closed world only."""


@dataclass(frozen=True, slots=True)
class Said:
    """A phrasing that holds in the sentence, and what it says; nothing if that is not to be judged."""

    fit: Fit
    triples: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What was found in a sentence."""

    line: Line
    manner: Manner
    said: tuple[Said, ...] = ()
    unread: tuple[int, ...] = ()
    """The words that carry meaning, and that nothing read."""


ReadWatch = Callable[[Read], None]
