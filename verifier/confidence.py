"""How sure a verdict is: the share of verdicts like it that were right on labelled claims.

Verdicts are alike if their relation was found in the same way (`Way`), their names were linked equally well
(`Link`), and they rest on the same kind of ground (`Ground`). What the verdict is does not count, so a claim
and its denial are equally sure. `verifier.calibrated` has the figures and says what they were measured on.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from verifier.calibrated import RIGHT
from verifier.model import Match, MatchKind, Reason, Way

__all__ = ["Ground", "Link", "cell", "confidence"]

_NEAR = 92.0
"""A link of this likeness is off by a letter in a name of common length; the others by more."""


class Link(StrEnum):
    """How well the worse linked end fits its name."""

    NAMED = "named"
    """It has the very name, or the text told before who is meant."""
    NEAR = "near"
    FAR = "far"


class Ground(StrEnum):
    """What the verdict rests on."""

    STATED = "stated"
    """A statement that says so, or excludes it."""
    ABSENT = "absent"
    """That a complete list does not have it."""


def cell(way: Way, matches: Iterable[Match], reason: Reason) -> tuple[Way, Link, Ground]:
    """The kind of verdict that this is."""
    fuzzy = [match.score for match in matches if match.kind is MatchKind.FUZZY]
    link = Link.NAMED if not fuzzy else Link.NEAR if min(fuzzy) >= _NEAR else Link.FAR
    return way, link, Ground.ABSENT if reason is Reason.NOT_IN_COMPLETE_LIST else Ground.STATED


def confidence(way: Way, matches: Iterable[Match], reason: Reason) -> float:
    """The probability that a verdict is right, between 0 and 1."""
    return RIGHT["/".join(cell(way, matches, reason))]
