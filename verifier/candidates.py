"""Which things a claim's words may stand for, told apart by type before any statement is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from verifier.agreement import FUZZY_MARGIN, End
from verifier.evidence import Evidence, affirms
from verifier.model import Date, Day, Match, MatchKind, Term
from verifier.relations import RelationRole

__all__ = ["Sieve", "Sifted", "candidates", "fits", "sift", "still_there"]

_MOST = 64
"""Candidates that are asked about for one end; few names have more bearers in one table."""


class Sieve(StrEnum):
    """What a candidate can fall to, in the order in which they are asked."""

    TYPE = "type"
    """It is of another type than the relation asks for, and another candidate is of a fitting one."""
    FIRST_TYPE = "first-type"
    """Another has the very same name and is of a type that the relation lists earlier."""
    NAME = "name"
    """Its name is only like the words; another has the very name."""
    LIKENESS = "likeness"
    """It is less like the words than the best by more than the margin."""
    NUMBER = "number"
    """There are too many to ask about all."""
    TIME = "time"
    """It had ceased to be before the time that the claim is about, and another of its name had not."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """What a term may be, and what was left of its candidates after each sieve."""

    term: Term
    ends: tuple[End, ...]
    """What is asked about, best first."""
    left: tuple[tuple[Sieve, Sequence[Match]], ...] = ()

    def lost(self) -> dict[str, Sieve]:
        """The sieve that each candidate fell to that is not asked about, by its id."""
        found: dict[str, Sieve] = {}
        before = self.term.matches
        for sieve, kept in self.left:
            ids = {match.id for match in kept}
            found |= {match.id: sieve for match in before if match.id not in ids}
            before = tuple(kept)
        return found


def fits(id: str, types: Sequence[str], evidence: Evidence) -> bool | None:
    """Whether a thing is of one of these types; None if that is not known.

    A "sovereign state" is a "state": the wanted type may be one word of the stated one.
    """
    if not types:
        return None
    stated = evidence.types(id)
    if not stated:
        return None
    words = {word for name in stated for word in (name, *name.casefold().split())}
    return any(wanted in words or wanted.casefold() in words for wanted in types)


def candidates(term: Term, types: Sequence[str], evidence: Evidence) -> list[End]:
    """The ends that a term may be, best first; one that is only its words if no table knows them."""
    return list(sift(term, types, evidence).ends)


def sift(term: Term, types: Sequence[str], evidence: Evidence) -> Sifted:
    """The same, with what became of the others.

    Candidates of another type give way to those that fit, fuzzy ones to those that have the very name, and
    what is less alike by more than the margin to the best.
    """
    if term.value is not None:
        return Sifted(term, (End(term, value=term.value),))
    if not term.matches:
        return Sifted(term, (End(term),))
    typed, kept = _by_type(term.matches, types, evidence)
    named = [match for match in kept if match.kind is not MatchKind.FUZZY]
    standing = named or kept
    best = max(match.score for match in standing)
    near = [match for match in standing if match.score >= best - FUZZY_MARGIN]
    few = near[:_MOST]
    left = (
        (Sieve.TYPE, typed),
        (Sieve.FIRST_TYPE, kept),
        (Sieve.NAME, standing),
        (Sieve.LIKENESS, near),
        (Sieve.NUMBER, few),
    )
    ends = (End(term, match=replace(match, runner_up=_runner_up(match, kept, term))) for match in few)
    return Sifted(term, tuple(ends), left)


def still_there(sifted: Sifted, times: Sequence[Date], evidence: Evidence) -> Sifted:
    """Of things that share a name, those that had not ceased to be before any of these times.

    "Russia borders Poland" is not said of the Russian Empire. If none is left, or no time is told, all stay.
    """
    exact = [end.match for end in sifted.ends if end.match is not None and end.match.kind is MatchKind.EXACT]
    if len(exact) < max(2, len(sifted.ends)) or not times:
        return sifted
    first = min(time.earliest for time in times)
    kept = [match for match in exact if not _had_ceased(match.id, first, evidence)] or exact
    ends = tuple(end for end in sifted.ends if end.match in kept)
    return replace(sifted, ends=ends, left=(*sifted.left, (Sieve.TIME, kept)))


def _had_ceased(id: str, by: Day, evidence: Evidence) -> bool:
    told = [
        statement.value.latest
        for relation in evidence.playing(RelationRole.CEASED)
        for statement in evidence.statements(id, relation)
        if isinstance(statement.value, Date) and affirms(statement)
    ]
    return bool(told) and max(told) < by


def _by_type(
    matches: Sequence[Match], types: Sequence[str], evidence: Evidence
) -> tuple[list[Match], list[Match]]:
    """Those of a fitting type, if any surely is, and of these those of the first kind; else all."""
    fitting = [(match, fits(match.id, types, evidence)) for match in matches]
    if any(fit for _, fit in fitting):
        typed = [match for match, fit in fitting if fit is not False]
        return typed, _of_first_kind(typed, types, evidence)
    return list(matches), list(matches)


def _of_first_kind(matches: list[Match], types: Sequence[str], evidence: Evidence) -> list[Match]:
    """Of things that share the very same name, those of the kind that the relation lists first.

    What nobody says the kind of may be meant, too, if it alone has the name as its label: Russia, beside the
    Russian Empire.
    """
    if len({match.alias for match in matches}) > 1 or len(matches) < 2:
        return matches
    ranks = {
        match.id: next((n for n, kind in enumerate(types) if fits(match.id, (kind,), evidence)), len(types))
        for match in matches
    }
    first = [match for match in matches if ranks[match.id] == min(ranks.values())]
    if any(match.label == match.alias for match in first):
        return first
    kindless = [m for m in matches if m not in first and m.label == m.alias and not evidence.types(m.id)]
    return [*first, *kindless]


def _runner_up(match: Match, kept: Sequence[Match], term: Term) -> float:
    if len(term.matches) == 1:
        return match.runner_up
    return max((other.score for other in kept if other.id != match.id), default=0.0)
