"""Which things a claim's words may stand for, told apart by type before any statement is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from verifier.agreement import FUZZY_MARGIN, End
from verifier.evidence import Evidence, affirms
from verifier.model import Date, Day, Match, MatchKind, Term
from verifier.relations import RelationRole

__all__ = ["candidates", "fits", "still_there"]

_MOST = 64
"""Candidates that are asked about for one end; few names have more bearers in one table."""


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
    """The ends that a term may be, best first; one that is only its words if no table knows them.

    Candidates of another type give way to those that fit, fuzzy ones to those that have the very name, and
    what is less alike by more than the margin to the best.
    """
    if term.value is not None:
        return [End(term, value=term.value)]
    if not term.matches:
        return [End(term)]
    kept = _by_type(term.matches, types, evidence)
    named = [match for match in kept if match.kind is not MatchKind.FUZZY]
    standing = named or kept
    best = max(match.score for match in standing)
    near = [match for match in standing if match.score >= best - FUZZY_MARGIN][:_MOST]
    return [End(term, match=replace(match, runner_up=_runner_up(match, kept, term))) for match in near]


def still_there(ends: list[End], times: Sequence[Date], evidence: Evidence) -> list[End]:
    """Of things that share a name, those that had not ceased to be before any of these times.

    "Russia borders Poland" is not said of the Russian Empire. If none is left, or no time is told, all stay.
    """
    exact = all(end.match is not None and end.match.kind is MatchKind.EXACT for end in ends)
    if len(ends) < 2 or not times or not exact:
        return ends
    first = min(time.earliest for time in times)
    return [end for end in ends if not _had_ceased(end.id, first, evidence)] or ends


def _had_ceased(id: str | None, by: Day, evidence: Evidence) -> bool:
    if id is None:
        return False
    told = [
        statement.value.latest
        for relation in evidence.playing(RelationRole.CEASED)
        for statement in evidence.statements(id, relation)
        if isinstance(statement.value, Date) and affirms(statement)
    ]
    return bool(told) and max(told) < by


def _by_type(matches: Sequence[Match], types: Sequence[str], evidence: Evidence) -> list[Match]:
    fitting = [(match, fits(match.id, types, evidence)) for match in matches]
    if any(fit for _, fit in fitting):
        return _of_first_kind([match for match, fit in fitting if fit is not False], types, evidence)
    return list(matches)


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
